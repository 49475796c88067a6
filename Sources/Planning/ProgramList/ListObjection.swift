package import Calendar
package import Records
package import Values

/// What a school says against a preliminary result, with evidence, and what was decided (清单申诉).
package struct ListObjection: DeclaredRecord {
  package var objectionId = ""
  package var resultId = ""
  package var schoolId = ""
  package var claim = ""
  package var evidence: [String] = []
  package var filedOn: CivilDate?
  package var decision: ObjectionDecision?
  package var decisionGrounds = ""
  package var decidedOn: CivilDate?

  package init() {}

  package static var declaration: Declaration<ListObjection> {
    Declaration(
      "listObjection",
      "清单申诉",
      summary: "学校对初步结果的意见和证据，以及处理决定。",
      identifier: "objectionId",
      prefix: "SS",
      title: "objectionId",
      keys: [["resultId"]],
      columns: ["resultId", "schoolId", "claim", "filedOn", "decision", "decidedOn"],
      filters: ["schoolId", "decision"],
      searched: ["objectionId", "claim"],
      facts: ["resultId", "schoolId", "filedOn", "decision"],
      isPublic: false,
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      consulted: [
        Consulted("listResult", where: "resultId", is: "resultId", read: ["schoolId", "stage"])
      ],
      fields: [
        Field(\.objectionId, "objectionId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.resultId, "resultId", "清单结果", .reference(kind: "listResult")).required()
          .privacy(.internal),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
          .privacy(.internal),
        Field(\.claim, "claim", "意见", .longText(4000)).required().privacy(.internal)
          .help("哪个数不对、应是多少，或为什么应当另判。"),
        Field(\.evidence, "evidence", "证据", .list).privacy(.internal).help("文号或文件名。"),
        Field(\.filedOn, "filedOn", "提出日期", .date).required().privacy(.internal),
        Field(\.decision, "decision", "决定", .choice(ObjectionDecision.options))
          .privacy(.internal),
        Field(\.decisionGrounds, "decisionGrounds", "决定理由", .text(500)).privacy(.internal),
        Field(\.decidedOn, "decidedOn", "决定日期", .date).privacy(.internal),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if let result = surroundings.consulted("listResult", for: "resultId").first {
      if let own = result["schoolId"]?.text, !schoolId.isEmpty, own != schoolId {
        problems.append(Problem("PLN-E-064", "resultId", "这条结果不是本校的，请核对。"))
      }
      if result["stage"]?.text == "published", surroundings.former.isEmpty {
        problems.append(Problem("PLN-E-065", "resultId", "结果已经发布，不再收对初步结果的意见；要更正请向市教育局书面提出。"))
      }
    }
    if decision != nil, decisionGrounds.count < 5 {
      problems.append(Problem("PLN-E-066", "decisionGrounds", "决定要写明理由，至少 5 个字。"))
    }
    if decision != nil, decidedOn == nil {
      problems.append(Problem("PLN-E-066", "decidedOn", "决定要有日期。"))
    }
    return problems
  }
}

/// What is decided of an objection.
package enum ObjectionDecision: String, Choice {
  case upheld, partly, rejected

  package var label: String {
    switch self {
    case .upheld: "采纳"
    case .partly: "部分采纳"
    case .rejected: "不采纳"
    }
  }
}

/// How a school mends a program with a yellow or red card, and what becomes of its students (整改方案).
package struct AdjustmentPlan: DeclaredRecord {
  package var planId = ""
  package var resultId = ""
  package var schoolId = ""
  package var planTarget = ""
  package var startedOn: CivilDate?
  package var planDue: CivilDate?
  package var teachOut = ""
  /// Hundredths of a per cent.
  package var progress: Int?
  package var status: AdjustmentStatus?

  package init() {}

  package static var declaration: Declaration<AdjustmentPlan> {
    Declaration(
      "adjustmentPlan",
      "专业整改方案",
      summary: "黄牌、红牌专业怎样整改、何时完成；红牌专业的在校生怎样安置到毕业。",
      identifier: "planId",
      prefix: "ZG",
      title: "planId",
      keys: [["resultId"]],
      columns: ["resultId", "schoolId", "planTarget", "planDue", "progress", "status"],
      filters: ["schoolId", "status"],
      searched: ["planId", "planTarget"],
      facts: ["resultId", "schoolId", "planDue", "progress", "status"],
      isPublic: false,
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      consulted: [
        Consulted("listResult", where: "resultId", is: "resultId", read: ["schoolId", "card"])
      ],
      fields: [
        Field(\.planId, "planId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.resultId, "resultId", "清单结果", .reference(kind: "listResult")).required()
          .privacy(.internal),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
          .privacy(.internal),
        Field(\.planTarget, "planTarget", "整改目标", .text(500)).required().privacy(.internal),
        Field(\.startedOn, "startedOn", "开始", .date).required().privacy(.internal),
        Field(\.planDue, "planDue", "期限", .date).required().privacy(.internal)
          .help("不超过 12 个月。"),
        Field(\.teachOut, "teachOut", "在校生安置方案", .longText(2000)).privacy(.internal)
          .help("红牌专业必填：在校生怎样读到毕业。"),
        Field(\.progress, "progress", "进度", .decimal(places: 2, 0...10_000)).unit("%")
          .privacy(.internal),
        Field(\.status, "status", "状态", .choice(AdjustmentStatus.options)).required()
          .fallback(.text("proposed")).privacy(.internal),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if let result = surroundings.consulted("listResult", for: "resultId").first {
      if let own = result["schoolId"]?.text, !schoolId.isEmpty, own != schoolId {
        problems.append(Problem("PLN-E-064", "resultId", "这条结果不是本校的，请核对。"))
      }
      switch result["card"]?.text {
      case "red" where teachOut.count < 10:
        problems.append(
          Problem("PLN-E-067", "teachOut", "红牌专业停止招生，在校生要妥善安置到毕业，请写明安置方案，至少 10 个字。")
        )
      case "green", "none":
        problems.append(Problem("PLN-E-068", "resultId", "这个专业点没有黄牌、红牌，不用整改方案。"))
      default: break
      }
    }
    if let startedOn, let planDue,
      planDue <= startedOn || planDue.dayNumber - startedOn.dayNumber > 366
    {
      problems.append(Problem("PLN-E-069", "planDue", "期限 \(planDue) 应在开始之后、12 个月以内。"))
    }
    return problems
  }
}

/// How far a plan is.
package enum AdjustmentStatus: String, Choice {
  case proposed, accepted, implementing, completed, failed

  package var label: String {
    switch self {
    case .proposed: "已提出"
    case .accepted: "已同意"
    case .implementing: "整改中"
    case .completed: "已完成"
    case .failed: "未完成"
    }
  }
}
