import Testing
import Values

@Suite struct NumeralsTests {
  @Test func `numbers are spoken with 万 and 亿`() {
    let table: [(Int, String)] = [
      (0, "0"), (47, "47"), (2430, "2,430"), (9999, "9,999"), (10_000, "1万"), (49_000, "4.9万"),
      (192_000, "19.2万"), (191_500, "19.2万"), (192_499, "19.2万"), (250_000, "25万"),
      (403_000_000, "4.03亿"), (100_000_000, "1亿"), (-192_000, "-19.2万"),
    ]
    for (number, text) in table { #expect(Numerals.spoken(number) == text, "\(number)") }
  }

  @Test func `digits stand in groups of three`() {
    let table: [(Int, String)] = [
      (0, "0"), (999, "999"), (1000, "1,000"), (192_000, "192,000"), (1_234_567, "1,234,567"),
      (-1234, "-1,234"),
    ]
    for (number, text) in table { #expect(Numerals.grouped(number) == text) }
  }

  @Test func `fractions are told in per cent`() {
    #expect(Numerals.percent(Ratio(983, 1000)) == "98.3%")
    #expect(Numerals.percent(Ratio(7, 10)) == "70%")
    #expect(Numerals.percent(Ratio(228, 1080)) == "21.1%")
    #expect(Numerals.percent(Ratio(228, 1080), places: 2) == "21.11%")
    #expect(Numerals.percent(.zero) == "0%")
  }
}
