package import Calendar
package import Records
package import Values

/// A proposal of the people's congress or the consultative conference, and how it is handled (建议提案).
package struct Proposal: DeclaredRecord {
  package var proposalId = ""
  package var kind: ProposalKind?
  package var bodyLevel: ProposalLevel?
  package var term: Int?
  package var session: Int?
  package var number = ""
  package var title = ""
  package var text = ""
  package var proposers: [String] = []
  package var role: HandlingRole?
  package var leadOrg = ""
  package var coOrgs: [String] = []
  package var assignedAt: CivilDate?
  package var dueAt: CivilDate?
  package var extendedTo: CivilDate?
  package var extensionApproval = ""
  package var isKey: Bool?
  package var communications = CellRows()
  package var replyType: ProposalReply?
  package var typeReason = ""
  package var replyDocument = ""
  package var deliveredAt: CivilDate?
  package var attitude: Satisfaction?
  package var outcome: Satisfaction?
  package var comment = ""
  package var returnedAt: CivilDate?
  package var status: ProposalStatus?
  package var note = ""

  package init() {}

  package static var declaration: Declaration<Proposal> {
    Declaration(
      "proposal",
      "建议提案",
      summary: "人大代表建议、政协提案：主办会办、时限、沟通、答复、征询意见。",
      identifier: "proposalId",
      prefix: "TA",
      title: "title",
      keys: [["kind", "bodyLevel", "term", "session", "number"]],
      columns: [
        "number", "title", "kind", "role", "leadOrg", "dueAt", "status", "replyType",
      ],
      filters: ["kind", "role", "leadOrg", "status", "replyType"],
      searched: ["number", "title", "leadOrg"],
      facts: ["kind", "number", "role", "leadOrg", "coOrgs", "dueAt", "status", "replyType"],
      publicWhen: ["status": ["delivered", "closed", "tracking", "trackingClosed"]],
      access: Access.ofCity,
      consulted: [
        Consulted(
          "coOpinion",
          where: "proposalId",
          is: "proposalId",
          read: ["unit", "receivedAt", "waiverReason"]
        )
      ],
      fields: identity + handling + reply
    )
  }

  private static var identity: [Field<Proposal>] {
    [
      Field(\.proposalId, "proposalId", "登记号", .identifier(20)).section("建议提案")
        .help("不填则自动编号，以后不变。"),
      Field(\.kind, "kind", "类别", .choice(ProposalKind.options)).required().section("建议提案"),
      Field(\.bodyLevel, "bodyLevel", "层级", .choice(ProposalLevel.options)).required()
        .fallback(.text("city")).section("建议提案"),
      Field(\.term, "term", "届", .integer(1...99)).required().section("建议提案"),
      Field(\.session, "session", "次", .integer(1...20)).required().section("建议提案"),
      Field(\.number, "number", "编号", .identifier(20)).required().example("20222223")
        .section("建议提案"),
      Field(\.title, "title", "案由", .text(100)).required().section("建议提案"),
      Field(\.text, "text", "正文", .longText(20_000)).privacy(.internal).section("建议提案"),
      Field(\.proposers, "proposers", "提出者", .list).required().section("建议提案")
        .help("党派、界别或代表团写名称；联系方式不在这里登记。"),
      Field(\.isKey, "isKey", "重点督办", .boolean).fallback(.boolean(false)).section("建议提案"),
    ]
  }

  private static var handling: [Field<Proposal>] {
    [
      Field(\.role, "role", "办理角色", .choice(HandlingRole.options)).required()
        .section("办理"),
      Field(\.leadOrg, "leadOrg", "主办单位", .text(60)).required().section("办理"),
      Field(\.coOrgs, "coOrgs", "会办单位", .list).section("办理"),
      Field(\.assignedAt, "assignedAt", "交办日期", .date).privacy(.internal).section("办理"),
      Field(\.dueAt, "dueAt", "办结期限", .date).privacy(.internal).section("办理")
        .help("不填按交办之日起三个月算。"),
      Field(\.extendedTo, "extendedTo", "延期到", .date).privacy(.internal).section("办理"),
      Field(\.extensionApproval, "extensionApproval", "延期批准", .text(100)).privacy(.internal)
        .section("办理"),
      Field(
        \.communications,
        "communications",
        "沟通记录",
        .rows([Column("on", "日期"), Column("how", "方式"), Column("text", "内容")])
      ).privacy(.internal).section("办理").help("答复前至少和提出者沟通一次：走访、电话或座谈。"),
      Field(\.status, "status", "状态", .choice(ProposalStatus.options)).required()
        .fallback(.text("registered")).section("办理"),
      Field(\.note, "note", "说明", .text(200)).privacy(.internal).section("办理")
        .help("退办、重办、没有等会办意见的原因。"),
    ]
  }

  private static var reply: [Field<Proposal>] {
    [
      Field(\.replyType, "replyType", "答复类型", .choice(ProposalReply.options))
        .section("答复"),
      Field(\.typeReason, "typeReason", "类型理由", .text(200)).privacy(.internal).section("答复"),
      Field(\.replyDocument, "replyDocument", "答复公文", .reference(kind: "publishedDocument"))
        .section("答复"),
      Field(\.deliveredAt, "deliveredAt", "送达日期", .date).section("答复"),
      Field(\.attitude, "attitude", "办理态度", .choice(Satisfaction.options)).privacy(.internal)
        .section("征询意见"),
      Field(\.outcome, "outcome", "办理结果", .choice(Satisfaction.options)).privacy(.internal)
        .section("征询意见"),
      Field(\.comment, "comment", "意见", .longText(500)).privacy(.internal).section("征询意见"),
      Field(\.returnedAt, "returnedAt", "反馈日期", .date).privacy(.internal).section("征询意见"),
    ]
  }

  package mutating func complete() {
    if dueAt == nil, let assignedAt { dueAt = assignedAt.adding(months: Self.months) }
  }

  /// How many months there are from the assignment (代表法; `proposals.md` §6.5).
  package static let months = 3
  /// How many days a wrongly assigned one may be sent back.
  package static let returnDays = 10

  /// The day it is to be answered by.
  package var due: CivilDate? { extendedTo ?? dueAt }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if coOrgs.contains(leadOrg) {
      problems.append(Problem("GOV-E-030", "coOrgs", "主办单位不能同时是会办单位。"))
    }
    if let assignedAt, let dueAt, dueAt <= assignedAt {
      problems.append(Problem("GOV-E-031", "dueAt", "办结期限 \(dueAt) 应在交办日期 \(assignedAt) 之后。"))
    }
    if let extendedTo {
      if extensionApproval.isEmpty {
        problems.append(Problem("GOV-E-032", "extensionApproval", "延期要经交办机关同意，写明批准的文件或日期。"))
      }
      if let assignedAt, extendedTo > assignedAt.adding(months: 6) {
        problems.append(
          Problem("GOV-E-032", "extendedTo", "最长不超过交办之日起六个月，即 \(assignedAt.adding(months: 6))。")
        )
      }
    }
    guard let status else { return problems }
    if status == .returned { problems += returning }
    if status.isPast(.signed), isNew(.signed, surroundings) { problems += signing(surroundings) }
    if status.isPast(.delivered) {
      if replyDocument.isEmpty {
        problems.append(Problem("GOV-E-035", "replyDocument", "送达要有答复公文：先发布答复，再填它。"))
      }
      if deliveredAt == nil { problems.append(Problem("GOV-E-035", "deliveredAt", "写送达日期。")) }
    }
    if status == .closed, attitude == nil || outcome == nil {
      problems.append(Problem("GOV-E-036", "attitude", "办结要有征询意见：对办理态度和办理结果分别的意见。"))
    }
    if status == .closed, attitude == .dissatisfied || outcome == .dissatisfied {
      problems.append(Problem("GOV-E-037", "status", "提出者不满意，应重办，不能办结。"))
    }
    return problems
  }

  /// Whether a state is reached now: what is taken in as it was is not asked again for what led there.
  private func isNew(_ state: ProposalStatus, _ surroundings: Surroundings) -> Bool {
    guard let former = surroundings.former["status"]?.text.flatMap(ProposalStatus.init(rawValue:))
    else { return !surroundings.mayEnterLate }
    return !former.isPast(state)
  }

  private var returning: [Problem] {
    var problems: [Problem] = []
    if note.count < 10 {
      problems.append(Problem("GOV-E-033", "note", "退办要写明理由，至少 10 个字；退回交办机关，不能自行转别的单位。"))
    }
    if let assignedAt, let returnedAt,
      returnedAt.dayNumber - assignedAt.dayNumber > Self.returnDays
    {
      problems.append(
        Problem(
          "GOV-E-033",
          "returnedAt",
          "退办应在交办后 \(Self.returnDays) 天内，最晚 \(CivilDate(dayNumber: assignedAt.dayNumber + Self.returnDays))。"
        )
      )
    }
    return problems
  }

  private func signing(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    let opinions = surroundings.consulted("coOpinion", for: "proposalId")
    let answered = Set(
      opinions.filter { $0["receivedAt"]?.isNone == false || $0["waiverReason"]?.isNone == false }
        .compactMap { $0["unit"]?.text }
    )
    let waiting = coOrgs.filter { !answered.contains($0) }
    if !waiting.isEmpty, role != .coHandle {
      problems.append(
        Problem(
          "GOV-E-034",
          "coOrgs",
          "\(waiting.joined(separator: "、")) 还没有会办意见；不等的，在会办意见里写明原因。"
        )
      )
    }
    if communications.rows.isEmpty, role != .coHandle {
      problems.append(Problem("GOV-E-034", "communications", "答复前至少和提出者沟通一次。"))
    }
    if replyType == nil { problems.append(Problem("GOV-E-034", "replyType", "签发前要定答复类型。")) }
    if typeReason.count < 10 {
      problems.append(Problem("GOV-E-034", "typeReason", "写明为什么是这个类型，至少 10 个字。"))
    }
    return problems
  }
}

