import Values

/// How one value stands to another.
enum RuleOrder {
  case less, equal, greater
  /// One of them is no number (NaN): no comparison holds.
  case unordered
}

extension RuleValue {
  /// Whether two values are equal.
  ///
  /// Numbers are compared across their types, values of different types are not equal. A failure on
  /// either side is told by the caller.
  static func areEqual(_ left: RuleValue, _ right: RuleValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.string(let a), .string(let b)): areSame(a, b)
    case (.bytes(let a), .bytes(let b)): a == b
    case (.timestamp(let a), .timestamp(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.type(let a), .type(let b)): a == b
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy(areEqual)
    case (.optional(let a), .optional(let b)):
      switch (a.value, b.value) {
      case (nil, nil): true
      case (let a?, let b?): areEqual(a, b)
      default: false
      }
    case (.map, .map), (.map, .record), (.record, .map), (.record, .record):
      areEqual(left.entries, right.entries)
    default: numberOrder(left, right) == .equal
    }
  }

  /// Whether two texts are the same sign for sign; Swift also takes é for e with an accent.
  private static func areSame(_ left: String, _ right: String) -> Bool {
    left == right && left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
  }

  private static func areEqual(_ left: RuleMap, _ right: RuleMap) -> Bool {
    left.count == right.count
      && zip(left.keys, left.values).allSatisfy { key, value in
        right.value(of: key).map { areEqual(value, $0) } ?? false
      }
  }

  /// The entries of a map or record.
  var entries: RuleMap {
    switch self {
    case .map(let map): return map
    case .record(let record):
      var map = RuleMap()
      for (name, value) in zip(record.schema.names, record.values) {
        _ = map.add(.string(name), value)
      }
      return map
    default: return RuleMap()
    }
  }

  /// How two values stand to each other; `nil` for values that have no order.
  static func order(_ left: RuleValue, _ right: RuleValue) -> RuleOrder? {
    switch (left, right) {
    case (.decimal(let a), .decimal(let b)): order(a, b)
    case (.int(let a), .int(let b)): order(a, b)
    case (.string(let a), .string(let b)): order(a, b)
    case (.bool(let a), .bool(let b)): order(a ? 1 : 0, b ? 1 : 0)
    case (.timestamp(let a), .timestamp(let b)): order(a, b)
    case (.duration(let a), .duration(let b)): order(a, b)
    case (.date(let a), .date(let b)): order(a, b)
    case (.bytes(let a), .bytes(let b)):
      a == b ? .equal : a.lexicographicallyPrecedes(b) ? .less : .greater
    default: numberOrder(left, right)
    }
  }

  private static func order(_ left: String, _ right: String) -> RuleOrder {
    left.utf8.elementsEqual(right.utf8)
      ? .equal : left.utf8.lexicographicallyPrecedes(right.utf8) ? .less : .greater
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> RuleOrder {
    left < right ? .less : left == right ? .equal : .greater
  }

  /// How two numbers stand to each other, whatever their types; `nil` when one is no number.
  static func numberOrder(_ left: RuleValue, _ right: RuleValue) -> RuleOrder? {
    switch (left, right) {
    case (.double(let a), .double(let b)):
      return a.isNaN || b.isNaN ? .unordered : order(a, b)
    case (.double(let a), _): return right.exact.map { order(a, $0) }
    case (_, .double(let b)):
      return left.exact.map { exact in
        switch order(b, exact) {
        case .less: .greater
        case .greater: .less
        case let same: same
        }
      }
    default:
      guard let a = left.exact, let b = right.exact else { return nil }
      return order(a, b)
    }
  }

  private static func order(_ left: Double, _ right: Exact) -> RuleOrder {
    if left.isNaN { return .unordered }
    if left.isInfinite { return left < 0 ? .less : .greater }
    if let exact = Exact(exactly: left) { return order(exact, right) }
    return order(left, right.approximate)
  }
}

extension Exact {
  /// The exact value of a number of binary floating point; `nil` when it is too large or too fine.
  init?(exactly number: Double) {
    guard number.isFinite else { return nil }
    var (significand, places) = (number, 0)
    while significand != significand.rounded(.towardZero), places < 60 {
      significand *= 2
      places += 1
    }
    guard let whole = Int128(exactly: significand) else { return nil }
    self.init(whole, over: Int128(1) << Int128(places))
  }
}
