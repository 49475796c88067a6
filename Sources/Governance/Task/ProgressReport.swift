package import Calendar
package import Records
package import Values

/// What a unit reports of a task in a month or quarter (进展).
package struct ProgressReport: DeclaredRecord {
  package var reportId = ""
  package var taskCode = ""
  package var period = ""
  package var reportedOn: CivilDate?
  package var currentValue: Int?
  package var narrative = ""
  package var problems = ""
  package var nextStep = ""
  package var evidence: [String] = []
  package var reportedBy = ""
  package var acceptedBy = ""

  package init() {}

  package static var declaration: Declaration<ProgressReport> {
    Declaration(
      "progressReport",
      "任务进展",
      summary: "各单位按月或按季报的任务进展、困难、下一步和佐证。",
      identifier: "reportId",
      prefix: "JZ",
      title: "reportId",
      keys: [["taskCode", "period", "reportedBy"]],
      columns: ["taskCode", "period", "reportedOn", "narrative", "reportedBy", "acceptedBy"],
      filters: ["taskCode", "period", "reportedBy"],
      searched: ["narrative", "reportedBy"],
      facts: ["taskCode", "period", "reportedOn", "reportedBy", "acceptedBy"],
      isPublic: false,
      access: Access.register(regions: ["taskCode.regionCode"]),
      fields: [
        Field(\.reportId, "reportId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.taskCode, "taskCode", "任务", .reference(kind: "task")).required()
          .privacy(.internal),
        Field(\.period, "period", "报告期", .identifier(7)).required().privacy(.internal)
          .example("2022-09").help("月写 2022-09，季写 2022-Q3。"),
        Field(\.reportedOn, "reportedOn", "报送日期", .date).required().privacy(.internal),
        Field(\.currentValue, "currentValue", "当前值", .decimal(places: 2, 0...10_000_000_000_000))
          .privacy(.internal),
        Field(\.narrative, "narrative", "进展", .longText(500)).required().privacy(.internal),
        Field(\.problems, "problems", "困难问题", .longText(500)).privacy(.internal),
        Field(\.nextStep, "nextStep", "下一步", .longText(500)).required().privacy(.internal),
        Field(\.evidence, "evidence", "佐证", .list).privacy(.internal),
        Field(\.reportedBy, "reportedBy", "报送单位", .text(60)).required().privacy(.internal),
        Field(\.acceptedBy, "acceptedBy", "审核单位", .text(60)).privacy(.internal)
          .help("不能是报送单位自己。"),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if !Self.isPeriod(period) {
      problems.append(Problem("GOV-E-020", "period", "报告期写成 2022-09 或 2022-Q3。"))
    }
    if !acceptedBy.isEmpty, acceptedBy == reportedBy {
      problems.append(Problem("GOV-E-021", "acceptedBy", "进展不能由报送单位自己审核。"))
    }
    if let reportedOn, reportedOn > surroundings.today {
      problems.append(Problem("GOV-E-022", "reportedOn", "报送日期 \(reportedOn) 还没有到。"))
    }
    return problems
  }

  private static func isPeriod(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, Int(parts[0]) != nil else { return false }
    if parts[1].first == "Q" { return ["Q1", "Q2", "Q3", "Q4"].contains(parts[1]) }
    return parts[1].count == 2 && (Int(parts[1]).map { (1...12).contains($0) } ?? false)
  }
}

/// A notice to the unit of a task that lags behind: blue reminds, orange warns, red holds to account (督办单).
package struct SupervisionNotice: DeclaredRecord {
  package var noticeId = ""
  package var taskCode = ""
  package var colour: NoticeColour?
  package var reason = ""
  package var requirement = ""
  package var newDue: CivilDate?
  package var issuedBy = ""
  package var issuedOn: CivilDate?
  package var acknowledgedOn: CivilDate?
  package var replyText = ""
  package var repliedOn: CivilDate?
  package var designationRef = ""

  package init() {}

  package static var declaration: Declaration<SupervisionNotice> {
    Declaration(
      "supervisionNotice",
      "督办单",
      summary: "蓝单提醒、橙单警示、红单问责：一事一单，签收、回复。",
      identifier: "noticeId",
      prefix: "DBD",
      title: "noticeId",
      columns: ["taskCode", "colour", "reason", "issuedOn", "acknowledgedOn", "repliedOn"],
      filters: ["taskCode", "colour"],
      searched: ["reason"],
      facts: ["taskCode", "colour", "issuedOn", "acknowledgedOn", "repliedOn"],
      isPublic: false,
      access: Access.register(regions: ["taskCode.regionCode"]),
      peers: Peers(alike: ["taskCode"], read: ["colour", "issuedOn"]),
      fields: [
        Field(\.noticeId, "noticeId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.taskCode, "taskCode", "任务", .reference(kind: "task")).required()
          .privacy(.internal),
        Field(\.colour, "colour", "颜色", .choice(NoticeColour.options)).required()
          .privacy(.internal),
        Field(\.reason, "reason", "事由", .longText(500)).required().privacy(.internal),
        Field(\.requirement, "requirement", "要求", .longText(500)).required().privacy(.internal),
        Field(\.newDue, "newDue", "要求完成", .date).privacy(.internal),
        Field(\.issuedBy, "issuedBy", "发单单位", .text(60)).required().privacy(.internal),
        Field(\.issuedOn, "issuedOn", "发单日期", .date).required().privacy(.internal),
        Field(\.acknowledgedOn, "acknowledgedOn", "签收", .date).privacy(.internal),
        Field(\.replyText, "replyText", "回复", .longText(1000)).privacy(.internal),
        Field(\.repliedOn, "repliedOn", "回复日期", .date).privacy(.internal),
        Field(\.designationRef, "designationRef", "督查授权文件", .text(60)).privacy(.internal)
          .help("称“政府督查”的，要有政府指定的文件；教育局自己发的是催办、提醒。"),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    let former = surroundings.peers.compactMap { $0["colour"]?.text }
    if colour == .red, !former.contains("orange"), reason.count < 20 {
      problems.append(
        Problem("GOV-W-023", "colour", "没有发过橙单就发红单，请在事由里写明为什么直接发红单，至少 20 个字。")
      )
    }
    if (reason + requirement).contains("政府督查"), designationRef.isEmpty {
      problems.append(
        Problem("GOV-E-024", "designationRef", "称“政府督查”要填政府指定的授权文件（政府督查工作条例）。")
      )
    }
    if let acknowledgedOn, let issuedOn, acknowledgedOn < issuedOn {
      problems.append(Problem("GOV-E-025", "acknowledgedOn", "签收日期早于发单日期。"))
    }
    if !replyText.isEmpty, repliedOn == nil {
      problems.append(Problem("GOV-W-026", "repliedOn", "写回复日期。"))
    }
    return problems
  }
}

/// How grave a notice is.
package enum NoticeColour: String, Choice {
  case blue, orange, red

  package var label: String {
    switch self {
    case .blue: "蓝单（提醒）"
    case .orange: "橙单（警示）"
    case .red: "红单（问责）"
    }
  }
}
