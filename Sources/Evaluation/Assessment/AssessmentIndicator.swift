package import Records
import Rules
package import Values

/// A number that is asked for once and used by any number of indicators (采集项).
package struct AssessmentElement: DeclaredRecord {
  package var code = ""
  package var name = ""
  package var unit = ""
  package var ownerRole = ""
  package var dataSource = ""
  package var definitionText = ""
  package var indicatorCode = ""
  /// Ten-thousandths.
  package var minValue: Int?
  package var maxValue: Int?
  package var yoyAlertPct: Int?

  package init() {}

  package static var declaration: Declaration<AssessmentElement> {
    Declaration(
      "assessmentElement",
      "采集项",
      summary: "考核要的原始数：只问一次，多个指标用。",
      identifier: "code",
      title: "name",
      columns: ["code", "name", "unit", "ownerRole", "dataSource"],
      searched: ["code", "name"],
      facts: ["unit", "ownerRole", "dataSource"],
      access: Access.ofCity + [Grant(Role.ofSchool, may: [.read], .everything)],
      fields: [
        Field(\.code, "code", "采集项编码", .identifier(20)).required().example("E101"),
        Field(\.name, "name", "名称", .text(60)).required(),
        Field(\.unit, "unit", "计量单位", .text(20)).required(),
        Field(\.ownerRole, "ownerRole", "数据责任单位", .text(40)).required(),
        Field(\.dataSource, "dataSource", "数据来源", .text(40)).required(),
        Field(\.definitionText, "definitionText", "口径说明", .longText(500)).required(),
        Field(\.indicatorCode, "indicatorCode", "台账里的指标", .reference(kind: "indicator"))
          .help("填了，平台就把台账算出的数给单位确认，不再要单位填。"),
        Field(\.minValue, "minValue", "最小值", .decimal(places: 4, 0...10_000_000_000_000)),
        Field(\.maxValue, "maxValue", "最大值", .decimal(places: 4, 0...10_000_000_000_000)),
        Field(\.yoyAlertPct, "yoyAlertPct", "同比预警幅度", .integer(1...1_000)).unit("%")
          .fallback(.integer(20)),
      ]
    )
  }
}

