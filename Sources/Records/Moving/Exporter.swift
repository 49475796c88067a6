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

  /// For whom a CSV file is worded.
  package enum Wording: Sendable {
    /// For programs: names of fields, codes, identifiers.
    case codes
    /// For people: labels of fields and choices, names of what is referred to. Imported again it changes
    /// nothing as long as those names are unique.
    case labels
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
  ///   - wording: whether a CSV file is for programs or for people.
  ///   - reader: who reads; only what they may see is in.
  ///   - output: takes the pieces in order.
  /// - Throws: what the output throws; the store's errors.
  package func give(
    _ kind: Kind,
    _ query: Query = Query(),
    as format: Format,
    wording: Wording = .codes,
    for reader: Reader,
    to output: (String) throws -> Void
  ) throws {
    let places = kind.fields.indices.filter {
      reader.maySee(kind.fields[$0]) && !kind.fields[$0].isDerived
    }
    switch format {
    case .csv:
      let heads = places.map { wording == .codes ? kind.fields[$0].name : kind.fields[$0].label }
      try output(CSV.line(heads))
    case .json: try output("[")
    }
    try register.store.read { reading in
      var isFirst = true
      var titles: [String: [String: String]] = [:]
      try register.each(kind, query, in: reading) { record in
        switch format {
        case .csv:
          let cells = try places.map { place in
            let (field, value) = (kind.fields[place], record.values[place])
            return wording == .codes
              ? field.plain(value) : try said(value, field, &titles, reading)
          }
          try output(CSV.line(cells))
        case .json:
          try output((isFirst ? "\n" : ",\n") + record.json(for: reader).text)
          isFirst = false
        }
      }
    }
    if format == .json { try output("\n]\n") }
  }

  /// A value as people read it and the importer takes it.
  private func said(
    _ value: Value,
    _ field: FieldShape,
    _ titles: inout [String: [String: String]],
    _ reading: any Reading
  ) throws -> String {
    guard let name = field.type.referredKind, let kind = register.kind(name) else {
      return field.worded(value, city: register.city)
    }
    let ids = value.text.map { [$0] } ?? value.list
    let missing = Set(ids).filter { titles[name]?[$0] == nil }
    if !missing.isEmpty {
      titles[name, default: [:]].merge(try register.titles(kind, missing, in: reading)) { $1 }
    }
    return ids.map { titles[name]?[$0] ?? $0 }.joined(separator: "|")
  }
}
