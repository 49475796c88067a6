import CitongTesting
@testable import Evaluation
import Records
import Testing
import Values

/// A scheme computed whole.
@Suite struct AssessmentTests {
  private static let scheme = [
    "schemeCode": "KH", "year": "2022", "targetType": "county", "title": "试", "basisDocs": "文",
    "fullScore": "20", "status": "issued",
  ]

  private func leaf(_ code: String, _ weight: String, _ more: [String: String]) -> [String: String]
  {
    [
      "schemeCode": "KH", "code": code, "parentCode": code.prefix { $0 != "." }.description,
      "name": code, "weight": weight, "formula": "E1 / E2",
    ].merging(more) { $1 }
  }

  /// Three counties, two branches, four leaves.
  private func withScheme(
    _ more: [[String: String]] = [],
    _ body: (TestCity, () throws -> AssessmentBoard) throws -> Void
  ) throws {
    try withCity { city in
      try city.save("assessmentScheme", Self.scheme)
      for code in ["E1", "E2", "E3", "E4"] {
        try city.save(
          "assessmentElement",
          [
            "code": code, "name": code, "unit": "人", "ownerRole": "县教育局", "dataSource": "人工",
            "definitionText": "试",
          ]
        )
      }
      for branch in ["C1", "C2"] {
        try city.save(
          "assessmentIndicator",
          ["schemeCode": "KH", "code": branch, "name": branch, "weight": "10"]
        )
      }
      for one in [
        leaf("C1.1", "6", ["method": "ratio", "target": "0.9"]),
        leaf("C1.2", "4", ["method": "rank", "formula": "E3"]),
        leaf("C2.1", "10", ["method": "threshold", "target": "0.5"]),
      ] + more {
        try city.save("assessmentIndicator", one)
      }
      try body(city) { try #require(try AssessmentBoard.of(city.register, "KH")) }
    }
  }

  private func report(_ city: TestCity, _ county: String, _ values: [String: String]) throws {
    for (element, value) in values {
      var texts = ["schemeCode": "KH", "regionCode": county, "elementCode": element]
      texts[value == "n/a" ? "notApplicable" : "value"] = value == "n/a" ? "true" : value
      if value == "n/a" { texts["naReason"] = "本县没有学校" }
      try city.save("assessmentValue", texts)
    }
  }

  @Test func `points are those of the leaves, each rounded, and places share`() throws {
    try withScheme { city, board in
      try report(city, "990102", ["E1": "82", "E2": "100", "E3": "5"])
      try report(city, "990103", ["E1": "40", "E2": "100", "E3": "7"])
      try report(city, "990121", ["E1": "82", "E2": "100", "E3": "5"])
      let board = try board()
      #expect(board.problems.isEmpty)
      // 6 × 0.82 ÷ 0.90 = 5.47; second of three: 4 × 2 ÷ 3 = 2.67; reached: 10.
      #expect(
        board.cards.map { "\($0.organisation) \($0.total.text(places: 2)) \($0.rank)" } == [
          "990102 18.14 1", "990121 18.14 1", "990103 6.67 3",
        ]
      )
      let card = board.cards[0]
      #expect(card.total == card.leaves.reduce(.zero) { $0.adding($1.score) ?? $0 })
      #expect(
        card.leaves[0].why == "值 0.8200，目标 0.9000，按比率法得 5.47（满分 6）"
      )
      #expect(card.leaves.map(\.light) == ["green", "yellow", "green"])
      #expect(board.cards[2].nearest.map(\.indicator.code) == ["C2.1", "C1.1"])
      #expect(board.cards[2].ranks == 3...3)
    }
  }

  @Test func `what does not apply gives its points to its siblings, a whole branch to the others`()
    throws
  {
    try withScheme { city, board in
      try report(city, "990102", ["E1": "90", "E2": "100", "E3": "n/a"])
      try report(city, "990103", ["E1": "n/a", "E2": "100", "E3": "5"])
      try report(city, "990121", ["E1": "1", "E2": "0", "E3": "5"])
      let board = try board()
      func full(_ county: String) -> [String] {
        board.cards.first { $0.organisation == county }?.leaves
          .map { "\($0.indicator.code) \($0.full.shown)" } ?? []
      }
      #expect(full("990102") == ["C1.1 10", "C1.2 0", "C2.1 10"])
      #expect(full("990103") == ["C1.1 0", "C1.2 20", "C2.1 0"])
      // A denominator of nought is nothing it could apply to, not a nought.
      #expect(full("990121") == ["C1.1 0", "C1.2 20", "C2.1 0"])
      for card in board.cards { #expect(card.total == Exact(20), "\(card.organisation)") }
    }
  }

  @Test func `what was not reported has no points and is told apart from nought`() throws {
    try withScheme { city, board in
      try report(city, "990102", ["E1": "0", "E2": "100", "E3": "1"])
      try report(city, "990103", ["E2": "100", "E3": "1"])
      let cards = try board().cards
      let outcomes = cards.map { $0.leaves[0].outcome }
      #expect(outcomes == [.scored, .notReported(["E1"])])
      #expect(cards.allSatisfy { $0.leaves[0].score == .zero })
      #expect(cards[1].leaves[0].light == "red")
    }
  }

  @Test func `more and less are capped, a veto keeps at 合格, a quota lets the best through`() throws
  {
    let more = [
      leaf("C2.8", "0", ["method": "bonus", "formula": "E4"]),
      leaf("C2.9", "0", ["method": "veto", "formula": "E3 - 4"]),
    ]
    try withScheme(more) { city, board in
      var scheme = Self.scheme
      scheme["passFrom"] = "10"
      scheme["goodFrom"] = "15"
      scheme["excellentFrom"] = "18"
      scheme["excellentQuota"] = "34"
      try city.save("assessmentScheme", scheme, id: "KH")
      try report(city, "990102", ["E1": "95", "E2": "100", "E3": "3", "E4": "9"])
      try report(city, "990103", ["E1": "95", "E2": "100", "E3": "2", "E4": "0"])
      try report(city, "990121", ["E1": "95", "E2": "100", "E3": "5", "E4": "0"])
      let board = try board()
      #expect(board.problems.isEmpty)
      // 18.67 and 5 of 9 points more; 20 and vetoed; 17.33.
      #expect(
        board.cards.map { "\($0.organisation) \($0.total.text(places: 2)) \($0.grade)" } == [
          "990102 23.67 优秀", "990121 20.00 合格", "990103 17.33 良好",
        ]
      )
      #expect(board.cards[1].vetoes == ["C2.9"])
    }
  }

  @Test func `a tree that does not add up is told`() throws {
    try withScheme([leaf("C1.3", "1", ["method": "deduction", "formula": "E4"])]) { city, board in
      try report(city, "990102", ["E1": "1"])
      #expect(try board().problems.map(\.message) == ["C1 的下级合计 11 分，应为 10 分。"])
    }
  }

  @Test func `a rule that rewards the worse, or gives nobody all, is told before it is issued`()
    throws
  {
    // Both traps: the published formula turned the wrong way, and knots that end below the points.
    let more = [
      leaf(
        "C1.8",
        "0",
        ["method": "linear", "direction": "negative", "low": "10", "high": "20", "weight": "3"]
      ),
      leaf("C1.9", "4", ["method": "piecewise", "knots": "0.6;0|0.8;3"]),
    ]
    try withScheme(more) { city, board in
      let told = try board().problems.filter { ["EVA-E-018", "EVA-E-019"].contains($0.code) }
      #expect(
        told.map(\.message) == [
          "末级指标 C1.8 说越小越好，但值 10 得 0 分、值 20 得 3 分：更差的得了更多。",
          "末级指标 C1.9 满分 4 分，按计分方法谁也得不到。",
        ]
      )
    }
  }

  @Test
  func `a formula over what is no element, or that can't be read, is told and not passed over`()
    throws
  {
    try withScheme([leaf("C1.3", "0", ["method": "deduction", "formula": "E9"])]) { city, board in
      let found = try board()
      #expect(found.problems.map(\.message) == ["末级指标 C1.3 的计算式里，E9 不是登记在册的采集项。"])
      var broken = found.indicators
      broken[broken.count - 1].formula = "E1 /"
      let again = AssessmentBoard(found.scheme, broken, [])
      #expect(again.problems.map(\.code) == ["EVA-E-016"])
    }
  }

  @Test func `what was returned counts as not reported, what is not confirmed is told`() throws {
    try withScheme { city, board in
      try report(city, "990102", ["E1": "82", "E2": "100", "E3": "5"])
      #expect(try board().unconfirmed == 3)
      #expect(try board().cards[0].leaves[1].outcome == .scored)
      let kind = try city.kind("assessmentValue")
      let values = try city.register.list(kind, Query(limit: 10))
      let third = try #require(values.first { $0["elementCode"].text == "E3" })
      try city.save("assessmentValue", ["status": "returned"], id: third.id)
      let again = try board()
      #expect(again.cards.map(\.organisation) == ["990102"])
      #expect(again.cards[0].leaves[1].outcome == .notReported(["E3"]))
      for value in values where value.id != third.id {
        try city.save("assessmentValue", ["status": "cityConfirmed"], id: value.id)
      }
      #expect(try board().unconfirmed == 1)
    }
  }

  @Test func `a region that does not report for itself is refused`() throws {
    try withScheme { city, _ in
      let code = "990198"
      try city.save(
        "region",
        [
          "regionCode": code, "regionName": "不管辖县", "regionKind": "county", "parentCode": "990100",
          "isAdministered": "false",
        ]
      )
      func problems(_ region: String) throws -> [String] {
        try city.problems(
          of: "assessmentValue",
          ["schemeCode": "KH", "regionCode": region, "elementCode": "E1", "value": "1"]
        ).map(\.message)
      }
      try #expect(problems("990102") == [])
      let told = "不单独报数，请填写本市实际管辖的县（市、区）或功能区。"
      try #expect(problems(code) == ["“不管辖县”\(told)"])
      #expect(try problems("990100").first?.hasSuffix(told) == true)
    }
  }

  @Test func `the largest number there may be, beside the smallest, is told as a leap`() throws {
    try withScheme { city, _ in
      let told = try city.problems(
        of: "assessmentValue",
        [
          "schemeCode": "KH", "regionCode": "990102", "elementCode": "E1", "value": "1000000000",
          "previousValue": "0.0001",
        ]
      )
      #expect(told.map(\.code) == ["EVA-W-001"])
    }
  }

  @Test func `computed twice it is the same, and before and after in any order`() throws {
    try withScheme { city, board in
      for (number, county) in ["990102", "990103", "990121", "990181"].enumerated() {
        try report(
          city,
          county,
          ["E1": String(number * 13 + 40), "E2": "100", "E3": String(number % 2)]
        )
      }
      let (first, second) = (try board(), try board())
      #expect(first.cards.map(\.total) == second.cards.map(\.total))
      let shuffled = AssessmentBoard(
        first.scheme,
        first.indicators.reversed(),
        try city.register.list(city.kind("assessmentValue"), Query(limit: 100)).reversed()
          .map { AssessmentValue(values: $0.values) }
      )
      #expect(
        shuffled.cards.map { "\($0.organisation) \($0.total)" }
          == first.cards.map { "\($0.organisation) \($0.total)" }
      )
    }
  }

  @Test func `a value far from the year before asks for a reason, and is taken`() throws {
    try withScheme { city, _ in
      let texts = [
        "schemeCode": "KH", "regionCode": "990102", "elementCode": "E1", "value": "130",
        "previousValue": "100",
      ]
      let told = try city.problems(of: "assessmentValue", texts)
      #expect(told.map(\.message) == ["比上期变动 30%，超过 20%，请写明原因。"])
      let near = try city.problems(of: "assessmentValue", texts.merging(["value": "120"]) { $1 })
      #expect(near.isEmpty)
    }
  }

  @Test func `who is told what depends on the role and on how far the scheme is`() throws {
    try withScheme { city, board in
      for county in ["990102", "990103"] {
        try report(city, county, ["E1": "50", "E2": "100", "E3": "1"])
      }
      func told(_ status: String, _ role: Role, _ region: String = "") throws -> String {
        let reader = Reader(role, account: "U1", region: region)
        var board = try board()
        board.scheme.status = AssessmentStatus(rawValue: status)
        return "\(board.cards(for: reader).count) \(board.tellsPlaces(to: reader))"
      }
      for (status, role, region, expected) in [
        ("scoring", Role.cityBureau, "", "2 true"), ("scoring", .countyBureau, "990102", "0 false"),
        ("feedback", .countyBureau, "990102", "1 false"),
        ("feedback", .countyBureau, "990121", "0 false"), ("feedback", .schoolAdmin, "", "0 false"),
        ("feedback", .public, "", "0 false"), ("feedback", .systemAdmin, "", "0 false"),
        ("publicity", .public, "", "0 true"), ("publicity", .countyBureau, "990102", "1 true"),
        ("published", .department, "", "0 true"), ("archived", .enterpriseHR, "", "0 true"),
      ] {
        let found = try told(status, role, region)
        #expect(found == expected, "\(status) \(role) \(region)")
      }
    }
  }
}
