import Indicators
package import Records
import Rules
package import Values

/// An indicator of operating conditions: what a school has, for how many (办学条件指标).
///
/// The value is what there is over what it is for, or the other way round where less is better. Both are
/// rules over the fields of `ConditionYear`, by their labels; sums of money are in yuan.
package struct ConditionIndicator: DeclaredRecord {
  package var indicatorCode = ""
  package var name = ""
  package var have = ""
  package var per = ""
  package var isInverse: Bool?
  package var unit = ""
  package var haveLabel = ""
  package var haveUnit = ""
  package var passesWhen = ""
  package var basis = ""
  package var sequence: Int?

  package init() {}

  package static var declaration: Declaration<ConditionIndicator> {
    Declaration(
      "conditionIndicator",
      "办学条件指标",
      summary: "每项指标怎样算：有多少，给多少人用。公式用“办学条件年度数据”的字段名。",
      identifier: "indicatorCode",
      title: "name",
      columns: ["indicatorCode", "name", "have", "per", "unit"],
      searched: ["indicatorCode", "name"],
      facts: ["have", "per", "unit", "basis"],
      access: Access.ofCity,
      fields: [
        Field(\.indicatorCode, "indicatorCode", "指标", .identifier(20)).required(),
        Field(\.name, "name", "名称", .text(40)).required(),
        Field(\.have, "have", "有多少（公式）", .text(300)).required().example("自有占地 + 非产权独立使用占地"),
        Field(\.per, "per", "给谁用（公式）", .text(300)).help("不填就是总量指标。").example("全日制在校生"),
        Field(\.isInverse, "isInverse", "越小越好", .boolean).fallback(.boolean(false))
          .help("例如师生比：在校生除以教师。"),
        Field(\.unit, "unit", "单位", .text(20)).required().example("㎡/人"),
        Field(\.haveLabel, "haveLabel", "补什么", .text(20)).required().example("占地"),
        Field(\.haveUnit, "haveUnit", "补的单位", .text(10)).required().example("㎡"),
        Field(\.passesWhen, "passesWhen", "例外（公式）", .text(300)).help("成立就算达标。"),
        Field(\.basis, "basis", "依据", .text(120)).required(),
        Field(\.sequence, "sequence", "顺序", .integer(0...1_000)).fallback(.integer(0)),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    for (text, path, isCondition) in [
      (have, "have", false), (per, "per", false), (passesWhen, "passesWhen", true),
    ] where !text.isEmpty {
      do {
        let rule = try Rule(text, ConditionYear.variables.types)
        let isFitting =
          switch rule.type {
          case .bool: isCondition
          case .decimal, .int: !isCondition
          default: false
          }
        if !isFitting {
          problems.append(
            Problem(
              "PLN-E-004",
              path,
              rule.type == .double
                ? "公式里的小数不精确，请写成分数（如 / 2）或 decimal(\"0.5\")。"
                : "公式的结果是\(rule.type.label)，应为\(isCondition ? "真假" : "数")。"
            )
          )
        }
      } catch {
        problems.append(Problem("PLN-E-005", path, "公式第 \(error.column) 个字有错：\(error.message)"))
      }
    }
    return problems
  }
}
