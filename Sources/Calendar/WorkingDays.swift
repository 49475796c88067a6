/// Which days are worked: Monday to Friday, less the holidays, plus the make-up days of a city's
/// calendar (the State Council's yearly notice).
package struct WorkingDays: Sendable {
  private var holidays: Set<CivilDate>
  private var makeUpDays: Set<CivilDate>

  /// Makes the calendar of a city.
  package init(holidays: Set<CivilDate> = [], makeUpDays: Set<CivilDate> = []) {
    self.holidays = holidays
    self.makeUpDays = makeUpDays
  }

  /// Whether a day is worked.
  package func isWorkingDay(_ date: CivilDate) -> Bool {
    if makeUpDays.contains(date) { return true }
    return date.weekday <= 5 && !holidays.contains(date)
  }

  /// The day a number of working days after a day, not counting the day itself.
  package func date(_ count: Int, workingDaysAfter date: CivilDate) -> CivilDate {
    var (day, left) = (date, count)
    while left > 0 {
      day = day.adding(days: 1)
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  /// The working days after one day up to and including another; 0 when the other is not later.
  package func count(after start: CivilDate, through end: CivilDate) -> Int {
    guard start < end else { return 0 }
    return (start.dayNumber + 1...end.dayNumber).count {
      isWorkingDay(CivilDate(dayNumber: $0))
    }
  }
}
