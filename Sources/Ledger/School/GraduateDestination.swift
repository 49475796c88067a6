package import Calendar
package import Records
package import Values

/// Where one graduate went (毕业去向), the record grade of employment figures.
///
/// See `registry.md` §3.7.
///
/// What holds: one record for each graduate and survey date; nobody is surveyed before the graduation;
/// whoever has a contract names an employer.
package struct GraduateDestination: DeclaredRecord {
  package var destinationId = ""
  package var schoolId = ""
  package var graduateNo = ""
  package var graduationDate: CivilDate?
  package var surveyDate: CivilDate?
  package var destinationCode: Destination?
  package var employerUscc = ""
  package var employerName = ""
  package var workRegionCode = ""
  package var occupationCode = ""
  package var gbIndustryCode = ""
  package var isMatched: Bool?
  package var monthlyPay: Fen?
  package var evidenceKind: DestinationEvidence?

  package init() {}

  package static var declaration: Declaration<GraduateDestination> {
    Declaration(
      "graduateDestination",
      "毕业去向",
      summary: "每名毕业生在统计时点的去向，仅供有权限的人查看。",
      identifier: "destinationId",
      prefix: "QX",
      title: "destinationId",
      keys: [["schoolId", "graduateNo", "surveyDate"]],
      columns: [
        "schoolId", "graduateNo", "graduationDate", "surveyDate", "destinationCode",
        "workRegionCode", "evidenceKind",
      ],
      filters: ["schoolId", "surveyDate", "destinationCode", "workRegionCode", "evidenceKind"],
      searched: ["graduateNo", "employerName"],
      facts: ["schoolId", "graduateNo", "graduationDate", "surveyDate", "destinationCode"],
      isPublic: false,
      access: destinationAccess,
      publishedAtLeast: 10,
      fields: graduate.section("毕业生") + destination.section("去向") + employer.section("单位")
    )
  }

  /// Schools keep what became of their graduates; bureaus may take it in and read what names nobody.
  private static let destinationAccess = [
    Grant([.cityBureau], may: [.create, .update], .everything, upTo: .sensitive),
    Grant(
      [.cityBureau],
      may: [.read, .history, .confirm, .join],
      .everything,
      revealing: .personal
    ),
    Grant(
      [.countyBureau],
      may: [.create, .update],
      .region("schoolId.locationRegionCode"),
      upTo: .sensitive
    ),
    Grant(
      [.countyBureau],
      may: [.read],
      .region("schoolId.locationRegionCode"),
      revealing: .personal
    ),
    Grant(
      [.schoolAdmin],
      may: Set<Act>.writing.union(Set<Act>.reading),
      .own("schoolId"),
      upTo: .sensitive
    ), Grant([.classTeacher], may: [.read], .own("schoolId"), upTo: .personal),
  ]

  private static var graduate: [Field<GraduateDestination>] {
    [
      Field(\.destinationId, "destinationId", "去向编号", .identifier(20))
        .help("不填则自动编号，以后不变。").privacy(.internal),
      Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
        .formerly("学校名称").privacy(.internal),
      Field(\.graduateNo, "graduateNo", "学号", .identifier(24)).required().privacy(.personal)
        .masked(as: .lastFour).help("只填学号，不填身份证号。"),
      Field(\.graduationDate, "graduationDate", "毕业日期", .date).required().privacy(.personal),
      Field(\.surveyDate, "surveyDate", "统计时点", .date).required().privacy(.internal)
        .example("2022-08-31"),
    ]
  }

  private static var destination: [Field<GraduateDestination>] {
    [
      Field(\.destinationCode, "destinationCode", "去向", .choice(Destination.options)).required()
        .formerly("去向代码", "毕业去向").privacy(.personal),
      Field(\.evidenceKind, "evidenceKind", "证明材料", .choice(DestinationEvidence.options))
        .required().privacy(.internal),
    ]
  }

  private static var employer: [Field<GraduateDestination>] {
    [
      Field(\.employerName, "employerName", "单位名称", .text(100)).formerly("就业单位")
        .privacy(.personal),
      Field(\.employerUscc, "employerUscc", "单位统一社会信用代码", .uscc).privacy(.personal),
      Field(\.workRegionCode, "workRegionCode", "工作地", .reference(kind: "region"))
        .unknown("REG-E-001").help("省内填到县（市、区），省外填到省。").privacy(.personal),
      Field(\.gbIndustryCode, "gbIndustryCode", "行业", .reference(kind: "industry"))
        .only(when: "destinationCode", in: Destination.employedCodes).privacy(.personal),
      Field(\.occupationCode, "occupationCode", "职业", .reference(kind: "occupation"))
        .only(when: "destinationCode", in: Destination.employedCodes).privacy(.personal),
      Field(\.isMatched, "isMatched", "专业对口", .boolean)
        .only(when: "destinationCode", in: Destination.employedCodes).privacy(.personal),
      Field(\.monthlyPay, "monthlyPay", "月薪", .money).unit("元")
        .only(when: "destinationCode", in: Destination.employedCodes).privacy(.sensitive),
    ]
  }
}
