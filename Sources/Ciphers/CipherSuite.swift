/// A way of sealing bytes: nobody without the key can read them, or change them unnoticed.
///
/// The raw values stand in stored texts and stay as they are.
package enum CipherSuite: String, CaseIterable, Hashable, Sendable {
  /// AES-256 in Galois/counter mode (NIST SP 800-38D); see `AES256GCM`.
  case aes256GCM = "aes256-gcm"
  /// SM4 in counter mode, authenticated with HMAC-SM3, for where 商用密码 are required; see
  /// `SM4CTR`.
  case sm4CTR = "sm4-ctr-hmac-sm3"

  /// How many bytes a key has.
  package static let keyLength = 32

  /// The hash that goes with it.
  package var hash: HashAlgorithm {
    switch self {
    case .aes256GCM: .sha256
    case .sm4CTR: .sm3
    }
  }

  /// Whether this machine's libcrypto offers all it needs.
  package var isAvailable: Bool {
    let cipher =
      switch self {
      case .aes256GCM: AES256GCM.name
      case .sm4CTR: SM4CTR.name
      }
    return Library.hasCipher(cipher) && hash.isAvailable
  }

  /// Seals bytes; the same bytes are sealed differently each time.
  ///
  /// - Parameters:
  ///   - plain: what is to be kept secret; its length can be seen.
  ///   - key: 32 bytes nobody can guess.
  ///   - context: what the bytes belong to. It is not kept with them: opening needs it again.
  /// - Returns: what may be stored anywhere; 28 (AES) or 48 (SM4) bytes longer than `plain`.
  /// - Throws: `CipherFailure.wrongKeyLength`; `.tooLong` for 2 GiB and more; `.unavailable` and
  ///   `.refused` when libcrypto can't.
  package func seal(
    _ plain: [UInt8],
    key: [UInt8],
    context: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    guard key.count == Self.keyLength else { throw .wrongKeyLength(key.count) }
    return switch self {
    case .aes256GCM: try AES256GCM.seal(plain, key: key, context: context)
    case .sm4CTR: try SM4CTR.seal(plain, key: key, context: context)
    }
  }

  /// Opens what `seal` made.
  ///
  /// - Parameters:
  ///   - sealed: the bytes as they were stored.
  ///   - key: the key they were sealed with.
  ///   - context: the context they were sealed for.
  /// - Returns: the plain bytes.
  /// - Throws: `CipherFailure.forged` for a changed bit, another key or another context;
  ///   `.wrongKeyLength`; `.tooLong`, `.unavailable` and `.refused` when libcrypto can't.
  package func open(
    _ sealed: [UInt8],
    key: [UInt8],
    context: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    guard key.count == Self.keyLength else { throw .wrongKeyLength(key.count) }
    return switch self {
    case .aes256GCM: try AES256GCM.open(sealed, key: key, context: context)
    case .sm4CTR: try SM4CTR.open(sealed, key: key, context: context)
    }
  }
}
