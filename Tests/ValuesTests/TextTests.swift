import Testing
import Values

@Suite struct TextTests {
  @Test func `blanks of every kind are cut off at both ends`() {
    for text in [
      " 海棠 ", "\u{3000}海棠\u{A0}", "\u{FEFF}海棠\u{200B}", "\t海棠\r\n", "海棠",
    ] {
      #expect(Text.trimmed(text) == "海棠")
    }
    #expect(Text.trimmed(" \u{3000}\u{200B}") == "")
    #expect(Text.trimmed(" 海 棠 ") == "海 棠")
  }

  @Test func `texts are put in normal form C`() {
    #expect(Array(Text.trimmed("e\u{301}").unicodeScalars) == ["\u{E9}"])
  }

  @Test func `a code loses its blanks and full-width forms`() {
    #expect(Text.code(" ９９ ０１\u{3000}００Ｚ１ ") == "990100Z1")
    #expect(Text.code("6 - 31") == "6-31")
  }

  @Test func `only the full-width forms of ASCII are made half-width`() {
    #expect(Text.halfWidth("ＡＢＣ（１）、。　") == "ABC(1)、。 ")
  }

  @Test func `names written otherwise compare alike`() {
    #expect(Text.comparable("（海棠）ABC 学校") == Text.comparable("(海棠)abc学校"))
    #expect(Text.comparable("甲") != Text.comparable("乙"))
  }

  @Test func `Han characters are told from others`() {
    for scalar in "海𠮷㐀豈".unicodeScalars { #expect(Text.isHan(scalar)) }
    for scalar in "aあ，1 ".unicodeScalars { #expect(!Text.isHan(scalar)) }
  }
}
