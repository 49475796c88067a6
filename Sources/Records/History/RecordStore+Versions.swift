package import Calendar
import Storage
package import Values

/// One version of a record.
package struct Version: Sendable {
  /// The record as it was.
  package var record: Record
  /// Until when it was so; `nil` for how it stands.
  package var until: Instant?
  /// What was done to make it, such as `create`, `update` or `merge`.
  package var action: String
  /// The import it came by; `nil` for anything else.
  package var importRun: Int?
  /// The line of the file it came from; `nil` for anything else.
  package var line: Int?
}

/// What one version changed in a field.
package struct FieldChange: Sendable {
  /// The field.
  package var field: FieldShape
  /// What it was.
  package var before: Value
  /// What it became.
  package var after: Value
}

extension RecordStore {
  /// A former version of a record; `nil` when there is none.
  package func former(_ kind: Kind, _ id: String, version: Int) throws -> Record? {
    try store.read { reading in
      guard try mayLookBack(kind, id, in: reading) else { return nil }
      let row = try reading.row(
        "SELECT stored FROM history WHERE kind = $1 AND id = $2 AND version = $3",
        [.text(kind.name), .text(id), .integer(version)]
      )
      return try row?[0].text.flatMap { try self.record(kind, stored: $0) }
    }
  }

  /// Every version of a record, the newest first; none for one that never was.
  package func versions(_ kind: Kind, _ id: String) throws -> [Version] {
    try store.read { reading in
      guard try mayLookBack(kind, id, in: reading) else { return [] }
      var done: [Int: (action: String, run: Int?, line: Int?)] = [:]
      try reading.each(
        """
        SELECT version, action, import_run, line FROM audit
        WHERE kind = $1 AND id = $2 AND action NOT IN ('remove', 'confirm') ORDER BY seq
        """,
        [.text(kind.name), .text(id)]
      ) { row in
        done[row[0].integer ?? 0] = (row[1].text ?? "", row[2].integer, row[3].integer)
        return true
      }
      func version(_ record: Record, until: Instant?) -> Version {
        let made = done[record.version]
        return Version(
          record: record,
          until: until,
          action: made?.action ?? "",
          importRun: made?.run ?? nil,
          line: made?.line ?? nil
        )
      }
      var versions: [Version] = []
      if let record = try record(kind, id, in: reading) {
        versions.append(version(record, until: nil))
      }
      try reading.each(
        "SELECT stored, until FROM history WHERE kind = $1 AND id = $2 ORDER BY version DESC",
        [.text(kind.name), .text(id)]
      ) { row in
        if let record = try row[0].text.flatMap({ try self.record(kind, stored: $0) }) {
          versions.append(version(record, until: Instant(seconds: row[1].integer ?? 0)))
        }
        return true
      }
      return versions
    }
  }
}

extension Version {
  /// What it changed against the version before it; every field that is filled in for a first one.
  ///
  /// - Parameters:
  ///   - before: the version before; `nil` for the first.
  ///   - reader: who reads; what they may not see is left out.
  /// - Returns: the changes, in the order of the fields.
  package func changes(since before: Version?, for reader: Reader) -> [FieldChange] {
    record.kind.fields.enumerated().compactMap { place, field in
      let former = before?.record.values[place] ?? .none
      let now = record.values[place]
      guard former != now, reader.maySee(field, of: record.kind), !field.isDerived || before == nil
      else {
        return nil
      }
      return FieldChange(field: field, before: former, after: now)
    }
  }
}

extension [Version] {
  /// The versions as the command line and the API give them: the newest first, each with what it changed.
  package func json(for reader: Reader) -> JSON {
    .array(
      enumerated().map { index, version in
        let before = index + 1 < count ? self[index + 1] : nil
        let stamp = version.record.stamp
        let changes = version.changes(since: before, for: reader).map { change in
          JSON.object([
            "field": .string(change.field.name), "before": change.field.json(change.before),
            "after": change.field.json(change.after),
          ])
        }
        return .object([
          "version": .integer(version.record.version),
          "at": .string(stamp.updatedAt.civilText),
          "until": version.until.map { .string($0.civilText) } ?? .null,
          "by": .string(stamp.updatedBy), "action": .string(version.action),
          "sourceSystem": .string(stamp.source.rawValue), "document": .string(stamp.document),
          "import": version.importRun.map(JSON.integer) ?? .null,
          "line": version.line.map(JSON.integer) ?? .null, "changes": .array(changes),
        ])
      }
    )
  }
}
