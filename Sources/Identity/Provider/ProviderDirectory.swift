import Foundation
import Synchronization
import Values

/// What a provider tells of itself: where it is asked, and with which keys it signs.
///
/// Kept for an hour; keys are fetched again when a token names one that is not among them.
final class ProviderDirectory: Sendable {
  /// Where a provider is asked.
  struct Places: Hashable {
    var authorization: String
    var token: String
    var keys: String
    var takesBasic: Bool
    /// Whether its answers name it (RFC 9207).
    var namesItself: Bool
  }

  private struct Kept {
    var issuer = ""
    var places: Places?
    var placesAt = 0
    var keys: JSON?
    var keysAt = 0
  }

  private let transport: ProviderTransport
  private let kept = Mutex(Kept())

  private static let hour = 3_600
  /// After how many seconds keys are fetched again for one that is missing.
  private static let leastAge = 2

  init(_ transport: ProviderTransport) { self.transport = transport }

  /// Where a provider is asked, by the document it keeps of itself.
  ///
  /// - Throws: `ProviderTransport.Silent` when it does not answer or with something else.
  func places(of issuer: String, now: Int) throws -> Places {
    let known = kept.withLock { $0 }
    if known.issuer == issuer, let places = known.places, now - known.placesAt < Self.hour {
      return places
    }
    let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
    let document = try json(base + "/.well-known/openid-configuration")
    guard document["issuer"]?.string == issuer else {
      throw ProviderTransport.Silent(reason: "它自称是别的提供方")
    }
    func place(_ name: String) throws -> String {
      guard let address = document[name]?.string, ProviderSettings.isAllowed(address) else {
        throw ProviderTransport.Silent(reason: "没有写明 \(name)")
      }
      return address
    }
    let methods = document["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string)
    let challenges = document["code_challenge_methods_supported"]?.array?.compactMap(\.string)
    guard challenges?.contains("S256") ?? true else {
      throw ProviderTransport.Silent(reason: "它不支持 PKCE")
    }
    let places = Places(
      authorization: try place("authorization_endpoint"),
      token: try place("token_endpoint"),
      keys: try place("jwks_uri"),
      takesBasic: methods?.contains("client_secret_basic") ?? true,
      namesItself: document["authorization_response_iss_parameter_supported"] == .boolean(true)
    )
    kept.withLock { $0 = Kept(issuer: issuer, places: places, placesAt: now) }
    return places
  }

  /// The keys of a provider.
  ///
  /// - Parameters:
  ///   - places: where it is asked.
  ///   - isFresh: whether those kept are not enough.
  ///   - now: the moment, in seconds.
  /// - Returns: the set of keys.
  /// - Throws: `ProviderTransport.Silent`.
  func keys(_ places: Places, isFresh: Bool, now: Int) throws -> JSON {
    let known = kept.withLock { $0 }
    let age = now - known.keysAt
    if let keys = known.keys, known.places == places, age < (isFresh ? Self.leastAge : Self.hour) {
      return keys
    }
    let keys = try json(places.keys)
    kept.withLock { ($0.keys, $0.keysAt) = (keys, now) }
    return keys
  }

  private func json(_ address: String) throws -> JSON {
    let reply = try transport.ask(.init(address: address))
    guard reply.status == 200, let json = try? JSON(parsing: reply.body), json.members != nil else {
      throw ProviderTransport.Silent(reason: "\(address) 答 \(reply.status)")
    }
    return json
  }

  /// Exchanges a code for a token.
  ///
  /// - Parameters:
  ///   - code: the code the browser brought.
  ///   - verifier: what the challenge was made of (RFC 7636).
  ///   - redirect: where the browser brought it.
  ///   - places: where the provider is asked.
  ///   - settings: the provider and what this platform is called there.
  /// - Returns: the token that says who it is.
  /// - Throws: `ProviderTransport.Silent` when there is none.
  func token(
    for code: String,
    verifier: String,
    redirect: String,
    _ places: Places,
    _ settings: ProviderSettings
  ) throws -> String {
    var question = ProviderTransport.Question(address: places.token)
    var form = [
      "grant_type": "authorization_code", "code": code, "redirect_uri": redirect,
      "code_verifier": verifier,
    ]
    if settings.secret.isEmpty {
      form["client_id"] = settings.client
    } else if places.takesBasic {
      let pair = [settings.client, settings.secret].map(ProviderTransport.encoded)
      question.authorization =
        "Basic " + Data(pair.joined(separator: ":").utf8).base64EncodedString()
    } else {
      form["client_id"] = settings.client
      form["client_secret"] = settings.secret
    }
    question.form = form
    let reply = try transport.ask(question)
    guard reply.status == 200, let json = try? JSON(parsing: reply.body),
      let token = json["id_token"]?.string
    else { throw ProviderTransport.Silent(reason: "没有换到令牌，答 \(reply.status)") }
    return token
  }
}
