/// An administrative division code: GB/T 2260 (six digits), a town (nine), or a zone's local code.
package struct RegionCode: Hashable, Sendable {
  /// The normalised code.
  package let text: String

  /// Reads a code and fills short ones: `99` becomes `990000`, `9901` becomes `990100`.
  ///
  /// - Returns: `nil` when the text is neither of 2, 4, 6, 9 or 12 digits nor a zone code such as
  ///   `990100Z1`.
  package init?(_ text: String) {
    let code = Text.code(text).uppercased()
    let isZone = code.utf8.count == 8 && code.dropFirst(6).first == "Z"
    let digits = isZone ? code.prefix(6) + code.dropFirst(7) : Substring(code)
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    switch code.utf8.count {
    case 2: self.text = code + "0000"
    case 4: self.text = code + "00"
    case 6, 9, 12: self.text = code
    case 8 where isZone: self.text = code
    default: return nil
    }
  }
}
