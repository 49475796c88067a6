import Calendar
package import Records
package import Rules
package import Values

/// The fields of a kind of record as rules speak of them: by their names and by their labels.
///
/// Numbers are exact, money in yuan. Small tables and what is sealed are left out; so is, for a reader, what
/// they may not see.
package struct RecordVariables: Sendable {
  /// The fields there are, by name and by label.
  private let fields: [String: (place: Int, field: FieldShape)]
  /// The names with their types.
  package let types: [String: RuleType]

  /// Takes the fields of a kind.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - reader: who speaks of them; `nil` for the platform itself.
  ///   - hasUnits: whether units are held against each other.
  package init(_ kind: Kind, for reader: Reader? = nil, hasUnits: Bool = false) {
    var fields: [String: (place: Int, field: FieldShape)] = [:]
    var types: [String: RuleType] = [:]
    let seen = kind.fields.enumerated().filter { _, field in
      !field.isSealed && (reader.map { $0.maySee(field, of: kind) } ?? true)
    }
    for (place, field) in seen {
      guard let type = Self.type(field, hasUnits) else { continue }
      for name in [field.name, field.label] where fields[name] == nil {
        fields[name] = (place, field)
        types[name] = type
      }
    }
    self.fields = fields
    self.types = types
  }

  private static func type(_ field: FieldShape, _ hasUnits: Bool) -> RuleType? {
    switch field.type {
    case .integer, .decimal, .money: .decimal(unit: hasUnits ? field.unit : nil)
    case .boolean: .bool
    case .date: .date
    case .list, .choices, .references: .list(.string)
    case .rows: nil
    default: .string
    }
  }

  /// The field a name means; `nil` for none.
  package func field(_ name: String) -> FieldShape? { fields[name]?.field }

  /// What a record holds under some names; what is not filled in has no value.
  ///
  /// - Parameters:
  ///   - record: the record.
  ///   - names: the names; all when `nil`.
  ///   - added: what is thought to be there besides, by the name of the field.
  /// - Returns: the values.
  package func values(
    of record: Record,
    _ names: [String]? = nil,
    adding added: [String: Exact] = [:]
  ) -> [String: RuleValue] {
    values(of: record.values, names, adding: added)
  }

  /// What the values of a record hold under some names, in the order of its fields.
  package func values(
    of held: [Value],
    _ names: [String]? = nil,
    adding added: [String: Exact] = [:]
  ) -> [String: RuleValue] {
    var values: [String: RuleValue] = [:]
    for name in names ?? Array(fields.keys) {
      guard let (place, field) = fields[name] else { continue }
      let value = Self.value(field, held[place])
      guard let more = added[field.name] else {
        values[name] = value
        continue
      }
      let sum = (value?.exact ?? .zero).adding(more)
      values[name] = sum.map { .decimal($0.numerator < 0 ? .zero : $0) }
    }
    return values
  }

  /// A value of a field as a rule has it; `nil` for none.
  static func value(_ field: FieldShape, _ value: Value) -> RuleValue? {
    switch (field.type, value) {
    case (_, .none), (.rows, _): nil
    case (.decimal(let places, _), .integer(let number)):
      Exact(number, places: places).map(RuleValue.decimal)
    case (_, .money(let fen)): Exact(fen.amount, places: 2).map(RuleValue.decimal)
    case (_, .integer(let number)): .decimal(Exact(number))
    case (_, .boolean(let truth)): .bool(truth)
    case (_, .date(let date)): .date(date)
    case (_, .list(let texts)): .list(texts.map(RuleValue.string))
    case (_, .text(let text)): .string(text)
    case (_, .rows): nil
    }
  }
}
