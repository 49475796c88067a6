package import Calendar
package import Values

/// The value of one field of a record.
package enum Value: Hashable, Sendable {
  /// Nothing is known.
  case none
  /// A text, a code, a reference.
  case text(String)
  /// A whole number; a decimal is kept scaled by its field's places.
  case integer(Int)
  /// Yes or no.
  case boolean(Bool)
  /// A day.
  case date(CivilDate)
  /// An amount of money.
  case money(Fen)
  /// Several texts, in order.
  case list([String])
  /// Several rows of a small table, each a text per column; an empty text is no value.
  case rows([[String]])

  /// Whether nothing is known.
  package var isNone: Bool { self == .none }
  /// The text, or `nil`.
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The whole number, the scaled decimal, or the fen; or `nil`.
  package var integer: Int? {
    switch self {
    case .integer(let number): number
    case .money(let fen): fen.amount
    default: nil
    }
  }
  /// The truth, or `nil`.
  package var boolean: Bool? { if case .boolean(let truth) = self { truth } else { nil } }
  /// The day, or `nil`.
  package var date: CivilDate? { if case .date(let date) = self { date } else { nil } }
  /// The texts; none when it is not a list.
  package var list: [String] { if case .list(let texts) = self { texts } else { [] } }
  /// The rows; none when it is not a table.
  package var rows: [[String]] { if case .rows(let rows) = self { rows } else { [] } }
}

/// A Swift type a field can have: it comes from a `Value` and becomes one.
package protocol FieldValue: Sendable {
  /// Takes the value; `nil` when it is of another kind.
  init?(_ value: Value)
  /// The value.
  var value: Value { get }
}

extension String: FieldValue {
  package init?(_ value: Value) { self = value.text ?? "" }
  package var value: Value { isEmpty ? .none : .text(self) }
}

extension Int: FieldValue {
  package init?(_ value: Value) { self = value.integer ?? 0 }
  package var value: Value { .integer(self) }
}

extension Bool: FieldValue {
  package init?(_ value: Value) { self = value.boolean ?? false }
  package var value: Value { .boolean(self) }
}

extension CivilDate: FieldValue {
  package init?(_ value: Value) {
    guard let date = value.date else { return nil }
    self = date
  }
  package var value: Value { .date(self) }
}

extension Fen: FieldValue {
  package init?(_ value: Value) {
    guard case .money(let fen) = value else { return nil }
    self = fen
  }
  package var value: Value { .money(self) }
}

extension [String]: FieldValue {
  package init?(_ value: Value) { self = value.list }
  package var value: Value { isEmpty ? .none : .list(self) }
}

/// A small table held in one field: rows of cells, a text per column.
package struct CellRows: FieldValue, Hashable {
  /// The rows.
  package var rows: [[String]]

  /// Makes a table.
  package init(_ rows: [[String]] = []) { self.rows = rows }
  package init?(_ value: Value) { rows = value.rows }
  package var value: Value { rows.isEmpty ? .none : .rows(rows) }
}

extension Optional: FieldValue where Wrapped: FieldValue {
  package init?(_ value: Value) {
    guard !value.isNone else {
      self = .none
      return
    }
    guard let wrapped = Wrapped(value) else { return nil }
    self = .some(wrapped)
  }
  package var value: Value { self?.value ?? .none }
}

/// A closed list of codes that rules speak of, each with its Chinese label.
package protocol Choice: FieldValue, RawRepresentable<String>, CaseIterable, Hashable {
  /// What users read.
  var label: String { get }
  /// Former and foreign spellings that are accepted on the way in.
  var aliases: [String] { get }
}

extension Choice {
  package var aliases: [String] { [] }
  package init?(_ value: Value) {
    guard let choice = value.text.flatMap(Self.init(rawValue:)) else { return nil }
    self = choice
  }
  package var value: Value { .text(rawValue) }
  /// The codes as a declaration lists them.
  package static var options: [Option] {
    allCases.map { Option(code: $0.rawValue, label: $0.label, aliases: $0.aliases) }
  }
}
