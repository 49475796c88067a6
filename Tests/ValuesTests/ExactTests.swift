import Testing
import Values

@Suite struct ExactTests {
  private func exact(_ text: String) throws -> Exact { try #require(Exact(text)) }

  @Test(arguments: [
    ("20.9", "20.9"), ("-0.50", "-0.5"), ("1/3", "1/3"), ("6/4", "1.5"), ("007", "7"),
    ("0.125", "0.125"),
  ]) func `texts are read and written in lowest terms`(_ text: String, _ wanted: String) throws {
    #expect(try exact(text).description == wanted)
  }

  @Test(arguments: ["", "-", ".5", "5.", "1.2.3", "--1", "1/0", "1/-2", "甲", "1e3", "+-1"])
  func `what is no number is none`(_ text: String) {
    #expect(Exact(text) == nil)
  }

  @Test func `sums and quotients are exact`() throws {
    let third = try #require(Exact(1).divided(by: Exact(3)))
    #expect(third.adding(third)?.adding(third) == Exact(1))
    #expect(try exact("0.1").adding(exact("0.2")) == exact("0.3"))
    #expect(try exact("1045").divided(by: exact("50")) == exact("20.9"))
    #expect(try exact("2.5").multiplied(by: exact("0.4")) == Exact(1))
    #expect(Exact(1).divided(by: .zero) == nil)
  }

  @Test(arguments: [
    ("7.285", 2, "7.29"), ("-7.285", 2, "-7.29"), ("2.5", 0, "3"), ("-2.5", 0, "-3"),
    ("1/3", 3, "0.333"),
    ("2/3", 3, "0.667"), ("0.004", 2, "0.00"), ("-0.004", 2, "0.00"), ("9.995", 2, "10.00"),
  ]) func `rounding is half away from nought`(_ text: String, _ places: Int, _ wanted: String)
    throws
  {
    #expect(try exact(text).text(places: places) == wanted)
  }

  @Test func `numbers that differ in the last place are told apart, however long`() throws {
    let left = try #require(Exact(Int128.max - 1, over: Int128.max - 2))
    let right = try #require(Exact(Int128.max - 2, over: Int128.max - 3))
    #expect(left < right)
    #expect(!(right < left))
  }

  @Test func `what leaves the range is no number rather than a wrong one`() throws {
    let large = try #require(Exact(Int128.max - 1, over: 1))
    #expect(large.adding(large) == nil)
    #expect(large.multiplied(by: large) == nil)
    #expect(large.subtracting(large) == .zero)
  }
}
