package import Records
package import Values

/// A college of the national list (全国高等学校名单), to look up partners outside the city.
package struct College: DeclaredRecord {
  package var schoolCode = ""
  package var name = ""
  package var level: CollegeLevel?
  package var authority = ""
  package var province = ""
  package var city = ""
  package var cityCode = ""
  package var county = ""
  package var countyCode = ""
  package var address = ""
  package var longitude: Int?
  package var latitude: Int?
  package var remark = ""

  package init() {}

  package static var declaration: Declaration<College> {
    Declaration(
      "college",
      "全国高等学校名单",
      summary: "教育部公布的普通高等学校，供核对名称、标识码和查找市外院校。",
      identifier: "schoolCode",
      title: "name",
      columns: ["schoolCode", "name", "level", "authority", "province", "city", "remark"],
      filters: ["province", "city", "level", "authority"],
      searched: ["name", "schoolCode"],
      facts: ["schoolCode", "level", "authority", "province", "city"],
      access: Access.ofCity,
      identifierShape: { $0.isDigits(10) },
      fields: identity + place
    )
  }

  private static var identity: [Field<College>] {
    [
      Field(\.schoolCode, "schoolCode", "学校标识码", .identifier(10)).required()
        .formerly("school_id"),
      Field(\.name, "name", "学校名称", .text(60)).required(),
      Field(\.level, "level", "办学层次", .choice(CollegeLevel.options)).required(),
      Field(\.authority, "authority", "主管部门", .text(60)),
      Field(\.remark, "remark", "备注", .text(80)),
    ]
  }

  private static var place: [Field<College>] {
    [
      Field(\.province, "province", "省份", .text(20)),
      Field(\.city, "city", "城市", .text(20)),
      Field(\.cityCode, "cityCode", "城市代码", .identifier(6)).formerly("city_code"),
      Field(\.county, "county", "县区", .text(20)),
      Field(\.countyCode, "countyCode", "县区代码", .identifier(6)).formerly("county_code"),
      Field(\.address, "address", "地址", .text(100)),
      Field(\.longitude, "longitude", "经度", Place.longitude).formerly("lng"),
      Field(\.latitude, "latitude", "纬度", Place.latitude).formerly("lat"),
    ]
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard !schoolCode.isDigits(10) else { return [] }
    return [
      Problem("REG-E-017", "schoolCode", "学校标识码填的是“\(schoolCode)”，应为 10 位数字，请对照教育部名单核对。")
    ]
  }
}

/// The level of a college in the national list (办学层次).
package enum CollegeLevel: String, Choice {
  case bachelor, associate

  package var label: String {
    switch self {
    case .bachelor: "本科"
    case .associate: "专科"
    }
  }
}
