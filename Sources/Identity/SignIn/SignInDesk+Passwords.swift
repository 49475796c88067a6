import Ciphers
import Foundation
import Records
import Storage
package import Values

extension SignInDesk {
  /// A password as it is kept, and since when.
  struct Kept: Sendable {
    var hash: PasswordHash
    var changedAt: Int
  }

  func keptPassword(of account: String) throws -> Kept? {
    let row = try store.read {
      try $0.row("SELECT password, changed_at FROM credential WHERE account = $1", [.text(account)])
    }
    guard let row, let hash = row[0].text.flatMap(PasswordHash.init) else { return nil }
    return Kept(hash: hash, changedAt: row[1].integer ?? 0)
  }

  /// Whether an account has a password yet.
  package func hasPassword(_ account: String) throws -> Bool {
    try keptPassword(of: account) != nil
  }

  /// Gives an account a new password; its other sessions and its tokens end.
  ///
  /// - Parameters:
  ///   - password: the new password.
  ///   - account: the account.
  ///   - current: the present one, when its owner changes it; `nil` by a one-time link.
  ///   - session: the session that goes on.
  /// - Returns: what is wrong with it; `nil` when it holds now.
  /// - Throws: the store's errors; `CipherFailure`.
  package func choose(
    _ password: String,
    for account: Account,
    current: String?,
    keeping session: String = ""
  ) throws -> Problem? {
    if let current, let problem = try wrongPassword(current, of: account) { return problem }
    let known = try keptPassword(of: account.accountId)
    let policy = PasswordPolicy(rules: rules)
    if let problem = policy.problem(password, names: [account.loginName, account.displayName]) {
      return problem
    }
    let password = PasswordPolicy.composed(password)
    let former = try store.read {
      try $0.rows(
        "SELECT password FROM former_password WHERE account = $1 ORDER BY at DESC, rowid DESC LIMIT $2",
        [.text(account.accountId), .integer(rules.passwordHistory)]
      )
    }.compactMap { $0[0].text.flatMap(PasswordHash.init) }
    let isUsed = hashed {
      (former + [known?.hash].compactMap { $0 }).contains { $0.matches(password) }
    }
    guard !isUsed else {
      return Problem("ACC-E-023", "password", "不能用最近 \(rules.passwordHistory) 次用过的口令，请换一个。")
    }
    let hash = try hashed { try PasswordHash(password: password, cost: cost) }
    try keep(hash, of: account.accountId, changedAt: now, isNew: true)
    try endSessions(of: account.accountId, besides: session)
    try revokeTokens(of: account.accountId)
    try note("password", account)
    return nil
  }

  /// Has somebody who is signed in change their password; their session goes on with a new token.
  ///
  /// - Parameters:
  ///   - password: the new password.
  ///   - current: the present one.
  ///   - token: their session, open or asked for a new password.
  /// - Returns: the new token; a problem when the password is not taken.
  /// - Throws: the store's errors; `CipherFailure`.
  package func change(_ password: String, current: String, token: String) throws -> Answer {
    guard let signedIn = try signedIn(token),
      signedIn.state == .open || signedIn.state == .password
    else { return .refused(Self.ended) }
    let problem = try choose(
      password,
      for: signedIn.account,
      current: current,
      keeping: signedIn.session
    )
    if let problem { return .refused(problem) }
    return .signedIn(token: try renew(token, .open), .open)
  }

  /// What is wrong with the present password somebody shows; guessing it counts as signing in does.
  func wrongPassword(_ password: String, of account: Account) throws -> Problem? {
    let seconds = try lockedFor(account.loginName, now: now)
    guard seconds == 0 else {
      return Problem("ACC-E-027", "current", "口令错得太多，请过 \((seconds + 59) / 60) 分钟再试。")
    }
    let known = try keptPassword(of: account.accountId)
    let isRight =
      PasswordPolicy.isShort(password)
      && hashed { known?.hash.matches(PasswordPolicy.composed(password)) ?? false }
    guard !isRight else { return nil }
    try noteFailure(of: account.loginName, now: now)
    try note("password", account, .failure, reason: "现在的口令不对")
    return Problem("ACC-E-022", "current", "现在的口令不对。")
  }

  func keep(_ hash: PasswordHash, of account: String, changedAt: Int, isNew: Bool = false) throws {
    _ = try store.write { transaction in
      try transaction.execute(
        """
        INSERT INTO credential (account, password, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (account) DO UPDATE SET password = excluded.password,
        changed_at = excluded.changed_at
        """,
        [.text(account), .text(hash.text), .integer(changedAt)]
      )
      guard isNew else { return }
      try transaction.execute(
        "INSERT INTO former_password (account, password, at) VALUES ($1, $2, $3)",
        [.text(account), .text(hash.text), .integer(changedAt)]
      )
      try transaction.execute(
        """
        DELETE FROM former_password WHERE account = $1 AND rowid NOT IN (
        SELECT rowid FROM former_password WHERE account = $1 ORDER BY at DESC, rowid DESC LIMIT $2)
        """,
        [.text(account), .integer(rules.passwordHistory)]
      )
    }
  }
}
