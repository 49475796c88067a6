import Calendar
package import Storage
package import Values

/// What a merge would do, told before it is done.
package struct MergePlan: Sendable {
  /// The record that stays.
  package var kept: Record
  /// The record that goes on as it.
  package var away: Record
  /// The fields in which they differ.
  package var differences: [FieldChange]
  /// How many records of each kind refer to the one that goes, by kind and field.
  package var references: [(kind: Kind, field: FieldShape, count: Int)]
  /// What stands in the way: records that would be there twice.
  package var clashes: [Clash]
  /// What stands in the way, in sentences.
  package var obstacles: [Problem] { clashes.map(\.problem) }

  /// Two records that would be the same once both refer to the one kept.
  package struct Clash: Sendable {
    /// Their kind.
    package var kind: Kind
    /// The one that refers to the record kept.
    package var kept: String
    /// The one that refers to the record that goes.
    package var away: String
    /// What to tell.
    package var problem: Problem
  }
}

extension RecordStore {
  /// Tells what it would mean to merge one record into another; nothing is written.
  ///
  /// - Returns: `nil` when one of them is not there or they are one.
  package func planMerge(_ kind: Kind, keep: String, away: String, in reading: any Reading) throws
    -> MergePlan?
  {
    guard keep != away, let kept = try record(kind, keep, in: reading),
      let gone = try record(kind, away, in: reading)
    else { return nil }
    let differences = kind.fields.enumerated().compactMap { place, field -> FieldChange? in
      guard kept.values[place] != gone.values[place], place != kind.identifier, !field.isDerived
      else { return nil }
      return FieldChange(field: field, before: kept.values[place], after: gone.values[place])
    }
    var references: [(kind: Kind, field: FieldShape, count: Int)] = []
    var clashes: [MergePlan.Clash] = []
    for (other, field) in referring(to: kind) {
      let query = Query([.field(field.name, away)])
      let count = try count(other, query, in: reading)
      guard count > 0 else { continue }
      references.append((other, field, count))
      clashes += try self.clashes(other, field, keep, away, in: reading)
    }
    return MergePlan(
      kept: kept,
      away: gone,
      differences: differences,
      references: references,
      clashes: clashes
    )
  }

  /// Merges one record into another: the values chosen are taken over, what refers to it follows, its
  /// identifier leads to the one kept, and its versions stay.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - keep: the record that stays.
  ///   - away: the record that goes on as it.
  ///   - taken: the names of the fields whose values are taken from the one that goes.
  ///   - document: the document it rests on.
  ///   - actor: who merges.
  /// - Returns: the record as it is now.
  /// - Throws: `Refused` with everything that stands in the way, and nothing happens; the store's errors.
  @discardableResult
  package func merge(
    _ kind: Kind,
    keep: String,
    away: String,
    taking taken: Set<String>,
    document: String,
    by actor: Actor
  ) throws -> Record {
    try inOneTransaction { inside in
      try inside.store.write { transaction in
        for id in [keep, away] { try inside.demand(.join, kind, id, in: transaction) }
        let inside = inside.unrestricted
        guard let plan = try inside.planMerge(kind, keep: keep, away: away, in: transaction) else {
          throw Refused(
            problems: [Problem("REC-E-063", "", "要合并的两条\(kind.label)有一条不在，或是同一条，请核对编号。")]
          )
        }
        let strange = taken.filter { kind.place(of: $0) == nil }.sorted().map { name in
          let near = NearMiss.suggestion(name, among: kind.fields.map(\.name))
          return Problem("REC-E-012", name, "\(kind.label)没有名为 \(name) 的字段。\(near)")
        }
        let obstacles = strange + plan.obstacles
        guard obstacles.isEmpty else { throw Refused(problems: obstacles) }
        var actor = actor
        actor.document = document
        try inside.repoint(kind, from: away, to: keep, by: actor, in: transaction)
        // References of the one that goes may point to the one that stays.
        guard let gone = try inside.record(kind, away, in: transaction) else {
          throw StorageError.failed(reason: "record vanished", statement: kind.name)
        }
        try inside.remove(gone, by: actor, in: transaction)
        var inputs: [String: Draft.Input] = [:]
        for change in plan.differences where taken.contains(change.field.name) {
          inputs[change.field.name] = .value(change.after)
        }
        var planner = Planner(register: inside, kind: kind, reading: transaction)
        let outcome = try planner.plan([Draft(inputs, id: keep)])[0]
        guard outcome.verdict != .refused else { throw Refused(problems: outcome.problems) }
        try inside.apply(kind, outcome, by: actor, in: transaction)
        try inside.note(
          Succession(
            from: away,
            to: keep,
            how: .merge,
            on: inside.clock.now().date,
            document: document,
            by: actor.name
          ),
          kind,
          in: transaction
        )
        guard let record = try inside.record(kind, keep, in: transaction) else {
          throw StorageError.failed(reason: "record vanished", statement: kind.name)
        }
        let said = JSON.object([
          JSON.Member("from", .string(away)),
          JSON.Member("taken", .array(taken.sorted().map(JSON.string))),
        ])
        let now = inside.clock.now().seconds
        try inside.note(
          "merge",
          kind,
          keep,
          record.version,
          said,
          by: actor,
          at: now,
          in: transaction
        )
        return record
      }
    }
  }

