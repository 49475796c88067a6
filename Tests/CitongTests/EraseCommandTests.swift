import Foundation
import Storage
import StorageSQLite
import Testing

/// Erasing from the command line.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct EraseCommandTests {
  private static let file = """
    学校,学号,毕业日期,统计时点,去向,证明材料,单位名称
    S99001,20190001,2022-06-30,2022-07-10,11,contract,演示甲公司
    S99001,20190002,2022-06-30,2022-07-10,11,contract,演示乙公司

    """

  /// All rows and former versions of destinations.
  private func kept(_ program: Program) throws -> String {
    let store = try SQLiteStore(path: program.folder + "/data/citong.sqlite", mode: .existing)
    defer { try? store.close() }
    let rows = try store.read { reading in
      try reading.rows("SELECT * FROM graduateDestination")
        + reading.rows("SELECT stored FROM history WHERE kind = 'graduateDestination'")
    }
    return rows.flatMap { $0 }.compactMap(\.text).joined(separator: "\n")
  }

  @Test func `a folder whose list of erasures can't be read is not opened, and that is told`()
    throws
  {
    try Program.withData { program in
      try FileManager.default.createDirectory(
        atPath: program.folder + "/data/erasures.jsonl",
        withIntermediateDirectories: false
      )
      let run = try program.runOnData("figures")
      #expect(run.status == 1)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("ACC-E-095 抹去名单 "))
      #expect(run.errors.hasSuffix("没有打开。请检查磁盘和权限，或从备份恢复这个文件。\n"))
    }
  }

  @Test func `what was erased is not there any more, in no version`() throws {
    try Program.withData { program in
      try program.write(Self.file, to: "destinations.csv")
      let taken = try program.runOnData(
        "import",
        "destinations.csv",
        "--kind",
        "graduateDestination"
      )
      try #require(taken.status == 0, "\(taken.errors)\(taken.output)")
      func erase(_ reason: String, _ id: String = "QX000001") throws -> (
        status: Int32, text: String
      ) {
        let run = try program.runOnData("erase", "graduateDestination", id, "--reason", reason)
        return (run.status, run.output + run.errors)
      }
      #expect(try erase("要").text.contains("ACC-E-006 请写明为什么抹去，至少 6 个字。"))
      let done = try erase("本人书面要求")
      #expect(done.status == 0, "\(done.text)")
      #expect(try erase("本人书面要求").text == "本来就没有可抹去的。\n")
      let left = try kept(program)
      #expect(!left.contains("20190001") && !left.contains("演示甲公司"), "\(left)")
      #expect(left.contains("20190002") && left.contains("演示乙公司"), "\(left)")
      // Two of one school are still two.
      #expect(try erase("本人书面要求", "QX000002").status == 0)
      #expect(try erase("本人书面要求", "QX000009").text.contains("没有编号为 QX000009 的毕业去向"))
      #expect(try program.runOnData("erase", "region", "990102", "--reason", "本人书面要求").status == 1)
      #expect(try program.runOnData("audit", "verify").status == 0)
    }
  }
}
