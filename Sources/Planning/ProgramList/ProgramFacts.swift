import Calendar
import Ledger
package import Records
package import Rules
import Values

/// What is known of a program of a school in a year, as the rules of the list speak of it.
///
/// The indicators P1 to P17 of `program-list.md` §3.5. Rates are those of three years weighted 0.5, 0.3 and
/// 0.2, the newest first; with `.本年`, `.上年`, `.前年` those of one year. What is not known has no value.
package struct ProgramFacts: Sendable {
  /// A number or truth, and how it came about.
  package struct Fact: Sendable {
    /// What it is called.
    package var name: String
    /// Its value.
    package var value: RuleValue
    /// How it came about, with its numbers.
    package var how: String
  }

  /// The program of the school.
  package var offering: Record
  /// The level of the program, such as `secondary`.
  package var level: String
  /// What is known, in the order in which it is told.
  package var facts: [Fact]
  /// How many graduates there were in the newest year; `nil` when nothing was reported.
  package var graduates: Int?
  /// Whether the program is protected, controlled by the state, or so new that fewer than three years were
  /// taken in.
  package var isSheltered: Bool

  /// The values by name.
  package var values: [String: RuleValue] {
    Dictionary(facts.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The years behind a name.
  static let years = ["本年", "上年", "前年"]

  /// The names of rates by the two counts they are the quotient of.
  static let rates: [(name: String, above: [String], below: [String], basis: String)] = [
    ("计划完成率", ["admitted"], ["planned"], "录取 ÷ 招生计划"),
    ("报到率", ["registered"], ["admitted"], "报到 ÷ 录取"),
    ("一志愿率", ["firstChoice"], ["admitted"], "一志愿录取 ÷ 录取"),
    ("初次去向落实率", ["placedInitial"], ["graduates"], "8 月 31 日落实 ÷ 毕业生"),
    ("直接就业率", ["employed"], ["graduates", "-furtherStudy"], "就业 ÷（毕业生－升学）"),
    ("对口率", ["matched"], ["matched", "notMatched"], "对口 ÷（对口＋不对口），不明的不算"),
    ("本地留用率", ["localEmployed"], ["employedKnownPlace"], "本市就业 ÷ 就业地已知"),
  ]

  /// Names that are shown in per cent.
  package static let percents: Set<String> = Set(rates.map(\.name)).union([
    "布点率", "规模占比", "需求增长率", "落实率均值",
  ])

  /// Names that rest on graduates: of few they decide nothing by themselves.
  static let ofGraduates: Set<String> = [
    "初次去向落实率", "直接就业率", "对口率", "本地留用率", "供需比", "落实率末位",
  ]

  /// Every name with its type.
  package static let types: [String: RuleType] = {
    var types: [String: RuleType] = [:]
    for rate in rates {
      types[rate.name] = .decimal(unit: nil)
      for year in years { types["\(rate.name).\(year)"] = .decimal(unit: nil) }
    }
    for year in years {
      types["录取.\(year)"] = .decimal(unit: nil)
      types["落实率末位.\(year)"] = .bool
    }
    for name in [
      "布点数", "布点率", "规模占比", "需求增长率", "供需比", "生均设备值", "有效协议", "招生规模", "毕业生", "满意度", "落实率均值",
      "平台未满足需求", "连续黄牌", "黄牌条数",
    ] { types[name] = .decimal(unit: nil) }
    for name in ["师资达标", "对接重点产业", "国家控制布点", "保护类", "新设", "严重违规"] { types[name] = .bool }
    return types
  }()

  /// A value as a reason has it.
  package static func shown(_ name: String, _ value: RuleValue) -> String {
    switch value {
    case .bool(let truth): return truth ? "是" : "否"
    default:
      guard let exact = value.exact else { return "没有数" }
      let base = name.split(separator: ".").first.map(String.init) ?? name
      guard percents.contains(base) else {
        guard !exact.isWhole else { return exact.text }
        return exact.text.hasSuffix("0") ? String(exact.text.dropLast()) : exact.text
      }
      return (exact.multiplied(by: Exact(100)) ?? exact).text(places: 1) + "%"
    }
  }
}
