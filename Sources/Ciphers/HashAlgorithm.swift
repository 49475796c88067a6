/// A hash of 256 bits.
package enum HashAlgorithm: String, CaseIterable, Hashable, Sendable {
  /// SHA-256, FIPS 180-4.
  case sha256
  /// SM3, GB/T 32905-2016 (信息安全技术 SM3密码杂凑算法).
  case sm3

  /// Whether this machine's libcrypto offers it; to be asked once, when the program starts.
  package var isAvailable: Bool { Library.hasHash(name) }

  /// Hashes bytes.
  ///
  /// Ends the program where the algorithm is not available.
  ///
  /// - Parameter bytes: what is hashed.
  /// - Returns: 32 bytes.
  package func hash(_ bytes: [UInt8]) -> [UInt8] {
    do { return try Library.digest(name, bytes) } catch { fatalError("\(error)") }
  }

  /// Authenticates bytes with a key (HMAC, RFC 2104).
  ///
  /// Ends the program where the algorithm is not available.
  ///
  /// - Parameters:
  ///   - key: of any length; one of more than 64 bytes is hashed first, as the RFC says.
  ///   - bytes: what is authenticated.
  /// - Returns: 32 bytes.
  package func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    do { return try Library.hmac(name, key: key, bytes) } catch { fatalError("\(error)") }
  }

  /// Derives a key of 32 bytes from another (HKDF-Expand, RFC 5869 §2.3, its first block).
  ///
  /// - Parameters:
  ///   - key: 32 bytes nobody can guess.
  ///   - label: what the derived key is for; another label gives an unrelated key.
  /// - Returns: 32 bytes.
  /// - Throws: `CipherFailure.refused` where the algorithm is not available.
  func derive(from key: [UInt8], label: [UInt8]) throws(CipherFailure) -> [UInt8] {
    try Library.hmac(name, key: key, label + [1])
  }

  /// Libcrypto's name of it.
  var name: String {
    switch self {
    case .sha256: "SHA256"
    case .sm3: "SM3"
    }
  }
}
