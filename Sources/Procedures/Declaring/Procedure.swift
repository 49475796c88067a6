package import Records
package import Values

/// A course of business (流程), in one version: running cases stay on theirs until they are taken to a newer one.
package struct Procedure: DeclaredRecord {
  package var procedureId = ""
  package var code = ""
  package var edition: Int?
  package var title = ""
  package var subjectKind = ""
  package var firstStep = ""
  package var summary = ""
  package var status: ProcedureStatus?

  package init() {}

  package static var declaration: Declaration<Procedure> {
    Declaration(
      "procedure",
      "流程",
      summary: "一件事怎样办：环节、走向、谁办、时限；改了就另立一版，在办的件走完原来的版。",
      identifier: "procedureId",
      title: "title",
      keys: [["code", "edition"]],
      columns: ["procedureId", "title", "edition", "subjectKind", "status"],
      filters: ["code", "status"],
      searched: ["code", "title"],
      facts: ["code", "edition", "subjectKind", "status"],
      access: Access.ofCity,
      fields: [
        Field(\.procedureId, "procedureId", "流程编号", .identifier(20)).required().example("RD-1"),
        Field(\.code, "code", "流程代码", .identifier(20)).required().example("RD"),
        Field(\.edition, "edition", "版本", .integer(1...999)).required().fallback(.integer(1)),
        Field(\.title, "title", "名称", .text(60)).required(),
        Field(\.subjectKind, "subjectKind", "办的是哪一类记录", .identifier(20))
          .help("类别的英文名，如 carrier；不填就不挂在记录上。"),
        Field(\.firstStep, "firstStep", "从哪个环节开始", .identifier(20)).required().example("apply"),
        Field(\.summary, "summary", "说明", .text(200)),
        Field(\.status, "status", "状态", .choice(ProcedureStatus.options)).required()
          .fallback(.text("inUse")),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard !subjectKind.isEmpty, !surroundings.kinds.isEmpty,
      !surroundings.kinds.contains(where: { $0.name == subjectKind })
    else { return [] }
    let near = NearMiss.suggestion(subjectKind, among: surroundings.kinds.map(\.name))
    return [Problem("PRO-E-001", "subjectKind", "没有名为 \(subjectKind) 的类别。\(near)")]
  }
}

/// Whether new cases may be started by a version.
package enum ProcedureStatus: String, Choice {
  case draft, inUse, retired

  package var label: String {
    switch self {
    case .draft: "草稿"
    case .inUse: "在用"
    case .retired: "停用"
    }
  }
}

/// A step of a procedure (环节): who it waits for, and for how long.
package struct ProcedureStep: DeclaredRecord {
  package var stepId = ""
  package var procedureId = ""
  package var code = ""
  package var label = ""
  package var sequence: Int?
  package var waitsFor: StepRole?
  package var isEnd: Bool?
  package var days: Int?
  package var dayKind: DayKind?
  package var signing: Signing?
  package var signers: [String] = []
  package var percent: Int?

  package init() {}

  package static var declaration: Declaration<ProcedureStep> {
    Declaration(
      "procedureStep",
      "流程环节",
      summary: "流程的环节：等谁办、几天、要不要会签。",
      identifier: "stepId",
      prefix: "HJ",
      title: "label",
      keys: [["procedureId", "code"]],
      columns: [
        "procedureId", "sequence", "code", "label", "waitsFor", "days", "dayKind", "isEnd",
      ],
      filters: ["procedureId", "waitsFor"],
      searched: ["code", "label"],
      facts: ["procedureId", "code", "waitsFor", "days", "isEnd"],
      access: Access.ofCity,
      fields: [
        Field(\.stepId, "stepId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.procedureId, "procedureId", "流程", .reference(kind: "procedure")).required(),
        Field(\.code, "code", "环节代码", .identifier(20)).required().example("apply"),
        Field(\.label, "label", "名称", .text(30)).required(),
        Field(\.sequence, "sequence", "次序", .integer(1...999)).required(),
        Field(\.waitsFor, "waitsFor", "等谁", .choice(StepRole.options))
          .help("办结的环节不填。"),
        Field(\.isEnd, "isEnd", "办结", .boolean).fallback(.boolean(false)),
        Field(\.days, "days", "时限", .integer(1...3_650)).unit("天"),
        Field(\.dayKind, "dayKind", "天怎样算", .choice(DayKind.options))
          .fallback(.text("working")),
        Field(\.signing, "signing", "会签", .choice(Signing.options)).fallback(.text("none")),
        Field(\.signers, "signers", "会签单位", .list).help("会签的环节才填。"),
        Field(\.percent, "percent", "几成同意", .integer(1...100)).unit("%")
          .help("按比例会签才填。"),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if isEnd == true, waitsFor != nil {
      problems.append(Problem("PRO-E-002", "waitsFor", "办结的环节不等谁。"))
    }
    if isEnd != true, waitsFor == nil {
      problems.append(Problem("PRO-E-002", "waitsFor", "没有办结的环节要写等谁。"))
    }
    if signing != nil, signing != Signing.none, signers.isEmpty {
      problems.append(Problem("PRO-E-003", "signers", "会签要写会签单位。"))
    }
    if signing == .percentage, percent == nil {
      problems.append(Problem("PRO-E-003", "percent", "按比例会签要写几成。"))
    }
    return problems
  }
}

/// Whom a step waits for: whoever has the role and stands in the relation to the case.
package enum StepRole: String, Choice {
  case owner, county, city, department

  package var label: String {
    switch self {
    case .owner: "申请单位"
    case .county: "所在县（市、区）教育局"
    case .city: "市教育局"
    case .department: "市直部门"
    }
  }

  /// Whether somebody is one of them for a case.
  ///
  /// - Parameters:
  ///   - reader: who.
  ///   - region: the county the case lies in.
  ///   - organisation: the school or enterprise it is of.
  /// - Returns: whether they are.
  package func isMet(by reader: Reader, region: String, organisation: String) -> Bool {
    switch self {
    case .owner:
      !organisation.isEmpty && reader.organisation == organisation
        && (reader.role == .schoolAdmin || reader.role == .enterpriseOwner
          || reader.role == .enterpriseHR)
    case .county: reader.role == .countyBureau && !region.isEmpty && reader.region == region
    case .city: reader.role == .cityBureau
    case .department: reader.role == .department
    }
  }
}

/// How days are counted.
package enum DayKind: String, Choice {
  case working, calendar

  package var label: String { self == .working ? "工作日" : "日历天" }
}

/// How many of the units asked have to agree.
package enum Signing: String, Choice {
  case none, all, any, percentage

  package var label: String {
    switch self {
    case .none: "不会签"
    case .all: "全部同意"
    case .any: "一家同意即可"
    case .percentage: "按比例"
    }
  }
}

/// A way from one step to another (走向), with what has to hold.
package struct ProcedureMove: DeclaredRecord {
  package var moveId = ""
  package var procedureId = ""
  package var from = ""
  package var to = ""
  package var verb = ""
  package var label = ""
  package var guardRule = ""
  package var guardWords = ""
  package var needsNote: Bool?
  package var isAutomatic: Bool?
  package var writes = CellRows()

  package init() {}

  package static var declaration: Declaration<ProcedureMove> {
    Declaration(
      "procedureMove",
      "流程走向",
      summary: "从一个环节到另一个：叫什么、要满足什么、办完在台账里写什么。",
      identifier: "moveId",
      prefix: "ZX",
      title: "label",
      keys: [["procedureId", "from", "verb"]],
      columns: ["procedureId", "from", "verb", "label", "to", "guardWords"],
      filters: ["procedureId"],
      searched: ["verb", "label"],
      facts: ["procedureId", "from", "to", "verb"],
      access: Access.ofCity,
      fields: [
        Field(\.moveId, "moveId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.procedureId, "procedureId", "流程", .reference(kind: "procedure")).required(),
        Field(\.from, "from", "从", .identifier(20)).required().example("apply"),
        Field(\.to, "to", "到", .identifier(20)).required().example("review"),
        Field(\.verb, "verb", "动作代码", .identifier(20)).required().example("submit"),
        Field(\.label, "label", "叫什么", .text(20)).required(),
        Field(\.guardRule, "guardRule", "条件", .text(300))
          .help("规则语言，说的是所办记录的字段；不填就没有条件。"),
        Field(\.guardWords, "guardWords", "条件说明", .text(100)),
        Field(\.needsNote, "needsNote", "要写意见", .boolean).fallback(.boolean(false)),
        Field(\.isAutomatic, "isAutomatic", "自动", .boolean).fallback(.boolean(false))
          .help("条件满足就自动走，不等人点。"),
        Field(
          \.writes,
          "writes",
          "写进台账",
          .rows([Column("field", "字段"), Column("value", "值")])
        ).help("办完这一步，所办记录的字段改成什么。"),
      ]
    )
  }
}
