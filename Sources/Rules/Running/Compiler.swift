import Values

/// Makes a rule that was read ready to run.
struct Compiler {
  private let variables: Set<String>
  private let isTraced: Bool
  /// The variables the rule uses, each at its place.
  private(set) var used: [String] = []
  private var places: [String: Int] = [:]
  /// How many places the names of macros take.
  private(set) var locals = 0
  private var scope: [(name: String, place: Int)] = []

  /// Prepares for a rule.
  ///
  /// - Parameters:
  ///   - variables: the names that are bound when it runs.
  ///   - isTraced: whether each part keeps its value.
  init(variables: Set<String>, isTraced: Bool) {
    self.variables = variables
    self.isTraced = isTraced
  }

  /// Makes a rule ready.
  ///
  /// - Parameter expression: the rule.
  /// - Returns: what runs.
  mutating func compile(_ expression: Expression) -> Node {
    // Places of variables come first, so they are all found before.
    collect(expression)
    return node(expression)
  }

  private mutating func collect(_ expression: Expression) {
    var bound: [String] = []
    func visit(_ expression: Expression, _ bound: [String], _ found: inout [String]) {
      if let (name, _) = variable(expression, isHidden: { bound.contains($0) }) {
        found.append(name)
        return
      }
      switch expression.form {
      case .macro(let macro):
        visit(macro.range, bound, &found)
        let inner = bound + [macro.first] + (macro.second.map { [$0] } ?? [])
        for body in macro.bodies { visit(body, inner, &found) }
      case .bound(let name, let value, let body, _):
        visit(value, bound, &found)
        visit(body, bound + [name], &found)
      default: for part in expression.parts { visit(part, bound, &found) }
      }
    }
    visit(expression, bound, &bound)
    for name in bound where places[name] == nil {
      places[name] = used.count
      used.append(name)
    }
  }

  /// The variable a part names, and how many of its fields the name takes in; the longest first.
  private func variable(_ expression: Expression, isHidden: (String) -> Bool) -> (
    name: String, isWhole: Bool
  )? {
    guard let path = Self.path(expression) else { return nil }
    if !path.isAbsolute, isHidden(path.names[0]) { return nil }
    let name = path.names.joined(separator: ".")
    return variables.contains(name) ? (name, true) : nil
  }

  /// The names of a chain of fields that begins with one.
  static func path(_ expression: Expression) -> (names: [String], isAbsolute: Bool)? {
    switch expression.form {
    case .name(let name, let isAbsolute): ([name], isAbsolute)
    case .field(let operand, let name, .plain):
      path(operand).map { ($0.names + [name], $0.isAbsolute) }
    default: nil
    }
  }

  private mutating func node(_ expression: Expression) -> Node {
    let made = plainNode(expression)
    return isTraced ? Traced(made, expression.number) : made
  }

  private mutating func plainNode(_ expression: Expression) -> Node {
    if let named = named(expression) { return named }
    switch expression.form {
    case .literal(let value): return Constant(value)
    case .name(let name, _): return Constant(.failure(RuleFailure(.unbound, name)))
    case .field(let operand, let name, let access): return FieldOf(node(operand), name, access)
    case .entry(let operand, let key, let isOptional):
      return EntryOf(node(operand), node(key), isOptional: isOptional)
    case .call(let name, let target, let arguments): return call(name, target, arguments)
    case .and(let left, let right): return And(node(left), node(right), isWhole: isTraced)
    case .or(let left, let right): return Or(node(left), node(right), isWhole: isTraced)
    case .choice(let condition, let yes, let no):
      return Choice(node(condition), node(yes), node(no))
    case .list(let elements):
      return folded(
        ListOf(elements.map { (node($0.element), $0.isOptional) }),
        elements.map(\.element)
      )
    case .map(let entries):
      return MapOf(entries.map { (node($0.key), node($0.value), $0.isOptional) })
    case .macro(let macro): return loop(macro)
    case .bound(let name, let value, let body, let binding):
      let bound = node(value)
      let place = enter(name)
      let inner = node(body)
      leave(1)
      return Bound(place, bound, inner, binding)
    case .block(let values, let body):
      var bound: [(place: Int, node: Node)] = []
      for (index, value) in values.enumerated() {
        let made = node(value)
        bound.append((enter("@index:\(index)"), made))
      }
      let inner = node(body)
      leave(values.count)
      return Block(bound, inner)
    }
  }

  /// What a name, or a chain of fields that is one, stands for.
  private func named(_ expression: Expression) -> Node? {
    guard let path = Self.path(expression) else { return nil }
    if !path.isAbsolute, let local = scope.last(where: { $0.name == path.names[0] }) {
      return path.names.count == 1 ? Slot(local.place) : nil
    }
    let name = path.names.joined(separator: ".")
    if let place = places[name] { return Slot(place) }
    return Functions.types.contains(name) ? Constant(.type(name)) : nil
  }

