/// The way workbooks write characters that XML can't: `_x000D_`.
enum Escapes {
  /// The text a cell means.
  static func decoded(_ text: String) -> String {
    guard mayHoldEscape(text) else { return text }
    var output = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "_", let meant = code(rest).flatMap(Unicode.Scalar.init),
        rest.dropFirst(5).first == "_"
      {
        output.append(meant)
        rest = rest.dropFirst(6)
      } else {
        output.append(scalar)
      }
    }
    return String(output)
  }

  /// A text in such a way that `decoded` gives it back.
  ///
  /// Control characters aside: those the writing library looks after, and they begin with an underscore
  /// too. The two characters that XML has no place for at all are given up.
  static func encoded(_ text: String) -> String {
    let hasNone =
      text.utf8.contains(0xEF) && text.unicodeScalars.contains { $0.value | 1 == 0xFFFF }
    guard hasNone || mayHoldEscape(text) else { return text }
    var output = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "_", code(rest) != nil {
        output.append(contentsOf: "_x005F_".unicodeScalars)
      } else {
        output.append(scalar.value | 1 == 0xFFFF ? "\u{FFFD}" : scalar)
      }
    }
    return String(output)
  }

  private static func mayHoldEscape(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "_")) && text.contains("_x")
  }

  /// The number behind an `x` at the beginning of a text, of four digits; `nil` when there is none.
  private static func code(_ text: Substring.UnicodeScalarView) -> UInt32? {
    let digits = text.prefix(5).dropFirst()
    guard text.first == "x", digits.count == 4, digits.allSatisfy(\.properties.isASCIIHexDigit)
    else { return nil }
    return UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
  }
}
