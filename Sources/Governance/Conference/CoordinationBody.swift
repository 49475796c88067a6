package import Calendar
package import Documents
package import Records
package import Values

/// A joint conference or leading group of the city or a county (议事协调机构): its members are positions, not persons.
package struct CoordinationBody: DeclaredRecord {
  package var bodyId = ""
  package var name = ""
  package var level: BodyLevel?
  package var kind: BodyKind?
  package var regionCode = ""
  package var basisDoc = ""
  package var convenerPosition = ""
  package var office = ""
  package var members = CellRows()
  package var plenaryPerYear: Int?

  package init() {}

  package static var declaration: Declaration<CoordinationBody> {
    Declaration(
      "coordinationBody",
      "议事协调机构",
      summary: "市、县两级联席会议和领导小组：召集人职务、成员单位、办公室。",
      identifier: "bodyId",
      title: "name",
      columns: ["name", "level", "kind", "regionCode", "convenerPosition", "office"],
      filters: ["level", "kind", "regionCode"],
      searched: ["name"],
      facts: ["level", "kind", "regionCode", "convenerPosition", "office", "basisDoc"],
      access: Access.register(regions: ["regionCode"]),
      fields: [
        Field(\.bodyId, "bodyId", "机构代码", .identifier(40)).required().example("LXHY"),
        Field(\.name, "name", "名称", .text(60)).required(),
        Field(\.level, "level", "层级", .choice(BodyLevel.options)).required(),
        Field(\.kind, "kind", "类型", .choice(BodyKind.options)).required(),
        Field(\.regionCode, "regionCode", "地区", .reference(kind: "region")).required(),
        Field(\.basisDoc, "basisDoc", "设立依据", .text(120)).help("文号或文件名。"),
        Field(\.convenerPosition, "convenerPosition", "召集人职务", .text(60)).required()
          .help("写职务，不写姓名：人员变动不用改。"),
        Field(\.office, "office", "办公室所在单位", .text(60)).required(),
        Field(
          \.members,
          "members",
          "成员单位",
          .rows([Column("unit", "单位"), Column("position", "负责人职务")])
        ),
        Field(\.plenaryPerYear, "plenaryPerYear", "每年全体会次数", .integer(0...12)).required()
          .fallback(.integer(2)),
      ]
    )
  }
}

/// Of the city or of a county.
package enum BodyLevel: String, Choice {
  case city, county

  package var label: String { self == .city ? "市级" : "县级" }
}

/// What sort of body it is.
package enum BodyKind: String, Choice {
  case jointConference, leadingGroup

  package var label: String { self == .jointConference ? "联席会议" : "领导小组" }
}

