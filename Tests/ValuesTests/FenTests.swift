import CitongTesting
import Testing
import Values

@Suite struct FenTests {
  @Test func `amounts are read as people write them`() {
    let table: [(String, Int)] = [
      ("3500", 350_000), ("3,500.5", 350_050), ("3500.05元", 350_005), ("0", 0), ("0.01", 1),
      ("1.2万", 1_200_000), ("1.2万元", 1_200_000), ("4.03亿", 40_300_000_000),
      ("４０３", 40_300), (" 3500 ", 350_000), ("-5", -500),
    ]
    for (text, fen) in table { #expect(Fen(yuan: text) == Fen(fen), "\(text)") }
  }

  @Test func `what is no amount of whole fen is refused`() {
    for text in ["", "万", "三千", "3500.505", "1.2.3", "5%", "$5", "1e3", "99999999999999亿"] {
      #expect(Fen(yuan: text) == nil, "\(text)")
    }
  }

  @Test func `an amount is written without needless decimals and read back the same`() {
    #expect(Fen(350_000).yuanText == "3500")
    #expect(Fen(350_050).yuanText == "3500.50")
    #expect(Fen(5).yuanText == "0.05")
    var random = TestRandom(seed: 2)
    for _ in 0..<500 {
      let fen = Fen(random.number(0...1_000_000_000_000))
      #expect(Fen(yuan: fen.yuanText) == fen)
    }
  }

  @Test func `yuan are a hundred fen`() {
    #expect(Fen.yuan(403_000_000) == Fen(40_300_000_000))
    #expect(Fen(1) < Fen(2))
  }
}
