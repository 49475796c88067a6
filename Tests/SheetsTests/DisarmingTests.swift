import CitongTesting
import Sheets
import Testing

/// Texts that a spreadsheet would take for formulas.
@Suite struct DisarmingTests {
  @Test func `a text that begins like a formula gets a quote mark in front`() {
    let table: [(text: String, disarmed: String, reason: String)] = [
      ("=1+1", "'=1+1", "a formula"), ("+86 595", "'+86 595", "a number with its country"),
      ("-", "'-", "a dash for nothing"), ("@中", "'@中", "an old way to write formulas"),
      ("\t=1", "'\t=1", "a tab, dropped when pasted"),
      ("\r=1", "'\r=1", "a line end, dropped when pasted"),
      ("'=1", "''=1", "a quote mark that belongs to the text"),
      ("''-", "'''-", "two that belong to the text"),
      ("'甲", "'甲", "a quote mark before anything else"),
      ("甲=1", "甲=1", "a sign inside"), ("", "", "nothing"), ("'", "'", "a quote mark alone"),
      (" =1", " =1", "a blank first: spreadsheets take it as text"),
      ("=\u{301}", "'=\u{301}", "a sign with a mark on it"),
    ]
    for (text, disarmed, reason) in table {
      #expect(CSV.disarmed(text) == disarmed, "\(reason)")
      #expect(CSV.armed(disarmed) == text, "\(reason)")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `disarming and arming undo each other`(seed: UInt64) {
    var random = TestRandom(seed: seed)
    let pieces = [
      "'", "'", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", " ", "a", "海", "😀", "\u{301}", "\"",
    ]
    for _ in 0..<3000 {
      let text = random.text(of: pieces, count: 0...6)
      #expect(CSV.armed(CSV.disarmed(text)) == text, "seed \(seed): \(text.debugDescription)")
      let first = CSV.disarmed(text).utf8.first
      #expect(
        !"=+-@\t\r".utf8.contains { $0 == first },
        "seed \(seed): \(text.debugDescription)"
      )
    }
  }

  @Test(arguments: [4, 5] as [UInt64])
  func `rows written as lines are read as they were`(seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    let pieces = [
      "\"", ",", ";", "\t", "\n", "\r", "\r\n", " ", "#", "'", "=", "a", "海", "𠮷", "\u{301}",
    ]
    for _ in 0..<300 {
      let rows = (0..<random.number(1...4)).map { _ in
        (0..<random.number(1...4)).map { _ in random.text(of: pieces, count: 0...5) } + ["x"]
      }
      let file = rows.map(CSV.line).joined()
      // A first line without a comma outside quotes would not say what the separator is.
      let read = try CSV.rows(of: Array(("h,h\n" + file).utf8), comments: true).dropFirst()
      #expect(read.map(\.texts) == rows, "seed \(seed): \(file.debugDescription)")
    }
  }
}
