import Ledger
package import Records
package import Values

/// How many of a county's junior graduates go on to which school in a year (县级升学数据).
package struct CountyEnrolment: DeclaredRecord {
  package var enrolmentId = ""
  package var regionCode = ""
  package var year: Int?
  package var juniorGraduates: Int?
  package var generalPlan: Int?
  package var generalAdmitted: Int?
  package var secondaryAdmitted: Int?
  package var technicianAdmitted: Int?
  package var fiveYearAdmitted: Int?
  package var outOfCounty: Int?
  package var notEnrolled: Int?
  package var seatsVoc: Int?
  package var grade7Students: Int?

  package init() {}

  package static var declaration: Declaration<CountyEnrolment> {
    Declaration(
      "countyEnrolment",
      "县级升学数据",
      summary: "每县每年一行：初中毕业生去了哪里，职普比和升学压力由它算出。",
      identifier: "enrolmentId",
      prefix: "SX",
      title: "enrolmentId",
      keys: [["regionCode", "year"]],
      columns: [
        "regionCode", "year", "juniorGraduates", "generalAdmitted", "secondaryAdmitted",
        "technicianAdmitted", "fiveYearAdmitted",
      ],
      filters: ["regionCode", "year"],
      searched: ["enrolmentId"],
      facts: ["regionCode", "year", "juniorGraduates"],
      access: Access.register(regions: ["regionCode"]),
      yearly: Yearly("year", "juniorGraduates", "generalAdmitted", "secondaryAdmitted"),
      fields: [
        Field(\.enrolmentId, "enrolmentId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.regionCode, "regionCode", "县（市、区）", .reference(kind: "region")).required(),
        Field(\.year, "year", "年度", .integer(2000...2100)).required(),
        count(\.juniorGraduates, "juniorGraduates", "初中毕业生").required().help("含随迁子女。"),
        count(\.generalPlan, "generalPlan", "普高计划").required(),
        count(\.generalAdmitted, "generalAdmitted", "普高录取").required(),
        count(\.secondaryAdmitted, "secondaryAdmitted", "中职录取").required(),
        count(\.technicianAdmitted, "technicianAdmitted", "技工录取").required(),
        count(\.fiveYearAdmitted, "fiveYearAdmitted", "五年制高职录取").required(),
        count(\.outOfCounty, "outOfCounty", "外县就读"), count(\.notEnrolled, "notEnrolled", "未升学"),
        count(\.seatsVoc, "seatsVoc", "中职有效学位").required(),
        count(\.grade7Students, "grade7Students", "初一在校生"),
      ]
    )
  }

  private static func count(
    _ path: any WritableKeyPath<CountyEnrolment, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<CountyEnrolment> {
    Field(path, name, label, .integer(0...10_000_000)).unit("人")
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    Region.checkManagingUnit(regionCode, surroundings, field: "regionCode")
  }

  /// How many go to vocational schools.
  var vocational: Int {
    (secondaryAdmitted ?? 0) + (technicianAdmitted ?? 0) + (fiveYearAdmitted ?? 0)
  }

  /// The share of vocational schools in those admitted (职普比, 招生比); `nil` when nobody was.
  package var vocationalShare: Exact? {
    Exact(Int128(vocational), over: Int128(vocational + (generalAdmitted ?? 0)))
  }

  /// The share of junior graduates for whom there is no place (升学压力指数); `nil` without graduates.
  package var pressure: Exact? {
    let missing = (juniorGraduates ?? 0) - (generalPlan ?? 0) - (seatsVoc ?? 0)
    return Exact(Int128(missing), over: Int128(juniorGraduates ?? 0))
  }
}
