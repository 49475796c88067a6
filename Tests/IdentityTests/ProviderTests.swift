import CitongTesting
import Foundation
@testable import Identity
import Records
import Synchronization
import Testing
import Values

/// Signing in by an identity provider, one that answers as a test tells it to.
@Suite struct ProviderTests {
  /// A provider: its keys, what its tokens say, what it was asked.
  private final class Provider: Sendable {
    struct State {
      var keys: [JSON] = []
      var token = ""
      var isSilent = false
      var asked: [ProviderTransport.Question] = []
    }

    let state = Mutex(State())
    static let issuer = "https://id.example"

    var transport: ProviderTransport {
      ProviderTransport { question in
        try self.state.withLock { state in
          state.asked.append(question)
          guard !state.isSilent else { throw ProviderTransport.Silent(reason: "断了") }
          let json: JSON =
            switch question.address {
            case Self.issuer + "/.well-known/openid-configuration":
              .object([
                "issuer": .string(Self.issuer),
                "authorization_endpoint": .string(Self.issuer + "/authorize"),
                "token_endpoint": .string(Self.issuer + "/token"),
                "jwks_uri": .string(Self.issuer + "/keys"),
                "authorization_response_iss_parameter_supported": true,
              ])
            case Self.issuer + "/keys": .object(["keys": .array(state.keys)])
            case Self.issuer + "/token": .object(["id_token": .string(state.token)])
            default: .null
            }
          return .init(status: 200, body: Array(json.text.utf8))
        }
      }
    }
  }

  private static let back = "https://citong.example/sign-in/provider/back"
  private static let settings = ProviderSettings(
    issuer: Provider.issuer,
    client: "citong",
    secret: "only-of:this test"
  )

  private func withProvider(_ body: (TestDesk, Provider, TestSigner) throws -> Void) throws {
    let provider = Provider()
    try withDesk(transport: provider.transport) { desk in
      let signer = try #require(TestSigner("a"))
      provider.state.withLock { $0.keys = [signer.key] }
      try desk.desk.set(provider: Self.settings)
      try body(desk, provider, signer)
    }
  }

  /// Gives an account its number: on the account, and checked on its roles.
  private func number(_ desk: TestDesk, _ account: Account, _ number: String) throws {
    try desk.save("account", ["externalId": number], id: account.accountId)
    for grant in try desk.desk.grants(of: account.accountId) {
      try desk.save("roleGrant", ["externalId": number], id: grant.grantId)
    }
  }

  @Test func `a number one administrator wrote alone lets nobody in`() throws {
    try withProvider { desk, provider, signer in
      let account = try desk.account("zhang.san", .schoolAdmin)
      try desk.save("account", ["externalId": "1"], id: account.accountId)
      #expect(try visit("1", desk, provider, signer).code == "ACC-E-094")
      let grant = try #require(try desk.desk.grants(of: account.accountId).first)
      try desk.save("roleGrant", ["externalId": "2"], id: grant.grantId)
      #expect(try visit("1", desk, provider, signer).code == "ACC-E-094")
      #expect(try visit("2", desk, provider, signer).code == "ACC-E-086")
      try desk.save("roleGrant", ["externalId": "1"], id: grant.grantId)
      #expect(try visit("1", desk, provider, signer).code == nil)
    }
  }

