import Calendar
import CitongTesting
import Testing

/// Over the State Council's notices in the example city's calendar.
@Suite struct WorkingDaysTests {
  private let days = workingDays(of: "example")

  @Test func `holidays are free and make-up days are worked`() {
    let table = [
      ("2021-09-26", true, "make-up Sunday before the National Day"),
      ("2021-09-30", true, "the Thursday before"), ("2021-10-01", false, "a Friday, holiday"),
      ("2021-10-07", false, "the last holiday"), ("2021-10-08", true, "the Friday after"),
      ("2021-10-09", true, "make-up Saturday"), ("2021-10-10", false, "a plain Sunday"),
      ("2022-01-30", true, "make-up Sunday before the Spring Festival"),
      ("2022-01-31", false, "a Monday, holiday"), ("2022-07-14", true, "a plain Thursday"),
    ]
    for (text, isWorked, reason) in table {
      #expect(days.isWorkingDay(day(text)) == isWorked, "\(text): \(reason)")
    }
  }

  @Test func `a deadline in working days is counted over the holiday`() {
    // 8 October, 9 October (make-up), 11 to 13 October.
    #expect(days.date(5, workingDaysAfter: day("2021-09-30")) == day("2021-10-13"))
    #expect(days.date(1, workingDaysAfter: day("2021-09-30")) == day("2021-10-08"))
    #expect(days.date(0, workingDaysAfter: day("2021-10-01")) == day("2021-10-01"))
    // Monday to Friday twice.
    #expect(days.date(10, workingDaysAfter: day("2022-07-14")) == day("2022-07-28"))
  }

  @Test func `counting working days undoes adding them`() {
    for count in 0...60 {
      let end = days.date(count, workingDaysAfter: day("2021-09-01"))
      #expect(days.count(after: day("2021-09-01"), through: end) == count)
    }
    #expect(days.count(after: day("2021-09-30"), through: day("2021-10-07")) == 0)
    #expect(days.count(after: day("2021-10-07"), through: day("2021-09-30")) == 0)
  }

  @Test func `without a calendar Monday to Friday are worked`() {
    let plain = WorkingDays()
    #expect(plain.isWorkingDay(day("2021-10-01")))
    #expect(!plain.isWorkingDay(day("2021-09-26")))
  }
}
