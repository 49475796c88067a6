/// Bytes as letters that need no escape in addresses and file names (base64url, RFC 4648 §5).
package enum Base64URL {
  private static let alphabet = DigitAlphabet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
    ignoresCase: false
  )

  /// Writes bytes, without padding.
  package static func encode(_ bytes: [UInt8]) -> String { alphabet.encode(bytes) }

  /// Reads what `encode` writes.
  ///
  /// - Returns: the bytes; `nil` for padding, `+`, `/`, blanks, and any text `encode` never writes.
  package static func decode(_ text: String) -> [UInt8]? { alphabet.decode(text) }
}
