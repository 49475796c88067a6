package import Calendar
package import Records
package import Values

/// What somebody asks about the data held on them (个人信息保护法第 44–50 条; compliance.md, appendix,
/// DataSubjectRequest 个人权利请求).
package struct RightsRequest: DeclaredRecord {
  /// The identifier.
  package var requestId = ""
  /// Who asks.
  package var accountId = ""
  /// What they ask.
  package var kind: RightsKind?
  /// What exactly.
  package var text = ""
  /// The day it came in.
  package var receivedOn: CivilDate?
  /// The last day to answer.
  package var dueOn: CivilDate?
  /// What came of it.
  package var status: RightsStatus?
  /// What is answered: what was done, or why not.
  package var answer = ""
  /// Who answered.
  package var answeredBy = ""
  /// The day of the answer.
  package var answeredOn: CivilDate?

  /// A request with nothing filled in.
  package init() {}

  /// The declaration.
  package static var declaration: Declaration<RightsRequest> {
    Declaration(
      "rightsRequest",
      "个人权利请求",
      summary: "本人要求查阅、复制、更正、补充、删除、注销、转移、解释或撤回，限期答复。",
      identifier: "requestId",
      prefix: "PR",
      title: "requestId",
      columns: ["requestId", "kind", "accountId", "receivedOn", "dueOn", "status", "answeredOn"],
      filters: ["status", "kind"],
      facts: ["kind", "accountId", "dueOn", "status"],
      isPublic: false,
      access: [
        // Asking and answering are acts of their own, not of the form.
        Grant([], may: [.read], .person("accountId"), upTo: .personal),
        Grant([.securityAdmin], may: Set<Act>.reading, .everything, upTo: .personal),
        Grant([.auditAdmin], may: Set<Act>.reading, .everything),
      ],
      fields: [
        Field(\.requestId, "requestId", "请求编号", .identifier(20)).privacy(.internal),
        Field(\.accountId, "accountId", "请求人", .reference(kind: "account")).required()
          .privacy(.internal),
        Field(\.kind, "kind", "请求", .choice(RightsKind.options)).required().privacy(.internal),
        Field(\.text, "text", "说明", .longText(1_000)).privacy(.personal)
          .help("例如哪一项不对、应当是什么。"),
        Field(\.receivedOn, "receivedOn", "收到", .date).required().privacy(.internal),
        Field(\.dueOn, "dueOn", "答复期限", .date).required().privacy(.internal),
        Field(\.status, "status", "结果", .choice(RightsStatus.options)).required()
          .fallback(.text("waiting")).privacy(.internal),
        Field(\.answer, "answer", "答复", .longText(1_000)).privacy(.personal),
        Field(\.answeredBy, "answeredBy", "答复人", .text(80)).privacy(.internal),
        Field(\.answeredOn, "answeredOn", "答复日期", .date).privacy(.internal),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if kind?.needsText == true, text.isEmpty {
      problems.append(Problem("ACC-E-070", "text", "请写明要怎样\(kind?.label ?? "")。"))
    }
    if status == .refused || status == .partly, answer.isEmpty {
      problems.append(Problem("ACC-E-071", "answer", "没有照办或只办了一部分，要写明理由，请求人看得到。"))
    }
    return problems
  }
}

/// What somebody asks.
package enum RightsKind: String, Choice {
  case access, copy, correct, supplement, delete, close, transfer, explain, withdraw

  package var label: String {
    switch self {
    case .access: "查阅"
    case .copy: "复制"
    case .correct: "更正"
    case .supplement: "补充"
    case .delete: "删除"
    case .close: "注销账号"
    case .transfer: "转移"
    case .explain: "解释"
    case .withdraw: "撤回同意"
    }
  }

  /// Whether it can't be done without words.
  var needsText: Bool { [.correct, .supplement, .delete, .explain].contains(self) }
}

/// What came of a request.
package enum RightsStatus: String, Choice {
  case waiting, done, partly, refused

  package var label: String {
    switch self {
    case .waiting: "待答复"
    case .done: "已办"
    case .partly: "办了一部分"
    case .refused: "没有照办"
    }
  }
}
