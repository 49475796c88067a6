import Values

/// Reads a CSV file row by row.
///
/// Encoding and separator are found out; only the row being read is held.
package final class CSVReader: RowReader {
  private let text: TextSource
  private let separator: UInt8
  private let comments: Bool
  private var line = 1

  /// The most bytes one cell may have: far more than any field takes, and a bound for a quote that is
  /// never closed.
  private static let largestCell = 4_000_000

  /// Begins to read a file.
  init(path: String, comments: Bool) throws(Unreadable) {
    text = try TextSource(try ByteSource(path: path))
    self.comments = comments
    separator = Self.separator(of: try text.peek(), comments: comments)
  }

  /// Begins to read bytes.
  init(bytes: [UInt8], comments: Bool) throws(Unreadable) {
    text = try TextSource(ByteSource(bytes: bytes))
    self.comments = comments
    separator = Self.separator(of: try text.peek(), comments: comments)
  }

  package var progress: Double { text.progress }

  package var countsFrom1904: Bool { false }

  package func next() throws(Unreadable) -> SheetRow? {
    while let row = try read() {
      if !row.isBlank { return row }
    }
    return nil
  }

  /// The next row, blank or not; `nil` at the end.
  private func read() throws(Unreadable) -> SheetRow? {
    var cells: [SheetCell] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    let start = line
    func finishCell() {
      cells.append(SheetCell(String(decoding: cell, as: UTF8.self)))
      cell.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    while let byte = try text.next() {
      if isQuoted {
        if byte == 0x22 {
          if try text.skip(0x22) {
            cell.append(byte)
          } else {
            isQuoted = false
            wasQuoted = true
          }
        } else {
          if byte == 0x0D || (byte == 0x0A && cell.last != 0x0D) { line += 1 }
          cell.append(byte)
        }
        guard cell.count <= Self.largestCell else { throw unclosed(start) }
        continue
      }
      switch byte {
      case 0x22 where cell.isEmpty && !wasQuoted: isQuoted = true
      case separator: finishCell()
      case 0x0D, 0x0A:
        if byte == 0x0D { _ = try text.skip(0x0A) }
        line += 1
        finishCell()
        return SheetRow(line: start, cells: cells)
      case 0x23 where comments && cells.isEmpty && cell.isEmpty && !wasQuoted:
        while let other = try text.next(), other != 0x0A {
          guard other == 0x0D else { continue }
          _ = try text.skip(0x0A)
          break
        }
        line += 1
        return SheetRow(line: start, cells: [])
      case 0:
        throw Unreadable(
          "REC-E-036",
          line: line,
          "这一行有 NUL 字节，不是文本文件，或在传输中损坏。请重新导出，存为“CSV UTF-8”或 .xlsx 再导入。"
        )
      default:
        cell.append(byte)
        guard cell.count <= Self.largestCell else {
          throw Unreadable("REC-E-042", line: start, "这一行有一个单元格超过 4 MB，不像表格。请检查分隔符和换行。")
        }
      }
    }
    if isQuoted { throw unclosed(start) }
    guard !cell.isEmpty || !cells.isEmpty || wasQuoted else { return nil }
    finishCell()
    return SheetRow(line: start, cells: cells)
  }

  private func unclosed(_ line: Int) -> Unreadable {
    Unreadable("REC-E-030", line: line, "从这一行开始的引号没有配对，请检查单元格里的双引号。")
  }

  /// Comma unless the first line that is neither blank nor comment has none and more tabs or semicolons.
  private static func separator(of bytes: ArraySlice<UInt8>, comments: Bool) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var isFirst = true
    var isComment = false
    for byte in bytes {
      if isFirst { isComment = comments && byte == 0x23 }
      let isEnd = (byte == 0x0A || byte == 0x0D) && !isQuoted
      isFirst = isEnd
      if byte == 0x22, !isComment { isQuoted.toggle() }
      if isEnd {
        guard isComment || counts.isEmpty else { break }
        continue
      }
      if !isQuoted, !isComment { counts[byte, default: 0] += 1 }
    }
    let candidates: [UInt8] = [0x2C, 0x09, 0x3B]
    let best = candidates.max { counts[$0, default: 0] < counts[$1, default: 0] }
    return counts[0x2C, default: 0] > 0 ? 0x2C : best ?? 0x2C
  }
}
