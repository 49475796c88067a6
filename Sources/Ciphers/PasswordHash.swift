internal import COpenSSL

/// A password as it is kept: hashed with scrypt (RFC 7914), salted, never to be read back.
///
/// The bytes of its UTF-8 are hashed as they are. Nothing is normalised: a caller who takes `é` and
/// `e` with an accent for the same password normalises both times. Zero bytes at the end of a
/// password of up to 64 bytes do not count, as scrypt begins with HMAC (RFC 2104 §2).
///
/// Hashing takes a good part of a second and the cost's memory: run it on a thread of its own, few
/// at once, and limit the length of what is asked.
package struct PasswordHash: Hashable, Sendable {
  /// What it cost.
  package let cost: Cost
  private let salt: [UInt8]
  private let hash: [UInt8]

  private static let saltLength = 16
  private static let hashLength = 32

  /// Hashes a password with a new salt of 16 bytes.
  ///
  /// - Parameters:
  ///   - password: the password, any text.
  ///   - cost: what a guess is to cost; less than the standard in tests only.
  /// - Throws: `CipherFailure.refused` when there is no memory or no entropy.
  package init(password: String, cost: Cost = .standard) throws(CipherFailure) {
    let salt = try SecureRandom.bytes(Self.saltLength)
    self.cost = cost
    self.salt = salt
    hash = try Self.scrypt(Array(password.utf8), salt: salt, cost: cost, count: Self.hashLength)
  }

  /// Reads the text form, `nil` for any other text and for a cost no server can be asked for.
  ///
  /// - Parameter text: what `text` gave.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.count == 6, parts[0] == "scrypt",
      let exponent = Self.number(parts[1]), let blockSize = Self.number(parts[2]),
      let parallelism = Self.number(parts[3]),
      let cost = Cost(exponent: exponent, blockSize: blockSize, parallelism: parallelism),
      let salt = Base64URL.decode(parts[4]), salt.count == Self.saltLength,
      let hash = Base64URL.decode(parts[5]), hash.count == Self.hashLength
    else { return nil }
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// The text form, `scrypt$log2 N$r$p$salt$hash`, of ASCII, salt and hash in base64url.
  package var text: String {
    let numbers = "\(cost.exponent)$\(cost.blockSize)$\(cost.parallelism)"
    return "scrypt$\(numbers)$\(Base64URL.encode(salt))$\(Base64URL.encode(hash))"
  }

  /// Whether a password is the one; in a time that does not tell how near it is.
  ///
  /// Also `false` when there is no memory to find out.
  package func matches(_ password: String) -> Bool {
    let found = try? Self.scrypt(Array(password.utf8), salt: salt, cost: cost, count: hash.count)
    return found.map { Bytes.equal($0, hash) } ?? false
  }

  /// Whether a guess costs less than one would under `cost`; then hash anew at the next log-in.
  package func isWeaker(than cost: Cost) -> Bool { self.cost.isWeaker(than: cost) }

  /// Scrypt itself.
  ///
  /// - Parameters:
  ///   - password: any bytes.
  ///   - salt: any bytes.
  ///   - cost: N, r and p.
  ///   - count: how many bytes are wanted.
  /// - Returns: that many bytes.
  /// - Throws: `CipherFailure.refused` when there is no memory.
  static func scrypt(
    _ password: [UInt8],
    salt: [UInt8],
    cost: Cost,
    count: Int
  ) throws(CipherFailure) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: count)
    let (r, p) = (UInt64(cost.blockSize), UInt64(cost.parallelism))
    let n: UInt64 = 1 << UInt64(cost.exponent)
    // Libcrypto refuses more than 32 MiB unless told; it needs N, p and 2 blocks of 128·r bytes.
    let limit = 128 * r * (n + p + 2)
    let done = password.withUnsafeBytes { password in
      EVP_PBE_scrypt(
        password.baseAddress?.assumingMemoryBound(to: CChar.self),
        password.count,
        salt,
        salt.count,
        n,
        r,
        p,
        limit,
        &hash,
        count
      )
    }
    guard done == 1 else { throw Library.refusal(of: "scrypt") }
    return hash
  }

  /// A number without sign, leading zero or anything else its text form would not have.
  private static func number(_ text: String) -> Int? {
    Int(text).flatMap { String($0) == text ? $0 : nil }
  }
}

extension PasswordHash: CustomStringConvertible, CustomReflectable {
  /// The cost alone, so that no log holds the hash.
  package var description: String { "PasswordHash(\(cost))" }

  /// Nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
