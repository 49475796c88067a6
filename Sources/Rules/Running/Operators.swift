import Calendar
import Values

/// What the operators make of two values.
enum Operators {
  /// The body of an operator.
  static func body(_ sign: String) -> (@Sendable (RuleValue, RuleValue) -> RuleValue)? {
    switch sign {
    case "+": add
    case "-": subtract
    case "*": multiply
    case "/": divide
    case "%": rest
    case "in": isIn
    default: nil
    }
  }

  private static func none(_ sign: String, _ left: RuleValue, _ right: RuleValue) -> RuleValue {
    .failure(RuleFailure(.noOverload, "\(left.typeName) \(sign) \(right.typeName)"))
  }

  private static let outOfRange = RuleValue.failure(RuleFailure(.outOfRange, "结果"))

  private static func whole<T: FixedWidthInteger>(
    _ result: (partialValue: T, overflow: Bool),
    _ make: (T) -> RuleValue
  ) -> RuleValue {
    result.overflow ? outOfRange : make(result.partialValue)
  }

  /// Two exact numbers, when at least one is a decimal and the other one or a whole number.
  private static func exacts(_ left: RuleValue, _ right: RuleValue) -> (Exact, Exact)? {
    switch (left, right) {
    case (.decimal(let a), .decimal(let b)): (a, b)
    case (.decimal(let a), .int), (.decimal(let a), .uint): right.exact.map { (a, $0) }
    case (.int, .decimal(let b)), (.uint, .decimal(let b)): left.exact.map { ($0, b) }
    default: nil
    }
  }

  /// Two numbers of floating point, when one is such and the other a decimal.
  private static func doubles(_ left: RuleValue, _ right: RuleValue) -> (Double, Double)? {
    switch (left, right) {
    case (.double(let a), .double(let b)): (a, b)
    case (.double(let a), .decimal(let b)): (a, b.approximate)
    case (.decimal(let a), .double(let b)): (a.approximate, b)
    default: nil
    }
  }

  static let add: @Sendable (RuleValue, RuleValue) -> RuleValue = { left, right in
    switch (left, right) {
    case (.int(let a), .int(let b)): return whole(a.addingReportingOverflow(b)) { .int($0) }
    case (.uint(let a), .uint(let b)): return whole(a.addingReportingOverflow(b)) { .uint($0) }
    case (.string(let a), .string(let b)): return .string(a + b)
    case (.bytes(let a), .bytes(let b)): return .bytes(a + b)
    case (.list(let a), .list(let b)): return .list(a + b)
    case (.timestamp(let a), .duration(let b)), (.duration(let b), .timestamp(let a)):
      return Moment.timestamp(a + b)
    case (.duration(let a), .duration(let b)): return Moment.duration(a + b)
    case (.date(let day), _): return moved(day, by: right, 1) ?? none("+", left, right)
    case (_, .date(let day)): return moved(day, by: left, 1) ?? none("+", left, right)
    default:
      if let (a, b) = exacts(left, right) {
        return a.adding(b).map(RuleValue.decimal) ?? outOfRange
      }
      if let (a, b) = doubles(left, right) { return .double(a + b) }
      return none("+", left, right)
    }
  }

  static let subtract: @Sendable (RuleValue, RuleValue) -> RuleValue = { left, right in
    switch (left, right) {
    case (.int(let a), .int(let b)): return whole(a.subtractingReportingOverflow(b)) { .int($0) }
    case (.uint(let a), .uint(let b)): return whole(a.subtractingReportingOverflow(b)) { .uint($0) }
    case (.timestamp(let a), .timestamp(let b)): return Moment.duration(a - b)
    case (.timestamp(let a), .duration(let b)): return Moment.timestamp(a - b)
    case (.duration(let a), .duration(let b)): return Moment.duration(a - b)
    case (.date(let a), .date(let b)): return .int(Int64(a.dayNumber - b.dayNumber))
    case (.date(let day), _): return moved(day, by: right, -1) ?? none("-", left, right)
    default:
      if let (a, b) = exacts(left, right) {
        return a.subtracting(b).map(RuleValue.decimal) ?? outOfRange
      }
      if let (a, b) = doubles(left, right) { return .double(a - b) }
      return none("-", left, right)
    }
  }

