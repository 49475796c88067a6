import Values

/// Reads a rule from its words, by the grammar of CEL.
struct Parser {
  /// How deep brackets and operators may be nested.
  static let mostDepth = 250
  /// How many parts a rule may have.
  static let mostParts = 50_000

  private let text: [UInt8]
  private var tokens: [Token]
  private var place = 0
  private var count = 0
  private var depth = 0

  /// Reads a rule.
  ///
  /// - Parameter text: the rule.
  /// - Returns: what it says.
  /// - Throws: the first thing that is wrong.
  static func read(_ text: String) throws(RuleFault) -> Expression {
    var parser = try Parser(text)
    let expression = try parser.expression()
    guard parser.next.kind == .end else { throw parser.unexpected("这里应当结束，或接运算符") }
    return expression
  }

  private init(_ text: String) throws(RuleFault) {
    self.text = Array(text.utf8)
    var lexer = Lexer(self.text)
    tokens = try lexer.tokens()
  }

  // MARK: Words

  private var next: Token { tokens[place] }

  private func isNext(_ sign: String) -> Bool { next.kind == .sign(sign) }

  private mutating func take(_ sign: String) -> Bool {
    guard isNext(sign) else { return false }
    place += 1
    return true
  }

  private mutating func need(_ sign: String) throws(RuleFault) {
    guard take(sign) else { throw unexpected("这里应有 \(sign)") }
  }

  private func fault(_ code: String, _ message: String, at offset: Int) -> RuleFault {
    RuleFault(code, message, at: offset, in: text)
  }

  private func unexpected(_ wanted: String) -> RuleFault {
    let found =
      next.kind == .end ? "已到末尾" : "却是“\(String(decoding: text[next.range], as: UTF8.self))”"
    return fault("RUL-E-005", "\(wanted)，\(found)。", at: next.range.lowerBound)
  }

  private mutating func make(_ form: Expression.Form, from start: Int) throws(RuleFault)
    -> Expression
  {
    let end = place > 0 ? tokens[place - 1].range.upperBound : start
    let made = Expression(form, start..<max(start, end), number: count)
    count += 1
    guard count <= Self.mostParts, made.depth <= Self.mostDepth else {
      throw fault("RUL-E-006", "规则太长或嵌套太深，请拆开写。", at: start)
    }
    return made
  }

  private mutating func nested<Answer>(
    _ body: (inout Parser) throws(RuleFault) -> Answer
  ) throws(RuleFault) -> Answer {
    depth += 1
    guard depth <= Self.mostDepth else {
      throw fault("RUL-E-006", "嵌套超过 \(Self.mostDepth) 层，请拆开写。", at: next.range.lowerBound)
    }
    let answer = try body(&self)
    depth -= 1
    return answer
  }

  // MARK: Operators

  private mutating func expression() throws(RuleFault) -> Expression {
    try nested { parser throws(RuleFault) in try parser.choice() }
  }

