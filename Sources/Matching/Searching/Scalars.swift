import Values

/// The form texts are searched in: half-width, lower case, blanks dropped between Han characters and
/// made single elsewhere, so that a query is found however it is spaced.
package enum SearchText {
  /// The normal form.
  package static func normal(_ text: String) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.utf8.count / 2)
    var isBlankPending = false
    for scalar in text.unicodeScalars {
      var value = scalar.value
      if value < 0x80 {
        if value >= 0x41, value <= 0x5A { value += 0x20 }
        if value <= 0x20 || value == 0x7F {
          isBlankPending = true
          continue
        }
      } else if value >= 0xFF01, value <= 0xFF5E {
        value -= 0xFEE0
        if value >= 0x41, value <= 0x5A { value += 0x20 }
      } else if Text.isBlank(scalar) {
        isBlankPending = true
        continue
      } else if !Text.isHan(scalar) {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        if lower.count == 1, let only = lower.first { value = only.value }
      }
      if isBlankPending {
        isBlankPending = false
        if let last = scalars.last, isWord(last), isWord(value) { scalars.append(0x20) }
      }
      scalars.append(value)
    }
    return scalars
  }

  /// Whether a blank beside it separates words: letters and digits of alphabets, not Han.
  private static func isWord(_ value: UInt32) -> Bool {
    (0x30...0x39).contains(value) || (0x61...0x7A).contains(value) || (0xC0...0x24F).contains(value)
  }
}
