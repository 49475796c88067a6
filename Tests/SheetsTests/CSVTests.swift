import CitongTesting
import Sheets
import Testing

/// Text files of tables, in whatever way they were saved.
@Suite struct CSVTests {
  /// 编号,名称 / 1,海棠 in GB18030.
  private static let gb18030: [UInt8] =
    [0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x0A, 0x31, 0x2C, 0xBA, 0xA3]
    + [0xCC, 0xC4, 0x0A]

  private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
    ("\u{FEFF}" + text).utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBig ? bytes : bytes.reversed()
    }
  }

  @Test func `encoding, separator and line ends are found out`() throws {
    let plain = "编号,名称\n1,海棠\n"
    let table: [(reason: String, bytes: [UInt8])] = [
      ("UTF-8", Array(plain.utf8)),
      ("UTF-8 with the mark Excel puts", [0xEF, 0xBB, 0xBF] + Array(plain.utf8)),
      ("what Excel of China saves", Self.gb18030),
      ("“Unicode text” of Excel", Self.utf16(plain.replacing(",", with: "\t"), isBig: false)),
      ("UTF-16 of old Macs", Self.utf16(plain, isBig: true)),
      ("tabs, as copied from a sheet", Array(plain.replacing(",", with: "\t").utf8)),
      ("semicolons, where the comma is in numbers", Array(plain.replacing(",", with: ";").utf8)),
      ("line ends of Windows", Array(plain.replacing("\n", with: "\r\n").utf8)),
      ("line ends of old Macs", Array(plain.replacing("\n", with: "\r").utf8)),
      ("no end of the last line", Array(plain.dropLast().utf8)),
      ("quotes around everything", Array("\"编号\",\"名称\"\n\"1\",\"海棠\"\n".utf8)),
      ("blank lines between", Array("\n编号,名称\n , \n\n1,海棠\n\n".utf8)),
    ]
    for (reason, bytes) in table {
      let rows = try CSV.rows(of: bytes)
      #expect(rows.map(\.texts) == [["编号", "名称"], ["1", "海棠"]], "\(reason)")
    }
  }

  @Test func `the separator is that of the first line, whatever stands in the others`() throws {
    let table: [(reason: String, text: String, cells: [[String]])] = [
      ("commas in a file of tabs", "a\tb\n1,5\t2,5\n", [["a", "b"], ["1,5", "2,5"]]),
      ("the same with line ends of old Macs", "a\tb\r1,5\t2,5\r", [["a", "b"], ["1,5", "2,5"]]),
      ("a comma in a quoted heading", "\"a,b\";c\n1;2\n", [["a,b", "c"], ["1", "2"]]),
      ("a blank line before", "\n\na\tb\n1,5\t2\n", [["a", "b"], ["1,5", "2"]]),
      ("one column", "a\n1;2\n", [["a"], ["1;2"]]),
      ("commas win beside others", "a,b;c;d\n", [["a", "b;c;d"]]),
    ]
    for (reason, text, cells) in table {
      try #expect(CSV.rows(of: Array(text.utf8)).map(\.texts) == cells, "\(reason)")
    }
  }

  @Test func `a comment before the headings does not decide the separator`() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["# 来源,年份,说明", "a\tb", "1\t2", ""].joined(separator: end)
      let rows = try CSV.rows(of: Array(text.utf8), comments: true)
      #expect(rows.map(\.texts) == [["a", "b"], ["1", "2"]], "\(end.debugDescription)")
      #expect(rows.map(\.line) == [2, 3], "\(end.debugDescription)")
    }
  }

  @Test func `rows keep the number of their first line, lines in quoted cells counted`() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["a,b", "\"1", "2\",3", "", "4,5", ""].joined(separator: end)
      let rows = try CSV.rows(of: Array(text.utf8))
      #expect(rows.map(\.line) == [1, 2, 5], "\(end.debugDescription)")
      #expect(rows[1].texts == ["1\(end)2", "3"], "\(end.debugDescription)")
    }
  }

  /// A file is read in pieces of 64 KB; these are longer, and shifted so that a character is cut at
  /// every place it can be.
  @Test func `a character cut between two pieces is whole again`() throws {
    let han: [UInt8] = [0xBA, 0xA3]
    let rare: [UInt8] = [0x95, 0x34, 0xB2, 0x35]
    let table: [(reason: String, text: String, bytes: [UInt8])] = [
      ("two bytes of GB18030", "海", han), ("four bytes of GB18030", "𠮷", rare),
      ("three bytes of UTF-8", "海", Array("海".utf8)),
      ("four bytes of UTF-8", "𠮷", Array("𠮷".utf8)),
    ]
    try withFolder { folder in
      for (reason, text, bytes) in table {
        for shift in 0..<bytes.count {
          let count = 70_000 / bytes.count
          let head = Array(repeating: UInt8(ascii: "a"), count: shift) + [0x2C]
          let file = head + Array(repeating: bytes, count: count).joined() + [0x0A]
          let wanted = [
            String(repeating: "a", count: shift), String(repeating: text, count: count),
          ]
          try #expect(CSV.rows(of: file).map(\.texts) == [wanted], "\(reason), shift \(shift)")
          let path = try write(file, in: folder, as: "表.csv")
          try #expect(rows(of: path).map(\.texts) == [wanted], "\(reason), shift \(shift)")
        }
      }
      let text = String(repeating: "𠮷", count: 20_000)
      for head in ["", "a"] {
        let file = Self.utf16(head + text, isBig: false)
        try #expect(CSV.rows(of: file).map(\.texts) == [[head + text]], "surrogates, \(head)")
      }
    }
  }

  @Test func `the end of a line cut between two pieces is one end`() throws {
    let head = String(repeating: "a", count: 65_535)
    let rows = try CSV.rows(of: Array("\(head)\r\nb\r\n".utf8))
    #expect(rows.map(\.texts) == [[head], ["b"]])
    #expect(rows.map(\.line) == [1, 2])
    let quoted = try CSV.rows(of: Array("\"\(head.dropFirst())\"\"b\"\n".utf8))
    #expect(quoted.map(\.texts) == [[head.dropFirst() + "\"b"]])
  }

  @Test func `a long cell is read, quoted or not`() throws {
    let long = String(repeating: "x", count: 1_000_000)
    for text in ["a,b\n1,\(long)\n", "a,b\n1,\"\(long)\"\n"] {
      try #expect(CSV.rows(of: Array(text.utf8)).last?.texts == ["1", long])
    }
  }

  @Test func `how far the reading is grows to the end`() throws {
    let row = String(repeating: "海", count: 20) + ",1\n"
    let reader = try CSV.reader(
      of: Array(("a,b\n" + String(repeating: row, count: 5000)).utf8),
      comments: false
    )
    var seen: [Double] = []
    while try reader.next() != nil { seen.append(reader.progress) }
    #expect(seen == seen.sorted())
    #expect(Set(seen).count > 3)
    #expect(reader.progress == 1)
    try #expect(CSV.reader(of: [], comments: false).progress == 1)
  }

  // MARK: What can't be read

  @Test func `a file that is no table says where and what to do`() throws {
    let nothing = "REG-E-062 文件既不是 UTF-8 也不是 GB18030 编码，请用“另存为 CSV UTF-8”后再导入。"
    let large = String(repeating: "x", count: 4_000_001)
    let table: [(reason: String, bytes: [UInt8], line: String)] = [
      (
        "a quote that is never closed", Array("a,b\n1,2\n3,\"4\n5,6\n".utf8),
        ":3: REC-E-030 从这一行开始的引号没有配对，请检查单元格里的双引号。"
      ),
      (
        "the same, behind a cell of two lines", Array("a,b\n\"1\n2\",2\n3,\"4\n5,6\n".utf8),
        ":4: REC-E-030 从这一行开始的引号没有配对，请检查单元格里的双引号。"
      ),
      (
        "a NUL byte", Array("a,b\n1,2\n3,\u{0}4\n".utf8),
        ":3: REC-E-036 这一行有 NUL 字节，不是文本文件，或在传输中损坏。请重新导出，存为“CSV UTF-8”或 .xlsx 再导入。"
      ),
      (
        "a cell of more than 4 MB", Array("a,b\n1,\(large)\n".utf8),
        ":2: REC-E-042 这一行有一个单元格超过 4 MB，不像表格。请检查分隔符和换行。"
      ),
      (
        "a quoted cell of more than 4 MB: the rest of the file behind a quote",
        Array("a,b\n1,\"\(large)".utf8), ":2: REC-E-030 从这一行开始的引号没有配对，请检查单元格里的双引号。"
      ),
      ("bytes of no encoding", [0x41, 0xFF, 0xFF, 0xFF], ": \(nothing)"),
      ("half a character at the end", Self.gb18030.dropLast() + [0xBA], ": \(nothing)"),
      ("half a character of UTF-16 at the end", [0xFF, 0xFE, 0x41], ": \(nothing)"),
    ]
    for (reason, bytes, line) in table {
      let error = #expect(throws: Unreadable.self, "\(reason)") { try CSV.rows(of: bytes) }
      #expect(told(error) == line, "\(reason)")
    }
    let missing = #expect(throws: Unreadable.self) { try TableFile("/nowhere/表.csv") }
    #expect(told(missing) == ": CIT-E-030 读不了文件，请检查路径和权限。")
  }
}
