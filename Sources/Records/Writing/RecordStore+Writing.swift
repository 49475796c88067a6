import Calendar
package import Storage
package import Values

extension RecordStore {
  /// Writes one record, or tells everything that keeps it from being written.
  ///
  /// The change, the former version, the audit entry and the change-feed row are one transaction.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - draft: what it shall be.
  ///   - actor: who writes.
  /// - Returns: the record as it stands now and what is worth knowing.
  /// - Throws: `Refused` when a check blocks it; the store's errors.
  @discardableResult
  package func save(_ kind: Kind, _ draft: Draft, by actor: Actor) throws -> (
    record: Record, outcome: Outcome
  ) {
    try store.write { transaction in
      var planner = Planner(register: self, kind: kind, reading: transaction)
      let outcome = try planner.plan([draft])[0]
      guard outcome.verdict != .refused else {
        let isConflict = outcome.problems.contains { $0.code == "REC-E-020" }
        throw Refused(problems: outcome.problems, conflict: isConflict ? outcome.former : nil)
      }
      let id = try apply(kind, outcome, by: actor, in: transaction)
      guard let record = try record(kind, id, in: transaction) else {
        throw StorageError.failed(reason: "record vanished", statement: kind.name)
      }
      return (record, outcome)
    }
  }

  /// What would become of drafts, without writing anything.
  package func plan(_ kind: Kind, _ drafts: [Draft]) throws -> [Outcome] {
    try store.read { reading in
      var planner = Planner(register: self, kind: kind, reading: reading)
      return try planner.plan(drafts)
    }
  }

  /// Writes the good ones of many drafts in one transaction.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - drafts: what the records shall be.
  ///   - actor: who writes.
  ///   - isWhole: whether one refused draft keeps all others out.
  /// - Returns: what became of each, in order.
  /// - Throws: the store's errors.
  package func saveAll(_ kind: Kind, _ drafts: [Draft], by actor: Actor, isWhole: Bool) throws
    -> [Outcome]
  {
    try store.write { transaction in
      var planner = Planner(register: self, kind: kind, reading: transaction)
      let outcomes = try planner.plan(drafts)
      if isWhole, outcomes.contains(where: { $0.verdict == .refused }) { return outcomes }
      for outcome in outcomes where outcome.verdict == .new || outcome.verdict == .changed {
        try apply(kind, outcome, by: actor, in: transaction)
      }
      return outcomes
    }
  }

  /// Writes the good ones of many drafts in one transaction that can be taken back as a whole.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - drafts: what the records shall be.
  ///   - title: what is done, as the register remembers it.
  ///   - actor: who writes.
  /// - Returns: the number under which it is remembered, `nil` when nothing was written; what became of
  ///   each draft.
  /// - Throws: the store's errors.
  package func saveTogether(_ kind: Kind, _ drafts: [Draft], as title: String, by actor: Actor)
    throws
    -> (run: Int?, outcomes: [Outcome])
  {
    try inOneTransaction { inside in
      var actor = actor
      let run = try ImportRun.begin(title, "", actor, in: inside)
      actor.importRun = run
      let outcomes = try inside.saveAll(kind, drafts, by: actor, isWhole: false)
      var report = ImportReport()
      report.new = outcomes.count { $0.verdict == .new }
      report.changed = outcomes.count { $0.verdict == .changed }
      report.unchanged = outcomes.count { $0.verdict == .unchanged }
      report.refused = outcomes.count { $0.verdict == .refused }
      let isRemembered = try ImportRun.end(run, [report], in: inside)
      return (isRemembered ? run : nil, outcomes)
    }
  }

  /// The changes after a sequence number, oldest first.
  package func changes(after sequence: Int, most: Int = 10_000) throws -> [Change] {
    try store.read { try changes(after: sequence, most: most, in: $0) }
  }

  /// The changes after a sequence number inside a transaction, oldest first.
  package func changes(after sequence: Int, most: Int, in reading: any Reading) throws -> [Change] {
    try reading.rows(
      "SELECT seq, kind, id, version FROM change WHERE seq > $1 ORDER BY seq LIMIT $2",
      [.integer(sequence), .integer(most)]
    ).map {
      Change(
        sequence: $0[0].integer ?? 0,
        kind: $0[1].text ?? "",
        id: $0[2].text ?? "",
        version: $0[3].integer ?? 0
      )
    }
  }

  /// The sequence number of the last change; 0 when there was none.
  package func lastChange() throws -> Int {
    try store.read(lastChange)
  }

  /// The sequence number of the last change inside a transaction.
  package func lastChange(in reading: any Reading) throws -> Int {
    try reading.row("SELECT COALESCE(MAX(seq), 0) FROM change")?[0].integer ?? 0
  }

