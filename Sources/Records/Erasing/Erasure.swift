import Calendar
import Storage
import Values

/// A record out of which the personal data are taken, for ever (个人信息保护法第 47 条).
package struct Erasure: Hashable, Sendable {
  /// The kind of record.
  package var kind: String
  /// The record.
  package var id: String
  /// What fields that are not personal hold afterwards, in words; the others stay.
  package var leaving: [String: String]

  /// Names a record.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - id: the record.
  ///   - leaving: what fields that are not personal hold afterwards.
  package init(_ kind: String, _ id: String, leaving: [String: String] = [:]) {
    self.kind = kind
    self.id = id
    self.leaving = leaving
  }

  /// What stands where a text must be.
  package static let gone = "已抹去"

  /// The fields of a kind that are emptied: words that are personal, and whatever is sensitive.
  package static func fields(of kind: Kind) -> [FieldShape] {
    kind.fields.filter { $0.privacy >= .personal && $0.type.isWords || $0.isSealed }
  }

  /// It as a line of the list keeps it.
  var json: JSON {
    .object([
      "kind": .string(kind), "id": .string(id),
      "leaving": .object(
        leaving.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
      ),
    ])
  }

  /// Reads a line of the list; `nil` for what is none.
  init?(_ json: JSON) {
    guard let kind = json["kind"]?.string, let id = json["id"]?.string else { return nil }
    let leaving = (json["leaving"]?.members ?? []).compactMap { member in
      member.value.string.map { (member.name, $0) }
    }
    self.init(kind, id, leaving: Dictionary(leaving, uniquingKeysWith: { first, _ in first }))
  }
}

extension RecordStore {
  /// Takes the personal data out of a record and of every version it had.
  ///
  /// Words that are personal go, and whatever is sensitive. Codes and days stay, which name nobody by
  /// themselves and by which figures of former days are counted, and so does that the record was there. The
  /// audit log says which fields were emptied, never what they held. Done twice it is done once.
  ///
  /// - Parameters:
  ///   - erasure: which record, and what it holds afterwards.
  ///   - actor: who does it.
  ///   - reason: why; for the audit log.
  /// - Returns: whether there was anything to take out.
  /// - Throws: the store's errors; `NoKeys`, `CipherFailure` where sealed fields stay.
  @discardableResult
  package func erase(_ erasure: Erasure, by actor: Actor, reason: String) throws -> Bool {
    guard let kind = kind(erasure.kind) else { return false }
    let emptied = try rests(of: kind, erasure)
    return try store.write { transaction in
      let isInHistory = try eraseVersions(of: kind, erasure.id, emptied, in: transaction)
      guard let former = try unrestricted.record(kind, erasure.id, in: transaction) else {
        return isInHistory
      }
      var values = former.values
      for (place, value) in emptied { values[place] = value }
      let isChanged = values != former.values
      guard isChanged || isInHistory else { return false }
      let now = clock.now()
      let version = former.version + 1
      var left = former
      left.values = values
      let declared = try zip(kind.fields, values).map { try column(kind, $0, $1, former.id) }
      let stamp: [Stored] = [
        .integer(version), .integer(now.seconds), .text(actor.name), .text(actor.source.rawValue),
        .text(actor.document),
      ]
      try transaction.execute(kind.updateStatement, declared + stamp + [.text(former.id)])
      try keep(left, until: now.seconds, in: transaction)
      let names = emptied.keys.sorted().map { JSON.string(kind.fields[$0].name) }
      try note(
        "erase",
        kind,
        former.id,
        version,
        .object(["fields": .array(names)]),
        by: actor,
        at: now.seconds,
        reason: reason,
        in: transaction
      )
      return true
    }
  }

  /// What the fields of a kind hold afterwards, by place: those that go, and those named.
  private func rests(of kind: Kind, _ erasure: Erasure) throws -> [Int: Value] {
    var rests: [Int: Value] = [:]
    for (place, field) in kind.fields.enumerated() where place != kind.identifier {
      if let text = erasure.leaving[field.name] {
        rests[place] = (try? field.parse(text, city: city)) ?? Value.none
      } else if field.privacy >= .personal, field.type.isWords {
        // One of a key says whose it is no more, and is still one of its own.
        let isOfKey = kind.keys.contains { $0.contains(field.name) }
        let gone = isOfKey ? Erasure.gone + erasure.id : Erasure.gone
        rests[place] = field.isRequired ? .text(gone) : Value.none
      } else if field.isSealed {
        rests[place] = Value.none
      }
    }
    return rests
  }

  /// Takes fields out of the former versions of a record.
  ///
  /// - Returns: whether any held something else.
  private func eraseVersions(
    of kind: Kind,
    _ id: String,
    _ emptied: [Int: Value],
    in transaction: any Writing
  ) throws -> Bool {
    let rows = try transaction.rows(
      "SELECT version, stored FROM history WHERE kind = $1 AND id = $2 AND stored IS NOT NULL",
      [.text(kind.name), .text(id)]
    )
    var isAny = false
    for row in rows {
      guard var former = try row[1].text.flatMap({ try record(kind, stored: $0) }) else { continue }
      let before = former.values
      for (place, value) in emptied { former.values[place] = value }
      guard former.values != before else { continue }
      isAny = true
      try transaction.execute(
        """
        UPDATE history SET stored = $1, record = '' WHERE kind = $2 AND id = $3 AND version = $4
        """,
        [.text(try storedForm(of: former).text), .text(kind.name), .text(id), row[0]]
      )
    }
    return isAny
  }
}

extension FieldType {
  /// Whether a value is free words.
  fileprivate var isWords: Bool {
    switch self {
    case .text, .longText, .identifier, .uscc, .list, .rows: true
    default: false
    }
  }
}
