internal import Values

/// A day of the civil calendar (公历), without time or zone.
package struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The year, 1900…2199.
  package let year: Int
  /// The month, 1…12.
  package let month: Int
  /// The day of the month, 1…31.
  package let day: Int

  /// Makes a date; `nil` when no such day exists.
  package init?(year: Int, month: Int, day: Int) {
    guard (1900...2199).contains(year), (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads a date as people write it: `2022-07-14`, `2022/7/4`, `2022.7.4`, `2022年7月4日`,
  /// `20220704`.
  ///
  /// - Returns: `nil` when the text is none of these or no such day exists.
  package init?(_ text: String) {
    if let date = Self.plain(text) {
      self = date
      return
    }
    var plain = Text.code(text)
    if plain.hasSuffix("日") { plain.removeLast() }
    let parts = plain.split(
      omittingEmptySubsequences: false,
      whereSeparator: { "-/.年月".contains($0) }
    )
    let numbers = parts.compactMap { $0.count <= 4 && $0.allSatisfy(\.isNumber) ? Int($0) : nil }
    if parts.count == 3, numbers.count == 3, parts[0].count == 4 {
      self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    } else if plain.utf8.count == 8, plain.allSatisfy(\.isNumber), let number = Int(plain) {
      self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    } else {
      return nil
    }
  }

  /// A date in the form the store holds, `2022-07-14`, without any of the other forms.
  private static func plain(_ text: String) -> CivilDate? {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
        return nil
      }
      func number(_ range: Range<Int>) -> Int? {
        var number = 0
        for byte in bytes[range] {
          guard (48...57).contains(byte) else { return nil }
          number = number * 10 + Int(byte - 48)
        }
        return number
      }
      guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
        return nil
      }
      return CivilDate(year: year, month: month, day: day)
    }
  }

  /// The form of tables and files: `2022-07-14`.
  package var description: String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// The form of sentences: `2022年7月14日`.
  package var sentence: String { "\(year)年\(month)月\(day)日" }

  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// Days since 1970-01-01, negative before.
  package var dayNumber: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day a number of days since 1970-01-01.
  package init(dayNumber: Int) {
    let z = dayNumber + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The day a number of days later, earlier when negative.
  package func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

  /// The same day of the month so many months later; the last of that month where it has no such day.
  package func adding(months: Int) -> CivilDate {
    let whole = year * 12 + month - 1 + months
    let (year, month) = (whole / 12, whole % 12 + 1)
    var day = day
    while true {
      if let date = CivilDate(year: year, month: month, day: day) { return date }
      // No month has fewer than 28 days; out of range the last day there is stands.
      guard day > 28 else { return self }
      day -= 1
    }
  }

  /// How many whole years have passed until a day: somebody's age, one year more from their birthday on.
  ///
  /// - Parameter day: the day.
  /// - Returns: the years; who was born on 29 February is a year older on 1 March of common years.
  package func years(until day: CivilDate) -> Int {
    day.year - year - ((day.month, day.day) < (month, self.day) ? 1 : 0)
  }

  /// The weekday, 1 for Monday to 7 for Sunday.
  package var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
