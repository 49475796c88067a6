import Values

/// A value known beforehand.
final class Constant: Node, @unchecked Sendable {
  let known: RuleValue
  init(_ known: RuleValue) { self.known = known }
  override func value(_ frame: inout Frame) -> RuleValue { known }
}

/// A variable, or a macro's name.
final class Slot: Node, @unchecked Sendable {
  let place: Int
  init(_ place: Int) { self.place = place }
  override func value(_ frame: inout Frame) -> RuleValue { frame.slots[place] }
}

/// Keeps the value of a part for who asks why.
final class Traced: Node, @unchecked Sendable {
  private let inner: Node
  private let number: Int

  init(_ inner: Node, _ number: Int) { (self.inner, self.number) = (inner, number) }

  override func value(_ frame: inout Frame) -> RuleValue {
    let value = inner.value(&frame)
    frame.trace[number] = value
    return value
  }

  override func truth(_ frame: inout Frame) -> Truth {
    let truth = inner.truth(&frame)
    frame.trace[number] = truth.value
    return truth
  }
}

/// Both of two conditions; a failure of one does not matter when the other is false.
final class And: Node, @unchecked Sendable {
  private let left: Node
  private let right: Node

  private let isWhole: Bool

  /// Joins two; `isWhole` looks at the second also when the first decides, for who asks why.
  init(_ left: Node, _ right: Node, isWhole: Bool) {
    (self.left, self.right, self.isWhole) = (left, right, isWhole)
  }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    switch left.truth(&frame) {
    case .no:
      if isWhole { _ = right.truth(&frame) }
      return .no
    case .yes: return right.truth(&frame)
    case .failed(let failure):
      if case .no = right.truth(&frame) { return .no }
      return .failed(failure)
    }
  }
}

/// Either of two conditions; a failure of one does not matter when the other is true.
final class Or: Node, @unchecked Sendable {
  private let left: Node
  private let right: Node

  private let isWhole: Bool

  /// Joins two; `isWhole` looks at the second also when the first decides, for who asks why.
  init(_ left: Node, _ right: Node, isWhole: Bool) {
    (self.left, self.right, self.isWhole) = (left, right, isWhole)
  }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    switch left.truth(&frame) {
    case .yes:
      if isWhole { _ = right.truth(&frame) }
      return .yes
    case .no: return right.truth(&frame)
    case .failed(let failure):
      if case .yes = right.truth(&frame) { return .yes }
      return .failed(failure)
    }
  }
}

/// The opposite of a condition.
final class Not: Node, @unchecked Sendable {
  private let operand: Node
  init(_ operand: Node) { self.operand = operand }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    switch operand.truth(&frame) {
    case .yes: .no
    case .no: .yes
    case let failed: failed
    }
  }
}

/// One of two, by a condition.
final class Choice: Node, @unchecked Sendable {
  private let condition: Node
  private let yes: Node
  private let no: Node

  init(_ condition: Node, _ yes: Node, _ no: Node) {
    (self.condition, self.yes, self.no) = (condition, yes, no)
  }

  override func value(_ frame: inout Frame) -> RuleValue {
    switch condition.truth(&frame) {
    case .yes: yes.value(&frame)
    case .no: no.value(&frame)
    case .failed(let failure): .failure(failure)
    }
  }
}

/// Whether two values are equal, or not.
final class Equality: Node, @unchecked Sendable {
  private let left: Node
  private let right: Node
  private let wanted: Bool

  init(_ left: Node, _ right: Node, wanted: Bool) {
    (self.left, self.right, self.wanted) = (left, right, wanted)
  }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    let first = left.value(&frame)
    let second = right.value(&frame)
    if let failure = first.failure ?? second.failure { return .failed(failure) }
    return RuleValue.areEqual(first, second) == wanted ? .yes : .no
  }
}

