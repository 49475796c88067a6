internal import CZip
import Foundation
package import Sheets
import Values

/// A workbook written by hand, part by part: to hold what programs of others write and ours never does.
package struct TestWorkbook {
  /// A sheet.
  package struct Sheet {
    /// Its name.
    package var name: String
    /// What stands inside `sheetData`.
    package var rows: String
    /// How it is shown: `visible`, `hidden`, `veryHidden`.
    package var state = "visible"

    /// Makes a sheet of the inner text of `sheetData`.
    package init(_ name: String, _ rows: String, state: String = "visible") {
      self.name = name
      self.rows = rows
      self.state = state
    }

    /// Makes a sheet of cells: texts as they are, anything that begins like an element as XML.
    package init(_ name: String, cells: [[String]], state: String = "visible") {
      let rows = cells.map { row in
        row.map { cell in
          cell.hasPrefix("<c")
            ? cell : cell.isEmpty ? "<c/>" : "<c t=\"inlineStr\"><is><t>\(cell)</t></is></c>"
        }.joined()
      }
      self.init(name, rows.map { "<row>\($0)</row>" }.joined(), state: state)
    }
  }

  /// Its sheets.
  package var sheets: [Sheet]
  /// What stands inside `sst`: the shared texts.
  package var sharedTexts = ""
  /// The number formats of the cell styles: style 1 is the first, style 0 shows anything as it is.
  package var formats: [String] = []
  /// Attributes of `workbookPr`.
  package var properties = ""
  /// Parts in place of those made, or beside them.
  package var parts: [String: String] = [:]
  /// Parts that are packed by hand.
  package var packed: [String: TestDeflate] = [:]

  /// Makes a workbook of sheets.
  package init(_ sheets: Sheet...) { self.sheets = sheets }

  /// Makes a workbook of one sheet.
  package init(rows: String) { sheets = [Sheet("表", rows)] }

  /// Makes a workbook of one sheet of cells.
  package init(cells: [[String]]) { sheets = [Sheet("表", cells: cells)] }

  /// The file.
  package var bytes: [UInt8] {
    var all = madeParts.merging(parts) { $1 }
    if !sharedTexts.isEmpty { all["xl/sharedStrings.xml"] = "<sst>\(sharedTexts)</sst>" }
    var zip = TestZip()
    for (name, text) in all.sorted(by: { $0.key < $1.key }) where packed[name] == nil {
      zip.add(name, text)
    }
    for (name, part) in packed { zip.add(name, part) }
    return zip.bytes
  }

  private var madeParts: [String: String] {
    var parts: [String: String] = [:]
    var list = ""
    var relations = ""
    for (index, sheet) in sheets.enumerated() {
      let number = index + 1
      parts["xl/worksheets/sheet\(number).xml"] =
        "<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>"
      list +=
        "<sheet name=\"\(sheet.name)\" sheetId=\"\(number)\" state=\"\(sheet.state)\" r:id=\"r\(number)\"/>"
      relations += "<Relationship Id=\"r\(number)\" Target=\"worksheets/sheet\(number).xml\"/>"
    }
    parts["xl/workbook.xml"] =
      "<workbook xmlns:r=\"r\"><workbookPr \(properties)/><sheets>\(list)</sheets></workbook>"
    parts["xl/_rels/workbook.xml.rels"] = "<Relationships>\(relations)</Relationships>"
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\(escaped($1))\"/>"
    }
    let styles = formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }
    parts["xl/styles.xml"] = """
      <styleSheet><numFmts>\(codes.joined())</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
      <cellXfs><xf numFmtId="0"/>\(styles.joined())</cellXfs></styleSheet>
      """
    return parts
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}

/// Writes a file into a folder.
///
/// - Returns: its path.
package func write(_ bytes: [UInt8], in folder: String, as name: String) throws -> String {
  let path = folder + "/" + name
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  return path
}

/// The rows of one sheet of a file, the first visible one unless named.
package func rows(of path: String, sheet name: String? = nil) throws -> [SheetRow] {
  let file = try TableFile(path)
  let sheet = file.sheets.first { sheet in name.map { $0 == sheet.name } ?? !sheet.isHidden }
  guard let sheet else { return [] }
  let reader = try file.rows(of: sheet)
  var rows: [SheetRow] = []
  while let row = try reader.next() { rows.append(row) }
  return rows
}

/// What somebody is told of a file that can't be read: line, code and sentence.
package func told(_ reason: Unreadable?) -> String {
  guard let reason else { return "" }
  return PlacedProblem(file: "", line: reason.line, problem: reason.problem).description
}

/// The text of a part of a workbook on disk; empty when it has none of this name.
package func part(_ name: String, of path: String) -> String {
  var code: Int32 = 0
  guard let archive = zip_open(path, ZIP_RDONLY, &code) else { return "" }
  defer { zip_discard(archive) }
  var status = zip_stat_t()
  guard zip_stat(archive, name, 0, &status) == 0, let entry = zip_fopen(archive, name, 0) else {
    return ""
  }
  defer { zip_fclose(entry) }
  var bytes = [UInt8](repeating: 0, count: Int(status.size))
  guard zip_fread(entry, &bytes, status.size) == Int64(status.size) else { return "" }
  return String(decoding: bytes, as: UTF8.self)
}

/// How the cells of a sheet of a workbook on disk look: the numbers of their styles, by place.
package func styles(of path: String, sheet: Int = 1) -> [String: String] {
  var styles: [String: String] = [:]
  let cells = part("xl/worksheets/sheet\(sheet).xml", of: path).split(separator: "<c r=\"")
  for cell in cells.dropFirst() {
    let place = cell.prefix { $0 != "\"" }
    let style = cell.prefix { $0 != ">" }.split(separator: " s=\"").dropFirst().first
    styles[String(place)] = style.map { String($0.prefix { $0.isNumber }) } ?? ""
  }
  return styles
}
