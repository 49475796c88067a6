package import Storage

/// What must hold of a record's own fields, in three values: a comparison with what is not filled in is
/// neither true nor false, and counts as not true in the end.
///
/// It is what a rule leaves to the store; see `docs/rules.md`.
package indirect enum FieldPredicate: Hashable, Sendable {
  /// How two values are compared.
  package enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    /// The comparison the other way round.
    package var turned: Comparison {
      switch self {
      case .less: .greater
      case .atMost: .atLeast
      case .greater: .less
      case .atLeast: .atMost
      case .equal, .unequal: self
      }
    }
  }

  /// Always, or never.
  case constant(Bool)
  /// Both.
  case and(FieldPredicate, FieldPredicate)
  /// Either.
  case or(FieldPredicate, FieldPredicate)
  /// Not.
  case not(FieldPredicate)
  /// One of two, as a third holds.
  case choice(FieldPredicate, FieldPredicate, FieldPredicate)
  /// A truth.
  case truth(String)
  /// Whether a field is filled in at all, when the other side decides nothing: true or false where it is.
  case known(String, Bool)
  /// A field and a value, in the form in which the store holds both.
  case compare(String, Comparison, Stored)
  /// Two fields.
  case compareFields(String, Comparison, String)
  /// A field among some values.
  case among(String, [Stored])
  /// A text that begins, ends, or has somewhere in it.
  case begins(String, with: String)
  case ends(String, with: String)
  case contains(String, String)
  /// Whether a field is filled in.
  case filled(String)
  /// What must hold of the record of another kind that a field refers to; neither true nor false where it
  /// refers to none.
  case through(String, kind: String, FieldPredicate)
  /// Whether a record of another kind of which something holds refers to this one by a field.
  case referred(by: String, kind: String, FieldPredicate)

  /// The predicate as a statement has it.
  ///
  /// - Parameters:
  ///   - register: the register, for what other kinds are read from.
  ///   - kind: the kind of the records.
  ///   - arguments: takes the values.
  /// - Returns: the expression.
  /// - Throws: `UnknownField`, `SealedField`.
  func sql(_ register: RecordStore, _ kind: Kind, _ arguments: inout [Stored]) throws -> String {
    func mark(_ value: Stored) -> String {
      arguments.append(value)
      return "$\(arguments.count)"
    }
    func column(_ name: String) throws -> String { try register.column(kind, name) }
    func sql(_ inner: FieldPredicate) throws -> String {
      try inner.sql(register, kind, &arguments)
    }
    func other(_ name: String, _ path: String) throws -> Kind {
      guard let other = register.kind(name) else { throw UnknownField(kind: name, path: path) }
      return other
    }
    switch self {
    case .constant(let truth): return truth ? "1" : "0"
    case .and(let left, let right):
      let first = try sql(left)
      return "(\(first) AND \(try sql(right)))"
    case .or(let left, let right):
      let first = try sql(left)
      return "(\(first) OR \(try sql(right)))"
    case .not(let inner): return "(NOT \(try sql(inner)))"
    case .choice(let condition, let left, let right):
      let test = try sql(condition)
      let first = try sql(left)
      let other = try sql(right)
      return "(CASE \(test) WHEN 1 THEN \(first) WHEN 0 THEN \(other) END)"
    case .filled(let name): return "(\(try column(name)) IS NOT NULL)"
    case .through(let name, let otherName, let inner):
      let other = try other(otherName, name)
      let column = try column(name)
      let found = "SELECT \"\(other.fields[other.identifier].name)\" FROM \(register.source(other))"
      let holds = try inner.sql(register, other, &arguments)
      let fails = try inner.sql(register, other, &arguments)
      return """
        (CASE WHEN \(column) IN (\(found) WHERE \(holds)) THEN 1 \
        WHEN \(column) IN (\(found) WHERE NOT \(fails)) THEN 0 END)
        """
    case .referred(let field, let otherName, let inner):
      let other = try other(otherName, field)
      let back = try register.column(other, field)
      let holds = try inner.sql(register, other, &arguments)
      return """
        ("\(kind.fields[kind.identifier].name)" IN (SELECT \(back) FROM \(register.source(other)) \
        WHERE \(back) IS NOT NULL AND \(holds)))
        """
    case .truth(let name): return try column(name)
    case .known(let name, let truth):
      return "(CASE WHEN \(try column(name)) IS NOT NULL THEN \(truth ? "1" : "0") END)"
    case .compare(let name, let comparison, let value):
      return "(\(try column(name)) \(comparison.rawValue) \(mark(value)))"
    case .compareFields(let name, let comparison, let other):
      return "(\(try column(name)) \(comparison.rawValue) \(try column(other)))"
    case .among(let name, let values):
      guard !values.isEmpty else {
        return try sql(.known(name, false))
      }
      let column = try column(name)
      return "(\(column) IN (\(values.map(mark).joined(separator: ", "))))"
    case .begins(let name, let text):
      let column = try column(name)
      let count = text.unicodeScalars.count
      return "(substr(\(column), 1, \(mark(.integer(count)))) = \(mark(.text(text))))"
    case .ends(let name, let text):
      let column = try column(name)
      guard !text.isEmpty else {
        return try sql(.known(name, true))
      }
      let count = text.unicodeScalars.count
      return "(substr(\(column), \(mark(.integer(-count)))) = \(mark(.text(text))))"
    case .contains(let name, let text):
      return "(instr(\(try column(name)), \(mark(.text(text)))) > 0)"
    }
  }
}
