import Ciphers
import Records
import Storage
import Values

extension SignInDesk {
  /// For how many seconds somebody may take to sign in at the provider.
  private static let attemptSeconds = 600

  // MARK: Settings

  /// By which provider people may sign in; `nil` for none.
  ///
  /// - Returns: the settings.
  /// - Throws: the store's errors; `CipherFailure` when the secret can't be opened.
  package func provider() throws -> ProviderSettings? {
    let rows = try store.read { try $0.rows("SELECT name, value FROM provider") }
    let kept = Dictionary(
      rows.map { ($0[0].text ?? "", $0[1].text ?? "") },
      uniquingKeysWith: { first, _ in first }
    )
    guard let issuer = kept["issuer"], let client = kept["client"] else { return nil }
    var settings = ProviderSettings(issuer: issuer, client: client)
    if let label = kept["label"] { settings.label = label }
    if let claim = kept["claim"] { settings.claim = claim }
    if let secret = kept["secret"], !secret.isEmpty {
      settings.secret = try ring.open(secret, context: "provider.secret")
    }
    return settings
  }

  /// Sets by which provider people may sign in.
  ///
  /// - Parameter settings: the settings; `nil` for none.
  /// - Throws: `Refused` when they are wrong; the store's errors; `CipherFailure`.
  package func set(provider settings: ProviderSettings?) throws {
    if let problems = settings?.problems, !problems.isEmpty { throw Refused(problems: problems) }
    let secret = try settings.map {
      $0.secret.isEmpty ? "" : try ring.seal($0.secret, context: "provider.secret")
    }
    try store.write { transaction in
      try transaction.execute("DELETE FROM provider", [])
      try transaction.execute("DELETE FROM provider_attempt", [])
      guard let settings else { return }
      for (name, value) in [
        ("issuer", settings.issuer), ("client", settings.client), ("label", settings.label),
        ("claim", settings.claim), ("secret", secret ?? ""),
      ] {
        try transaction.execute(
          "INSERT INTO provider (name, value) VALUES ($1, $2)",
          [.text(name), .text(value)]
        )
      }
    }
    try note("provider", nil, reason: settings.map { "\($0.issuer) \($0.client)" } ?? "停用")
  }

  /// Seals the provider's secret with the current key.
  ///
  /// - Returns: how many values that were.
  func resealProvider(in transaction: any Writing) throws -> Int {
    let row = try transaction.row("SELECT value FROM provider WHERE name = 'secret'")
    guard let sealed = row?[0].text, !sealed.isEmpty, !ring.isCurrent(sealed) else { return 0 }
    let plain = try ring.open(sealed, context: "provider.secret")
    try transaction.execute(
      "UPDATE provider SET value = $1 WHERE name = 'secret'",
      [.text(try ring.seal(plain, context: "provider.secret"))]
    )
    return 1
  }

  /// Whether the provider answers and tells where it is asked.
  ///
  /// - Throws: `ProviderTransport.Silent`.
  package func checkProvider(_ settings: ProviderSettings) throws {
    let places = try directory.places(of: settings.issuer, now: now)
    _ = try directory.keys(places, isFresh: true, now: now)
  }

  // MARK: Signing in

  /// Where a browser goes to sign in at the provider.
  package struct Departure: Sendable {
    /// The provider's address, with everything it has to know.
    package var address: String
    /// What the browser keeps meanwhile, so that nobody else's return is taken for its own.
    package var ticket: String
  }

