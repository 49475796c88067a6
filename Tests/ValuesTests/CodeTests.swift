import Testing
import Values

/// Program codes, `registry.md` §3.3, and region codes, §3.1.
@Suite struct CodeTests {
  @Test func `the first two digits tell level and category`() throws {
    let table: [(String, ProgramCode.Level, Int, String)] = [
      ("660103", .secondary, 6, "6-01"), ("460301", .juniorCollege, 6, "6-03"),
      ("260101", .vocationalBachelor, 6, "6-01"), ("610101", .secondary, 1, "1-01"),
      ("790302", .secondary, 19, "19-03"), ("590101", .juniorCollege, 19, "19-01"),
      ("210101", .vocationalBachelor, 1, "1-01"), ("390101", .vocationalBachelor, 19, "19-01"),
    ]
    for (text, level, category, classKey) in table {
      let code = try #require(ProgramCode(text), "\(text)")
      #expect(code.level == level, "\(text)")
      #expect(code.categoryIndex == category, "\(text)")
      #expect(code.classKey == classKey, "\(text)")
    }
  }

  @Test func `the same class is recognised at another level`() throws {
    let secondary = try #require(ProgramCode("710201"))
    let college = try #require(ProgramCode("510204"))
    #expect(secondary.classKey == college.classKey)
  }

  @Test func `only the nineteen categories of three levels exist`() {
    let accepted = (0...99).filter { first in
      ProgramCode((first < 10 ? "0" : "") + "\(first)0101") != nil
    }
    #expect(accepted == Array(21...39) + Array(41...59) + Array(61...79))
  }

  @Test func `the K of state control is kept apart from the digits`() throws {
    let code = try #require(ProgramCode(" ６６０１０３k"))
    #expect(code.digits == "660103")
    #expect(code.isStateControlled)
    let plain = try #require(ProgramCode("660103"))
    #expect(!plain.isStateControlled)
  }

  @Test func `codes of other catalogues are refused`() {
    for text in ["090100", "66010", "6601033", "0101-4", "66010A", "K660103", "", "专业"] {
      #expect(ProgramCode(text) == nil, "\(text)")
    }
  }

  @Test func `region codes are filled to six digits, zones and towns kept`() {
    let table: [(String, String)] = [
      ("35", "350000"), ("3505", "350500"), ("350502", "350502"), ("350502100", "350502100"),
      ("350502100001", "350502100001"), ("990100Z1", "990100Z1"), ("990100z1", "990100Z1"),
      ("３５０５０２ ", "350502"),
    ]
    for (text, code) in table { #expect(RegionCode(text)?.text == code, "\(text)") }
  }

  @Test func `what is no region code is refused`() {
    for text in ["", "3", "350", "35050", "3505021", "990100X1", "990100ZZ", "鲤城区", "35050A"] {
      #expect(RegionCode(text) == nil, "\(text)")
    }
  }
}
