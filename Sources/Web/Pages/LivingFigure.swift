import Calendar
import Ledger
import Values

extension Site {
  /// A living figure inside a sentence.
  func living(_ value: FigureValue, _ display: String? = nil) -> Model {
    [
      "code": value.figure.code.replacing(".", with: "-"), "display": display ?? Self.number(value),
      "exact": value.exact, "href": Address.figure(value.figure.code),
      "sentence": value.figure.words + "。", "asOf": asOf?.description,
      "parts": value.parts.map {
        ["label": $0.figure.label, "value": $0.display, "href": Address.figure($0.figure.code)]
          as Model
      }.asRows,
      "records": "\(value.counted) 条",
      "missing": value.missing,
    ]
  }

  /// The number without its unit, as it stands in a sentence.
  static func number(_ value: FigureValue) -> String {
    let unit = value.figure.unit.rawValue
    return unit.isEmpty ? value.display : String(value.display.dropLast(unit.count))
  }
}
