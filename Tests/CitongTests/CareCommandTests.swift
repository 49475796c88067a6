import Foundation
import Testing
import Values

/// What is done with records from the command line beside writing them.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct CareCommandTests {
  @Test func `a merge can be tried before, and then nothing is written`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      try program.write(
        """
        统一社会信用代码,企业名称,注册地,行业
        919901020000000007,演示海达水产有限公司,990102,C136
        91990103000000019J,演示东达食品有限公司,990103,A041

        """,
        to: "enterprise.csv"
      )
      _ = try program.run("import", "enterprise.csv", "--kind", "enterprise", "--data", "data")
      func exported() throws -> String {
        try program.run("export", "enterprise", "--format", "json", "--data", "data").output
      }
      func tried(_ away: String) throws -> Program.Result {
        try program.run(
          "merge",
          "enterprise",
          "E000001",
          away,
          "--take",
          "企业名称",
          "--dry-run",
          "--data",
          "data"
        )
      }
      let before = try exported()
      #expect(before.contains("E000002"))
      let said = try tried("E000002")
      #expect(said.errors == "")
      #expect(said.status == 0)
      #expect(said.output.contains("企业名称：演示海达水产有限公司 ← 演示东达食品有限公司（取）\n"))
      #expect(said.output.contains("注册地：990102"))
      #expect(said.output.hasSuffix("可以合并：E000002 会并入 E000001。没有写入任何东西。\n"))
      #expect(try exported() == before)
      let same = try tried("E000001")
      #expect(same.status == 1)
      #expect(same.errors == "REC-E-063 要合并的两条企业有一条不在，或是同一条，请核对编号。\n")
    }
  }
}