/// How one value stands to another.
final class Comparison: Node, @unchecked Sendable {
  /// The signs.
  enum Sign: String, Sendable {
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    func holds(_ order: RuleOrder) -> Bool {
      switch (self, order) {
      case (.less, .less), (.atMost, .less), (.atMost, .equal), (.greater, .greater),
        (.atLeast, .greater), (.atLeast, .equal):
        true
      default: false
      }
    }
  }

  private let left: Node
  private let right: Node
  private let sign: Sign

  init(_ left: Node, _ right: Node, _ sign: Sign) {
    (self.left, self.right, self.sign) = (left, right, sign)
  }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    Self.truth(left.value(&frame), right.value(&frame), sign)
  }

  static func truth(_ first: RuleValue, _ second: RuleValue, _ sign: Sign) -> Truth {
    if let failure = first.failure ?? second.failure { return .failed(failure) }
    guard let order = RuleValue.order(first, second) else {
      return .failed(
        RuleFailure(.noOverload, "\(first.typeName) \(sign.rawValue) \(second.typeName)")
      )
    }
    return sign.holds(order) ? .yes : .no
  }
}

/// How a variable with an exact number stands to a constant: the common condition, without copies.
final class SlotComparison: Node, @unchecked Sendable {
  private let place: Int
  private let known: RuleValue
  private let numerator: Int128
  private let denominator: Int128
  private let exact: Exact
  private let sign: Comparison.Sign

  /// Compares, if the constant is an exact number.
  init?(_ place: Int, _ known: RuleValue, _ sign: Comparison.Sign) {
    guard let exact = known.exact else { return nil }
    (self.place, self.known, self.sign, self.exact) = (place, known, sign, exact)
    (numerator, denominator) = (exact.numerator, exact.denominator)
  }

  override func value(_ frame: inout Frame) -> RuleValue { truth(&frame).value }

  override func truth(_ frame: inout Frame) -> Truth {
    guard case .decimal(let found) = frame.slots[place] else {
      return Comparison.truth(frame.slots[place], known, sign)
    }
    let isLess: Bool
    let isEqual: Bool
    if found.denominator == denominator {
      isLess = found.numerator < numerator
      isEqual = found.numerator == numerator
    } else {
      isLess = found < exact
      isEqual = false
    }
    switch sign {
    case .less: return isLess ? .yes : .no
    case .atMost: return isLess || isEqual ? .yes : .no
    case .greater: return isLess || isEqual ? .no : .yes
    case .atLeast: return isLess ? .no : .yes
    }
  }
}

/// A field of a value, or whether it has it.
final class FieldOf: Node, @unchecked Sendable {
  private let operand: Node
  private let name: String
  private let access: Expression.Access

  init(_ operand: Node, _ name: String, _ access: Expression.Access) {
    (self.operand, self.name, self.access) = (operand, name, access)
  }

  override func value(_ frame: inout Frame) -> RuleValue {
    let value = operand.value(&frame)
    switch value {
    case .failure: return value
    case .optional(let optional):
      guard let inner = optional.value else {
        return access == .test ? .bool(false) : .optional(.none)
      }
      if access == .test { return find(in: inner, .test) }
      let found = find(in: inner, .optional)
      return found
    default: return find(in: value, access)
    }
  }

  private func find(in value: RuleValue, _ access: Expression.Access) -> RuleValue {
    let found: RuleValue?
    switch value {
    case .map(let map): found = map.value(named: name)
    case .record(let record):
      found = record[name]
      if access == .test, case .null? = found { return .bool(false) }
    default: return .failure(RuleFailure(.noOverload, "\(value.typeName) 没有字段 \(name)"))
    }
    switch access {
    case .plain: return found ?? .failure(RuleFailure(.noSuchKey, name))
    case .test: return .bool(found != nil)
    case .optional: return .optional(RuleOptional(found))
    }
  }
}

/// An entry of a list or map.
final class EntryOf: Node, @unchecked Sendable {
  private let operand: Node
  private let key: Node
  private let isOptional: Bool

