import CitongTesting
import Records
import Testing

/// The files people get: in their words, and still good for coming in again.
@Suite struct ExportWordingTests {
  @Test func `what people are given out comes in again without any change`() throws {
    try withCity(demo: true) { city in
      for name in ["school", "enterprise", "carrier", "programOffering", "honour", "exchangeItem"] {
        let kind = try city.kind(name)
        var file = ""
        try Exporter(city.register).give(kind, as: .csv, wording: .labels, for: .officer) {
          file += $0
        }
        let report = try city.take(file, as: name)
        let count = try city.rows(in: name)
        #expect(report.unchanged == count, "\(name): \(report.problems.prefix(3))")
        #expect(report.new + report.changed + report.refused == 0, "\(name)")
      }
    }
  }

  @Test func `headings, choices and references are in words`() throws {
    try withCity(demo: true) { city in
      var file = ""
      let query = Query([.field("schoolId", "SD001")])
      try Exporter(city.register)
        .give(try city.kind("school"), query, as: .csv, wording: .labels, for: .anonymous) {
          file += $0
        }
      let lines = file.split(whereSeparator: \.isNewline)
      #expect(lines.first?.hasPrefix("学校编号,学校全称,") == true)
      #expect(lines.count == 2)
      #expect(!file.contains("secondaryVocationalSchool"))
    }
  }
}
