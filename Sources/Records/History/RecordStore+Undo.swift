import Calendar
import Storage
package import Values

/// An import that can't be taken back, and what stands in the way.
package struct NotUndoable: Error, Sendable {
  /// What stands in the way, in sentences.
  package var problems: [Problem]
}

extension RecordStore {
  /// How many obstacles are named.
  private static let mostNamed = 20

  /// Takes a whole import back: records it made go, records it changed are as they were before it.
  ///
  /// Only as long as its rows are as it left them: a record changed since, or one that another refers
  /// to, stands in the way and is named.
  ///
  /// - Parameters:
  ///   - run: the number of the import.
  ///   - actor: who takes it back.
  /// - Returns: how many records went and how many are as before.
  /// - Throws: `NotUndoable`, and nothing happens; the store's errors.
  @discardableResult
  package func undo(_ run: Int, by actor: Actor) throws -> (removed: Int, restored: Int) {
    try store.write { transaction in
      guard
        let state = try transaction.row(
          "SELECT state FROM import_run WHERE id = $1",
          [.integer(run)]
        )?[0].text
      else { throw NotUndoable(problems: [Problem("REC-E-050", "", "没有第 \(run) 次导入。")]) }
      guard state == ImportRun.State.done.rawValue else {
        throw NotUndoable(problems: [Problem("REC-E-051", "", "第 \(run) 次导入已经撤销过了。")])
      }
      let obstacles = try touched(run, in: transaction)
      guard obstacles.isEmpty else { throw NotUndoable(problems: obstacles) }
      var removed = 0
      var restored = 0
      // The youngest first: what refers goes before what it refers to.
      let entries = try transaction.rows(
        "SELECT kind, id, action, version FROM audit WHERE import_run = $1 ORDER BY seq DESC",
        [.integer(run)]
      )
      for entry in entries {
        guard let kind = kind(entry[0].text ?? ""),
          let record = try unrestricted.record(kind, entry[1].text ?? "", in: transaction)
        else { continue }
        try demand(.update, kind, record.id, in: transaction)
        if entry[2].text == "create" {
          try remove(record, by: actor, in: transaction)
          removed += 1
        } else if let version = entry[3].integer,
          let former = try values(kind, record.id, version: version - 1, in: transaction)
        {
          let outcome = Outcome(
            verdict: .changed,
            problems: [],
            values: former,
            former: record,
            line: nil
          )
          try apply(kind, outcome, by: actor, in: transaction)
          restored += 1
        }
      }
      let dangling = try referring(to: run, in: transaction)
      guard dangling.isEmpty else { throw NotUndoable(problems: dangling) }
      try transaction.execute(
        "UPDATE import_run SET state = $1 WHERE id = $2",
        [.text(ImportRun.State.undone.rawValue), .integer(run)]
      )
      return (removed, restored)
    }
  }

  private func values(_ kind: Kind, _ id: String, version: Int, in reading: any Reading) throws
    -> [Value]?
  {
    let row = try reading.row(
      "SELECT stored FROM history WHERE kind = $1 AND id = $2 AND version = $3",
      [.text(kind.name), .text(id), .integer(version)]
    )
    return try row?[0].text.flatMap { try record(kind, stored: $0)?.values }
  }

  /// The records of an import that were written again since and are not as it left them.
  private func touched(_ run: Int, in reading: any Reading) throws -> [Problem] {
    let rows = try reading.rows(
      """
      SELECT b.kind, b.id, b.actor, b.at, a.version FROM (
        SELECT kind, id, MAX(seq) AS seq, MAX(version) AS version
        FROM audit WHERE import_run = $1 GROUP BY kind, id
      ) a JOIN audit b ON b.kind = a.kind AND b.id = a.id AND b.seq = (
        SELECT MAX(c.seq) FROM audit c WHERE c.kind = a.kind AND c.id = a.id AND c.version > 0
      ) WHERE b.seq > a.seq ORDER BY b.seq
      """,
      [.integer(run)]
    )
    var changed: [[Stored]] = []
    for row in rows where changed.count <= Self.mostNamed {
      guard let kind = kind(row[0].text ?? ""), let id = row[1].text else { continue }
      let left = try values(kind, id, version: row[4].integer ?? 1, in: reading)
      if try record(kind, id, in: reading)?.values != left { changed.append(row) }
    }
    return try named(changed.map { ($0[0].text ?? "", $0[1].text ?? "") }, in: reading) {
      index,
      title in
      let who = changed[index][2].text ?? ""
      let when = Instant(seconds: changed[index][3].integer ?? 0).civilText
      return "“\(title)”导入之后又由\(who)于 \(when) 改过，不能整批撤销。请单独处理这一条，或先改回。"
    }
  }

  /// The records that still refer to one the import had made.
  private func referring(to run: Int, in reading: any Reading) throws -> [Problem] {
    var found: [(String, String)] = []
    let made = try reading.rows(
      "SELECT DISTINCT kind FROM audit WHERE import_run = $1 AND action = 'create'",
      [.integer(run)]
    ).compactMap { $0[0].text }
    for kind in kinds {
      for reference in kind.references where made.contains(reference.kind) {
        let field = kind.fields[reference.place]
        let identifier = kind.fields[kind.identifier].name
        if case .reference = field.type {
          found += try reading.rows(
            """
            SELECT "\(identifier)" FROM "\(kind.name)" WHERE "\(field.name)" IN
            (SELECT id FROM audit WHERE import_run = $1 AND kind = $2 AND action = 'create')
            LIMIT \(Self.mostNamed + 1)
            """,
            [.integer(run), .text(reference.kind)]
          ).map { (kind.name, $0[0].text ?? "") }
        } else {
          let gone = try Set(
            reading.rows(
              "SELECT id FROM audit WHERE import_run = $1 AND kind = $2 AND action = 'create'",
              [.integer(run), .text(reference.kind)]
            ).compactMap { $0[0].text }
          )
          try reading.each(
            """
            SELECT "\(identifier)", "\(field.name)" FROM "\(kind.name)"
            WHERE "\(field.name)" IS NOT NULL
            """,
            []
          ) { row in
            if field.value(of: row[1]).list.contains(where: gone.contains) {
              found.append((kind.name, row[0].text ?? ""))
            }
            return found.count <= Self.mostNamed
          }
        }
      }
    }
    return try named(found, in: reading) { _, title in
      "“\(title)”还引用着这次导入新增的记录，不能撤销。请先改掉那一处引用。"
    }
  }

  private func named(
    _ records: [(kind: String, id: String)],
    in reading: any Reading,
    _ sentence: (Int, String) -> String
  ) throws -> [Problem] {
    var problems: [Problem] = []
    for (index, one) in records.prefix(Self.mostNamed).enumerated() {
      let kind = kind(one.kind)
      let title = try kind.flatMap { try record($0, one.id, in: reading)?.title } ?? one.id
      problems.append(
        Problem("REC-E-052", "", "\(kind?.label ?? one.kind)" + sentence(index, title))
      )
    }
    if records.count > Self.mostNamed {
      problems.append(Problem("REC-E-052", "", "还有更多，这里只列出前 \(Self.mostNamed) 条。"))
    }
    return problems
  }
}
