import CitongTesting
import Testing
import Values

@Suite struct RatioTests {
  @Test func `a half goes up, also below nought`() {
    let table: [(Ratio, Int)] = [
      (Ratio(1, 2), 1), (Ratio(3, 2), 2), (Ratio(5, 2), 3), (Ratio(-1, 2), 0), (Ratio(-3, 2), -1),
      (Ratio(-7, 4), -2), (Ratio(49, 100), 0), (Ratio(-49, 100), 0), (Ratio(-51, 100), -1),
      (Ratio(7), 7), (.zero, 0),
    ]
    for (ratio, whole) in table { #expect(ratio.rounded == whole, "\(ratio)") }
  }

  @Test func `rounding is the nearest whole for every small fraction`() {
    var wrong: [Ratio] = []
    for denominator in 1...24 {
      for numerator in -100...100 {
        let ratio = Ratio(Int128(numerator), Int128(denominator))
        let distance = ratio - Ratio(Int128(ratio.rounded))
        if distance >= Ratio(1, 2) || distance < Ratio(-1, 2) { wrong.append(ratio) }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `decimals are rounded half up and padded to the places asked for`() {
    let table: [(Ratio, Int, String)] = [
      (Ratio(2, 3), 2, "0.67"), (Ratio(1, 3), 0, "0"), (Ratio(1, 200), 2, "0.01"),
      (Ratio(-1, 8), 2, "-0.12"), (Ratio(98, 100), 3, "0.980"), (Ratio(12), 1, "12.0"),
      (Ratio(8225, 95), 2, "86.58"), (.zero, 2, "0.00"),
    ]
    for (ratio, places, text) in table {
      #expect(ratio.decimal(places: places) == text)
    }
  }

  @Test func `plain decimals are read exactly, other texts are not`() {
    #expect(Ratio(decimal: "0.98") == Ratio(49, 50))
    #expect(Ratio(decimal: "-12.5") == Ratio(-25, 2))
    #expect(Ratio(decimal: "-0.5") == Ratio(-1, 2))
    #expect(Ratio(decimal: "7") == Ratio(7))
    for text in ["", ".", "5.", "1.2.3", "1e3", "0x1", "1,2", "abc", "1/2", " 1"] {
      #expect(Ratio(decimal: text) == nil, "\(text)")
    }
  }

  @Test func `reading what was written gives the fraction back`() {
    var random = TestRandom(seed: 1)
    for _ in 0..<500 {
      let ratio = Ratio(Int128(random.number(-1_000_000...1_000_000)), 1000)
      #expect(Ratio(decimal: ratio.decimal(places: 3)) == ratio)
    }
  }

  @Test func `fractions add, subtract, multiply and divide without loss`() {
    let third = Ratio(1, 3)
    #expect(third + third + third == .one)
    #expect(third - third == .zero)
    #expect(third * Ratio(3) == .one)
    #expect(third / third == .one)
    #expect(Ratio(2, -4) == Ratio(-1, 2))
    #expect(Ratio(1, 3) < Ratio(1, 2))
    #expect(Ratio(-1, 2) < Ratio(-1, 3))
  }

  @Test func `a share of nothing is no number`() {
    #expect(Ratio(part: 1, of: 0) == nil)
    #expect(Ratio(part: 228, of: 1080) == Ratio(19, 90))
  }

  @Test func `what is too large to be counted ends nothing`() {
    let large = Ratio(decimal: "99999999999999999999")
    #expect(large?.isCountable == false)
    #expect(large?.rounded == Int.max)
    #expect(Ratio(decimal: "-9999999999999999999")?.rounded == Int.min)
    #expect(Ratio(decimal: "9223372036854775807")?.isCountable == true)
  }
}
