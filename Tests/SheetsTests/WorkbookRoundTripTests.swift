import Calendar
import CitongTesting
import Sheets
import Testing
import Values

/// What our writer puts into a workbook, read again.
@Suite struct WorkbookRoundTripTests {
  /// Writes rows of values and reads them again.
  private func again(_ mode: WorkbookWriter.Mode, _ rows: [[WorkbookWriter.Value]]) throws
    -> [SheetRow]
  {
    try withFolder { folder in
      let path = folder + "/表.xlsx"
      let writer = try WorkbookWriter(path, mode)
      try writer.begin(sheet: "表", widths: [])
      for (row, values) in rows.enumerated() {
        for (column, value) in values.enumerated() {
          try writer.write(value, row: row, column: column)
        }
      }
      try writer.close()
      return try CitongTesting.rows(of: path)
    }
  }

  private static let modes: [WorkbookWriter.Mode] = [.stream, .book]

  @Test(arguments: modes)
  func `texts come back as they were, whatever is in them`(mode: WorkbookWriter.Mode) throws {
    let table: [(text: String, reason: String)] = [
      ("海棠", "a plain one"), (" 海 棠 ", "blanks at the ends"), ("　", "a blank of Chinese width"),
      ("a\nb\n", "line ends"), ("a\r\nb\rc", "line ends of Windows and old Macs"),
      ("\t", "a tab alone"), ("\u{1}\u{8}\u{B}\u{1F}", "signs XML can't hold"),
      ("_x000D_", "what workbooks write for such signs"), ("a_x0041_b_x", "the same inside"),
      ("_x005F_x000D_", "the way out of it"), ("_xD83D__xDE00_", "half characters written so"),
      ("_xZZZZ_ _x12_ __x", "nearly that"), ("<a href=\"x\">&amp;'", "signs of XML"),
      ("]]>", "the end of a section of XML"), ("=1+1", "what looks like a formula"),
      ("{=SUM(A1)}", "a formula over fields"), ("'=1", "with a quote mark"),
      ("https://example.org/?a=1&b=2", "an address"), ("000123", "leading zeros"),
      ("91350599MA2XQ0002X", "a long code"), ("2022-07-14", "what looks like a day"),
      ("TRUE", "what looks like truth"), ("#REF!", "what looks like a failure"),
      ("😀𠮷e\u{301}", "characters of more than one unit"), ("\u{FEFF}a", "a mark at the start"),
      (String(repeating: "长", count: 32_767), "the longest a cell takes"),
    ]
    let rows = try again(mode, table.map { [.text($0.text), .text("x")] })
    #expect(rows.count == table.count)
    for (row, (text, reason)) in zip(rows, table) {
      #expect(row.cells.first == SheetCell(text), "\(reason)")
    }
  }

  @Test(arguments: modes)
  func `characters XML has no place for do not spoil the file`(mode: WorkbookWriter.Mode) throws {
    let rows = try again(mode, [[.text("a\u{FFFE}b\u{FFFF}c")], [.text("d")]])
    #expect(rows.map(\.texts) == [["a\u{FFFD}b\u{FFFD}c"], ["d"]])
  }

