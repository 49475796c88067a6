import Testing
import Values

/// The vectors of `registry.md` §5.1 and the laws of GB 32100-2015.
@Suite struct USCCTests {
  static let valid = [
    "91350599MA2XQ0002X", "91350599MA31T1231X", "52350599MJB0000186", "12350599489300008Y",
    "91350599M0000XYQXG", "91330100799655058B", "9144030071526726XG", "914403001922038216",
  ]

  @Test(arguments: USCCTests.valid)
  func `a code of the standard is valid`(code: String) {
    #expect(USCC(code).verdict == .valid)
  }

  @Test func `a code issued in Fujian before the standard is legacy, not wrong`() {
    #expect(USCC("91350599M0000XYQX5").verdict == .legacy(expected: "G"))
  }

  @Test func `a wrong check character is named beside the right one`() {
    #expect(
      USCC("91350599MA2XQ0002Y").verdict == .wrongCheck(expected: "X", found: "Y")
    )
  }

  @Test func `a code beginning M000 whose organisation check is wrong too is not legacy`() {
    #expect(USCC("91350599M0000XYQ15").verdict != .legacy(expected: "G"))
    guard case .wrongCheck = USCC("91350599M0000XYQ15").verdict else {
      Issue.record("\(USCC("91350599M0000XYQ15").verdict)")
      return
    }
  }

  @Test func `letters the standard never uses are told with their place and the likely one`() {
    #expect(
      USCC("9I350599MA2XQ0O02X").verdict
        == .forbidden([.init(2, "I", likely: "1"), .init(15, "O", likely: "0")])
    )
    #expect(
      USCC("91350599MA2XQ000ZS").verdict
        == .forbidden([.init(17, "Z", likely: "2"), .init(18, "S", likely: "5")])
    )
    #expect(
      USCC("91350599MA2XQ00V中X").verdict
        == .forbidden([.init(16, "V", likely: "U"), .init(17, "中", likely: nil)])
    )
  }

  @Test func `only a code of the market authority's enterprises is an enterprise's`() {
    for (code, isEnterprise) in [
      ("91350599MA2XQ0002X", true), ("12350599489300008Y", false), ("52350599MJB0000186", false),
      ("92350599MA31T1231X", false), ("", false),
    ] {
      #expect(USCC(code).isEnterprise == isEnterprise, "\(code)")
    }
  }

  @Test func `another length than 18 is told`() {
    #expect(USCC("91350599MA2XQ0002").verdict == .wrongLength(17))
    #expect(USCC("91350599MA2XQ0002XX").verdict == .wrongLength(19))
  }

  @Test func `a code a spreadsheet turned into a number is recognised`() {
    #expect(USCC("9.13506E+17").verdict == .mangledNumber)
    #expect(USCC("9.13506e+17").verdict == .mangledNumber)
  }

  @Test func `full-width characters, small letters, blanks and hyphens are made good`() {
    for text in [
      " 91350599MA2XQ0002X\n", "91350599ma2xq0002x", "9135-0599-MA2X-Q000-2X",
      "９１３５０５９９ＭＡ２ＸＱ０００２Ｘ", "9135 0599　MA2XQ0002X",
    ] {
      #expect(USCC(text).text == "91350599MA2XQ0002X", "\(text)")
    }
  }

  @Test func `every single wrong character is found`() {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    let right = Array("12350599489300008Y")
    var missed: [String] = []
    for place in right.indices {
      for other in alphabet where other != right[place] {
        var wrong = right
        wrong[place] = other
        if USCC(String(wrong)).verdict == .valid { missed.append(String(wrong)) }
      }
    }
    #expect(missed.isEmpty)
  }

  @Test func `every swap of two neighbours is found`() {
    for code in Self.valid {
      let right = Array(code)
      for place in 1..<right.count where right[place] != right[place - 1] {
        var wrong = right
        wrong.swapAt(place, place - 1)
        #expect(USCC(String(wrong)).verdict != .valid, "\(String(wrong))")
      }
    }
  }

  @Test func `a synthetic code is completed by both check characters`() {
    let code = USCC.completed(prefix: "91350599", organisation: "MA2XQ000")
    #expect(code.text == "91350599MA2XQ0002X")
    #expect(code.verdict == .valid)
  }
}
