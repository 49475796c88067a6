import Calendar
import Ciphers
import CitongTesting
@testable import Identity
import Records
import Storage
import Synchronization
import Testing
import Values

/// A clock that stands still until a test moves it; it begins on 14 July 2022 at nine.
final class MovableClock: Sendable {
  private let moment = Mutex(Clock.fixed(TestCity.today).now().seconds)

  var seconds: Int { moment.withLock { $0 } }
  var clock: Clock { Clock { Instant(seconds: self.seconds) } }

  func move(days: Int = 0, hours: Int = 0, minutes: Int = 0, seconds: Int = 0) {
    moment.withLock { $0 += ((days * 24 + hours) * 60 + minutes) * 60 + seconds }
  }
}

/// A desk of its own for one test, over a fresh register with a school, an enterprise and a county.
struct TestDesk {
  var desk: SignInDesk
  var register: RecordStore
  var clock: MovableClock
  var erasures: Erasures

  static let password = "river-Otter-58"
  static let here = SignInDesk.Origin(address: "10.0.0.1", agent: "测试")

  func kind(_ name: String) throws -> Kind { try #require(register.kind(name)) }

  /// Writes a record of typed texts, as somebody if one is named.
  @discardableResult
  func save(
    _ kind: String,
    _ texts: [String: String],
    id: String? = nil,
    as reader: Reader? = nil
  ) throws -> Record {
    let register = reader.map { self.register.acting(as: $0) } ?? self.register
    let draft = Draft(texts: texts, id: id)
    return try register.save(self.kind(kind), draft, by: TestCity.officer).record
  }

  /// The codes of everything that keeps a record from being written; none when it is.
  func codes(
    _ kind: String,
    _ texts: [String: String],
    id: String? = nil,
    as reader: Reader? = nil
  ) throws -> [String] {
    do {
      try save(kind, texts, id: id, as: reader)
      return []
    } catch let refused as Refused {
      return refused.problems.map { "\($0.code) \($0.path)" }
    }
  }

  /// What a grant of a role to somebody says.
  func texts(_ role: Role, _ account: String) -> [String: String] {
    var texts = ["accountId": account, "role": role.rawValue, "validFrom": "2022-01-01"]
    if role.organisationKind == "school" { texts["schoolId"] = "S1" }
    if role.organisationKind == "enterprise" { texts["enterpriseId"] = "E1" }
    if role.isOfCounty { texts["regionCode"] = "350502" }
    return texts
  }

  @discardableResult
  func grant(_ role: Role, to account: String) throws -> RoleGrant {
    RoleGrant(values: try save("roleGrant", texts(role, account)).values)
  }

  /// Somebody who may sign in with the password.
  func account(_ name: String, _ roles: Role..., password: String? = password) throws -> Account {
    let texts = ["loginName": name, "displayName": "张三"]
    let account = Account(values: try save("account", texts).values)
    for role in roles { try grant(role, to: account.accountId) }
    if let password {
      try #expect(desk.choose(password, for: account, current: nil) == nil)
    }
    return account
  }

  func signIn(
    _ name: String,
    _ password: String = password,
    from address: String = here.address
  ) throws -> SignInDesk.Answer {
    try desk.signIn(name, password, from: SignInDesk.Origin(address: address, agent: "测试"))
  }

  /// The token of somebody who signs in.
  func token(of name: String, _ password: String = password) throws -> String {
    try #require(try signIn(name, password).token)
  }

  /// Sets a second factor up, as somebody signed in.
  func enroll(_ token: String) throws -> (token: String, phone: TOTP) {
    let account = try #require(try desk.signedIn(token)).account
    let secret = try desk.offerSecret(for: account, issuer: "测试").secret
    let phone = try #require(TOTP(secretText: secret))
    let answer = try desk.enroll(secret, code: phone.code(at: clock.seconds), token: token)
    return (try #require(answer.token), phone)
  }

  /// How many rows a table has.
  func rows(in table: String) throws -> Int {
    try register.store.read { try $0.row("SELECT COUNT(*) FROM \"\(table)\"") }?[0].integer ?? 0
  }

  /// Everything a table holds, as text.
  func contents(of table: String) throws -> String {
    try register.store.read { try $0.rows("SELECT * FROM \"\(table)\"") }
      .map { $0.map { $0.text ?? $0.integer.map(String.init) ?? "" }.joined(separator: "\t") }
      .joined(separator: "\n")
  }
}

extension SignInDesk.Answer {
  var token: String? { if case .signedIn(let token, _) = self { token } else { nil } }
  var state: SignedIn.State? { if case .signedIn(_, let state) = self { state } else { nil } }
  var problem: Problem? { if case .refused(let problem) = self { problem } else { nil } }
  var wait: Int? { if case .wait(let seconds) = self { seconds } else { nil } }
  var code: String? { problem?.code }
}

/// Runs a body with a desk of its own.
///
/// - Parameters:
///   - settings: the installation's security settings, without `security.`.
///   - transport: how an identity provider is asked.
///   - body: the test.
/// - Returns: what the body returns.
/// - Throws: what the body throws.
func withDesk<R>(
  settings: [String: String] = [:],
  transport: ProviderTransport = ProviderTransport { _ in throw ProviderTransport.Silent(reason: "")
  },
  _ body: (TestDesk) throws -> R
) throws -> R {
  try withCity(kinds: []) { city in
    let clock = MovableClock()
    let ring = try KeyRing(
      ["one": [UInt8](repeating: 1, count: 32)],
      current: "one",
      suite: .aes256GCM
    )
    let register = RecordStore(
      store: city.store,
      kinds: [Kind(Region.self), Kind(School.self), Kind(Enterprise.self)] + Identity.kinds,
      city: city.register.city,
      clock: clock.clock,
      ring: ring
    )
    try register.migrate()
    for (name, value) in settings { try register.set("security." + name, to: value) }
    let cost = try #require(PasswordHash.Cost(exponent: 4, blockSize: 1, parallelism: 1))
    let erasures = Erasures(folder: city.folder)
    let desk = try TestDesk(
      desk: SignInDesk(
        register,
        ring: ring,
        cost: cost,
        erasures: erasures,
        transport: transport
      ),
      register: register,
      clock: clock,
      erasures: erasures
    )
    try desk.save("region", ["regionCode": "350502", "name": "鲤城区"])
    try desk.save("school", ["schoolId": "S1", "name": "一中"])
    try desk.save("enterprise", ["enterpriseId": "E1", "name": "甲公司"])
    return try body(desk)
  }
}
