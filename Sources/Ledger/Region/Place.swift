package import Records
package import Values

/// The declarations every located record shares.
package enum Place {
  /// Degrees east, six decimals, as far as the country goes: exchanged degrees are noticed.
  package static let longitude = FieldType.decimal(places: 6, 73_000_000...136_000_000)
  /// Degrees north, six decimals, as far as the country goes.
  package static let latitude = FieldType.decimal(places: 6, 3_000_000...54_000_000)

  /// The point of two scaled degrees; `nil` when one is unknown.
  package static func point(_ longitude: Int?, _ latitude: Int?) -> GeoPoint? {
    guard let longitude, let latitude else { return nil }
    return GeoPoint(longitude: Double(longitude) / 1e6, latitude: Double(latitude) / 1e6)
  }
}

/// The county, and the zone if any, a body lies in.
package struct CountyPlace: Sendable {
  var region: String
  var zone: String

  /// Makes a place of a county's code and a zone's, which may be empty.
  package init(region: String, zone: String = "") {
    self.region = region
    self.zone = zone
  }

  /// What is wrong: not a county, abolished, or not a zone; see `registry.md` REG-E-002…W-004.
  package func check(_ surroundings: Surroundings, field: String) -> [Problem] {
    var problems: [Problem] = []
    if !region.isEmpty {
      let name = surroundings.referred("region", region, "regionName").text ?? region
      if let end = surroundings.referred("region", region, "validTo").date, end < surroundings.today
      {
        let successor = surroundings.referred("region", region, "successorCode").text
        let hint = successor.map { "，现用代码为 \($0)" } ?? ""
        problems.append(
          Problem("REG-E-002", field, "区划代码 \(region)（\(name)）已于 \(end) 废止\(hint)，请改用现行代码。")
        )
      } else if let kind = surroundings.referred("region", region, "regionKind").text
        .flatMap(RegionKind.init(rawValue:)), !kind.isCountyUnit
      {
        problems.append(
          Problem("REG-E-003", field, "“\(name)”是\(kind.label)，请填写到县（市、区）。")
        )
      }
    }
    if !zone.isEmpty,
      let kind = surroundings.referred("region", zone, "regionKind").text, kind != "managementZone"
    {
      let name = surroundings.referred("region", zone, "regionName").text ?? zone
      problems.append(Problem("REG-E-004", "managingZoneCode", "“\(name)”不是功能区，请选择功能区或留空。"))
    }
    return problems
  }
}

extension String {
  /// Whether it is exactly so many ASCII digits.
  func isDigits(_ count: Int) -> Bool {
    utf8.count == count && utf8.allSatisfy { (48...57).contains($0) }
  }
}
