/// A span of days, both ends included.
package struct Period: Hashable, Sendable {
  /// The first day.
  package var start: CivilDate
  /// The last day.
  package var end: CivilDate

  /// Makes a period; `nil` when the end lies before the start.
  package init?(_ start: CivilDate, _ end: CivilDate) {
    guard start <= end else { return nil }
    self.start = start
    self.end = end
  }

  /// The number of days, at least 1.
  package var days: Int { end.dayNumber - start.dayNumber + 1 }

  /// The days both periods have in common.
  package func overlap(with other: Period) -> Int {
    max(
      0,
      min(end.dayNumber, other.end.dayNumber) - max(start.dayNumber, other.start.dayNumber) + 1
    )
  }

  /// The overlap when the other period may be moved by up to a number of days either way.
  package func overlap(with other: Period, movableBy days: Int) -> Int {
    let early = max(start.dayNumber, other.start.dayNumber - days)
    let late = min(end.dayNumber, other.end.dayNumber + days)
    return max(0, min(late - early + 1, min(self.days, other.days)))
  }
}
