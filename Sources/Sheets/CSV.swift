import Values

/// Comma-separated values (RFC 4180): whole small files, and lines with the least quoting.
package enum CSV {
  /// Reads the rows of a small file; blank lines are left out.
  ///
  /// The encoding (UTF-8 with or without mark, else GB18030) and the separator (comma, tab or
  /// semicolon, whichever the first line has most of) are found out.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - comments: whether lines that begin with `#` are left out.
  /// - Returns: the rows, the heading first.
  /// - Throws: `Unreadable` when the text is neither encoding or a quote is never closed.
  package static func rows(of bytes: [UInt8], comments: Bool = false) throws(Unreadable)
    -> [SheetRow]
  {
    let reader = try CSVReader(bytes: bytes, comments: comments)
    var rows: [SheetRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  /// Begins to read the bytes of a CSV file.
  ///
  /// - Throws: `Unreadable` when they are in no known encoding.
  package static func reader(of bytes: [UInt8], comments: Bool) throws(Unreadable) -> any RowReader
  {
    try CSVReader(bytes: bytes, comments: comments)
  }

  /// One row as a line of a file, its line end included.
  package static func line(_ cells: [String]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { line += "," }
      let isPlain = cell.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
      let isPadded = cell.utf8.first == 0x20 || cell.utf8.last == 0x20
      if isPlain, !isPadded, !(index == 0 && cell.hasPrefix("#")) {
        line += cell
      } else {
        line += "\""
        for scalar in cell.unicodeScalars {
          if scalar == "\"" { line += "\"" }
          line.unicodeScalars.append(scalar)
        }
        line += "\""
      }
    }
    return line + "\n"
  }

  /// A text that no spreadsheet takes for a formula: with a quote mark in front if it begins like one.
  ///
  /// `disarmed` and `armed` undo each other for every text.
  package static func disarmed(_ text: String) -> String {
    beginsLikeFormula(text) ? "'" + text : text
  }

  /// The text without the quote mark that keeps spreadsheets from taking it for a formula.
  package static func armed(_ text: String) -> String {
    text.utf8.first == UInt8(ascii: "'") && beginsLikeFormula(text)
      ? String(text.dropFirst()) : text
  }

  /// Whether a text, quote marks in front aside, begins as formulas do.
  private static func beginsLikeFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "'") }) else { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      return true
    default: return false
    }
  }
}
