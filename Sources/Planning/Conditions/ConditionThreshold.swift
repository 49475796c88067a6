package import Records
package import Values

/// A line an indicator must keep to, for a type of school, in some years (标准值).
package struct ConditionThreshold: DeclaredRecord {
  package var thresholdId = ""
  package var ruleSet = ""
  package var precedence: Int?
  package var schoolType: ConditionSchoolType?
  package var subType: ConditionSubType?
  package var indicatorCode = ""
  package var side: ConditionSide?
  /// Hundredths.
  package var value: Int?
  package var line: ConditionLine?
  package var source = ""
  package var confidence: SourceConfidence?
  package var effectiveFrom: Int?
  package var effectiveTo: Int?

  package init() {}

  package static var declaration: Declaration<ConditionThreshold> {
    Declaration(
      "conditionThreshold",
      "办学条件标准",
      summary: "各类学校每项指标的标准值、依据和核验情况；省里另有规定的另起一套，优先级高的算数。",
      identifier: "thresholdId",
      prefix: "BZ",
      title: "thresholdId",
      keys: [
        [
          "ruleSet", "schoolType", "subType", "indicatorCode", "line", "effectiveFrom",
        ]
      ],
      columns: [
        "ruleSet", "schoolType", "subType", "indicatorCode", "line", "side", "value", "confidence",
      ],
      filters: ["ruleSet", "schoolType", "subType", "indicatorCode", "line", "confidence"],
      searched: ["thresholdId", "ruleSet"],
      facts: ["schoolType", "indicatorCode", "line", "value", "source", "confidence"],
      access: Access.ofCity,
      fields: [
        Field(\.thresholdId, "thresholdId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.ruleSet, "ruleSet", "规则集", .text(40)).required().example("CN-2022-05"),
        Field(\.precedence, "precedence", "优先级", .integer(0...100)).fallback(.integer(0))
          .help("同一项有几套标准时，数字大的算数。"),
        Field(\.schoolType, "schoolType", "学校类型", .choice(ConditionSchoolType.options)).required(),
        Field(\.subType, "subType", "科类", .choice(ConditionSubType.options))
          .help("不填就是不分科类。"),
        Field(\.indicatorCode, "indicatorCode", "指标", .reference(kind: "conditionIndicator"))
          .required(),
        Field(\.side, "side", "比较", .choice(ConditionSide.options)).required(),
        Field(\.value, "value", "标准值", .decimal(places: 2, 0...100_000_000_000)).required(),
        Field(\.line, "line", "线别", .choice(ConditionLine.options)).required(),
        Field(\.source, "source", "依据", .text(120)).required(),
        Field(\.confidence, "confidence", "核验", .choice(SourceConfidence.options)).required(),
        Field(\.effectiveFrom, "effectiveFrom", "起（年）", .integer(1990...2100)).required(),
        Field(\.effectiveTo, "effectiveTo", "止（年）", .integer(1990...2100)),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard let effectiveFrom, let effectiveTo, effectiveTo < effectiveFrom else { return [] }
    return [Problem("PLN-E-006", "effectiveTo", "止 \(effectiveTo) 早于起 \(effectiveFrom)，请核对。")]
  }

  /// The value as the number it is.
  package var exact: Exact? { value.flatMap { Exact($0, places: 2) } }

  /// Whether it is for a school of a type in a year.
  func applies(to type: ConditionSchoolType, _ sub: ConditionSubType?, in year: Int) -> Bool {
    schoolType == type && (subType == nil || subType == sub)
      && effectiveFrom.map { $0 <= year } ?? false && effectiveTo.map { $0 >= year } ?? true
  }
}
