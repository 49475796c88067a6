import Values

/// Reads one sheet of a workbook row by row.
final class WorksheetReader: RowReader {
  private let workbook: Workbook
  private let texts: SharedTexts
  private let part: XMLPart
  private let state = SheetState()
  /// Rows read and not yet given, the next one first.
  private var place = 0

  init(_ workbook: Workbook, entry: String) throws(Unreadable) {
    self.workbook = workbook
    let archive = try Archive(workbook.path)
    texts = try workbook.sharedTexts(archive)
    guard let part = try XMLPart(archive, entry) else { throw XMLPart.damaged }
    self.part = part
    part.onStart = { [state] in state.start($0, $1) }
    part.onEnd = { [state] in state.end($0) }
    part.onText = { [state] in state.text($0) }
  }

  var progress: Double { part.progress }

  var countsFrom1904: Bool { workbook.countsFrom1904 }

  func next() throws(Unreadable) -> SheetRow? {
    while true {
      while place < state.rows.count {
        defer { place += 1 }
        let row = finished(state.rows[place])
        if !row.isBlank { return row }
      }
      state.rows.removeAll(keepingCapacity: true)
      place = 0
      guard try part.advance() || !state.rows.isEmpty else { return nil }
      guard !state.isTooWide else {
        throw Unreadable("REC-E-042", line: state.number, "这一行有单元格超过 4 MB，或超出 16384 列，不像表格，没有导入。")
      }
    }
  }

  private func finished(_ raw: SheetState.Row) -> SheetRow {
    var cells: [SheetCell] = []
    for cell in raw.cells {
      while cells.count < cell.column { cells.append(SheetCell("")) }
      cells.append(read(cell))
    }
    return SheetRow(line: raw.number, cells: cells, isHidden: raw.isHidden)
  }

  /// A cell by its type (`s` shared text, `str` and `inlineStr` text, `b` truth, `e` failure, `n` or
  /// nothing a number) and, for a number, its format.
  private func read(_ cell: SheetState.Cell) -> SheetCell {
    switch cell.type {
    case "s":
      return SheetCell(Int(cell.text).flatMap { texts[$0] } ?? "", isFormula: cell.isFormula)
    case "str", "inlineStr":
      return SheetCell(Escapes.decoded(cell.text), isFormula: cell.isFormula)
    case "b":
      return SheetCell(cell.text == "1" ? "true" : "false", .boolean, isFormula: cell.isFormula)
    case "e": return SheetCell(cell.text, .failure, isFormula: cell.isFormula)
    case "d": return SheetCell(String(cell.text.prefix(10)), .date, isFormula: cell.isFormula)
    default:
      if let style = cell.style, workbook.dayFormats.indices.contains(style),
        workbook.dayFormats[style],
        let day = SerialDay(cell.text, countsFrom1904: workbook.countsFrom1904)
      {
        return SheetCell(day.text, .date, isFormula: cell.isFormula)
      }
      return SheetCell(Self.plain(cell.text), .number, isFormula: cell.isFormula)
    }
  }

  /// A number as people write it, without the digits that binary numbers add; an exponent stays.
  static func plain(_ text: String) -> String {
    if text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 45 }), text.utf8.count <= 15 {
      return text
    }
    guard let number = Double(text), number.isFinite else { return text }
    if abs(number) < 1e15, number == number.rounded() { return String(Int(number)) }
    // Workbooks keep fifteen digits; the sixteenth and seventeenth are noise of the conversion.
    let shortest = String(number)
    return shortest.replacing("e+", with: "E+").replacing("e-", with: "E-")
  }
}

/// What the parser has seen of a sheet.
private final class SheetState {
  struct Cell {
    var column: Int
    var type: String
    var style: Int?
    var text = ""
    var isFormula = false
  }

  struct Row {
    var number: Int
    var isHidden: Bool
    var cells: [Cell] = []
  }

  var rows: [Row] = []
  /// The number of the row being read.
  private(set) var number = 0
  private(set) var isTooWide = false
  private var row: Row?
  private var cell: Cell?
  /// The column behind the last cell of the row, whether it holds anything or not.
  private var nextColumn = 0
  private var bytes: [UInt8] = []
  private var isValue = false
  private var isPhonetic = false

  func start(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "row":
      number = attributes["r"].flatMap { Int($0) } ?? number + 1
      let hidden = attributes["hidden"].map { $0 == "1" || $0 == "true" } ?? false
      row = Row(number: number, isHidden: hidden)
      nextColumn = 0
    case "c":
      let column = attributes["r"].flatMap(Self.column) ?? nextColumn
      if column > 16_384 { isTooWide = true }
      cell = Cell(
        column: max(nextColumn, min(column, 16_384)),
        type: attributes["t"] ?? "n",
        style: attributes["s"].flatMap { Int($0) }
      )
      nextColumn = (cell?.column ?? 0) + 1
      bytes.removeAll(keepingCapacity: true)
    case "f": cell?.isFormula = true
    case "v": isValue = cell != nil
    case "t": isValue = cell != nil && !isPhonetic
    case "rPh": isPhonetic = true
    default: break
    }
  }

  func end(_ element: String) {
    switch element {
    case "v", "t": isValue = false
    case "rPh": isPhonetic = false
    case "c":
      guard var done = cell else { return }
      cell = nil
      guard !bytes.isEmpty else { return }
      done.text = String(decoding: bytes, as: UTF8.self)
      row?.cells.append(done)
    case "row":
      if let row, !row.cells.isEmpty { rows.append(row) }
      row = nil
    default: break
    }
  }

  func text(_ piece: UnsafeBufferPointer<CChar>) {
    guard isValue else { return }
    guard bytes.count + piece.count <= 4_000_000 else {
      isTooWide = true
      return
    }
    piece.withMemoryRebound(to: UInt8.self) { bytes.append(contentsOf: $0) }
  }

  /// The column of a reference: 0 for `A7`, 27 for `AB7`.
  private static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8 {
      guard (65...90).contains(byte) else { break }
      column = column * 26 + Int(byte) - 64
      guard column < 100_000 else { break }
    }
    return column == 0 ? nil : column - 1
  }
}
