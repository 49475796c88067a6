import Ledger
package import Records
package import Values

/// What an organisation reports of an element, and what the city found it to be (填报值).
package struct AssessmentValue: DeclaredRecord {
  package var valueId = ""
  package var schemeCode = ""
  package var regionCode = ""
  package var schoolId = ""
  package var elementCode = ""
  /// Ten-thousandths, as are the others.
  package var value: Int?
  package var notApplicable: Bool?
  package var naReason = ""
  package var previousValue: Int?
  package var ledgerValue: Int?
  package var explanation = ""
  package var adjustedValue: Int?
  package var adjustReason = ""
  package var correctionNumber = ""
  package var status: AssessmentValueStatus?

  package init() {}

  package static var declaration: Declaration<AssessmentValue> {
    Declaration(
      "assessmentValue",
      "考核填报值",
      summary: "各县或各校填报的采集项、同比说明、市级核定数。",
      identifier: "valueId",
      prefix: "TB",
      title: "valueId",
      keys: [["schemeCode", "regionCode", "schoolId", "elementCode"]],
      columns: [
        "schemeCode", "regionCode", "schoolId", "elementCode", "value", "adjustedValue", "status",
      ],
      filters: ["schemeCode", "regionCode", "schoolId", "elementCode", "status"],
      searched: ["valueId"],
      facts: ["schemeCode", "regionCode", "schoolId", "elementCode", "value", "status"],
      isPublic: false,
      access: Access.register(
        regions: ["regionCode", "schoolId.locationRegionCode"],
        schools: ["schoolId"]
      ),
      fields: [
        Field(\.valueId, "valueId", "编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.schemeCode, "schemeCode", "方案", .reference(kind: "assessmentScheme")).required()
          .privacy(.internal),
        Field(\.regionCode, "regionCode", "县（市、区）", .reference(kind: "region"))
          .privacy(.internal).help("考核学校时不填。"),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).privacy(.internal)
          .help("考核县时不填。"),
        Field(\.elementCode, "elementCode", "采集项", .reference(kind: "assessmentElement"))
          .required().privacy(.internal),
        number(\.value, "value", "填报值"),
        Field(\.notApplicable, "notApplicable", "不适用", .boolean).fallback(.boolean(false))
          .privacy(.internal),
        Field(\.naReason, "naReason", "不适用原因", .text(200)).privacy(.internal),
        number(\.previousValue, "previousValue", "上期值"),
        number(\.ledgerValue, "ledgerValue", "台账数").help("平台台账当时算出的数，填报时给单位确认。"),
        Field(\.explanation, "explanation", "异常说明", .text(300)).privacy(.internal)
          .help("比上期变动大，或与台账数不同，写明原因。"),
        number(\.adjustedValue, "adjustedValue", "核定值").help("市级核验时改的数，要写理由。"),
        Field(\.adjustReason, "adjustReason", "核定理由", .text(300)).privacy(.internal),
        Field(\.correctionNumber, "correctionNumber", "更正文号", .text(60)).privacy(.internal)
          .help("结果公示以后改核定值，要有更正文件。"),
        Field(\.status, "status", "状态", .choice(AssessmentValueStatus.options)).required()
          .fallback(.text("filled")).privacy(.internal),
      ]
    )
  }

  private static func number(
    _ path: any WritableKeyPath<AssessmentValue, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<AssessmentValue> {
    Field(path, name, label, .decimal(places: 4, 0...10_000_000_000_000)).privacy(.internal)
  }

  /// The number that counts: as the city found it, else as it was reported.
  var counted: Exact? { (adjustedValue ?? value).flatMap { Exact($0, places: 4) } }
  /// That of the year before.
  var former: Exact? { previousValue.flatMap { Exact($0, places: 4) } }
  /// Whose it is.
  var organisation: String { regionCode.isEmpty ? schoolId : regionCode }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems = Region.checkManagingUnit(regionCode, surroundings, field: "regionCode")
    if regionCode.isEmpty == schoolId.isEmpty {
      problems.append(Problem("EVA-E-007", "regionCode", "县（市、区）和学校填一个，只填一个。"))
    }
    if notApplicable == true, naReason.count < 5 {
      problems.append(Problem("EVA-E-008", "naReason", "不适用要写明原因，至少 5 个字。"))
    }
    if notApplicable != true, value == nil {
      problems.append(Problem("EVA-E-009", "value", "没有填报值；不适用的请选“是”并写原因。"))
    }
    if adjustedValue != nil, adjustReason.isEmpty {
      problems.append(Problem("EVA-E-010", "adjustReason", "核定值与填报值不同，要写明理由。"))
    }
    if let value, let previousValue, previousValue > 0, explanation.count < 10 {
      let alert =
        surroundings.referred("assessmentElement", elementCode, "yoyAlertPct").integer ?? 20
      if abs(value - previousValue) * 100 > previousValue * alert {
        let percent = (value - previousValue) * 100 / previousValue
        problems.append(
          Problem("EVA-W-001", "explanation", "比上期变动 \(percent)%，超过 \(alert)%，请写明原因。")
        )
      }
    }
    if let value, let ledgerValue, value != ledgerValue, explanation.count < 10 {
      let known = Exact(ledgerValue, places: 4)?.shown ?? ""
      problems.append(
        Problem("EVA-W-002", "explanation", "与平台台账的 \(known) 不同，请写明原因，或先更正台账。")
      )
    }
    problems += range(surroundings) + locked(surroundings)
    return problems
  }
}

