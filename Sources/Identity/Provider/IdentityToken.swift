import Ciphers
import Values

/// What a provider says of who signed in, in a token it signed (OpenID Connect Core 1.0 §2).
enum IdentityToken {
  /// Why a token is not taken.
  enum Refusal: Error, Hashable {
    /// It can't be read.
    case malformed
    /// It is signed in no way that is taken, or in none.
    case algorithm(String)
    /// It is signed with a key the provider does not show.
    case unknownKey
    /// The signature is wrong.
    case signature
    /// What it says of itself is not what was asked for.
    case claim(String)

    /// For the audit log.
    var sentence: String {
      switch self {
      case .malformed: "令牌读不懂"
      case .algorithm(let name): "令牌的签名方式 \(name.prefix(20)) 不接受"
      case .unknownKey: "令牌的签名密钥不在提供方公布的里面"
      case .signature: "令牌的签名不对"
      case .claim(let name): "令牌的 \(name) 不对"
      }
    }
  }

  /// How far the clocks of provider and platform may be apart, in seconds.
  static let leeway = 60
  /// How old a token may be, in seconds.
  static let mostAge = 600

  /// The keys of a provider's set that a token may be signed with, the one it names first.
  private static func keys(_ set: JSON, _ header: JSON) -> [JSON] {
    let usable = (set["keys"]?.array ?? []).filter { key in
      key["use"]?.string ?? "sig" == "sig" && ["RSA", "EC"].contains(key["kty"]?.string)
    }
    guard let name = header["kid"]?.string else { return usable }
    return usable.filter { $0["kid"]?.string == name }
  }

  /// The claims of a token, if it is right.
  ///
  /// - Parameters:
  ///   - compact: the token.
  ///   - set: the provider's keys (JSON Web Key Set).
  ///   - settings: the provider and what this platform is called there.
  ///   - nonce: what was sent along when it was asked for.
  ///   - now: the moment, in seconds.
  /// - Returns: the claims.
  /// - Throws: `Refusal`.
  static func claims(
    of compact: String,
    keys set: JSON,
    _ settings: ProviderSettings,
    nonce: String,
    now: Int
  ) throws(Refusal) -> JSON {
    guard compact.utf8.count < 100_000, let parts = SignedToken.parts(of: compact),
      let header = try? JSON(parsing: parts.header), let claims = try? JSON(parsing: parts.payload)
    else { throw .malformed }
    let algorithm = header["alg"]?.string ?? ""
    guard SignedToken.algorithms.contains(algorithm), header["crit"] == nil else {
      throw .algorithm(algorithm)
    }
    let keys = keys(set, header).filter { $0["alg"]?.string ?? algorithm == algorithm }
    guard !keys.isEmpty else { throw .unknownKey }
    guard keys.contains(where: { SignedToken.isSigned(compact, by: $0.text) }) else {
      throw .signature
    }
    guard claims["iss"]?.string == settings.issuer else { throw .claim("iss") }
    let audience = claims["aud"]?.array?.compactMap(\.string) ?? [claims["aud"]?.string ?? ""]
    guard audience.contains(settings.client) else { throw .claim("aud") }
    let party = claims["azp"]?.string
    guard party == settings.client || party == nil && audience.count == 1 else {
      throw .claim("azp")
    }
    guard let expiry = seconds(claims["exp"]), now < expiry + leeway else { throw .claim("exp") }
    guard let issued = seconds(claims["iat"]), issued <= now + leeway, now - issued <= mostAge
    else {
      throw .claim("iat")
    }
    guard claims["nonce"]?.string == nonce else { throw .claim("nonce") }
    return claims
  }

  private static func seconds(_ claim: JSON?) -> Int? {
    switch claim {
    case .integer(let number) where number.magnitude < 1 << 40: number
    case .number(let text): Double(text).flatMap { abs($0) < 1e12 ? Int($0) : nil }
    default: nil
    }
  }
}
