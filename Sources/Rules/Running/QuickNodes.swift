import Values

/// How a quotient of two variables stands to a constant, without reckoning the quotient.
///
/// Ratios against a threshold are what conditions mostly are.
final class QuotientComparison: Node, @unchecked Sendable {
  private let above: Node
  private let below: Node
  private let known: RuleValue
  private let exact: Exact
  private let sign: Comparison.Sign
  private let plain: Comparison

  /// Compares, if the constant is an exact number.
  init?(_ above: Node, _ below: Node, _ known: RuleValue, _ sign: Comparison.Sign) {
    guard let exact = known.exact else { return nil }
    (self.above, self.below, self.known, self.sign, self.exact) = (above, below, known, sign, exact)
    plain = Comparison(Operation(above, below, Operators.divide), Constant(known), sign)
  }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    let (first, second) = (above.value(&frame), below.value(&frame))
    guard case .decimal(let a) = first, case .decimal(let b) = second, a.denominator == 1,
      b.denominator == 1, b.numerator > 0, let numerator = Int64(exactly: a.numerator),
      let denominator = Int64(exactly: b.numerator), let up = Int64(exactly: exact.numerator),
      let down = Int64(exactly: exact.denominator)
    else { return plain.truth(&frame) }
    // a / b < up / down exactly when a · down < up · b, as b and down are above nought.
    let left = Int128(numerator) * Int128(down)
    let right = Int128(up) * Int128(denominator)
    let order: RuleOrder = left < right ? .less : left == right ? .equal : .greater
    return sign.holds(order) ? .yes : .no
  }
}

/// Whether a value is in a list known beforehand.
final class Membership: Node, @unchecked Sendable {
  private let operand: Node
  private let elements: [RuleValue]

  init(_ operand: Node, _ elements: [RuleValue]) {
    (self.operand, self.elements) = (operand, elements)
  }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    let value = operand.value(&frame)
    if let failure = value.failure { return .failed(failure) }
    for element in elements where RuleValue.areEqual(value, element) { return .yes }
    return .no
  }
}
