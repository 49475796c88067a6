package import Storage
import Values

extension RecordStore {
  /// The register as somebody may see it and write to it.
  ///
  /// Records that are not theirs to read are not there, fields that are not theirs hold nothing: for
  /// lists, counts, sums, searches and conditions alike, as every select reads from what it leaves.
  /// What they may not write is refused.
  package func acting(as reader: Reader) -> RecordStore {
    RecordStore(self, knownAt: knownAt, reader: reader)
  }

  /// The register as it is, for what the platform itself has to know.
  package var unrestricted: RecordStore {
    reader == nil ? self : RecordStore(self, knownAt: knownAt, reader: nil)
  }

  /// What a select reads a kind from, as a reader may see it.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - table: what holds all of it.
  ///   - reader: who reads.
  /// - Returns: the table itself where nothing is kept from them, else a select.
  func seen(_ kind: Kind, _ table: String, by reader: Reader) -> String {
    let grants = reader.grants(of: kind)
    let whole = grants.filter { $0.scope == .everything }
    let clearance = whole.map(\.clearance).max()
    let isMasked = kind.fields.contains { field in clearance.map { field.privacy > $0 } ?? true }
    if clearance != nil, !isMasked { return table }
    let tests = grants.map { ($0.clearance, test($0.scope, kind, reader)) }
    let columns = kind.fields.map { field -> String in
      let column = "\"\(field.name)\""
      if let clearance, field.privacy <= clearance { return column }
      let enough = tests.filter { field.privacy <= $0.0 }.map(\.1)
      if enough.count == tests.count { return column }
      let hidden = mask(field, tests)
      guard !enough.isEmpty else { return "\(hidden) AS \(column)" }
      let isSeen = enough.joined(separator: " OR ")
      return "CASE WHEN \(isSeen) THEN \(column) ELSE \(hidden) END AS \(column)"
    }
    let number = knownAt == nil ? ["rowid AS rowid"] : []
    let all = number + columns + Kind.stampColumns.map { "\"\($0)\"" }
    let rows =
      clearance != nil
      ? "" : " WHERE " + (tests.isEmpty ? "0" : tests.map(\.1).joined(separator: " OR "))
    return "(SELECT \(all.joined(separator: ", ")) FROM \(table)\(rows)) AS \"\(kind.name)\""
  }

  /// What stands in place of a value that is not the reader's: nothing, or most of it starred out where
  /// they may read what is internal.
  private func mask(_ field: FieldShape, _ tests: [(Privacy, String)]) -> String {
    let inside = tests.filter { $0.0 >= .internal }.map(\.1)
    guard let mask = field.mask, !inside.isEmpty else { return "NULL" }
    let column = "\"\(field.name)\""
    // What is sealed is opened first.
    let masked = field.isSealed ? "'\(Kind.maskSign)' || \(column)" : mask.expression(column)
    return inside.contains("1")
      ? "(\(masked))" : "(CASE WHEN \(inside.joined(separator: " OR ")) THEN \(masked) END)"
  }

  /// A record with what the reader may have shown for a purpose, which is noted before anything is shown.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - id: the record.
  ///   - purpose: why; at least six signs.
  ///   - actor: who asks.
  ///   - note: notes the event in the audit log.
  /// - Returns: the record; `nil` when there is none they may read.
  /// - Throws: `Refused` without a purpose or without the right; what `note` throws; the store's errors.
  package func reveal(
    _ kind: Kind,
    _ id: String,
    purpose: String,
    by actor: Actor,
    note: (AuditEvent) throws -> Void
  ) throws -> Record? {
    guard let reader, let seen = try record(kind, id) else { return nil }
    let purpose = Text.trimmed(purpose)
    guard purpose.count >= 6 else {
      throw Refused(problems: [Problem("ACC-E-006", "purpose", "请写明查看的用途，至少 6 个字。")])
    }
    let identifier = kind.fields[kind.identifier].name
    let classes = try reader.grants(of: kind).compactMap { grant -> Privacy? in
      guard let reveals = grant.reveals else { return nil }
      let sql =
        "SELECT 1 FROM \"\(kind.name)\" WHERE \"\(identifier)\" = $1 AND \(test(grant.scope, kind, reader))"
      return try store.read { try $0.row(sql, [.text(id)]) } == nil ? nil : reveals
    }
    guard let most = classes.max() else {
      throw Refused(problems: [.notAllowed(.read, kind, reader)])
    }
    guard let whole = try unrestricted.record(kind, id) else { return nil }
    var shown = seen
    var names: [String] = []
    for (place, field) in kind.fields.enumerated()
    where field.privacy <= most && whole.values[place] != seen.values[place] {
      shown.values[place] = whole.values[place]
      names.append(field.name)
    }
    var event = AuditEvent("unmask", by: actor)
    event.kind = kind.name
    event.id = id
    event.detail = .object([JSON.Member("fields", .array(names.map(JSON.string)))])
    event.reason = purpose
    try note(event)
    return shown
  }

  /// Whether a record is among those the reader may do something with.
  package func mayReach(_ act: Act, _ kind: Kind, _ id: String, in reading: any Reading) throws
    -> Bool
  {
    guard let reader else { return true }
    let grants = reader.grants(of: kind, for: act)
    // Whether it is there at all is not the question.
    if grants.contains(where: { $0.scope == .everything }) { return true }
    let tests = grants.map { test($0.scope, kind, reader) }
    guard !tests.isEmpty else { return false }
    let sql = """
      SELECT 1 FROM "\(kind.name)" WHERE "\(kind.fields[kind.identifier].name)" = $1
      AND (\(tests.joined(separator: " OR ")))
      """
    return try reading.row(sql, [.text(id)]) != nil
  }