extension AssessmentValue {
  /// What the element allows at least and at most.
  private func range(_ surroundings: Surroundings) -> [Problem] {
    guard let value else { return [] }
    func line(_ field: String) -> Int? {
      surroundings.referred("assessmentElement", elementCode, field).integer
    }
    func shown(_ scaled: Int) -> String { Exact(scaled, places: 4)?.shown ?? "" }
    if let least = line("minValue"), value < least {
      return [Problem("EVA-E-021", "value", "填报值 \(shown(value)) 小于最小值 \(shown(least))，请核对。")]
    }
    if let most = line("maxValue"), value > most {
      return [Problem("EVA-E-021", "value", "填报值 \(shown(value)) 大于最大值 \(shown(most))，请核对。")]
    }
    return []
  }

  /// What may not be changed any more, or not yet: values are reported between issue and scoring; after that
  /// the city changes what it found only, and once the result is out only with a numbered correction.
  private func locked(_ surroundings: Surroundings) -> [Problem] {
    guard
      let status = surroundings.referred("assessmentScheme", schemeCode, "status").text
        .flatMap(AssessmentStatus.init(rawValue:)), !status.takesValues
    else { return [] }
    let former = surroundings.former
    if former.isEmpty, surroundings.mayEnterLate { return [] }
    guard !former.isEmpty, status.isTold else {
      return [
        Problem("EVA-E-022", "schemeCode", "方案现在是“\(status.label)”，不收填报值；从印发到市级核验之间填报。")
      ]
    }
    var problems: [Problem] = []
    if former["value"]?.integer != value
      || (former["notApplicable"]?.boolean ?? false)
        != (notApplicable ?? false)
    {
      problems.append(
        Problem("EVA-E-023", "value", "方案已到“\(status.label)”，填报值不能再改；确有错误由市级改核定值。")
      )
    }
    if former["adjustedValue"]?.integer != adjustedValue, status.isOpen, correctionNumber.isEmpty {
      problems.append(
        Problem("EVA-E-024", "correctionNumber", "结果已经\(status.label)，改核定值要有更正文号；原来的数仍然看得到。")
      )
    }
    return problems
  }
}

/// How far a value is.
package enum AssessmentValueStatus: String, Choice {
  case filled, countyReviewed, cityConfirmed, returned

  package var label: String {
    switch self {
    case .filled: "已填"
    case .countyReviewed: "县级已审"
    case .cityConfirmed: "市级已核"
    case .returned: "已退回"
    }
  }
}
