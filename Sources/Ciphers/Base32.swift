/// Bytes as letters a person can type (base32, RFC 4648 §6), such as secrets of one-time codes.
package enum Base32 {
  private static let alphabet = DigitAlphabet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    ignoresCase: true
  )

  /// Writes bytes in upper case, without padding, which `otpauth` addresses do not have.
  package static func encode(_ bytes: [UInt8]) -> String { alphabet.encode(bytes) }

  /// Reads letters of either case.
  ///
  /// - Returns: the bytes; `nil` for padding, blanks, the digits 0, 1, 8, 9, and a length or last
  ///   letter no bytes have.
  package static func decode(_ text: String) -> [UInt8]? { alphabet.decode(text) }
}
