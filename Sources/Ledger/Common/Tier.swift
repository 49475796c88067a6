import Records

/// Which level of government or school approved something (级别).
package enum Tier: String, Choice {
  case national, provincial, city, county, school

  package var label: String {
    switch self {
    case .national: "国家级"
    case .provincial: "省级"
    case .city: "市级"
    case .county: "县级"
    case .school: "校级"
    }
  }

  package var aliases: [String] {
    switch self {
    case .national: ["国家"]
    case .provincial: ["省", "province"]
    case .city: ["市", "地市级"]
    case .county: ["县", "区级", "县（市、区）级"]
    case .school: ["校", "院级"]
    }
  }

  /// Whether a province or the state approved it (省级以上).
  package var isProvincialOrHigher: Bool { self == .national || self == .provincial }

  /// Whether an approval at this level is always in a numbered document.
  package var needsDocument: Bool { isProvincialOrHigher || self == .city }
}
