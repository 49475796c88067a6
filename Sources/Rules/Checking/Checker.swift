import Values

/// Finds what is wrong with a rule before it is run, by the types of its variables.
struct Checker {
  private let text: [UInt8]
  private let variables: [String: RuleType]
  private var scope: [(name: String, type: RuleType)] = []
  private let compiler: Compiler

  /// The type of a rule.
  ///
  /// - Parameters:
  ///   - expression: the rule.
  ///   - text: its text, for places.
  ///   - variables: the types of the names it may use.
  /// - Returns: the type of its value.
  /// - Throws: the first fault.
  static func type(of expression: Expression, _ text: String, _ variables: [String: RuleType])
    throws(RuleFault) -> RuleType
  {
    var checker = Checker(
      text: Array(text.utf8),
      variables: variables,
      compiler: Compiler(variables: Set(variables.keys), isTraced: false)
    )
    return try checker.type(expression)
  }

  private init(text: [UInt8], variables: [String: RuleType], compiler: Compiler) {
    self.text = text
    self.variables = variables
    self.compiler = compiler
  }

  private func fault(_ code: String, _ message: String, _ expression: Expression) -> RuleFault {
    RuleFault(code, message, at: expression.range.lowerBound, in: text)
  }

  private func source(_ expression: Expression) -> String {
    String(decoding: text[expression.range], as: UTF8.self)
  }

  private mutating func type(_ expression: Expression) throws(RuleFault) -> RuleType {
    if let known = named(expression) { return known }
    switch expression.form {
    case .literal(let value): return RuleType(of: value)
    case .name(let name, _):
      let names = Set(variables.keys).union(scope.map(\.name))
      let near = NearMiss.suggestion(name, among: names.sorted())
      throw fault("RUL-E-010", "没有名称“\(name)”。\(near)", expression)
    case .field(let operand, let name, let access):
      return try field(type(operand), name, access, expression)
    case .entry(let operand, let key, let isOptional):
      let whole = try type(operand)
      let wanted = try type(key)
      return try entry(whole, wanted, isOptional, expression)
    case .and(let left, let right), .or(let left, let right):
      for part in [left, right] { try condition(part) }
      return .bool
    case .choice(let test, let yes, let no):
      try condition(test)
      let first = try type(yes)
      return first.joined(try type(no))
    case .list(let elements):
      var joined: RuleType?
      for (element, isOptional) in elements {
        var found = try type(element)
        if isOptional, case .optional(let inner) = found { found = inner }
        joined = joined?.joined(found) ?? found
      }
      return .list(joined ?? .dyn)
    case .map(let entries):
      var keys: RuleType?
      var values: RuleType?
      for (key, value, _) in entries {
        let (first, second) = (try type(key), try type(value))
        keys = keys?.joined(first) ?? first
        values = values?.joined(second) ?? second
      }
      return .map(keys ?? .dyn, values ?? .dyn)
    case .macro(let macro): return try loop(macro, expression)
    case .bound(let name, let value, let body, let binding):
      return try bound(name, type(value), body, binding, expression)
    case .block(let values, let body):
      for (index, value) in values.enumerated() {
        let found = try type(value)
        scope.append(("@index:\(index)", found))
      }
      let found = try type(body)
      scope.removeLast(values.count)
      return found
    case .call(let name, let target, let arguments):
      return try call(name, target, arguments, expression)
    }
  }

  private func named(_ expression: Expression) -> RuleType? {
    guard let path = Compiler.path(expression) else { return nil }
    if !path.isAbsolute, let local = scope.last(where: { $0.name == path.names[0] }) {
      return path.names.count == 1 ? local.type : nil
    }
    let name = path.names.joined(separator: ".")
    return variables[name] ?? (Functions.types.contains(name) ? .type : nil)
  }

  private mutating func condition(_ expression: Expression) throws(RuleFault) {
    let found = try type(expression)
    guard RuleType.bool.takes(found), found != .null else {
      throw fault("RUL-E-011", "“\(source(expression))”是\(found.label)，这里应是真假。", expression)
    }
  }

  // MARK: Parts of values

