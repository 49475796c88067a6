import Calendar
package import Records
package import Values

/// How many people of an occupation are looked for, as one source tells it (需求信号).
///
/// See `program-list.md` §3.4.
package struct DemandSignal: DeclaredRecord {
  package var signalId = ""
  package var year: Int?
  package var regionCode = ""
  package var industryCode = ""
  package var occupationCode = ""
  package var postings: Int?
  package var vacancies: Int?
  /// Hundredths.
  package var applicantRatio: Int?
  package var source = ""
  package var confidence: SignalConfidence?

  package init() {}

  package static var declaration: Declaration<DemandSignal> {
    Declaration(
      "demandSignal",
      "需求信号",
      summary: "各职业每年的招聘岗位和空缺，来自人社、招聘平台等，用来算需求增长和供需比。",
      identifier: "signalId",
      prefix: "XH",
      title: "signalId",
      keys: [["year", "regionCode", "occupationCode", "source"]],
      columns: [
        "year", "occupationCode", "regionCode", "postings", "vacancies", "source", "confidence",
      ],
      filters: ["year", "occupationCode", "regionCode", "confidence"],
      searched: ["signalId", "source"],
      facts: ["year", "occupationCode", "postings", "vacancies", "source"],
      access: Access.ofCity,
      fields: [
        Field(\.signalId, "signalId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.year, "year", "年度", .integer(1990...2199)).required(),
        Field(\.regionCode, "regionCode", "地区", .reference(kind: "region")).required(),
        Field(\.industryCode, "industryCode", "行业", .reference(kind: "industry")),
        Field(\.occupationCode, "occupationCode", "职业", .identifier(12)).required()
          .example("6-31-01-03"),
        Field(\.postings, "postings", "招聘岗位数", .integer(0...10_000_000)).required()
          .help("去重后：同一企业、同一岗位 30 天内只算一次。"),
        Field(\.vacancies, "vacancies", "空缺数", .integer(0...10_000_000)).unit("人")
          .help("不填时按招聘岗位数算。"),
        Field(\.applicantRatio, "applicantRatio", "求人倍率", .decimal(places: 2, 0...100_000)),
        Field(\.source, "source", "来源", .text(120)).required(),
        Field(\.confidence, "confidence", "可信度", .choice(SignalConfidence.options)).required()
          .fallback(.text("mid")),
      ]
    )
  }
}

/// How far a source is to be trusted.
package enum SignalConfidence: String, Choice {
  case high, mid, low

  package var label: String {
    switch self {
    case .high: "高"
    case .mid: "中"
    case .low: "低"
    }
  }
}

/// For which occupation a program trains, and with what part of its graduates (专业需求对应).
///
/// The parts of a program add up to one.
package struct ProgramDemand: DeclaredRecord {
  package var demandId = ""
  package var programCode = ""
  package var occupationCode = ""
  /// Hundredths.
  package var weight: Int?
  package var source = ""

  package init() {}

  package static var declaration: Declaration<ProgramDemand> {
    Declaration(
      "programDemand",
      "专业需求对应",
      summary: "一个专业的毕业生去哪些职业，各占多少，合计为 1；没有对应的专业不算需求增长和供需比。",
      identifier: "demandId",
      prefix: "DY",
      title: "demandId",
      keys: [["programCode", "occupationCode"]],
      columns: ["programCode", "occupationCode", "weight", "source"],
      filters: ["programCode", "occupationCode"],
      searched: ["demandId"],
      facts: ["programCode", "occupationCode", "weight"],
      access: Access.ofCity,
      peers: Peers(alike: ["programCode"], read: ["weight"]),
      fields: [
        Field(\.demandId, "demandId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.programCode, "programCode", "专业", .reference(kind: "program")).required(),
        Field(\.occupationCode, "occupationCode", "职业", .identifier(12)).required()
          .example("6-31-01-03"),
        Field(\.weight, "weight", "占比", .decimal(places: 2, 1...100)).required().example("0.6"),
        Field(\.source, "source", "来源", .text(120)),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    let all = (weight ?? 0) + surroundings.peers.compactMap { $0["weight"]?.integer }.reduce(0, +)
    guard all > 100 else { return [] }
    let text = Exact(all, places: 2)?.text(places: 2) ?? ""
    return [Problem("PLN-E-033", "weight", "这个专业各职业的占比合计 \(text)，大于 1，请调整。")]
  }
}
