package import Records
import Rules
package import Values

/// An indicator of the city (指标): a number with how it is reckoned from records, and what it says.
///
/// Indicators are data of the city's folder; see `docs/indicators.md`.
package struct Indicator: DeclaredRecord {
  /// The stable code, such as `S8` or, for a part of it, `S8.college`; formulas use it as a name.
  package var code = ""
  /// What users read.
  package var label = ""
  /// What it is shown under.
  package var group = ""
  /// The indicator it is a part of, or a comparison with.
  package var partOf = ""
  /// How it is reckoned; see `Formula`.
  package var formula = ""
  /// The unit of its value; empty for a fraction.
  package var unit = ""
  /// How its value is written.
  package var display: IndicatorDisplay?
  /// Which way is better.
  package var direction: IndicatorDirection?
  /// At which levels it is told.
  package var levels: [String] = []
  /// Of what time it is.
  package var period: IndicatorPeriod?
  /// The formula in words.
  package var words = ""
  /// Where the numbers come from.
  package var source = ""
  /// The document that defines it.
  package var basis = ""
  /// The question it answers on the board; it is not on it when empty.
  package var question = ""
  /// What to mind when reading it.
  package var caveat = ""
  /// Its place in its group.
  package var sequence: Int?

  package init() {}

  package static var declaration: Declaration<Indicator> {
    Declaration(
      "indicator",
      "指标",
      summary: "本市的数字怎样由记录算出：公式、单位、层级、期间、口径、依据。",
      identifier: "code",
      title: "label",
      columns: ["code", "label", "group", "unit", "formula", "basis"],
      filters: ["group", "levels", "period", "partOf"],
      searched: ["code", "label", "words"],
      facts: ["code", "group", "unit", "period", "levels"],
      access: Access.ofCity,
      peers: Peers(alike: [], read: ["code", "formula"]),
      fields: [
        Field(\.code, "code", "指标代码", .identifier(40)).required().example("S4")
          .help("公式里用它称呼这项指标；分项加点，如 S8.college。"),
        Field(\.label, "label", "名称", .text(60)).required(),
        Field(\.group, "group", "分组", .text(20)),
        Field(\.partOf, "partOf", "属于", .reference(kind: "indicator"))
          .help("是哪项指标的分项或比较；分项的单位与它相同。"),
        Field(\.formula, "formula", "公式", .longText(2000)).required()
          .example("sum(年度统计, x, x.填报状态 == \"checked\", x.在校生)")
          .help("对记录计数、求和，四则运算，可用其他指标的代码；写法见 docs/indicators.md。"),
        Field(\.unit, "unit", "单位", .text(10)).help("比率不填。"),
        Field(\.display, "display", "显示", .choice(IndicatorDisplay.options))
          .fallback(.text("number")),
        Field(\.direction, "direction", "方向", .choice(IndicatorDirection.options))
          .fallback(.text("neutral")),
        Field(\.levels, "levels", "层级", .choices(Level.options)).fallback(.list(["city"])),
        Field(\.period, "period", "期间", .choice(IndicatorPeriod.options))
          .fallback(.text("latest")),
        Field(\.words, "words", "口径", .text(300)).required().help("公式用一句话说出来。"),
        Field(\.source, "source", "数据来源", .text(120)),
        Field(\.basis, "basis", "依据", .text(120)),
        Field(\.question, "question", "看板问题", .text(40)).example("在校生有多少，在哪里？")
          .help("填了就上看板，作那一块的标题。"),
        Field(\.caveat, "caveat", "说明", .text(200)).help("读这个数字时要注意什么；写在图下。"),
        Field(\.sequence, "sequence", "顺序", .integer(0...10_000)).fallback(.integer(0)),
      ]
    )
  }

  /// At which levels it is told, the city first.
  package var toldAt: [Level] { Level.allCases.filter { levels.contains($0.rawValue) } }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if !Self.isName(code) {
      problems.append(
        Problem("IND-E-010", "code", "指标代码“\(code)”不能作公式里的名称：应由字母、数字、汉字组成，以字母或汉字开头，分项用点隔开。")
      )
    }
    if partOf == code, !code.isEmpty {
      problems.append(Problem("IND-E-011", "partOf", "指标不能是自己的分项。"))
    }
    guard !formula.isEmpty, !surroundings.kinds.isEmpty else { return problems }
    var others: [String: String] = [:]
    for peer in surroundings.peers {
      guard let code = peer["code"]?.text else { continue }
      others[code] = peer["formula"]?.text ?? ""
    }
    let sets = RecordSets(surroundings.kinds)
    let codes = Set(others.keys).union([code])
    do {
      let read = try Formula(formula, sets, using: codes)
      problems += checkLevels(read, sets)
      if let cycle = cycle(read, others, sets, codes) {
        problems.append(
          Problem("IND-E-012", "formula", "指标互相引用成环：\(cycle.joined(separator: " → "))。")
        )
      }
    } catch {
      problems.append(
        Problem("IND-E-013", "formula", "公式第 \(error.column) 个字有错：\(error.message)")
      )
    }
    return problems
  }

  /// The cycle this indicator closes; only the formulas it rests on are read for it.
  private func cycle(
    _ read: Formula,
    _ others: [String: String],
    _ sets: RecordSets,
    _ codes: Set<String>
  ) -> [String]? {
    var formulas: [String: Formula?] = [code: read]
    var rest = read.uses
    while let next = rest.popLast() {
      guard formulas[next] == nil else { continue }
      let formula = others[next].flatMap { try? Formula($0, sets, using: codes) }
      formulas.updateValue(formula, forKey: next)
      rest += formula?.uses ?? []
    }
    return IndicatorGraph(formulas).cycle(through: code)
  }

  /// Records that belong to no school can't tell anything of a school.
  private func checkLevels(_ read: Formula, _ sets: RecordSets) -> [Problem] {
    for level in toldAt where level != .city {
      for operand in read.operands {
        guard let kind = sets.kind(operand.kind), level.paths(of: kind, in: sets).isEmpty else {
          continue
        }
        return [
          Problem(
            "IND-E-014",
            "levels",
            "“\(kind.label)”的记录不分\(level.label)，这项指标不能给到这一级；要与全市的数比，请给它另设指标，公式里写“代码.全市”。"
          )
        ]
      }
    }
    return []
  }

  private static func isName(_ code: String) -> Bool {
    !code.isEmpty
      && code.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
        guard let first = part.first, first.isLetter || first == "_" else { return false }
        return part.allSatisfy { $0.isLetter || $0.isASCII && $0.isNumber || $0 == "_" }
      }
  }
}

/// How a value is written.
package enum IndicatorDisplay: String, Choice {
  case number, percent

  package var label: String { self == .number ? "数" : "百分数" }
}

/// Which way a value is better (指标方向).
package enum IndicatorDirection: String, Choice {
  case positive, negative, neutral

  package var label: String {
    switch self {
    case .positive: "越大越好"
    case .negative: "越小越好"
    case .neutral: "无好坏"
    }
  }
}

/// Of what time an indicator is: its as-of rule (取数时点).
package enum IndicatorPeriod: String, Choice {
  case latest, complete, allYears

  package var label: String {
    switch self {
    case .latest: "最近有数的一年"
    case .complete: "最近报齐的一年"
    case .allYears: "现在，历年合计"
    }
  }
}
