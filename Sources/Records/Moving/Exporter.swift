import Sheets
import Storage
import Values

/// Gives records out as files.
package struct Exporter: Sendable {
  /// The form of the file.
  package enum Format: String, Sendable, CaseIterable {
    /// Comma-separated values, headings as names, every field; importing it changes nothing.
    case csv
    /// An Excel workbook for people: labels, typed cells, names with codes beside them; importing it
    /// changes nothing.
    case xlsx
    /// A JSON array of objects.
    case json

    /// The type under which it is sent.
    package var mediaType: String {
      switch self {
      case .csv: "text/csv; charset=utf-8"
      case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      case .json: "application/json; charset=utf-8"
      }
    }
  }

  /// For whom a CSV file is worded.
  package enum Wording: Sendable {
    /// For programs: names of fields, codes, identifiers.
    case codes
    /// For people: labels of fields and choices, names of what is referred to, identifiers where two share
    /// a name. Imported again it changes nothing.
    case labels
  }

  let register: RecordStore

  /// Makes an exporter of a register.
  package init(_ register: RecordStore) { self.register = register }

  /// Gives out the records of a query as text, in its order, else that of their identifiers, in pieces.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - query: which ones, in which order; paging is not looked at.
  ///   - format: CSV or JSON; nothing is given out for a workbook, which is written as a file.
  ///   - wording: whether a CSV file is for programs or for people.
  ///   - reader: who reads; only what they may see is in.
  ///   - chosen: the fields of a CSV file; all when `nil`.
  ///   - output: takes the pieces in order.
  /// - Throws: what the output throws; the store's errors.
  package func give(
    _ kind: Kind,
    _ query: Query = Query(),
    as format: Format,
    wording: Wording = .codes,
    for reader: Reader,
    only chosen: [Int]? = nil,
    to output: (String) throws -> Void
  ) throws {
    switch format {
    case .csv: try giveCSV(kind, query, wording, reader, chosen, output)
    case .json: try giveJSON(kind, query, reader, output)
    case .xlsx: break
    }
  }

  /// The fields a file has: those the reader may see and nobody computes.
  func places(_ kind: Kind, _ reader: Reader) -> [Int] {
    kind.fields.indices.filter {
      reader.maySee(kind.fields[$0], of: kind) && !kind.fields[$0].isDerived
    }
  }

  private func giveCSV(
    _ kind: Kind,
    _ query: Query,
    _ wording: Wording,
    _ reader: Reader,
    _ chosen: [Int]?,
    _ output: (String) throws -> Void
  ) throws {
    let places =
      chosen.map { [kind.identifier] + $0.filter { $0 != kind.identifier } }
      ?? places(kind, reader)
    try output(
      CSV.line(places.map { wording == .codes ? kind.fields[$0].name : kind.fields[$0].label })
    )
    try register.store.read { reading in
      var names = Names(register)
      try register.every(kind, query, in: reading) { record in
        let cells = try places.map { place in
          let (field, value) = (kind.fields[place], record.values[place])
          let text =
            wording == .codes
            ? field.plain(value) : try names.said(value, field, isAlone: true, in: reading)
          return field.type.isWritten ? CSV.disarmed(text) : text
        }
        try output(CSV.line(cells))
      }
    }
  }

  private func giveJSON(
    _ kind: Kind,
    _ query: Query,
    _ reader: Reader,
    _ output: (String) throws -> Void
  ) throws {
    try output("[")
    try register.store.read { reading in
      var isFirst = true
      try register.every(kind, query, in: reading) { record in
        try output((isFirst ? "\n" : ",\n") + record.json(for: reader).text)
        isFirst = false
      }
    }
    try output("\n]\n")
  }

  /// The columns of a workbook: those chosen, by their names alone, or all with codes beside names.
  private func columns(_ kind: Kind, _ reader: Reader, _ chosen: [Int]?) -> [WorkbookColumn] {
    guard let chosen else {
      return places(kind, reader).flatMap { WorkbookColumn.all(of: kind.fields[$0], at: $0) }
    }
    let places = [kind.identifier] + chosen.filter { $0 != kind.identifier }
    return places.map { place in
      let field = kind.fields[place]
      let content = field.codeHeading == nil ? WorkbookColumn.Content.value : .name(isAlone: true)
      return WorkbookColumn(field: field, place: place, content: content)
    }
  }

  /// Writes the records of a query into a workbook, in its order, else that of their identifiers.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - query: which ones, in which order; paging is not looked at.
  ///   - reader: who reads; only what they may see is in.
  ///   - chosen: the fields that are written, by their names alone; all, with codes beside names, when `nil`.
  ///   - note: what is said of the file on a sheet of its own; nothing when `nil`.
  ///   - path: the file.
  ///   - onRow: called after each row; throws to give it up.
  /// - Throws: `WorkbookWriter.Unwritable`; the store's errors.
  package func write(
    _ kind: Kind,
    _ query: Query = Query(),
    for reader: Reader,
    only chosen: [Int]? = nil,
    note: String? = nil,
    to path: String,
    onRow: (Int) throws -> Void = { _ in }
  ) throws {
    let writer = try WorkbookWriter(path, .stream)
    let columns = columns(kind, reader, chosen)
    try writer.begin(sheet: kind.label, widths: columns.map(\.width) + [16])
    for (number, column) in columns.enumerated() {
      try writer.write(.text(column.heading), .heading, row: 0, column: number)
    }
    try writer.write(.text(WorkbookVersions.heading), .heading, row: 0, column: columns.count)
    try register.store.read { reading in
      var names = Names(register)
      var row = 1
      try register.every(kind, query, in: reading) { record in
        for (number, column) in columns.enumerated() {
          let value = try column.cell(record.values[column.place], &names, in: reading)
          try writer.write(value, row: row, column: number)
        }
        try writer.write(
          .number(String(record.version)),
          .faint,
          row: row,
          column: columns.count
        )
        try onRow(row)
        row += 1
      }
      writer.filter(rows: row - 1, columns: columns.count)
    }
    if let note {
      try writer.begin(sheet: "导出说明", widths: [100])
      try writer.write(.text(note), row: 0, column: 0)
    }
    try writer.close()
  }
}

