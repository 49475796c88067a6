import Calendar
package import Records
package import Rules
import Storage
import Values

/// A rule that says which records of a kind are meant.
///
/// What the store can decide becomes a predicate of the statement: comparisons of fields with constants and
/// with each other, `in` lists of constants, beginnings, endings and parts of texts, truths, and `!`, `&&`,
/// `||` and `?:` of such. Of a rule that has more in it, those of its conditions joined by `&&` that can be
/// decided there narrow the selection; the rest is decided record by record.
package struct RuleFilter: Sendable {
  /// The rule.
  package let rule: Rule
  /// The kind of record.
  package let kind: Kind
  /// What the store decides; `nil` for nothing.
  package let predicate: FieldPredicate?
  /// Whether the store decides all of it.
  package let isWhole: Bool
  private let variables: RecordVariables

  /// Reads a rule over a kind of record.
  ///
  /// - Parameters:
  ///   - text: the rule, which says yes or no; its names are fields, by name or label.
  ///   - kind: the kind of record.
  ///   - reader: who asks: fields they may not see are no names.
  /// - Throws: the fault of the rule.
  package init(_ text: String, _ kind: Kind, for reader: Reader? = nil) throws(RuleFault) {
    let variables = RecordVariables(kind, for: reader)
    let rule = try Rule(text, variables.types)
    guard rule.type == .bool else { throw .noCondition(rule) }
    self.rule = rule
    self.kind = kind
    self.variables = variables
    let translation = Translation(variables)
    let whole = translation.predicate(rule.expression)
    predicate = whole ?? translation.narrowing(rule.expression)
    isWhole = whole != nil
  }

  /// Whether the rule holds of a record.
  package func holds(_ record: Record) -> Bool {
    rule.value(variables.values(of: record, rule.names)).bool == true
  }
}

extension RecordStore {
  /// Goes through the records a rule means, in the order of their identifiers.
  ///
  /// - Parameters:
  ///   - filter: the rule.
  ///   - query: what must hold besides; its order and paging are passed over.
  ///   - body: takes each record.
  /// - Throws: the store's errors; what the body throws.
  package func each(_ filter: RuleFilter, _ query: Query = Query(), _ body: (Record) throws -> Void)
    throws
  {
    var query = query
    query.predicate = filter.predicate
    let narrowed = query
    try store.read { reading in
      try each(filter.kind, narrowed, in: reading) { record in
        if filter.isWhole || filter.holds(record) { try body(record) }
      }
    }
  }
}

/// Makes predicates of the store out of expressions.
private struct Translation {
  private let variables: RecordVariables

  init(_ variables: RecordVariables) { self.variables = variables }

  /// What the store can decide of conditions that all must hold.
  func narrowing(_ expression: Expression) -> FieldPredicate? {
    if let whole = predicate(expression) { return whole }
    guard case .and(let left, let right) = expression.form else { return nil }
    switch (narrowing(left), narrowing(right)) {
    case (let first?, let second?): return .and(first, second)
    case (let one?, nil), (nil, let one?): return one
    case (nil, nil): return nil
    }
  }

  /// The whole of an expression; `nil` when the store can't decide it.
  func predicate(_ expression: Expression) -> FieldPredicate? {
    switch expression.form {
    case .literal(.bool(let truth)): return .constant(truth)
    case .name:
      guard let field = field(expression), case .boolean = field.type else { return nil }
      return .truth(field.name)
    case .and(let left, let right):
      return predicate(left).flatMap { first in predicate(right).map { .and(first, $0) } }
    case .or(let left, let right):
      return predicate(left).flatMap { first in predicate(right).map { .or(first, $0) } }
    case .choice(let condition, let left, let right):
      guard let condition = predicate(condition), let left = predicate(left),
        let right = predicate(right)
      else { return nil }
      return .choice(condition, left, right)
    case .call("!", nil, let arguments): return predicate(arguments[0]).map(FieldPredicate.not)
    case .call("in", nil, let arguments): return among(arguments[0], arguments[1])
    case .call(let name, let target?, let arguments): return words(name, target, arguments)
    case .call(let sign, nil, let arguments) where arguments.count == 2:
      return Self.comparisons[sign].flatMap { compare(arguments[0], $0, arguments[1]) }
    default: return nil
    }
  }

  private static let comparisons: [String: FieldPredicate.Comparison] = [
    "==": .equal, "!=": .unequal, "<": .less, "<=": .atMost, ">": .greater, ">=": .atLeast,
  ]

  /// The field an expression names.
  private func field(_ expression: Expression) -> FieldShape? {
    guard case .name(let name, _) = expression.form else { return nil }
    return variables.field(name)
  }

