/// Tells the moment; an argument wherever time matters, so that tests decide what time it is.
package struct Clock: Sendable {
  /// The present moment.
  package var now: @Sendable () -> Instant

  /// Makes a clock of a function.
  package init(now: @escaping @Sendable () -> Instant) { self.now = now }

  /// A clock that stands still.
  package static func fixed(_ date: CivilDate) -> Clock {
    Clock { Instant(seconds: date.dayNumber * 86_400 + 3600) }
  }
}
