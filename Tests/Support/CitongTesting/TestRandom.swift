/// A generator of numbers that gives the same ones for the same seed (SplitMix64), for tests over
/// made-up values; a test prints its seed in what it expects.
package struct TestRandom: RandomNumberGenerator, Sendable {
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

  /// A number of a range.
  package mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// One of some things; they must not be none.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }

  /// A text of so many pieces, each one of some.
  package mutating func text(of pieces: [String], count: ClosedRange<Int>) -> String {
    var text = ""
    for _ in 0..<number(count) { text += pick(pieces) }
    return text
  }
}
