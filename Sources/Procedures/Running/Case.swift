package import Calendar
package import Records
package import Values

/// One piece of business on its way through a procedure (办件).
package struct Case: DeclaredRecord {
  package var caseId = ""
  package var procedureId = ""
  package var title = ""
  package var subjectKind = ""
  package var subjectId = ""
  package var regionCode = ""
  package var schoolId = ""
  package var enterpriseId = ""
  package var step = ""
  package var stepLabel = ""
  package var waitsFor: StepRole?
  package var since: CivilDate?
  package var due: CivilDate?
  package var returnedFrom = ""
  package var pausedOn: CivilDate?
  package var pauseReason = ""
  package var signatures = CellRows()
  package var delegate = ""
  package var state: CaseState?

  package init() {}

  package static var declaration: Declaration<Case> {
    Declaration(
      "case",
      "办件",
      summary: "在流程里走的一件事：到哪个环节、等谁、几号到期。",
      identifier: "caseId",
      prefix: "BJ",
      title: "title",
      columns: ["title", "procedureId", "stepLabel", "waitsFor", "since", "due", "state"],
      filters: [
        "procedureId", "step", "waitsFor", "state", "regionCode", "schoolId", "enterpriseId",
      ],
      searched: ["caseId", "title"],
      facts: ["procedureId", "stepLabel", "waitsFor", "since", "due", "state"],
      isPublic: false,
      access: [
        Grant([.cityBureau, .department], may: .reading, .everything),
        Grant([.countyBureau], may: .reading, .region("regionCode")),
        Grant([.schoolAdmin], may: .reading, .own("schoolId")),
        Grant([.enterpriseOwner, .enterpriseHR], may: .reading, .own("enterpriseId")),
      ],
      fields: [
        Field(\.caseId, "caseId", "办件号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.procedureId, "procedureId", "流程", .reference(kind: "procedure")).required()
          .privacy(.internal),
        Field(\.title, "title", "事由", .text(120)).required().privacy(.internal),
        Field(\.subjectKind, "subjectKind", "记录类别", .identifier(40)).privacy(.internal),
        Field(\.subjectId, "subjectId", "记录编号", .identifier(60)).privacy(.internal),
        Field(\.regionCode, "regionCode", "所在县（市、区）", .reference(kind: "region"))
          .privacy(.internal),
        Field(\.schoolId, "schoolId", "申请学校", .reference(kind: "school")).privacy(.internal),
        Field(\.enterpriseId, "enterpriseId", "申请企业", .reference(kind: "enterprise"))
          .privacy(.internal),
        Field(\.step, "step", "环节代码", .identifier(40)).required().privacy(.internal),
        Field(\.stepLabel, "stepLabel", "环节", .text(30)).privacy(.internal),
        Field(\.waitsFor, "waitsFor", "等谁", .choice(StepRole.options)).privacy(.internal),
        Field(\.since, "since", "从哪天起", .date).required().privacy(.internal),
        Field(\.due, "due", "到期", .date).privacy(.internal),
        Field(\.returnedFrom, "returnedFrom", "由哪个环节退回", .identifier(40))
          .privacy(.internal),
        Field(\.pausedOn, "pausedOn", "暂停计时", .date).privacy(.internal),
        Field(\.pauseReason, "pauseReason", "暂停原因", .text(200)).privacy(.internal),
        Field(
          \.signatures,
          "signatures",
          "会签",
          .rows([Column("unit", "单位"), Column("says", "意见"), Column("on", "日期")])
        ).privacy(.internal),
        Field(\.delegate, "delegate", "代办账号", .identifier(40)).privacy(.internal),
        Field(\.state, "state", "状态", .choice(CaseState.options)).required()
          .fallback(.text("open")).privacy(.internal),
      ]
    )
  }

  /// The school or enterprise it is of.
  package var organisation: String { schoolId.isEmpty ? enterpriseId : schoolId }

  /// The light of a case on a day: red over its day, yellow in the last fifth of its time or two days, grey when the
  /// clock stands.
  ///
  /// - Parameter day: the day.
  /// - Returns: the colour, as pages name it, and why.
  package func light(on day: CivilDate) -> (colour: String, why: String) {
    if state != .open { return ("grey", state?.label ?? "") }
    if let pausedOn { return ("grey", "从 \(pausedOn) 起暂停计时：\(pauseReason)") }
    guard let due, let since else { return ("green", "没有时限") }
    let left = due.dayNumber - day.dayNumber
    if left < 0 { return ("red", "超期 \(-left) 天") }
    let whole = max(1, due.dayNumber - since.dayNumber)
    return (left <= 2 || left * 5 <= whole ? "yellow" : "green", "还有 \(left) 天，\(due) 到期")
  }
}

/// How a case stands.
package enum CaseState: String, Choice {
  case open, closed, withdrawn

  package var label: String {
    switch self {
    case .open: "在办"
    case .closed: "办结"
    case .withdrawn: "已撤回"
    }
  }
}

/// One thing that happened to a case (办件经过); nothing of it is ever changed.
package struct CaseEvent: DeclaredRecord {
  package var eventId = ""
  package var caseId = ""
  package var on: CivilDate?
  package var actor = ""
  package var role = ""
  package var verb = ""
  package var label = ""
  package var from = ""
  package var to = ""
  package var note = ""
  package var due: CivilDate?

  package init() {}

  package static var declaration: Declaration<CaseEvent> {
    Declaration(
      "caseEvent",
      "办件经过",
      summary: "办件的每一步：谁、哪天、办了什么、意见。",
      identifier: "eventId",
      prefix: "JL",
      title: "label",
      columns: ["caseId", "on", "actor", "role", "label", "from", "to", "note"],
      filters: ["caseId", "verb"],
      searched: ["note", "actor"],
      facts: ["caseId", "on", "actor", "label", "note"],
      isPublic: false,
      access: [
        Grant([.cityBureau, .department], may: .reading, .everything),
        Grant([.countyBureau], may: .reading, .region("caseId.regionCode")),
        Grant([.schoolAdmin], may: .reading, .own("caseId.schoolId")),
        Grant([.enterpriseOwner, .enterpriseHR], may: .reading, .own("caseId.enterpriseId")),
      ],
      fields: [
        Field(\.eventId, "eventId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.caseId, "caseId", "办件", .reference(kind: "case")).required().privacy(.internal),
        Field(\.on, "on", "日期", .date).required().privacy(.internal),
        Field(\.actor, "actor", "谁", .text(60)).required().privacy(.internal),
        Field(\.role, "role", "身份", .text(30)).privacy(.internal),
        Field(\.verb, "verb", "动作代码", .identifier(40)).required().privacy(.internal),
        Field(\.label, "label", "办了什么", .text(40)).required().privacy(.internal),
        Field(\.from, "from", "从", .identifier(40)).privacy(.internal),
        Field(\.to, "to", "到", .identifier(40)).privacy(.internal),
        Field(\.note, "note", "意见", .longText(1000)).privacy(.internal),
        Field(\.due, "due", "到期", .date).privacy(.internal),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    for field in Self.fields
    where !surroundings.former.isEmpty
      && field.get(self) != surroundings.former[field.shape.name] ?? .none
    {
      return [Problem("PRO-E-020", field.shape.name, "办过的不能改。")]
    }
    return []
  }
}
