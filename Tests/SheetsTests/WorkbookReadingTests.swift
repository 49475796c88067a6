import CitongTesting
import Sheets
import Testing

/// Workbooks as other programs write them.
@Suite struct WorkbookReadingTests {
  private func again(_ workbook: TestWorkbook, sheet: String? = nil) throws -> [SheetRow] {
    try withFolder { folder in
      try rows(of: write(workbook.bytes, in: folder, as: "表.xlsx"), sheet: sheet)
    }
  }

  private func cells(_ row: String) throws -> [SheetCell] {
    try again(TestWorkbook(rows: "<row>\(row)</row>")).first?.cells ?? []
  }

  private func inline(_ text: String) -> String { "<c t=\"inlineStr\"><is>\(text)</is></c>" }

  @Test func `every way to hold a value is read`() throws {
    let table: [(xml: String, cell: SheetCell, reason: String)] = [
      ("<c><v>12</v></c>", SheetCell("12", .number), "a number"),
      ("<c t=\"n\"><v>1.5</v></c>", SheetCell("1.5", .number), "a number that says so"),
      ("<c><v>0.30000000000000004</v></c>", SheetCell("0.30000000000000004", .number), "17 digits"),
      ("<c><v>3.0</v></c>", SheetCell("3", .number), "a whole number with a point"),
      ("<c><v>1.2E+3</v></c>", SheetCell("1200", .number), "an exponent that goes away"),
      ("<c><v>9.1350599E+19</v></c>", SheetCell("9.1350599E+19", .number), "one that stays"),
      ("<c><v>00120</v></c>", SheetCell("00120", .number), "zeros in front, against the rules"),
      ("<c t=\"b\"><v>1</v></c>", SheetCell("true", .boolean), "truth"),
      ("<c t=\"b\"><v>0</v></c>", SheetCell("false", .boolean), "its opposite"),
      ("<c t=\"e\"><v>#REF!</v></c>", SheetCell("#REF!", .failure), "a failure"),
      ("<c t=\"d\"><v>2022-07-14T08:30:00</v></c>", SheetCell("2022-07-14", .date), "a day, ISO"),
      ("<c t=\"str\"><v>甲</v></c>", SheetCell("甲"), "a text of a formula"),
      (inline("<t>甲</t>"), SheetCell("甲"), "a text in its place"),
      (inline("<t xml:space=\"preserve\"> 甲 </t>"), SheetCell(" 甲 "), "with blanks"),
      (inline("<r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r>"), SheetCell("甲乙"), "with looks"),
      (inline("<t>甲</t><rPh sb=\"0\" eb=\"1\"><t>jia</t></rPh>"), SheetCell("甲"), "with sounds"),
      (inline("<t>a_x000D_&#10;b</t>"), SheetCell("a\r\nb"), "with line ends"),
      (inline("<t><![CDATA[<甲>]]></t>"), SheetCell("<甲>"), "as CDATA"),
      (
        "<c><f>A1*2</f><v>24</v></c>", SheetCell("24", .number, isFormula: true),
        "a formula with what it came to"
      ),
      (
        "<c t=\"str\"><f>A1&amp;\"x\"</f><v>ax</v></c>", SheetCell("ax", isFormula: true),
        "a formula that came to a text"
      ),
      (
        "<c t=\"e\"><f>A1/0</f><v>#DIV/0!</v></c>", SheetCell("#DIV/0!", .failure, isFormula: true),
        "a formula that failed"
      ),
      ("<c t=\"s\"><v>9</v></c>", SheetCell(""), "a shared text that is not there"),
    ]
    for (xml, cell, reason) in table {
      try #expect(cells(xml + inline("<t>x</t>")) == [cell, SheetCell("x")], "\(reason)")
    }
  }

  @Test func `shared texts are read with their looks, without their sounds`() throws {
    var workbook = TestWorkbook(
      rows: (0...4).map { "<row><c t=\"s\"><v>\($0)</v></c><c><v>1</v></c></row>" }.joined()
    )
    workbook.sharedTexts = """
      <si><t>甲</t></si><si><r><t xml:space="preserve">乙 </t></r><r><t>丙</t></r></si>\
      <si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>\
      <si><t/></si><si><t>戊_x000D_</t></si>
      """
    try #expect(again(workbook).map { $0.cells[0].text } == ["甲", "乙 丙", "東京", "", "戊\r"])
  }

