import Calendar
import Values
import Storage

extension RecordStore {
  /// Makes the tables that are missing and adds the columns declared since; harmless when repeated.
  package func migrate() throws {
    try store.write { transaction in
      for statement in Self.groundwork { try transaction.execute(statement, []) }
      let isOlder =
        try transaction.row("SELECT 1 FROM schema_step WHERE name = '0003-ordered-indexes'") == nil
      for (name, statements) in Self.steps
      where try transaction.row("SELECT 1 FROM schema_step WHERE name = $1", [.text(name)]) == nil {
        for statement in statements { try transaction.execute(statement, []) }
        if name == "0002-history-in-stored-form" { try storeHistory(in: transaction) }
        if name == "0008-audit-chain" { try chainAudit(in: transaction) }
        try transaction.execute("INSERT INTO schema_step (name) VALUES ($1)", [.text(name)])
      }
      let known = try Set(
        transaction.rows("SELECT kind, field FROM declared_field").map {
          "\($0[0].text ?? "").\($0[1].text ?? "")"
        }
      )
      for kind in kinds {
        let isNew = !known.contains { $0.hasPrefix(kind.name + ".") }
        if isNew {
          try transaction.execute(kind.createTable, [])
        } else {
          for field in kind.fields where !known.contains("\(kind.name).\(field.name)") {
            try transaction.execute(
              "ALTER TABLE \"\(kind.name)\" ADD COLUMN \(field.column(isAdded: true))",
              []
            )
          }
        }
        if isOlder { try dropFormerIndexes(of: kind, in: transaction) }
        for statement in kind.createIndexes { try transaction.execute(statement, []) }
        for field in kind.fields where !known.contains("\(kind.name).\(field.name)") {
          try transaction.execute(
            "INSERT INTO declared_field (kind, field) VALUES ($1, $2)",
            [.text(kind.name), .text(field.name)]
          )
        }
      }
    }
    // Once, for what was written before its field was sealed, or before there were keys.
    for kind in kinds where ring != nil && !kind.sealed.isEmpty {
      let step =
        "sealed \(kind.name) " + kind.sealed.map { kind.fields[$0].name }.joined(separator: " ")
      let isDone = try store.read {
        try $0.row("SELECT 1 FROM schema_step WHERE name = $1", [.text(step)]) != nil
      }
      guard !isDone else { continue }
      try reseal()
      _ = try store.write {
        try $0.execute("INSERT INTO schema_step (name) VALUES ($1)", [.text(step)])
      }
    }
  }

  /// A lasting setting of the data folder, such as the city's folder; `nil` when it was never set.
  package func setting(_ name: String) throws -> String? {
    try store.read { try $0.row("SELECT value FROM setting WHERE name = $1", [.text(name)]) }?[0]
      .text
  }

