package import Calendar
package import Records

/// A school's yearly numbers at one level (学校年度统计), the aggregate grade of every person-count.
///
/// See `registry.md` §3.2.
///
/// What holds: those employed and those who study on are together at most the graduates; those
/// employed in the city at most those whose place of work is known, and these at most those employed.
/// A part of a rate is not taken without what it is a part of.
package struct SchoolAnnualStat: DeclaredRecord {
  package var statId = ""
  package var schoolId = ""
  package var schoolYear = ""
  package var studentLevel: StudentLevel?
  package var enrolled: Int?
  package var partTimeEnrolled: Int?
  package var newStudents: Int?
  package var graduates: Int?
  package var employed: Int?
  package var furtherStudy: Int?
  package var employedInCity: Int?
  package var employedRegionKnown: Int?
  package var fiveYearStage1Enrolled: Int?
  package var reportStatus: ReportStatus?
  package var asOf: CivilDate?

  package init() {}

  package static var declaration: Declaration<SchoolAnnualStat> {
    Declaration(
      "schoolAnnualStat",
      "学校年度统计",
      summary: "每校每学年每学段一行：在校、招生、毕业、就业、升学。",
      identifier: "statId",
      prefix: "TJ",
      title: "statId",
      keys: [["schoolId", "schoolYear", "studentLevel"]],
      columns: [
        "schoolId", "schoolYear", "studentLevel", "enrolled", "newStudents", "graduates",
        "employed", "furtherStudy", "employedInCity", "reportStatus",
      ],
      filters: ["schoolYear", "studentLevel", "reportStatus", "schoolId"],
      searched: ["statId"],
      facts: ["schoolId", "schoolYear", "studentLevel", "asOf", "reportStatus"],
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      yearly: Yearly("schoolYear", "enrolled", "newStudents", "graduates"),
      fields: [
        Field(\.statId, "statId", "统计编号", .identifier(20)),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required(),
        Field(\.schoolYear, "schoolYear", "学年", .schoolYear).required().example("2021-2022"),
        Field(\.studentLevel, "studentLevel", "学段", .choice(StudentLevel.options)).required(),
        count(\.enrolled, "enrolled", "在校生").help("含非全日制；非全日制另填下一项。"),
        count(\.partTimeEnrolled, "partTimeEnrolled", "其中非全日制在校生"),
        count(\.newStudents, "newStudents", "招生"),
        count(\.graduates, "graduates", "毕业生"),
        count(\.employed, "employed", "就业").help("协议和合同就业、自主创业、灵活就业，不含升学。"),
        count(\.furtherStudy, "furtherStudy", "升学"),
        count(\.employedInCity, "employedInCity", "市内就业"),
        count(\.employedRegionKnown, "employedRegionKnown", "工作地已知的就业")
          .help("市内就业占比的分母，填了市内就业就要填。"),
        count(\.fiveYearStage1Enrolled, "fiveYearStage1Enrolled", "五年制前三年在校生"),
        Field(\.reportStatus, "reportStatus", "填报状态", .choice(ReportStatus.options)).required()
          .fallback(.text("reported")),
        Field(\.asOf, "asOf", "统计时点", .date).required(),
      ]
    )
  }

  private static func count(
    _ path: any WritableKeyPath<SchoolAnnualStat, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<SchoolAnnualStat> {
    Field(path, name, label, .integer(0...10_000_000)).unit("人")
  }
}