  /// Writes a planned outcome: row, former version, audit entry, change-feed row.
  ///
  /// - Returns: the identifier of the record.
  @discardableResult
  func apply(
    _ kind: Kind,
    _ outcome: Outcome,
    by actor: Actor,
    in transaction: any Writing
  ) throws -> String {
    guard outcome.verdict != .unchanged else { return outcome.former?.id ?? "" }
    let now = clock.now().seconds
    var values = outcome.values
    if values[kind.identifier].isNone, let prefix = kind.prefix {
      values[kind.identifier] = .text(try nextID(kind, prefix, in: transaction))
    }
    let id = values[kind.identifier].text ?? ""
    let declared = try zip(kind.fields, values).map { try column(kind, $0, $1, id) }
    let version: Int
    if let former = outcome.former {
      version = former.version + 1
      let stamp: [Stored] = [
        .integer(version), .integer(now), .text(actor.name), .text(actor.source.rawValue),
        .text(actor.document),
      ]
      try transaction.execute(kind.updateStatement, declared + stamp + [.text(former.id)])
      try keep(former, until: now, in: transaction)
    } else {
      // Who was taken out and comes again goes on counting.
      let last = try transaction.row(
        "SELECT MAX(version) FROM history WHERE kind = $1 AND id = $2",
        [.text(kind.name), .text(id)]
      )
      version = (last?[0].integer ?? 0) + 1
      let stamp: [Stored] = [
        .integer(version), .integer(now), .integer(now), .text(actor.name),
        .text(actor.source.rawValue), .text(actor.document),
      ]
      try transaction.execute(kind.insertStatement, declared + stamp)
    }
    let action = outcome.former == nil ? "create" : "update"
    let difference = difference(kind, outcome.former, values)
    try note(
      action,
      kind,
      id,
      version,
      difference,
      by: actor,
      at: now,
      line: outcome.line,
      in: transaction
    )
    return id
  }

  /// Takes a record out of the register; its versions stay.
  func remove(_ record: Record, by actor: Actor, in transaction: any Writing) throws {
    let kind = record.kind
    let now = clock.now().seconds
    try keep(record, until: now, in: transaction)
    try transaction.execute(
      "DELETE FROM \"\(kind.name)\" WHERE \"\(kind.fields[kind.identifier].name)\" = $1",
      [.text(record.id)]
    )
    try note(
      "remove",
      kind,
      record.id,
      record.version,
      .object([]),
      by: actor,
      at: now,
      in: transaction
    )
  }

  /// Writes the audit entry and the change-feed row of something that was done to a record.
  func note(
    _ action: String,
    _ kind: Kind,
    _ id: String,
    _ version: Int,
    _ difference: JSON,
    by actor: Actor,
    at now: Int,
    line: Int? = nil,
    reason: String = "",
    in transaction: any Writing
  ) throws {
    var event = AuditEvent(action, by: actor)
    event.kind = kind.name
    event.id = id
    event.reason = reason
    event.detail = difference
    try append(event, version: version, at: now, line: line, in: transaction)
    try transaction.execute(
      "INSERT INTO change (at, kind, id, version) VALUES ($1, $2, $3, $4)",
      [.integer(now), .text(kind.name), .text(id), .integer(version)]
    )
  }

  /// Puts a version among the former ones.
  func keep(_ former: Record, until now: Int, in transaction: any Writing) throws {
    try transaction.execute(
      """
      INSERT INTO history (kind, id, version, record, until, since, stored)
      VALUES ($1, $2, $3, '', $4, $5, $6)
      """,
      [
        .text(former.kind.name), .text(former.id), .integer(former.version), .integer(now),
        .integer(former.stamp.updatedAt.seconds), .text(try storedForm(of: former).text),
      ]
    )
  }

  /// The changed fields with their former and new values; a new record's audit names no values.
  private func difference(_ kind: Kind, _ former: Record?, _ values: [Value]) -> JSON {
    guard let former else { return .object([]) }
    var members: [JSON.Member] = []
    for (place, field) in kind.fields.enumerated() where former.values[place] != values[place] {
      members.append(
        JSON.Member(
          field.name,
          .array([
            audited(kind, field, former.values[place]), audited(kind, field, values[place]),
          ])
        )
      )
    }
    return .object(members)
  }

  private func nextID(_ kind: Kind, _ prefix: String, in transaction: any Writing) throws -> String
  {
    while true {
      let last = try transaction.row(
        """
        INSERT INTO counter (name, last) VALUES ($1, 1)
        ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last
        """,
        [.text(kind.name)]
      )
      let digits = String(last?[0].integer ?? 1)
      let id = prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
      let taken = try transaction.row(
        "SELECT 1 FROM \"\(kind.name)\" WHERE \"\(kind.fields[kind.identifier].name)\" = $1",
        [.text(id)]
      )
      if taken == nil { return id }
    }
  }
}

/// One row of the change feed.
package struct Change: Hashable, Sendable {
  /// Its place in the feed.
  package var sequence: Int
  /// The kind of the record changed.
  package var kind: String
  /// The identifier of the record changed.
  package var id: String
  /// The version it has since.
  package var version: Int
}

extension Record {
  /// The record as a JSON object, with only what the reader may see.
  ///
  /// - Parameter reader: who reads.
  /// - Returns: the object.
  package func json(for reader: Reader) -> JSON {
    var members: [JSON.Member] = [JSON.Member("id", .string(id))]
    for (field, value) in zip(kind.fields, values)
    where reader.maySee(field, of: kind) && !value.isNone {
      members.append(JSON.Member(field.name, field.json(value)))
    }
    members.append(JSON.Member("version", .integer(version)))
    members.append(JSON.Member("updatedAt", .string(stamp.updatedAt.civilText)))
    members.append(JSON.Member("sourceSystem", .string(stamp.source.rawValue)))
    return .object(members)
  }
}
