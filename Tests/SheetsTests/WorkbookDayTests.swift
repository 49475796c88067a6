import CitongTesting
import Sheets
import Testing

/// Days and times in workbooks, which hold them as numbers.
@Suite struct WorkbookDayTests {
  @Test func `a count of days is a day, part of one a time`() {
    let table: [(count: String, text: String?, reason: String)] = [
      ("1", "1900-01-01", "the first"), ("59", "1900-02-28", "the last before one that never was"),
      ("60", "1900-02-28", "29 February 1900, which never was"),
      ("61", "1900-03-01", "the first behind it"), ("25569", "1970-01-01", "where others begin"),
      ("44756", "2022-07-14", "today"), ("44756.999", "2022-07-14", "late in the evening"),
      ("109574", "2199-12-31", "the last"), ("109575", nil, "beyond"),
      ("200000", nil, "far beyond"),
      ("-1", nil, "before the first"), ("1E+300", nil, "beyond all days"),
      ("nan", nil, "no number"),
      ("甲", nil, "a text"), ("", nil, "nothing"), ("0", "00:00", "midnight"),
      ("0.354166666666667", "08:30", "half past eight"), ("0.5", "12:00", "noon"),
      ("0.999999", "23:59", "the last second"),
    ]
    for (count, text, reason) in table {
      #expect(SerialDay(count)?.text == text, "\(reason)")
    }
    let from1904: [(String, String?)] = [
      ("0", "1904-01-01"), ("60", "1904-03-01"), ("43294", "2022-07-14"), ("0.5", "1904-01-01"),
    ]
    for (count, text) in from1904 {
      #expect(SerialDay(count, countsFrom1904: true)?.text == text, "\(count)")
    }
  }

  @Test func `a number is a day where its format shows one`() throws {
    let table: [(format: String, isDay: Bool, reason: String)] = [
      ("yyyy-mm-dd", true, "plain"), ("YYYY/M/D", true, "capitals"),
      ("yyyy\"年\"m\"月\"d\"日\"", true, "with words"), ("[$-804]yyyy年m月", true, "of a language"),
      ("mmm", true, "a month"), ("h:mm", true, "a time"), ("[h]:mm:ss", true, "hours in all"),
      ("[Red]0.00", false, "red holds a d, in brackets"), ("0\"d\"", false, "a d that is written"),
      ("0\\d", false, "the same with a backslash"), ("_d0", false, "a blank as wide as a d"),
      ("#,##0;-0d", false, "only how negatives look"), ("General", false, "anything"),
      ("@", false, "text"), ("0.00E+00", false, "an exponent"),
      ("\"年度\"0", false, "the word for year in front"),
      ("\"a;\"d", true, "a semicolon that is written"), ("G/通用格式", false, "anything, in Chinese"),
    ]
    var workbook = TestWorkbook(rows: "")
    workbook.formats = table.map(\.format)
    workbook.sheets[0].rows = table.indices.map {
      "<row><c s=\"\($0 + 1)\"><v>44756</v></c></row>"
    }.joined()
    let read = try again(workbook)
    for (row, (_, isDay, reason)) in zip(read, table) {
      let cell = isDay ? SheetCell("2022-07-14", .date) : SheetCell("44756", .number)
      #expect(row.cells == [cell], "\(reason)")
    }
    #expect(read.count == table.count)
  }

  @Test func `formats every program knows need not be written`() throws {
    let days = [14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 31, 36, 45, 47, 50, 57, 58]
    let others = [0, 1, 2, 4, 9, 10, 11, 12, 13, 23, 37, 40, 44, 48, 49, 59]
    var workbook = TestWorkbook(rows: "")
    let numbers = days + others
    workbook.parts["xl/styles.xml"] =
      "<styleSheet><cellXfs>"
      + numbers.map { "<xf numFmtId=\"\($0)\"/>" }.joined() + "</cellXfs></styleSheet>"
    workbook.sheets[0].rows = numbers.indices.map {
      "<row><c s=\"\($0)\"><v>44756</v></c></row>"
    }.joined()
    let kinds = try again(workbook).map { $0.cells[0].kind }
    #expect(kinds == days.map { _ in .date } + others.map { _ in .number })
  }

  @Test func `a workbook that counts from 1904 says so`() throws {
    for (property, day) in [
      ("date1904=\"1\"", "2022-07-14"), ("date1904=\"true\"", "2022-07-14"),
      ("date1904=\"0\"", "2018-07-13"), ("", "2018-07-13"),
    ] {
      var workbook = TestWorkbook(rows: "<row><c s=\"1\"><v>43294</v></c></row>")
      workbook.formats = ["yyyy-mm-dd"]
      workbook.properties = property
      try #expect(again(workbook).map(\.cells) == [[SheetCell(day, .date)]], "\(property)")
    }
  }

  @Test func `what is no day stays a number, whatever its format`() throws {
    for count in ["-1", "200000", "1E+20"] {
      var workbook = TestWorkbook(rows: "<row><c s=\"1\"><v>\(count)</v></c></row>")
      workbook.formats = ["yyyy-mm-dd"]
      try #expect(again(workbook).map(\.cells) == [[SheetCell(count, .number)]], "\(count)")
    }
  }

  private func again(_ workbook: TestWorkbook) throws -> [SheetRow] {
    try withFolder { folder in
      try rows(of: write(workbook.bytes, in: folder, as: "表.xlsx"))
    }
  }
}