  /// Sends a browser to the provider (authorization code with PKCE).
  ///
  /// - Parameters:
  ///   - redirect: the address of ours to which it comes back.
  ///   - next: where it goes then.
  /// - Returns: where it goes; `nil` when there is no provider.
  /// - Throws: `ProviderTransport.Silent`; the store's errors; `CipherFailure`.
  package func depart(redirect: String, next: String) throws -> Departure? {
    guard let settings = try provider() else { return nil }
    let places = try directory.places(of: settings.issuer, now: now)
    let ticket = try SecureRandom.token()
    let nonce = try SecureRandom.token()
    let verifier = try SecureRandom.token()
    _ = try store.write { transaction in
      try transaction.execute(
        "DELETE FROM provider_attempt WHERE created_at < $1",
        [.integer(now - Self.attemptSeconds)]
      )
      try transaction.execute(
        """
        INSERT INTO provider_attempt (ticket, nonce, verifier, redirect, next, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [
          .text(Self.kept(ticket)), .text(nonce), .text(verifier), .text(redirect), .text(next),
          .integer(now),
        ]
      )
    }
    let challenge = Base64URL.encode(HashAlgorithm.sha256.hash(Array(verifier.utf8)))
    let query = ProviderTransport.encoded([
      "response_type": "code", "client_id": settings.client, "redirect_uri": redirect,
      "scope": "openid profile", "state": ticket, "nonce": nonce, "code_challenge": challenge,
      "code_challenge_method": "S256",
    ])
    let mark = places.authorization.contains("?") ? "&" : "?"
    return Departure(address: places.authorization + mark + query, ticket: ticket)
  }

  /// With what a browser comes back from the provider.
  package struct Return: Sendable {
    /// The code that is exchanged for a token.
    package var code: String
    /// The state it was sent with.
    package var state: String
    /// The provider, as the answer names it; empty for not at all.
    package var issuer: String
    /// Why there is no code; empty when there is one.
    package var error: String
    /// What the browser kept meanwhile.
    package var ticket: String

    /// Names what came back.
    package init(code: String, state: String, issuer: String, error: String, ticket: String) {
      self.code = code
      self.state = state
      self.issuer = issuer
      self.error = error
      self.ticket = ticket
    }
  }

  /// Takes a browser in that comes back from the provider.
  ///
  /// - Parameters:
  ///   - back: with what it comes.
  ///   - origin: where from.
  /// - Returns: what comes of it, and where the browser wanted to go.
  /// - Throws: the store's errors; `CipherFailure`.
  package func arrive(_ back: Return, from origin: Origin) throws -> (answer: Answer, next: String)
  {
    let seconds = wait(origin)
    guard seconds == 0 else { return (.wait(seconds), "") }
    guard let settings = try provider(),
      let attempt = try attempt(of: back)
    else {
      return (.refused(Problem("ACC-E-082", "", "这次登录已过期，或不是从这个浏览器开始的，请重新登录。")), "")
    }
    guard back.error.isEmpty, !back.code.isEmpty else {
      return (
        .refused(Problem("ACC-E-083", "", "\(settings.label)没有同意登录，请重试或用口令登录。")), attempt.next
      )
    }
    do {
      let claims = try claims(back, attempt, settings)
      let answer = try welcome(claims[settings.claim]?.string ?? "", settings, from: origin)
      return (answer, attempt.next)
    } catch let silent as ProviderTransport.Silent {
      try note("signIn", nil, from: origin, .failure, reason: "\(settings.label)：\(silent.reason)")
      let problem = Problem("ACC-E-084", "", "\(settings.label)没有回答，请稍后再试或用口令登录。")
      return (.refused(problem), attempt.next)
    } catch let refusal as IdentityToken.Refusal {
      try failed(origin)
      try note(
        "signIn",
        nil,
        from: origin,
        .failure,
        reason: "\(settings.label)：\(refusal.sentence)"
      )
      let problem = Problem("ACC-E-085", "", "\(settings.label)的回答没有通过核对，请重新登录；一直这样请告诉系统管理员。")
      return (.refused(problem), attempt.next)
    }
  }

  private struct Attempt {
    var nonce: String
    var verifier: String
    var redirect: String
    var next: String
  }

  /// The attempt a browser comes back from, which is over by that.
  private func attempt(of back: Return) throws -> Attempt? {
    guard back.ticket.utf8.count == 43, back.state == back.ticket else { return nil }
    let key = Self.kept(back.ticket)
    return try store.write { transaction in
      let row = try transaction.row(
        """
        DELETE FROM provider_attempt WHERE ticket = $1
        RETURNING nonce, verifier, redirect, next, created_at
        """,
        [.text(key)]
      )
      guard let row, let begun = row[4].integer, now - begun <= Self.attemptSeconds,
        now >= begun - 60
      else { return nil }
      return Attempt(
        nonce: row[0].text ?? "",
        verifier: row[1].text ?? "",
        redirect: row[2].text ?? "",
        next: row[3].text ?? ""
      )
    }
  }

  /// What the provider says of who signed in.
  private func claims(_ back: Return, _ attempt: Attempt, _ settings: ProviderSettings) throws
    -> JSON
  {
    let places = try directory.places(of: settings.issuer, now: now)
    guard back.issuer == settings.issuer || back.issuer.isEmpty && !places.namesItself else {
      throw IdentityToken.Refusal.claim("iss")
    }
    let token = try directory.token(
      for: back.code,
      verifier: attempt.verifier,
      redirect: attempt.redirect,
      places,
      settings
    )
    func claims(isFresh: Bool) throws -> JSON {
      let keys = try directory.keys(places, isFresh: isFresh, now: now)
      return try IdentityToken.claims(
        of: token,
        keys: keys,
        settings,
        nonce: attempt.nonce,
        now: now
      )
    }
    do { return try claims(isFresh: false) } catch IdentityToken.Refusal.unknownKey {
      // The provider has a new key since.
      return try claims(isFresh: true)
    }
  }

  /// Lets in whom the provider names, if somebody here is.
  private func welcome(_ name: String, _ settings: ProviderSettings, from origin: Origin) throws
    -> Answer
  {
    guard let kind = register.kind("account"), !name.isEmpty else {
      throw IdentityToken.Refusal.claim(settings.claim)
    }
    let found = try register.list(kind, Query([.field("externalId", name)], limit: 1)).first
    guard let account = found.map({ Account(values: $0.values) }), account.status == .active else {
      try note("signIn", nil, from: origin, .failure, reason: "\(settings.label)：没有对应的账号")
      return .refused(
        Problem("ACC-E-086", "", "您在\(settings.label)的号码是 \(name.prefix(60))，这里还没有对应的账号，请告诉系统管理员。")
      )
    }
    let held = try grants(of: account.accountId)
    guard !held.contains(where: { Role.administrators.contains($0.role ?? .public) }) else {
      try note("signIn", account, from: origin, .denied, reason: "管理员不经\(settings.label)登录")
      return .refused(Problem("ACC-E-087", "", "管理员请用口令和二次验证登录。"))
    }
    // The number is the word of one administrator on the account, and of another on the role.
    guard held.isEmpty || held.contains(where: { $0.externalId == name }) else {
      try note("signIn", account, from: origin, .denied, reason: "授权里没有核对统一身份号码")
      return .refused(
        Problem("ACC-E-094", "", "您的统一身份号码还没有经安全管理员核对，请他在授权里填上，或先用口令登录。")
      )
    }
    guard try !lacksGuardian(account) else {
      try note("signIn", account, from: origin, .denied, reason: "没有监护人同意")
      return .refused(Self.guardianAsked)
    }
    try note("signIn", account, from: origin, reason: settings.label)
    // Whoever set a second factor up here is asked for it, whichever way they come.
    let state: SignedIn.State = try hasSecondFactor(account.accountId) ? .second : .open
    return .signedIn(token: try open(account.accountId, state, from: origin), state)
  }
}
