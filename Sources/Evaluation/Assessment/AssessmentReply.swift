package import Calendar
package import Records
package import Values

/// What a county or school says against its preliminary points, with evidence, and what was decided (考核申辩).
package struct AssessmentObjection: DeclaredRecord {
  package var objectionId = ""
  package var schemeCode = ""
  package var regionCode = ""
  package var schoolId = ""
  package var indicatorCodes: [String] = []
  package var claim = ""
  package var evidence: [String] = []
  package var filedOn: CivilDate?
  package var decision: AppealDecision?
  package var decisionGrounds = ""
  package var decidedOn: CivilDate?

  package init() {}

  package static var declaration: Declaration<AssessmentObjection> {
    Declaration(
      "assessmentObjection",
      "考核申辩",
      summary: "被考核的县或学校对初步意见的申辩、证据和处理决定。",
      identifier: "objectionId",
      prefix: "SB",
      title: "objectionId",
      columns: [
        "schemeCode", "regionCode", "schoolId", "indicatorCodes", "claim", "filedOn", "decision",
      ],
      filters: ["schemeCode", "regionCode", "schoolId", "decision"],
      searched: ["objectionId", "claim"],
      facts: ["schemeCode", "regionCode", "schoolId", "indicatorCodes", "decision"],
      isPublic: false,
      access: Access.register(
        regions: ["regionCode", "schoolId.locationRegionCode"],
        schools: ["schoolId"]
      ),
      fields: [
        Field(\.objectionId, "objectionId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.schemeCode, "schemeCode", "方案", .reference(kind: "assessmentScheme")).required()
          .privacy(.internal),
        Field(\.regionCode, "regionCode", "县（市、区）", .reference(kind: "region"))
          .privacy(.internal),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).privacy(.internal),
        Field(\.indicatorCodes, "indicatorCodes", "涉及指标", .list).required()
          .privacy(.internal).help("指标编码，如 C3.1。").example("C3.1"),
        Field(\.claim, "claim", "申辩理由", .longText(2000)).required().privacy(.internal)
          .example("本县达标学校应为 4 所，核定时漏计 1 所。"),
        Field(\.evidence, "evidence", "证据", .list).privacy(.internal).help("文号或文件名。"),
        Field(\.filedOn, "filedOn", "提交日期", .date).required().privacy(.internal),
        Field(\.decision, "decision", "处理决定", .choice(AppealDecision.options))
          .privacy(.internal),
        Field(\.decisionGrounds, "decisionGrounds", "决定理由", .text(500)).privacy(.internal),
        Field(\.decidedOn, "decidedOn", "决定日期", .date).privacy(.internal),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems = oneOrganisation(regionCode, schoolId)
    if claim.count < 20 {
      problems.append(Problem("EVA-E-041", "claim", "申辩理由至少 20 个字：哪个数不对、应是多少、凭什么。"))
    }
    let referred = surroundings.referred["assessmentScheme"]?[schemeCode] ?? [:]
    let scheme = AssessmentScheme(
      values: Kind(AssessmentScheme.self).fields.map { referred[$0.name] ?? .none }
    )
    if surroundings.former.isEmpty, !surroundings.mayEnterLate, let status = scheme.status {
      if status != .feedback, status != .appeal {
        problems.append(
          Problem("EVA-E-042", "schemeCode", "方案现在是“\(status.label)”；申辩在初步意见反馈之后、审定之前提。")
        )
      } else if let filedOn, let from = scheme.day(of: .feedback) {
        let last = surroundings.city.workingDays.date(
          AssessmentScheme.objectionDays,
          workingDaysAfter: from
        )
        if filedOn < from || filedOn > last {
          problems.append(
            Problem("EVA-E-042", "filedOn", "申辩期从 \(from) 到 \(last)，提交日期 \(filedOn) 不在期内。")
          )
        }
      }
    }
    if decision != nil {
      if decisionGrounds.count < 5 {
        problems.append(Problem("EVA-E-043", "decisionGrounds", "决定要写明理由，至少 5 个字。"))
      }
      if decidedOn == nil { problems.append(Problem("EVA-E-043", "decidedOn", "决定要有日期。")) }
    }
    return problems
  }
}

/// What is decided of an objection.
package enum AppealDecision: String, Choice {
  case upheld, partly, rejected

  package var label: String {
    switch self {
    case .upheld: "采纳"
    case .partly: "部分采纳"
    case .rejected: "不采纳"
    }
  }
}

/// What the supervisors write to an organisation: the evaluation, what is wrong, by when to mend it (督导意见书).
package struct SupervisionOpinion: DeclaredRecord {
  package var documentNumber = ""
  package var schemeCode = ""
  package var regionCode = ""
  package var schoolId = ""
  package var evaluation = ""
  package var problems: [String] = []
  package var suggestions: [String] = []
  package var rectifyDeadline: CivilDate?
  package var issuedAt: CivilDate?

  package init() {}

  package static var declaration: Declaration<SupervisionOpinion> {
    Declaration(
      "supervisionOpinion",
      "督导意见书",
      summary: "考核之后给每个单位的书面意见：评价、问题、整改期限、建议。",
      identifier: "documentNumber",
      title: "documentNumber",
      columns: [
        "documentNumber", "schemeCode", "regionCode", "schoolId", "rectifyDeadline", "issuedAt",
      ],
      filters: ["schemeCode", "regionCode", "schoolId"],
      searched: ["documentNumber", "evaluation"],
      facts: ["schemeCode", "regionCode", "schoolId", "rectifyDeadline", "issuedAt"],
      access: [
        Grant([.cityBureau], may: .all, .everything),
        Grant([.countyBureau, .department], may: .reading, .everything),
        Grant(Role.ofSchool, may: .reading, .own("schoolId")),
      ],
      fields: [
        Field(\.documentNumber, "documentNumber", "文号", .identifier(60)).required()
          .example("演示督〔2023〕1号"),
        Field(\.schemeCode, "schemeCode", "方案", .reference(kind: "assessmentScheme")).required(),
        Field(\.regionCode, "regionCode", "县（市、区）", .reference(kind: "region")),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")),
        Field(\.evaluation, "evaluation", "评价", .longText(4000)).required(),
        Field(\.problems, "problems", "问题", .list).required(),
        Field(\.suggestions, "suggestions", "建议", .list),
        Field(\.rectifyDeadline, "rectifyDeadline", "整改期限", .date).required(),
        Field(\.issuedAt, "issuedAt", "印发日期", .date).required(),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems = oneOrganisation(regionCode, schoolId)
    if let issuedAt, let rectifyDeadline, rectifyDeadline <= issuedAt {
      problems.append(
        Problem("EVA-E-044", "rectifyDeadline", "整改期限 \(rectifyDeadline) 应在印发日期 \(issuedAt) 之后。")
      )
    }
    return problems
  }
}

/// What an organisation has to mend, how far it is, and what inspectors found (考核整改).
package struct Rectification: DeclaredRecord {
  package var rectificationId = ""
  package var schemeCode = ""
  package var regionCode = ""
  package var schoolId = ""
  package var indicatorCode = ""
  package var problem = ""
  package var requirement = ""
  package var dueDate: CivilDate?
  package var plan = ""
  /// Hundredths of a per cent.
  package var progressPct: Int?
  package var progress = CellRows()
  package var reportFile = ""
  package var verifyResult: RectificationVerdict?
  package var verifiedBy: [String] = []
  package var closedAt: CivilDate?

  package init() {}

  package static var declaration: Declaration<Rectification> {
    Declaration(
      "rectification",
      "考核整改",
      summary: "考核发现的问题：整改要求、期限、进展、报告、核查和销号。",
      identifier: "rectificationId",
      prefix: "KG",
      title: "problem",
      columns: [
        "problem", "schemeCode", "regionCode", "schoolId", "dueDate", "progressPct", "verifyResult",
        "closedAt",
      ],
      filters: ["schemeCode", "regionCode", "schoolId", "verifyResult"],
      searched: ["problem", "requirement"],
      facts: ["schemeCode", "regionCode", "schoolId", "dueDate", "verifyResult", "closedAt"],
      access: Access.register(
        regions: ["regionCode", "schoolId.locationRegionCode"],
        schools: ["schoolId"]
      ),
      fields: [
        Field(\.rectificationId, "rectificationId", "编号", .identifier(20))
          .help("不填则自动编号，以后不变。"),
        Field(\.schemeCode, "schemeCode", "方案", .reference(kind: "assessmentScheme")).required(),
        Field(\.regionCode, "regionCode", "县（市、区）", .reference(kind: "region")),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")),
        Field(\.indicatorCode, "indicatorCode", "指标", .identifier(20)).example("C3.1"),
        Field(\.problem, "problem", "问题", .text(500)).required(),
        Field(\.requirement, "requirement", "整改要求", .longText(1000)).required(),
        Field(\.dueDate, "dueDate", "整改期限", .date).required(),
        Field(\.plan, "plan", "整改方案", .longText(2000)).privacy(.internal),
        Field(\.progressPct, "progressPct", "进度", .decimal(places: 2, 0...10_000)).unit("%")
          .privacy(.internal).fallback(.integer(0)),
        Field(
          \.progress,
          "progress",
          "进展",
          .rows([Column("on", "日期"), Column("text", "办了什么")])
        ).privacy(.internal),
        Field(\.reportFile, "reportFile", "整改报告", .text(200)).help("文号或文件名。"),
        Field(\.verifyResult, "verifyResult", "核查结论", .choice(RectificationVerdict.options)),
        Field(\.verifiedBy, "verifiedBy", "核查人", .list).privacy(.internal)
          .help("不少于两人，不与被核查单位有利害关系。"),
        Field(\.closedAt, "closedAt", "销号日期", .date),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems = oneOrganisation(regionCode, schoolId)
    if verifyResult != nil {
      if reportFile.isEmpty {
        problems.append(Problem("EVA-E-045", "reportFile", "没有整改报告，不能核查。"))
      }
      if Set(verifiedBy).count < 2 {
        problems.append(Problem("EVA-E-045", "verifiedBy", "核查人不少于两人。"))
      }
    }
    if closedAt != nil, verifyResult != .completed {
      problems.append(Problem("EVA-E-046", "closedAt", "核查结论是“已完成”才能销号。"))
    }
    return problems
  }
}

/// What inspectors found of a rectification.
package enum RectificationVerdict: String, Choice {
  case completed, partly, not

  package var label: String {
    switch self {
    case .completed: "已完成"
    case .partly: "部分完成"
    case .not: "未完成"
    }
  }
}

/// A record is about a county or about a school.
private func oneOrganisation(_ region: String, _ school: String) -> [Problem] {
  region.isEmpty == school.isEmpty
    ? [Problem("EVA-E-007", "regionCode", "县（市、区）和学校填一个，只填一个。")] : []
}
