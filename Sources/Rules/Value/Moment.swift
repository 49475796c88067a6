import Calendar
import Foundation

/// Moments and lengths of time of the rule language, in nanoseconds.
enum Moment {
  static let second: Int128 = 1_000_000_000
  /// From year 1 to year 9999.
  static let timestamps = (-62_135_596_800 * second)...(253_402_300_799 * second + 999_999_999)
  /// Ten thousand years.
  static let durations = (-315_576_000_000 * second)...(315_576_000_000 * second)

  /// A moment, if it is in range.
  static func timestamp(_ nanoseconds: Int128) -> RuleValue {
    timestamps.contains(nanoseconds)
      ? .timestamp(nanoseconds) : .failure(RuleFailure(.outOfRange, "时间应在 1 年到 9999 年之间"))
  }

  /// A length of time, if it is in range.
  static func duration(_ nanoseconds: Int128) -> RuleValue {
    durations.contains(nanoseconds)
      ? .duration(nanoseconds) : .failure(RuleFailure(.outOfRange, "时长超过一万年"))
  }

  // MARK: Days of the calendar

  /// The number of days since 1970 of a day.
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// A moment cut into its parts, in a zone.
  struct Parts {
    var days: Int
    var secondOfDay: Int
    var nanosecond: Int

    init(_ nanoseconds: Int128, offset: Int = 0) {
      let shifted = nanoseconds + Int128(offset) * Moment.second
      var (seconds, rest) = shifted.quotientAndRemainder(dividingBy: Moment.second)
      if rest < 0 { (seconds, rest) = (seconds - 1, rest + Moment.second) }
      var (days, second) = Int(seconds).quotientAndRemainder(dividingBy: 86_400)
      if second < 0 { (days, second) = (days - 1, second + 86_400) }
      (self.days, secondOfDay, nanosecond) = (days, second, Int(rest))
    }

    var civil: CivilDate { CivilDate(dayNumber: days) }
    /// From 0, Sunday.
    var weekday: Int { ((days + 4) % 7 + 7) % 7 }
    /// From 0.
    var dayOfYear: Int { days - Moment.days(civil.year, 1, 1) }
  }

  // MARK: Zones

  /// The seconds a zone is before UTC at a moment; `nil` for no zone.
  static func offset(of zone: String, at nanoseconds: Int128) -> Int? {
    if zone == "UTC" || zone == "Z" { return 0 }
    if let fixed = fixedOffset(zone) { return fixed }
    guard zone.contains(where: \.isLetter), let found = TimeZone(identifier: zone) else {
      return nil
    }
    let seconds = Parts(nanoseconds)
    return found.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(seconds.days * 86_400 + seconds.secondOfDay))
    )
  }

  private static func fixedOffset(_ zone: String) -> Int? {
    var rest = Substring(zone)
    var sign = 1
    if rest.hasPrefix("-") { sign = -1 }
    if rest.hasPrefix("-") || rest.hasPrefix("+") { rest = rest.dropFirst() }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isNumber) }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
    else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  // MARK: Texts

  /// Reads a moment as RFC 3339 writes it; `nil` for any other text.
  static func timestamp(_ text: String) -> Int128? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var number = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 48)
      }
      return number
    }
    guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, bytes[10] == 84 || bytes[10] == 116,
      bytes[13] == 58, bytes[16] == 58, let year = number(0..<4), let month = number(5..<7),
      let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19), year >= 1, (1...12).contains(month),
      (1...daysInMonth(month, of: year)).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    var place = 19
    var fraction: Int128 = 0
    if bytes[place] == 46 {
      let start = place + 1
      var end = start
      while end < bytes.count, (48...57).contains(bytes[end]) { end += 1 }
      guard end > start, let digits = number(start..<min(end, start + 9)) else { return nil }
      fraction = Int128(digits)
      for _ in min(end - start, 9)..<9 { fraction *= 10 }
      place = end
    }
    let zone = String(decoding: bytes[place...], as: UTF8.self)
    let shift: Int
    if zone == "Z" || zone == "z" {
      shift = 0
    } else {
      guard zone.hasPrefix("+") || zone.hasPrefix("-"), let found = fixedOffset(zone) else {
        return nil
      }
      shift = found
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - shift
    return Int128(seconds) * Self.second + fraction
  }

  /// A moment as RFC 3339 writes it, in UTC.
  static func text(timestamp nanoseconds: Int128) -> String {
    let parts = Parts(nanoseconds)
    let (year, month, day) = (parts.civil.year, parts.civil.month, parts.civil.day)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let years = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    let second = parts.secondOfDay
    return "\(years)-\(two(month))-\(two(day))T\(two(second / 3_600)):\(two(second / 60 % 60)):"
      + "\(two(second % 60))\(fraction(parts.nanosecond))Z"
  }

  private static func fraction(_ nanosecond: Int) -> String {
    guard nanosecond > 0 else { return "" }
    let digits = String(nanosecond)
    var padded = String(repeating: "0", count: 9 - digits.count) + digits
    while padded.hasSuffix("0") { padded.removeLast() }
    return "." + padded
  }

  /// Reads a length of time such as `1h30m`, `-1.5s` or `20ms`; `nil` for any other text.
  static func duration(_ text: String) -> Int128? {
    var rest = Substring(text)
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { return nil }
    let units: [(String, Int128)] = [
      ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", second),
      ("m", 60 * second), ("h", 3_600 * second),
    ]
    var total: Int128 = 0
    while !rest.isEmpty {
      let whole = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(whole.count)
      var fraction = Substring("")
      if rest.hasPrefix(".") {
        rest = rest.dropFirst()
        fraction = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(fraction.count)
      }
      guard !whole.isEmpty || !fraction.isEmpty, whole.count <= 18,
        let (name, unit) = units.first(where: { rest.hasPrefix($0.0) })
      else { return nil }
      rest = rest.dropFirst(name.count)
      total += (Int128(whole) ?? 0) * unit
      var place = unit
      for digit in fraction.prefix(12) {
        place /= 10
        total += Int128(digit.wholeNumberValue ?? 0) * place
      }
    }
    return isNegative ? -total : total
  }

  /// A length of time in seconds, such as `1.5s`.
  static func text(duration nanoseconds: Int128) -> String {
    let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(
      dividingBy: UInt128(second)
    )
    return (nanoseconds < 0 ? "-" : "") + "\(seconds)\(fraction(Int(rest)))s"
  }
}
