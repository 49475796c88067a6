extension TOTP {
  /// The address authenticators read from a QR code (the Key Uri Format of Google Authenticator).
  ///
  /// It holds the secret. The format has no place for a colon in either name: it becomes a blank.
  ///
  /// - Parameters:
  ///   - account: whose codes they are, such as a mail address.
  ///   - issuer: for which site.
  /// - Returns: `otpauth://totp/issuer:account?secret=…`, of ASCII.
  package func address(account: String, issuer: String) -> String {
    let (account, issuer) = (Self.escaped(account), Self.escaped(issuer))
    return "otpauth://totp/\(issuer):\(account)?secret=\(secretText)&issuer=\(issuer)"
      + "&algorithm=SHA1&digits=6&period=\(Self.period)"
  }

  /// Percent-encoded, but for the unreserved characters of RFC 3986 §2.3.
  private static func escaped(_ text: String) -> String {
    text.utf8.reduce(into: "") { escaped, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ":"): escaped += "%20"
      default: escaped += "%" + Hex.encode([byte]).uppercased()
      }
    }
  }
}