/// A meeting of such a body (会议).
package struct Meeting: DeclaredRecord {
  package var meetingId = ""
  package var bodyId = ""
  package var kind: MeetingKind?
  package var sessionNo: Int?
  package var notifiedOn: CivilDate?
  package var heldOn: CivilDate?
  package var place = ""
  package var agenda = CellRows()
  package var attendance = CellRows()
  package var minutes = ""
  package var issuedOn: CivilDate?
  package var issuedDoc = ""
  package var status: MeetingStatus?

  package init() {}

  package static var declaration: Declaration<Meeting> {
    Declaration(
      "meeting",
      "会议",
      summary: "联席会议、领导小组的会议：议程、出席、纪要、印发文号。",
      identifier: "meetingId",
      prefix: "HY",
      title: "meetingId",
      keys: [["bodyId", "kind", "sessionNo"]],
      columns: ["bodyId", "kind", "sessionNo", "heldOn", "status", "issuedDoc"],
      filters: ["bodyId", "kind", "status"],
      searched: ["meetingId", "issuedDoc"],
      facts: ["bodyId", "kind", "sessionNo", "heldOn", "status", "issuedDoc"],
      publicWhen: ["status": ["issued", "archived"]],
      access: Access.register(regions: ["bodyId.regionCode"]),
      fields: [
        Field(\.meetingId, "meetingId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.bodyId, "bodyId", "机构", .reference(kind: "coordinationBody")).required(),
        Field(\.kind, "kind", "类型", .choice(MeetingKind.options)).required(),
        Field(\.sessionNo, "sessionNo", "第几次", .integer(1...999)).required(),
        Field(\.notifiedOn, "notifiedOn", "通知日期", .date).privacy(.internal)
          .help("会前不少于 5 个工作日。"),
        Field(\.heldOn, "heldOn", "开会日期", .date).required(),
        Field(\.place, "place", "地点", .text(60)).privacy(.internal),
        Field(
          \.agenda,
          "agenda",
          "议程",
          .rows([Column("topic", "议题"), Column("unit", "提出单位"), Column("ask", "提请决定")])
        ).privacy(.internal),
        Field(
          \.attendance,
          "attendance",
          "出席",
          .rows([Column("unit", "单位"), Column("position", "职务"), Column("present", "出席")])
        ).privacy(.internal).help("出席、请假或列席。"),
        Field(\.minutes, "minutes", "纪要", .longText(20_000)).privacy(.internal),
        Field(\.issuedOn, "issuedOn", "印发日期", .date),
        Field(\.issuedDoc, "issuedDoc", "印发文号", .text(60))
          .help("联席会议不刻印章、不正式行文，由政府办或教育局印发。"),
        Field(\.status, "status", "状态", .choice(MeetingStatus.options)).required()
          .fallback(.text("planned")),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if let notifiedOn, let heldOn {
      let days = surroundings.city.workingDays.count(after: notifiedOn, through: heldOn) - 1
      if days < 5 {
        problems.append(
          Problem("GOV-W-001", "notifiedOn", "通知到开会只有 \(max(0, days)) 个工作日，应不少于 5 个。")
        )
      }
    }
    if status == .issued || status == .archived {
      if issuedDoc.isEmpty || issuedOn == nil {
        problems.append(Problem("GOV-E-002", "issuedDoc", "印发要有文号和日期。"))
      }
      if minutes.isEmpty { problems.append(Problem("GOV-E-002", "minutes", "印发要有纪要。")) }
    }
    return problems
  }
}

/// What sort of meeting it is.
package enum MeetingKind: String, Choice {
  case plenary, special, office, liaison

  package var label: String {
    switch self {
    case .plenary: "全体会议"
    case .special: "专题会议"
    case .office: "办公室会议"
    case .liaison: "联络员会议"
    }
  }
}

/// How far a meeting is.
package enum MeetingStatus: String, Choice {
  case planned, notified, held, minutesDraft, circulated, issued, archived

  package var label: String {
    switch self {
    case .planned: "计划"
    case .notified: "已通知"
    case .held: "已开"
    case .minutesDraft: "纪要起草"
    case .circulated: "纪要会签"
    case .issued: "已印发"
    case .archived: "已归档"
    }
  }
}

/// What a meeting decided (议定事项); it becomes tasks.
package struct Resolution: DeclaredRecord {
  package var resolutionId = ""
  package var meetingId = ""
  package var text = ""
  package var decision: ResolutionDecision?
  package var disclosure: DisclosureMode?

  package init() {}

  package static var declaration: Declaration<Resolution> {
    Declaration(
      "resolution",
      "议定事项",
      summary: "会议议定的事项；每一项落到督办任务。",
      identifier: "resolutionId",
      prefix: "YD",
      title: "text",
      columns: ["text", "meetingId", "decision"],
      filters: ["meetingId", "decision"],
      searched: ["text"],
      facts: ["meetingId", "decision"],
      publicWhen: ["disclosure": [DisclosureMode.open.rawValue]],
      access: Access.register(regions: ["meetingId.bodyId.regionCode"]),
      fields: [
        Field(\.resolutionId, "resolutionId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.meetingId, "meetingId", "会议", .reference(kind: "meeting")).required(),
        Field(\.text, "text", "议定事项", .text(200)).required(),
        Field(\.decision, "decision", "决定", .choice(ResolutionDecision.options)).required()
          .fallback(.text("agree")),
        Field(\.disclosure, "disclosure", "公开属性", .choice(DisclosureMode.options))
          .fallback(.text("closed")),
      ]
    )
  }
}

/// What was decided of a topic.
package enum ResolutionDecision: String, Choice {
  case agree, agreeWithChange, `defer`, reject

  package var label: String {
    switch self {
    case .agree: "同意"
    case .agreeWithChange: "修改后同意"
    case .defer: "暂缓"
    case .reject: "不同意"
    }
  }
}
