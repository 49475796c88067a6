import Calendar
import Indicators
import Values

extension Site {
  /// A living figure inside a sentence.
  func living(_ value: IndicatorValue, _ display: String? = nil) -> Model {
    [
      "code": value.indicator.code.replacing(".", with: "-"),
      "display": display ?? Self.number(value),
      "exact": value.exact, "href": Address.figure(value.indicator.code),
      "sentence": value.indicator.words + "。", "asOf": asOf?.description,
      "parts": value.parts.map {
        [
          "label": $0.indicator.label, "value": $0.display,
          "href": Address.figure($0.indicator.code),
        ]
          as Model
      }.asRows,
      "records": "\(value.counted) 条",
      "missing": value.missing,
    ]
  }

  /// The number without its unit, as it stands in a sentence.
  static func number(_ value: IndicatorValue) -> String {
    let unit = value.indicator.unit
    return unit.isEmpty ? value.display : String(value.display.dropLast(unit.count))
  }
}
