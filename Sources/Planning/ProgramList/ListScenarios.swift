import Calendar
import Ledger
package import Records
import Rules
package import Values

/// Worked examples of the list of programs: what is known of a program, and which card it must have.
package enum ListScenarios {
  /// Holds the examples of a city's folder (`scenarios/list.csv`) against its rules.
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
      "scenarios/list.csv",
      in: folder,
      columns: ["name", "date", "ruleVersion", "given", "expected"],
      required: 5,
      isOptional: true
    )
    guard let kind = register.kind("listRule") else { return (0, file.faults) }
    for row in file.rows {
      if CivilDate(row["date"]) == nil {
        file.fault(row.line, "PLN-E-070", "日期“\(row["date"])”不是有效日期，请写成 2022-09-01。")
        continue
      }
      let rules = try register.list(
        kind,
        Query([.field("ruleVersion", row["ruleVersion"])], limit: 1_000)
      ).map { ListRule(values: $0.values) }
      guard !rules.isEmpty,
        let cards = try? ListCards(rules, yellowNeeded: 2, smallest: 20)
      else {
        file.fault(row.line, "PLN-E-070", "没有版本为“\(row["ruleVersion"])”的清单规则，或规则读不出。")
        continue
      }
      var facts = Known()
      for part in row.list("given") {
        if let told = take(part, &facts) { file.fault(row.line, "PLN-E-071", told) }
      }
      let verdict = cards.judge(
        facts.values,
        level: facts.level,
        graduates: facts.graduates,
        isSheltered: facts.isSheltered
      )
      for part in row.list("expected") {
        guard let told = compare(part, verdict) else { continue }
        file.fault(row.line, "PLN-E-072", "情景“\(row["name"])”：\(told)")
      }
    }
    return (file.rows.count, file.faults)
  }

  /// What an example gives.
  private struct Known {
    var values: [String: RuleValue] = [:]
    var level = "secondary"
    var graduates: Int?
    var isSheltered = false
  }

  private static func halves(_ part: String) -> (String, String)? {
    let halves = part.split(separator: "=", maxSplits: 1).map { Text.trimmed(String($0)) }
    return halves.count == 2 ? (halves[0], halves[1]) : nil
  }

  /// Takes one thing known of the program in; what is wrong with it, `nil` for nothing.
  private static func take(_ part: String, _ facts: inout Known) -> String? {
    guard let (name, text) = halves(part) else { return "“\(part)”应写成 名称=值，例如 报到率=0.6。" }
    switch name {
    case "毕业生人数":
      guard let count = Int(text) else { return "毕业生人数应为整数，填的是“\(text)”。" }
      facts.graduates = count
      return nil
    case "层次":
      facts.level = text
      return nil
    case "受保护":
      facts.isSheltered = text == "是"
      return nil
    default:
      guard let type = ProgramFacts.types[name] else {
        return "没有“\(name)”。\(NearMiss.suggestion(name, among: Array(ProgramFacts.types.keys)))"
      }
      let value: RuleValue
      if case .bool = type {
        value = .bool(text == "是")
      } else {
        guard let exact = Exact(text) else { return "“\(name)”应为数，填的是“\(text)”。" }
        value = .decimal(exact)
      }
      facts.values[name] = value
      return nil
    }
  }

  /// What is wrong when a card did not come out as it should; `nil` for nothing.
  private static func compare(_ part: String, _ verdict: ListVerdict) -> String? {
    guard let (name, wanted) = halves(part) else { return "“\(part)”应写成 牌=黄牌。" }
    let came: String
    switch name {
    case "牌": came = String(verdict.card.label.prefix { $0 != "（" })
    case "不再增设": came = verdict.isNotToAdd ? "是" : "否"
    case "由专家定": came = verdict.needsExperts ? "是" : "否"
    default: return "没有“\(name)”，可写 牌、不再增设、由专家定。"
    }
    let why = verdict.reasons.joined(separator: "；")
    return came == wanted ? nil : "\(name)应为 \(wanted)，算得 \(came)（\(why.isEmpty ? "没有规则成立" : why)）。"
  }
}
