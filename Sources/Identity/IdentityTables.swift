import Storage

/// The tables of what people sign in with, beside the records: never listed, exported or versioned.
enum IdentityTables {
  /// Makes the tables that are missing; harmless when repeated.
  static func make(in store: any Store) throws {
    try store.write { transaction in
      for statement in statements { try transaction.execute(statement, []) }
    }
  }

  private static let statements = [
    """
    CREATE TABLE IF NOT EXISTS credential (
      account TEXT PRIMARY KEY, password TEXT NOT NULL, changed_at INTEGER NOT NULL,
      one_time TEXT NOT NULL DEFAULT '', last_counter INTEGER)
    """,
    """
    CREATE TABLE IF NOT EXISTS former_password (
      account TEXT NOT NULL, password TEXT NOT NULL, at INTEGER NOT NULL)
    """,
    "CREATE INDEX IF NOT EXISTS former_password_account ON former_password (account, at)",
    """
    CREATE TABLE IF NOT EXISTS sign_in_failure (
      name TEXT PRIMARY KEY, failures INTEGER NOT NULL, at INTEGER NOT NULL,
      locked_until INTEGER NOT NULL)
    """,
    "CREATE INDEX IF NOT EXISTS sign_in_failure_at ON sign_in_failure (at)",
    """
    CREATE TABLE IF NOT EXISTS session (
      token TEXT PRIMARY KEY, account TEXT NOT NULL, role_grant TEXT NOT NULL, state TEXT NOT NULL,
      created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, address TEXT NOT NULL,
      agent TEXT NOT NULL)
    """,
    "CREATE INDEX IF NOT EXISTS session_account ON session (account)",
    """
    CREATE TABLE IF NOT EXISTS one_time_link (
      code TEXT PRIMARY KEY, account TEXT NOT NULL, purpose TEXT NOT NULL,
      expires_at INTEGER NOT NULL, used_at INTEGER)
    """,
    "CREATE TABLE IF NOT EXISTS provider (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """
    CREATE TABLE IF NOT EXISTS provider_attempt (
      ticket TEXT PRIMARY KEY, nonce TEXT NOT NULL, verifier TEXT NOT NULL, redirect TEXT NOT NULL,
      next TEXT NOT NULL, created_at INTEGER NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS access_token (
      token TEXT PRIMARY KEY, account TEXT NOT NULL, role_grant TEXT NOT NULL, name TEXT NOT NULL,
      created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER)
    """,
  ]
}