  /// The value of a constant: a literal, a negative one, `date("…")` or `decimal("…")`.
  private func constant(_ expression: Expression) -> RuleValue? {
    switch expression.form {
    case .literal(let value): return value
    case .call("-", nil, let arguments) where arguments.count == 1:
      guard case .int(let number)? = constant(arguments[0]), number != .min else { return nil }
      return .int(-number)
    case .call("date", nil, let arguments) where arguments.count == 1:
      guard case .string(let text)? = constant(arguments[0]) else { return nil }
      return CivilDate(text).flatMap { $0.description == text ? .date($0) : nil }
    case .call("decimal", nil, let arguments) where arguments.count == 1:
      guard case .string(let text)? = constant(arguments[0]) else { return nil }
      return Exact(text).map(RuleValue.decimal)
    default: return nil
    }
  }

  private func compare(
    _ left: Expression,
    _ comparison: FieldPredicate.Comparison,
    _ right: Expression
  ) -> FieldPredicate? {
    if let first = field(left), let second = field(right) {
      guard Self.isAlike(first, second), Self.isOrdered(first, comparison) else { return nil }
      return .compareFields(first.name, comparison, second.name)
    }
    if let field = field(left), let value = constant(right) {
      return compare(field, comparison, value)
    }
    if let field = field(right), let value = constant(left) {
      return compare(field, comparison.turned, value)
    }
    return nil
  }

  /// Whether two fields are held in the same form.
  private static func isAlike(_ first: FieldShape, _ second: FieldShape) -> Bool {
    switch (first.type, second.type) {
    case (.integer, .integer), (.money, .money), (.date, .date), (.boolean, .boolean): true
    case (.decimal(let one, _), .decimal(let other, _)): one == other
    default: isText(first) && isText(second)
    }
  }

  private static func isText(_ field: FieldShape) -> Bool {
    switch field.type {
    case .integer, .decimal, .money, .boolean, .date, .list, .choices, .references, .rows: false
    default: true
    }
  }

  /// Truths are the same or not, and in no order.
  private static func isOrdered(_ field: FieldShape, _ comparison: FieldPredicate.Comparison)
    -> Bool
  {
    guard case .boolean = field.type else { return true }
    return comparison == .equal || comparison == .unequal
  }

  private func compare(
    _ field: FieldShape,
    _ comparison: FieldPredicate.Comparison,
    _ value: RuleValue
  ) -> FieldPredicate? {
    guard Self.isOrdered(field, comparison) else { return nil }
    switch (field.type, value) {
    case (.integer, _): return number(field, 0, comparison, value)
    case (.money, _): return number(field, 2, comparison, value)
    case (.decimal(let places, _), _): return number(field, places, comparison, value)
    case (.boolean, .bool(let truth)):
      return .compare(field.name, comparison, .integer(truth ? 1 : 0))
    case (.date, .date(let date)): return .compare(field.name, comparison, .text(date.description))
    case (_, .string(let text)) where Self.isText(field) && !text.utf8.contains(0):
      return .compare(field.name, comparison, .text(text))
    default: return nil
    }
  }

  /// A number of a field is held as a whole number of its last place; between two of them lies none.
  private func number(
    _ field: FieldShape,
    _ places: Int,
    _ comparison: FieldPredicate.Comparison,
    _ value: RuleValue
  ) -> FieldPredicate? {
    guard let power = Exact("1" + String(repeating: "0", count: places)),
      let scaled = value.exact?.multiplied(by: power)
    else { return nil }
    let down = scaled.isWhole || scaled.numerator > 0 ? scaled.truncated : scaled.truncated - 1
    guard let bound = Int(exactly: down), bound < Int.max else { return nil }
    if scaled.isWhole { return .compare(field.name, comparison, .integer(bound)) }
    switch comparison {
    case .equal: return .known(field.name, false)
    case .unequal: return .known(field.name, true)
    case .less, .atMost: return .compare(field.name, .atMost, .integer(bound))
    case .greater, .atLeast: return .compare(field.name, .atLeast, .integer(bound + 1))
    }
  }

  private func among(_ element: Expression, _ list: Expression) -> FieldPredicate? {
    guard let field = field(element), case .list(let elements) = list.form,
      elements.allSatisfy({ !$0.isOptional })
    else { return nil }
    var values: [Stored] = []
    for element in elements {
      guard let value = constant(element.element),
        let test = compare(field, .equal, value)
      else { return nil }
      switch test {
      case .compare(_, _, let stored): values.append(stored)
      // A number between two places is none of the field's.
      default: continue
      }
    }
    return .among(field.name, values)
  }

  private func words(_ name: String, _ target: Expression, _ arguments: [Expression])
    -> FieldPredicate?
  {
    guard let field = field(target), Self.isText(field), arguments.count == 1,
      case .string(let text)? = constant(arguments[0]), !text.utf8.contains(0)
    else { return nil }
    switch name {
    case "startsWith": return .begins(field.name, with: text)
    case "endsWith": return .ends(field.name, with: text)
    case "contains": return .contains(field.name, text)
    default: return nil
    }
  }
}
