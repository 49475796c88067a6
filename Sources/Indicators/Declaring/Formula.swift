package import Records
package import Rules
import Values

/// The formula of an indicator, read: what it takes out of the register, which other indicators it uses,
/// and what it makes of both.
///
/// What it takes out of the register are sums over sets of records, `count(学校, x, x.状态 == "active")`,
/// whose conditions the store decides. Everything else is a rule over their values.
package struct Formula: Sendable {
  /// A sum over a set of records.
  package struct Operand: Hashable, Sendable {
    /// What is made of the records.
    package enum Measure: Hashable, Sendable {
      /// How many there are.
      case count
      /// The sum of a field.
      case sum(String)
      /// The mean of a field over the records that have it.
      case mean(String)
      /// The least and the greatest value of a field.
      case least(String)
      case greatest(String)
      /// How many different values a field has.
      case distinct(String)

      /// The field it is about.
      package var field: String? {
        switch self {
        case .count: nil
        case .sum(let field), .mean(let field), .least(let field), .greatest(let field),
          .distinct(let field):
          field
        }
      }

      /// Whether single values are needed, not their sum alone.
      var needsValues: Bool {
        switch self {
        case .count, .sum, .mean: false
        case .least, .greatest, .distinct: true
        }
      }
    }

    /// The kind of record.
    package var kind: String
    /// Which of them; all when `nil`.
    package var predicate: FieldPredicate?
    /// What is made of them.
    package var measure: Measure
    /// How many places behind the point the field has in the store.
    var places: Int
  }

  /// How another indicator is used.
  package enum Aspect: String, Hashable, Sendable, CaseIterable {
    /// At the same place in the same year.
    case same = ""
    /// In the year before: `S4.上年`.
    case before = "上年"
    /// Of the whole city: `S4.全市`.
    case ofCity = "全市"
  }

  /// Something the rule is given the value of.
  package enum Term: Hashable, Sendable {
    /// A sum over records, with the text it stands for.
    case operand(Operand, String)
    /// Another indicator.
    case indicator(String, Aspect)
  }

  /// The text.
  package let text: String
  /// What the rule is given; the first by the name `_0`, the next by `_1`.
  package let terms: [Term]
  /// The formula with a name in place of each term.
  let rule: Rule

  /// The sums over records.
  package var operands: [Operand] {
    terms.compactMap { term in
      guard case .operand(let operand, _) = term else { return nil }
      return operand
    }
  }

  /// The codes of the other indicators.
  package var uses: [String] {
    terms.compactMap { term in
      guard case .indicator(let code, _) = term else { return nil }
      return code
    }
  }

  /// Reads a formula.
  ///
  /// - Parameters:
  ///   - text: the formula.
  ///   - sets: the kinds of record it may speak of.
  ///   - codes: the codes of the indicators it may use.
  /// - Throws: the first fault, with its place.
  package init(_ text: String, _ sets: RecordSets, using codes: Set<String>) throws(RuleFault) {
    let expression = try Expression.read(text)
    var reader = FormulaReader(text, sets, codes)
    reader.find(in: expression)
    try reader.check(expression)
    var terms: [Term] = []
    var rewritten: [UInt8] = []
    let bytes = Array(text.utf8)
    var done = 0
    for (part, _) in reader.found {
      let term = try reader.term(part)
      let number = terms.firstIndex(of: term) ?? terms.count
      if number == terms.count { terms.append(term) }
      rewritten += bytes[done..<part.range.lowerBound] + Array("(_\(number))".utf8)
      done = part.range.upperBound
    }
    rewritten += bytes[done...]
    self.text = text
    self.terms = terms
    let types = Dictionary(
      uniqueKeysWithValues: terms.indices.map { ("_\($0)", RuleType.decimal(unit: nil)) }
    )
    rule = try Rule(String(decoding: rewritten, as: UTF8.self), types)
  }
}

/// Finds the terms of a formula.
private struct FormulaReader {
  private enum Sort { case operand, indicator }

  private let text: String
  private let sets: RecordSets
  private let codes: Set<String>
  /// The terms in the order of the text.
  private(set) var found: [(part: Expression, isOperand: Bool)] = []

  init(_ text: String, _ sets: RecordSets, _ codes: Set<String>) {
    self.text = text
    self.sets = sets
    self.codes = codes
  }

  /// Looks for terms, the widest first.
  mutating func find(in expression: Expression) {
    if Self.range(of: expression).flatMap(set) != nil {
      found.append((expression, true))
    } else if indicator(expression) != nil {
      found.append((expression, false))
    } else {
      for part in expression.parts { find(in: part) }
    }
  }

  private func fault(_ code: String, _ message: String, _ part: Expression) -> RuleFault {
    .found(code, message, at: part, of: text)
  }

  /// The indicator an expression names, and how.
  private func indicator(_ expression: Expression) -> (code: String, aspect: Formula.Aspect)? {
    guard let name = expression.dottedName else { return nil }
    if codes.contains(name) { return (name, .same) }
    for aspect in Formula.Aspect.allCases where !aspect.rawValue.isEmpty {
      let ending = "." + aspect.rawValue
      if name.hasSuffix(ending) {
        let code = String(name.dropLast(ending.count))
        if codes.contains(code) { return (code, aspect) }
      }
    }
    return nil
  }

