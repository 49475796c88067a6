import Calendar
import CitongTesting
import Testing

@Suite struct SchoolYearTests {
  @Test func `a school year is read as people write it`() {
    for text in ["2021-2022", "2021—2022学年", "2021/2022", "2021-2022学年", " 2021 - 2022 "] {
      #expect(SchoolYear(text)?.description == "2021-2022", "\(text)")
    }
  }

  @Test func `years that do not follow each other are refused`() {
    for text in ["2021-2023", "2022-2021", "2021-2021", "2021", "", "21-22", "2021-2022-2023"] {
      #expect(SchoolYear(text) == nil, "\(text)")
    }
  }

  @Test func `it begins on the first of September`() {
    let table = [
      ("2021-08-31", "2020-2021"), ("2021-09-01", "2021-2022"), ("2022-01-01", "2021-2022"),
      ("2022-07-14", "2021-2022"), ("2022-08-31", "2021-2022"), ("2022-09-01", "2022-2023"),
    ]
    for (date, year) in table {
      #expect(SchoolYear(containing: day(date)).description == year, "\(date)")
    }
    #expect(SchoolYear(firstYear: 2020) < SchoolYear(firstYear: 2021))
  }
}
