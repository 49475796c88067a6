import Values

extension Functions {
  /// The libraries of lists and sets.
  static let lists: [Function] = [
    Function(".distinct", "list>list") { arguments in
      guard case .list(let elements) = arguments[0] else { return none("distinct", arguments) }
      var known = KnownValues()
      return .list(elements.filter { known.add($0) })
    },
    Function(".flatten", "list>list|list,int>list") { arguments in
      guard case .list(let elements) = arguments[0] else { return none("flatten", arguments) }
      var depth = 1
      if arguments.count == 2 {
        guard case .int(let given) = arguments[1] else { return none("flatten", arguments) }
        guard given >= 0 else { return wrong("flatten 的层数不能为负") }
        depth = Int(given)
      }
      return .list(flat(elements, depth))
    },
    Function(".slice", "list,int,int>list") { arguments in
      guard case .list(let elements) = arguments[0], case .int(let start) = arguments[1],
        case .int(let end) = arguments[2]
      else { return none("slice", arguments) }
      guard start >= 0, start <= end, end <= elements.count else {
        return .failure(RuleFailure(.outOfRange, "列表有 \(elements.count) 个，取第 \(start) 到第 \(end) 个"))
      }
      return .list(Array(elements[Int(start)..<Int(end)]))
    },
    Function(".sort", "list>list") { arguments in
      guard case .list(let elements) = arguments[0] else { return none("sort", arguments) }
      guard let order = RuleValue.sorted(elements) else { return none("sort", elements) }
      return .list(order.map { elements[$0] })
    },
    Function(".first", "list>optional") { arguments in
      guard case .list(let elements) = arguments[0] else { return none("first", arguments) }
      return .optional(RuleOptional(elements.first))
    },
    Function(".last", "list>optional") { arguments in
      guard case .list(let elements) = arguments[0] else { return none("last", arguments) }
      return .optional(RuleOptional(elements.last))
    },
    Function("lists.range", "int>list") { arguments in
      guard let count = arguments[0].exact?.whole else { return none("lists.range", arguments) }
      guard count <= RuleLimits.mostSize else {
        return .failure(RuleFailure(.tooCostly, "lists.range(\(count))"))
      }
      return .list((0..<max(0, count)).map { .int(Int64($0)) })
    },
    Function("sets.contains", "list,list>bool") {
      sets($0, "sets.contains") { $1.allSatisfy($0.holds) }
    },
    Function("sets.equivalent", "list,list>bool") {
      sets($0, "sets.equivalent") { $1.allSatisfy($0.holds) && $0.allSatisfy($1.holds) }
    },
    Function("sets.intersects", "list,list>bool") {
      sets($0, "sets.intersects") { $1.contains(where: $0.holds) }
    },
  ]

  private static func flat(_ elements: [RuleValue], _ depth: Int) -> [RuleValue] {
    guard depth > 0 else { return elements }
    return elements.flatMap { element -> [RuleValue] in
      if case .list(let inner) = element { flat(inner, depth - 1) } else { [element] }
    }
  }

  private static func sets(
    _ arguments: [RuleValue],
    _ name: String,
    _ test: ([RuleValue], [RuleValue]) -> Bool
  ) -> RuleValue {
    guard case .list(let left) = arguments[0], case .list(let right) = arguments[1] else {
      return none(name, arguments)
    }
    return .bool(test(left, right))
  }

  /// The library of values that may be missing.
  static let optionals: [Function] = [
    Function("optional.of", "dyn>optional") { .optional(RuleOptional($0[0])) },
    Function("optional.none", ">optional") { _ in .optional(.none) },
    Function("optional.ofNonZeroValue", "dyn>optional") {
      .optional($0[0].isZero ? .none : RuleOptional($0[0]))
    },
    Function("optional.unwrap", "list>list", unwrap), Function(".unwrapOpt", "list>list", unwrap),
    Function(".hasValue", "optional>bool") { arguments in
      guard case .optional(let optional) = arguments[0] else { return none("hasValue", arguments) }
      return .bool(optional.value != nil)
    },
    Function(".value", "optional>dyn") { arguments in
      guard case .optional(let optional) = arguments[0] else { return none("value", arguments) }
      return optional.value ?? .failure(RuleFailure(.noData, "可缺的值缺着"))
    },
  ]

  private static let unwrap: @Sendable ([RuleValue]) -> RuleValue = { arguments in
    guard case .list(let elements) = arguments[0] else { return none("optional.unwrap", arguments) }
    var values: [RuleValue] = []
    for element in elements {
      guard case .optional(let optional) = element else {
        return none("optional.unwrap", arguments)
      }
      if let value = optional.value { values.append(value) }
    }
    return .list(values)
  }
}

extension [RuleValue] {
  /// Whether a value is among these.
  fileprivate func holds(_ value: RuleValue) -> Bool { contains { RuleValue.areEqual($0, value) } }
}

/// Values met already; those that can be keys are found at once.
private struct KnownValues {
  private var keys: Set<RuleMap.Key> = []
  private var others: [RuleValue] = []

  mutating func add(_ value: RuleValue) -> Bool {
    if let key = RuleMap.Key(value) { return keys.insert(key).inserted }
    guard !others.contains(where: { RuleValue.areEqual($0, value) }) else { return false }
    others.append(value)
    return true
  }
}

extension RuleValue {
  /// Whether it is what its type has when nothing was filled in.
  var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let truth): !truth
    case .int(let number): number == 0
    case .uint(let number): number == 0
    case .double(let number): number == 0
    case .decimal(let exact): exact == .zero
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let elements): elements.isEmpty
    case .map(let map): map.count == 0
    case .duration(let length): length == 0
    case .timestamp(let moment): moment == 0
    case .optional(let optional): optional.value == nil
    case .record, .date, .type, .failure: false
    }
  }
}
