import Matching
import Testing
import Values

/// The scoring of `exchange.md` §6.3.
@Suite struct ScorecardTests {
  static let internship = Weights([
    "program": 30, "skill": 15, "cert": 5, "level": 10, "region": 15, "capacity": 10, "timing": 10,
    "track": 5,
  ])

  private func card(_ values: [(String, Ratio?)], _ weights: Weights) -> Scorecard {
    Scorecard(values.map { Factor(Dimension($0.0, $0.0), $0.1, "") }, weights: weights)
  }

  /// The worked example: 数控技术应用, 12 persons asked, a class of 30 offered, 35 km away.
  private var example: Scorecard {
    card(
      [
        ("program", .one), ("skill", Ratio(3, 4)), ("cert", nil), ("level", .one),
        ("region", Ratio(3, 5)), ("capacity", .one), ("timing", Ratio(4, 5)),
        ("track", Ratio(4, 5)),
      ],
      Self.internship
    )
  }

  @Test func `the worked example comes out to the digit`() {
    #expect(example.score == Ratio(8225, 95))
    #expect(example.score?.decimal(places: 2) == "86.58")
    #expect(example.shown == 87)
    #expect(example.grade == .a)
    #expect(example.completeness == Ratio(95, 100))
    #expect(example.completeness.decimal(places: 2) == "0.95")
  }

  @Test func `the heaviest factors come first`() {
    #expect(
      example.factors.map(\.dimension.name) == [
        "program", "region", "skill", "capacity", "level", "timing", "cert", "track",
      ]
    )
    #expect(example.factors.map { example.weight(of: $0) } == [30, 15, 15, 10, 10, 10, 5, 5])
  }

  @Test func `thin data cap the grade at B`() {
    let weights = Weights(["program": 59, "skill": 41])
    let thin = card([("program", .one), ("skill", nil)], weights)
    #expect(thin.score == Ratio(100))
    #expect(thin.completeness == Ratio(59, 100))
    #expect(thin.grade == .b)
  }

  @Test func `six tenths of the weights are enough for an A`() {
    let enough = card([("program", .one), ("skill", nil)], Weights(["program": 60, "skill": 40]))
    #expect(enough.grade == .a)
  }

  @Test func `thin data do not lift a low score`() {
    let low = card(
      [("program", Ratio(1, 5)), ("skill", nil)],
      Weights(["program": 30, "skill": 70])
    )
    #expect(low.grade == Grade.none)
  }

  @Test func `without any data there is no score`() {
    let empty = card([("program", nil), ("skill", nil)], Self.internship)
    #expect(empty.score == nil)
    #expect(empty.shown == nil)
    #expect(empty.grade == Grade.none)
    #expect(empty.grade.rawValue == "–")
    #expect(empty.completeness == .zero)
    #expect(card([], Weights([:])).completeness == .zero)
  }

  @Test func `the grades begin at 80, 65 and 50`() {
    let table: [(Int128, Grade)] = [
      (100, .a), (80, .a), (79, .b), (65, .b), (64, .c), (50, .c), (49, .none), (0, .none),
    ]
    for (percent, grade) in table {
      let one = card([("program", Ratio(percent, 100))], Weights(["program": 100]))
      #expect(one.grade == grade, "\(percent)")
    }
    #expect(Grade.none < .c)
    #expect(Grade.c < .b)
    #expect(Grade.b < .a)
  }

  @Test func `a dimension without a weight is not looked at`() {
    let one = card(
      [("program", .one), ("pay", .zero), ("skill", .zero)],
      Weights(["program": 50, "skill": 0, "level": 50])
    )
    #expect(one.factors.map(\.dimension.name) == ["program"])
    #expect(one.score == Ratio(100))
    #expect(one.completeness == Ratio(1, 2))
  }

  @Test func `weights are replaced by name and the rest kept`() {
    let weights = Weights(["program": 30, "skill": 15]).replacing(["skill": 40, "program": 0])
    #expect(weights.byDimension == ["skill": 40])
    #expect(weights.total == 40)
  }
}
