import Calendar
import Indicators
import Ledger
package import Records
import Values

/// Fills a register with invented reports of the counties for the city's first scheme.
package struct EvaluationDemo {
  private let register: RecordStore
  private var random = DemoRandom(seed: 2_022_11)

  /// Makes a generator; the city's scheme must be there.
  package init(_ register: RecordStore) { self.register = register }

  /// Fills the register: the first scheme goes its way from the draft to the public notice.
  ///
  /// - Throws: `LedgerDemo.Flawed` when a record is refused; `Refused` when a step is; the store's errors.
  package mutating func fill() throws {
    guard
      let scheme = try all("assessmentScheme", Query(limit: 100))
        .first(where: { $0["valuesFrom"].isNone && $0["targetType"].text == "county" })
    else { return }
    try walk(
      scheme.id,
      [
        (.consulting, "2021-11-01", "征求各县（市、区）意见"), (.issued, "2021-12-15", "演示督〔2021〕8号"),
        (.collecting, "2022-01-10", ""),
      ]
    )
    let book = IndicatorBook(register)
    var lowest = ""
    for county in try register.managingUnits() {
      lowest = county.id
      guard let form = try AssessmentForm.of(register, book, scheme.id, county.id) else { continue }
      try LedgerDemo.write(values(form), into: register)
    }
    try walk(
      scheme.id,
      [
        (.countyReview, "2022-02-15", ""), (.cityVerify, "2022-02-28", ""),
        (.scoring, "2022-03-25", ""), (.feedback, "2022-03-28", "初步意见已发各县（市、区）"),
      ]
    )
    try LedgerDemo.write([objection(scheme.id, lowest)], into: register)
    try walk(
      scheme.id,
      [
        (.appeal, "2022-04-01", ""), (.approved, "2022-04-20", ""),
        (.publicity, "2022-05-05", "在市教育局网站公示"),
      ]
    )
    let board = try AssessmentBoard.of(register, scheme.id)
    guard let last = board?.cards.last else { return }
    try LedgerDemo.write([opinion(scheme.id, last)], into: register)
    try LedgerDemo.write(rectifications(scheme.id, last), into: register)
    // That of schools is just being filled in.
    let schools = try all("assessmentScheme", Query([.field("targetType", "school")], limit: 1))
    for scheme in schools {
      try walk(
        scheme.id,
        [
          (.consulting, "2022-05-10", "征求各校意见"), (.issued, "2022-06-10", "演示督〔2022〕6号"),
          (.collecting, "2022-07-01", ""),
        ]
      )
    }
  }

  private func walk(_ scheme: String, _ steps: [(AssessmentStatus, String, String)]) throws {
    for (status, day, note) in steps {
      try AssessmentWalk(register).step(
        scheme,
        to: status,
        note: note,
        on: CivilDate(day),
        by: LedgerDemo.actor
      )
    }
  }

  /// What a county reports: what the register knows as it is, the rest invented.
  private mutating func values(_ form: AssessmentForm) -> [AssessmentValue] {
    // What is a part of the next is no more than it; so each fraction has its whole beside it.
    var numbers: [String: Int] = [:]
    for line in form.lines {
      if let known = line.ledger?.whole { numbers[line.element.code] = known }
    }
    return form.lines.map { line in
      let number = amount(line.element.code, &numbers)
      var value = AssessmentValue()
      value.schemeCode = form.scheme.schemeCode
      value.regionCode = form.organisation
      value.elementCode = line.element.code
      value.value = number * 10_000
      value.previousValue = number * 10_000
      value.ledgerValue = line.ledger?.whole.map { $0 * 10_000 }
      value.status = .cityConfirmed
      return value
    }
  }

  private func objection(_ scheme: String, _ county: String) -> AssessmentObjection {
    var objection = AssessmentObjection()
    objection.schemeCode = scheme
    objection.regionCode = county
    objection.indicatorCodes = ["C3.2"]
    objection.claim = "演示：一个建设节点因台风顺延，已经市里同意，不应算逾期，请按批复的期限核定。"
    objection.evidence = ["演示批复〔2021〕3号"]
    objection.filedOn = CivilDate("2022-03-31")
    objection.decision = .rejected
    objection.decisionGrounds = "演示：批复的期限也已超过。"
    objection.decidedOn = CivilDate("2022-04-12")
    return objection
  }

  private func opinion(_ scheme: String, _ card: Scorecard) -> SupervisionOpinion {
    var opinion = SupervisionOpinion()
    opinion.documentNumber = "演示督〔2022〕1号"
    opinion.schemeCode = scheme
    opinion.regionCode = card.organisation
    opinion.evaluation =
      "演示：\(card.name)得 \(card.total.text(places: 2)) 分，列第 \(card.rank) 名，\(card.grade)。"
    opinion.problems = card.nearest.prefix(2).map { "\($0.indicator.name)：\($0.why)" }
    opinion.suggestions = ["演示：先补失分最多的两项。"]
    opinion.rectifyDeadline = CivilDate("2022-08-31")
    opinion.issuedAt = CivilDate("2022-06-01")
    return opinion
  }

  private func rectifications(_ scheme: String, _ card: Scorecard) -> [Rectification] {
    card.nearest.prefix(2).map { leaf in
      var one = Rectification()
      one.schemeCode = scheme
      one.regionCode = card.organisation
      one.indicatorCode = leaf.indicator.code
      one.problem = "\(leaf.indicator.name)失 \(leaf.lost.text(places: 2)) 分"
      one.requirement = "演示：列出补齐的办法、期限和责任单位，到期报整改报告。"
      one.dueDate = CivilDate("2022-08-31")
      one.plan = "演示：分两步补齐。"
      one.progressPct = 3_000
      one.progress = CellRows([["2022-06-20", "演示：方案已定"]])
      return one
    }
  }

  /// The elements that are a part of another, with the least and most of it in a hundred.
  private static let parts: [String: (of: String, ClosedRange<Int>)] = [
    "E102": ("E103", 70...100), "E104": ("E105", 70...100), "E106": ("E107", 75...100),
    "E207": ("E208", 18...40), "E209": ("E210", 62...99), "E301": ("E302", 50...100),
    "E303": ("E304", 60...100), "E401": ("E402", 60...100), "E403": ("E404", 28...70),
    "E405": ("E406", 60...100), "E407": ("E408", 10...25), "E501": ("E502", 88...99),
    "E503": ("E504", 55...85), "E505": ("E504", 55...80), "E506": ("E509", 40...60),
    "E507": ("E509", 20...30), "E508": ("E509", 5...10), "E603": ("E604", 3...18),
    "E611": ("E612", 80...110), "E306": ("E305", 50...58), "E307": ("E305", 34...46),
  ]

  private static let usual: [String: ClosedRange<Int>] = [
    "E101": 1...4, "E302": 2...6, "E402": 2...6, "E304": 3...12, "E308": 0...2, "E103": 6...20,
    "E605": 0...1, "E606": 0...3, "E607": 1...8, "E608": 0...2, "E609": 0...6, "E610": 2...15,
    "E601": 20...120, "E602": 12...40, "E510": 2...40,
  ]

  private mutating func amount(_ element: String, _ wholes: inout [String: Int]) -> Int {
    if let known = wholes[element] { return known }
    let number: Int
    if let (whole, range) = Self.parts[element] {
      number = amount(whole, &wholes) * random.number(range) / 100
    } else if element == "E201" || element == "E203" {
      let former = element == "E201" ? "E202" : "E204"
      number = amount(former, &wholes) * random.number(98...109) / 100
    } else {
      number = random.number(Self.usual[element] ?? 1_000...6_000)
    }
    wholes[element] = number
    return number
  }

  private func all(_ name: String, _ query: Query) throws -> [Record] {
    guard let kind = register.kind(name) else { return [] }
    return try register.list(kind, query)
  }
}
