import CJose
package import Values

/// Signs tokens as an identity provider does, with a fresh key of its own.
package final class TestSigner {
  private let jwk: OpaquePointer

  /// Makes a key.
  ///
  /// - Parameters:
  ///   - name: what the key is called.
  ///   - isElliptic: whether it is one of an elliptic curve, not of RSA.
  package init?(_ name: String, isElliptic: Bool = false) {
    var error = cjose_err()
    var exponent: [UInt8] = [1, 0, 1]
    let made =
      isElliptic
      ? cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error)
      : cjose_jwk_create_RSA_random(2048, &exponent, 3, &error)
    guard let made, cjose_jwk_set_kid(made, name, name.utf8.count, &error) else { return nil }
    jwk = made
  }

  deinit { cjose_jwk_release(jwk) }

  /// The public key as JSON.
  package var key: JSON {
    var error = cjose_err()
    guard let text = cjose_jwk_to_json(jwk, false, &error) else { return .null }
    defer { cjose_get_dealloc()(text) }
    return (try? JSON(parsing: String(cString: text).utf8)) ?? .null
  }

  /// A token.
  ///
  /// - Parameters:
  ///   - claims: what it says.
  ///   - algorithm: how it is signed.
  ///   - header: what its header says besides.
  /// - Returns: the token; empty when it can't be signed so.
  package func token(
    _ claims: JSON,
    _ algorithm: String = "RS256",
    header: [String: String] = [:]
  ) -> String {
    var error = cjose_err()
    let made = cjose_header_new(&error)
    defer { cjose_header_release(made) }
    cjose_header_set(made, "alg", algorithm, &error)
    for (name, value) in header { cjose_header_set(made, name, value, &error) }
    let payload = Array(claims.text.utf8)
    guard let jws = cjose_jws_sign(jwk, made, payload, payload.count, &error) else { return "" }
    defer { cjose_jws_release(jws) }
    var text: UnsafePointer<CChar>?
    guard cjose_jws_export(jws, &text, &error), let text else { return "" }
    return String(cString: text)
  }
}
