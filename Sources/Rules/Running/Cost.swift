/// How many steps a rule can take at most, reckoned before it is run.
struct Cost {
  /// What an expression can come to.
  private struct Bound {
    /// Steps inside of macros and functions.
    var steps = 0
    /// Elements or bytes.
    var size = 0
    /// Elements or bytes of an element.
    var inner = 0
  }

  private let mostElements: Int
  private var names: [(name: String, bound: Bound)] = []

  /// The bound of a rule.
  ///
  /// - Parameters:
  ///   - expression: the rule.
  ///   - mostElements: how many elements or bytes any value that is bound has, and any in it.
  /// - Returns: the steps; what is beyond all counting is told as the limit.
  static func bound(_ expression: Expression, mostElements: Int) -> Int {
    var cost = Cost(mostElements: mostElements)
    return sum(parts(expression), cost.bound(expression).steps)
  }

  private init(mostElements: Int) { self.mostElements = mostElements }

  /// The parts of an expression.
  static func parts(_ expression: Expression) -> Int {
    expression.parts.reduce(1) { sum($0, parts($1)) }
  }

  /// The parts of an expression but those inside of its macros.
  static func ownParts(_ expression: Expression) -> Int {
    if case .macro(let macro) = expression.form { return 1 + ownParts(macro.range) }
    return expression.parts.reduce(1) { $0 + ownParts($1) }
  }

  private static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }

  private static func product(_ left: Int, _ right: Int) -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? .max : product
  }

  private mutating func bound(_ expression: Expression) -> Bound {
    switch expression.form {
    case .literal(let value): return Bound(size: value.size)
    case .name(let name, _):
      return names.last { $0.name == name }?.bound ?? Bound(size: mostElements, inner: mostElements)
    case .field(let operand, _, _), .entry(let operand, _, _):
      let whole = bound(operand)
      var steps = whole.steps
      if case .entry(_, let key, _) = expression.form { steps = Self.sum(steps, bound(key).steps) }
      return Bound(steps: steps, size: whole.inner, inner: whole.inner)
    case .list, .map:
      let parts = expression.parts.map { bound($0) }
      return Bound(
        steps: parts.reduce(0) { Self.sum($0, $1.steps) },
        size: parts.count,
        inner: parts.map { max($0.size, $0.inner) }.max() ?? 0
      )
    case .and, .or: return joined(expression)
    case .choice: return joined(expression)
    case .macro(let macro): return bound(macro)
    case .bound(let name, let value, let body, _):
      let known = bound(value)
      names.append((name, known))
      var inner = bound(body)
      names.removeLast()
      inner.steps = Self.sum(inner.steps, known.steps)
      return inner
    case .block(let values, let body):
      var steps = 0
      for (index, value) in values.enumerated() {
        let known = bound(value)
        steps = Self.sum(steps, known.steps)
        names.append(("@index:\(index)", known))
      }
      var inner = bound(body)
      names.removeLast(values.count)
      inner.steps = Self.sum(inner.steps, steps)
      return inner
    case .call(let name, _, _): return call(name, expression)
    }
  }

  /// One of several, whichever it is.
  private mutating func joined(_ expression: Expression) -> Bound {
    let parts = expression.parts.map { bound($0) }
    return Bound(
      steps: parts.reduce(0) { Self.sum($0, $1.steps) },
      size: parts.map(\.size).max() ?? 0,
      inner: parts.map(\.inner).max() ?? 0
    )
  }

  private mutating func call(_ name: String, _ expression: Expression) -> Bound {
    let parts = expression.parts.map { bound($0) }
    let given = parts.reduce(0) { Self.sum($0, $1.size) }
    let grows = ["replace", "join", "format", "split", "flatten", "range"].contains(name)
    let size =
      grows ? RuleLimits.mostSize : min(RuleLimits.mostSize, Self.sum(Self.product(given, 4), 100))
    return Bound(
      steps: parts.reduce(Self.sum(given, given)) { Self.sum($0, $1.steps) },
      size: size,
      inner: grows ? RuleLimits.mostSize : max(size, parts.map(\.inner).max() ?? 0)
    )
  }

  private mutating func bound(_ macro: Macro) -> Bound {
    let range = bound(macro.range)
    let element = Bound(size: range.inner, inner: range.inner)
    names.append((macro.first, element))
    if let second = macro.second { names.append((second, element)) }
    let bodies = macro.bodies.map { bound($0) }
    names.removeLast(macro.second == nil ? 1 : 2)
    let own = 1 + macro.bodies.reduce(0) { $0 + Self.ownParts($1) }
    let each = bodies.reduce(own) { Self.sum($0, $1.steps) }
    let made = macro.value == nil ? range.inner : bodies.last.map { max($0.size, $0.inner) } ?? 0
    // An entry may bring several keys.
    let size =
      macro.verb == .transformMapEntry
      ? Self.product(range.size, max(1, bodies.last?.size ?? 1)) : range.size
    return Bound(
      steps: Self.sum(range.steps, Self.product(range.size, each)),
      size: min(RuleLimits.mostSize, max(size, made)),
      inner: max(made, range.inner)
    )
  }
}
