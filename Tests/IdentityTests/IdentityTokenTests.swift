import Ciphers
import CitongTesting
@testable import Identity
import Testing
import Values

/// Tokens of an identity provider.
@Suite struct IdentityTokenTests {
  private static let settings = ProviderSettings(issuer: "https://id.example", client: "citong")
  private static let now = 1_657_760_400

  private func claims(_ changes: [String: JSON?] = [:]) -> JSON {
    var claims: [String: JSON] = [
      "iss": "https://id.example", "aud": "citong", "sub": "350500001", "nonce": "n-1",
      "iat": .integer(Self.now - 5), "exp": .integer(Self.now + 300),
    ]
    for (name, value) in changes { claims[name] = value }
    return .object(claims.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) })
  }

  /// What comes of a token: who it is, or why it is not taken.
  private func outcome(_ token: String, _ keys: [JSON]) -> String {
    do {
      return try IdentityToken.claims(
        of: token,
        keys: .object(["keys": .array(keys)]),
        Self.settings,
        nonce: "n-1",
        now: Self.now
      )["sub"]?.string ?? ""
    } catch {
      return error.sentence
    }
  }

  @Test(arguments: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
  func `a token that is right names somebody`(_ algorithm: String) throws {
    let signer = try #require(TestSigner("a"))
    let token = signer.token(claims(), algorithm, header: ["kid": "a"])
    #expect(outcome(token, [signer.key]) == "350500001")
  }

  @Test func `a token of an elliptic key, and one of two keys without a name`() throws {
    let curve = try #require(TestSigner("e", isElliptic: true))
    #expect(
      outcome(curve.token(claims(), "ES256", header: ["kid": "e"]), [curve.key]) == "350500001"
    )
    let (first, second) = (try #require(TestSigner("a")), try #require(TestSigner("b")))
    #expect(outcome(second.token(claims()), [first.key, second.key]) == "350500001")
  }

  @Test func `each claim that is not as asked for is told`() throws {
    let signer = try #require(TestSigner("a"))
    let cases: [([String: JSON?], String)] = [
      (["iss": "https://else.example"], "令牌的 iss 不对"), (["iss": JSON?.none], "令牌的 iss 不对"),
      (["aud": "other"], "令牌的 aud 不对"), (["aud": .array(["other"])], "令牌的 aud 不对"),
      (["aud": .array(["citong", "other"])], "令牌的 azp 不对"),
      (["aud": .array(["citong", "other"]), "azp": "citong"], "350500001"),
      (["azp": "other"], "令牌的 azp 不对"), (["nonce": "n-2"], "令牌的 nonce 不对"),
      (["nonce": JSON?.none], "令牌的 nonce 不对"),
      (["exp": .integer(Self.now - 60)], "令牌的 exp 不对"),
      (["exp": .integer(Self.now - 59)], "350500001"), (["exp": "later"], "令牌的 exp 不对"),
      (["exp": .integer(99_999_999_999_999)], "令牌的 exp 不对"), (["exp": JSON?.none], "令牌的 exp 不对"),
      (["iat": .integer(Self.now + 61)], "令牌的 iat 不对"),
      (["iat": .integer(Self.now - 601)], "令牌的 iat 不对"),
    ]
    for (changes, expected) in cases {
      #expect(outcome(signer.token(claims(changes)), [signer.key]) == expected, "\(changes)")
    }
  }

  @Test func `signatures of others, changed words and weak algorithms are refused`() throws {
    let (signer, other) = (try #require(TestSigner("a")), try #require(TestSigner("a")))
    let token = signer.token(claims(), header: ["kid": "a"])
    #expect(outcome(token, [other.key]) == "令牌的签名不对")
    #expect(outcome(token, []) == "令牌的签名密钥不在提供方公布的里面")
    #expect(
      outcome(signer.token(claims(), header: ["kid": "b"]), [signer.key])
        == "令牌的签名密钥不在提供方公布的里面"
    )
    let parts = token.split(separator: ".").map(String.init)
    let forged = Base64URL.encode(Array(claims(["sub": "1"]).text.utf8))
    #expect(outcome("\(parts[0]).\(forged).\(parts[2])", [signer.key]) == "令牌的签名不对")
    for (algorithm, signature) in [("none", ""), ("none", "AA"), ("HS256", parts[2])] {
      let header = Base64URL.encode(Array(#"{"alg":"\#(algorithm)"}"#.utf8))
      let said = outcome("\(header).\(parts[1]).\(signature)", [signer.key])
      #expect(
        said == (signature.isEmpty ? "令牌读不懂" : "令牌的签名方式 \(algorithm) 不接受"),
        "\(algorithm)"
      )
    }
    // A header may not ask for what is not understood.
    #expect(
      outcome(signer.token(claims(), header: ["crit": "b64"]), [signer.key]).hasSuffix("不接受")
    )
    for nonsense in ["", ".", "..", "a.b.c", "€.€.€", String(repeating: "x", count: 200_000)] {
      #expect(outcome(nonsense, [signer.key]) == "令牌读不懂")
    }
  }
}