  private mutating func choice() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    let condition = try or()
    guard take("?") else { return condition }
    let yes = try or()
    try need(":")
    let no = try expression()
    return try make(.choice(condition, yes, no), from: start)
  }

  private mutating func or() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    var parts = [Placed(try and(), start..<end)]
    while take("||") {
      let start = next.range.lowerBound
      parts.append(Placed(try and(), start..<end))
    }
    return try balanced(parts[...]) { .or($0, $1) }.expression
  }

  private mutating func and() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    var parts = [Placed(try relation(), start..<end)]
    while take("&&") {
      let start = next.range.lowerBound
      parts.append(Placed(try relation(), start..<end))
    }
    return try balanced(parts[...]) { .and($0, $1) }.expression
  }

  /// Where the last word ends.
  private var end: Int { place > 0 ? tokens[place - 1].range.upperBound : 0 }

  /// A part of a chain, with its brackets.
  private struct Placed {
    var expression: Expression
    var range: Range<Int>

    init(_ expression: Expression, _ range: Range<Int>) {
      (self.expression, self.range) = (expression, range)
    }
  }

  /// A chain of one operator as a tree that is not deep.
  private mutating func balanced(
    _ parts: ArraySlice<Placed>,
    _ join: (Expression, Expression) -> Expression.Form
  ) throws(RuleFault) -> Placed {
    if parts.count == 1 { return parts[parts.startIndex] }
    let middle = parts.startIndex + (parts.count + 1) / 2
    let left = try balanced(parts[..<middle], join)
    let right = try balanced(parts[middle...], join)
    let range = left.range.lowerBound..<right.range.upperBound
    let made = Expression(join(left.expression, right.expression), range, number: count)
    count += 1
    return Placed(made, range)
  }

  private mutating func relation() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    var left = try sum()
    while true {
      let name: String
      switch next.kind {
      case .sign(let sign) where ["<", "<=", ">", ">=", "==", "!="].contains(sign): name = sign
      case .identifier("in"): name = "in"
      default: return left
      }
      place += 1
      let right = try sum()
      left = try make(.call(name, on: nil, [left, right]), from: start)
    }
  }

  private mutating func sum() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    var left = try product()
    while case .sign(let sign) = next.kind, sign == "+" || sign == "-" {
      place += 1
      left = try make(.call(sign, on: nil, [left, try product()]), from: start)
    }
    return left
  }

  private mutating func product() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    var left = try unary()
    while case .sign(let sign) = next.kind, ["*", "/", "%"].contains(sign) {
      place += 1
      left = try make(.call(sign, on: nil, [left, try unary()]), from: start)
    }
    return left
  }

  private mutating func unary() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    if isNext("!") {
      place += 1
      let operand = try nested { parser throws(RuleFault) in try parser.unary() }
      return try make(.call("!", on: nil, [operand]), from: start)
    }
    guard isNext("-") else { return try member() }
    place += 1
    // The least whole number has no positive one to be turned round.
    if case .int(let digits) = next.kind, let number = Self.int("-" + digits) {
      place += 1
      return try members(of: make(.literal(.int(number)), from: start), from: start)
    }
    if case .double(let digits) = next.kind, let number = Double(digits) {
      place += 1
      return try members(of: make(.literal(.double(-number)), from: start), from: start)
    }
    let operand = try nested { parser throws(RuleFault) in try parser.unary() }
    return try make(.call("-", on: nil, [operand]), from: start)
  }

  // MARK: Members

  private mutating func member() throws(RuleFault) -> Expression {
    let start = next.range.lowerBound
    return try members(of: try primary(), from: start)
  }

  private mutating func members(of first: Expression, from start: Int) throws(RuleFault)
    -> Expression
  {
    var operand = first
    while true {
      if take(".") {
        let isOptional = take("?")
        let name = try selector()
        if !isOptional, isNext("(") {
          let arguments = try arguments()
          operand = try call(name, on: operand, arguments, from: start)
        } else {
          operand = try make(.field(operand, name, isOptional ? .optional : .plain), from: start)
        }
      } else if take("[") {
        let isOptional = take("?")
        let key = try expression()
        try need("]")
        operand = try make(.entry(operand, key, isOptional: isOptional), from: start)
      } else if isNext("{"), Self.isTypeName(operand) {
        throw fault("RUL-E-007", "这里没有消息类型，写不了“名称{…}”。", at: next.range.lowerBound)
      } else {
        return operand
      }
    }
  }

  private static func isTypeName(_ expression: Expression) -> Bool {
    switch expression.form {
    case .name: true
    case .field(let operand, _, .plain): isTypeName(operand)
    default: false
    }
  }

  private mutating func selector() throws(RuleFault) -> String {
    switch next.kind {
    case .identifier(let name) where !["in", "true", "false", "null"].contains(name):
      place += 1
      return name
    case .quoted(let name):
      place += 1
      return name
    default: throw unexpected("点后面应有名称")
    }
  }

  private mutating func arguments() throws(RuleFault) -> [Expression] {
    try need("(")
    var arguments: [Expression] = []
    if take(")") { return [] }
    repeat { arguments.append(try expression()) } while take(",")
    try need(")")
    return arguments
  }

  // MARK: What begins a member

  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]

  private mutating func primary() throws(RuleFault) -> Expression {
    let token = next
    let start = token.range.lowerBound
    switch token.kind {
    case .int(let digits):
      place += 1
      guard let number = Self.int(digits) else {
        throw fault("RUL-E-003", "\(digits) 超出 64 位整数的范围。", at: start)
      }
      return try make(.literal(.int(number)), from: start)
    case .uint(let digits):
      place += 1
      guard let number = Self.uint(digits) else {
        throw fault("RUL-E-003", "\(digits)u 超出 64 位无符号整数的范围。", at: start)
      }
      return try make(.literal(.uint(number)), from: start)
    case .double(let digits):
      place += 1
      guard let number = Double(digits), number.isFinite else {
        throw fault("RUL-E-003", "\(digits) 超出浮点数的范围。", at: start)
      }
      return try make(.literal(.double(number)), from: start)
    case .string(let text):
      place += 1
      return try make(.literal(.string(text)), from: start)
    case .bytes(let bytes):
      place += 1
      return try make(.literal(.bytes(bytes)), from: start)
    case .identifier(let name): return try named(name, isAbsolute: false, from: start)
    case .sign("."):
      place += 1
      guard case .identifier(let name) = next.kind else { throw unexpected("点后面应有名称") }
      return try named(name, isAbsolute: true, from: start)
    case .sign("("):
      place += 1
      let inner = try expression()
      try need(")")
      return inner
    case .sign("["): return try list(from: start)
    case .sign("{"): return try map(from: start)
    default: throw unexpected("这里应有数、文字、名称或括号")
    }
  }

  private mutating func named(_ name: String, isAbsolute: Bool, from start: Int) throws(RuleFault)
    -> Expression
  {
    if !isAbsolute, ["true", "false", "null"].contains(name) {
      place += 1
      let value: RuleValue = name == "null" ? .null : .bool(name == "true")
      return try make(.literal(value), from: start)
    }
    if name == "in" || Self.reserved.contains(name)
      || (isAbsolute && ["true", "false", "null"].contains(name))
    {
      throw fault("RUL-E-008", "“\(name)”是保留字，不能作名称。", at: next.range.lowerBound)
    }
    place += 1
    if isNext("(") {
      return try call(name, on: nil, try arguments(), from: start)
    }
    return try make(.name(name, isAbsolute: isAbsolute), from: start)
  }

  private mutating func list(from start: Int) throws(RuleFault) -> Expression {
    try need("[")
    var elements: [(element: Expression, isOptional: Bool)] = []
    while !isNext("]") {
      let isOptional = take("?")
      elements.append((try expression(), isOptional))
      if !take(",") { break }
    }
    try need("]")
    return try make(.list(elements), from: start)
  }

  private mutating func map(from start: Int) throws(RuleFault) -> Expression {
    try need("{")
    var entries: [(key: Expression, value: Expression, isOptional: Bool)] = []
    while !isNext("}") {
      let isOptional = take("?")
      let key = try expression()
      try need(":")
      entries.append((key, try expression(), isOptional))
      if !take(",") { break }
    }
    try need("}")
    return try make(.map(entries), from: start)
  }

  // MARK: Calls and macros

  private mutating func call(
    _ name: String,
    on target: Expression?,
    _ arguments: [Expression],
    from start: Int
  ) throws(RuleFault) -> Expression {
    switch try MacroReading.form(
      name,
      on: target,
      arguments,
      fault: { fault("RUL-E-009", $0, at: $1) }
    ) {
    case let form?: try make(form, from: start)
    case nil: try make(.call(name, on: target, arguments), from: start)
    }
  }

  private static func int(_ digits: String) -> Int64? {
    let isNegative = digits.hasPrefix("-")
    let plain = isNegative ? String(digits.dropFirst()) : digits
    guard plain.lowercased().hasPrefix("0x") else { return Int64(digits) }
    return Int64((isNegative ? "-" : "") + plain.dropFirst(2), radix: 16)
  }

  private static func uint(_ digits: String) -> UInt64? {
    digits.lowercased().hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
  }
}