  @Test(arguments: modes, [11, 12] as [UInt64])
  func `generated texts come back as they were`(mode: WorkbookWriter.Mode, seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    let pieces = [
      "_", "_x", "_x0", "000D_", "x", "\u{2}", "\t", "\n", "\r", "\r\n", " ", "&", "<", "\"", "'",
      "=", "海", "𠮷", "\u{301}", "\u{7F}", "\u{85}", "\u{2028}",
    ]
    let texts = (0..<400).map { _ in random.text(of: pieces, count: 1...8) }
    let rows = try again(mode, texts.map { [.text("x"), .text($0)] })
    for (text, row) in zip(texts, rows) {
      #expect(row.texts == ["x", text], "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test(arguments: modes)
  func `numbers and days come back as people write them`(mode: WorkbookWriter.Mode) throws {
    let numbers = [
      "0", "7", "-3", "0.1", "0.3", "1.5", "1234567.89", "123456789012345", "-0.05", "99999999.99",
    ]
    let days = ["1900-01-01", "1900-02-28", "1900-03-01", "1949-10-01", "2022-07-14", "2199-12-31"]
    let rows = try again(
      mode,
      numbers.map { [.number($0)] } + days.map { [.day(day($0))] }
    )
    let wanted = numbers.map { SheetCell($0, .number) } + days.map { SheetCell($0, .date) }
    #expect(rows.map(\.cells) == wanted.map { [$0] })
  }

  @Test(arguments: modes)
  func `how a cell looks changes nothing of what it holds`(mode: WorkbookWriter.Mode) throws {
    try withFolder { folder in
      let path = folder + "/表.xlsx"
      let writer = try WorkbookWriter(path, mode)
      try writer.begin(sheet: "表", widths: [10, 20])
      for (row, look) in WorkbookWriter.Look.allCases.enumerated() {
        try writer.write(.text("甲"), look, row: row, column: 0)
        try writer.write(.day(day("2022-07-14")), look, row: row, column: 1)
        try writer.write(.number("12"), look, row: row, column: 2)
        try writer.write(.nothing, look, row: row, column: 3)
      }
      try writer.close()
      let cells = [SheetCell("甲"), SheetCell("2022-07-14", .date), SheetCell("12", .number)]
      let rows = try rows(of: path)
      #expect(rows.count == WorkbookWriter.Look.allCases.count)
      #expect(rows.allSatisfy { $0.cells == cells })
    }
  }

  @Test(arguments: modes)
  func `cells left out stay empty and keep the others in place`(mode: WorkbookWriter.Mode) throws {
    let rows = try again(
      mode,
      [
        [.nothing, .nothing, .text("c")], [], [.text(""), .text("b")], [.nothing],
        [.text(" "), .nothing], [.text("a")],
      ]
    )
    #expect(rows.map(\.texts) == [["", "", "c"], ["", "b"], ["a"]])
    #expect(rows.map(\.line) == [1, 3, 6])
  }

  @Test func `sheets come in their order, hidden ones told, names without what is forbidden`()
    throws
  {
    try withFolder { folder in
      let path = folder + "/表.xlsx"
      let writer = try WorkbookWriter(path, .book)
      try writer.begin(sheet: "学校[一]:/?*\\'", widths: [])
      try writer.write(.text("a"), row: 0, column: 0)
      writer.note("说明", row: 0, column: 0)
      writer.offer("=选项!$A$2:$A$3", inColumn: 0)
      writer.filter(rows: 1, columns: 1)
      try writer.begin(sheet: "选项", widths: [], isHidden: true)
      try writer.write(.text("b"), row: 0, column: 0)
      try writer.begin(sheet: String(repeating: "长", count: 40), widths: [])
      try writer.close()
      let file = try TableFile(path)
      #expect(file.format == .workbook)
      #expect(file.sheets.map(\.name) == ["学校一", "选项", String(repeating: "长", count: 31)])
      #expect(file.sheets.map(\.isHidden) == [false, true, false])
      try #expect(rows(of: path).map(\.texts) == [["a"]])
      try #expect(rows(of: path, sheet: "选项").map(\.texts) == [["b"]])
    }
  }

  @Test func `how far the reading is grows to the end`() throws {
    try withFolder { folder in
      let path = folder + "/表.xlsx"
      let writer = try WorkbookWriter(path, .stream)
      try writer.begin(sheet: "表", widths: [])
      for row in 0..<4000 {
        try writer.write(.number("\(row)"), row: row, column: 0)
        try writer.write(.text("第\(row)行"), row: row, column: 1)
      }
      try writer.close()
      let file = try TableFile(path)
      let reader = try file.rows(of: file.sheets[0])
      var seen: [Double] = []
      var count = 0
      while let row = try reader.next() {
        #expect(row.texts == ["\(count)", "第\(count)行"])
        count += 1
        seen.append(reader.progress)
      }
      #expect(count == 4000)
      #expect(seen == seen.sorted())
      #expect(Set(seen).count > 3)
      #expect(reader.progress == 1)
    }
  }

  // MARK: What can't be written

  @Test(arguments: modes)
  func `what a workbook can't hold says so`(mode: WorkbookWriter.Mode) throws {
    try withFolder { folder in
      let writer = try WorkbookWriter(folder + "/表.xlsx", mode)
      try writer.begin(sheet: "表", widths: [])
      let long = #expect(throws: WorkbookWriter.Unwritable.self) {
        try writer.write(.text(String(repeating: "长", count: 32_768)), row: 4, column: 0)
      }
      #expect(long?.sentence == "第 5 行有一格超过 Excel 每格 32767 个字的上限，请改导出 CSV。")
      let low = #expect(throws: WorkbookWriter.Unwritable.self) {
        try writer.write(.text("a"), row: 1_048_576, column: 0)
      }
      #expect(low?.sentence == "一个工作表最多 1048576 行，请先筛选，或导出 CSV。")
      try writer.close()
      for place in ["/none/表.xlsx", ""] {
        let lost = #expect(throws: WorkbookWriter.Unwritable.self) {
          try WorkbookWriter(folder + place, mode)
        }
        #expect(lost?.sentence == "写不了工作簿，请检查磁盘空间和文件夹权限。", "\(place)")
      }
    }
  }
}
