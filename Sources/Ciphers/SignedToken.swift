import CJose

/// A token somebody else signed (JSON Web Signature, RFC 7515), in its compact form.
package enum SignedToken {
  /// The signatures that are taken: by a key pair, never by a shared secret or by none.
  package static let algorithms: Set<String> = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
  ]

  /// The three parts of a token as bytes; `nil` for what is none.
  package static func parts(of compact: String) -> (header: [UInt8], payload: [UInt8])? {
    let parts = compact.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[2].isEmpty,
      let header = Base64URL.decode(String(parts[0])),
      let payload = Base64URL.decode(String(parts[1]))
    else { return nil }
    return (header, payload)
  }

  /// Whether a token was signed with a key.
  ///
  /// Which algorithm its header may name is for the caller to say first.
  ///
  /// - Parameters:
  ///   - compact: the token.
  ///   - key: a public key as JSON (JSON Web Key, RFC 7517).
  /// - Returns: whether the signature is right; also `false` for a key or a token that can't be read.
  package static func isSigned(_ compact: String, by key: String) -> Bool {
    var error = cjose_err()
    guard let jwk = cjose_jwk_import(key, key.utf8.count, &error) else { return false }
    defer { cjose_jwk_release(jwk) }
    guard let jws = cjose_jws_import(compact, compact.utf8.count, &error) else { return false }
    defer { cjose_jws_release(jws) }
    return cjose_jws_verify(jws, jwk, &error)
  }
}
