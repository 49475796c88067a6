import Ciphers
import Foundation
package import Records
import Storage
import Values

extension SignInDesk {
  /// What a one-time link is for.
  package enum Purpose: String, Sendable {
    /// To choose the first password of an account without roles: one administrator makes it.
    case password
    /// To choose a password of an account that has a role or a password already: it takes two.
    case released
    /// To sign in to an account of the demo, which has no password.
    case demo
  }

  /// Makes a link that can be used once; earlier ones of the account for the same end.
  ///
  /// - Parameters:
  ///   - account: the account.
  ///   - purpose: what it is for.
  /// - Returns: the code that stands in the link.
  /// - Throws: the store's errors; `CipherFailure`.
  package func link(for account: String, _ purpose: Purpose) throws -> String {
    let code = try SecureRandom.token()
    _ = try store.write { transaction in
      try transaction.execute(
        "DELETE FROM one_time_link WHERE account = $1 AND purpose = $2",
        [.text(account), .text(purpose.rawValue)]
      )
      try transaction.execute(
        "INSERT INTO one_time_link (code, account, purpose, expires_at) VALUES ($1, $2, $3, $4)",
        [
          .text(Self.kept(code)), .text(account), .text(purpose.rawValue),
          .integer(now + rules.linkHours * 3600),
        ]
      )
    }
    return code
  }

  // MARK: Links that take two

  /// Whether a link for an account takes two administrators: whoever could use it alone would be somebody
  /// who has a role, or had chosen a password.
  package func takesTwo(_ account: String) throws -> Bool {
    try !grants(of: account).isEmpty || hasPassword(account)
  }

  /// Which administrator lets a link go that another asked for: the security administrator, for whose own
  /// accounts the one who watches does.
  ///
  /// - Parameter account: the account.
  /// - Returns: the role.
  /// - Throws: the store's errors.
  package func releaser(of account: String) throws -> Role {
    try grants(of: account).contains { $0.role == .securityAdmin } ? .auditAdmin : .securityAdmin
  }

  /// Notes that a link is asked for; it waits for the other administrator as long as a link holds.
  ///
  /// - Parameter account: the account.
  /// - Throws: the store's errors.
  package func askForLink(_ account: String) throws {
    _ = try store.write {
      try $0.execute(
        """
        INSERT INTO one_time_link (code, account, purpose, expires_at) VALUES ($1, $2, 'asked', $3)
        ON CONFLICT (code) DO UPDATE SET expires_at = excluded.expires_at
        """,
        [.text("asked " + account), .text(account), .integer(now + rules.linkHours * 3600)]
      )
    }
  }

  /// Whether a link is asked for and waits.
  package func isLinkAsked(_ account: String) throws -> Bool {
    try store.read {
      try $0.row(
        "SELECT 1 FROM one_time_link WHERE code = $1 AND expires_at > $2",
        [.text("asked " + account), .integer(now)]
      )
    } != nil
  }

  /// Lets a link go that was asked for: whoever has it chooses a new password, whatever there was ends.
  ///
  /// - Parameters:
  ///   - account: the account.
  ///   - role: in which role the administrator acts.
  ///   - own: their own account.
  /// - Returns: the code that stands in the link.
  /// - Throws: `Refused` when nobody asked, or it is not theirs to let go; the store's errors; `CipherFailure`.
  package func releaseLink(_ account: String, as role: Role, own: String) throws -> String {
    guard try role == releaser(of: account), account != own else {
      throw Refused(problems: [Problem("ACC-E-092", "", "这个账号的链接不由你放行。")])
    }
    guard try isLinkAsked(account) else {
      throw Refused(problems: [Problem("ACC-E-093", "", "系统管理员没有为这个账号申请链接，或申请已过期。")])
    }
    _ = try store.write {
      try $0.execute("DELETE FROM one_time_link WHERE code = $1", [.text("asked " + account)])
    }
    try endSessions(of: account)
    try revokeTokens(of: account)
    return try link(for: account, .released)
  }

  /// Whom a link is for, if it can still be used.
  package func owner(ofLink code: String) throws -> (account: Account, purpose: Purpose)? {
    guard code.utf8.count == 43 else { return nil }
    let row = try store.read {
      try $0.row(
        """
        SELECT account, purpose FROM one_time_link
        WHERE code = $1 AND used_at IS NULL AND expires_at > $2
        """,
        [.text(Self.kept(code)), .integer(now)]
      )
    }
    guard let row, let account = try account(row[0].text ?? ""), account.status == .active,
      let purpose = row[1].text.flatMap(Purpose.init(rawValue:)),
      // Made by one alone, it is void once there is a role: whoever kept it would have that role.
      try purpose != .password || !takesTwo(account.accountId)
    else { return nil }
    return (account, purpose)
  }

  /// Uses a link to choose a password, or to enter a demo.
  ///
  /// - Parameters:
  ///   - code: the code of the link.
  ///   - password: the password chosen; not looked at for a demo.
  ///   - origin: where it comes from.
  /// - Returns: what comes of it; a refused password leaves the link as it is.
  /// - Throws: the store's errors; `CipherFailure`.
  package func redeem(_ code: String, password: String, from origin: Origin) throws -> Answer {
    let spent = Problem("ACC-E-026", "", "这个链接已经用过或过期，请向管理员再要一个。")
    guard let (account, purpose) = try owner(ofLink: code),
      try purpose != .demo || !hasPassword(account.accountId)
    else { return .refused(spent) }
    guard try !lacksGuardian(account) else { return .refused(Self.guardianAsked) }
    // Spent first, and back again when the password is not taken: two at once can't both use it.
    let isFirst = try store.write {
      try $0.execute(
        "UPDATE one_time_link SET used_at = $1 WHERE code = $2 AND used_at IS NULL",
        [.integer(now), .text(Self.kept(code))]
      )
    }
    guard isFirst == 1 else { return .refused(spent) }
    if purpose != .demo,
      let problem = try choose(password, for: account, current: nil)
    {
      _ = try store.write {
        try $0.execute(
          "UPDATE one_time_link SET used_at = NULL WHERE code = $1",
          [.text(Self.kept(code))]
        )
      }
      return .refused(problem)
    }
    let state: SignedIn.State =
      purpose == .demo
      ? .open
      : try hasSecondFactor(account.accountId) ? .second : afterSecond(account, now)
    try note("signIn", account, from: origin, reason: "一次性链接")
    return .signedIn(token: try open(account.accountId, state, from: origin), state)
  }
}
