internal import Foundation
import Values

/// A file of tables somebody hands in: CSV, or a workbook with one or many sheets.
package struct TableFile: Sendable {
  /// One table of the file.
  package struct Sheet: Hashable, Sendable {
    /// Its name; empty in a CSV file.
    package var name: String
    /// Whether it is hidden in the workbook.
    package var isHidden: Bool
    /// Where it lies in the workbook.
    var entry: String
  }

  /// What the file is.
  package enum Format: Hashable, Sendable {
    /// Values set apart by commas, tabs or semicolons.
    case csv
    /// An Excel or WPS workbook (.xlsx).
    case workbook
  }

  /// Where it lies.
  package let path: String
  /// What it is, told by its first bytes and not by its name.
  package let format: Format
  /// Its tables, hidden ones too, in order.
  package let sheets: [Sheet]

  private let workbook: Workbook?
  private let comments: Bool

  /// Looks into a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - comments: whether lines of a CSV file that begin with `#` are left out.
  /// - Throws: `Unreadable` when it is neither, is locked by a password, or its container is damaged.
  package init(_ path: String, comments: Bool = false) throws(Unreadable) {
    self.path = path
    self.comments = comments
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Unreadable("CIT-E-030", "读不了文件，请检查路径和权限。")
    }
    defer { try? handle.close() }
    let head: [UInt8]
    do { head = Array(try handle.read(upToCount: 8) ?? Data()) } catch {
      throw Unreadable("CIT-E-030", "读不了文件，请检查路径和权限。")
    }
    if head.starts(with: [0x50, 0x4B]) {
      let workbook = try Workbook(path)
      self.workbook = workbook
      format = .workbook
      sheets = workbook.sheets
    } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw Unreadable(
        "REC-E-038",
        "这是加了密码的工作簿，或旧的 .xls 格式，读不了。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再导入。"
      )
    } else {
      workbook = nil
      format = .csv
      sheets = [Sheet(name: "", isHidden: false, entry: "")]
    }
  }

  /// Begins to read a table.
  ///
  /// - Throws: `Unreadable` when it can't be opened or is in no known encoding.
  package func rows(of sheet: Sheet) throws(Unreadable) -> any RowReader {
    if let workbook { return try WorksheetReader(workbook, entry: sheet.entry) }
    return try CSVReader(path: path, comments: comments)
  }
}