  private func field(
    _ whole: RuleType,
    _ name: String,
    _ access: Expression.Access,
    _ expression: Expression
  ) throws(RuleFault) -> RuleType {
    if case .optional(let inner) = whole {
      let found = try field(inner, name, .plain, expression)
      return access == .test ? .bool : .optional(found)
    }
    let found: RuleType
    switch whole {
    case .dyn: found = .dyn
    case .map(_, let value): found = value
    case .record(let kind, let fields):
      guard let type = fields[name] else {
        let near = NearMiss.suggestion(name, among: fields.keys.sorted())
        throw fault("RUL-E-012", "\(kind)没有字段“\(name)”。\(near)", expression)
      }
      found = type
    default: throw fault("RUL-E-012", "\(whole.label)没有字段“\(name)”。", expression)
    }
    switch access {
    case .plain: return found
    case .test: return .bool
    case .optional: return .optional(found)
    }
  }

  private func entry(
    _ whole: RuleType,
    _ key: RuleType,
    _ isOptional: Bool,
    _ expression: Expression
  ) throws(RuleFault) -> RuleType {
    switch whole {
    case .optional(let inner): return .optional(try entry(inner, key, false, expression))
    case .dyn, .record: return isOptional ? .optional(.dyn) : .dyn
    case .list(let element):
      guard key.isNumber else {
        throw fault("RUL-E-013", "列表要用整数取，“\(key.label)”不行。", expression)
      }
      return isOptional ? .optional(element) : element
    case .map(let wanted, let value):
      guard wanted.takes(key) || (wanted.isNumber && key.isNumber) else {
        throw fault("RUL-E-013", "这个映射的键是\(wanted.label)，不是\(key.label)。", expression)
      }
      return isOptional ? .optional(value) : value
    default: throw fault("RUL-E-013", "\(whole.label)不能用 [] 取。", expression)
    }
  }

  // MARK: Macros

  private mutating func loop(_ macro: Macro, _ expression: Expression) throws(RuleFault) -> RuleType
  {
    let range = try type(macro.range)
    let first: RuleType
    var second: RuleType = .dyn
    switch range {
    case .dyn: first = .dyn
    case .list(let element): (first, second) = (macro.second == nil ? element : .int, element)
    case .map(let key, let value): (first, second) = (key, value)
    case .record: first = .string
    default:
      throw fault(
        "RUL-E-014",
        "\(macro.verb.rawValue) 要用在列表或映射上，“\(source(macro.range))”是\(range.label)。",
        macro.range
      )
    }
    scope.append((macro.first, first))
    if let name = macro.second { scope.append((name, second)) }
    if let filter = macro.filter { try condition(filter) }
    let value =
      try macro.value.map { part throws(RuleFault) in try type(part) }
      ?? (macro.second == nil ? first : second)
    scope.removeLast(macro.second == nil ? 1 : 2)
    switch macro.verb {
    case .all, .exists, .existsOne: return .bool
    case .filter, .sortBy:
      if case .list = range { return range }
      return .list(first)
    case .map, .transformList: return .list(value)
    case .transformMap: return .map(first, value)
    case .transformMapEntry: return .map(.dyn, .dyn)
    case .count: return .decimal(unit: nil)
    case .sum, .avg:
      guard value.isNumber || value == .null else {
        throw fault(
          "RUL-E-015",
          "\(macro.verb.rawValue) 要加的应是数，却是\(value.label)。",
          macro.value ?? macro.range
        )
      }
      if case .decimal = value { return value }
      return .decimal(unit: nil)
    case .min, .max: return value
    }
  }

  private mutating func bound(
    _ name: String,
    _ value: RuleType,
    _ body: Expression,
    _ binding: Expression.Binding,
    _ expression: Expression
  ) throws(RuleFault) -> RuleType {
    var held = value
    if binding != .value {
      switch value {
      case .optional(let inner): held = inner
      case .dyn: held = .dyn
      default: throw fault("RUL-E-016", "optMap 要用在可缺的值上，却是\(value.label)。", expression)
      }
    }
    scope.append((name, held))
    let found = try type(body)
    scope.removeLast()
    switch binding {
    case .value: return found
    case .mapped: return .optional(found)
    case .flatMapped:
      guard RuleType.optional(.dyn).takes(found) else {
        throw fault("RUL-E-016", "optFlatMap 的结果应是可缺的值，却是\(found.label)。", body)
      }
      return found
    }
  }

  // MARK: Operators and functions

