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
    let translation = Translation(.fields(variables))
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
