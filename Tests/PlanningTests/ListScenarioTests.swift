import CitongTesting
@testable import Planning
import Records
import Testing
import Values

/// The worked examples of cities for the list of programs.
@Suite struct ListScenarioTests {
  @Test(arguments: ["example", "quanzhou"])
  func `what a city's examples say comes true`(_ name: String) throws {
    try withCity(name) { city in
      let (count, faults) = try ListScenarios.run(cityFolder(name), in: city.register)
      #expect(count >= 5)
      #expect(faults.isEmpty, "\(faults)")
    }
  }
}
