import Ciphers
import Storage
import Values

extension RecordStore {
  /// Seals with the current key what is sealed with another or, from before there were keys, plain: the
  /// sensitive fields of records and of their former versions, and what was answered to keyed requests.
  ///
  /// - Returns: how many values there were.
  /// - Throws: `CipherFailure` when one can't be opened; the store's errors. Then none is changed.
  @discardableResult
  package func reseal() throws -> Int {
    guard ring != nil else { return 0 }
    return try store.write { transaction in
      var count = 0
      for kind in kinds where !kind.sealed.isEmpty {
        count += try resealRows(of: kind, in: transaction)
        count += try resealHistory(of: kind, in: transaction)
      }
      return count + (try resealAnswers(in: transaction))
    }
  }

  private func resealRows(of kind: Kind, in transaction: any Writing) throws -> Int {
    let identifier = kind.fields[kind.identifier].name
    var count = 0
    for field in kind.sealed.map({ kind.fields[$0] }) {
      let rows = try transaction.rows(
        """
        SELECT "\(identifier)", "\(field.name)" FROM "\(kind.name)" WHERE "\(field.name)" IS NOT NULL
        """
      )
      for row in rows {
        let id = row[0].text ?? ""
        guard let sealed = try resealed(kind, field, row[1], id) else { continue }
        try transaction.execute(
          "UPDATE \"\(kind.name)\" SET \"\(field.name)\" = $1 WHERE \"\(identifier)\" = $2",
          [sealed, row[0]]
        )
        count += 1
      }
    }
    return count
  }

  private func resealHistory(of kind: Kind, in transaction: any Writing) throws -> Int {
    let rows = try transaction.rows(
      "SELECT id, version, stored FROM history WHERE kind = $1 AND stored IS NOT NULL",
      [.text(kind.name)]
    )
    let sealed = Dictionary(
      kind.sealed.map { (kind.fields[$0].name, kind.fields[$0]) },
      uniquingKeysWith: { first, _ in first }
    )
    var count = 0
    for row in rows {
      guard var members = try row[2].text.flatMap({ try JSON(parsing: $0.utf8) })?.members
      else { continue }
      var isChanged = false
      for (index, member) in members.enumerated() {
        guard let field = sealed[member.name],
          let value = try resealed(kind, field, Stored(member.value), row[0].text ?? "")
        else { continue }
        members[index].value = value.json
        isChanged = true
        count += 1
      }
      guard isChanged else { continue }
      try transaction.execute(
        "UPDATE history SET stored = $1 WHERE kind = $2 AND id = $3 AND version = $4",
        [.text(JSON.object(members).text), .text(kind.name), row[0], row[1]]
      )
    }
    return count
  }

  private func resealAnswers(in transaction: any Writing) throws -> Int {
    var count = 0
    for row in try transaction.rows("SELECT key, body FROM answered") {
      guard let key = row[0].text, let body = row[1].text, ring?.isCurrent(body) == false else {
        continue
      }
      try transaction.execute(
        "UPDATE answered SET body = $1 WHERE key = $2",
        [.text(try sealedAnswer(openedAnswer(body, to: key), to: key)), row[0]]
      )
      count += 1
    }
    return count
  }

  /// What a column shall hold instead; `nil` when it may stay.
  private func resealed(_ kind: Kind, _ field: FieldShape, _ stored: Stored, _ id: String) throws
    -> Stored?
  {
    if stored == .null || stored.text.map({ ring?.isCurrent($0) == true }) ?? false { return nil }
    return try column(kind, field, opened(kind, field, stored, id), id)
  }

  // MARK: What was answered to keyed requests

  /// An answer as it is kept: sealed, as it may hold anything.
  func sealedAnswer(_ body: String, to key: String) throws -> String {
    guard let ring else { return body }
    return try ring.seal(body, context: "answered \(key)")
  }

  /// An answer as it was given.
  func openedAnswer(_ kept: String, to key: String) throws -> String {
    guard let ring, SealedText(kept) != nil else { return kept }
    return try ring.open(kept, context: "answered \(key)")
  }
}
