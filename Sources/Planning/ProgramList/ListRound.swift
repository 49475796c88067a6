package import Calendar
package import Records
package import Values

/// A year's round of the list of programs (清单轮次): from which data, by which rules, how far.
///
/// The days are plain; the procedure with its deadlines is another matter (`program-list.md` §3.8).
package struct ListRound: DeclaredRecord {
  package var roundId = ""
  package var title = ""
  package var dataYear: Int?
  package var effectiveIntakeYear: Int?
  package var ruleVersion = ""
  package var yellowNeeded: Int?
  package var smallest: Int?
  package var greenGrowth: Int?
  package var state: ListState?
  package var dataLockedOn: CivilDate?
  package var computedOn: CivilDate?
  package var feedbackUntil: CivilDate?
  package var expertsOn: CivilDate?
  package var departmentsOn: CivilDate?
  package var publicFrom: CivilDate?
  package var publicUntil: CivilDate?
  package var publishedOn: CivilDate?
  package var documentNumber = ""

  package init() {}

  package static var declaration: Declaration<ListRound> {
    Declaration(
      "listRound",
      "清单轮次",
      summary: "专业设置正负面清单每年一轮：用哪一年的数据、哪一版规则、办到哪一步、文号。",
      identifier: "roundId",
      title: "title",
      columns: [
        "title", "dataYear", "effectiveIntakeYear", "ruleVersion", "state", "publishedOn",
        "documentNumber",
      ],
      filters: ["state", "dataYear", "ruleVersion"],
      searched: ["title", "documentNumber"],
      facts: ["dataYear", "effectiveIntakeYear", "ruleVersion", "state", "documentNumber"],
      access: Access.ofCity,
      fields: [
        Field(\.roundId, "roundId", "轮次代码", .identifier(20)).required().example("ZY2022"),
        Field(\.title, "title", "名称", .text(60)).required(),
        Field(\.dataYear, "dataYear", "数据年度", .integer(1990...2199)).required(),
        Field(\.effectiveIntakeYear, "effectiveIntakeYear", "生效招生年度", .integer(1990...2199))
          .required(),
        Field(\.ruleVersion, "ruleVersion", "规则版本", .identifier(20)).required(),
        Field(\.yellowNeeded, "yellowNeeded", "黄牌要几条", .integer(1...20))
          .fallback(.integer(2)),
        Field(\.smallest, "smallest", "最小毕业生数", .integer(1...1_000)).fallback(.integer(20))
          .unit("人").help("毕业生少于此数，由毕业生算的指标不自动定牌。"),
        Field(\.greenGrowth, "greenGrowth", "绿牌计划最多增加", .integer(0...100))
          .fallback(.integer(20)).unit("%"),
        Field(\.state, "state", "状态", .choice(ListState.options)).required()
          .fallback(.text("dataLocked")),
        Field(\.dataLockedOn, "dataLockedOn", "数据锁定", .date),
        Field(\.computedOn, "computedOn", "算出", .date),
        Field(\.feedbackUntil, "feedbackUntil", "学校反馈截止", .date),
        Field(\.expertsOn, "expertsOn", "专家评审", .date),
        Field(\.departmentsOn, "departmentsOn", "部门会商", .date),
        Field(\.publicFrom, "publicFrom", "公示开始", .date),
        Field(\.publicUntil, "publicUntil", "公示结束", .date),
        Field(\.publishedOn, "publishedOn", "发布", .date),
        Field(\.documentNumber, "documentNumber", "发布文号", .text(60)),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if let dataYear, let effectiveIntakeYear, effectiveIntakeYear <= dataYear {
      problems.append(
        Problem(
          "PLN-E-036",
          "effectiveIntakeYear",
          "生效招生年度 \(effectiveIntakeYear) 应在数据年度 \(dataYear) 之后。"
        )
      )
    }
    if state?.isPublished == true {
      if documentNumber.isEmpty {
        problems.append(Problem("PLN-E-037", "documentNumber", "发布要有文号。"))
      }
      if publishedOn == nil { problems.append(Problem("PLN-E-037", "publishedOn", "发布要有日期。")) }
      let days = publicFrom.flatMap { from in
        publicUntil.map {
          surroundings.city.workingDays.count(
            after: CivilDate(dayNumber: from.dayNumber - 1),
            through: $0
          )
        }
      }
      if (days ?? 0) < 5 {
        problems.append(
          Problem(
            "PLN-E-038",
            "publicUntil",
            "公示应不少于 5 个工作日，现在是\(days.map { " \($0) 个" } ?? "没有写")，请填公示起止日期。"
          )
        )
      }
    }
    if let former = surroundings.former["state"]?.text.flatMap(ListState.init(rawValue:)),
      let state, former.isPublished, !state.isPublished
    {
      problems.append(Problem("PLN-E-039", "state", "已发布的清单不能退回，要更正请另发更正文件，把结果改为“更正”并写文号。"))
    }
    return problems
  }
}

/// How far a round is.
package enum ListState: String, Choice {
  case dataLocked, computed, schoolFeedback, expertReview, deptJoint, publicity, published, applied
  case followUp

  package var label: String {
    switch self {
    case .dataLocked: "数据锁定"
    case .computed: "已算出"
    case .schoolFeedback: "学校反馈"
    case .expertReview: "专家评审"
    case .deptJoint: "部门会商"
    case .publicity: "公示"
    case .published: "已发布"
    case .applied: "应用中"
    case .followUp: "跟踪"
    }
  }

  /// Whether the list is out.
  package var isPublished: Bool { [.published, .applied, .followUp].contains(self) }
  /// Whether cards may still be computed anew.
  package var isOpen: Bool { [.dataLocked, .computed].contains(self) }
}
