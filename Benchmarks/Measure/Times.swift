import Foundation
import Values

/// How long each of many like things took.
struct Times {
  private var milliseconds: [Double] = []

  /// Does something and notes how long it took.
  mutating func note<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
    let begun = ContinuousClock.now
    let answer = try body()
    milliseconds.append((ContinuousClock.now - begun) / .milliseconds(1))
    return answer
  }

  /// Keeps the shorter time of each thing, when another one noted the same things again.
  mutating func keepLess(of other: Times) {
    milliseconds =
      milliseconds.isEmpty
      ? other.milliseconds : zip(milliseconds, other.milliseconds).map { min($0, $1) }
  }

  /// Takes in what another one noted.
  mutating func add(_ other: Times) { milliseconds += other.milliseconds }

  /// Count, middle, 90 and 99 in a hundred, and worst, in milliseconds.
  var json: JSON {
    let sorted = milliseconds.sorted()
    func share(_ percent: Int) -> JSON {
      guard !sorted.isEmpty else { return .null }
      // The nearest rank: as many as `percent` in a hundred took no longer.
      let rank = (sorted.count * percent + 99) / 100
      return Self.number(sorted[max(0, rank - 1)], places: 4)
    }
    return .object([
      "count": .integer(sorted.count), "p50": share(50), "p90": share(90), "p99": share(99),
      "worst": share(100),
    ])
  }

  /// How long one thing took.
  static func of<Answer>(_ body: () throws -> Answer) rethrows -> Duration {
    try ContinuousClock().measure { _ = try body() }
  }

  /// A duration in seconds.
  static func seconds(_ duration: Duration) -> JSON { number(duration / .seconds(1), places: 3) }

  private static func number(_ value: Double, places: Int) -> JSON {
    .number(String(format: "%.\(places)f", value))
  }
}