  private mutating func enter(_ name: String) -> Int {
    let place = used.count + locals
    locals += 1
    scope.append((name, place))
    return place
  }

  private mutating func leave(_ count: Int) { scope.removeLast(count) }

  private mutating func loop(_ macro: Macro) -> Node {
    let range = node(macro.range)
    let first = enter(macro.first)
    let second = macro.second.map { enter($0) }
    let filter = macro.filter.map { node($0) }
    let value = macro.value.map { node($0) }
    leave(second == nil ? 1 : 2)
    return Loop(
      Loop.Parts(
        verb: macro.verb,
        range: range,
        first: first,
        second: second,
        filter: filter,
        value: value,
        steps: 1 + macro.bodies.reduce(0) { $0 + Cost.ownParts($1) }
      )
    )
  }

  private mutating func call(_ name: String, _ target: Expression?, _ arguments: [Expression])
    -> Node
  {
    if target == nil, arguments.count == 2 {
      let (left, right) = (arguments[0], arguments[1])
      switch name {
      case "==": return Equality(node(left), node(right), wanted: true)
      case "!=": return Equality(node(left), node(right), wanted: false)
      case "<", "<=", ">", ">=":
        guard let sign = Comparison.Sign(rawValue: name) else { break }
        let (first, second) = (node(left), node(right))
        if let slot = first as? Slot, let constant = second as? Constant,
          let quick = SlotComparison(slot.place, constant.known, sign)
        {
          return quick
        }
        if let constant = second as? Constant, let quotient = first as? Operation,
          let parts = quotient.quotient,
          let quick = QuotientComparison(parts.above, parts.below, constant.known, sign)
        {
          return quick
        }
        return Comparison(first, second, sign)
      default: break
      }
      if name == "in", case let second as Constant = node(right),
        case .list(let elements) = second.known
      {
        return Membership(node(left), elements)
      }
      if let body = Operators.body(name) {
        return folded(
          Operation(node(left), node(right), isQuotient: name == "/", body),
          [left, right]
        )
      }
    }
    if target == nil, arguments.count == 1, name == "!" { return Not(node(arguments[0])) }
    if target == nil, arguments.count == 1, name == "-" {
      return folded(Call([node(arguments[0])], Operators.negate), arguments)
    }
    if let target, arguments.count == 1, name == "or" || name == "orValue" {
      return OrElse(node(target), node(arguments[0]), isWhole: name == "orValue")
    }
    if let function = function(name, target, arguments.count) {
      let nodes = ((function.isMember ? target.map { [$0] } : nil) ?? []) + arguments
      return folded(function, nodes)
    }
    let parts = (target.map { [$0] } ?? []) + arguments
    let detail = "没有函数 \(name)"
    return Call(parts.map { node($0) }) { _ in .failure(RuleFailure(.noOverload, detail)) }
  }

  /// A call; a pattern that is a literal is read once.
  private mutating func folded(_ function: Function, _ arguments: [Expression]) -> Node {
    if function.name == "matches", arguments.count == 2,
      case .literal(.string(let pattern)) = arguments[1].form
    {
      guard let regex = Regex(pattern) else {
        return Constant(.failure(RuleFailure(.badArgument, "正则式 \(pattern) 写得不对")))
      }
      return Call([node(arguments[0])]) { values in
        guard case .string(let text)? = values.first else {
          return .failure(RuleFailure(.noOverload, "matches 要用在文字上"))
        }
        return .bool(regex.matches(text))
      }
    }
    return folded(Call(arguments.map { node($0) }, function.body), arguments)
  }

  /// A part of literals only is reckoned once.
  private func folded(_ made: Node, _ parts: [Expression]) -> Node {
    guard !isTraced, parts.allSatisfy(Self.isLiteral) else { return made }
    var frame = Frame(slots: [], most: RuleLimits.mostSteps)
    return Constant(made.value(&frame))
  }

  /// Whether a part is the same whenever it is run.
  private static func isLiteral(_ expression: Expression) -> Bool {
    switch expression.form {
    case .literal: true
    case .list, .map: expression.parts.allSatisfy(isLiteral)
    case .call(let name, nil, let arguments):
      Operators.body(name) != nil || name == "-" || ["decimal", "date"].contains(name)
        ? arguments.allSatisfy(isLiteral) : false
    default: false
    }
  }

  /// The function a call means: of a value, or one with a name of several parts such as `math.abs`.
  func function(_ name: String, _ target: Expression?, _ count: Int) -> Function? {
    guard let target else { return Functions.find(name, isMember: false, count) }
    if let path = Self.path(target), !scope.contains(where: { $0.name == path.names[0] }),
      !variables.contains(path.names[0])
    {
      let full = (path.names + [name]).joined(separator: ".")
      if let function = Functions.find(full, isMember: false, count) { return function }
    }
    return Functions.find(name, isMember: true, count + 1)
  }
}