/// One indicator of a scheme: a branch with its children, or a leaf with its formula and points (指标).
package struct AssessmentIndicator: DeclaredRecord {
  package var indicatorId = ""
  package var schemeCode = ""
  package var code = ""
  package var parentCode = ""
  package var name = ""
  /// Hundredths.
  package var weight: Int?
  package var method: ScoringMethod?
  package var direction: AssessmentDirection?
  package var formula = ""
  package var unit = ""
  /// Ten-thousandths, as are the other lines.
  package var target: Int?
  package var restricted: Int?
  package var low: Int?
  package var high: Int?
  package var floor: Int?
  package var knots = CellRows()
  package var naPolicy: NotApplicablePolicy?
  package var dataOwner = ""

  package init() {}

  package static var declaration: Declaration<AssessmentIndicator> {
    Declaration(
      "assessmentIndicator",
      "考核指标",
      summary: "考核方案里的指标树：分值、公式、计分方法、目标值。",
      identifier: "indicatorId",
      prefix: "KZ",
      title: "name",
      keys: [["schemeCode", "code"]],
      columns: ["schemeCode", "code", "name", "weight", "method", "formula"],
      filters: ["schemeCode", "method"],
      searched: ["code", "name"],
      facts: ["schemeCode", "code", "weight", "method", "formula", "dataOwner"],
      access: Access.ofCity + [Grant(Role.ofSchool, may: [.read], .everything)],
      fields: tree + leaf
    )
  }

  private static var tree: [Field<AssessmentIndicator>] {
    [
      Field(\.indicatorId, "indicatorId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.schemeCode, "schemeCode", "方案", .reference(kind: "assessmentScheme")).required(),
      Field(\.code, "code", "指标编码", .identifier(20)).required().example("C3.1"),
      Field(\.parentCode, "parentCode", "上级指标", .identifier(20)).help("不填就是一级指标。"),
      Field(\.name, "name", "名称", .text(60)).required(),
      Field(\.weight, "weight", "分值", .decimal(places: 2, 0...100_000)).unit("分").required()
        .help("下级之和等于上级；加减分、一票否决填 0。"),
    ]
  }

  private static var leaf: [Field<AssessmentIndicator>] {
    [
      Field(\.method, "method", "计分方法", .choice(ScoringMethod.options)).help("末级指标才填。"),
      Field(\.direction, "direction", "方向", .choice(AssessmentDirection.options))
        .fallback(.text("positive")),
      Field(\.formula, "formula", "计算式", .text(300)).help("用采集项编码，如 E101 / E102。"),
      Field(\.unit, "unit", "单位", .text(20)),
      line(\.target, "target", "目标值").help("双线比率是合格线。"), line(\.restricted, "restricted", "限制线"),
      line(\.low, "low", "零分值"), line(\.high, "high", "满分值"), line(\.floor, "floor", "起算值"),
      Field(
        \.knots,
        "knots",
        "折点",
        .rows([Column("value", "值"), Column("points", "得分")])
      ),
      Field(\.naPolicy, "naPolicy", "不适用时", .choice(NotApplicablePolicy.options))
        .fallback(.text("redistribute")),
      Field(\.dataOwner, "dataOwner", "数据责任单位", .text(40)),
    ]
  }

  private static func line(
    _ path: any WritableKeyPath<AssessmentIndicator, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<AssessmentIndicator> {
    Field(path, name, label, .decimal(places: 4, 0...10_000_000_000_000))
  }

  /// How it is scored; `nil` for a branch.
  package var rule: ScoringRule? {
    guard let method else { return nil }
    var rule = ScoringRule(method)
    func exact(_ scaled: Int?) -> Exact? { scaled.flatMap { Exact($0, places: 4) } }
    rule.isNegative = direction == .negative
    rule.target = exact(target)
    rule.restricted = exact(restricted)
    rule.low = exact(low)
    rule.high = exact(high)
    rule.floor = exact(floor)
    rule.knots = knots.rows.compactMap { row in
      guard row.count >= 2, let value = Exact(Text.trimmed(row[0])),
        let points = Exact(Text.trimmed(row[1]))
      else { return nil }
      return .init(value, points)
    }
    return rule
  }

  /// The codes of the elements the formula is over, in order, each once.
  var elementCodes: [String] {
    var seen: Set<String> = []
    return (computed?.names ?? []).filter { seen.insert($0).inserted }
  }

  /// The formula, ready to run; its names are codes of elements.
  var computed: Rule? {
    let names = Self.names(in: formula)
    return try? Rule(
      formula,
      Dictionary(names.map { ($0, .decimal(unit: nil)) }, uniquingKeysWith: { first, _ in first })
    )
  }

  /// The words of a formula that may be codes of elements.
  private static func names(in formula: String) -> [String] {
    formula.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      .filter { $0.first?.isNumber == false }
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    let status = surroundings.referred("assessmentScheme", schemeCode, "status").text
      .flatMap(AssessmentStatus.init(rawValue:))
    let isChanged = AssessmentIndicator.fields.contains { field in
      field.get(self) != surroundings.former[field.shape.name] ?? .none
    }
    if let status, !status.isTreeOpen, isChanged, !surroundings.former.isEmpty {
      return [
        Problem("EVA-E-020", "schemeCode", "方案已到“\(status.label)”，指标树不能再改；要改请另立新版方案。")
      ]
    }
    guard let rule else { return [] }
    var problems = rule.problems
    if knots.rows.count != rule.knots.count {
      problems.append(Problem("EVA-E-004", "knots", "折点的值和得分都应是数。"))
    }
    if formula.isEmpty {
      problems.append(Problem("EVA-E-005", "formula", "末级指标要写计算式，例如 E101 / E102。"))
    } else {
      do {
        let names = Self.names(in: formula)
        let checked = try Rule(
          formula,
          Dictionary(
            names.map { ($0, .decimal(unit: nil)) },
            uniquingKeysWith: { first, _ in first }
          )
        )
        switch checked.type {
        case .decimal, .int: break
        default:
          problems.append(
            Problem(
              "EVA-E-006",
              "formula",
              "计算式的结果是\(checked.type.label)，应为准确的数；小数写成分数或 decimal(\"0.5\")。"
            )
          )
        }
      } catch {
        problems.append(
          Problem("EVA-E-006", "formula", "计算式第 \(error.column) 个字有错：\(error.message)")
        )
      }
    }
    return problems
  }
}

/// Which way is better.
package enum AssessmentDirection: String, Choice {
  case positive, negative

  package var label: String { self == .positive ? "越大越好" : "越小越好" }
}

/// What becomes of the points of an indicator that does not apply.
package enum NotApplicablePolicy: String, Choice {
  case redistribute, groupAverage, fullMark

  package var label: String {
    switch self {
    case .redistribute: "分给同级其他指标"
    case .groupAverage: "取其他单位平均"
    case .fullMark: "给满分"
    }
  }
}
