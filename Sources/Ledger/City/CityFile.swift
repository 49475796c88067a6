import Foundation
import Sheets
package import Values

/// One CSV file of a city's folder: rows by column name, and the faults found while reading it.
package struct CityFile {
  /// One row, its cells by column.
  package struct Row {
    /// Its line in the file, 1 for the first.
    package var line: Int
    var cells: [String: String]

    /// What stands in a column; empty for nothing.
    package subscript(_ column: String) -> String { cells[column] ?? "" }

    /// The parts of a list cell.
    package func list(_ column: String) -> [String] {
      self[column].split(separator: "|").map { Text.trimmed(String($0)) }.filter { !$0.isEmpty }
    }
  }

  /// Where it lies.
  package let path: String
  /// Its rows.
  package var rows: [Row] = []
  /// What was wrong while it was read.
  package var faults: [PlacedProblem] = []
  private(set) var isThere = false

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - name: the path inside the folder.
  ///   - folder: the city's folder.
  ///   - columns: the columns it may have; the first ones, up to `required`, it must have.
  ///   - required: how many of the columns must be there.
  ///   - isOptional: whether the file may be missing.
  package init(
    _ name: String,
    in folder: String,
    columns: [String],
    required: Int,
    isOptional: Bool = false
  ) {
    path = folder + "/" + name
    guard let data = FileManager.default.contents(atPath: path) else {
      if !isOptional { fault(nil, "CTY-E-001", "缺少文件 \(name)，城市文件夹里必须有它。") }
      return
    }
    isThere = true
    let table: [SheetRow]
    do throws(Unreadable) {
      table = try CSV.rows(of: Array(data), comments: true)
    } catch {
      fault(error.line, error.problem.code, error.problem.message)
      return
    }
    guard let header = table.first else {
      fault(nil, "CTY-E-002", "文件是空的，第一行应为表头：\(columns.joined(separator: ","))。")
      return
    }
    let names = header.texts.map(Text.trimmed)
    for name in names where !columns.contains(name) {
      let near = NearMiss.suggestion(name, among: columns)
      fault(
        header.line,
        "CTY-E-003",
        "不认识列“\(name)”。\(near.isEmpty ? "可用：" + columns.joined(separator: "、") : near)"
      )
    }
    for column in columns.prefix(required) where !names.contains(column) {
      fault(header.line, "CTY-E-004", "缺少列“\(column)”。")
    }
    for row in table.dropFirst() {
      if row.cells.count > names.count {
        fault(row.line, "CTY-E-005", "这一行有 \(row.cells.count) 格，表头只有 \(names.count) 列，请检查逗号。")
      }
      let cells = Dictionary(
        zip(names, row.texts.map(Text.trimmed)),
        uniquingKeysWith: { first, _ in first }
      )
      rows.append(Row(line: row.line, cells: cells))
    }
  }

  /// Notes a fault.
  package mutating func fault(_ line: Int?, _ code: String, _ message: String) {
    faults.append(PlacedProblem(file: path, line: line, problem: Problem(code, "", message)))
  }
}
