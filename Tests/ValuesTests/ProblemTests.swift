import Testing
import Values

@Suite struct ProblemTests {
  @Test func `the letter in the code is the weight`() {
    let table: [(String, Problem.Severity, Bool)] = [
      ("REG-E-011", .error, true), ("REG-W-012", .warning, false),
      ("REG-I-061", .information, false), ("REC-E-001", .error, true), ("strange", .error, true),
    ]
    for (code, severity, blocks) in table {
      let problem = Problem(code, "field", "话。")
      #expect(problem.severity == severity, "\(code)")
      #expect(problem.blocks == blocks, "\(code)")
    }
  }

  @Test func `problems block when one of them does`() {
    let warning = Problem("REG-W-012", "", "")
    #expect(![warning].block)
    #expect([warning, Problem("REG-E-011", "", "")].block)
    #expect(![Problem]().block)
  }

  @Test func `a placed problem prints file, line, code and sentence`() {
    let problem = Problem("REC-E-030", "", "引号没有配对。")
    #expect(
      PlacedProblem(file: "学校.csv", line: 3, problem: problem).description
        == "学校.csv:3: REC-E-030 引号没有配对。"
    )
    #expect(
      PlacedProblem(file: "学校.csv", line: nil, problem: problem).description
        == "学校.csv: REC-E-030 引号没有配对。"
    )
  }
}
