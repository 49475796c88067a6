/// One-time codes of a person's authenticator (TOTP, RFC 6238): 6 digits, a new one each 30 s.
///
/// With HMAC-SHA-1, the only hash that all authenticators know; its weakness does not reach HMAC
/// (RFC 6194).
package struct TOTP: Hashable, Sendable {
  /// The secret shared with the authenticator, 16 bytes or more.
  package let secret: [UInt8]

  /// How many seconds a code is shown.
  package static let period = 30
  private static let digits = 6

  /// Takes a secret; `nil` for fewer than 16 bytes (RFC 4226 §4, R6).
  package init?(secret: [UInt8]) {
    guard secret.count >= 16 else { return nil }
    self.secret = secret
  }

  /// Takes a secret in base32; `nil` for wrong text and fewer than 16 bytes.
  package init?(secretText: String) {
    guard let secret = Base32.decode(secretText) else { return nil }
    self.init(secret: secret)
  }

  /// Draws a new secret of 20 bytes, as RFC 4226 §4 recommends.
  ///
  /// - Throws: `CipherFailure.refused` when there is no entropy.
  package init() throws(CipherFailure) { secret = try SecureRandom.bytes(20) }

  /// The secret in base32, for those who type it; 32 letters for 20 bytes.
  package var secretText: String { Base32.encode(secret) }

  /// The code shown at a moment.
  ///
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  /// - Returns: 6 digits.
  package func code(at seconds: Int) -> String { code(ofCounter: Self.counter(at: seconds)) }

  /// The counter a typed code is of; the caller keeps it as the next `last`.
  ///
  /// The code before and the one after are taken too, for slow hands and clocks (RFC 6238 §5.2).
  /// Who types wrong codes has to be stopped by the caller: three of a million are right.
  ///
  /// - Parameters:
  ///   - code: what was typed, 6 digits.
  ///   - seconds: now, since 1970-01-01T00:00:00Z.
  ///   - last: the counter of the last code taken from this person; `nil` for none.
  /// - Returns: the counter, greater than `last`; `nil` for a wrong code and one used before.
  package func counter(matching code: String, at seconds: Int, after last: Int?) -> Int? {
    let typed = Array(code.utf8)
    let now = Self.counter(at: seconds)
    // The last that matches: were a code that of two counters, it could be used twice otherwise.
    return (now - 1...now + 1).last { counter in
      counter >= 0 && counter > last ?? -1
        && Bytes.equal(Array(self.code(ofCounter: counter).utf8), typed)
    }
  }

  /// How many periods had gone by; negative before 1970.
  private static func counter(at seconds: Int) -> Int {
    seconds / period - (seconds % period < 0 ? 1 : 0)
  }

  /// Whether this machine's libcrypto can do it; to be asked once, when the program starts.
  package static var isAvailable: Bool { Library.hasHash("SHA1") }

  /// HOTP (RFC 4226 §5.3).
  private func code(ofCounter counter: Int) -> String {
    let message = Bytes.bigEndian(UInt64(bitPattern: Int64(counter)))
    let hash: [UInt8]
    do { hash = try Library.hmac("SHA1", key: secret, message) } catch { fatalError("\(error)") }
    let offset = Int(hash[19] & 15)
    let number = hash[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7fff_ffff
    let text = String(number % 1_000_000)
    return String(repeating: "0", count: Self.digits - text.count) + text
  }
}

extension TOTP: CustomStringConvertible, CustomReflectable {
  /// Never the secret, so that no log holds it.
  package var description: String { "TOTP" }

  /// Nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
