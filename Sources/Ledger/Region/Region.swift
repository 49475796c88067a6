package import Calendar
package import Records
package import Values

/// An administrative division or a management zone (行政区域、功能区).
///
/// See `registry.md` §3.1.
package struct Region: DeclaredRecord {
  package var regionCode = ""
  package var regionName = ""
  package var shortName = ""
  package var regionKind: RegionKind?
  package var parentCode = ""
  package var isAdministered = true
  package var zoneTownshipCodes: [String] = []
  package var longitude: Int?
  package var latitude: Int?
  package var tileRow: Int?
  package var tileColumn: Int?
  package var validFrom: CivilDate?
  package var validTo: CivilDate?
  package var successorCode = ""

  package init() {}

  package static var declaration: Declaration<Region> {
    Declaration(
      "region",
      "区域",
      summary: "行政区划与功能区，统计口径的基础。",
      identifier: "regionCode",
      title: "regionName",
      columns: ["regionCode", "regionName", "regionKind", "parentCode", "isAdministered"],
      filters: ["regionKind", "parentCode", "isAdministered"],
      searched: ["regionName", "shortName"],
      facts: ["regionCode", "regionKind", "parentCode", "isAdministered"],
      access: Access.ofCity,
      identifierShape: { RegionCode($0) != nil },
      canonical: { RegionCode($0)?.text ?? $0 },
      validity: Validity(from: "validFrom", to: "validTo"),
      fields: [
        Field(\.regionCode, "regionCode", "区划代码", .identifier(12)).required().formerly("code"),
        Field(\.regionName, "regionName", "区划名称", .text(40)).required().formerly("name"),
        Field(\.shortName, "shortName", "简称", .text(20)),
        Field(\.regionKind, "regionKind", "类型", .choice(RegionKind.options)).required()
          .formerly("level"),
        Field(\.parentCode, "parentCode", "上级", .reference(kind: "region")).formerly("parent"),
        Field(\.isAdministered, "isAdministered", "实际管辖", .boolean).fallback(.boolean(true)),
        Field(\.zoneTownshipCodes, "zoneTownshipCodes", "代管乡镇代码", .list)
          .only(when: "regionKind", is: "managementZone"),
        Field(\.longitude, "longitude", "经度", Place.longitude),
        Field(\.latitude, "latitude", "纬度", Place.latitude),
        Field(\.tileRow, "tileRow", "方格图第几行", .integer(1...12))
          .help("看板上的方格地图：每个县（市、区）、功能区一格，从上数第几行。"),
        Field(\.tileColumn, "tileColumn", "方格图第几列", .integer(1...12)).help("从左数第几列。"),
        Field(\.validFrom, "validFrom", "生效日期", .date),
        Field(\.validTo, "validTo", "失效日期", .date),
        Field(\.successorCode, "successorCode", "后继代码", .identifier(12)),
      ]
    )
  }

  package mutating func complete() {
    regionCode = RegionCode(regionCode)?.text ?? regionCode
    if regionKind == .county, !regionName.hasSuffix("县") {
      if regionName.hasSuffix("区") { regionKind = .district }
      if regionName.hasSuffix("市") { regionKind = .countyLevelCity }
    }
    if shortName.isEmpty { shortName = Self.short(regionName) }
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard RegionCode(regionCode) == nil else { return [] }
    return [
      Problem("REG-E-001", "regionCode", "区划代码 \(regionCode) 不合格式，应为 6 位数字（乡镇 9 位，功能区如 990100Z1）。")
    ]
  }

  private static func short(_ name: String) -> String {
    for suffix in ["省", "市", "区", "县", "街道", "镇", "乡"]
    where name.hasSuffix(suffix) && name.count > suffix.count + 1 {
      return String(name.dropLast(suffix.count))
    }
    return name
  }
}

/// What kind of division a region is.
package enum RegionKind: String, Choice {
  case province, prefectureCity, district, countyLevelCity, county, managementZone, township

  package var label: String {
    switch self {
    case .province: "省级"
    case .prefectureCity: "地级市"
    case .district: "市辖区"
    case .countyLevelCity: "县级市"
    case .county: "县"
    case .managementZone: "功能区"
    case .township: "乡镇街道"
    }
  }

  package var aliases: [String] {
    switch self {
    case .prefectureCity: ["city"]
    case .township: ["town"]
    default: []
    }
  }

  /// Whether a located body may name it as its county.
  package var isCountyUnit: Bool {
    switch self {
    case .district, .countyLevelCity, .county: true
    default: false
    }
  }
}
