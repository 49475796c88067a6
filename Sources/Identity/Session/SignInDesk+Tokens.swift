package import Calendar
import Ciphers
import Foundation
import Records
import Storage
import Values

/// A token with which a program acts as somebody; what it is itself is shown once and not kept.
package struct AccessToken: Sendable {
  /// How it is told apart.
  package var id: String
  /// What its owner calls it.
  package var name: String
  /// The grant it acts by.
  package var grant: String
  /// When it was made.
  package var createdAt: Instant
  /// When it ends.
  package var expiresAt: Instant
}

extension SignInDesk {
  /// What every token begins with, so that it is known where one is found.
  package static let tokenPrefix = "citong_"
  /// For how many days a token holds at most.
  package static let mostTokenDays = 365

  /// Makes a token for a program that shall act by a grant.
  ///
  /// - Parameters:
  ///   - name: what it is for.
  ///   - grant: the grant.
  ///   - days: for how many days it holds, 1 to 365.
  /// - Returns: the token, which nobody can read again.
  /// - Throws: `Refused` for an administrator, whose second factor a program would not show; the store's
  ///   errors; `CipherFailure`.
  package func token(_ name: String, actingBy grant: RoleGrant, days: Int) throws -> String {
    guard let role = grant.role, !Role.administrators.contains(role) else {
      throw Refused(problems: [Problem("ACC-E-029", "", "管理员不能建令牌：程序出示不了二次验证。")])
    }
    let token = try Self.tokenPrefix + SecureRandom.token()
    let days = min(max(1, days), Self.mostTokenDays)
    _ = try store.write {
      try $0.execute(
        """
        INSERT INTO access_token (token, account, role_grant, name, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [
          .text(Self.kept(token)), .text(grant.accountId), .text(grant.grantId),
          .text(String(Text.trimmed(name).prefix(60))), .integer(now),
          .integer(now + days * 86_400),
        ]
      )
    }
    try note("token", account(grant.accountId), reason: String(Text.trimmed(name).prefix(60)))
    return token
  }

  /// Whose token it is now; `nil` when it ended, was revoked, or its grant does not hold any more.
  package func program(_ token: String) throws -> SignedIn? {
    guard token.hasPrefix(Self.tokenPrefix), token.utf8.count < 80 else { return nil }
    let row = try store.read {
      try $0.row(
        """
        SELECT account, role_grant FROM access_token
        WHERE token = $1 AND revoked_at IS NULL AND expires_at > $2
        """,
        [.text(Self.kept(token)), .integer(now)]
      )
    }
    guard let row, let account = try account(row[0].text ?? ""), account.status == .active,
      let grant = try grants(of: account.accountId).first(where: { $0.grantId == row[1].text }),
      let role = grant.role, !Role.administrators.contains(role),
      try !lacksGuardian(account)
    else { return nil }
    return SignedIn(
      account: account,
      state: .open,
      grants: [grant],
      acting: grant,
      session: "",
      isProgram: true
    )
  }

  /// The tokens of an account that hold.
  package func tokens(of account: String) throws -> [AccessToken] {
    try store.read {
      try $0.rows(
        """
        SELECT token, name, role_grant, created_at, expires_at FROM access_token
        WHERE account = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY created_at, token
        """,
        [.text(account), .integer(now)]
      )
    }.map { row in
      AccessToken(
        id: String((row[0].text ?? "").prefix(16)),
        name: row[1].text ?? "",
        grant: row[2].text ?? "",
        createdAt: Instant(seconds: row[3].integer ?? 0),
        expiresAt: Instant(seconds: row[4].integer ?? 0)
      )
    }
  }

  /// Revokes one token of an account.
  package func revokeToken(_ id: String, of account: String) throws {
    guard id.utf8.count == 16 else { return }
    _ = try store.write {
      try $0.execute(
        "UPDATE access_token SET revoked_at = $1 WHERE account = $2 AND substr(token, 1, 16) = $3",
        [.integer(now), .text(account), .text(id)]
      )
    }
  }

  /// Revokes every token of an account.
  package func revokeTokens(of account: String) throws {
    _ = try store.write {
      try $0.execute(
        "UPDATE access_token SET revoked_at = $1 WHERE account = $2 AND revoked_at IS NULL",
        [.integer(now), .text(account)]
      )
    }
  }
}
