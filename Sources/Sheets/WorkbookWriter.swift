internal import CXlsxWriter
import Glibc
package import Calendar
import Values

/// Writes a workbook row by row.
///
/// In a `.stream` no more than a row is held; a `.book` is held whole, and may have notes and lists to
/// choose from.
package final class WorkbookWriter {
  /// How much is held while writing.
  package enum Mode: Sendable {
    /// A row at a time; rows and cells go in their order.
    case stream
    /// Everything, until it is closed.
    case book
  }

  /// How a cell looks.
  package enum Look: Hashable, Sendable, CaseIterable {
    /// As any cell.
    case plain
    /// As a heading.
    case heading
    /// As a heading that must be filled in.
    case needed
    /// As something to be put right.
    case marked
    /// As an example or note.
    case faint
  }

  /// What is written into a cell.
  package enum Value: Sendable {
    /// A text, never taken for a formula.
    case text(String)
    /// A number, as its decimal digits.
    case number(String)
    /// A day.
    case day(CivilDate)
    /// Nothing.
    case nothing
  }

  /// The workbook could not be written.
  package struct Unwritable: Error, Hashable, Sendable {
    /// Why, in Chinese, with what to do.
    package var sentence: String
  }

  private let path: String
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var sheet: UnsafeMutablePointer<lxw_worksheet>?
  private var formats: [Look: UnsafeMutablePointer<lxw_format>] = [:]
  private var dayFormats: [Look: UnsafeMutablePointer<lxw_format>] = [:]
  private var isClosed = false

  /// Begins a workbook; what was in the file is lost when it is closed.
  ///
  /// - Parameters:
  ///   - path: the file; its folder takes the unfinished parts.
  ///   - mode: how much is held.
  /// - Throws: `Unwritable`.
  package init(_ path: String, _ mode: Mode) throws(Unwritable) {
    self.path = path
    // The library would say so on standard error, in its own words and at the end. What is there may still
    // be read until then.
    guard let probe = fopen(path, "a") else {
      throw Unwritable(sentence: "写不了工作簿，请检查磁盘空间和文件夹权限。")
    }
    fclose(probe)
    let cut = path.lastIndex(of: "/")
    let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var made: UnsafeMutablePointer<lxw_workbook>?
    folder.withCString { folder in
      var options = lxw_workbook_options()
      options.constant_memory = mode == .stream ? 1 : 0
      options.tmpdir = UnsafeMutablePointer(mutating: folder)
      made = workbook_new_opt(path, &options)
    }
    guard let made else { throw Unwritable(sentence: "写不了工作簿，请检查磁盘空间。") }
    workbook = made
    for look in Look.allCases {
      formats[look] = Self.format(look, of: made, isDay: false)
      dayFormats[look] = Self.format(look, of: made, isDay: true)
    }
  }

  deinit { if !isClosed { lxw_workbook_free(workbook) } }

  private static func format(
    _ look: Look,
    of workbook: UnsafeMutablePointer<lxw_workbook>,
    isDay: Bool
  ) -> UnsafeMutablePointer<lxw_format>? {
    guard let format = workbook_add_format(workbook) else { return nil }
    format_set_font_name(format, "等线")
    if isDay { format_set_num_format(format, "yyyy-mm-dd") }
    switch look {
    case .plain: break
    case .heading, .needed:
      format_set_bold(format)
      format_set_bg_color(format, 0xEDEAE2)
      format_set_bottom(format, 1)
      if look == .needed { format_set_font_color(format, 0xB8402A) }
    case .marked: format_set_bg_color(format, 0xF7D9D3)
    case .faint:
      format_set_font_color(format, 0x6B737A)
      format_set_italic(format)
    }
    return format
  }

  /// Begins a sheet, with its first row held in view.
  ///
  /// - Parameters:
  ///   - name: its name; what workbooks do not allow in names is left out.
  ///   - widths: the widths of the columns, in characters.
  ///   - isHidden: whether people do not see it at once.
  /// - Throws: `Unwritable` when the name can't be one.
  package func begin(sheet name: String, widths: [Int], isHidden: Bool = false)
    throws(Unwritable)
  {
    let allowed = String(name.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
    guard let made = workbook_add_worksheet(workbook, allowed) else {
      throw Unwritable(sentence: "工作表名“\(name)”用不了。")
    }
    sheet = made
    for (column, width) in widths.enumerated() {
      worksheet_set_column(made, UInt16(column), UInt16(column), Double(width), nil)
    }
    worksheet_freeze_panes(made, 1, 0)
    if isHidden { worksheet_hide(made) }
  }

  /// Writes a cell.
  ///
  /// - Throws: `Unwritable` when it is too long for a workbook or the sheet is full.
  package func write(_ value: Value, _ look: Look = .plain, row: Int, column: Int)
    throws(Unwritable)
  {
    guard let sheet else { return }
    guard row < 1_048_576 else {
      throw Unwritable(sentence: "一个工作表最多 1048576 行，请先筛选，或导出 CSV。")
    }
    let (row, column) = (UInt32(row), UInt16(column))
    let error: lxw_error
    switch value {
    case .nothing:
      guard look != .plain else { return }
      error = worksheet_write_blank(sheet, row, column, formats[look])
    case .text(let text):
      guard !text.isEmpty else { return }
      error = worksheet_write_string(
        sheet,
        row,
        column,
        Escapes.encoded(text),
        formats[look]
      )
    case .number(let digits):
      error = worksheet_write_number(sheet, row, column, Double(digits) ?? 0, formats[look])
    case .day(let day):
      error = worksheet_write_number(
        sheet,
        row,
        column,
        Double(SerialDay.count(of: day)),
        dayFormats[look]
      )
    }
    if error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED {
      throw Unwritable(sentence: "第 \(row + 1) 行有一格超过 Excel 每格 32767 个字的上限，请改导出 CSV。")
    }
    guard error == LXW_NO_ERROR else { throw Unwritable(sentence: Self.sentence(error)) }
  }

  /// Has a column keep what is typed as text, with its leading zeros and all its digits.
  package func keepAsText(column: Int, width: Int) {
    guard let sheet, let format = workbook_add_format(workbook) else { return }
    format_set_font_name(format, "等线")
    format_set_num_format(format, "@")
    worksheet_set_column(sheet, UInt16(column), UInt16(column), Double(width), format)
  }

  /// Puts a note on a cell; only in a `.book`.
  package func note(_ text: String, row: Int, column: Int) {
    guard let sheet else { return }
    _ = worksheet_write_comment(sheet, UInt32(row), UInt16(column), text)
  }

  /// Lets the cells of a column be chosen from cells of another sheet; only in a `.book`.
  ///
  /// - Parameters:
  ///   - source: the cells, as a formula names them: `=选项!$A$2:$A$9`.
  ///   - column: the column, from the second row on.
  package func offer(_ source: String, inColumn column: Int) {
    guard let sheet else { return }
    source.withCString { source in
      var validation = lxw_data_validation()
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      validation.value_formula = UnsafeMutablePointer(mutating: source)
      // A list helps; what else is typed is told at the import, with a near miss.
      validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
      _ = worksheet_data_validation_range(
        sheet,
        1,
        UInt16(column),
        1_048_575,
        UInt16(column),
        &validation
      )
    }
  }

  /// Lets the columns of the sheet be filtered.
  package func filter(rows: Int, columns: Int) {
    guard let sheet, columns > 0 else { return }
    _ = worksheet_autofilter(sheet, 0, 0, UInt32(max(1, rows)), UInt16(columns - 1))
  }

  /// Finishes the file.
  ///
  /// - Throws: `Unwritable` when the disk is full or the file can't be written.
  package func close() throws(Unwritable) {
    guard !isClosed else { return }
    isClosed = true
    let error = workbook_close(workbook)
    guard error == LXW_NO_ERROR else { throw Unwritable(sentence: Self.sentence(error)) }
  }

  private static func sentence(_ error: lxw_error) -> String {
    switch error {
    case LXW_ERROR_CREATING_XLSX_FILE, LXW_ERROR_CREATING_TMPFILE, LXW_ERROR_ZIP_FILE_OPERATION,
      LXW_ERROR_ZIP_FILE_ADD, LXW_ERROR_ZIP_CLOSE:
      "写不了工作簿，请检查磁盘空间和文件夹权限。"
    default: "写不了工作簿（\(String(cString: lxw_strerror(error)))）。"
    }
  }
}
