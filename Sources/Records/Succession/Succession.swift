package import Calendar
package import Storage
import Values

/// That one record goes on as another: merged into it, followed by it, or split into it and others.
///
/// The former identifier leads to the later record for ever.
package struct Succession: Hashable, Sendable {
  /// How it goes on.
  package enum How: String, Sendable, CaseIterable {
    /// It was the same thing registered twice.
    case merge
    /// It was renamed, converted or taken over.
    case succession
    /// It became several.
    case split

    /// What users read.
    package var label: String {
      switch self {
      case .merge: "重复登记，已合并"
      case .succession: "承继"
      case .split: "分立"
      }
    }
  }

  /// The record that goes on.
  package var from: String
  /// What it goes on as.
  package var to: String
  /// How.
  package var how: How
  /// From which day.
  package var on: CivilDate
  /// The document it rests on; may be empty.
  package var document: String
  /// Who wrote it down.
  package var by: String
}

extension RecordStore {
  /// What a record goes on as, and what goes on as it.
  package func successions(_ kind: Kind, _ id: String, in reading: any Reading) throws -> (
    later: [Succession], former: [Succession]
  ) {
    let rows = try reading.rows(
      """
      SELECT from_id, to_id, how, on_day, document, by_whom FROM succession
      WHERE kind = $1 AND (from_id = $2 OR to_id = $2) ORDER BY on_day, from_id, to_id
      """,
      [.text(kind.name), .text(id)]
    ).compactMap { row -> Succession? in
      guard let how = Succession.How(rawValue: row[2].text ?? ""),
        let on = CivilDate(row[3].text ?? "")
      else { return nil }
      return Succession(
        from: row[0].text ?? "",
        to: row[1].text ?? "",
        how: how,
        on: on,
        document: row[4].text ?? "",
        by: row[5].text ?? ""
      )
    }
    return (rows.filter { $0.from == id }, rows.filter { $0.to == id })
  }

  /// The record under which a merged one goes on; `nil` for one that was never merged.
  package func heir(_ kind: Kind, _ id: String, in reading: any Reading) throws -> String? {
    var id = id
    var seen: Set<String> = [id]
    while let next = try reading.row(
      "SELECT to_id FROM succession WHERE kind = $1 AND from_id = $2 AND how = 'merge'",
      [.text(kind.name), .text(id)]
    )?[0].text, seen.insert(next).inserted {
      id = next
    }
    return seen.count > 1 ? id : nil
  }

  /// Notes that a record goes on as others; both keep their histories.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - id: the record.
  ///   - others: what it goes on as.
  ///   - how: by succession or by split.
  ///   - day: from which day; today when `nil`.
  ///   - document: the document it rests on.
  ///   - movesReferences: whether what refers to it shall refer to the first of the others from now on.
  ///   - actor: who writes it down.
  /// - Throws: `Refused`; the store's errors.
  package func succeed(
    _ kind: Kind,
    _ id: String,
    by others: [String],
    how: Succession.How,
    on day: CivilDate?,
    document: String,
    movesReferences: Bool,
    actor: Actor
  ) throws {
    try inOneTransaction { inside in
      try inside.store.write { transaction in
        for id in [id] + others { try inside.demand(.join, kind, id, in: transaction) }
        let inside = inside.unrestricted
        var problems: [Problem] = []
        if others.isEmpty {
          problems.append(Problem("REC-E-061", "to", "没有填承继的\(kind.label)，请至少填一个编号。"))
        }
        if how == .split, others.count < 2 {
          problems.append(Problem("REC-E-061", "to", "分立至少要有两个后继，请补填编号，或改选“承继”。"))
        }
        for other in [id] + others where try inside.record(kind, other, in: transaction) == nil {
          problems.append(
            Problem("REC-E-021", "to", "找不到编号为 \(other) 的\(kind.label)，可能已被删除或编号有误。")
          )
        }
        if others.contains(id) {
          problems.append(Problem("REC-E-062", "to", "不能由自己承继，请改填另一个编号。"))
        }
        guard problems.isEmpty else { throw Refused(problems: problems) }
        for other in others {
          try inside.note(
            Succession(
              from: id,
              to: other,
              how: how,
              on: day ?? inside.clock.now().date,
              document: document,
              by: actor.name
            ),
            kind,
            in: transaction
          )
        }
        if movesReferences, let first = others.first {
          let clashes = try inside.clashes(kind, keep: first, away: id, in: transaction)
          guard clashes.isEmpty else { throw Refused(problems: clashes.map(\.problem)) }
          try inside.repoint(kind, from: id, to: first, by: actor, in: transaction)
        }
        let now = inside.clock.now().seconds
        for one in [id] + others {
          guard let record = try inside.record(kind, one, in: transaction) else { continue }
          let said = JSON.object([
            JSON.Member("from", .string(id)),
            JSON.Member("to", .array(others.map(JSON.string))),
          ])
          try inside.note(
            how.rawValue,
            kind,
            one,
            record.version,
            said,
            by: actor,
            at: now,
            in: transaction
          )
        }
      }
    }
  }

  func note(_ succession: Succession, _ kind: Kind, in transaction: any Writing) throws {
    try transaction.execute(
      """
      INSERT INTO succession (kind, from_id, to_id, how, on_day, document, by_whom, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (kind, from_id, to_id) DO UPDATE SET how = excluded.how,
      on_day = excluded.on_day, document = excluded.document
      """,
      [
        .text(kind.name), .text(succession.from), .text(succession.to),
        .text(succession.how.rawValue), .text(succession.on.description),
        .text(succession.document), .text(succession.by), .integer(clock.now().seconds),
      ]
    )
  }
}
