package import Records

/// The training a school gave to society in one year, as it reports it (培训统计).
///
/// See `certificates-and-training.md` B5.
///
/// What holds: one person in two classes is two person-times (人次); persons are never more than
/// person-times.
package struct TrainingStat: DeclaredRecord {
  package var statId = ""
  package var schoolId = ""
  package var year: Int?
  package var classes: Int?
  package var personTimes: Int?
  package var persons: Int?
  package var hours: Int?
  package var subsidisedPersonTimes: Int?
  package var evidenceDoc = ""
  package var reportStatus: ReportStatus?

  package init() {}

  package static var declaration: Declaration<TrainingStat> {
    Declaration(
      "trainingStat",
      "培训统计",
      summary: "每校每年一行：面向社会开展职业技能培训的人次和学时。",
      identifier: "statId",
      prefix: "PX",
      title: "statId",
      keys: [["schoolId", "year"]],
      columns: [
        "schoolId", "year", "classes", "personTimes", "persons", "hours", "subsidisedPersonTimes",
        "reportStatus",
      ],
      filters: ["year", "schoolId", "reportStatus"],
      searched: ["statId"],
      facts: ["schoolId", "year", "personTimes", "persons", "reportStatus"],
      access: Access.ofCity,
      yearly: Yearly("year", "personTimes"),
      fields: [
        Field(\.statId, "statId", "培训统计编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
          .formerly("providerId", "培训单位", "学校名称"),
        Field(\.year, "year", "年份", .integer(1990...2199)).required().formerly("年度")
          .help("按培训班结束的年份计。"),
        Field(\.classes, "classes", "班次", .integer(0...1_000_000)).unit("个"),
        Field(\.personTimes, "personTimes", "培训人次", .integer(0...100_000_000)).required()
          .unit("人次").help("一人参加两个班算两人次；学历教育、实习、讲座和职业体验不计。"),
        Field(\.persons, "persons", "培训人数", .integer(0...100_000_000)).unit("人"),
        Field(\.hours, "hours", "培训学时", .integer(0...1_000_000_000)).unit("学时"),
        Field(
          \.subsidisedPersonTimes,
          "subsidisedPersonTimes",
          "其中补贴性培训",
          .integer(0...100_000_000)
        ).unit("人次"),
        Field(\.evidenceDoc, "evidenceDoc", "依据", .text(120)).privacy(.internal),
        Field(\.reportStatus, "reportStatus", "填报状态", .choice(ReportStatus.options)).required()
          .fallback(.text("reported")),
      ]
    )
  }
}