  private mutating func call(
    _ name: String,
    _ target: Expression?,
    _ arguments: [Expression],
    _ expression: Expression
  ) throws(RuleFault) -> RuleType {
    if target == nil, arguments.count == 2, OperatorTypes.signs.contains(name) {
      let (left, right) = (try type(arguments[0]), try type(arguments[1]))
      switch OperatorTypes.result(name, left, right) {
      case .success(let found): return found
      case .failure(.units(let first, let second)):
        throw fault("RUL-E-018", "单位不同：\(first) 和 \(second) 不能这样算。", expression)
      case .failure(.types):
        throw fault(
          "RUL-E-017",
          "\(left.label) \(name) \(right.label) 没有意义：“\(source(expression))”。",
          expression
        )
      }
    }
    if target == nil, arguments.count == 1, name == "!" {
      try condition(arguments[0])
      return .bool
    }
    if target == nil, arguments.count == 1, name == "-" {
      let found = try type(arguments[0])
      guard found.isNumber && found != .uint || found == .duration else {
        throw fault("RUL-E-017", "\(found.label)没有负的。", expression)
      }
      return found
    }
    let isNamespaced =
      target.map { compiler.function(name, $0, arguments.count)?.isMember == false } ?? false
    var found: [RuleType] = []
    for part in (isNamespaced ? [] : target.map { [$0] } ?? []) + arguments {
      found.append(try type(part))
    }
    if target != nil, arguments.count == 1, name == "or" || name == "orValue" {
      guard RuleType.optional(.dyn).takes(found[0]) else {
        throw fault("RUL-E-016", "\(name) 要用在可缺的值上，却是\(found[0].label)。", expression)
      }
      guard case .optional(let inner) = found[0] else { return .dyn }
      return name == "or" ? found[0] : inner.joined(found[1])
    }
    guard let function = function(name, target, arguments.count) else {
      let near = NearMiss.suggestion(name, among: Functions.names.sorted())
      let known = Functions.all.contains { $0.name == name || $0.name.hasSuffix(".\(name)") }
      throw fault(
        "RUL-E-019",
        known ? "函数 \(name) 不这样用，或参数个数不对。" : "没有函数 \(name)。\(near)",
        expression
      )
    }
    if function.isVariadic {
      return found.isEmpty ? .dyn : found.dropFirst().reduce(found[0]) { $0.joined($1) }
    }
    for overload in function.overloads where overload.takes.count == found.count {
      if zip(overload.takes, found).allSatisfy({ $0.takes($1) }) {
        return function.name == "dyn" ? .dyn : result(of: function, overload, found)
      }
    }
    let given = found.map(\.label).joined(separator: "、")
    let wanted = Set(
      function.overloads.map { $0.takes.map(\.label).joined(separator: "、") }
    ).sorted().joined(separator: "；或 ")
    throw fault("RUL-E-020", "\(name) 要的是 \(wanted)，给的是 \(given)。", expression)
  }

  private func function(_ name: String, _ target: Expression?, _ count: Int) -> Function? {
    if let target, let path = Compiler.path(target),
      scope.contains(where: { $0.name == path.names[0] })
    {
      return Functions.find(name, isMember: true, count + 1)
    }
    return compiler.function(name, target, count)
  }

  /// What a function gives, where it depends on what it is given.
  private func result(of function: Function, _ overload: Function.Overload, _ found: [RuleType])
    -> RuleType
  {
    switch function.name {
    case "reverse", "sort", "distinct", "slice": found[0]
    case "first", "last":
      if case .list(let element) = found[0] { .optional(element) } else { .optional(.dyn) }
    case "optional.of", "optional.ofNonZeroValue": .optional(found[0])
    case "value": if case .optional(let inner) = found[0] { inner } else { .dyn }
    case "math.abs", "math.round":
      if case .decimal = found[0] { found[0] } else { found[0] == .dyn ? .dyn : overload.gives }
    default:
      found.contains(.dyn) && function.overloads.count > 1 ? widest(function) : overload.gives
    }
  }

  /// What a function gives when it is not known how it is called.
  private func widest(_ function: Function) -> RuleType {
    let results = Set(function.overloads.map(\.gives))
    return results.count == 1 ? results.first ?? .dyn : .dyn
  }
}
