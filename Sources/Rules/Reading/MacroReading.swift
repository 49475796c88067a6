/// Tells macros from calls.
enum MacroReading {
  /// The form of a macro; `nil` for a call of a function.
  ///
  /// - Parameters:
  ///   - name: what is called.
  ///   - target: what it is called on.
  ///   - arguments: what it is given.
  ///   - fault: makes a fault of a message at an offset.
  /// - Returns: the form.
  /// - Throws: the fault of a macro that is not written as one.
  static func form(
    _ name: String,
    on target: Expression?,
    _ arguments: [Expression],
    fault: (String, Int) -> RuleFault
  ) throws(RuleFault) -> Expression.Form? {
    func variable(_ index: Int) throws(RuleFault) -> String {
      if let name = Self.variable(arguments[index]) { return name }
      throw fault("\(name) 的第 \(index + 1) 个参数应是一个名称。", arguments[index].range.lowerBound)
    }
    guard let target else {
      if name == "has", arguments.count == 1 {
        guard case .field(let operand, let field, .plain) = arguments[0].form else {
          throw fault("has 里应是一个字段，如 has(a.b)。", arguments[0].range.lowerBound)
        }
        return .field(operand, field, .test)
      }
      guard let verb = Macro.Verb(rawValue: name), Self.aggregates.contains(verb) else {
        return nil
      }
      return try aggregate(verb, arguments, variable)
    }
    if let form = try special(name, target, arguments, variable, fault) { return form }
    let spelled = name == "exists_one" ? "existsOne" : name
    guard let verb = Macro.Verb(rawValue: spelled), !Self.aggregates.contains(verb) else {
      return nil
    }
    func macro(_ second: String?, filter: Expression?, value: Expression?) throws(RuleFault)
      -> Expression.Form
    {
      let first = try variable(0)
      if let second, first == second {
        throw fault("\(name) 的两个名称不能相同。", arguments[1].range.lowerBound)
      }
      return .macro(
        Macro(verb: verb, range: target, first: first, second: second, filter: filter, value: value)
      )
    }
    switch (verb, arguments.count) {
    case (.all, 2), (.exists, 2), (.existsOne, 2), (.filter, 2):
      return try macro(nil, filter: arguments[1], value: nil)
    case (.all, 3), (.exists, 3), (.existsOne, 3):
      return try macro(variable(1), filter: arguments[2], value: nil)
    case (.map, 2), (.sortBy, 2): return try macro(nil, filter: nil, value: arguments[1])
    case (.map, 3): return try macro(nil, filter: arguments[1], value: arguments[2])
    case (.transformList, 3), (.transformMap, 3), (.transformMapEntry, 3):
      return try macro(variable(1), filter: nil, value: arguments[2])
    case (.transformList, 4), (.transformMap, 4), (.transformMapEntry, 4):
      return try macro(variable(1), filter: arguments[2], value: arguments[3])
    default: return nil
    }
  }

  private static let aggregates: Set<Macro.Verb> = [.count, .sum, .avg, .min, .max]

  /// `count(schools)`, `count(schools, s, s.isOpen)`, `sum(schools, s, s.students)`,
  /// `sum(schools, s, s.isOpen, s.students)`.
  private static func aggregate(
    _ verb: Macro.Verb,
    _ arguments: [Expression],
    _ variable: (Int) throws(RuleFault) -> String
  ) throws(RuleFault) -> Expression.Form? {
    func macro(_ first: String, _ filter: Expression?, _ value: Expression?) -> Expression.Form {
      .macro(
        Macro(
          verb: verb,
          range: arguments[0],
          first: first,
          second: nil,
          filter: filter,
          value: value
        )
      )
    }
    switch (verb, arguments.count) {
    case (_, 1): return macro("", nil, nil)
    case (.count, 3): return macro(try variable(1), arguments[2], nil)
    case (.count, _): return nil
    case (_, 3): return macro(try variable(1), nil, arguments[2])
    case (_, 4): return macro(try variable(1), arguments[2], arguments[3])
    default: return nil
    }
  }

  private static func special(
    _ name: String,
    _ target: Expression,
    _ arguments: [Expression],
    _ variable: (Int) throws(RuleFault) -> String,
    _ fault: (String, Int) -> RuleFault
  ) throws(RuleFault) -> Expression.Form? {
    if case .name("cel", _) = target.form {
      switch (name, arguments.count) {
      case ("bind", 3): return .bound(try variable(0), to: arguments[1], in: arguments[2], .value)
      case ("block", 2):
        guard case .list(let elements) = arguments[0].form else {
          throw fault("cel.block 的第一个参数应是列表。", arguments[0].range.lowerBound)
        }
        return .block(elements.map(\.element), arguments[1])
      case ("index", 1), ("iterVar", 2), ("accuVar", 2):
        let numbers = arguments.compactMap { argument -> String? in
          guard case .literal(.int(let number)) = argument.form else { return nil }
          return String(number)
        }
        guard numbers.count == arguments.count else { return nil }
        return .name("@\(name):" + numbers.joined(separator: ":"), isAbsolute: false)
      default: return nil
      }
    }
    switch (name, arguments.count) {
    case ("optMap", 2): return .bound(try variable(0), to: target, in: arguments[1], .mapped)
    case ("optFlatMap", 2):
      return .bound(try variable(0), to: target, in: arguments[1], .flatMapped)
    default: return nil
    }
  }

  private static func variable(_ expression: Expression) -> String? {
    guard case .name(let name, isAbsolute: false) = expression.form else { return nil }
    return name
  }
}
