package import Values

/// A figure in a document: a formula over records and indicators, and how its value is written.
package struct LiveFigure: Hashable, Sendable {
  /// How a value is written.
  package enum Style: String, Hashable, Sendable, CaseIterable {
    /// As it is: whole, or with the places it has, two at most.
    case plain = ""
    /// In 万, with one place.
    case tenThousands = "万"
    /// In 亿, with two places.
    case hundredMillions = "亿"
    /// In per cent, with one place.
    case percent = "%"
    /// In whole per cent, rounded down: for 以上.
    case percentAbove = "%以上"
    /// Rounded down to hundreds: for 多.
    case hundredsAbove = "整百"
    /// As a fraction: 1/5.
    case fraction = "分数"
  }

  /// What can't be read as a figure.
  package struct Unreadable: Error, Hashable, Sendable {
    /// What is wrong.
    package var message: String
  }

  /// Its number in the document, the first is 1.
  package var number: Int
  /// The formula.
  package var formula: String
  /// How the value is written.
  package var style: Style
  /// The line of the template.
  package var line: Int

  init(_ number: Int, _ formula: String, _ style: Style, _ line: Int) {
    self.number = number
    self.formula = formula
    self.style = style
    self.line = line
  }

  /// Reads `公式|写法`.
  static func read(_ text: String, _ number: Int, _ line: Int) throws(Unreadable) -> LiveFigure {
    var (formula, style) = (text, Style.plain)
    // A formula may have || in it: only a known word after the last bar is a style.
    if let bar = text.lastIndex(of: "|"), !text[..<bar].hasSuffix("|") {
      let word = Text.trimmed(String(text[text.index(after: bar)...]))
      guard let known = Style(rawValue: word), known != .plain else {
        let known = Style.allCases.dropFirst().map(\.rawValue).joined(separator: "、")
        throw Unreadable(message: "不认识写法“\(word)”，可用：\(known)。")
      }
      style = known
      formula = Text.trimmed(String(text[..<bar]))
    }
    guard !formula.isEmpty else { throw Unreadable(message: "“{{ }}”里没有公式。") }
    return LiveFigure(number, formula, style, line)
  }

  /// A value as the document has it.
  package func said(_ value: Exact) -> String {
    switch style {
    case .plain: Self.trimmed(value.isWhole ? value.text : value.text(places: 2))
    case .tenThousands: Self.trimmed(Self.over(value, 10_000).text(places: 1)) + "万"
    case .hundredMillions: Self.trimmed(Self.over(value, 100_000_000).text(places: 2)) + "亿"
    case .percent:
      Self.trimmed((value.multiplied(by: Exact(100)) ?? value).text(places: 1)) + "%"
    case .percentAbove: "\((value.multiplied(by: Exact(100)) ?? value).truncated)%"
    case .hundredsAbove: "\(value.truncated / 100 * 100)"
    case .fraction: "\(value.numerator)/\(value.denominator)"
    }
  }

  private static func over(_ value: Exact, _ unit: Int) -> Exact {
    value.divided(by: Exact(unit)) ?? value
  }

  private static func trimmed(_ decimal: String) -> String {
    guard decimal.contains(".") else { return decimal }
    var text = decimal
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
