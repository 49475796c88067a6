package import Calendar
import Storage
package import Values

/// An entry of the audit log, to be read.
package struct AuditEntry: Sendable {
  /// The columns of a list, in their order.
  package static let columns = [
    "seq", "at", "actor", "role", "organisation", "address", "action", "kind", "id", "version",
    "source", "document", "difference", "import", "line", "result", "reason", "algorithm", "hash",
  ]

  /// The values by column.
  private let values: [String: JSON]

  /// Reads the columns of `AuditChain.columns`; what the reader may not see of a record is left out.
  init(_ row: [Stored], _ kinds: [Kind], for reader: Reader) {
    var values: [String: JSON] = [:]
    for (name, value) in zip(AuditChain.hashed + ["hash"], row) {
      let name = name == "import_run" ? "import" : name
      values[name] =
        switch value {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .string(text)
        }
    }
    values["at"] = row[1].integer.map { .string(Self.moment($0)) }
    let kind = kinds.first { $0.name == row[4].text }
    let difference = row[9].text.flatMap { try? JSON(parsing: $0.utf8) } ?? .object([])
    values["difference"] = Self.shown(difference, kind, reader)
    self.values = values
  }

  /// The entry as a JSON object.
  package var json: JSON {
    .object(Self.columns.map { JSON.Member($0, values[$0] ?? .null) })
  }

  /// The entry as texts, in the order of `columns`.
  package var texts: [String] {
    Self.columns.map { name in
      switch values[name] ?? .null {
      case .null: ""
      case .string(let text): text
      case let value: value.text
      }
    }
  }

  /// Civil time in China with seconds, `2022-07-14 09:30:05`.
  private static func moment(_ seconds: Int) -> String {
    let second = (seconds % 60 + 60) % 60
    return Instant(seconds: seconds).civilText + (second < 10 ? ":0" : ":") + String(second)
  }

  /// A difference with `null` in place of what a reader may not see.
  private static func shown(_ difference: JSON, _ kind: Kind?, _ reader: Reader) -> JSON {
    guard let kind, let members = difference.members else { return difference }
    return .object(
      members.map { member in
        let field = kind.place(of: member.name).map { kind.fields[$0] }
        guard let field, !reader.maySee(field, of: kind) else { return member }
        return JSON.Member(member.name, .null)
      }
    )
  }
}

/// Which entries of the audit log are wanted.
package struct AuditQuery: Sendable {
  /// What was done; `nil` for anything.
  package var action: String?
  /// The kind of what it was done to.
  package var kind: String?
  /// The identifier of what it was done to.
  package var id: String?
  /// Who did it.
  package var actor: String?
  /// The first day.
  package var from: CivilDate?
  /// The last day.
  package var to: CivilDate?
  /// How many at most, the latest.
  package var limit: Int?

  /// Wants everything.
  package init() {}

  /// The statement, and what it is given.
  var statement: (sql: String, arguments: [Stored]) {
    var conditions: [String] = []
    var arguments: [Stored] = []
    func want(_ condition: String, _ value: Stored?) {
      guard let value else { return }
      arguments.append(value)
      conditions.append("\(condition) $\(arguments.count)")
    }
    want("action =", action.map(Stored.text))
    want("kind =", kind.map(Stored.text))
    want("id =", id.map(Stored.text))
    want("actor =", actor.map(Stored.text))
    want("at >", from.map { .integer(Instant(endOf: $0.adding(days: -1)).seconds) })
    want("at <=", to.map { .integer(Instant(endOf: $0).seconds) })
    var sql = "SELECT \(AuditChain.columns) FROM audit"
    if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
    guard let limit else { return (sql + " ORDER BY seq", arguments) }
    arguments.append(.integer(limit))
    sql += " ORDER BY seq DESC LIMIT $\(arguments.count)"
    return ("SELECT * FROM (\(sql)) ORDER BY seq", arguments)
  }
}

extension RecordStore {
  /// Gives out entries of the audit log, the oldest first, one after another.
  ///
  /// - Parameters:
  ///   - query: which.
  ///   - reader: who reads; values of fields that are not theirs to see are left out.
  ///   - body: takes each entry.
  /// - Throws: what `body` throws; the store's errors.
  package func eachAuditEntry(
    _ query: AuditQuery,
    for reader: Reader,
    _ body: (AuditEntry) throws -> Void
  ) throws {
    let (sql, arguments) = query.statement
    try store.read { reading in
      try reading.each(sql, arguments) { row in
        try body(AuditEntry(row, kinds, for: reader))
        return true
      }
    }
  }
}