  /// A day some days on; `nil` when what is added is no number of days.
  private static func moved(_ day: CivilDate, by value: RuleValue, _ sign: Int) -> RuleValue? {
    let days: Int?
    switch value {
    case .int(let number): days = Int(number)
    case .decimal(let exact): days = exact.whole
    case .duration(let length):
      let (whole, rest) = length.quotientAndRemainder(dividingBy: 86_400 * Moment.second)
      days = rest == 0 ? Int(exactly: whole) : nil
    default: days = nil
    }
    guard let days else { return nil }
    guard days.magnitude < 200_000 else { return outOfRange }
    let moved = day.adding(days: sign * days)
    return (1900...2199).contains(moved.year) ? .date(moved) : outOfRange
  }

  static let multiply: @Sendable (RuleValue, RuleValue) -> RuleValue = { left, right in
    switch (left, right) {
    case (.int(let a), .int(let b)): return whole(a.multipliedReportingOverflow(by: b)) { .int($0) }
    case (.uint(let a), .uint(let b)):
      return whole(a.multipliedReportingOverflow(by: b)) { .uint($0) }
    default:
      if let (a, b) = exacts(left, right) {
        return a.multiplied(by: b).map(RuleValue.decimal) ?? outOfRange
      }
      if let (a, b) = doubles(left, right) { return .double(a * b) }
      return none("*", left, right)
    }
  }

  private static let byNought = RuleValue.failure(RuleFailure(.divisionByZero))

  static let divide: @Sendable (RuleValue, RuleValue) -> RuleValue = { left, right in
    switch (left, right) {
    case (.int(let a), .int(let b)):
      return b == 0 ? byNought : whole(a.dividedReportingOverflow(by: b)) { .int($0) }
    case (.uint(let a), .uint(let b)): return b == 0 ? byNought : .uint(a / b)
    default:
      if let (a, b) = exacts(left, right) {
        if b == .zero { return byNought }
        return a.divided(by: b).map(RuleValue.decimal) ?? outOfRange
      }
      if let (a, b) = doubles(left, right) { return .double(a / b) }
      return none("/", left, right)
    }
  }

  static let rest: @Sendable (RuleValue, RuleValue) -> RuleValue = { left, right in
    switch (left, right) {
    case (.int(let a), .int(let b)):
      return b == 0 ? byNought : whole(a.remainderReportingOverflow(dividingBy: b)) { .int($0) }
    case (.uint(let a), .uint(let b)): return b == 0 ? byNought : .uint(a % b)
    default:
      guard let (a, b) = exacts(left, right), a.isWhole, b.isWhole else {
        return none("%", left, right)
      }
      if b == .zero { return byNought }
      return Exact(a.numerator % b.numerator, over: 1).map(RuleValue.decimal) ?? outOfRange
    }
  }

  static let isIn: @Sendable (RuleValue, RuleValue) -> RuleValue = { left, right in
    switch right {
    case .list(let elements): .bool(elements.contains { RuleValue.areEqual(left, $0) })
    case .map(let map): .bool(map.value(of: left) != nil)
    case .record: .bool(right.entries.value(of: left) != nil)
    default: none("in", left, right)
    }
  }

  /// The number turned round.
  static let negate: @Sendable ([RuleValue]) -> RuleValue = { arguments in
    switch arguments.first {
    case .int(let number)?: number == .min ? outOfRange : .int(-number)
    case .double(let number)?: .double(-number)
    case .decimal(let exact)?: .decimal(exact.negated)
    case .duration(let length)?: Moment.duration(-length)
    case let other?: .failure(RuleFailure(.noOverload, "-\(other.typeName)"))
    case nil: .failure(RuleFailure(.noOverload))
    }
  }
}