/// From which body a proposal comes.
package enum ProposalKind: String, Choice {
  case npc, cppcc

  package var label: String { self == .npc ? "人大代表建议" : "政协提案" }
}

/// Of which level the body is.
package enum ProposalLevel: String, Choice {
  case national, province, city, county

  package var label: String {
    switch self {
    case .national: "全国"
    case .province: "省"
    case .city: "市"
    case .county: "县"
    }
  }
}

/// What part a unit has in handling.
package enum HandlingRole: String, Choice {
  case lead, coHandle, separate, alone

  package var label: String {
    switch self {
    case .lead: "主办"
    case .coHandle: "会办（协办）"
    case .separate: "分办"
    case .alone: "独办"
    }
  }
}

/// How a reply answers (`proposals.md` §6.6).
package enum ProposalReply: String, Choice {
  case a, b, c, d

  package var label: String {
    switch self {
    case .a: "A类"
    case .b: "B类"
    case .c: "C类"
    case .d: "D类"
    }
  }
}

/// What the proposer says of the handling.
package enum Satisfaction: String, Choice {
  case satisfied, fairly, dissatisfied

  package var label: String {
    switch self {
    case .satisfied: "满意"
    case .fairly: "基本满意"
    case .dissatisfied: "不满意"
    }
  }
}

