import Calendar
import CitongTesting
@testable import Evaluation
import Indicators
import Records
import Testing
import Values

/// An assessment on its way from the draft to the archive (`assessment.md` §1.4), and the form those assessed fill in.
@Suite struct AssessmentWalkTests {
  /// A scheme of one leaf over two elements, one of which the register knows.
  private func withScheme(_ body: (TestCity, AssessmentWalk) throws -> Void) throws {
    try withCity { city in
      try city.save(
        "indicator",
        [
          "code": "schools", "label": "学校数", "formula": "count(学校)", "unit": "所",
          "display": "number",
          "levels": "city|county", "words": "学校数", "source": "学校", "period": "latest",
        ]
      )
      for (code, indicator) in [("E1", "schools"), ("E2", "")] {
        try city.save(
          "assessmentElement",
          [
            "code": code, "name": "数\(code)", "unit": "所", "ownerRole": "县教育局", "dataSource": "平台",
            "definitionText": "试", "indicatorCode": indicator, "maxValue": "500",
          ]
        )
      }
      try city.save(
        "assessmentScheme",
        [
          "schemeCode": "KH", "year": "2022", "targetType": "county", "title": "试",
          "basisDocs": "文",
          "fullScore": "10", "status": "draft",
        ]
      )
      try city.save(
        "assessmentIndicator",
        ["schemeCode": "KH", "code": "C1", "name": "一级", "weight": "10"]
      )
      try city.save(
        "assessmentIndicator",
        [
          "schemeCode": "KH", "code": "C1.1", "parentCode": "C1", "name": "末级", "weight": "10",
          "method": "ratio", "target": "1", "formula": "E1 / E2", "dataOwner": "县教育局",
        ]
      )
      try body(city, AssessmentWalk(city.register))
    }
  }

  private func refusal(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let refused as Refused {
      return refused.problems.map { "\($0.code) \($0.message)" }
    } catch { return ["\(error)"] }
  }

