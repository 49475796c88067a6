import CitongTesting
@testable import Evaluation
import Foundation
import Records
import Testing
import Values

/// The worked examples of cities for their assessments.
@Suite struct AssessmentScenarioTests {
  @Test(arguments: ["example", "quanzhou"])
  func `what a city's examples say comes true`(_ name: String) throws {
    try withCity(name) { city in
      let (count, faults) = try AssessmentScenarios.run(cityFolder(name), in: city.register)
      #expect(count >= 9)
      #expect(faults.isEmpty, "\(faults)")
    }
  }

  @Test func `one that does not come true is told with its line, formula and numbers`() throws {
    try withCity { city in
      let folder = city.folder + "/scenarios"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(
        """
        name,date,scheme,given,expected
        甲,2022-09-01,KH-2022-COUNTY,E301=82|E302=100,C3.1=8.00|C3.99=1
        乙,2022-09-01,KH-1999,E301=82,C3.1=8.00
        丙,2022-09-01,KH-2022-COUNTY,E301=八十,C3.1=8.00

        """.utf8
      ).write(to: URL(fileURLWithPath: folder + "/assessment.csv"))
      let faults = try AssessmentScenarios.run(city.folder, in: city.register).faults
      #expect(
        faults.map { "\($0.line ?? 0) \($0.problem.code) \($0.problem.message)" } == [
          "2 EVA-E-052 情景“甲”：C3.1 应得 8.00，算得 7.29（E301 / E302：值 0.8200，目标 0.9000，按比率法得 7.29（满分 8））。",
          "2 EVA-E-052 情景“甲”：没有末级指标 C3.99。",
          "3 EVA-E-050 没有考核方案 KH-1999。",
          "4 EVA-E-051 “E301=八十”应写成 采集项=数，例如 E301=4；不适用写 E301=不适用。",
          "4 EVA-E-052 情景“丙”：没有末级指标 C3.1。",
        ]
      )
    }
  }
}