  /// The records that would be there twice once what refers to one record refers to another.
  func clashes(_ kind: Kind, keep: String, away: String, in reading: any Reading) throws
    -> [MergePlan.Clash]
  {
    try referring(to: kind).flatMap { other, field in
      try clashes(other, field, keep, away, in: reading)
    }
  }

  /// The fields of all kinds that refer to a kind.
  private func referring(to kind: Kind) -> [(kind: Kind, field: FieldShape)] {
    kinds.flatMap { other in
      other.references.filter { $0.kind == kind.name }.map { (other, other.fields[$0.place]) }
    }
  }

  /// Makes what refers to one record refer to another, each as a new version.
  func repoint(
    _ kind: Kind,
    from: String,
    to: String,
    by actor: Actor,
    in transaction: any Writing
  ) throws {
    for (other, field) in referring(to: kind) {
      guard let place = other.place(of: field.name) else { continue }
      let records = try some(
        other,
        [.field(field.name, from)],
        only: Array(other.fields.indices),
        most: 10_000_000,
        in: transaction
      )
      for record in records {
        var values = record.values
        switch values[place] {
        case .text: values[place] = .text(to)
        case .list(let ids):
          var seen: Set<String> = []
          values[place] = .list(
            ids.map { $0 == from ? to : $0 }.filter { seen.insert($0).inserted }
          )
        default: continue
        }
        let outcome = Outcome(
          verdict: .changed,
          problems: [],
          values: values,
          former: record,
          line: nil
        )
        try apply(other, outcome, by: actor, in: transaction)
      }
    }
  }

  /// The records that would be the same as others once they refer to the one kept.
  private func clashes(
    _ other: Kind,
    _ field: FieldShape,
    _ keep: String,
    _ away: String,
    in reading: any Reading
  ) throws -> [MergePlan.Clash] {
    guard case .reference = field.type else { return [] }
    var clashes: [MergePlan.Clash] = []
    for key in other.keys where key.contains(field.name) {
      let rest = key.filter { $0 != field.name }
      let alike = rest.map {
        "COALESCE(CAST(a.\"\($0)\" AS TEXT), '') = COALESCE(CAST(b.\"\($0)\" AS TEXT), '')"
      }
      let own = other.fields[other.identifier].name
      let sql = """
        SELECT a."\(own)", b."\(own)" FROM "\(other.name)" a JOIN "\(other.name)" b
        ON \((alike + ["a.\"\(own)\" <> b.\"\(own)\""]).joined(separator: " AND "))
        WHERE a."\(field.name)" = $1 AND b."\(field.name)" = $2 LIMIT 10
        """
      for row in try reading.rows(sql, [.text(away), .text(keep)]) {
        let labels = rest.compactMap { other.place(of: $0) }.map { other.fields[$0].label }
        let (gone, kept) = (row[0].text ?? "", row[1].text ?? "")
        let same = labels.isEmpty ? "" : "，\(labels.joined(separator: "、"))相同"
        let problem = Problem(
          "REC-E-064",
          field.name,
          "两边都有同样的\(other.label)（\(gone) 和 \(kept)\(same)），合并后会重复。请先把这两条合并。"
        )
        clashes.append(.init(kind: other, kept: kept, away: gone, problem: problem))
      }
    }
    return clashes
  }
}