/// How far a proposal is.
package enum ProposalStatus: String, Choice {
  case registered, returned, assigned, drafting, coCollect, review, disclosureReview, signed
  case delivered, closed, redo, tracking, trackingClosed

  package var label: String {
    switch self {
    case .registered: "登记"
    case .returned: "退办"
    case .assigned: "交办"
    case .drafting: "起草"
    case .coCollect: "征集会办意见"
    case .review: "核稿"
    case .disclosureReview: "公开审查"
    case .signed: "签发"
    case .delivered: "送达"
    case .closed: "办结"
    case .redo: "重办"
    case .tracking: "跟踪"
    case .trackingClosed: "跟踪办结"
    }
  }

  /// Whether the reply is out of the house.
  package var isAnswered: Bool { isPast(.delivered) }

  /// Whether a state lies at or behind another on the way of a reply.
  func isPast(_ other: Self) -> Bool {
    guard self != .redo else { return false }
    let all = Self.allCases
    return (all.firstIndex(of: self) ?? 0) >= (all.firstIndex(of: other) ?? 0)
  }
}

/// What a unit that handles along tells the lead unit (会办意见).
package struct CoOpinion: DeclaredRecord {
  package var opinionId = ""
  package var proposalId = ""
  package var unit = ""
  package var requestedAt: CivilDate?
  package var dueAt: CivilDate?
  package var documentNumber = ""
  package var text = ""
  package var receivedAt: CivilDate?
  package var adopted: Adoption?
  package var waiverReason = ""

  package init() {}

  package static var declaration: Declaration<CoOpinion> {
    Declaration(
      "coOpinion",
      "会办意见",
      summary: "会办单位给主办单位的书面意见，一个月内。",
      identifier: "opinionId",
      prefix: "HB",
      title: "opinionId",
      keys: [["proposalId", "unit"]],
      columns: ["proposalId", "unit", "requestedAt", "dueAt", "receivedAt", "adopted"],
      filters: ["proposalId", "unit", "adopted"],
      searched: ["unit", "text"],
      facts: ["proposalId", "unit", "dueAt", "receivedAt", "adopted"],
      isPublic: false,
      access: [
        Grant([.cityBureau], may: .all, .everything),
        Grant([.department], may: Set<Act>.writing.union(Set<Act>.reading), .everything),
        Grant([.countyBureau], may: .reading, .everything),
      ],
      fields: [
        Field(\.opinionId, "opinionId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.proposalId, "proposalId", "建议提案", .reference(kind: "proposal")).required()
          .privacy(.internal),
        Field(\.unit, "unit", "会办单位", .text(60)).required().privacy(.internal),
        Field(\.requestedAt, "requestedAt", "请求日期", .date).required().privacy(.internal),
        Field(\.dueAt, "dueAt", "期限", .date).privacy(.internal).help("不填按一个月算。"),
        Field(\.documentNumber, "documentNumber", "文号", .text(60)).privacy(.internal),
        Field(\.text, "text", "意见", .longText(5_000)).privacy(.internal),
        Field(\.receivedAt, "receivedAt", "收到日期", .date).privacy(.internal),
        Field(\.adopted, "adopted", "采纳情况", .choice(Adoption.options)).privacy(.internal),
        Field(\.waiverReason, "waiverReason", "未出具说明", .text(200)).privacy(.internal),
      ]
    )
  }

  package mutating func complete() {
    if dueAt == nil, let requestedAt { dueAt = requestedAt.adding(months: 1) }
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    receivedAt != nil && text.isEmpty
      ? [Problem("GOV-E-040", "text", "收到的会办意见要有内容。")] : []
  }
}

/// Whether an opinion was taken up.
package enum Adoption: String, Choice {
  case full, part, none

  package var label: String {
    switch self {
    case .full: "全部采纳"
    case .part: "部分采纳"
    case .none: "未采纳"
    }
  }
}
