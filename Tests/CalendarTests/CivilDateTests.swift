import Calendar
import CitongTesting
import Testing

@Suite struct CivilDateTests {
  @Test func `dates are read in every form people write`() {
    let table = [
      ("2022-07-14", "2022-07-14"), ("2022/7/4", "2022-07-04"), ("2022.7.4", "2022-07-04"),
      ("2022年7月4日", "2022-07-04"), ("2022年07月04日", "2022-07-04"), ("20220704", "2022-07-04"),
      ("２０２２－０７－０４", "2022-07-04"), (" 2022-07-04 ", "2022-07-04"),
      ("2024-02-29", "2024-02-29"), ("2000-02-29", "2000-02-29"), ("1900-01-01", "1900-01-01"),
      ("2199-12-31", "2199-12-31"),
    ]
    for (text, date) in table {
      #expect(CivilDate(text)?.description == date, "\(text)")
    }
  }

  @Test func `what is no day of the calendar is refused`() {
    for text in [
      "2022-13-01", "2022-00-10", "2023-02-29", "1900-02-29", "2022-04-31", "2022-1-32", "22-7-4",
      "14-07-2022", "2022-07", "2022年7月", "2022", "", "昨天", "1899-12-31", "2200-01-01",
      "2022-7-4-1", "2022--07-04", "202207", "20221301", "2022-07-14T00:00:00Z", "44756",
    ] {
      #expect(CivilDate(text) == nil, "\(text)")
    }
  }

  @Test func `a date is told in two forms`() {
    #expect(day("2022-07-04").description == "2022-07-04")
    #expect(day("2022-07-04").sentence == "2022年7月4日")
  }

  @Test func `days are numbered from the first of 1970`() {
    let table = [
      ("1970-01-01", 0), ("2000-03-01", 11_017), ("2022-07-14", 19_187), ("1900-01-01", -25_567),
      ("2199-12-31", 84_005),
    ]
    for (text, number) in table {
      #expect(day(text).dayNumber == number)
      #expect(CivilDate(dayNumber: number) == day(text))
    }
  }

  @Test func `number and day agree for every day of three centuries`() {
    var before = CivilDate(dayNumber: -25_568)
    var wrong: [Int] = []
    for number in -25_567...84_005 {
      let date = CivilDate(dayNumber: number)
      let isSame = CivilDate(year: date.year, month: date.month, day: date.day) == date
      let isNext = before < date && before.weekday % 7 + 1 == date.weekday
      if date.dayNumber != number || !isSame || !isNext { wrong.append(number) }
      before = date
    }
    #expect(wrong.isEmpty)
  }

  @Test func `adding days crosses months and years`() {
    #expect(day("2022-07-14").adding(days: 30) == day("2022-08-13"))
    #expect(day("2021-12-31").adding(days: 1) == day("2022-01-01"))
    #expect(day("2022-03-01").adding(days: -1) == day("2022-02-28"))
    #expect(day("2024-03-01").adding(days: -1) == day("2024-02-29"))
  }

  @Test func `the week begins on Monday`() {
    #expect(day("2022-07-14").weekday == 4)
    #expect(day("2022-07-17").weekday == 7)
    #expect(day("1900-01-01").weekday == 1)
  }

  @Test(arguments: [
    ("2008-07-15", "2022-07-14", 13), ("2008-07-14", "2022-07-14", 14),
    ("2008-02-29", "2022-02-28", 13), ("2008-02-29", "2022-03-01", 14),
    ("2022-07-14", "2022-07-14", 0),
  ])
  func `years are whole ones`(_ from: String, _ to: String, _ years: Int) {
    #expect(day(from).years(until: day(to)) == years)
  }
}
