package import Calendar
package import Records
package import Values

/// A school's application to open a program (新设专业申请).
///
/// What the published list says is asked before it is taken: a program that is not to be added, one that has a
/// red card at the school, and one of a class in which the school has a yellow card are refused, unless the
/// joint conference resolved otherwise (`program-list.md` §3.8).
package struct ProgramApplication: DeclaredRecord {
  package var applicationId = ""
  package var schoolId = ""
  package var programCode = ""
  package var intakeYear: Int?
  package var seats: Int?
  package var grounds = ""
  package var resolution = ""
  package var decision: ApplicationDecision?
  package var decidedOn: CivilDate?
  package var decisionGrounds = ""

  package init() {}

  private static let read = [
    "schoolId", "programCode", "card", "isNotToAdd", "effectiveIntakeYear", "stage", "reasons",
    "documentNumber",
  ]

  package static var declaration: Declaration<ProgramApplication> {
    Declaration(
      "programApplication",
      "新设专业申请",
      summary: "学校申请新设专业；正负面清单说不再增设、亮红牌或同类黄牌的不收，联席会议另有决议的除外。",
      identifier: "applicationId",
      prefix: "XS",
      title: "applicationId",
      keys: [["schoolId", "programCode", "intakeYear"]],
      columns: ["schoolId", "programCode", "intakeYear", "seats", "resolution", "decision"],
      filters: ["schoolId", "programCode", "intakeYear", "decision"],
      searched: ["applicationId", "grounds"],
      facts: ["schoolId", "programCode", "intakeYear", "seats", "decision"],
      isPublic: false,
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      consulted: [
        Consulted("listResult", where: "programCode", is: "programCode", read: read),
        Consulted("listResult", where: "schoolId", is: "schoolId", read: read),
      ],
      fields: [
        Field(\.applicationId, "applicationId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
          .privacy(.internal),
        Field(\.programCode, "programCode", "专业", .reference(kind: "program")).required()
          .privacy(.internal),
        Field(\.intakeYear, "intakeYear", "招生年度", .integer(1990...2199)).required()
          .privacy(.internal),
        Field(\.seats, "seats", "招生计划", .integer(1...10_000)).required().unit("人")
          .privacy(.internal),
        Field(\.grounds, "grounds", "论证", .longText(4000)).required().privacy(.internal)
          .help("需求、师资、设备、合作企业。"),
        Field(\.resolution, "resolution", "联席会议决议", .text(60)).privacy(.internal)
          .help("清单不许而确需设置的，填决议文号。"),
        Field(\.decision, "decision", "决定", .choice(ApplicationDecision.options)).required()
          .fallback(.text("waiting")).privacy(.internal),
        Field(\.decidedOn, "decidedOn", "决定日期", .date).privacy(.internal),
        Field(\.decisionGrounds, "decisionGrounds", "决定理由", .text(300)).privacy(.internal),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard let intakeYear else { return [] }
    let ofProgram = Self.inForce(
      surroundings.consulted("listResult", for: "programCode"),
      intakeYear
    )
    let ofSchool = Self.inForce(surroundings.consulted("listResult", for: "schoolId"), intakeYear)
    func told(_ result: [String: Value], _ what: String) -> String {
      let number = result["documentNumber"]?.text ?? ""
      let reason = result["reasons"]?.list.first ?? ""
      return "\(what)（\(number)\(reason.isEmpty ? "" : "：\(reason)")）"
    }
    var refused: [(code: String, words: String)] = []
    if let result = ofProgram.first(where: { $0["isNotToAdd"]?.boolean == true }) {
      let why = result["reasons"]?.list.first { $0.contains("不再增设") } ?? ""
      refused.append(
        (
          "PLN-E-060",
          "专业 \(programCode) 本市不再增设（\(result["documentNumber"]?.text ?? "")：\(why)）"
        )
      )
    }
    if let result = ofSchool.first(where: {
      $0["programCode"]?.text == programCode && $0["card"]?.text == "red"
    }) {
      refused.append(("PLN-E-061", told(result, "本校这个专业是红牌，须重新论证")))
    }
    if let result = ofSchool.first(where: {
      $0["card"]?.text == "yellow" && $0["programCode"]?.text != programCode
        && $0["programCode"]?.text?.prefix(4) == programCode.prefix(4)
    }) {
      refused.append(
        ("PLN-E-062", told(result, "本校同类专业 \(result["programCode"]?.text ?? "") 是黄牌，整改期间不新设同类专业"))
      )
    }
    return refused.map { code, words in
      resolution.isEmpty
        ? Problem(code, "programCode", words + "。请改报其他专业；确需设置的，先提请联席会议，有决议后填决议文号。")
        : Problem("PLN-W-063", "resolution", words + "；按联席会议决议 \(resolution) 受理。")
    }
  }

  /// The published results of the newest list that is in force for a year of intake.
  private static func inForce(_ results: [[String: Value]], _ year: Int) -> [[String: Value]] {
    let out = results.filter {
      $0["stage"]?.text == "published" && ($0["effectiveIntakeYear"]?.integer ?? .max) <= year
    }
    let newest = out.compactMap { $0["effectiveIntakeYear"]?.integer }.max()
    return out.filter { $0["effectiveIntakeYear"]?.integer == newest }
  }
}

/// What is decided of an application.
package enum ApplicationDecision: String, Choice {
  case waiting, granted, refused

  package var label: String {
    switch self {
    case .waiting: "待决定"
    case .granted: "同意"
    case .refused: "不同意"
    }
  }
}
