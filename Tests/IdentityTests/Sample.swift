import Records

/// A county one acts for, with no more than the tests need.
struct Region: DeclaredRecord {
  var regionCode = ""
  var name = ""

  static var declaration: Declaration<Region> {
    Declaration(
      "region",
      "地区",
      summary: "测试用。",
      identifier: "regionCode",
      title: "name",
      columns: ["name"],
      access: Access.ofCity,
      fields: [
        Field(\.regionCode, "regionCode", "编号", .identifier(20)).required(),
        Field(\.name, "name", "名称", .text(40)).required(),
      ]
    )
  }
}

/// A school one acts for, with no more than the tests need.
struct School: DeclaredRecord {
  var schoolId = ""
  var name = ""

  static var declaration: Declaration<School> {
    Declaration(
      "school",
      "学校",
      summary: "测试用。",
      identifier: "schoolId",
      title: "name",
      columns: ["name"],
      access: Access.ofCity,
      fields: [
        Field(\.schoolId, "schoolId", "编号", .identifier(20)).required(),
        Field(\.name, "name", "名称", .text(40)).required(),
      ]
    )
  }
}

/// An enterprise one acts for, with no more than the tests need.
struct Enterprise: DeclaredRecord {
  var enterpriseId = ""
  var name = ""

  static var declaration: Declaration<Enterprise> {
    Declaration(
      "enterprise",
      "企业",
      summary: "测试用。",
      identifier: "enterpriseId",
      title: "name",
      columns: ["name"],
      access: Access.ofCity,
      fields: [
        Field(\.enterpriseId, "enterpriseId", "编号", .identifier(20)).required(),
        Field(\.name, "name", "名称", .text(40)).required(),
      ]
    )
  }
}