  /// The set an expression walks when it is a sum over records.
  private static func range(of expression: Expression) -> Expression? {
    switch expression.form {
    case .macro(let macro):
      switch macro.verb {
      case .count, .sum, .avg, .min, .max: macro.range
      default: nil
      }
    default: distinct(expression)?.range
    }
  }

  /// The macro in `size(集合.map(x, x.字段).distinct())`.
  private static func distinct(_ expression: Expression) -> Macro? {
    let list: Expression
    switch expression.form {
    case .call("size", nil, let arguments) where arguments.count == 1: list = arguments[0]
    case .call("size", let target?, let arguments) where arguments.isEmpty: list = target
    default: return nil
    }
    guard case .call("distinct", let target?, let arguments) = list.form, arguments.isEmpty,
      case .macro(let macro) = target.form, macro.verb == .map
    else { return nil }
    return macro
  }

  private func set(_ range: Expression) -> Kind? {
    guard case .name(let name, _) = range.form else { return nil }
    return sets.kind(name)
  }

  /// Checks types, and that nothing walks records but what the store can decide.
  func check(_ expression: Expression) throws(RuleFault) {
    var types: [String: RuleType] = [:]
    for name in sets.names { types[name] = .dyn }
    types.merge(sets.types(names(expression))) { $1 }
    for code in codes {
      for aspect in Formula.Aspect.allCases {
        let ending = aspect.rawValue.isEmpty ? "" : "." + aspect.rawValue
        types[code + ending] = .decimal(unit: nil)
      }
    }
    let type = try Rule(text, types).type
    switch type {
    case .decimal, .int, .dyn: break
    case .double:
      throw fault("IND-E-001", "公式里的小数不精确，请写成分数（如 / 2）或 decimal(\"0.5\")。", expression)
    default: throw fault("IND-E-001", "公式的结果是\(type.label)，应为数。", expression)
    }
    try refuseOthers(expression)
  }

  /// The names of sets that occur.
  private func names(_ expression: Expression) -> Set<String> {
    var names: Set<String> = []
    func visit(_ expression: Expression) {
      if case .name(let name, _) = expression.form, sets.kind(name) != nil { names.insert(name) }
      for part in expression.parts { visit(part) }
    }
    visit(expression)
    return names
  }

  /// Refuses a set of records outside of a sum over it.
  private func refuseOthers(_ expression: Expression) throws(RuleFault) {
    if found.contains(where: { $0.part === expression }) { return }
    if case .name(let name, _) = expression.form, sets.kind(name) != nil {
      throw fault(
        "IND-E-002",
        "“\(name)”是一类记录，只能放在 count、sum、avg、min、max 里，或 size(\(name).map(x, x.字段).distinct()) 里。",
        expression
      )
    }
    for part in expression.parts { try refuseOthers(part) }
  }

  /// A part as a term.
  func term(_ part: Expression) throws(RuleFault) -> Formula.Term {
    if let (code, aspect) = indicator(part) { return .indicator(code, aspect) }
    guard let range = Self.range(of: part), let kind = set(range) else {
      throw fault("IND-E-002", "读不出这一部分。", part)
    }
    let macro: Macro
    if case .macro(let plain) = part.form {
      macro = plain
    } else if let distinct = Self.distinct(part) {
      macro = distinct
    } else {
      throw fault("IND-E-002", "读不出这一部分。", part)
    }
    let translation = Translation(.element(macro.first, kind, in: sets))
    var predicate: FieldPredicate?
    if let filter = macro.filter {
      if let (part, words) = translation.unknownCode(in: filter) {
        throw fault("IND-E-003", words, part)
      }
      predicate = translation.predicate(filter)
      guard predicate != nil else {
        let shown = String(decoding: Array(text.utf8)[filter.range], as: UTF8.self)
        throw fault(
          "IND-E-004",
          "条件“\(shown)”不能在库里判断：只能用字段与常数比较、in、has、startsWith、contains、endsWith，"
            + "“别的台账.exists(y, y.字段 == \(macro.first) && …)”，以及它们的 !、&&、||。",
          filter
        )
      }
    }
    let (measure, places) = try self.measure(macro, part, kind, translation)
    let source = String(decoding: Array(text.utf8)[part.range], as: UTF8.self)
    return .operand(
      Formula.Operand(kind: kind.name, predicate: predicate, measure: measure, places: places),
      source
    )
  }

  private func measure(
    _ macro: Macro,
    _ part: Expression,
    _ kind: Kind,
    _ translation: Translation
  ) throws(RuleFault) -> (Formula.Operand.Measure, places: Int) {
    guard macro.verb != .count else { return (.count, 0) }
    guard let value = macro.value, let field = translation.plainField(value) else {
      throw fault(
        "IND-E-005",
        "这里应是一个字段，如 sum(\(kind.label), x, x.字段)；几个字段之和请分开写成几个 sum 相加。",
        macro.value ?? part
      )
    }
    if macro.verb == .map { return (.distinct(field.name), 0) }
    let places: Int
    switch field.type {
    case .integer: places = 0
    case .decimal(let behind, _): places = behind
    case .money: places = 2
    default: throw fault("IND-E-005", "“\(field.label)”不是数字，不能相加或比大小。", value)
    }
    switch macro.verb {
    case .sum: return (.sum(field.name), places)
    case .avg: return (.mean(field.name), places)
    case .min: return (.least(field.name), places)
    default: return (.greatest(field.name), places)
    }
  }
}
