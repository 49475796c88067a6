import Calendar
import Ledger
package import Records
package import Values

/// Worked examples of a city's assessments: what was reported, and what points must come of it.
package enum AssessmentScenarios {
  /// Holds the examples of a city's folder (`scenarios/assessment.csv`) against its schemes.
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
      "scenarios/assessment.csv",
      in: folder,
      columns: ["name", "date", "scheme", "given", "expected"],
      required: 5,
      isOptional: true
    )
    for row in file.rows {
      if CivilDate(row["date"]) == nil {
        file.fault(row.line, "EVA-E-050", "日期“\(row["date"])”不是有效日期，请写成 2022-09-01。")
        continue
      }
      guard let board = try AssessmentBoard.of(register, row["scheme"]) else {
        file.fault(row.line, "EVA-E-050", "没有考核方案 \(row["scheme"])。")
        continue
      }
      var values: [AssessmentValue] = []
      for part in row.list("given") {
        guard let (code, text) = halves(part), board.elements[code] != nil,
          let value = value(code, text)
        else {
          file.fault(row.line, "EVA-E-051", "“\(part)”应写成 采集项=数，例如 E301=4；不适用写 E301=不适用。")
          continue
        }
        values.append(value)
      }
      let found = AssessmentBoard(
        board.scheme,
        board.indicators,
        values,
        elements: board.elements
      )
      for part in row.list("expected") {
        guard let told = compare(part, found.cards.first) else { continue }
        file.fault(row.line, "EVA-E-052", "情景“\(row["name"])”：\(told)")
      }
    }
    return (file.rows.count, file.faults)
  }

  private static func halves(_ part: String) -> (String, String)? {
    let halves = part.split(separator: "=", maxSplits: 1).map { Text.trimmed(String($0)) }
    return halves.count == 2 ? (halves[0], halves[1]) : nil
  }

  private static func value(_ code: String, _ text: String) -> AssessmentValue? {
    var value = AssessmentValue()
    value.regionCode = "情景"
    value.elementCode = code
    if text == "不适用" {
      value.notApplicable = true
      return value
    }
    guard let scaled = Exact(text)?.rounded(places: 4) else { return nil }
    value.value = Int(scaled)
    return value
  }

  /// What is wrong when points did not come out as they should; `nil` for nothing.
  private static func compare(_ part: String, _ card: Scorecard?) -> String? {
    guard let (code, wanted) = halves(part) else { return "“\(part)”应写成 指标=得分，例如 C3.1=7.29。" }
    guard let leaf = card?.leaves.first(where: { $0.indicator.code == code }) else {
      let near = NearMiss.suggestion(code, among: card?.leaves.map(\.indicator.code) ?? [])
      return "没有末级指标 \(code)。\(near)"
    }
    let came = leaf.outcome == .notApplicable ? "不适用" : leaf.score.text(places: 2)
    return came == wanted
      ? nil : "\(code) 应得 \(wanted)，算得 \(came)（\(leaf.indicator.formula)：\(leaf.why)）。"
  }
}
