package import Calendar
package import Storage
import Values

/// That somebody stands for what a record says, as a whole or in one field, and on what ground.
///
/// Confirmations are rows that stay: the last one of a field counts.
package struct Confirmation: Hashable, Sendable {
  /// The name of the field; empty for the whole record.
  package var field: String
  /// The document it rests on; may be empty.
  package var document: String
  /// Who confirmed.
  package var by: String
  /// The day on which it was so.
  package var on: CivilDate
  /// When it was written down.
  package var at: Instant
  /// The version of the record that was confirmed.
  package var version: Int
  /// Whether what was confirmed was changed since.
  package var isOutdated = false
}

/// How long ago somebody last stood for a record.
package enum Aging: String, Sendable {
  /// Lately enough.
  case green
  /// It should be looked at.
  case yellow
  /// Too long ago to rest on.
  case red

  /// Judges by the days that went by and the city's bounds.
  package init(days: Int, yellowAfter: Int, redAfter: Int) {
    self = days > redAfter ? .red : days > yellowAfter ? .yellow : .green
  }

  /// What users read.
  package func sentence(days: Int, wasConfirmed: Bool) -> String {
    let since = wasConfirmed ? "确认" : "登记或修改后，没有人确认"
    switch self {
    case .green: return wasConfirmed ? "\(days) 天前确认" : "\(days) 天前登记或修改"
    case .yellow, .red: return "已有 \(days) 天没有\(wasConfirmed ? "再确认" : "确认")（上次\(since)）"
    }
  }
}

extension RecordStore {
  /// Notes that somebody stands for a record.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - id: the record.
  ///   - fields: the names of the fields meant; the whole record when empty.
  ///   - document: the document it rests on.
  ///   - day: the day on which it is so; today when `nil`.
  ///   - actor: who confirms.
  /// - Throws: `Refused` when there is no such record or field, or the day lies ahead; the store's errors.
  package func confirm(
    _ kind: Kind,
    _ id: String,
    fields: [String],
    document: String,
    on day: CivilDate? = nil,
    by actor: Actor
  ) throws {
    let today = clock.now().date
    let document = Text.trimmed(document)
    var problems: [Problem] = []
    for name in fields where kind.place(of: name) == nil {
      let near = NearMiss.suggestion(name, among: kind.fields.map(\.name))
      problems.append(Problem("REC-E-012", name, "\(kind.label)没有名为 \(name) 的字段。\(near)"))
    }
    if let day, day > today {
      problems.append(Problem("REC-E-060", "confirmedOn", "确认日期 \(day) 在今天之后，请改为今天或以前。"))
    }
    if document.count > 120 {
      problems.append(
        Problem("REC-E-002", "document", "依据有 \(document.count) 个字，最多 120 个字，请精简。")
      )
    }
    try store.write { transaction in
      guard let record = try record(kind, id, in: transaction) else {
        let missing = Problem("REC-E-021", "", "找不到编号为 \(id) 的\(kind.label)，可能已被删除或编号有误。")
        throw Refused(problems: [missing])
      }
      try demand(.confirm, kind, id, in: transaction)
      guard problems.isEmpty else { throw Refused(problems: problems) }
      let now = clock.now().seconds
      for field in fields.isEmpty ? [""] : fields {
        try transaction.execute(
          """
          INSERT INTO confirmation (kind, id, field, document, by_whom, on_day, at, version)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
          """,
          [
            .text(kind.name), .text(id), .text(field), .text(document), .text(actor.name),
            .text((day ?? today).description), .integer(now), .integer(record.version),
          ]
        )
      }
      let said = JSON.object(fields.map { JSON.Member($0, .string(document)) })
      var stamped = actor
      stamped.document = document
      try note("confirm", kind, id, record.version, said, by: stamped, at: now, in: transaction)
    }
  }

  /// The last confirmation of each field of a record, by the field's name.
  package func confirmations(_ kind: Kind, _ id: String, in reading: any Reading) throws
    -> [String: Confirmation]
  {
    let all = try allConfirmations(kind, id, in: reading)
    return Dictionary(all.map { ($0.field, $0) }, uniquingKeysWith: { $1 })
  }

  /// Every confirmation of a record, the oldest first.
  package func allConfirmations(_ kind: Kind, _ id: String, in reading: any Reading) throws
    -> [Confirmation]
  {
    var all: [Confirmation] = []
    try reading.each(
      """
      SELECT field, document, by_whom, on_day, at, version FROM confirmation
      WHERE kind = $1 AND id = $2 ORDER BY on_day, at
      """,
      [.text(kind.name), .text(id)]
    ) { row in
      guard let on = CivilDate(row[3].text ?? "") else { return true }
      all.append(
        Confirmation(
          field: row[0].text ?? "",
          document: row[1].text ?? "",
          by: row[2].text ?? "",
          on: on,
          at: Instant(seconds: row[4].integer ?? 0),
          version: row[5].integer ?? 0
        )
      )
      return true
    }
    guard !all.isEmpty, let record = try record(kind, id, in: reading) else { return all }
    for index in all.indices where all[index].version != record.version {
      all[index].isOutdated = try wasChanged(since: all[index], record, in: reading)
    }
    return all
  }

  /// Whether what a confirmation stands for is another now.
  private func wasChanged(
    since confirmation: Confirmation,
    _ record: Record,
    in reading: any Reading
  ) throws -> Bool {
    guard !confirmation.field.isEmpty else { return true }
    let row = try reading.row(
      "SELECT stored FROM history WHERE kind = $1 AND id = $2 AND version = $3",
      [.text(record.kind.name), .text(record.id), .integer(confirmation.version)]
    )
    guard let former = try row?[0].text.flatMap({ try self.record(record.kind, stored: $0) }) else {
      return true
    }
    return former[confirmation.field] != record[confirmation.field]
  }

  /// How many records nobody wrote or confirmed since a day.
  package func unconfirmed(_ kind: Kind, since day: CivilDate, in reading: any Reading) throws
    -> Int
  {
    try count(kind, Query([Condition("confirmedOn", .isUnconfirmed(since: day))]), in: reading)
  }
}
