/// A moment, in whole seconds since 1970-01-01 UTC; shown in the civil time of China (UTC+8).
package struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package var seconds: Int

  /// Makes a moment.
  package init(seconds: Int) { self.seconds = seconds }

  /// The civil day in China.
  package var date: CivilDate { CivilDate(dayNumber: Self.floorDivide(seconds + 28_800, 86_400)) }

  /// The civil time in China, `2022-07-14 09:30`.
  package var civilText: String {
    let local = seconds + 28_800
    let second = local - Self.floorDivide(local, 86_400) * 86_400
    let (hour, minute) = (second / 3600, second / 60 % 60)
    return "\(date) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  package static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
}

extension Instant {
  /// The last second of a civil day in China.
  package init(endOf day: CivilDate) { self.init(seconds: (day.dayNumber + 1) * 86_400 - 28_801) }
}