  private func report(_ city: TestCity, _ county: String, _ values: [String: String]) throws {
    let form = try #require(
      try AssessmentForm.of(city.register, IndicatorBook(city.register), "KH", county)
    )
    _ = try form.report(
      values.mapValues { AssessmentForm.Entry(value: $0, explanation: "与台账口径不同，已核对原始登记") },
      in: city.register,
      by: TestCity.officer
    )
  }

  private func set(_ city: TestCity, _ status: String) throws {
    for value in try city.register.list(city.kind("assessmentValue"), Query(limit: 100)) {
      try city.save("assessmentValue", ["status": status], id: value.id)
    }
  }

  @Test func `from the draft to the archive, each step with what it asks for`() throws {
    try withScheme { city, walk in
      func step(_ to: AssessmentStatus, _ note: String = "", _ day: String) -> [String] {
        refusal {
          try walk.step("KH", to: to, note: note, on: CivilDate(day), by: TestCity.officer)
        }
      }
      #expect(
        step(.issued, "文", "2021-11-01")
          == ["EVA-E-030 “草稿”不能直接到“印发”，下一步是“征求意见”。"]
      )
      #expect(step(.consulting, "", "2021-11-01") == [])
      #expect(step(.issued, "", "2021-12-15") == ["EVA-E-033 到“印发”请在说明里写书面通知的文号。"])
      #expect(
        step(.issued, "演示督〔2021〕8号", "2021-10-15")
          == ["EVA-E-031 日期 2021-10-15 早于上一步“征求意见”的 2021-11-01。"]
      )
      #expect(step(.issued, "演示督〔2021〕8号", "2021-12-15") == [])
      #expect(step(.collecting, "", "2022-01-10") == [])
      #expect(step(.countyReview, "", "2022-02-15") == ["EVA-E-034 还没有单位填报，不能转入审核。"])
      try report(city, "990102", ["E1": "3", "E2": "4"])
      #expect(step(.countyReview, "", "2022-02-15") == [])
      #expect(step(.cityVerify, "", "2022-02-20") == ["EVA-E-035 还有 2 个填报值没有经县级审核，或退回后没有重报。"])
      #expect(step(.collecting, "漏了", "2022-02-20") == ["EVA-E-032 退回要写明原因，至少 10 个字。"])
      #expect(step(.collecting, "学校数漏了技工学校，请重新填报", "2022-02-20") == [])
      #expect(step(.countyReview, "", "2022-02-22") == [])
      try set(city, "countyReviewed")
      #expect(step(.cityVerify, "", "2022-02-28") == [])
      #expect(step(.scoring, "", "2022-03-25") == ["EVA-E-035 还有 2 个填报值没有经市级核定。"])
      try set(city, "cityConfirmed")
      #expect(step(.scoring, "", "2022-03-25") == [])
      #expect(step(.feedback, "", "2022-03-28") == [])
      #expect(step(.appeal, "", "2022-04-01") == [])
      try city.save("assessmentObjection", objection)
      // Ten working days from 28 March, the Qingming holiday and its make-up Saturday counted.
      #expect(
        step(.approved, "", "2022-04-12") == [
          "EVA-E-036 还有 1 件申辩没有处理决定，不能审定。",
          "EVA-E-036 申辩期是初步意见反馈后 10 个工作日，到 2022-04-12 为止，之后才能审定。",
        ]
      )
      let filed = try #require(
        try city.register.list(city.kind("assessmentObjection"), Query(limit: 1)).first
      )
      try city.save(
        "assessmentObjection",
        ["decision": "rejected", "decisionGrounds": "证据不足以改变", "decidedOn": "2022-04-12"],
        id: filed.id
      )
      #expect(step(.approved, "", "2022-04-13") == [])
      #expect(step(.publicity, "", "2022-05-05") == [])
      #expect(
        step(.published, "", "2022-05-10")
          == ["EVA-E-037 公示应满 5 个工作日，从 2022-05-05 起到 2022-05-10 的前一天才 4 个。"]
      )
      #expect(step(.published, "", "2022-05-11") == [])
      #expect(
        step(.publicity, "公示里有一个数抄错了，退回重来", "2022-05-17").first?
          .contains("公布以后不能退回，要更正请发更正文件") == true
      )
      #expect(step(.rectifying, "", "2022-05-20") == [])
      try city.save(
        "rectification",
        [
          "schemeCode": "KH", "regionCode": "990102", "problem": "学校数不足", "requirement": "补齐",
          "dueDate": "2022-08-31",
        ]
      )
      #expect(step(.verified, "", "2022-07-01") == ["EVA-E-038 还有 1 项整改没有核查通过。"])
      #expect(step(.verified, "", "2022-09-01").last == "EVA-E-031 日期 2022-09-01 还没有到。")
    }
  }

  /// What a county is told of a record it writes.
  private func told(_ city: TestCity, _ kind: String, _ texts: [String: String], id: String? = nil)
    throws -> [Problem]
  {
    let county = Reader(.countyBureau, account: "U1", region: texts["regionCode"] ?? "990102")
    return try city.register.acting(as: county).plan(
      city.kind(kind),
      [Draft(texts: texts, id: id)]
    )[0].problems
  }

  private var objection: [String: String] {
    [
      "schemeCode": "KH", "regionCode": "990102", "indicatorCodes": "C1.1", "filedOn": "2022-04-06",
      "claim": "本县学校数应为 4 所，核定时漏计了一所技工学校，请更正。",
    ]
  }

  @Test func `coming to the public notice the result is written down, once`() throws {
    try withScheme { city, walk in
      try through(city, walk, .publicity)
      let kind = try city.kind("assessmentResult")
      let results = try city.register.list(kind, Query(limit: 10))
      #expect(results.map { $0["regionCode"].text } == ["990102"])
      // Three of four: 10 × 0.75.
      #expect(results[0]["total"].integer == 750)
      #expect(results[0]["grade"].text == "不合格")
      // Going back and forth again writes the same record.
      try walk.step("KH", to: .approved, note: "公示材料有错字，退回重新准备", by: TestCity.officer)
      try walk.step("KH", to: .publicity, note: "", by: TestCity.officer)
      #expect(try city.register.list(kind, Query(limit: 10)).count == 1)
    }
  }

  /// Takes a scheme with one county's report to a state.
  private func through(_ city: TestCity, _ walk: AssessmentWalk, _ end: AssessmentStatus) throws {
    let days: [(AssessmentStatus, String)] = [
      (.consulting, "2021-11-01"), (.issued, "2021-12-15"), (.collecting, "2022-01-10"),
      (.countyReview, "2022-02-15"), (.cityVerify, "2022-02-28"), (.scoring, "2022-03-25"),
      (.feedback, "2022-03-28"), (.appeal, "2022-04-01"), (.approved, "2022-04-20"),
      (.publicity, "2022-05-05"),
    ]
    for (status, day) in days {
      if status == .countyReview {
        try report(city, "990102", ["E1": "3", "E2": "4"])
        try set(city, "cityConfirmed")
      }
      try walk.step("KH", to: status, note: "演示督〔2021〕8号", on: CivilDate(day), by: TestCity.officer)
      if status == end { return }
    }
  }

  @Test
  func `what is reported is open between issue and verification, what is found until the notice`()
    throws
  {
    try withScheme { city, walk in
      let texts = ["schemeCode": "KH", "regionCode": "990103", "elementCode": "E2", "value": "1"]
      #expect(
        try told(city, "assessmentValue", texts).map(\.message)
          == ["方案现在是“草稿”，不收填报值；从印发到市级核验之间填报。"]
      )
      try through(city, walk, .feedback)
      #expect(
        try told(city, "assessmentValue", texts).map(\.code) == ["EVA-E-022"]
      )
      let value = try #require(
        try city.register.list(
          city.kind("assessmentValue"),
          Query([.field("elementCode", "E2")], limit: 1)
        ).first
      )
      #expect(
        try city.outcome(of: "assessmentValue", ["value": "9"], id: value.id).problems.map(\.code)
          .contains("EVA-E-023")
      )
      let found = ["adjustedValue": "3", "adjustReason": "核对登记后"]
      #expect(try city.outcome(of: "assessmentValue", found, id: value.id).problems.isEmpty)
      try walk.step("KH", to: .appeal, note: "", on: CivilDate("2022-04-01"), by: TestCity.officer)
      try walk.step(
        "KH",
        to: .approved,
        note: "",
        on: CivilDate("2022-04-20"),
        by: TestCity.officer
      )
      try walk.step(
        "KH",
        to: .publicity,
        note: "",
        on: CivilDate("2022-05-05"),
        by: TestCity.officer
      )
      #expect(
        try city.outcome(of: "assessmentValue", found, id: value.id).problems.map(\.code)
          == ["EVA-E-024"]
      )
      // With the number of the correction it is taken; the result as it was given notice of stays to be seen.
      try city.save(
        "assessmentValue",
        found.merging(["correctionNumber": "演示更正〔2022〕1号"]) { $1 },
        id: value.id
      )
      #expect(try AssessmentBoard.of(city.register, "KH")?.cards[0].total == Exact(10))
      let result = try city.register.list(city.kind("assessmentResult"), Query(limit: 1))[0]
      #expect(result["total"].integer == 750)
    }
  }

  @Test func `once values are reported the tree and the lines stand`() throws {
    try withScheme { city, walk in
      try through(city, walk, .collecting)
      let leaf = try #require(
        try city.register.list(
          city.kind("assessmentIndicator"),
          Query([.field("code", "C1.1")], limit: 1)
        ).first
      )
      #expect(
        try city.outcome(of: "assessmentIndicator", ["target": "0.5"], id: leaf.id).problems
          .map(\.message) == ["方案已到“填报”，指标树不能再改；要改请另立新版方案。"]
      )
      #expect(
        try city.outcome(of: "assessmentIndicator", ["target": "1"], id: leaf.id).verdict
          == .unchanged
      )
      #expect(
        try city.outcome(of: "assessmentScheme", ["passFrom": "50"], id: "KH").problems.map(\.code)
          == ["EVA-E-020"]
      )
      #expect(try city.outcome(of: "assessmentScheme", ["title": "改名"], id: "KH").problems.isEmpty)
    }
  }

  @Test func `what the register knows is shown for confirmation and not asked`() throws {
    try withScheme { city, walk in
      try through(city, walk, .collecting)
      let schools = try city.register.list(
        city.kind("school"),
        Query([.field("locationRegionCode", "990102")], limit: 100)
      ).count
      #expect(schools > 0)
      let book = IndicatorBook(city.register)
      func form() throws -> AssessmentForm {
        try #require(try AssessmentForm.of(city.register, book, "KH", "990102"))
      }
      var found = try form()
      #expect(found.lines.map(\.element.code) == ["E1", "E2"])
      #expect(found.lines.map(\.isToConfirm) == [true, false])
      #expect(found.lines[0].ledger == Exact(schools))
      #expect(found.open == 2 && found.known == 1)
      let (written, told) = try found.report(
        found.confirming,
        in: city.register,
        by: TestCity.officer
      )
      #expect(written == 1 && told.isEmpty)
      found = try form()
      #expect(found.lines[0].isConfirmed)
      #expect(found.open == 1)
      // Confirming again writes nothing: there is nothing left to confirm.
      #expect(found.confirming.isEmpty)
      let burden = try AskingBurden(city.register, of: "990102", isSchool: false, in: 2022)
      #expect(burden.sentence == "1 次采集，共 1 个数：1 个平台已有、只需确认，0 个要自己填。")
      // What differs from the register is taken with a word to it, and what is out of range is not, at its place.
      let (_, other) = try found.report(
        ["E1": .init(value: "50")],
        in: city.register,
        by: TestCity.officer
      )
      #expect(
        other.map { "\($0.path) \($0.message)" }.contains(
          "E1.explanation 数E1：与平台台账的 \(schools) 不同，请写明原因，或先更正台账。"
        )
      )
      #expect(
        refusal {
          _ = try found.report(
            ["E1": .init(value: "4"), "E2": .init(value: "501")],
            in: city.register,
            by: TestCity.officer
          )
        } == ["EVA-E-021 数E2：填报值 501 大于最大值 500，请核对。"]
      )
      // All or none: the first was not written either.
      #expect(try form().lines[0].value?.value == 500_000)
      #expect(
        refusal {
          _ = try found.report(["E9": .init(value: "1")], in: city.register, by: TestCity.officer)
        } == ["EVA-E-048 方案没有要采集项 E9。"]
      )
    }
  }

  @Test func `a scheme over the values of another asks for nothing, and rehearses`() throws {
    try withScheme { city, walk in
      try through(city, walk, .publicity)
      try city.save(
        "assessmentScheme",
        [
          "schemeCode": "KH2", "year": "2023", "targetType": "county", "title": "预演",
          "basisDocs": "文",
          "fullScore": "10", "status": "draft", "valuesFrom": "KH",
        ]
      )
      try city.save(
        "assessmentIndicator",
        ["schemeCode": "KH2", "code": "D", "name": "一级", "weight": "10"]
      )
      try city.save(
        "assessmentIndicator",
        [
          "schemeCode": "KH2", "code": "D.1", "parentCode": "D", "name": "末级", "weight": "10",
          "method": "threshold", "target": "0.7", "formula": "E1 / E2",
        ]
      )
      let board = try #require(try AssessmentBoard.of(city.register, "KH2"))
      #expect(board.cards.map(\.total) == [Exact(10)])
      let form = try #require(
        try AssessmentForm.of(city.register, IndicatorBook(city.register), "KH2", "990102")
      )
      #expect(
        refusal {
          _ = try form.report(["E1": .init(value: "1")], in: city.register, by: TestCity.officer)
        } == ["EVA-E-047 这个方案取数自 KH，请在那个方案里填报。"]
      )
    }
  }

  @Test func `a form is open to the bureau, the county and the school it is of`() throws {
    try withScheme { city, _ in
      let form = try #require(
        try AssessmentForm.of(city.register, IndicatorBook(city.register), "KH", "990102")
      )
      for (role, region, expected) in [
        (Role.cityBureau, "", true), (.countyBureau, "990102", true),
        (.countyBureau, "990103", false), (.department, "", false), (.schoolAdmin, "", false),
        (.enterpriseOwner, "", false), (.public, "", false), (.systemAdmin, "", false),
      ] {
        let reader = Reader(role, account: "U1", region: region)
        #expect(form.isOpen(to: reader) == expected, "\(role) \(region)")
      }
    }
  }

  @Test func `objections, opinions and rectifications say what they lack`() throws {
    try withScheme { city, walk in
      #expect(
        try told(city, "assessmentObjection", objection).map(\.message)
          == ["方案现在是“草稿”；申辩在初步意见反馈之后、审定之前提。"]
      )
      try through(city, walk, .appeal)
      #expect(
        try told(
          city,
          "assessmentObjection",
          objection.merging(["filedOn": "2022-04-13", "claim": "不公平"]) { $1 }
        ).map(\.code) == ["EVA-E-041", "EVA-E-042"]
      )
      #expect(
        try city.problems(
          of: "rectification",
          [
            "schemeCode": "KH", "regionCode": "990102", "problem": "甲", "requirement": "乙",
            "dueDate": "2022-08-31", "verifyResult": "partly", "closedAt": "2022-07-01",
          ]
        ).map(\.code).sorted() == ["EVA-E-045", "EVA-E-045", "EVA-E-046"]
      )
      #expect(
        try city.problems(
          of: "supervisionOpinion",
          [
            "documentNumber": "演示督〔2022〕1号", "schemeCode": "KH", "regionCode": "990102",
            "evaluation": "好", "problems": "甲", "rectifyDeadline": "2022-05-01",
            "issuedAt": "2022-06-01",
          ]
        ).map(\.code) == ["EVA-E-044"]
      )
    }
  }
}
