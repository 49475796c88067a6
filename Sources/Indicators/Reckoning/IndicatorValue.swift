import Records
package import Values

/// An indicator as it stands at a place: reckoned, not yet rounded.
package struct IndicatorValue: Sendable {
  /// The indicator.
  package var indicator: Indicator
  /// Where.
  package var place: IndicatorPlace
  /// The year or school year it is of; empty when it is of none.
  package var year: String
  /// What it answers.
  package var answer: IndicatorAnswer
  /// How many records are behind it.
  package var records: Int
  /// The values of its parts and comparisons.
  package var parts: [IndicatorValue]

  /// Makes a value.
  package init(
    _ indicator: Indicator,
    _ answer: IndicatorAnswer,
    at place: IndicatorPlace = .city,
    year: String = "",
    records: Int = 0,
    parts: [IndicatorValue] = []
  ) {
    self.indicator = indicator
    self.answer = answer
    self.place = place
    self.year = year
    self.records = records
    self.parts = parts
  }

  /// Whether it is there, but not told.
  package var isKeptBack: Bool { answer == .keptBack }
  /// The exact value; `nil` where there is none.
  package var value: Ratio? { answer.exact.map { Ratio($0.numerator, $0.denominator) } }
  /// What stands where there is no value; `nil` when there is one.
  package var missing: String? { answer.words }

  /// The value as people say it, with its unit.
  package var display: String {
    guard let value else { return missing ?? "" }
    if indicator.isPercent { return Numerals.percent(value) }
    return Self.said(value) + indicator.unit
  }

  /// Whole numbers in 万 and 亿; small ones that are not whole with two places behind the point.
  private static func said(_ value: Ratio) -> String {
    guard value.denominator != 1, value < Ratio(1000), Ratio(-1000) < value else {
      return Numerals.spoken(value.rounded)
    }
    return Exact(value.numerator, over: value.denominator)?.text(places: 2) ?? ""
  }

  /// The exact value with its unit.
  package var exact: String {
    guard let value else { return missing ?? "" }
    if indicator.isPercent { return Numerals.percent(value, places: 2) }
    let number =
      value.denominator == 1 || Ratio(1000) <= value
      ? Numerals.grouped(value.rounded) : Self.said(value)
    return indicator.unit.isEmpty ? number : number + " " + indicator.unit
  }

  /// How many records, as people read it.
  package var counted: String {
    isKeptBack ? Published.keptBack : Numerals.grouped(records)
  }

  /// The value as a JSON number in its unit; `null` where there is none.
  package var json: JSON {
    guard let value else { return .null }
    if indicator.isPercent { return .number(value.decimal(places: 6)) }
    return value.denominator == 1
      ? .integer(Int(clamping: value.numerator)) : .number(value.decimal(places: 2))
  }

  /// The indicator and its parts, one after the other.
  package var flattened: [IndicatorValue] { [self] + parts.flatMap(\.flattened) }

  /// One row of `citong figures --json`.
  package var row: JSON {
    .object([
      "code": .string(indicator.code), "label": .string(indicator.label), "value": json,
      "unit": .string(indicator.unit), "display": .string(display),
      "year": .string(year), "formula": .string(indicator.words),
      "rule": .string(indicator.formula), "records": isKeptBack ? .null : .integer(records),
      "isSuppressed": .boolean(isKeptBack),
      "missing": missing.map(JSON.string) ?? .null,
    ])
  }
}

extension Indicator {
  /// Whether its value is a fraction shown in per cent.
  package var isPercent: Bool { display == .percent }
}
