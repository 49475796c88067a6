import Calendar
import CitongTesting
import Indicators
import Ledger
import Records
import Testing
import Values

/// The figures as they were known at a moment.
@Suite struct FiguresAsKnownTests {
  private func figures(_ city: TestCity, _ register: RecordStore) throws -> [String: String] {
    let values = try IndicatorBook(register).values().flatMap(\.flattened)
    return Dictionary(
      uniqueKeysWithValues: values.map { ($0.indicator.code, $0.value.map { "\($0)" } ?? "") }
    )
  }

  @Test
  func `figures of a moment are what they were then, whatever was written or taken out since`()
    throws
  {
    try withCity(demo: true) { city in
      let july = try figures(city, city.register)
      let august = city.on("2022-08-01")
      let year = try #require(
        try city.register.list(city.kind("schoolAnnualStat"), Query(sort: "schoolYear")).last
      )
      let students = try #require(year["enrolled"].integer)
      try august.save("schoolAnnualStat", ["enrolled": "\(students + 1000)"], id: year.id)
      let school = "学校全称,学校类型,办学性质,主管部门,所在县（市、区）\n新设职业技术学校,中等职业学校,公办,市教育局,990102\n"
      let report = try august.take(school, as: "school")
      #expect(report.counts == [1, 0, 0, 0], "\(report.lines)")
      let inAugust = try figures(city, city.register)
      #expect(inAugust["S4"] != july["S4"] && inAugust["S3"] != july["S3"])
      let run = try #require(report.run)
      try city.on("2022-09-01").register.undo(run, by: TestCity.officer)
      let september = try figures(city, city.register)
      #expect(september["S3"] == july["S3"] && september["S4"] == inAugust["S4"])
      let table = [("2022-07-31", july), ("2022-08-31", inAugust), ("2022-09-30", september)]
      for (date, wanted) in table {
        let known = city.register.asKnown(Instant(endOf: day(date)))
        try #expect(figures(city, known) == wanted, "\(date)")
      }
    }
  }
}
