/// Bytes as hexadecimal digits (base16, RFC 4648 §8).
package enum Hex {
  private static let alphabet = DigitAlphabet("0123456789abcdef", ignoresCase: true)

  /// Writes bytes, two lower-case digits each.
  package static func encode(_ bytes: [UInt8]) -> String { alphabet.encode(bytes) }

  /// Reads digits of either case.
  ///
  /// - Returns: the bytes; `nil` for an odd length and anything that is no digit.
  package static func decode(_ text: String) -> [UInt8]? { alphabet.decode(text) }
}