  /// Sets a lasting setting.
  package func set(_ name: String, to value: String) throws {
    _ = try store.write {
      try $0.execute(
        """
        INSERT INTO setting (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        [.text(name), .text(value)]
      )
    }
  }

  /// Takes away the indexes of single columns that ordered ones replaced.
  private func dropFormerIndexes(of kind: Kind, in transaction: any Writing) throws {
    for field in kind.fields {
      try transaction.execute("DROP INDEX IF EXISTS \"\(kind.name)_\(field.name)\"", [])
    }
  }

  /// Brings versions that were kept as people read them into the form in which rows are stored.
  private func storeHistory(in transaction: any Writing) throws {
    let rows = try transaction.rows(
      """
      SELECT h.kind, h.id, h.version, h.record, a.at, a.actor, a.source, a.document,
      (SELECT MIN(f.at) FROM audit f WHERE f.kind = h.kind AND f.id = h.id)
      FROM history h JOIN audit a ON a.kind = h.kind AND a.id = h.id AND a.version = h.version
      WHERE h.stored IS NULL
      """
    )
    for row in rows {
      guard let kind = self.kind(row[0].text ?? ""),
        let json = row[3].text.flatMap({ try? JSON(parsing: $0.utf8) })
      else { continue }
      let values = kind.fields.map { field -> Value in
        guard let held = json[field.name] else { return .none }
        return (try? field.parse(held, city: city)) ?? .none
      }
      let at = Instant(seconds: row[4].integer ?? 0)
      let record = Record(
        kind: kind,
        values: values,
        version: row[2].integer ?? 1,
        stamp: Stamp(
          createdAt: Instant(seconds: row[8].integer ?? at.seconds),
          updatedAt: at,
          updatedBy: row[5].text ?? "",
          source: Source(rawValue: row[6].text ?? "") ?? .manual,
          document: row[7].text ?? ""
        )
      )
      try transaction.execute(
        "UPDATE history SET since = $1, stored = $2 WHERE kind = $3 AND id = $4 AND version = $5",
        [.integer(at.seconds), .text(try storedForm(of: record).text), row[0], row[1], row[2]]
      )
    }
  }

  /// What was added to the groundwork since, each step once and for ever.
  private static let steps: [(name: String, statements: [String])] = [
    (
      "0001-imports",
      [
        """
        CREATE TABLE import_run (
          id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, file TEXT NOT NULL,
          state TEXT NOT NULL, report TEXT NOT NULL, job TEXT NOT NULL)
        """,
        "ALTER TABLE audit ADD COLUMN import_run INTEGER",
        "CREATE INDEX audit_import ON audit (import_run) WHERE import_run IS NOT NULL",
        """
        CREATE TABLE import_heading (
          kind TEXT NOT NULL, heading TEXT NOT NULL, field TEXT NOT NULL,
          PRIMARY KEY (kind, heading))
        """,
      ]
    ),
    (
      "0002-history-in-stored-form",
      [
        "ALTER TABLE history ADD COLUMN since INTEGER",
        "ALTER TABLE history ADD COLUMN stored TEXT",
        "CREATE INDEX history_time ON history (kind, until)",
      ]
    ),
    ("0003-ordered-indexes", []),
    ("0006-lines-of-files", ["ALTER TABLE audit ADD COLUMN line INTEGER"]),
    (
      "0005-evidence-and-succession",
      [
        """
        CREATE TABLE confirmation (
          kind TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, document TEXT NOT NULL,
          by_whom TEXT NOT NULL, on_day TEXT NOT NULL, at INTEGER NOT NULL)
        """,
        "CREATE INDEX confirmation_record ON confirmation (kind, id, on_day)",
        """
        CREATE TABLE succession (
          kind TEXT NOT NULL, from_id TEXT NOT NULL, to_id TEXT NOT NULL, how TEXT NOT NULL,
          on_day TEXT NOT NULL, document TEXT NOT NULL, by_whom TEXT NOT NULL, at INTEGER NOT NULL,
          PRIMARY KEY (kind, from_id, to_id))
        """,
        "CREATE INDEX succession_to ON succession (kind, to_id)",
        """
        CREATE TABLE distinct_pair (
          kind TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL, by_whom TEXT NOT NULL,
          at INTEGER NOT NULL, PRIMARY KEY (kind, first, second))
        """,
      ]
    ),
    (
      "0007-versions-confirmed",
      ["ALTER TABLE confirmation ADD COLUMN version INTEGER NOT NULL DEFAULT 0"]
    ),
    (
      "0004-answers-and-views",
      [
        """
        CREATE TABLE answered (
          key TEXT PRIMARY KEY, at INTEGER NOT NULL, request TEXT NOT NULL,
          status INTEGER NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL)
        """,
        """
        CREATE TABLE saved_view (
          kind TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, PRIMARY KEY (kind, name))
        """,
      ]
    ),
    (
      "0008-audit-chain",
      ["role", "organisation", "address", "result", "reason", "algorithm", "hash"].map { name in
        let usual = name == "result" ? "success" : ""
        return "ALTER TABLE audit ADD COLUMN \(name) TEXT NOT NULL DEFAULT '\(usual)'"
      }
    ),
    // Only after the entries there were have their hashes.
    ("0009-audit-is-kept", AuditChain.guards),
  ]

  private static let groundwork = [
    "CREATE TABLE IF NOT EXISTS schema_step (name TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """
    CREATE TABLE IF NOT EXISTS declared_field (
      kind TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (kind, field))
    """,
    "CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, last INTEGER NOT NULL)",
    """
    CREATE TABLE IF NOT EXISTS history (
      kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL,
      until INTEGER NOT NULL, PRIMARY KEY (kind, id, version))
    """,
    """
    CREATE TABLE IF NOT EXISTS audit (
      seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
      kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, source TEXT NOT NULL,
      document TEXT NOT NULL, difference TEXT NOT NULL)
    """,
    "CREATE INDEX IF NOT EXISTS audit_record ON audit (kind, id, seq)",
    """
    CREATE TABLE IF NOT EXISTS change (
      seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
      version INTEGER NOT NULL)
    """,
  ]
}

extension Kind {
  /// The columns of the stamp, after the declared ones.
  static let stampColumns = [
    "version", "createdAt", "updatedAt", "updatedBy", "sourceSystem", "sourceDocument",
  ]

  var createTable: String {
    let declared = fields.enumerated().map { index, field in
      field.column(isAdded: false) + (index == identifier ? " PRIMARY KEY" : "")
    }
    let stamp = [
      "\"version\" INTEGER NOT NULL CHECK (\"version\" >= 1)", "\"createdAt\" INTEGER NOT NULL",
      "\"updatedAt\" INTEGER NOT NULL", "\"updatedBy\" TEXT NOT NULL",
      "\"sourceSystem\" TEXT NOT NULL", "\"sourceDocument\" TEXT NOT NULL",
    ]
    return "CREATE TABLE \"\(name)\" (\((declared + stamp).joined(separator: ", ")))"
  }

  var createIndexes: [String] {
    var indexed: Set<String> = [fields[identifier].name]
    var statements: [String] = []
    for (number, key) in keys.enumerated() {
      let columns =
        key.count == 1
        ? "\"\(key[0])\""
        : key.map { "COALESCE(CAST(\"\($0)\" AS TEXT), '')" }.joined(separator: ", ")
      statements.append(
        "CREATE UNIQUE INDEX IF NOT EXISTS \"\(name)_key\(number)\" ON \"\(name)\" (\(columns))"
      )
      if key.count == 1 { indexed.insert(key[0]) }
    }
    for field in fields where field.isUnique && indexed.insert(field.name).inserted {
      statements.append(
        """
        CREATE UNIQUE INDEX IF NOT EXISTS "\(name)_\(field.name)_unique"
        ON "\(name)" ("\(field.name)")
        """
      )
    }
    // A filter in the usual order, a list in the order of a column: each is a walk along one index.
    let name = "\"\(fields[title].name)\""
    let own = "\"\(fields[identifier].name)\""
    let referring = fields.filter { if case .reference = $0.type { true } else { false } }
    var seen: Set<String> = []
    for field in filters.map({ fields[$0] }) + referring where seen.insert(field.name).inserted {
      guard field.name != fields[identifier].name, field.name != fields[title].name else {
        continue
      }
      statements.append(
        """
        CREATE INDEX IF NOT EXISTS "\(self.name)_\(field.name)_named"
        ON "\(self.name)" ("\(field.name)", \(name), \(own))
        """
      )
    }
    seen = [fields[identifier].name]
    for field in [fields[title]] + columns.map({ fields[$0] })
    where seen.insert(field.name).inserted {
      statements.append(
        """
        CREATE INDEX IF NOT EXISTS "\(self.name)_\(field.name)_ordered"
        ON "\(self.name)" ("\(field.name)", \(own))
        """
      )
    }
    return statements
  }
}

extension FieldShape {
  func column(isAdded: Bool) -> String {
    let quoted = "\"\(name)\""
    var sql: String
    switch type {
    case _ where isSealed: sql = "\(quoted) TEXT"
    case .integer(let range), .decimal(_, let range):
      sql = "\(quoted) INTEGER CHECK (\(quoted) >= \(range.lowerBound))"
    case .boolean: sql = "\(quoted) INTEGER CHECK (\(quoted) IN (0, 1))"
    case .money: sql = "\(quoted) INTEGER CHECK (\(quoted) >= 0)"
    case .reference(let kind):
      sql = "\(quoted) TEXT REFERENCES \"\(kind)\" DEFERRABLE INITIALLY DEFERRED"
    default: sql = "\(quoted) TEXT"
    }
    if isRequired, condition == nil, !isAdded { sql += " NOT NULL" }
    return sql
  }

  /// The value as the store keeps it.
  func stored(_ value: Value) -> Stored {
    switch value {
    case .none: .null
    case .text(let text): .text(text)
    case .integer(let number): .integer(number)
    case .boolean(let truth): .integer(truth ? 1 : 0)
    case .date(let date): .text(date.description)
    case .money(let fen): .integer(fen.amount)
    case .list, .rows: .text(json(value).text)
    }
  }
}
