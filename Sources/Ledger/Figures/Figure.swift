package import Records
package import Values

/// One number the city tells of itself, with how it is computed from records.
///
/// Until the rule language takes over, the computation is one of a few forms, and the formula is
/// said in words beside it.
package struct Figure: Sendable {
  /// A set of records: of a kind, meeting conditions.
  package struct Selection: Hashable, Sendable {
    /// The kind of record.
    package var kind: String
    /// What must hold.
    package var conditions: [Condition]

    /// Makes a selection.
    package init(_ kind: String, _ conditions: Condition...) {
      self.kind = kind
      self.conditions = conditions
    }

    /// The selection with more that must hold.
    package func and(_ more: Condition...) -> Selection {
      var copy = self
      copy.conditions += more
      return copy
    }
  }

  /// How a figure is computed.
  package enum Formula: Sendable {
    /// The number of records, or the sum of one field over them.
    case amount(Measure, Selection)
    /// The sum of some fields by the sum of others, over the same records.
    case ratio([String], by: [String], Selection)
    /// The sum of a field by the number of different values of another: a yearly mean.
    case mean(String, per: String, Selection)
    /// An amount by a number to compare with.
    case share(Measure, Selection, of: String)
    /// A number to compare with, as its source tells it.
    case benchmark(String)
  }

  /// The unit a value is in.
  package enum Unit: String, Sendable {
    /// Things counted: 所, 个, 家 …
    case schools = "所"
    /// 个.
    case pieces = "个"
    /// 家.
    case firms = "家"
    /// 人.
    case persons = "人"
    /// 人次.
    case personTimes = "人次"
    /// 元.
    case yuan = "元"
    /// 位, a rank.
    case rank = "位"
    /// A fraction of one.
    case ratio = ""
  }

  /// The stable code, such as `S8` or, for a part of it, `S8.college`.
  package var code: String
  /// What users read.
  package var label: String
  /// The unit.
  package var unit: Unit
  /// The formula in words.
  package var words: String
  /// The computation.
  package var formula: Formula
  /// The parts; figures of their own.
  package var parts: [Figure]
  /// The group it is shown in.
  package var group: String

  /// Makes a figure.
  package init(
    _ code: String,
    _ label: String,
    _ unit: Unit,
    _ formula: Formula,
    words: String,
    group: String = "",
    parts: [Figure] = []
  ) {
    self.code = code
    self.label = label
    self.unit = unit
    self.words = words
    self.formula = formula
    self.parts = parts
    self.group = group
  }

  /// The records the figure is computed from; `nil` for a plain comparison number.
  package var selection: Selection? {
    switch formula {
    case .amount(_, let selection), .ratio(_, _, let selection), .mean(_, _, let selection),
      .share(_, let selection, _):
      selection
    case .benchmark(let key): Selection("benchmark", .field("key", key))
    }
  }

  /// Whether anybody may see the records behind it: nothing that selects or adds up is more than public.
  package func isOpen(in register: RecordStore) -> Bool {
    guard let selection, let kind = register.kind(selection.kind), kind.isPublic else {
      return false
    }
    let fields: [String] =
      switch formula {
      case .amount(.sum(let field), _), .share(.sum(let field), _, _): [field]
      case .ratio(let upper, let lower, _): upper + lower
      case .mean(let field, _, _): [field]
      default: []
      }
    return (selection.conditions.map(\.path) + fields).allSatisfy { path in
      kind.place(of: path).map { kind.fields[$0].privacy == .public } ?? true
    }
  }
}

/// A figure as it stands: computed, not yet rounded.
package struct FigureValue: Sendable {
  /// The figure.
  package var figure: Figure
  /// The exact value in the base unit; `nil` when nothing was reported.
  package var value: Ratio?
  /// How many records are behind it.
  package var records: Int
  /// The values of the parts.
  package var parts: [FigureValue]
  /// Whether the value is there, but kept back so as not to give away few persons.
  package var isKeptBack = false

  /// Makes a value that is kept back, and how many records are behind it with it.
  package init(keptBack figure: Figure, parts: [FigureValue] = []) {
    self.init(figure: figure, value: nil, parts: parts)
    isKeptBack = true
  }

  /// Makes a value.
  package init(figure: Figure, value: Ratio?, records: Int = 0, parts: [FigureValue] = []) {
    self.figure = figure
    self.value = value
    self.records = records
    self.parts = parts
  }

  /// The value as people say it, with its unit.
  package var display: String { missing ?? Self.display(value, figure.unit) }

  /// What stands where there is no value: it is kept back, or was not reported; `nil` when there is one.
  package var missing: String? {
    if isKeptBack { return Published.keptBack }
    return value == nil ? "未填报" : nil
  }

  /// How many records, as people read it.
  package var counted: String {
    isKeptBack ? Published.keptBack : Numerals.grouped(records)
  }

  /// The exact value with its unit.
  package var exact: String {
    guard let value else { return missing ?? "" }
    if figure.unit == .ratio { return Numerals.percent(value, places: 2) }
    return Numerals.grouped(value.rounded) + " " + figure.unit.rawValue
  }

  static func display(_ value: Ratio?, _ unit: Figure.Unit) -> String {
    guard let value else { return "未填报" }
    if unit == .ratio { return Numerals.percent(value) }
    return Numerals.spoken(value.rounded) + unit.rawValue
  }

  /// The value as a JSON number in the base unit.
  package var json: JSON {
    guard let value else { return .null }
    if figure.unit == .ratio { return .number(value.decimal(places: 6)) }
    return value.denominator == 1
      ? .integer(Int(value.numerator)) : .number(value.decimal(places: 2))
  }

  /// The figure and its parts, one after the other.
  package var flattened: [FigureValue] { [self] + parts.flatMap(\.flattened) }

  /// One row of `citong figures --json`.
  package var row: JSON {
    .object([
      "code": .string(figure.code), "label": .string(figure.label), "value": json,
      "unit": .string(figure.unit.rawValue), "display": .string(display),
      "formula": .string(figure.words), "records": isKeptBack ? .null : .integer(records),
      "isSuppressed": .boolean(isKeptBack),
    ])
  }
}
