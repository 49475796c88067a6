import Matching
import Testing

@Suite struct LexiconTests {
  private var lexicon: Lexicon {
    var lexicon = Lexicon()
    for (spelling, meaning) in [
      ("数控", "K000"), ("数控车", "K002"), ("CNC车削", "K002"), ("数控加工", "K001"), ("CAD", "K003"),
      ("PLC", "K007"), ("PLC编程", "K007"), ("质检", "K005"), ("品检", "K005"), ("车", "K999"),
      ("电工", "K008"), ("电工", "P008"),
    ] {
      lexicon.add(spelling, for: meaning)
    }
    return lexicon
  }

  @Test func `the longest term wins`() {
    #expect(lexicon.meanings(in: "招聘数控车工") == ["K002"])
    #expect(lexicon.meanings(in: "数控加工与数控") == ["K001", "K000"])
  }

  @Test func `a Latin word is only found whole`() {
    let table: [(String, [String])] = [
      ("会CAD制图", ["K003"]), ("会 cad 制图", ["K003"]), ("ＣＡＤ", ["K003"]), ("ACADEMY", []),
      ("AutoCAD", []), ("CAD2022", []), ("PLC编程", ["K007"]), ("PLC 编程", ["K007"]),
      ("cnc车削", ["K002"]), ("XCNC车削", []),
    ]
    for (text, meanings) in table { #expect(lexicon.meanings(in: text) == meanings, "\(text)") }
  }

  @Test func `meanings come in the order of the words, each once`() {
    #expect(lexicon.meanings(in: "质检、PLC、品检、PLC编程") == ["K005", "K007"])
  }

  @Test func `a spelling of several things names them all`() {
    #expect(lexicon.meanings(in: "电工") == ["K008", "P008"])
  }

  @Test func `single characters and unknown words name nothing`() {
    #expect(lexicon.meanings(in: "车间普工") == [])
    #expect(lexicon.meanings(in: "") == [])
    #expect(Lexicon().meanings(in: "数控车") == [])
  }
}