/// A column of a workbook for people.
struct WorkbookColumn {
  /// What its cells hold.
  enum Content {
    /// The value, as a number or day where it is one.
    case value
    /// What people call it; alone, without its code beside it.
    case name(isAlone: Bool)
    /// The code or identifier beside the name.
    case code
  }

  let field: FieldShape
  let place: Int
  let content: Content

  /// The columns of a field: one, or a name and its code.
  static func all(of field: FieldShape, at place: Int) -> [WorkbookColumn] {
    guard field.codeHeading != nil else {
      return [WorkbookColumn(field: field, place: place, content: .value)]
    }
    return [
      WorkbookColumn(field: field, place: place, content: .name(isAlone: false)),
      WorkbookColumn(field: field, place: place, content: .code),
    ]
  }

  /// What stands over it.
  var heading: String {
    if case .code = content { field.codeHeading ?? field.label } else { field.heading }
  }

  /// How wide it is, in characters.
  var width: Int {
    let title = heading.unicodeScalars.reduce(2) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
    switch field.type {
    case .reference:
      if case .code = content { return max(title, 14) } else { return max(title, 24) }
    case .text: return max(title, 24)
    case .longText, .list, .rows, .references: return max(title, 30)
    case .uscc: return max(title, 22)
    default: return max(title, 12)
    }
  }

  /// What a value looks like in it.
  func cell(_ value: Value, _ names: inout Names, in reading: any Reading) throws
    -> WorkbookWriter.Value
  {
    guard !value.isNone else { return .nothing }
    switch content {
    case .name(let isAlone):
      return .text(kept(try names.said(value, field, isAlone: isAlone, in: reading)))
    case .code: return .text(kept(field.plain(value)))
    case .value:
      switch value {
      case .date(let day): return .day(day)
      case .integer, .money: return .number(field.plain(value))
      default: return .text(kept(field.worded(value, city: names.register.city)))
      }
    }
  }

  /// A text so that an import, which takes away the quote mark spreadsheets put before what is no
  /// formula, gives it back; one that needs none has none.
  private func kept(_ text: String) -> String {
    CSV.armed(text) == text ? text : CSV.disarmed(text)
  }
}

/// What records are called, remembered while a file is written.
struct Names {
  let register: RecordStore
  private var titles: [String: [String: String]] = [:]
  private var shared: [String: [String: Bool]] = [:]

  init(_ register: RecordStore) { self.register = register }

  /// A value as people read it and the importer takes it.
  ///
  /// - Parameters:
  ///   - value: the value.
  ///   - field: its field.
  ///   - isAlone: whether no column with identifiers stands beside it: then a name that two records share
  ///     gives way to the identifier.
  ///   - reading: the transaction.
  /// - Returns: the text.
  /// - Throws: the store's errors.
  mutating func said(
    _ value: Value,
    _ field: FieldShape,
    isAlone: Bool = false,
    in reading: any Reading
  ) throws -> String {
    guard let name = field.type.referredKind, let kind = register.kind(name) else {
      return field.worded(value, city: register.city)
    }
    let ids = value.text.map { [$0] } ?? value.list
    let missing = Set(ids).filter { titles[name]?[$0] == nil }
    if !missing.isEmpty {
      if titles[name]?.count ?? 0 > 20_000 { titles[name] = [:] }
      titles[name, default: [:]].merge(try register.titles(kind, missing, in: reading)) { $1 }
    }
    var texts: [String] = []
    for id in ids {
      guard let title = titles[name]?[id] else {
        texts.append(id)
        continue
      }
      // Among several, a name that looks like several is none.
      let isWhole =
        value.text != nil || !(title.hasPrefix("[") || title.contains { "|\n".contains($0) })
      let isSure = try !isAlone || !isShared(title, kind, in: reading)
      texts.append(isSure && (isWhole || !isAlone) ? title : id)
    }
    return texts.joined(separator: "|")
  }

  private mutating func isShared(_ title: String, _ kind: Kind, in reading: any Reading) throws
    -> Bool
  {
    if let known = shared[kind.name]?[title] { return known }
    if shared[kind.name]?.count ?? 0 > 20_000 { shared[kind.name] = [:] }
    let query = Query([.field(kind.fields[kind.title].name, title)], limit: 2)
    let isShared = try register.list(kind, query, only: [], in: reading).count > 1
    shared[kind.name, default: [:]][title] = isShared
    return isShared
  }
}

extension FieldType {
  /// Whether its cells hold what somebody wrote, which a spreadsheet might take for a formula.
  var isWritten: Bool {
    switch self {
    case .integer, .decimal, .money, .date, .boolean, .schoolYear: false
    default: true
    }
  }
}

extension RecordStore {
  /// Calls a body with every record of a query: in its order when it has one, else in that of identifiers.
  fileprivate func every(
    _ kind: Kind,
    _ query: Query,
    in reading: any Reading,
    _ body: (Record) throws -> Void
  ) throws {
    guard !query.order.isEmpty else { return try each(kind, query, in: reading, body) }
    var page = query
    (page.offset, page.limit, page.after) = (0, 500, nil)
    while true {
      let records = try list(kind, page, in: reading)
      for record in records { try body(record) }
      guard let last = records.last, records.count == page.limit else { return }
      page.after = Cursor(after: last, in: page)
    }
  }
}
