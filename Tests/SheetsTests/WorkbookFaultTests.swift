import CitongTesting
import Sheets
import Testing

/// Workbooks that are damaged, locked, something else, or mean harm.
@Suite struct WorkbookFaultTests {
  private static let cut =
    ": REC-E-037 工作簿不完整或已损坏，读不了。可能没有传完，请在 Excel 或 WPS 里打开检查，另存一份再导入。"
  private static let half =
    ": REC-E-037 工作簿不完整或已损坏，读到一半读不下去。请在 Excel 或 WPS 里打开检查，另存一份再导入。"
  private static let other = ": REC-E-037 这个文件是压缩包，不是 Excel 工作簿（.xlsx）。请解压后导入里面的文件。"
  private static let locked =
    ": REC-E-038 这是加了密码的工作簿，或旧的 .xls 格式，读不了。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再导入。"
  private static let bomb = ": REC-E-039 工作簿解压后大得异常（疑似压缩炸弹），没有导入。请另存一份再试。"
  private static let outside =
    ": REC-E-040 工作簿里有外部定义（DOCTYPE），正常的工作簿没有，没有导入。请另存一份再试。"
  private static let wide = ": REC-E-042 这一行有单元格超过 4 MB，或超出 16384 列，不像表格，没有导入。"

  private static let row = "<row><c><v>1</v></c></row>"

  /// What reading a file to its end says is wrong with it.
  private func fault(_ bytes: [UInt8]) throws -> String {
    try withFolder { folder in
      let path = try write(bytes, in: folder, as: "表.xlsx")
      do {
        _ = try rows(of: path)
        return ""
      } catch let reason as Unreadable { return told(reason) }
    }
  }

  private func workbook(_ change: (inout TestWorkbook) -> Void) -> [UInt8] {
    var workbook = TestWorkbook(rows: Self.row)
    change(&workbook)
    return workbook.bytes
  }

  @Test func `a file that is no sound workbook says what it is and what to do`() throws {
    let sound = workbook { _ in }
    var zip = TestZip()
    zip.add("说明.txt", "甲")
    let table: [(reason: String, bytes: [UInt8], told: String)] = [
      ("nothing wrong", sound, ""),
      ("cut in half", Array(sound.prefix(sound.count / 2)), Self.cut),
      ("only the first bytes", [0x50, 0x4B, 3, 4], Self.cut),
      ("a ZIP of something else", zip.bytes, Self.other),
      ("a ZIP of nothing", TestZip().bytes, Self.other),
      (
        "a container of Office: .xls, or a locked .xlsx",
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 512),
        Self.locked
      ),
      (
        "a sheet that ends too soon",
        workbook { $0.parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>" + Self.row },
        Self.half
      ),
      (
        "a sheet that is no XML", workbook { $0.parts["xl/worksheets/sheet1.xml"] = "甲" }, Self.half
      ),
      (
        "a sheet with nothing in it", workbook { $0.parts["xl/worksheets/sheet1.xml"] = "" },
        Self.half
      ),
      (
        "a sheet that is not there",
        workbook {
          $0.parts["xl/_rels/workbook.xml.rels"] =
            "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/x.xml\"/></Relationships>"
        }, Self.half
      ),
      (
        "a list of sheets that is no XML", workbook { $0.parts["xl/workbook.xml"] = "<" }, Self.half
      ),
      (
        "shared texts that are no XML", workbook { $0.parts["xl/sharedStrings.xml"] = "<" },
        Self.half
      ),
    ]
    for (reason, bytes, told) in table {
      try #expect(fault(bytes) == told, "\(reason)")
    }
  }

  @Test func `a byte that was changed on the way is noticed`() throws {
    let sound = workbook { _ in }
    let place = try #require(
      sound.indices.first { sound[$0...].starts(with: Array("<v>1</v>".utf8)) }
    )
    var bytes = sound
    bytes[place + 3] = UInt8(ascii: "2")
    try #expect(fault(bytes) == Self.half)
  }

  @Test func `a document type is refused in every part, whether it does harm or not`() throws {
    let laughs = """
      <!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;">]>
      """
    let parts = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
    for part in parts + ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
      for head in ["<!DOCTYPE worksheet>", laughs, "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">"] {
        let bytes = workbook { $0.parts[part] = head + "<worksheet><t>&m;</t></worksheet>" }
        try #expect(fault(bytes) == Self.outside, "\(part) \(head)")
      }
    }
  }

  @Test func `a bomb is given up long before it is unpacked`() throws {
    let bomb = TestDeflate("<worksheet><sheetData> ", thousands: 100_000)
    #expect(bomb.size > 100_000_000)
    #expect(bomb.bytes.count < 101_000)
    let bytes = workbook { $0.packed["xl/worksheets/sheet1.xml"] = bomb }
    try #expect(fault(bytes) == Self.bomb)
    let texts = workbook {
      $0.packed["xl/sharedStrings.xml"] = TestDeflate("<sst><si><t>a", thousands: 100_000)
    }
    try #expect(fault(texts) == Self.bomb)
  }

  @Test func `a cell beyond all tables is refused with its row`() throws {
    let large = String(repeating: "x", count: 4_000_001)
    let rows: [(xml: String, line: Int, reason: String)] = [
      ("<row r=\"7\"><c t=\"inlineStr\"><is><t>\(large)</t></is></c></row>", 7, "4 MB of text"),
      ("<row r=\"7\"><c r=\"ZZZZ7\"><v>1</v></c></row>", 7, "a column no program has"),
    ]
    for (xml, line, reason) in rows {
      try #expect(
        fault(TestWorkbook(rows: Self.row + xml).bytes) == ":\(line)" + Self.wide,
        "\(reason)"
      )
    }
    let widest = TestWorkbook(rows: "<row><c r=\"XFD1\"><v>1</v></c></row>")
    try #expect(fault(widest.bytes) == "", "the last column there is")
  }

  @Test func `a text of nothing but escapes is read at once`() throws {
    let text = String(repeating: "_x0041_x", count: 250_000)
    try withFolder { folder in
      let workbook = TestWorkbook(
        rows: "<row><c t=\"inlineStr\"><is><t>\(text)</t></is></c></row>"
      )
      let read = try rows(of: write(workbook.bytes, in: folder, as: "表.xlsx"))
      #expect(read.first?.texts == [String(repeating: "Ax", count: 250_000)])
    }
  }
}
