package import Values

extension ConditionOverview {
  /// The overview as the API gives it.
  package var json: JSON {
    .object([
      "year": .integer(year), "years": .array(years.map(JSON.integer)), "whole": whole.json,
      "counties": .array(
        regions.map { region in
          .object([JSON.Member("region", .string(region))] + (share(of: region).json.members ?? []))
        }
      ),
      "failures": .array(
        failures.map { failure in
          .object([
            "indicator": .string(failure.indicator.indicatorCode),
            "name": .string(failure.indicator.name), "schools": .integer(failure.schools),
          ])
        }
      ),
      "schools": .array(
        schools.map { school in
          .object(
            [
              JSON.Member("id", .string(school.id)), JSON.Member("name", .string(school.name)),
              JSON.Member("region", .string(school.region)),
            ] + school.compliance.summary
          )
        }
      ),
    ])
  }
}

extension ConditionOverview.Share {
  var json: JSON {
    .object([
      "inScope": .integer(inScope), "passing": .integer(passing), "unknown": .integer(unknown),
      "rate": rate.map { .number($0.text(places: 6)) } ?? .null,
    ])
  }
}

extension SchoolCompliance {
  /// What is found, without the single indicators.
  var summary: [JSON.Member] {
    [
      JSON.Member("schoolType", .string(year.schoolType?.rawValue ?? "")),
      JSON.Member("inScope", .boolean(year.inScope == true)),
      JSON.Member("status", .string(year.status?.rawValue ?? "")),
      JSON.Member("counts", .boolean(year.counts)),
      JSON.Member("allPass", allPass.map(JSON.boolean) ?? .null),
      JSON.Member("failed", .array(failed.map { .string($0.indicator.indicatorCode) })),
      JSON.Member("restricted", .array(restricted.map { .string($0.indicator.indicatorCode) })),
      JSON.Member("card", .string(card.rawValue)),
      JSON.Member("mostStudents", mostStudents.map(JSON.integer) ?? .null),
    ]
  }

  /// What is found, as the API gives it.
  package var json: JSON {
    .object(
      [
        JSON.Member("school", .string(year.schoolId)),
        JSON.Member("year", .integer(year.year ?? 0)),
      ] + summary + [JSON.Member("indicators", .array(results.map(\.json)))]
    )
  }
}

extension ConditionResult {
  var json: JSON {
    let isKnown = outcome == .passes || outcome == .fails || outcome == .excepted
    return .object([
      "code": .string(indicator.indicatorCode), "name": .string(indicator.name),
      "formula": .string(indicator.formula), "unit": .string(indicator.unit),
      "value": isKnown ? value.map { .number($0.text(places: 6)) } ?? .null : .null,
      "side": .string(threshold.side?.rawValue ?? ""),
      "threshold": .number(threshold.exact?.text(places: 2) ?? "0"),
      "line": .string(threshold.line?.rawValue ?? ""), "outcome": .string(outcome.name),
      "gap": .number(gap.text), "gapUnit": .string(indicator.haveUnit), "why": .string(why),
      "source": .string(threshold.source),
      "confidence": .string(threshold.confidence?.rawValue ?? ""),
    ])
  }
}

extension ConditionResult.Outcome {
  var name: String {
    switch self {
    case .passes: "passes"
    case .fails: "fails"
    case .excepted: "excepted"
    case .notApplicable: "notApplicable"
    case .missing: "missing"
    }
  }

  /// What users read.
  package var label: String {
    switch self {
    case .passes: "达标"
    case .fails: "不达标"
    case .excepted: "按例外达标"
    case .notApplicable: "不适用（没有学生或分母为 0）"
    case .missing(let names): "缺：\(names.joined(separator: "、"))"
    }
  }
}

extension ConditionIndicator {
  /// The formula as people read it.
  package var formula: String {
    if per.isEmpty { return have }
    func part(_ text: String) -> String { text.contains(" ") ? "(\(text))" : text }
    return isInverse == true ? "\(part(per)) ÷ \(part(have))" : "\(part(have)) ÷ \(part(per))"
  }
}
