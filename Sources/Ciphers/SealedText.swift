/// A sealed value as it stands in a column of a database: `suite:key name:base64url`.
///
/// Suite and name of the key are readable, so that old values can be opened after either changed.
package struct SealedText: Hashable, Sendable {
  /// How it was sealed.
  package let suite: CipherSuite
  /// The name of the key on the ring.
  package let keyName: String
  /// What the suite made; never empty.
  package let bytes: [UInt8]

  /// Makes one; the name has to be one (`isKeyName`).
  init(suite: CipherSuite, keyName: String, bytes: [UInt8]) {
    self.suite = suite
    self.keyName = keyName
    self.bytes = bytes
  }

  /// Reads the text form, `nil` for any other text.
  ///
  /// Checks nothing that needs a key.
  ///
  /// - Parameter text: what `text` gave.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.count == 3, let suite = CipherSuite(rawValue: parts[0]),
      Self.isKeyName(parts[1]), let bytes = Base64URL.decode(parts[2]), !bytes.isEmpty
    else { return nil }
    self.init(suite: suite, keyName: parts[1], bytes: bytes)
  }

  /// The text form, of ASCII.
  package var text: String { "\(suite.rawValue):\(keyName):\(Base64URL.encode(bytes))" }

  /// Whether a text can name a key: 1 to 64 letters, digits, `.`, `_` and `-` of ASCII.
  static func isKeyName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
