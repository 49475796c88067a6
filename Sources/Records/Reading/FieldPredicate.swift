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

  /// The predicate as a statement has it.
  ///
  /// - Parameters:
  ///   - column: gives a column for the name of a field.
  ///   - arguments: takes the values.
  /// - Returns: the expression.
  /// - Throws: what `column` throws.
  func sql(_ column: (String) throws -> String, _ arguments: inout [Stored]) rethrows -> String {
    func mark(_ value: Stored) -> String {
      arguments.append(value)
      return "$\(arguments.count)"
    }
    switch self {
    case .constant(let truth): return truth ? "1" : "0"
    case .and(let left, let right):
      let first = try left.sql(column, &arguments)
      return "(\(first) AND \(try right.sql(column, &arguments)))"
    case .or(let left, let right):
      let first = try left.sql(column, &arguments)
      return "(\(first) OR \(try right.sql(column, &arguments)))"
    case .not(let inner): return "(NOT \(try inner.sql(column, &arguments)))"
    case .choice(let condition, let left, let right):
      let test = try condition.sql(column, &arguments)
      let first = try left.sql(column, &arguments)
      let other = try right.sql(column, &arguments)
      return "(CASE \(test) WHEN 1 THEN \(first) WHEN 0 THEN \(other) END)"
    case .truth(let name): return try column(name)
    case .known(let name, let truth):
      return "(CASE WHEN \(try column(name)) IS NOT NULL THEN \(truth ? "1" : "0") END)"
    case .compare(let name, let comparison, let value):
      return "(\(try column(name)) \(comparison.rawValue) \(mark(value)))"
    case .compareFields(let name, let comparison, let other):
      return "(\(try column(name)) \(comparison.rawValue) \(try column(other)))"
    case .among(let name, let values):
      guard !values.isEmpty else {
        return try FieldPredicate.known(name, false).sql(column, &arguments)
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
        return try FieldPredicate.known(name, true).sql({ _ in column }, &arguments)
      }
      let count = text.unicodeScalars.count
      return "(substr(\(column), \(mark(.integer(-count)))) = \(mark(.text(text))))"
    case .contains(let name, let text):
      return "(instr(\(try column(name)), \(mark(.text(text)))) > 0)"
    }
  }
}
