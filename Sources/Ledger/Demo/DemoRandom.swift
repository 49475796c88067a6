/// A generator of numbers that gives the same ones every time (SplitMix64).
package struct DemoRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Begins a sequence.
  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of some things; they must not be none.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  /// A number of a range.
  package mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }
}

/// Shares out a whole by weights so that the parts add up to it exactly (largest remainder).
package func shareOut(_ whole: Int, by weights: [Int]) -> [Int] {
  let total = weights.reduce(0, +)
  guard total > 0 else { return weights.map { _ in 0 } }
  var parts = weights.map { whole * $0 / total }
  let order = weights.indices.sorted {
    (whole * weights[$0] % total, -$0) > (whole * weights[$1] % total, -$1)
  }
  for index in order.prefix(whole - parts.reduce(0, +)) { parts[index] += 1 }
  return parts
}