  @Test func `cells stand where they say, or behind the one before`() throws {
    let table: [(xml: String, texts: [String], reason: String)] = [
      (inline("<t>a</t>") + inline("<t>b</t>"), ["a", "b"], "no places at all"),
      ("<c r=\"B1\"><v>1</v></c><c r=\"D1\"><v>2</v></c>", ["", "1", "", "2"], "gaps"),
      ("<c r=\"B1\"><v>1</v></c><c><v>2</v></c>", ["", "1", "2"], "one place, then none"),
      ("<c/><c><v>2</v></c>", ["", "2"], "an empty cell without place"),
      ("<c r=\"A1\" s=\"3\"/><c r=\"B1\"><v>2</v></c>", ["", "2"], "an empty cell that has looks"),
      (
        "<c r=\"AA1\"><v>1</v></c>", Array(repeating: "", count: 26) + ["1"], "beyond the alphabet"
      ),
      ("<c r=\"a1\"><v>1</v></c>", ["1"], "a place in small letters: behind the one before"),
      ("<c r=\"C1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>", ["", "", "1", "2"], "out of order"),
    ]
    for (xml, texts, reason) in table {
      try #expect(cells(xml).map(\.text) == texts, "\(reason)")
    }
  }

  @Test func `rows keep their numbers, blank ones are left out, hidden ones told`() throws {
    let one = "<c><v>1</v></c>"
    let rows = try again(
      TestWorkbook(
        rows: """
          <row r="2">\(one)</row><row r="3" s="4" customFormat="1"/><row r="4"><c s="1"/></row>\
          <row r="5">\(inline("<t> </t>"))</row><row r="6" hidden="1">\(one)</row>\
          <row hidden="true">\(one)</row><row r="9" hidden="0">\(one)</row><row>\(one)</row>
          """
      )
    )
    #expect(rows.map(\.line) == [2, 6, 7, 9, 10])
    #expect(rows.map(\.isHidden) == [false, true, true, false, false])
  }

  @Test func `a merged heading stands in its first cell`() throws {
    var workbook = TestWorkbook(TestWorkbook.Sheet("表", ""))
    workbook.parts["xl/worksheets/sheet1.xml"] = """
      <worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>学校</t></is></c><c r="B1"/>\
      <c r="C1" t="inlineStr"><is><t>年份</t></is></c></row></sheetData>\
      <mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>
      """
    try #expect(again(workbook).map(\.texts) == [["学校", "", "年份"]])
  }

  @Test func `element names may have prefixes and places in the file be absolute`() throws {
    var workbook = TestWorkbook(TestWorkbook.Sheet("表", ""))
    workbook.parts = [
      "xl/workbook.xml": """
      <x:workbook xmlns:x="m" xmlns:rel="r"><x:workbookPr/><x:sheets>\
      <x:sheet name="甲" sheetId="7" rel:id="a"/><x:sheet name="图" sheetId="8" rel:id="b"/>\
      <x:sheet name="乙" sheetId="9" rel:id="c"/><x:sheet name="无" sheetId="9" rel:id="d"/>\
      </x:sheets></x:workbook>
      """,
      "xl/_rels/workbook.xml.rels": """
      <Relationships><Relationship Id="c" Target="worksheets/二.xml"/>\
      <Relationship Id="b" Target="chartsheets/sheet1.xml"/>\
      <Relationship Id="a" Target="/xl/worksheets/一.xml"/></Relationships>
      """,
      "xl/worksheets/一.xml": """
      <x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>\
      </x:row></x:sheetData></x:worksheet>
      """,
      "xl/worksheets/二.xml":
        "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>",
    ]
    try #expect(again(workbook, sheet: "甲").map(\.texts) == [["1"]])
    try #expect(again(workbook, sheet: "乙").map(\.texts) == [["2"]])
    try withFolder { folder in
      let file = try TableFile(write(workbook.bytes, in: folder, as: "表.xlsx"))
      #expect(file.sheets.map(\.name) == ["甲", "乙"], "a chart is no table, nor what is nowhere")
    }
  }

  @Test func `hidden sheets are told, however hidden`() throws {
    let row = "<row><c><v>1</v></c></row>"
    let workbook = TestWorkbook(
      .init("甲", row, state: "hidden"),
      .init("乙", row, state: "veryHidden"),
      .init("丙", row)
    )
    try withFolder { folder in
      let file = try TableFile(write(workbook.bytes, in: folder, as: "表.xlsx"))
      #expect(file.sheets.map(\.isHidden) == [true, true, false])
    }
  }

  @Test func `a workbook is told by what is in it, not by its name`() throws {
    try withFolder { folder in
      let workbook = TestWorkbook(rows: "<row><c><v>1</v></c></row>")
      let named = try TableFile(write(workbook.bytes, in: folder, as: "表.csv"))
      #expect(named.format == .workbook)
      let text = try TableFile(write(Array("a,b\n".utf8), in: folder, as: "表.xlsx"))
      #expect(text.format == .csv)
      #expect(text.sheets.map(\.name) == [""])
    }
  }

  @Test func `a sheet packed a thousandfold is read as long as it is small`() throws {
    var workbook = TestWorkbook(rows: "")
    let sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>\n"
    workbook.packed["xl/worksheets/sheet1.xml"] = TestDeflate(sheet, thousands: 1000)
    try #expect(again(workbook).map(\.texts) == [["1"]])
  }
}
