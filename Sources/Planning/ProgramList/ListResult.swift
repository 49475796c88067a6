package import Records
package import Values

/// What came of a program of a school in a round (清单结果), with the numbers and the rules that decided.
///
/// See `program-list.md` §3.4. Until it is published the school and the bureaus alone see it.
package struct ListResult: DeclaredRecord {
  package var resultId = ""
  package var title = ""
  package var roundId = ""
  package var offeringId = ""
  package var schoolId = ""
  package var programCode = ""
  package var card: ListCard?
  package var computedCard: ListCard?
  package var isNotToAdd: Bool?
  package var needsExperts: Bool?
  package var reasons: [String] = []
  package var undecided: [String] = []
  package var inputs = CellRows()
  package var ruleVersion = ""
  package var consecutiveYellow: Int?
  package var expertChange = ""
  package var effectiveIntakeYear: Int?
  package var stage: ListStage?
  package var documentNumber = ""

  package init() {}

  package static var declaration: Declaration<ListResult> {
    Declaration(
      "listResult",
      "清单结果",
      summary: "每个专业点列入正面还是负面清单、依据哪条规则和哪些数。",
      identifier: "resultId",
      prefix: "QD",
      title: "title",
      keys: [["roundId", "offeringId"]],
      columns: [
        "roundId", "schoolId", "programCode", "card", "reasons", "effectiveIntakeYear", "stage",
      ],
      filters: [
        "roundId", "schoolId", "programCode", "card", "isNotToAdd", "needsExperts", "stage",
      ],
      searched: ["title", "resultId", "reasons"],
      facts: ["roundId", "offeringId", "card", "effectiveIntakeYear", "documentNumber"],
      publicWhen: ["stage": ["published"]],
      access: [
        Grant([.cityBureau], may: .all, .everything),
        Grant([.department], may: .reading, .everything),
        Grant([.countyBureau], may: .reading, .region("schoolId.locationRegionCode")),
        Grant(Role.ofSchool, may: .reading, .own("schoolId")),
      ],
      fields: what + why + standing
    )
  }

  private static var what: [Field<ListResult>] {
    [
      Field(\.resultId, "resultId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.title, "title", "名称", .text(160)).help("学校和专业，便于辨认。"),
      Field(\.roundId, "roundId", "轮次", .reference(kind: "listRound")).required(),
      Field(\.offeringId, "offeringId", "专业点", .reference(kind: "programOffering")).required(),
      Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required(),
      Field(\.programCode, "programCode", "专业", .reference(kind: "program")).required(),
      Field(\.card, "card", "清单类别", .choice(ListCard.options)).required(),
      Field(\.isNotToAdd, "isNotToAdd", "不再增设", .boolean).fallback(.boolean(false))
        .help("布点已多，本市不再增设同一专业。"),
    ]
  }

  private static var why: [Field<ListResult>] {
    [
      Field(\.computedCard, "computedCard", "按规则算出", .choice(ListCard.options)).required(),
      Field(\.reasons, "reasons", "理由", .list),
      Field(\.undecided, "undecided", "没有判的", .list).help("缺数或样本小，哪条规则没有判。"),
      Field(
        \.inputs,
        "inputs",
        "所用的数",
        .rows([Column("name", "指标"), Column("value", "数"), Column("how", "怎样算")])
      ),
      Field(\.needsExperts, "needsExperts", "由专家定", .boolean).fallback(.boolean(false))
        .help("样本小、受保护或新设的专业不自动亮红牌。"),
      Field(\.ruleVersion, "ruleVersion", "规则版本", .identifier(20)).required(),
      Field(\.consecutiveYellow, "consecutiveYellow", "此前连续黄牌", .integer(0...100))
        .privacy(.internal).fallback(.integer(0)),
      Field(\.expertChange, "expertChange", "专家调整的理由", .text(300))
        .help("清单类别与算出的不同时要写；最多调整一级。"),
    ]
  }

  private static var standing: [Field<ListResult>] {
    [
      Field(\.effectiveIntakeYear, "effectiveIntakeYear", "生效招生年度", .integer(1990...2199))
        .required(),
      Field(\.stage, "stage", "阶段", .choice(ListStage.options)).required()
        .fallback(.text("preliminary")),
      Field(\.documentNumber, "documentNumber", "发布文号", .text(60)),
    ]
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if card == .noAdd || computedCard == .noAdd {
      problems.append(Problem("PLN-E-040", "card", "“不再增设”另填在“不再增设”一项里，这里填绿、不列入、黄或红。"))
    }
    if let card = card?.step, let computed = computedCard?.step, card != computed {
      if abs(card - computed) > 1 {
        problems.append(Problem("PLN-E-041", "card", "专家最多调整一级，算出的是\(computedCard?.label ?? "")。"))
      }
      if expertChange.count < 5 {
        problems.append(Problem("PLN-E-042", "expertChange", "与算出的不同，要写明理由，至少 5 个字。"))
      }
    }
    if stage == .published, documentNumber.isEmpty {
      problems.append(Problem("PLN-E-037", "documentNumber", "发布要有文号。"))
    }
    let own = surroundings.referred("programOffering", offeringId, "schoolId").text
    if let own, own != schoolId {
      problems.append(Problem("PLN-E-032", "schoolId", "专业点 \(offeringId) 属于另一所学校，请核对。"))
    }
    return problems
  }
}

/// Whether a result is out.
package enum ListStage: String, Choice {
  case preliminary, published

  package var label: String { self == .preliminary ? "初步" : "已发布" }
}
