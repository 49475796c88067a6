import Calendar
import Ciphers
import Foundation
import Records
import Storage
import Values

extension SignInDesk {
  /// What is kept of a token: nobody who reads the table can use it.
  static func kept(_ token: String) -> String {
    Hex.encode(HashAlgorithm.sha256.hash(Array(token.utf8)))
  }

  /// Opens a session.
  ///
  /// - Returns: the token of the browser.
  func open(_ account: String, _ state: SignedIn.State, from origin: Origin) throws -> String {
    let token = try SecureRandom.token()
    let now = now
    _ = try store.write { transaction in
      try transaction.execute(
        "DELETE FROM session WHERE created_at < $1",
        [.integer(now - rules.sessionHours * 3600)]
      )
      try transaction.execute(
        """
        INSERT INTO session (token, account, role_grant, state, created_at, seen_at, address, agent)
        VALUES ($1, $2, '', $3, $4, $4, $5, $6)
        """,
        [
          .text(Self.kept(token)), .text(account), .text(state.rawValue), .integer(now),
          .text(origin.address), .text(origin.agent),
        ]
      )
      try transaction.execute(
        """
        DELETE FROM session WHERE account = $1 AND token NOT IN (
          SELECT token FROM session WHERE account = $1
          ORDER BY token = $2 DESC, seen_at DESC, created_at DESC LIMIT $3)
        """,
        [.text(account), .text(Self.kept(token)), .integer(rules.sessions)]
      )
    }
    return token
  }

  /// Who a token belongs to now; `nil` when it belongs to nobody any more.
  ///
  /// - Parameter token: what the browser sent.
  /// - Returns: who it is, with the rights they have at this moment.
  /// - Throws: the store's errors.
  package func signedIn(_ token: String) throws -> SignedIn? {
    guard token.utf8.count == 43 else { return nil }
    let key = Self.kept(token)
    let row = try store.read {
      try $0.row(
        "SELECT account, role_grant, state, created_at, seen_at FROM session WHERE token = $1",
        [.text(key)]
      )
    }
    guard let row, let id = row[0].text, let created = row[3].integer, let seen = row[4].integer,
      var state = row[2].text.flatMap(SignedIn.State.init(rawValue:)),
      let account = try account(id), account.status == .active
    else { return nil }
    guard try !lacksGuardian(account) else {
      try end(key)
      return nil
    }
    let grants = try grants(of: id)
    let isAdministrator = grants.contains { Role.administrators.contains($0.role ?? .public) }
    let idle = (isAdministrator ? rules.administratorIdleMinutes : rules.idleMinutes) * 60
    let now = now
    // A clock that was set back ends a session rather than making it longer.
    guard now >= seen - 60, now - created < rules.sessionHours * 3600, now - seen < idle else {
      try end(key)
      return nil
    }
    // Who became an administrator since has to set up a second factor as well.
    if try isAdministrator && state == .open && lacksSecondFactor(id) { state = .enroll }
    if now - seen >= 60 {
      _ = try store.write {
        try $0.execute(
          "UPDATE session SET seen_at = $1 WHERE token = $2",
          [.integer(now), .text(key)]
        )
      }
    }
    return SignedIn(
      account: account,
      state: state,
      grants: grants,
      acting: grants.first { $0.grantId == row[1].text } ?? grants.first,
      session: String(key.prefix(16)),
      isProgram: false
    )
  }

  /// Gives a session a new token when more is allowed by it, so that one known before is of no use.
  func renew(_ token: String, _ state: SignedIn.State) throws -> String {
    let fresh = try SecureRandom.token()
    _ = try store.write {
      try $0.execute(
        "UPDATE session SET token = $1, state = $2, seen_at = $3 WHERE token = $4",
        [
          .text(Self.kept(fresh)), .text(state.rawValue), .integer(now), .text(Self.kept(token)),
        ]
      )
    }
    return fresh
  }

  /// Has somebody act by another of their grants.
  ///
  /// - Returns: the new token; `nil` when the grant is not theirs or does not hold.
  package func act(by grant: String, token: String) throws -> String? {
    guard let signedIn = try signedIn(token), signedIn.state == .open,
      signedIn.grants.contains(where: { $0.grantId == grant })
    else { return nil }
    _ = try store.write {
      try $0.execute(
        "UPDATE session SET role_grant = $1 WHERE token = $2",
        [.text(grant), .text(Self.kept(token))]
      )
    }
    try note("switchRole", signedIn.account, reason: grant)
    return try renew(token, .open)
  }

  /// Signs a browser out.
  package func signOut(_ token: String) throws {
    let account = try signedIn(token)?.account
    try end(Self.kept(token))
    if let account { try note("signOut", account) }
  }

  /// The sessions of an account, the last seen first.
  package func sessions(of account: String) throws -> [SessionSummary] {
    try store.read {
      try $0.rows(
        """
        SELECT token, created_at, seen_at, address, agent FROM session WHERE account = $1
        ORDER BY seen_at DESC, token
        """,
        [.text(account)]
      )
    }.map { row in
      SessionSummary(
        id: String((row[0].text ?? "").prefix(16)),
        createdAt: Instant(seconds: row[1].integer ?? 0),
        seenAt: Instant(seconds: row[2].integer ?? 0),
        address: row[3].text ?? "",
        agent: row[4].text ?? ""
      )
    }
  }

  /// Ends one session of an account, told apart as its page does.
  package func endSession(_ id: String, of account: String) throws {
    guard id.utf8.count == 16 else { return }
    _ = try store.write {
      try $0.execute(
        "DELETE FROM session WHERE account = $1 AND substr(token, 1, 16) = $2",
        [.text(account), .text(id)]
      )
    }
  }

  /// Ends the sessions of an account but one.
  package func endSessions(of account: String, besides session: String = "") throws {
    _ = try store.write {
      try $0.execute(
        "DELETE FROM session WHERE account = $1 AND substr(token, 1, 16) <> $2",
        [.text(account), .text(session)]
      )
    }
  }

  private func end(_ key: String) throws {
    _ = try store.write {
      try $0.execute("DELETE FROM session WHERE token = $1", [.text(key)])
    }
  }
}
