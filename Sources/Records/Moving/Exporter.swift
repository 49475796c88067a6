import Storage
import Values

/// Gives records out as files.
package struct Exporter: Sendable {
  /// The form of the file.
  package enum Format: String, Sendable, CaseIterable {
    /// Comma-separated values, headings as names, every field; importing it changes nothing.
    case csv
    /// A JSON array of objects.
    case json
  }

  private let register: RecordStore

  /// Makes an exporter of a register.
  package init(_ register: RecordStore) { self.register = register }

  /// Gives out the records of a query, in the order of their identifiers, in pieces of text.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - query: which ones; paging and order are not looked at.
  ///   - format: the form of the file.
  ///   - reader: who reads; only what they may see is in.
  ///   - output: takes the pieces in order.
  /// - Throws: what the output throws; the store's errors.
  package func give(
    _ kind: Kind,
    _ query: Query = Query(),
    as format: Format,
    for reader: Reader,
    to output: (String) throws -> Void
  ) throws {
    let places = kind.fields.indices.filter {
      reader.maySee(kind.fields[$0]) && !kind.fields[$0].isDerived
    }
    switch format {
    case .csv: try output(CSV.line(places.map { kind.fields[$0].name }))
    case .json: try output("[")
    }
    try register.store.read { reading in
      var isFirst = true
      try register.each(kind, query, in: reading) { record in
        switch format {
        case .csv:
          try output(CSV.line(places.map { kind.fields[$0].plain(record.values[$0]) }))
        case .json:
          try output((isFirst ? "\n" : ",\n") + record.json(for: reader).text)
          isFirst = false
        }
      }
    }
    if format == .json { try output("\n]\n") }
  }
}
