package import Sheets
import Calendar
import Values

/// The file somebody handed in, given back with a column that says what is wrong with each row and the
/// cells meant marked.
package enum ReturnedWorkbook {
  /// The heading of the column with reasons; an import passes it over.
  package static let heading = "问题（再导入时不看这一列）"

  /// Writes the workbook.
  ///
  /// - Parameters:
  ///   - file: the file as it was handed in.
  ///   - problems: what was found, in any order.
  ///   - isOnlyFlawed: whether only rows with problems are given back.
  ///   - path: where to.
  /// - Throws: `Unreadable` when the file can't be read again; `WorkbookWriter.Unwritable`.
  package static func write(
    _ file: TableFile,
    _ problems: [ImportReport.CellProblem],
    isOnlyFlawed: Bool = false,
    to path: String
  ) throws {
    var byRow: [String: [Int: [ImportReport.CellProblem]]] = [:]
    var ofAll: [String] = []
    for problem in problems {
      if let row = problem.row {
        byRow[problem.sheet, default: [:]][row, default: []].append(problem)
      } else {
        ofAll.append(problem.problem.message)
      }
    }
    let writer = try WorkbookWriter(path, .stream)
    for sheet in file.sheets where !sheet.isHidden {
      let own = byRow[file.format == .workbook ? sheet.name : ""] ?? [:]
      try write(file, sheet, own, isOnlyFlawed, writer)
    }
    if !ofAll.isEmpty {
      try writer.begin(sheet: "整个文件的问题", widths: [100])
      try writer.write(.text("说明"), .heading, row: 0, column: 0)
      for (row, text) in ofAll.enumerated() {
        try writer.write(.text(text), row: row + 1, column: 0)
      }
    }
    try writer.close()
  }

  private static func write(
    _ file: TableFile,
    _ sheet: TableFile.Sheet,
    _ problems: [Int: [ImportReport.CellProblem]],
    _ isOnlyFlawed: Bool,
    _ writer: WorkbookWriter
  ) throws {
    let reader = try file.rows(of: sheet)
    var rows: [SheetRow] = []
    while rows.count < 12, let row = try reader.next() { rows.append(row) }
    let heading = headingRow(rows, problems)
    let headings = rows.indices.contains(heading) ? TableHead.headings(rows, at: heading) : []
    // The reasons stand behind the widest of the first rows, so that the headings stay where they are;
    // of a file that was given back before, in place of the former ones.
    let width = rows.map(\.cells.count).max() ?? 0
    let reasons = headings.firstIndex(of: Self.heading) ?? max(width, 1)
    try writer.begin(
      sheet: sheet.name.isEmpty ? "数据" : sheet.name,
      widths: Array(repeating: 16, count: reasons) + [60]
    )
    var target = 0
    var place = 0
    func put(_ row: SheetRow) throws {
      let own = problems[row.line] ?? []
      defer { place += 1 }
      if isOnlyFlawed, own.isEmpty, place > heading { return }
      let columns = Set(own.map(\.column))
      for column in 0..<min(max(row.cells.count, headings.count), 16_000) where column != reasons {
        let isMeant = headings.indices.contains(column) && columns.contains(headings[column])
        try writer.write(
          row.cells.indices.contains(column) ? value(of: row.cells[column]) : .nothing,
          place == heading ? .heading : isMeant ? .marked : .plain,
          row: target,
          column: column
        )
      }
      if place == heading {
        try writer.write(.text(Self.heading), .needed, row: target, column: reasons)
      } else if !own.isEmpty {
        let text = own.map(\.problem.message).joined(separator: "\n")
        let isBad = own.contains { $0.problem.blocks }
        try writer.write(
          .text(String(text.prefix(8_000))),
          isBad ? .marked : .faint,
          row: target,
          column: reasons
        )
      }
      target += 1
    }
    for row in rows { try put(row) }
    while let row = try reader.next() { try put(row) }
  }

  /// Which of the first rows holds the headings: the one in which problems find their columns.
  private static func headingRow(
    _ rows: [SheetRow],
    _ problems: [Int: [ImportReport.CellProblem]]
  ) -> Int {
    let columns = Set(problems.values.joined().map(\.column)).subtracting([""])
      .union([Self.heading])
    let known = rows.indices.prefix(10).map { place in
      Set(TableHead.headings(rows, at: place)).intersection(columns).count
    }
    return known.indices.max { known[$0] < known[$1] } ?? 0
  }

  private static func value(of cell: SheetCell) -> WorkbookWriter.Value {
    switch cell.kind {
    case _ where cell.text.isEmpty: .nothing
    case .number: .number(cell.text)
    case .date: CivilDate(cell.text).map(WorkbookWriter.Value.day) ?? .text(cell.text)
    default: .text(cell.text)
    }
  }
}
