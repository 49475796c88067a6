/// What the operators make of types.
enum OperatorTypes {
  /// Why an operator makes nothing of them.
  enum Mismatch: Error {
    case types
    case units(String, String)
  }

  static let signs: Set<String> = ["+", "-", "*", "/", "%", "in", "==", "!=", "<", "<=", ">", ">="]

  /// The type of the result of an operator.
  ///
  /// - Parameters:
  ///   - sign: the operator.
  ///   - left: the type of what stands before it.
  ///   - right: the type of what stands behind it.
  /// - Returns: the type, or why there is none.
  static func result(_ sign: String, _ left: RuleType, _ right: RuleType) -> Result<
    RuleType, Mismatch
  > {
    switch sign {
    case "==", "!=":
      if left.isNumber && right.isNumber { return comparedUnits(left, right) }
      return left.takes(right) || right.takes(left) || areRelated(left, right)
        ? .success(.bool) : .failure(.types)
    case "<", "<=", ">", ">=":
      if left.isNumber && right.isNumber { return comparedUnits(left, right) }
      let isOrdered = [.bool, .string, .bytes, .timestamp, .duration, .date, .dyn, .null].contains(
        left
      )
      return isOrdered && (left.takes(right) || right == .dyn) ? .success(.bool) : .failure(.types)
    case "in":
      switch right {
      case .list, .map, .record, .dyn: return .success(.bool)
      default: return .failure(.types)
      }
    default: return arithmetic(sign, left, right)
    }
  }

  private static func areRelated(_ left: RuleType, _ right: RuleType) -> Bool {
    switch (left, right) {
    case (.list, .list), (.map, .map), (.map, .record), (.record, .map), (.optional, .optional):
      true
    default: false
    }
  }

  private static func unit(_ type: RuleType) -> String? {
    if case .decimal(let unit) = type { unit } else { nil }
  }

  private static func comparedUnits(_ left: RuleType, _ right: RuleType) -> Result<
    RuleType, Mismatch
  > {
    if let first = unit(left), let second = unit(right), first != second {
      return .failure(.units(first, second))
    }
    return .success(.bool)
  }

  private static func arithmetic(_ sign: String, _ left: RuleType, _ right: RuleType) -> Result<
    RuleType, Mismatch
  > {
    if left == .dyn || right == .dyn {
      let known = left == .dyn ? right : left
      switch known {
      case .bool, .null, .type: return .failure(.types)
      default: return .success(.dyn)
      }
    }
    if left == .null || right == .null { return .failure(.types) }
    if left.isNumber, right.isNumber { return numbers(sign, left, right) }
    switch (sign, left, right) {
    case ("+", .string, .string): return .success(.string)
    case ("+", .bytes, .bytes): return .success(.bytes)
    case ("+", .list, .list): return .success(left.joined(right))
    case ("+", .timestamp, .duration), ("+", .duration, .timestamp), ("-", .timestamp, .duration):
      return .success(.timestamp)
    case ("+", .duration, .duration), ("-", .duration, .duration), ("-", .timestamp, .timestamp):
      return .success(.duration)
    case ("-", .date, .date): return .success(.int)
    case ("+", .date, .int), ("-", .date, .int), ("+", .date, .decimal), ("-", .date, .decimal),
      ("+", .int, .date), ("+", .decimal, .date), ("+", .date, .duration), ("-", .date, .duration),
      ("+", .duration, .date):
      return .success(.date)
    default: return .failure(.types)
    }
  }

  private static func numbers(_ sign: String, _ left: RuleType, _ right: RuleType) -> Result<
    RuleType, Mismatch
  > {
    switch (left, right) {
    case (.int, .int), (.uint, .uint): return .success(left)
    case (.double, .double), (.double, .decimal), (.decimal, .double):
      return sign == "%" ? .failure(.types) : .success(.double)
    case (.decimal, .decimal), (.decimal, .int), (.int, .decimal), (.decimal, .uint),
      (.uint, .decimal):
      let (first, second) = (unit(left), unit(right))
      switch sign {
      case "+", "-", "%":
        if let first, let second, first != second { return .failure(.units(first, second)) }
        return .success(.decimal(unit: first ?? second))
      case "*":
        // Times a plain number it stays what it was.
        return .success(.decimal(unit: first == nil ? second : second == nil ? first : nil))
      default: return .success(.decimal(unit: second == nil ? first : nil))
      }
    default: return .failure(.types)
    }
  }
}
