internal import COpenSSL

/// Calls of libcrypto for which an algorithm is only a name.
///
/// A name it lacks is an error when called, where its C functions would stop the program's linking.
enum Library {
  /// The digest of bytes.
  ///
  /// - Parameters:
  ///   - name: libcrypto's name of the algorithm, such as `SHA256`.
  ///   - bytes: what is hashed.
  /// - Returns: as many bytes as the algorithm gives.
  /// - Throws: `CipherFailure.refused` when libcrypto does not have it.
  static func digest(_ name: String, _ bytes: [UInt8]) throws(CipherFailure) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count = 0
    let done = EVP_Q_digest(nil, name, nil, bytes, bytes.count, &digest, &count)
    guard done == 1 else { throw refusal(of: name) }
    return Array(digest.prefix(count))
  }

  /// The keyed digest of bytes (HMAC, RFC 2104).
  ///
  /// - Parameters:
  ///   - name: libcrypto's name of the hash, such as `SM3`.
  ///   - key: of any length.
  ///   - bytes: what is authenticated.
  /// - Returns: as many bytes as the hash gives.
  /// - Throws: `CipherFailure.refused` when libcrypto does not have it.
  static func hmac(
    _ name: String,
    key: [UInt8],
    _ bytes: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count = 0
    let done = EVP_Q_mac(
      nil,
      "HMAC",
      nil,
      name,
      nil,
      key,
      key.count,
      bytes,
      bytes.count,
      &code,
      code.count,
      &count
    )
    guard done != nil else { throw refusal(of: "HMAC-\(name)") }
    return Array(code.prefix(count))
  }

  /// Whether libcrypto offers a hash.
  static func hasHash(_ name: String) -> Bool {
    let hash = EVP_MD_fetch(nil, name, nil)
    if hash == nil { ERR_clear_error() }
    EVP_MD_free(hash)
    return hash != nil
  }

  /// Whether libcrypto offers a cipher.
  static func hasCipher(_ name: String) -> Bool {
    let cipher = EVP_CIPHER_fetch(nil, name, nil)
    if cipher == nil { ERR_clear_error() }
    EVP_CIPHER_free(cipher)
    return cipher != nil
  }

  /// The failure of a step, with the reason libcrypto left.
  ///
  /// Empties the thread's list of errors: others in this program that use OpenSSL on the same
  /// thread (libpq, libcurl) would take what is left there for theirs.
  static func refusal(of step: String) -> CipherFailure {
    let reason = ERR_reason_error_string(ERR_peek_last_error()).map { String(cString: $0) }
    ERR_clear_error()
    return .refused(reason.map { "\(step): \($0)" } ?? step)
  }
}
