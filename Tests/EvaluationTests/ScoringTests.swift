@testable import Evaluation
import Testing
import Values

/// The scoring methods, by the worked examples of `assessment.md` §1.5.
@Suite struct ScoringTests {
  private func n(_ text: String) -> Exact { Exact(text) ?? .zero }

  private func rule(_ method: ScoringMethod, _ change: (inout ScoringRule) -> Void = { _ in })
    -> ScoringRule
  {
    var rule = ScoringRule(method)
    change(&rule)
    return rule
  }

  private func points(
    _ rule: ScoringRule,
    _ value: String,
    of weight: String,
    former: String? = nil,
    in group: [String] = []
  ) -> String? {
    rule.points(n(value), former: former.map(n), of: n(weight), in: group.map(n))?.rounded
      .text(places: 2)
  }

  @Test func `S1 reached or not`() {
    let up = rule(.threshold) { $0.target = n("0.9") }
    #expect(["0.9", "0.8999", "1"].map { points(up, $0, of: "5") } == ["5.00", "0.00", "5.00"])
    let down = rule(.threshold) { ($0.target, $0.isNegative) = (n("3"), true) }
    #expect(["3", "3.01"].map { points(down, $0, of: "5") } == ["5.00", "0.00"])
  }

  @Test func `S2 the part of the target that is reached, turned round where less is better`() {
    let up = rule(.ratio) { $0.target = n("0.90") }
    #expect(points(up, "0.82", of: "8") == "7.29")
    #expect(points(up, "1.2", of: "8") == "8.00")
    // A published scheme had it the other way, and the worse school won.
    let down = rule(.ratio) { ($0.target, $0.isNegative) = (n("18"), true) }
    #expect(
      ["20", "18", "9", "0"].map { points(down, $0, of: "3") } == ["2.70", "3.00", "3.00", "3.00"]
    )
  }

  @Test func `S3 two lines`() {
    let down = rule(.twoLine) {
      ($0.target, $0.restricted, $0.isNegative) = (n("18"), n("22"), true)
    }
    #expect(
      ["17", "20", "22", "22.01"].map { points(down, $0, of: "3") }
        == ["3.00", "2.70", "2.45", "0.00"]
    )
    let up = rule(.twoLine) { ($0.target, $0.restricted) = (n("4000"), n("2500")) }
    #expect(
      ["3000", "2499", "2500", "4000"].map { points(up, $0, of: "3") } == [
        "2.25", "0.00", "1.88", "3.00",
      ]
    )
  }

  @Test func `S4 a line, S5 a broken one`() {
    let line = rule(.linear) { ($0.low, $0.high) = (n("60"), n("100")) }
    #expect(
      ["50", "60", "75", "100", "120"].map { points(line, $0, of: "4") } == [
        "0.00", "0.00", "1.50", "4.00", "4.00",
      ]
    )
    let broken = rule(.piecewise) {
      $0.knots = [.init(n("0.6"), n("0")), .init(n("0.8"), n("2.4")), .init(n("0.95"), n("4"))]
    }
    #expect(
      ["0.5", "0.7", "0.8", "0.9", "0.99"].map { points(broken, $0, of: "4") } == [
        "0.00", "1.20", "2.40", "3.47", "4.00",
      ]
    )
  }

  @Test func `S6 and S11 against the best, with a floor`() {
    let best = rule(.bestInGroup) { $0.floor = n("60") }
    #expect(
      ["90", "45", "60"].map { points(best, $0, of: "3", in: ["90", "60", "45"]) } == [
        "3.00", "0.00", "2.00",
      ]
    )
    #expect(points(rule(.levelCount), "3", of: "3", in: ["3", "4.5"]) == "2.00")
    #expect(points(rule(.levelCount), "0", of: "3", in: ["0", "0"]) == "0.00")
  }

  @Test func `S7 bands by the gap to the mean`() {
    // The mean is 83.84; 79.00 is 4.84 below it.
    let group = ["79", "88.68"]
    #expect(points(rule(.gapToMean), "79.00", of: "2", in: group) == "1.80")
    #expect(points(rule(.gapToMean), "88.68", of: "2", in: group) == "2.00")
    #expect(points(rule(.gapToMean), "70", of: "2", in: ["70", "80"]) == "1.80")
    #expect(points(rule(.gapToMean), "60", of: "2", in: ["60", "80"]) == "1.60")
    #expect(points(rule(.gapToMean), "40", of: "2", in: ["40", "80"]) == "1.20")
  }

  @Test func `S8 by place, ties share the better one`() {
    let group = (1...13).map { String(100 - $0) }
    #expect(points(rule(.rank), "96", of: "5", in: group) == "3.85")
    #expect(points(rule(.rank), "9", of: "6", in: ["9", "9", "7"]) == "6.00")
    #expect(points(rule(.rank), "7", of: "6", in: ["9", "9", "7"]) == "2.00")
    #expect(
      points(rule(.rank) { $0.isNegative = true }, "7", of: "6", in: ["9", "9", "7"]) == "6.00"
    )
  }

  @Test func `S9 how far one came, S1 where one was there already`() {
    let gained = rule(.improvement) { $0.target = n("0.9") }
    #expect(points(gained, "0.8", of: "4", former: "0.7") == "2.00")
    #expect(points(gained, "0.6", of: "4", former: "0.7") == "0.00")
    #expect(points(gained, "0.92", of: "4", former: "0.95") == "4.00")
    #expect(points(gained, "0.89", of: "4", former: "0.95") == "0.00")
    #expect(points(gained, "0.8", of: "4") == nil)
  }

  @Test func `S10 deduction, S14 satisfaction, S15 more and less`() {
    // Twice 0.2 and once 0.5 of 3 points.
    #expect(points(rule(.deduction), "0.9", of: "3") == "2.10")
    #expect(points(rule(.deduction), "9", of: "3") == "0.00")
    // 120 very, 60 fairly, 15 just satisfied, 5 not, of 200: 88.5.
    #expect(points(rule(.satisfaction), "88.5", of: "4") == "3.54")
    #expect(points(rule(.bonus), "-1.5", of: "0") == "-1.50")
  }

  @Test func `S13 a panel without its ends, and apart`() {
    func mark(_ marks: String...) -> String {
      ScoringRule.panel(marks.map(n)).map { "\($0.mark) \($0.isApart)" } ?? "none"
    }
    #expect(mark("90", "80", "70", "95", "60") == "80 true")
    #expect(mark("90", "80", "85", "88") == "85.75 false")
    #expect(mark() == "none")
    #expect(points(rule(.panel), "85.75", of: "3") == "2.57")
  }

  @Test func `a rule without what it needs, or with lines turned round, is told`() {
    #expect(rule(.ratio).problems.map(\.path) == ["target"])
    #expect(
      rule(.twoLine) { ($0.target, $0.restricted) = (n("2"), n("3")) }.problems.map(\.code) == [
        "EVA-E-002"
      ]
    )
    #expect(
      rule(.twoLine) { ($0.target, $0.restricted, $0.isNegative) = (n("18"), n("22"), true) }
        .problems.isEmpty
    )
    #expect(rule(.piecewise).problems.map(\.path) == ["knots"])
    #expect(rule(.ratio) { $0.target = .zero }.problems.map(\.code) == ["EVA-E-002"])
    #expect(ScoringMethod.allCases.count == 15)
  }

  @Test func `points lie between nought and the weight, whatever comes`() {
    for method in ScoringMethod.allCases where method != .bonus && method != .piecewise {
      for isNegative in [false, true] {
        let rule = rule(method) {
          $0.isNegative = isNegative
          ($0.target, $0.restricted) = isNegative ? (n("5"), n("9")) : (n("9"), n("5"))
          ($0.low, $0.high) = (n("1"), n("7"))
        }
        for value in ["-3", "0", "0.01", "1", "4.9", "5", "9", "100", "100000"] {
          let found = rule.points(n(value), former: n("3"), of: n("4"), in: [n(value), n("6")])
          #expect(found.map { $0 >= .zero && $0 <= n("4") } ?? true, "\(method) \(value)")
        }
      }
    }
  }
}
