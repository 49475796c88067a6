package import Calendar
import Storage
import Values

/// One import that was carried out, as the register remembers it.
package struct ImportRun: Sendable, Hashable {
  /// Where an import stands.
  package enum State: String, Sendable {
    /// Its rows are in.
    case done
    /// It was taken back.
    case undone

    /// What users read.
    package var label: String { self == .done ? "已入库" : "已撤销" }
  }

  /// Its number.
  package var id: Int
  /// When it was carried out.
  package var at: Instant
  /// Who imported.
  package var actor: String
  /// The names of the files.
  package var file: String
  /// Where it stands.
  package var state: State
  /// How many records it made.
  package var new: Int
  /// How many records it changed.
  package var changed: Int
  /// How many rows left their record as it was.
  package var unchanged: Int
  /// How many rows it sent back.
  package var refused: Int

  static func begin(
    _ title: String,
    _ job: String,
    _ actor: Actor,
    in register: RecordStore
  ) throws -> Int {
    try register.store.write { transaction in
      try transaction.execute(
        """
        INSERT INTO import_run (at, actor, file, state, report, job)
        VALUES ($1, $2, $3, 'done', '{}', $4)
        """,
        [
          .integer(register.clock.now().seconds), .text(actor.name),
          .text(title), .text(job),
        ]
      )
      return try transaction.row("SELECT MAX(id) FROM import_run")?[0].integer ?? 0
    }
  }

  /// Notes what an import did; one that wrote nothing leaves nothing to take back and is forgotten.
  ///
  /// - Returns: whether it is remembered.
  static func end(_ id: Int, _ reports: [ImportReport], in register: RecordStore) throws -> Bool {
    var total = ImportReport()
    for report in reports { total.count(report) }
    guard total.new + total.changed > 0 else {
      _ = try register.store.write {
        try $0.execute("DELETE FROM import_run WHERE id = $1", [.integer(id)])
      }
      return false
    }
    let counts = JSON.object([
      "new": .integer(total.new), "changed": .integer(total.changed),
      "unchanged": .integer(total.unchanged), "refused": .integer(total.refused),
    ])
    _ = try register.store.write {
      try $0.execute(
        "UPDATE import_run SET report = $1 WHERE id = $2",
        [.text(counts.text), .integer(id)]
      )
    }
    return true
  }

  init(_ row: [Stored]) {
    let report = row[5].text.flatMap { try? JSON(parsing: $0.utf8) }
    func count(_ name: String) -> Int {
      if case .integer(let number)? = report?[name] { number } else { 0 }
    }
    id = row[0].integer ?? 0
    at = Instant(seconds: row[1].integer ?? 0)
    actor = row[2].text ?? ""
    file = row[3].text ?? ""
    state = State(rawValue: row[4].text ?? "") ?? .done
    new = count("new")
    changed = count("changed")
    unchanged = count("unchanged")
    refused = count("refused")
  }
}

extension ImportRun {
  /// What headings were said to mean at former imports of the same organisation: field names by kind
  /// and comparable heading.
  static func headings(in register: RecordStore) throws -> [String: [String: String]] {
    let own = shelf(of: register)
    var headings: [String: [String: String]] = [:]
    try register.store.read { reading in
      try reading.each("SELECT kind, heading, field FROM import_heading", []) { row in
        let parts = (row[0].text ?? "").split(separator: "@", maxSplits: 1).map(String.init)
        guard let kind = parts.first, (parts.count == 2 ? parts[1] : "") == own else { return true }
        headings[kind, default: [:]][row[1].text ?? ""] = row[2].text
        return true
      }
    }
    return headings
  }

  /// For whom headings are remembered: a school, an enterprise, a county; the city where it is none.
  private static func shelf(of register: RecordStore) -> String {
    guard let reader = register.reader else { return "" }
    return reader.organisation.isEmpty ? reader.region : reader.organisation
  }

  /// Remembers what headings mean.
  package static func remember(_ headings: [String: [String: String]], in register: RecordStore)
    throws
  {
    let own = shelf(of: register)
    try register.store.write { transaction in
      for (kind, fields) in headings {
        let kind = own.isEmpty ? kind : "\(kind)@\(own)"
        for (heading, field) in fields {
          try transaction.execute(
            """
            INSERT INTO import_heading (kind, heading, field) VALUES ($1, $2, $3)
            ON CONFLICT (kind, heading) DO UPDATE SET field = excluded.field
            """,
            [.text(kind), .text(Text.comparable(heading)), .text(field)]
          )
        }
      }
    }
  }
}

extension RecordStore {
  /// The imports that were carried out, the newest first.
  package func imports(most: Int = 50) throws -> [ImportRun] {
    try store.read { reading in
      try reading.rows(
        "SELECT id, at, actor, file, state, report FROM import_run ORDER BY id DESC LIMIT $1",
        [.integer(most)]
      ).map(ImportRun.init)
    }
  }

  /// The import that carried out a job; `nil` when none has.
  package func importRun(job: String) throws -> ImportRun? {
    try store.read { reading in
      try reading.row(
        "SELECT id, at, actor, file, state, report FROM import_run WHERE job = $1",
        [.text(job)]
      ).map(ImportRun.init)
    }
  }

  /// An import by its number; `nil` when there is none.
  package func importRun(_ id: Int) throws -> ImportRun? {
    try store.read { reading in
      try reading.row(
        "SELECT id, at, actor, file, state, report FROM import_run WHERE id = $1",
        [.integer(id)]
      ).map(ImportRun.init)
    }
  }
}
