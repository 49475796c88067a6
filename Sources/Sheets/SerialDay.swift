import Calendar

/// A day as workbooks count it: days since the end of 1899, a part of a day behind the point.
package struct SerialDay: Hashable, Sendable {
  /// The day, or time of day when it has no day: `2022-07-14`, `08:30`.
  package let text: String

  /// Reads a count of days; `nil` when it is none of the years 1900 to 2199.
  package init?(_ text: String, countsFrom1904: Bool = false) {
    guard let number = Double(text), number.isFinite, number >= 0, number < 200_000 else {
      return nil
    }
    let whole = Int(number)
    guard whole > 0 || countsFrom1904 else {
      // The last half minute of a day is still of this day.
      let minutes = min(1439, Int((number * 1440).rounded()))
      let (hour, minute) = (minutes / 60, minutes % 60)
      self.text = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
      return
    }
    let day = CivilDate(dayNumber: whole - (countsFrom1904 ? 24_107 : Self.offset(whole < 60)))
    guard (1900...2199).contains(day.year) else { return nil }
    self.text = day.description
  }

  /// The count of a day, from 1900.
  static func count(of day: CivilDate) -> Int {
    day.dayNumber + offset(day.year == 1900 && day.month < 3)
  }

  /// 1970-01-01 is day 25569; a 29 February 1900 that never was is counted as day 60, so that the days
  /// before it are one off.
  private static func offset(_ isBeforeMarch1900: Bool) -> Int {
    isBeforeMarch1900 ? 25_568 : 25_569
  }
}
