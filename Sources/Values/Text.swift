import Foundation

/// Normal forms of what people type.
package enum Text {
  /// Trims blanks of every kind at both ends and puts the text in Unicode normal form C.
  package static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }) else { return "" }
    let last = scalars.lastIndex(where: { !isBlank($0) }) ?? first
    let isWhole = first == scalars.startIndex && scalars.index(after: last) == scalars.endIndex
    let cut = isWhole ? text : String(String.UnicodeScalarView(scalars[first...last]))
    return cut.unicodeScalars.allSatisfy(isComposed)
      ? cut : cut.precomposedStringWithCanonicalMapping
  }

  /// Whether a scalar is surely in normal form C wherever it stands: what Chinese texts are made of.
  private static func isComposed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x300, 0x2000...0x200A, 0x2010...0x2025, 0x3001...0x3029, 0x3400...0x4DBF,
      0x4E00...0x9FFF,
      0xFF01...0xFFEF:
      true
    default: false
    }
  }

  /// The form a code is compared in: trimmed, full-width letters and digits made half-width, inner
  /// blanks dropped.
  package static func code(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
    var view = String.UnicodeScalarView()
    for scalar in halfWidth(text).unicodeScalars where !isBlank(scalar) { view.append(scalar) }
    return String(view)
  }

  /// Replaces full-width ASCII (U+FF01…U+FF5E) and the ideographic blank by their half-width forms.
  package static func halfWidth(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E:
        view.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3000:
        view.append(" ")
      default:
        view.append(scalar)
      }
    }
    return String(view)
  }

  /// The form names are compared in when looking for the same thing written otherwise: half-width,
  /// lower case, without blanks, brackets alike.
  package static func comparable(_ text: String) -> String {
    code(text).lowercased()
  }

  /// Whether a scalar is a blank, including the no-break, ideographic and zero-width ones.
  package static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value) }
    return scalar.properties.isWhitespace || scalar.value == 0x200B || scalar.value == 0xFEFF
  }

  /// Whether a scalar is a CJK ideograph.
  package static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x3134F: true
    default: false
    }
  }
}
