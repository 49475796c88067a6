import Ledger
package import Records
package import Values

/// How an organisation did, as it was given notice of (考核结果).
///
/// It is written when the result comes to public notice and stays as it was said: a later correction is another
/// record of the values, beside which the first figure stays to be seen (`assessment.md` §1.4).
package struct AssessmentResult: DeclaredRecord {
  package var resultId = ""
  package var schemeCode = ""
  package var regionCode = ""
  package var schoolId = ""
  package var grade = ""
  package var rank: Int?
  package var formerRank: Int?
  /// Hundredths, as are bonus and deduction.
  package var total: Int?
  package var bonus: Int?
  package var deduct: Int?
  package var bestRank: Int?
  package var worstRank: Int?
  package var vetoes: [String] = []

  package init() {}

  package static var declaration: Declaration<AssessmentResult> {
    Declaration(
      "assessmentResult",
      "考核结果",
      summary: "公示时的等次、名次和分数；公众只看等次和名次。",
      identifier: "resultId",
      prefix: "JG",
      title: "resultId",
      keys: [["schemeCode", "regionCode", "schoolId"]],
      columns: ["schemeCode", "regionCode", "schoolId", "grade", "rank", "formerRank", "total"],
      filters: ["schemeCode", "regionCode", "schoolId", "grade"],
      searched: ["resultId"],
      facts: ["schemeCode", "regionCode", "schoolId", "grade", "rank"],
      access: [
        Grant([.cityBureau], may: .all, .everything),
        Grant([.countyBureau, .department], may: .reading, .everything, upTo: .public),
        Grant([.countyBureau], may: .reading, .region("regionCode")),
        Grant(Role.ofSchool, may: .reading, .own("schoolId")),
      ],
      fields: [
        Field(\.resultId, "resultId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.schemeCode, "schemeCode", "方案", .reference(kind: "assessmentScheme")).required(),
        Field(\.regionCode, "regionCode", "县（市、区）", .reference(kind: "region")),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")),
        Field(\.grade, "grade", "等次", .text(10)).required().example("良好"),
        Field(\.rank, "rank", "名次", .integer(1...10_000)).required().example("3"),
        Field(\.formerRank, "formerRank", "上年名次", .integer(1...10_000)),
        points(\.total, "total", "总分"), points(\.bonus, "bonus", "加分"),
        points(\.deduct, "deduct", "扣分"),
        Field(\.bestRank, "bestRank", "名次区间最前", .integer(1...10_000)).privacy(.internal),
        Field(\.worstRank, "worstRank", "名次区间最后", .integer(1...10_000)).privacy(.internal),
        Field(\.vetoes, "vetoes", "一票否决", .list).privacy(.internal),
      ]
    )
  }

  private static func points(
    _ path: any WritableKeyPath<AssessmentResult, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<AssessmentResult> {
    Field(path, name, label, .decimal(places: 2, -1_000_000...1_000_000)).unit("分")
      .privacy(.internal)
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems = Region.checkManagingUnit(regionCode, surroundings, field: "regionCode")
    if regionCode.isEmpty == schoolId.isEmpty {
      problems.append(Problem("EVA-E-007", "regionCode", "县（市、区）和学校填一个，只填一个。"))
    }
    return problems
  }

  /// Writes down how all did by a scheme.
  ///
  /// - Throws: `Refused` when the tree of the scheme has problems or two reckonings differ; the store's errors.
  static func write(_ code: String, _ register: RecordStore, by actor: Actor) throws {
    guard let kind = register.kind("assessmentResult"),
      let board = try AssessmentBoard.of(register, code),
      let again = try AssessmentBoard.of(register, code)
    else { return }
    guard board.problems.isEmpty else { throw Refused(problems: board.problems) }
    guard board.cards.map(\.total) == again.cards.map(\.total) else {
      throw Refused(problems: [Problem("EVA-E-040", "status", "两次独立计分的结果不同，不能公示。")])
    }
    let former = try formerRanks(board.scheme, register)
    func hundredths(_ points: Exact) -> Int? { points.rounded(places: 2).map { Int($0) } }
    let drafts = board.cards.map { card in
      var result = AssessmentResult()
      result.schemeCode = code
      if board.scheme.targetType == .school {
        result.schoolId = card.organisation
      } else {
        result.regionCode = card.organisation
      }
      result.grade = card.grade
      result.rank = card.rank
      result.formerRank = former[card.organisation]
      result.total = hundredths(card.total)
      result.bonus = hundredths(card.bonus)
      result.deduct = hundredths(card.deduct)
      result.bestRank = card.ranks.lowerBound
      result.worstRank = card.ranks.upperBound
      result.vetoes = card.vetoes
      return Draft(result)
    }
    let outcomes = try register.saveAll(kind, drafts, by: actor, isWhole: true)
    let problems = outcomes.filter { $0.verdict == .refused }.flatMap(\.problems)
    guard problems.isEmpty else { throw Refused(problems: problems) }
  }

  /// The places of the year before, by organisation.
  private static func formerRanks(_ scheme: AssessmentScheme, _ register: RecordStore) throws
    -> [String: Int]
  {
    guard let kind = register.kind("assessmentResult"),
      let schemes = register.kind("assessmentScheme"), let year = scheme.year
    else { return [:] }
    let former = try register.list(schemes, Query([.field("year", String(year - 1))], limit: 100))
      .first { AssessmentScheme(values: $0.values).targetType == scheme.targetType }
    guard let former else { return [:] }
    let results = try register.list(kind, Query([.field("schemeCode", former.id)], limit: 10_000))
      .map { AssessmentResult(values: $0.values) }
    return Dictionary(
      results.compactMap { one in
        one.rank.map { (one.regionCode.isEmpty ? one.schoolId : one.regionCode, $0) }
      },
      uniquingKeysWith: { first, _ in first }
    )
  }
}
