package import Calendar
package import Records

/// Somebody who is signed in, as they are at this request.
package struct SignedIn: Sendable {
  /// What is still asked of them before they may act.
  package enum State: String, Sendable {
    /// Nothing: they act.
    case open
    /// The code of their second factor.
    case second
    /// To set up a second factor, as administrators must.
    case enroll
    /// A new password.
    case password
  }

  /// The account.
  package var account: Account
  /// What is still asked of them.
  package var state: State
  /// The grants that hold today.
  package var grants: [RoleGrant]
  /// The grant they act by; `nil` when they hold none.
  package var acting: RoleGrant?
  /// The session as it is told apart on their page; empty when they came with a token for programs.
  package var session: String
  /// Whether a program acts with a token of theirs.
  package var isProgram: Bool

  /// Who they are to the register: anybody, until nothing is asked of them any more.
  package var reader: Reader {
    guard state == .open, let acting else { return Reader(.public, account: account.accountId) }
    return acting.reader
  }
}

/// A session as its owner sees it.
package struct SessionSummary: Sendable {
  /// How it is told apart; not what is needed to use it.
  package var id: String
  /// When they signed in.
  package var createdAt: Instant
  /// When they were last seen.
  package var seenAt: Instant
  /// From where.
  package var address: String
  /// With which program.
  package var agent: String
}
