internal import COpenSSL

/// Bytes nobody can foresee, from libcrypto's generator, which the system's generator feeds.
package enum SecureRandom {
  /// Draws bytes.
  ///
  /// - Parameter count: how many, 0 or more.
  /// - Returns: that many bytes.
  /// - Throws: `CipherFailure.refused` when the generator has no entropy, `.tooLong` for 2 GiB and
  ///   more.
  package static func bytes(_ count: Int) throws(CipherFailure) -> [UInt8] {
    guard let wanted = Int32(exactly: count), wanted >= 0 else { throw .tooLong(count) }
    var bytes = [UInt8](repeating: 0, count: count)
    guard RAND_bytes(&bytes, wanted) == 1 else { throw Library.refusal(of: "RAND_bytes") }
    return bytes
  }

  /// Draws a token for a session or a link in a mail.
  ///
  /// - Returns: 256 bits as 43 characters of base64url without padding.
  /// - Throws: `CipherFailure.refused` when the generator has no entropy.
  package static func token() throws(CipherFailure) -> String { Base64URL.encode(try bytes(32)) }
}