  /// Makes sure that a reader may do something with a record; whether it is there at all is for the
  /// caller to say.
  ///
  /// - Parameters:
  ///   - act: what is to be done.
  ///   - kind: the kind of record.
  ///   - id: the record.
  ///   - reading: the transaction.
  /// - Throws: `Refused` when they may not; the store's errors.
  package func demand(_ act: Act, _ kind: Kind, _ id: String, in reading: any Reading) throws {
    guard let reader, try !mayReach(act, kind, id, in: reading) else { return }
    guard try record(kind, id, in: reading) != nil else {
      if try unrestricted.record(kind, id, in: reading) == nil { return }
      throw Refused(problems: [.notThere(kind, id)])
    }
    let isAnywhere = reader.may(act, kind)
    throw Refused(
      problems: [isAnywhere ? .outOfReach(act, kind, id, reader) : .notAllowed(act, kind, reader)]
    )
  }

  /// Whether a reader may see what a record was; of one that is gone, who may of all.
  func mayLookBack(_ kind: Kind, _ id: String, in reading: any Reading) throws -> Bool {
    guard let reader, try !mayReach(.history, kind, id, in: reading) else { return true }
    return try unrestricted.record(kind, id, in: reading) == nil
      && reader.grants(of: kind, for: .history).contains { $0.scope == .everything }
  }

  /// Makes sure that a reader may do something with some record of a kind.
  package func demand(_ act: Act, _ kind: Kind) throws {
    guard let reader, !reader.may(act, kind) else { return }
    throw Refused(problems: [.notAllowed(act, kind, reader)])
  }

  // MARK: What a scope means for the store

  /// A scope as a condition on the rows of a kind.
  private func test(_ scope: Grant.Scope, _ kind: Kind, _ reader: Reader) -> String {
    switch scope {
    case .everything: return "1"
    case .open:
      return having(kind.publicWhen)
    case .having(let values): return having(values)
    case .region(let path):
      let prefix = reader.regionPrefix
      guard Self.isPlain(prefix) else { return "0" }
      return test(path, kind) { "\($0) BETWEEN '\(prefix)' AND '\(prefix)~'" }
    case .person(let path):
      guard Self.isPlain(reader.account) else { return "0" }
      return test(path, kind) { "\($0) = '\(reader.account)'" }
    case .own(let path):
      guard Self.isPlain(reader.organisation), owns(path, kind, reader) else { return "0" }
      return test(path, kind) { column, isList in
        isList
          ? "instr(\(column), '\"\(reader.organisation)\"') > 0"
          : "\(column) = '\(reader.organisation)'"
      }
    }
  }

  private func having(_ values: [String: [String]]) -> String {
    let parts = values.sorted { $0.key < $1.key }.map { column, values in
      let plain = values.filter(Self.isPlain).map { "'\($0)'" }
      return plain.isEmpty ? "0" : "\"\(column)\" IN (\(plain.joined(separator: ", ")))"
    }
    return parts.isEmpty ? "1" : "(\(parts.joined(separator: " AND ")))"
  }

  /// A test of a field, or of a field of what it refers to.
  private func test(_ path: String, _ kind: Kind, _ test: (String) -> String) -> String {
    self.test(path, kind) { column, _ in test(column) }
  }

  private func test(
    _ path: String,
    _ kind: Kind,
    _ test: (_ column: String, _ isList: Bool) -> String
  ) -> String {
    let steps = path.split(separator: ".", maxSplits: 1).map(String.init)
    guard let place = kind.place(of: steps[0]) else { return "0" }
    let field = kind.fields[place]
    guard steps.count == 2 else {
      if case .references = field.type { return test("\"\(field.name)\"", true) }
      return test("\"\(field.name)\"", false)
    }
    guard case .reference(let name) = field.type, let other = self.kind(name) else { return "0" }
    let inner = self.test(steps[1], other, test)
    let identifier = other.fields[other.identifier].name
    return "\"\(field.name)\" IN (SELECT \"\(identifier)\" FROM \"\(other.name)\" WHERE \(inner))"
  }

  /// Whether a field names organisations of the sort the reader acts for.
  func owns(_ path: String, _ kind: Kind, _ reader: Reader) -> Bool {
    guard let wanted = reader.role.organisationKind else { return false }
    var kind = kind
    var target: String? = kind.name
    for step in path.split(separator: ".") {
      guard let place = kind.place(of: String(step)) else { return false }
      target = place == kind.identifier ? kind.name : kind.fields[place].type.referredKind
      if let next = target.flatMap(self.kind) { kind = next }
    }
    return target == wanted
  }

  /// Whether a text is a code that can stand in a statement as it is; what anybody typed never does.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || byte == 45 || byte == 46 || byte == 95
      }
  }
}

extension Problem {
  static func notAllowed(_ act: Act, _ kind: Kind, _ reader: Reader) -> Problem {
    Problem("ACC-E-001", "", "以“\(reader.role.label)”的身份不能\(act.label)\(kind.label)。")
  }

  static func outOfReach(_ act: Act, _ kind: Kind, _ id: String, _ reader: Reader) -> Problem {
    Problem("ACC-E-002", "", "\(kind.label) \(id) 不在你管理的范围内，不能\(act.label)。")
  }

  static func notThere(_ kind: Kind, _ id: String) -> Problem {
    Problem("REC-E-021", "", "找不到编号为 \(id) 的\(kind.label)，可能已被删除或编号有误。")
  }
}
