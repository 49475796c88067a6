package import Calendar
import Storage
import Values

extension RecordStore {
  /// The register as it was known at a moment.
  ///
  /// What was written later is not seen, what was changed or taken out later is seen as it stood. It can
  /// be read, not written.
  package func asKnown(_ moment: Instant) -> RecordStore {
    RecordStore(self, knownAt: moment, reader: reader)
  }

  /// What a select reads a kind from: what its table is, or was at the moment asked for, as far as the
  /// reader may see it.
  func source(_ kind: Kind) -> String {
    let table = table(kind)
    return reader.map { seen(kind, table, by: $0) } ?? table
  }

  private func table(_ kind: Kind) -> String {
    guard let moment = knownAt?.seconds else { return "\"\(kind.name)\"" }
    let columns =
      kind.fields.map { ($0.name, $0.isStoredAsNumber) }
      + Kind.stampColumns.map { ($0, ["version", "createdAt", "updatedAt"].contains($0)) }
    let former = columns.map { name, isNumber in
      isNumber
        ? "CAST(stored->>'\(name)' AS INTEGER) AS \"\(name)\"" : "stored->>'\(name)' AS \"\(name)\""
    }
    return """
      (SELECT \(kind.allColumns) FROM "\(kind.name)" WHERE "updatedAt" <= \(moment)
      UNION ALL SELECT \(former.joined(separator: ", ")) FROM history
      WHERE kind = '\(kind.name)' AND since <= \(moment) AND until > \(moment)) AS "\(kind.name)"
      """
  }
}

extension FieldShape {
  /// Whether its column holds a whole number.
  var isStoredAsNumber: Bool { type.isKeptAsNumber && !isSealed }
}

extension FieldType {
  /// Whether a value is kept as a whole number.
  var isKeptAsNumber: Bool {
    switch self {
    case .integer, .decimal, .boolean, .money: true
    default: false
    }
  }
}