  init(_ operand: Node, _ key: Node, isOptional: Bool) {
    (self.operand, self.key, self.isOptional) = (operand, key, isOptional)
  }

  override func value(_ frame: inout Frame) -> RuleValue {
    let value = operand.value(&frame)
    let wanted = key.value(&frame)
    if value.failure != nil { return value }
    if wanted.failure != nil { return wanted }
    if case .optional(let optional) = value {
      guard let inner = optional.value else { return .optional(.none) }
      return Self.find(wanted, in: inner, isOptional: true)
    }
    return Self.find(wanted, in: value, isOptional: isOptional)
  }

  static func find(_ key: RuleValue, in value: RuleValue, isOptional: Bool) -> RuleValue {
    let found: RuleValue?
    switch value {
    case .list(let elements):
      guard case .number(let place)? = RuleMap.Key(key) else {
        if case .double = key { return missing(isOptional, .badArgument, key.words) }
        return .failure(RuleFailure(.noOverload, "列表要用整数取"))
      }
      found = elements.indices.contains(Int(clamping: place)) ? elements[Int(clamping: place)] : nil
      if found == nil {
        return missing(isOptional, .outOfRange, "列表有 \(elements.count) 个，取第 \(place) 个")
      }
    case .map, .record:
      if RuleMap.Key(key) == nil {
        if case .double = key { return missing(isOptional, .noSuchKey, key.words) }
        return .failure(RuleFailure(.noOverload, "\(key.typeName) 不能作键"))
      }
      if case .record(let record) = value, case .string(let name) = key {
        found = record[name]
      } else {
        found = value.entries.value(of: key)
      }
      if found == nil { return missing(isOptional, .noSuchKey, key.words) }
    default: return .failure(RuleFailure(.noOverload, "\(value.typeName) 不能用 [] 取"))
    }
    let inside = found ?? .null
    return isOptional ? .optional(RuleOptional(inside)) : inside
  }

  private static func missing(_ isOptional: Bool, _ kind: RuleFailure.Kind, _ detail: String)
    -> RuleValue
  {
    isOptional ? .optional(.none) : .failure(RuleFailure(kind, detail))
  }
}

/// A list of its elements.
final class ListOf: Node, @unchecked Sendable {
  private let elements: [(node: Node, isOptional: Bool)]
  init(_ elements: [(node: Node, isOptional: Bool)]) { self.elements = elements }

  override func value(_ frame: inout Frame) -> RuleValue {
    var list: [RuleValue] = []
    list.reserveCapacity(elements.count)
    for (node, isOptional) in elements {
      let value = node.value(&frame)
      if value.failure != nil { return value }
      guard isOptional else {
        list.append(value)
        continue
      }
      guard case .optional(let optional) = value else {
        return .failure(RuleFailure(.noOverload, "? 后面应是可缺的值"))
      }
      if let inner = optional.value { list.append(inner) }
    }
    return .list(list)
  }
}

/// A map of its entries.
final class MapOf: Node, @unchecked Sendable {
  private let entries: [(key: Node, value: Node, isOptional: Bool)]
  init(_ entries: [(key: Node, value: Node, isOptional: Bool)]) { self.entries = entries }

  override func value(_ frame: inout Frame) -> RuleValue {
    var map = RuleMap()
    for (keyNode, valueNode, isOptional) in entries {
      let key = keyNode.value(&frame)
      if key.failure != nil { return key }
      var value = valueNode.value(&frame)
      if value.failure != nil { return value }
      if isOptional {
        guard case .optional(let optional) = value else {
          return .failure(RuleFailure(.noOverload, "? 后面应是可缺的值"))
        }
        guard let inner = optional.value else { continue }
        value = inner
      }
      if let failure = map.add(key, value) { return .failure(failure) }
    }
    return .map(map)
  }
}

/// A function of what its arguments come to.
final class Call: Node, @unchecked Sendable {
  private let body: @Sendable ([RuleValue]) -> RuleValue
  private let arguments: [Node]

