import Calendar
import Ledger
package import Records
package import Values

/// Worked examples of a city: what a school has, and what must come of it.
///
/// Whoever changes a formula or a line sees at once whom that changes.
package enum ConditionScenarios {
  /// Holds the examples of a city's folder (`scenarios/conditions.csv`) against its indicators and lines.
  ///
  /// - Parameters:
  ///   - folder: the city's folder.
  ///   - register: a register with the city's records.
  /// - Returns: how many examples there are, and what is wrong, with file and line.
  /// - Throws: the store's errors.
  package static func run(_ folder: String, in register: RecordStore) throws -> (
    count: Int, faults: [PlacedProblem]
  ) {
    var file = CityFile(
      "scenarios/conditions.csv",
      in: folder,
      columns: ["name", "date", "given", "expected"],
      required: 4,
      isOptional: true
    )
    guard !file.rows.isEmpty else { return (0, file.faults) }
    let rules = try ConditionRules(register)
    for row in file.rows {
      guard let date = CivilDate(row["date"]) else {
        file.fault(row.line, "PLN-E-020", "日期“\(row["date"])”不是有效日期，请写成 2022-09-01。")
        continue
      }
      let (values, problems) = values(row.list("given"), on: date, city: register.city)
      for problem in problems { file.fault(row.line, problem.code, problem.message) }
      guard problems.isEmpty else { continue }
      let found = rules.judge(values)
      for part in row.list("expected") {
        guard let problem = compare(part, found) else { continue }
        file.fault(row.line, problem.code, "情景“\(row["name"])”：\(problem.message)")
      }
    }
    return (file.rows.count, file.faults)
  }

  private static let kind = Kind(ConditionYear.self)

  /// The values of a year, as an example gives them.
  private static func values(_ parts: [String], on date: CivilDate, city: any CityRules) -> (
    values: [Value], problems: [Problem]
  ) {
    var problems: [Problem] = []
    var values = kind.fields.map { _ in Value.none }
    func set(_ name: String, _ value: Value) {
      if let place = kind.fields.firstIndex(where: { $0.name == name }) { values[place] = value }
    }
    set("year", .integer(date.year))
    set("asOf", .date(date))
    set("inScope", .boolean(true))
    for part in parts {
      let halves = part.split(separator: "=", maxSplits: 1).map { Text.trimmed(String($0)) }
      guard halves.count == 2,
        let place = kind.fields.firstIndex(where: { [$0.name, $0.label].contains(halves[0]) })
      else {
        let names = kind.fields.flatMap { [$0.name, $0.label] }
        let near = NearMiss.suggestion(halves.first ?? "", among: names)
        problems.append(Problem("PLN-E-021", "", "“\(part)”应写成 字段=值，字段是办学条件年度数据的。\(near)"))
        continue
      }
      do throws(Refusal) {
        values[place] = try kind.fields[place].parse(halves[1], city: city)
      } catch {
        problems.append(Problem("PLN-E-021", "", "\(kind.fields[place].label)：\(error.ended)"))
      }
    }
    if let converted = StudentPart.converted(ConditionYear(values: values).studentParts.rows) {
      set("studentsConverted", .integer(converted))
    }
    return (values, problems)
  }

  /// What is wrong when something did not come out as it should; `nil` for nothing.
  private static func compare(_ part: String, _ found: SchoolCompliance) -> Problem? {
    let halves = part.split(separator: "=", maxSplits: 1).map { Text.trimmed(String($0)) }
    guard halves.count == 2 else {
      return Problem("PLN-E-022", "", "“\(part)”应写成 指标=结论，例如 Z2=不达标 4500。")
    }
    let (name, wanted) = (halves[0], halves[1])
    let (came, why): (String, String)
    switch name {
    case "全部达标": (came, why) = (found.allPass.map { $0 ? "是" : "否" } ?? "没有判", "")
    case "最大合规规模": (came, why) = (found.mostStudents.map(String.init) ?? "没有", "")
    case "牌": (came, why) = (String(found.card.label.prefix { $0 != "（" }), "")
    default:
      guard let result = found.results.first(where: { $0.indicator.indicatorCode == name }) else {
        let near = NearMiss.suggestion(
          name,
          among: found.results.map(\.indicator.indicatorCode) + ["全部达标", "最大合规规模", "牌"]
        )
        return Problem("PLN-E-023", "", "这类学校没有指标 \(name)。\(near)")
      }
      let gap = result.gap > .zero ? " \(result.gap.text)" : ""
      came = String(result.outcome.label.prefix { $0 != "（" && $0 != "：" }) + gap
      why = "（\(result.indicator.formula)：\(result.why)）"
    }
    return came == wanted
      ? nil : Problem("PLN-E-024", "", "\(name) 应为 \(wanted)，算得 \(came)\(why)。")
  }
}
