import CitongTesting
import Ledger
import Records
import Testing
import Values

@Suite struct DemoTests {
  private func exports(_ city: TestCity) throws -> [String: String] {
    var files: [String: String] = [:]
    for kind in Ledger.kinds { files[kind.name] = try city.csv(kind.name) }
    return files
  }

  @Test func `two runs give the same records`() throws {
    let first = try withCity(demo: true) { try exports($0) }
    let second = try withCity(demo: true) { try exports($0) }
    for kind in Ledger.kinds { #expect(first[kind.name] == second[kind.name], "\(kind.name)") }
  }

  @Test func `what was given out of the demo comes in without any change`() throws {
    try withCity(demo: true) { city in
      for (kind, file) in try exports(city) {
        let report = try city.take(file, as: kind)
        #expect(
          [report.new, report.changed, report.refused] == [0, 0, 0],
          "\(kind): \(report.problems.prefix(2))"
        )
      }
    }
  }

  @Test func `no invented figure is attached to a real school`() throws {
    try withCity(demo: true) { city in
      let real = try city.register.list(
        city.kind("school"),
        Query([.field("sourceSystem", "city")], limit: 100)
      )
      #expect(real.count == 4)
      #expect(real.allSatisfy { $0["status"] == .text("verified") })
      for school in real {
        for (kind, field) in [
          ("schoolAnnualStat", "schoolId"), ("programOffering", "schoolId"), ("honour", "schoolId"),
          ("pilot", "schoolId"), ("trainingStat", "schoolId"), ("carrier", "ownerOrgId"),
          ("cooperation", "institutionId"),
        ] {
          let found = try city.register.list(city.kind(kind), Query([.field(field, school.id)]))
          #expect(found.isEmpty, "\(school.title), \(kind)")
        }
      }
    }
  }

  @Test func `everything invented says so`() throws {
    try withCity(demo: true) { city in
      for (kind, field) in [
        ("school", "schoolName"), ("enterprise", "enterpriseName"), ("carrier", "name"),
      ] {
        let query = Query([.field("sourceSystem", "demo")], limit: 10_000)
        let records = try city.register.list(city.kind(kind), query)
        #expect(!records.isEmpty)
        #expect(records.allSatisfy { $0[field].text?.contains("演示") == true }, "\(kind)")
      }
    }
  }

  @Test func `a whole is shared out without loss`() {
    let table: [(Int, [Int], [Int])] = [
      (10, [1, 1, 1], [4, 3, 3]), (0, [1, 2], [0, 0]), (7, [0, 1], [0, 7]), (5, [], []),
      (5, [0, 0], [0, 0]), (100, [2, 3, 5], [20, 30, 50]),
    ]
    for (whole, weights, parts) in table {
      #expect(shareOut(whole, by: weights) == parts, "\(whole) by \(weights)")
    }
    var random = TestRandom(seed: 31)
    for _ in 0..<200 {
      let whole = random.number(0...100_000)
      let weights = (0...random.number(1...20)).map { _ in random.number(1...1000) }
      #expect(shareOut(whole, by: weights).reduce(0, +) == whole, "seed 31")
    }
  }
}
