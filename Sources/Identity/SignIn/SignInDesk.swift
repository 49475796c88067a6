import Calendar
package import Ciphers
import Foundation
package import Records
package import Storage
import Synchronization
package import Values

/// Where people sign in and out, and where it is known who they are.
///
/// Rights are looked up at each request: what is taken from somebody is gone at once.
package final class SignInDesk: Sendable {
  let register: RecordStore
  /// What people sign in with, apart from the register: signing in waits for no import.
  let store: CountedStore
  let ring: KeyRing
  /// Notes an event in the audit log.
  let journal: @Sendable (AuditEvent) throws -> Void
  private let kept: Mutex<SecurityRules>
  /// How strictly people sign in.
  package var rules: SecurityRules { kept.withLock { $0 } }
  let cost: PasswordHash.Cost
  /// The list of what was erased; `nil` where there is no folder for it.
  let erasures: Erasures?
  /// What the identity provider tells of itself.
  let directory: ProviderDirectory
  private let throttle = Throttle()
  /// Hashing takes memory and a processor: few at once.
  private let hashing = DispatchSemaphore(value: 2)
  /// Compared with when there is no such account, so that it takes as long.
  private let nobody: PasswordHash

  /// What comes of an attempt.
  package enum Answer: Sendable {
    /// They are in, with a token for their browser; more may be asked of them.
    case signedIn(token: String, SignedIn.State)
    /// They are not.
    case refused(Problem)
    /// Not now: too many attempts; in so many seconds.
    case wait(Int)
  }

  /// Where an attempt comes from.
  package struct Origin: Sendable {
    /// The address on the network.
    package var address: String
    /// What the browser calls itself.
    package var agent: String

    /// Names where an attempt comes from.
    package init(address: String, agent: String) {
      self.address = address
      self.agent = String(agent.prefix(200))
    }
  }

  /// Opens the desk; makes its tables.
  ///
  /// - Parameters:
  ///   - register: the register with the accounts.
  ///   - store: where what they sign in with is kept; the register's own when `nil`.
  ///   - ring: the keys of what is kept secret.
  ///   - cost: what guessing a password is to cost; less than the standard in tests only.
  ///   - journal: notes an event in the audit log; straight into the register's when `nil`.
  ///   - erasures: the list of what was erased.
  ///   - transport: how an identity provider is asked.
  /// - Throws: the store's errors; `CipherFailure`.
  package init(
    _ register: RecordStore,
    store: (any Store)? = nil,
    ring: KeyRing,
    cost: PasswordHash.Cost = .standard,
    journal: (@Sendable (AuditEvent) throws -> Void)? = nil,
    erasures: Erasures? = nil,
    transport: ProviderTransport = .network
  ) throws {
    // Asked here, so that no request meets a machine that can't do it.
    guard HashAlgorithm.sha256.isAvailable, TOTP.isAvailable else {
      throw CipherFailure.unavailable("SHA-256, SHA-1")
    }
    let register = register.unrestricted
    self.register = register
    self.store = CountedStore(store ?? register.store)
    self.journal =
      journal ?? { event in try register.store.write { try register.note(event, in: $0) } }
    self.ring = ring
    self.cost = cost
    self.erasures = erasures
    directory = ProviderDirectory(transport)
    kept = Mutex(try SecurityRules(register))
    nobody = try PasswordHash(password: SecureRandom.token(), cost: cost)
    try IdentityTables.make(in: self.store)
  }

  var now: Int { register.clock.now().seconds }

  /// Sets how strictly people sign in, from the next request on.
  ///
  /// - Parameters:
  ///   - texts: what was typed, by the name of the rule; the others stay.
  ///   - actor: who sets it.
  /// - Returns: what is different now, in words; empty for nothing.
  /// - Throws: `Refused` when something is wrong, and then nothing is set; the store's errors.
  @discardableResult
  package func set(rules texts: [String: String], by actor: Actor) throws -> [String] {
    let before = rules
    let (after, problems) = before.with(texts)
    guard problems.isEmpty else { throw Refused(problems: problems) }
    let changed = SecurityRules.declared.filter {
      before[keyPath: $0.path] != after[keyPath: $0.path]
    }
    guard !changed.isEmpty else { return [] }
    var event = AuditEvent("policy", by: actor)
    event.detail = .object(
      changed.map { rule in
        JSON.Member(
          rule.name,
          .array([
            .integer(before[keyPath: rule.path]), .integer(after[keyPath: rule.path]),
          ])
        )
      }
    )
    try journal(event)
    for rule in changed {
      try register.set("security." + rule.name, to: String(after[keyPath: rule.path]))
    }
    kept.withLock { $0 = after }
    return changed.map {
      "\($0.label)：\(before[keyPath: $0.path]) → \(after[keyPath: $0.path]) \($0.unit)"
    }
  }

  /// Changes with everything that is written about sessions, links and tokens.
  package var state: Int { store.count }

  static let wrong = Problem("ACC-E-020", "", "登录名或口令不对。")

  /// Signs somebody in with name and password.
  ///
  /// An unknown name is answered as a wrong password is, in as much time, and locks as one does.
  ///
  /// - Parameters:
  ///   - name: the login name.
  ///   - password: the password.
  ///   - origin: where the attempt comes from.
  /// - Returns: what comes of it.
  /// - Throws: the store's errors; `CipherFailure` when the machine can't hash.
  package func signIn(_ name: String, _ password: String, from origin: Origin) throws -> Answer {
    let now = now
    let seconds = throttle.wait(origin.address, now: now)
    guard seconds == 0 else { return .wait(seconds) }
    let name = Text.trimmed(name).lowercased()
    guard name.utf8.count <= 64, !name.utf8.contains(0), PasswordPolicy.isShort(password) else {
      throttle.failed(origin.address, now: now)
      return .refused(Self.wrong)
    }
    let locked = try lockedFor(name, now: now)
    guard locked == 0 else { return .wait(locked) }
    let account = try account(named: name)
    let known = try account.flatMap { try keptPassword(of: $0.accountId) }
    let password = PasswordPolicy.composed(password)
    let isRight = hashed { (known?.hash ?? nobody).matches(password) }
    guard isRight, let known, let account, account.status == .active else {
      try failed(origin, name)
      try note("signIn", account, from: origin, .failure, reason: "登录名或口令不对")
      return .refused(Self.wrong)
    }
    guard try !lacksGuardian(account) else {
      try note("signIn", account, from: origin, .denied, reason: "没有监护人同意")
      return .refused(Self.guardianAsked)
    }
    if known.hash.isWeaker(than: cost) {
      let hash = try hashed { try PasswordHash(password: password, cost: cost) }
      try keep(hash, of: account.accountId, changedAt: known.changedAt)
    }
    let state = try firstState(of: account, known.changedAt)
    // Until the code is shown as well, failures stay: else the password would make guessing codes free.
    if state != .second { try succeeded(origin, name) }
    try note("signIn", account, from: origin, reason: state == .open ? "" : "还要：\(state.rawValue)")
    return .signedIn(token: try open(account.accountId, state, from: origin), state)
  }

  /// What is asked first of somebody whose password was right.
  private func firstState(of account: Account, _ changedAt: Int) throws -> SignedIn.State {
    if try secret(of: account.accountId) != nil { return .second }
    return try afterSecond(account, changedAt)
  }

  /// What is asked of somebody who showed their second factor, or needs none.
  func afterSecond(_ account: Account, _ changedAt: Int) throws -> SignedIn.State {
    let roles = try Set(grants(of: account.accountId).compactMap(\.role))
    let isAdministrator = !roles.isDisjoint(with: Role.administrators)
    if try isAdministrator && lacksSecondFactor(account.accountId) { return .enroll }
    let isStaff = roles.contains { $0 != .student && $0 != .guardian }
    return isStaff && now - changedAt > rules.passwordDays * 86_400 ? .password : .open
  }

  /// Runs something that hashes, a few at once.
  func hashed<Result>(_ body: () throws -> Result) rethrows -> Result {
    hashing.wait()
    defer { hashing.signal() }
    return try body()
  }

  // MARK: Names that failed

  /// How long somebody who guesses has to wait, by where they are and whom they try.
  func wait(_ origin: Origin, _ name: String) throws -> Int {
    max(throttle.wait(origin.address, now: now), try lockedFor(name, now: now))
  }

  /// How long an address waits.
  func wait(_ origin: Origin) -> Int { throttle.wait(origin.address, now: now) }

  /// Counts a failure that is no name's.
  func failed(_ origin: Origin) throws { throttle.failed(origin.address, now: now) }

  func failed(_ origin: Origin, _ name: String) throws {
    throttle.failed(origin.address, now: now)
    try noteFailure(of: name, now: now)
  }

  func succeeded(_ origin: Origin, _ name: String) throws {
    // The failures of the address stay: one good account must not free the way for guessing others.
    _ = try store.write {
      try $0.execute("DELETE FROM sign_in_failure WHERE name = $1", [.text(name)])
    }
  }

  func lockedFor(_ name: String, now: Int) throws -> Int {
    let until = try store.read {
      try $0.row("SELECT locked_until FROM sign_in_failure WHERE name = $1", [.text(name)])
    }?[0].integer
    let seconds = (until ?? 0) - now
    let most = rules.lockMinutes * 60
    // A clock that was set back, but for being set right by a little, locks nobody out.
    return seconds > most + 60 ? 0 : min(max(0, seconds), most)
  }

  func noteFailure(of name: String, now: Int) throws {
    _ = try store.write { transaction in
      try transaction.execute(
        "DELETE FROM sign_in_failure WHERE at < $1",
        [.integer(now - rules.lockMinutes * 60)]
      )
      let known = try transaction.row(
        "SELECT failures, at FROM sign_in_failure WHERE name = $1",
        [.text(name)]
      )
      let isFresh = known.map { now - ($0[1].integer ?? 0) < rules.lockMinutes * 60 } ?? false
      let failures = (isFresh ? known?[0].integer ?? 0 : 0) + 1
      let isLocked = failures >= rules.failures
      try transaction.execute(
        """
        INSERT INTO sign_in_failure (name, failures, at, locked_until) VALUES ($1, $2, $3, $4)
        ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, at = excluded.at,
        locked_until = excluded.locked_until
        """,
        [
          .text(name), .integer(isLocked ? 0 : failures), .integer(now),
          .integer(isLocked ? now + rules.lockMinutes * 60 : 0),
        ]
      )
    }
  }

  // MARK: Accounts

  /// The account with a login name.
  package func account(named name: String) throws -> Account? {
    guard let kind = register.kind("account") else { return nil }
    let query = Query([.field("loginName", Text.trimmed(name).lowercased())], limit: 1)
    return try register.list(kind, query).first.map { Account(values: $0.values) }
  }

  /// The account with an identifier.
  package func account(_ id: String) throws -> Account? {
    guard let kind = register.kind("account") else { return nil }
    return try register.record(kind, id).map { Account(values: $0.values) }
  }

  /// The grants of an account that hold today.
  package func grants(of account: String) throws -> [RoleGrant] {
    guard let kind = register.kind("roleGrant") else { return [] }
    let today = register.clock.now().date
    let conditions = [Condition.field("accountId", account), .field("status", "active")]
    let held = try register.list(kind, Query(conditions, limit: 100))
      .map { RoleGrant(values: $0.values) }.filter { $0.holds(on: today) }
    // Whoever came to hold roles that exclude each other, as of rows given together, acts by none.
    let roles = Set(held.compactMap(\.role))
    return roles.count > 1 && !roles.isDisjoint(with: Role.administrators) ? [] : held
  }
}
