import Calendar
import Indicators
package import Records
import Rules
package import Values

/// A rule by which a program of a school comes on the list (清单规则).
///
/// See `program-list.md` §3.7. Rules are the city's data: each says where it is from and how well that is
/// known.
package struct ListRule: DeclaredRecord {
  package var ruleId = ""
  package var ruleVersion = ""
  package var card: ListCard?
  package var sequence: Int?
  package var levels: [String] = []
  package var formula = ""
  package var words = ""
  package var source = ""
  package var confidence: RuleConfidence?

  package init() {}

  package static var declaration: Declaration<ListRule> {
    Declaration(
      "listRule",
      "清单规则",
      summary: "专业设置正负面清单按什么条件亮牌：公式、理由的写法、出处。",
      identifier: "ruleId",
      prefix: "GZ",
      title: "words",
      columns: ["ruleVersion", "card", "levels", "formula", "source", "confidence"],
      filters: ["ruleVersion", "card", "levels", "confidence"],
      searched: ["words", "formula"],
      facts: ["ruleVersion", "card", "formula", "source", "confidence"],
      access: Access.ofCity,
      fields: [
        Field(\.ruleId, "ruleId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.ruleVersion, "ruleVersion", "规则版本", .identifier(20)).required().example("2022"),
        Field(\.card, "card", "清单类别", .choice(ListCard.options)).required()
          .help("红牌：任一条成立；黄牌：成立的条数够轮次里写的数；绿牌：全部成立；不再增设：任一条成立。"),
        Field(\.sequence, "sequence", "顺序", .integer(0...1_000)).fallback(.integer(0)),
        Field(\.levels, "levels", "层次", .choices(StudentLevelCodes.options)).help("不填适用于各层次。"),
        Field(\.formula, "formula", "公式", .longText(1000)).required()
          .example("计划完成率.本年 < decimal(\"0.3\")"),
        Field(\.words, "words", "理由", .text(200)).required()
          .help("花括号里写指标名，公布时换成数：计划完成率 {计划完成率.本年}。"),
        Field(\.source, "source", "出处", .text(200)).required(),
        Field(\.confidence, "confidence", "核对情况", .choice(RuleConfidence.options)).required()
          .fallback(.text("configured")),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard !formula.isEmpty else { return [] }
    var problems: [Problem] = []
    do {
      let rule = try Rule(formula, ProgramFacts.types)
      if rule.type != .bool {
        problems.append(Problem("PLN-E-034", "formula", "公式的结果是\(rule.type.label)，应为真假。"))
      }
    } catch {
      problems.append(
        Problem("PLN-E-034", "formula", "公式第 \(error.column) 个字有错：\(error.message)")
      )
    }
    for name in Self.names(in: words) where ProgramFacts.types[name] == nil {
      let near = NearMiss.suggestion(name, among: ProgramFacts.types.keys.sorted())
      problems.append(Problem("PLN-E-035", "words", "理由里的“\(name)”不是指标。\(near)"))
    }
    return problems
  }

  /// What stands in braces in a text.
  static func names(in text: String) -> [String] {
    text.split(separator: "{").dropFirst().compactMap { part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }
  }
}

/// What comes of a program of a school (清单类别).
package enum ListCard: String, Choice {
  case green, none, yellow, red, noAdd

  package var label: String {
    switch self {
    case .green: "绿牌（重点发展）"
    case .none: "不列入"
    case .yellow: "黄牌（控制发展）"
    case .red: "红牌（优化淘汰）"
    case .noAdd: "不再增设"
    }
  }

  /// How good it is, the best highest; `nil` for what is no such step.
  package var step: Int? {
    switch self {
    case .green: 3
    case .none: 2
    case .yellow: 1
    case .red: 0
    case .noAdd: nil
    }
  }
}

/// How well a rule is known.
package enum RuleConfidence: String, Choice {
  case verified, reported, configured

  package var label: String {
    switch self {
    case .verified: "与原文核对过"
    case .reported: "据转载、报道"
    case .configured: "本市设定"
    }
  }
}

/// The levels of programs as choices of a rule.
enum StudentLevelCodes {
  static let options = [
    Option(code: "secondary", label: "中职"), Option(code: "juniorCollege", label: "高职专科"),
    Option(code: "vocationalBachelor", label: "职业本科"),
  ]
}
