package import Records
package import Values

/// By what counties or schools are assessed in a year (考核方案).
package struct AssessmentScheme: DeclaredRecord {
  package var schemeCode = ""
  package var year: Int?
  package var targetType: AssessmentTarget?
  package var title = ""
  package var basisDocs: [String] = []
  /// Hundredths, as are the caps.
  package var fullScore: Int?
  package var bonusCap: Int?
  package var deductCap: Int?
  package var excellentFrom: Int?
  package var goodFrom: Int?
  package var passFrom: Int?
  package var excellentQuota: Int?
  package var schemeVersion: Int?
  package var valuesFrom = ""
  package var status: AssessmentStatus?
  package var steps = CellRows()

  package init() {}

  package static var declaration: Declaration<AssessmentScheme> {
    Declaration(
      "assessmentScheme",
      "考核方案",
      summary: "每年对县（市、区）或学校的考核：满分、加减分上限、等次线、办到哪一步。",
      identifier: "schemeCode",
      title: "title",
      columns: ["schemeCode", "year", "targetType", "title", "status"],
      filters: ["year", "targetType", "status"],
      facts: ["year", "targetType", "status", "basisDocs", "valuesFrom"],
      publicWhen: ["status": AssessmentStatus.known],
      access: [
        Grant([.cityBureau], may: .all, .everything),
        Grant([.countyBureau, .department], may: .reading, .everything),
        Grant(Role.ofSchool, may: [.read], .everything),
      ],
      consulted: [
        Consulted(
          "assessmentIndicator",
          where: "schemeCode",
          is: "schemeCode",
          read: Kind(AssessmentIndicator.self).fields.map(\.name)
        ),
        Consulted(
          "assessmentValue",
          where: "schemeCode",
          is: "schemeCode",
          read: ["regionCode", "schoolId", "elementCode", "status"]
        ),
        Consulted(
          "assessmentObjection",
          where: "schemeCode",
          is: "schemeCode",
          read: ["decision"]
        ),
        Consulted(
          "rectification",
          where: "schemeCode",
          is: "schemeCode",
          read: ["verifyResult"]
        ),
      ],
      fields: [
        Field(\.schemeCode, "schemeCode", "方案编码", .identifier(40)).required()
          .example("KH-2022-COUNTY"),
        Field(\.year, "year", "考核年度", .integer(2000...2100)).required(),
        Field(\.targetType, "targetType", "考核对象", .choice(AssessmentTarget.options)).required(),
        Field(\.title, "title", "名称", .text(80)).required(),
        Field(\.basisDocs, "basisDocs", "依据文件", .list).required(),
        points(\.fullScore, "fullScore", "满分").fallback(.integer(10_000)).required(),
        points(\.bonusCap, "bonusCap", "加分上限").fallback(.integer(500)).required(),
        points(\.deductCap, "deductCap", "扣分上限").fallback(.integer(500)).required(),
        points(\.excellentFrom, "excellentFrom", "优秀").fallback(.integer(9_000)).required(),
        points(\.goodFrom, "goodFrom", "良好").fallback(.integer(8_000)).required(),
        points(\.passFrom, "passFrom", "合格").fallback(.integer(6_000)).required(),
        Field(\.excellentQuota, "excellentQuota", "优秀最多占", .integer(1...100)).unit("%")
          .help("不填就不限。"),
        Field(\.schemeVersion, "schemeVersion", "版本", .integer(1...1_000)).fallback(.integer(1))
          .required(),
        Field(\.valuesFrom, "valuesFrom", "取数自方案", .reference(kind: "assessmentScheme"))
          .help("用另一个方案填报的数计分：督导评估、监测同一批数，或预演下一年的方案。不填就用本方案的。"),
        Field(\.status, "status", "状态", .choice(AssessmentStatus.options)).required()
          .fallback(.text("draft")).help("一步一步办，用“下一步”。"),
        Field(
          \.steps,
          "steps",
          "办理进程",
          .rows([Column("state", "到哪一步"), Column("on", "日期"), Column("note", "说明")])
        ),
      ]
    )
  }

  private static func points(
    _ path: any WritableKeyPath<AssessmentScheme, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<AssessmentScheme> {
    Field(path, name, label, .decimal(places: 2, 0...1_000_000)).unit("分")
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems = walkProblems(surroundings)
    if let excellentFrom, let goodFrom, let passFrom,
      !(excellentFrom > goodFrom && goodFrom > passFrom)
    {
      problems.append(Problem("EVA-E-003", "goodFrom", "等次线应从高到低：优秀、良好、合格。"))
    }
    return problems
  }

  /// The scheme whose reported values are weighed: its own unless it says another.
  package var valuesCode: String { valuesFrom.isEmpty ? schemeCode : valuesFrom }
}

/// Who is assessed.
package enum AssessmentTarget: String, Choice {
  case county, school

  package var label: String { self == .county ? "县（市、区）" : "学校" }
}

/// How far an assessment is.
package enum AssessmentStatus: String, Choice {
  case draft, consulting, issued, collecting, countyReview, cityVerify, scoring, feedback, appeal
  case approved, publicity, published, rectifying, verified, archived

  package var label: String {
    switch self {
    case .draft: "草稿"
    case .consulting: "征求意见"
    case .issued: "印发"
    case .collecting: "填报"
    case .countyReview: "县级审核"
    case .cityVerify: "市级核验"
    case .scoring: "计分"
    case .feedback: "初步意见反馈"
    case .appeal: "申辩"
    case .approved: "审定"
    case .publicity: "公示"
    case .published: "公布"
    case .rectifying: "整改"
    case .verified: "核查"
    case .archived: "归档"
    }
  }

  /// The states in which anybody may know of the scheme: from its issue on.
  static let known = allCases.filter { $0.place >= issued.place }.map(\.rawValue)

  /// Whether those assessed may see how they did.
  package var isTold: Bool { place >= Self.feedback.place }
  /// Whether anybody may see grades and ranks.
  package var isOpen: Bool { place >= Self.publicity.place }
  /// Whether values may be reported and reviewed.
  package var takesValues: Bool { (Self.issued.place...Self.cityVerify.place).contains(place) }
  /// Whether the tree may still be changed.
  package var isTreeOpen: Bool { place < Self.collecting.place }
  /// The state after this one; `nil` at the end.
  package var next: Self? { place + 1 < Self.allCases.count ? Self.allCases[place + 1] : nil }
  /// The state before this one that may be gone back to; `nil` at the beginning and once published.
  package var former: Self? {
    place == 0 || place >= Self.published.place ? nil : Self.allCases[place - 1]
  }
  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
