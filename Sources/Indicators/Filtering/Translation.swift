import Calendar
import Records
import Rules
import Storage
import Values

/// Makes predicates of the store out of expressions.
struct Translation {
  /// How expressions name the fields of a record.
  enum Subject {
    /// By names of their own.
    case fields(RecordVariables)
    /// As fields of an element of a set of records: `x.在校生`, `x.学校.学校类型`.
    case element(String, Kind, in: RecordSets)
  }

  /// A field, and the references that lead to it.
  private struct Path {
    var steps: [(field: String, kind: Kind)] = []
    var field: FieldShape

    /// What must hold of the field, as what must hold of the record the references begin at.
    func wrap(_ predicate: FieldPredicate) -> FieldPredicate {
      steps.reversed().reduce(predicate) { .through($1.field, kind: $1.kind.name, $0) }
    }
  }

  private let subject: Subject

  init(_ subject: Subject) { self.subject = subject }

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
    case .field(let operand, let name, .test):
      return path(operand, name).map { $0.wrap(.filled($0.field.name)) }
    case .name, .field:
      guard let path = path(expression), case .boolean = path.field.type else { return nil }
      return path.wrap(.truth(path.field.name))
    case .macro(let macro) where macro.verb == .exists: return referred(macro)
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
  private func path(_ expression: Expression) -> Path? {
    switch (expression.form, subject) {
    case (.name(let name, _), .fields(let variables)):
      variables.field(name).map { Path(field: $0) }
    case (.field(let operand, let name, .plain), .element): path(operand, name)
    default: nil
    }
  }

  /// A field of what an expression names: of the element, or of the record one of its fields refers to.
  private func path(_ operand: Expression, _ name: String) -> Path? {
    guard case .element(let element, let kind, let sets) = subject else { return nil }
    if case .name(element, isAbsolute: false) = operand.form {
      return RecordSets.field(name, of: kind).map { Path(field: $0) }
    }
    guard var path = path(operand), case .reference(let otherName) = path.field.type,
      let other = sets.kind(otherName), let field = RecordSets.field(name, of: other)
    else { return nil }
    path.steps.append((path.field.name, other))
    path.field = field
    return path
  }

  /// The field of the element itself an expression names.
  func plainField(_ expression: Expression) -> FieldShape? {
    guard let path = path(expression), path.steps.isEmpty else { return nil }
    return path.field
  }

  /// The first comparison of a field with a code that is none of its own, which would never hold.
  ///
  /// - Parameter expression: a condition.
  /// - Returns: the constant, and what is wrong with it in words.
  func unknownCode(in expression: Expression) -> (part: Expression, words: String)? {
    switch expression.form {
    case .call("==", nil, let sides), .call("!=", nil, let sides):
      for (one, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
        if let words = unknown(other, for: one) { return (other, words) }
      }
    case .call("in", nil, let sides):
      guard case .list(let elements) = sides[1].form else {
        return unknown(sides[0], for: sides[1]).map { (sides[0], $0) }
      }
      for (element, _) in elements {
        if let words = unknown(element, for: sides[0]) { return (element, words) }
      }
    case .macro(let macro):
      guard case .element(_, _, let sets) = subject, case .name(let set, _) = macro.range.form,
        let other = sets.kind(set), let filter = macro.filter
      else { return nil }
      return Translation(.element(macro.first, other, in: sets)).unknownCode(in: filter)
    default: break
    }
    return expression.parts.lazy.compactMap { unknownCode(in: $0) }.first
  }

  private func unknown(_ constant: Expression, for field: Expression) -> String? {
    guard let path = path(field), case .string(let text)? = self.constant(constant) else {
      return nil
    }
    let options: [Option]
    switch path.field.type {
    case .choice(let known), .choices(let known): options = known
    default: return nil
    }
    guard !options.contains(where: { $0.code == text }) else { return nil }
    let known = options.map { "\($0.code)（\($0.label)）" }.joined(separator: "、")
    let byLabel = options.first { $0.label == text }.map { "，应写代码“\($0.code)”" } ?? ""
    return "“\(text)”不是“\(path.field.label)”的代码\(byLabel)；可用：\(known)。"
  }

  /// Whether a record of another set refers to the element: `合作.exists(c, c.企业 == x && …)`.
  private func referred(_ macro: Macro) -> FieldPredicate? {
    guard case .element(let element, let kind, let sets) = subject, macro.second == nil,
      case .name(let set, _) = macro.range.form, let other = sets.kind(set),
      let filter = macro.filter
    else { return nil }
    var rest: [FieldPredicate] = []
    var back: String?
    let inner = Translation(.element(macro.first, other, in: sets))
    for condition in Self.conditions(filter) {
      if back == nil, let field = inner.reference(condition, to: element, kind) {
        back = field
      } else if let predicate = inner.predicate(condition) {
        rest.append(predicate)
      } else {
        return nil
      }
    }
    guard let back else { return nil }
    let all = rest.dropFirst().reduce(rest.first ?? .constant(true)) { .and($0, $1) }
    return .referred(by: back, kind: other.name, all)
  }

  /// Conditions joined by `&&`.
  private static func conditions(_ expression: Expression) -> [Expression] {
    guard case .and(let left, let right) = expression.form else { return [expression] }
    return conditions(left) + conditions(right)
  }

  /// The field by which an element of this set refers to another element: `c.企业 == x`.
  private func reference(_ expression: Expression, to element: String, _ kind: Kind) -> String? {
    guard case .call("==", nil, let sides) = expression.form, sides.count == 2 else { return nil }
    for (one, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      guard case .name(element, isAbsolute: false) = other.form, let path = path(one),
        path.steps.isEmpty, case .reference(kind.name) = path.field.type
      else { continue }
      return path.field.name
    }
    return nil
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
    if let first = path(left), let second = path(right) {
      guard first.steps.isEmpty, second.steps.isEmpty, Self.isAlike(first.field, second.field),
        Self.isOrdered(first.field, comparison)
      else { return nil }
      return .compareFields(first.field.name, comparison, second.field.name)
    }
    if let path = path(left), let value = constant(right) {
      return compare(path.field, comparison, value).map(path.wrap)
    }
    if let path = path(right), let value = constant(left) {
      return compare(path.field, comparison.turned, value).map(path.wrap)
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

  private static func isList(_ field: FieldShape) -> Bool {
    switch field.type {
    case .list, .choices, .references: true
    default: false
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
    if case .string(let text)? = constant(element), let path = path(list),
      Self.isList(path.field)
    {
      return path.wrap(.contains(path.field.name, JSON.string(text).text))
    }
    guard let path = path(element), case .list(let elements) = list.form,
      elements.allSatisfy({ !$0.isOptional })
    else { return nil }
    var values: [Stored] = []
    for element in elements {
      guard let value = constant(element.element),
        let test = compare(path.field, .equal, value)
      else { return nil }
      switch test {
      case .compare(_, _, let stored): values.append(stored)
      // A number between two places is none of the field's.
      default: continue
      }
    }
    return path.wrap(.among(path.field.name, values))
  }

  private func words(_ name: String, _ target: Expression, _ arguments: [Expression])
    -> FieldPredicate?
  {
    guard let path = path(target), Self.isText(path.field), arguments.count == 1,
      case .string(let text)? = constant(arguments[0]), !text.utf8.contains(0)
    else { return nil }
    switch name {
    case "startsWith": return path.wrap(.begins(path.field.name, with: text))
    case "endsWith": return path.wrap(.ends(path.field.name, with: text))
    case "contains": return path.wrap(.contains(path.field.name, text))
    default: return nil
    }
  }
}
