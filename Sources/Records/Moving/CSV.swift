package import Values

/// Comma-separated values (RFC 4180): reading with line numbers, writing with the least quoting.
package enum CSV {
  /// One row of a file.
  package struct Row: Sendable {
    /// The line it begins on, 1 for the first.
    package var line: Int
    /// The cells.
    package var cells: [String]
  }

  /// Why a file can't be read as rows.
  package struct Unreadable: Error, Sendable {
    /// The line, if there is one.
    package var line: Int?
    /// What to tell the user.
    package var problem: Problem

    /// Makes a reason.
    package init(line: Int?, problem: Problem) {
      self.line = line
      self.problem = problem
    }
  }

  /// Reads the rows of a file; blank lines are left out.
  ///
  /// The encoding (UTF-8 with or without mark, else GB18030) and the separator (comma, tab or
  /// semicolon, whichever the first line has most of) are found out.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - comments: whether lines that begin with `#` are left out.
  /// - Returns: the rows, the heading first.
  /// - Throws: `Unreadable` when the text is neither encoding or a quote is never closed.
  package static func rows(of bytes: [UInt8], comments: Bool = false) throws(Unreadable) -> [Row] {
    guard let text = FileText.decoded(bytes) else {
      throw Unreadable(
        line: nil,
        problem: Problem("REG-E-062", "", "文件既不是 UTF-8 也不是 GB18030 编码，请用“另存为 CSV UTF-8”后再导入。")
      )
    }
    let bytes = Array(text.utf8)
    return try parse(bytes, separator: separator(of: bytes, comments: comments), comments: comments)
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

  private static func separator(of bytes: [UInt8], comments: Bool) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var isComment = comments && bytes.first == 0x23
    for (index, byte) in bytes.enumerated() {
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x0A, !isQuoted {
        guard isComment else { break }
        isComment = index + 1 < bytes.count && bytes[index + 1] == 0x23
        continue
      }
      if !isQuoted, !isComment { counts[byte, default: 0] += 1 }
    }
    let candidates: [UInt8] = [0x2C, 0x09, 0x3B]
    let best = candidates.max { counts[$0, default: 0] < counts[$1, default: 0] }
    return counts[0x2C, default: 0] > 0 ? 0x2C : best ?? 0x2C
  }

  private static func parse(_ bytes: [UInt8], separator: UInt8, comments: Bool)
    throws(Unreadable) -> [Row]
  {
    var rows: [Row] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var line = 1
    var start = 1
    var isQuoted = false
    var wasQuoted = false
    var index = 0
    func finishCell() {
      cells.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    func finishRow() {
      finishCell()
      let isBlank = cells.allSatisfy { Text.trimmed($0).isEmpty }
      if !isBlank { rows.append(Row(line: start, cells: cells)) }
      cells.removeAll(keepingCapacity: true)
    }
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted {
        if byte == 0x22 {
          if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
            cell.append(byte)
            index += 1
          } else {
            isQuoted = false
            wasQuoted = true
          }
        } else {
          if byte == 0x0A { line += 1 }
          cell.append(byte)
        }
      } else if byte == 0x22, cell.isEmpty, !wasQuoted {
        isQuoted = true
      } else if byte == separator {
        finishCell()
      } else if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
        // The line feed that follows ends the row.
      } else if byte == 0x0A || byte == 0x0D {
        finishRow()
        line += 1
        start = line
      } else if comments, byte == 0x23, cells.isEmpty, cell.isEmpty, !wasQuoted {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        line += 1
        start = line
      } else {
        cell.append(byte)
      }
      index += 1
    }
    if isQuoted {
      throw Unreadable(
        line: start,
        problem: Problem("REC-E-030", "", "从这一行开始的引号没有配对，请检查单元格里的双引号。")
      )
    }
    if !cell.isEmpty || !cells.isEmpty { finishRow() }
    return rows
  }
}