  /// The parts of the address somebody is sent to.
  private func query(_ departure: SignInDesk.Departure) -> [String: String] {
    let items = URLComponents(string: departure.address)?.queryItems ?? []
    return Dictionary(
      items.map { ($0.name, $0.value ?? "") },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private func claims(_ nonce: String, _ sub: String, _ desk: TestDesk) -> JSON {
    .object([
      "iss": .string(Provider.issuer), "aud": "citong", "sub": .string(sub),
      "nonce": .string(nonce), "iat": .integer(desk.clock.seconds),
      "exp": .integer(desk.clock.seconds + 60),
    ])
  }

  /// Goes to the provider, signs in there as somebody and comes back.
  private func visit(
    _ sub: String,
    _ desk: TestDesk,
    _ provider: Provider,
    _ signer: TestSigner,
    _ change: (inout SignInDesk.Return) -> Void = { _ in }
  ) throws -> SignInDesk.Answer {
    let departure = try #require(try desk.desk.depart(redirect: Self.back, next: "/desk/school"))
    let query = query(departure)
    let token = signer.token(claims(query["nonce"] ?? "", sub, desk), header: ["kid": "a"])
    provider.state.withLock { $0.token = token }
    var back = SignInDesk.Return(
      code: "c-1",
      state: query["state"] ?? "",
      issuer: Provider.issuer,
      error: "",
      ticket: departure.ticket
    )
    change(&back)
    return try desk.desk.arrive(back, from: TestDesk.here).answer
  }

  @Test func `who the provider names is let in, by code and challenge`() throws {
    try withProvider { desk, provider, signer in
      let account = try desk.account("zhang.san", .schoolAdmin, password: nil)
      try number(desk, account, "350500001")
      let answer = try visit("350500001", desk, provider, signer)
      let token = try #require(answer.token)
      #expect(try desk.desk.signedIn(token)?.account.accountId == account.accountId)
      let question = try #require(provider.state.withLock { $0.asked }.first { $0.form != nil })
      #expect(question.form?["redirect_uri"] == Self.back)
      #expect(question.form?["code_verifier"]?.utf8.count == 43)
      // The client's name and secret, each escaped as in a form (RFC 6749 §2.3.1).
      let pair = Data("citong:only-of%3Athis%20test".utf8).base64EncodedString()
      #expect(question.authorization == "Basic \(pair)")
      #expect(question.form?["client_secret"] == nil)
    }
  }

  @Test func `a browser that did not start, came late or comes twice is refused`() throws {
    try withProvider { desk, provider, signer in
      let account = try desk.account("zhang.san", .schoolAdmin)
      try number(desk, account, "350500001")
      func code(_ change: (inout SignInDesk.Return) -> Void) throws -> String? {
        try visit("350500001", desk, provider, signer, change).code
      }
      #expect(try code { $0.ticket = "" } == "ACC-E-082")
      #expect(try code { $0.state = String($0.state.reversed()) } == "ACC-E-082")
      #expect(try code { $0.issuer = "https://else.example" } == "ACC-E-085")
      #expect(try code { $0.issuer = "" } == "ACC-E-085")
      #expect(try code { ($0.error, $0.code) = ("access_denied", "") } == "ACC-E-083")
      #expect(try code { _ in desk.clock.move(minutes: 11) } == "ACC-E-082")
      var kept: SignInDesk.Return?
      #expect(try code { kept = $0 } == nil)
      #expect(try desk.desk.arrive(#require(kept), from: TestDesk.here).answer.code == "ACC-E-082")
    }
  }

  @Test func `nobody, an account that is off, a child and an administrator are not let in`() throws
  {
    try withProvider { desk, provider, signer in
      let account = try desk.account("zhang.san", .student)
      let other = try desk.account("an.quan", .securityAdmin)
      try number(desk, other, "2")
      func code(_ sub: String) throws -> String? {
        try visit(sub, desk, provider, signer).code
      }
      #expect(try code("1") == "ACC-E-086")
      try number(desk, account, "1")
      try desk.save("account", ["birthDate": "2012-01-01"], id: account.accountId)
      #expect(try code("1") == "ACC-E-075")
      try desk.save("account", ["birthDate": "", "status": "disabled"], id: account.accountId)
      #expect(try code("1") == "ACC-E-086")
      #expect(try code("2") == "ACC-E-087")
    }
  }

  @Test func `a key the provider has since is fetched, one it dropped is not taken`() throws {
    try withProvider { desk, provider, signer in
      let account = try desk.account("zhang.san", .schoolAdmin)
      try number(desk, account, "1")
      #expect(try visit("1", desk, provider, signer).code == nil)
      let fresh = try #require(TestSigner("b"))
      func visitFresh(_ key: String) throws -> String? {
        let departure = try #require(try desk.desk.depart(redirect: Self.back, next: ""))
        let query = query(departure)
        let token = fresh.token(claims(query["nonce"] ?? "", "1", desk), header: ["kid": key])
        provider.state.withLock { $0.token = token }
        let back = SignInDesk.Return(
          code: "c",
          state: departure.ticket,
          issuer: Provider.issuer,
          error: "",
          ticket: departure.ticket
        )
        return try desk.desk.arrive(back, from: TestDesk.here).answer.code
      }
      provider.state.withLock { $0.keys = [fresh.key] }
      desk.clock.move(seconds: 6)
      #expect(try visitFresh("b") == nil)
      #expect(try visit("1", desk, provider, signer).code == "ACC-E-085")
      // Asked for a key it never had, the provider is not asked again and again.
      let asked = provider.state.withLock { $0.asked.count { $0.address.hasSuffix("/keys") } }
      for _ in 0..<3 { #expect(try visitFresh("c") == "ACC-E-085") }
      #expect(
        provider.state.withLock { $0.asked.count { $0.address.hasSuffix("/keys") } } == asked
      )
    }
  }

  @Test func `a provider that is silent is told, and nobody is in`() throws {
    try withProvider { desk, provider, _ in
      provider.state.withLock { $0.isSilent = true }
      #expect(throws: ProviderTransport.Silent.self) {
        try desk.desk.depart(redirect: Self.back, next: "")
      }
      #expect(throws: ProviderTransport.Silent.self) {
        try desk.desk.checkProvider(Self.settings)
      }
    }
  }

  @Test func `the secret is sealed, and sealed anew with a fresh key`() throws {
    try withProvider { desk, _, _ in
      #expect(try !desk.contents(of: "provider").contains("only-of"))
      #expect(try desk.desk.provider() == Self.settings)
      try desk.desk.set(provider: nil)
      #expect(try desk.desk.provider() == nil)
      #expect(try desk.desk.depart(redirect: Self.back, next: "") == nil)
    }
  }

  @Test(arguments: [
    "http://id.example", "ftp://id.example", "https://", "https://a@id.example", "id.example",
    "javascript:alert(1)", "https://id.example#x",
  ])
  func `an address that may not be asked is refused`(_ issuer: String) throws {
    try withDesk { desk in
      let settings = ProviderSettings(issuer: issuer, client: "citong")
      #expect(throws: Refused.self) { try desk.desk.set(provider: settings) }
      try #expect(desk.desk.provider() == nil)
    }
  }
}
