import Foundation
import Testing
import Values

/// Matching from the command line: one item, and many.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct MatchCommandTests {
  private func inCity(_ body: (Program) throws -> Void) throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--demo", "--data", "data")
      try body(program)
    }
  }

  /// `{"title": "数控车工"}` in GB18030.
  private static let gb18030: [UInt8] =
    Array(#"{"title": ""#.utf8) + [0xCA, 0xFD, 0xBF, 0xD8, 0xB3, 0xB5, 0xB9, 0xA4]
    + Array("\"}\n".utf8)

  @Test func `a file that can't be read is named before the code`() throws {
    try inCity { program in
      let result = try program.run("match", "data", "--data", "data")
      #expect(result.status == 1)
      #expect(result.errors == "data: CIT-E-030 读不了文件，请检查路径和权限。\n")
      let batch = try program.run("match", "--batch", "none.jsonl", "--data", "data")
      #expect(batch.status == 1)
      #expect(batch.errors == "none.jsonl: CIT-E-030 读不了文件，请检查路径和权限。\n")
    }
  }

  @Test func `every line of a batch has its answer, a blank one too`() throws {
    try inCity { program in
      let needs = "{\"title\":\"数控车工\"}\n\n{\"title\":\n  \r\n{\"title\":\"会计\"}"
      try program.write(needs, to: "needs.jsonl")
      let result = try program.run(
        "match",
        "--batch",
        "needs.jsonl",
        "--top",
        "1",
        "--data",
        "data"
      )
      #expect(result.status == 1)
      #expect(result.errors == "needs.jsonl: CIT-E-041 5 行中有 3 行没有匹配，原因写在输出的同一行里，请改正后重试。\n")
      let answers = try result.output.split(separator: "\n").map { try JSON(parsing: $0.utf8) }
      #expect(answers.map { $0["candidates"] != nil } == [true, false, false, false, true])
      #expect(
        answers[1]["error"]?["message"]?.string
          == "这一行是空的，应为一个 JSON 对象，例如 {\"title\": \"数控车工实习岗位\"}。"
      )
      #expect(answers[2]["error"]?["message"]?.string == "不是完整的 JSON，请检查引号、逗号和括号。")
      try program.write("", to: "empty.jsonl")
      let empty = try program.run("match", "--batch", "empty.jsonl", "--data", "data")
      #expect((empty.status, empty.output, empty.errors) == (0, "", ""))
    }
  }

  @Test func `items in GB18030 are read, and other encodings named as the fault`() throws {
    try inCity { program in
      try program.write(Self.gb18030, to: "gb.json")
      try program.write([0xEF, 0xBB, 0xBF] + Array("{\"title\": \"数控车工\"}".utf8), to: "mark.json")
      try program.write("{\"title\": \"数控车工\"}", to: "utf8.json")
      let plain = try program.run("match", "utf8.json", "--json", "--data", "data")
      #expect(plain.status == 0)
      for file in ["gb.json", "mark.json"] {
        let result = try program.run("match", file, "--json", "--data", "data")
        #expect(result.status == 0, "\(file) \(result.errors)")
        #expect(result.output == plain.output, "\(file)")
      }
      let batch = try program.run("match", "--batch", "gb.json", "--data", "data")
      #expect(batch.output == plain.output)
      try program.write(
        Array(#"{"title": ""#.utf8) + [0xFF, 0xFF] + Array(#""}"#.utf8),
        to: "bad.json"
      )
      let bad = try program.run("match", "bad.json", "--data", "data")
      #expect(bad.status == 1)
      #expect(bad.errors == "bad.json: REC-E-027 既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8 后再试。\n")
    }
  }
}
