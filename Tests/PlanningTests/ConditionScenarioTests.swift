import CitongTesting
import Foundation
@testable import Planning
import Records
import Testing
import Values

/// The worked examples of cities.
@Suite struct ConditionScenarioTests {
  @Test(arguments: ["example", "quanzhou"])
  func `what a city's examples say comes true`(_ name: String) throws {
    try withCity(name) { city in
      let (count, faults) = try ConditionScenarios.run(cityFolder(name), in: city.register)
      #expect(count >= 7)
      #expect(faults.isEmpty, "\(faults)")
    }
  }

  @Test func `one that does not come true is told with its line, formula and numbers`() throws {
    try withCity { city in
      let file = city.folder + "/scenarios"
      try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
      let given = "学校类型=一般中职|全日制在校生=1500|自有占地=45000|非产权独立使用占地=0"
      try Data(
        """
        name,date,given,expected
        甲,2022-09-01,\(given),Z2=达标|Z1=达标
        乙,2022-09-01,\(given),Z22=达标
        丙,2022-13-01,\(given),Z2=达标
        丁,2022-09-01,学校类型=一般中职|在校人数=3,Z2=达标
        戊,2022-09-01,学校类型=一般中职|专任教师=三,Z5=达标

        """.utf8
      ).write(to: URL(fileURLWithPath: file + "/conditions.csv"))
      let faults = try ConditionScenarios.run(city.folder, in: city.register).faults
      #expect(
        faults.map { "\($0.line ?? 0) \($0.problem.code) \($0.problem.message)" } == [
          "2 PLN-E-024 情景“甲”：Z2 应为 达标，算得 不达标 4500（(自有占地 + 非产权独立使用占地) ÷ 全日制在校生：自有占地 45000，非产权独立使用占地 0，全日制在校生 1500；得 30.00，要不低于 33 ㎡/人）。",
          "3 PLN-E-023 情景“乙”：这类学校没有指标 Z22。你是不是想填：Z2？",
          "4 PLN-E-020 日期“2022-13-01”不是有效日期，请写成 2022-09-01。",
          "5 PLN-E-021 “在校人数=3”应写成 字段=值，字段是办学条件年度数据的。",
          "6 PLN-E-021 专任教师：填的是“三”，应为整数，例如 120。",
        ]
      )
    }
  }
}