  init(_ arguments: [Node], _ body: @escaping @Sendable ([RuleValue]) -> RuleValue) {
    (self.arguments, self.body) = (arguments, body)
  }

  override func value(_ frame: inout Frame) -> RuleValue {
    var values: [RuleValue] = []
    values.reserveCapacity(arguments.count)
    var size = 0
    for argument in arguments {
      let value = argument.value(&frame)
      if value.failure != nil { return value }
      size += value.size
      values.append(value)
    }
    if size > 0, let failure = frame.take(size) { return .failure(failure) }
    let result = body(values)
    return result.size > RuleLimits.mostSize
      ? .failure(RuleFailure(.tooCostly, "结果太大")) : result
  }
}

/// An operator of two values.
final class Operation: Node, @unchecked Sendable {
  private let left: Node
  private let right: Node
  private let isQuotient: Bool
  private let body: @Sendable (RuleValue, RuleValue) -> RuleValue

  init(
    _ left: Node,
    _ right: Node,
    isQuotient: Bool = false,
    _ body: @escaping @Sendable (RuleValue, RuleValue) -> RuleValue
  ) {
    (self.left, self.right, self.isQuotient, self.body) = (left, right, isQuotient, body)
  }

  /// What it divides by what; `nil` when it is no quotient.
  var quotient: (above: Node, below: Node)? { isQuotient ? (left, right) : nil }

  override func value(_ frame: inout Frame) -> RuleValue {
    let first = left.value(&frame)
    if first.failure != nil { return first }
    let second = right.value(&frame)
    if second.failure != nil { return second }
    let result = body(first, second)
    let size = result.size
    guard size > 0 else { return result }
    if size > RuleLimits.mostSize { return .failure(RuleFailure(.tooCostly, "结果太大")) }
    if let failure = frame.take(size) { return .failure(failure) }
    return result
  }
}

/// A value under a name of its own.
final class Bound: Node, @unchecked Sendable {
  private let place: Int
  private let bound: Node
  private let body: Node
  private let binding: Expression.Binding

  init(_ place: Int, _ bound: Node, _ body: Node, _ binding: Expression.Binding) {
    (self.place, self.bound, self.body, self.binding) = (place, bound, body, binding)
  }

  override func value(_ frame: inout Frame) -> RuleValue {
    let value = bound.value(&frame)
    if binding == .value {
      // A failure is told where the name is used, if it is.
      frame.slots[place] = value
      return body.value(&frame)
    }
    if value.failure != nil { return value }
    guard case .optional(let optional) = value else {
      return .failure(RuleFailure(.noOverload, "只有可缺的值能这样用"))
    }
    guard let inner = optional.value else { return .optional(.none) }
    frame.slots[place] = inner
    let result = body.value(&frame)
    if result.failure != nil { return result }
    guard binding == .flatMapped else { return .optional(RuleOptional(result)) }
    guard case .optional = result else {
      return .failure(RuleFailure(.noOverload, "optFlatMap 的结果应是可缺的值"))
    }
    return result
  }
}

/// Several values under their numbers.
final class Block: Node, @unchecked Sendable {
  private let bound: [(place: Int, node: Node)]
  private let body: Node

  init(_ bound: [(place: Int, node: Node)], _ body: Node) {
    (self.bound, self.body) = (bound, body)
  }

  override func value(_ frame: inout Frame) -> RuleValue {
    for (place, node) in bound { frame.slots[place] = node.value(&frame) }
    return body.value(&frame)
  }
}

/// Limits of what a rule may make.
package enum RuleLimits {
  /// How many elements a list or map, bytes a text may have that a rule makes.
  package static let mostSize = 1_000_000
  /// How many steps a rule may take.
  package static let mostSteps = 20_000_000
}

extension RuleValue {
  /// How much there is of it: elements, bytes; 0 for single values.
  var size: Int {
    switch self {
    case .string(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    case .list(let elements): elements.count
    case .map(let map): map.count
    default: 0
    }
  }
}
