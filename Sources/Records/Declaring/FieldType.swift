/// One code a field may hold.
package struct Option: Hashable, Sendable {
  /// What is stored.
  package var code: String
  /// What users read.
  package var label: String
  /// Former and foreign spellings accepted on the way in.
  package var aliases: [String]

  /// Makes an option.
  package init(code: String, label: String, aliases: [String] = []) {
    self.code = code
    self.label = label
    self.aliases = aliases
  }
}

/// One column of a field that holds a small table.
package struct Column: Hashable, Sendable {
  /// The name in JSON.
  package var name: String
  /// The Chinese label.
  package var label: String
  /// The closed list of what it may hold; empty when it is free text.
  package var options: [Option]
  /// Other names accepted in JSON.
  package var aliases: [String]
  /// The kind of record whose identifiers it may hold; shown with their names.
  package var kind: String?

  /// Makes a column.
  package init(
    _ name: String,
    _ label: String,
    options: [Option] = [],
    aliases: [String] = [],
    kind: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.label = label
    self.options = options
    self.aliases = aliases
  }

  /// A cell as users read it.
  package func shown(_ cell: String) -> String {
    options.first { $0.code == cell }?.label ?? cell
  }
}

/// What a field can hold, and within which limits.
package enum FieldType: Sendable {
  /// One line of at most so many characters.
  case text(Int)
  /// Several lines of at most so many characters.
  case longText(Int)
  /// A code: trimmed, half-width, upper case where `isUpper`, of at most so many characters.
  case identifier(Int)
  /// One of a closed list.
  case choice([Option])
  /// A code of one of the city's code tables.
  case code(table: String)
  /// Another record, by its identifier; accepted by identifier or unique title.
  case reference(kind: String)
  /// Several other records.
  case references(kind: String)
  /// A whole number within a range.
  case integer(ClosedRange<Int>)
  /// A decimal with so many places, kept scaled; the range is of the scaled number.
  case decimal(places: Int, ClosedRange<Int>)
  /// Yes or no.
  case boolean
  /// A day.
  case date
  /// An amount in yuan, kept in fen, not negative.
  case money
  /// A school year, `2021-2022`.
  case schoolYear
  /// A unified social credit code.
  case uscc
  /// Several short texts.
  case list
  /// Several of a closed list.
  case choices([Option])
  /// A small table.
  case rows([Column])

  /// The kind of record it points to, if it points to one.
  package var referredKind: String? {
    switch self {
    case .reference(let kind), .references(let kind): kind
    default: nil
    }
  }

  /// Whether sorting and ranges make sense for it as a number.
  package var isNumeric: Bool {
    switch self {
    case .integer, .decimal, .money: true
    default: false
    }
  }

  /// Whether one of a closed list is picked.
  package var isChosen: Bool {
    switch self {
    case .choice, .choices, .code, .boolean: true
    default: false
    }
  }

  /// Whether its values are short and should stand on one line.
  package var isShort: Bool {
    switch self {
    case .date, .choice, .code, .boolean, .schoolYear: true
    default: false
    }
  }
}

/// Who may see a field; see `registry.md` §0.3.
package enum Privacy: Int, Comparable, Sendable {
  /// Anybody.
  case `public`
  /// Signed-in organisations with a need, and bureaus.
  case `internal`
  /// Identifies a natural person.
  case personal
  /// Sensitive personal information.
  case sensitive

  package static func < (left: Privacy, right: Privacy) -> Bool { left.rawValue < right.rawValue }

  /// What users read.
  package var label: String {
    switch self {
    case .public: "公开"
    case .internal: "内部"
    case .personal: "个人信息"
    case .sensitive: "敏感个人信息"
    }
  }
}
