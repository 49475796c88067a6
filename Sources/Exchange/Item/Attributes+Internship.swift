import Records

/// What internship posts have, and what schools say when they look for some.
extension ExchangeItem {
  static var internshipWork: [Field<ExchangeItem>] {
    [
      attribute("typicalTasks", "典型工作任务", .list, of: .internshipPost).help("至少 3 项。"),
      attribute("repetitiveShare", "简单重复劳动占比", share, of: .internshipPost)
        .privacy(.internal).help("超过一半须说明，不得全部是简单重复劳动。").example("20%"),
      attribute("hoursPerDay", "每天工时", .decimal(places: 1, 5...240), of: .internshipPost)
        .unit("小时").help("不超过 8 小时。"),
      attribute("daysPerWeek", "每周天数", .integer(1...7), of: .internshipPost).unit("天")
        .help("不超过 5 天。"),
      attribute("shiftStart", "上班时刻", .identifier(5), of: .internshipPost).example("08:00"),
      attribute("shiftEnd", "下班时刻", .identifier(5), of: .internshipPost).example("17:00"),
      attribute("overtime", "有加班", .boolean, of: .internshipPost),
      attribute("nightShift", "有夜班", .boolean, of: .internshipPost)
        .help("22:00 至次日 6:00 之间的任何时段都算夜班。"),
      attribute("holidayWork", "休息日、节假日上班", .boolean, of: .internshipPost),
      attribute("labourIntensity", "体力劳动强度", .choice(LabourIntensity.options), of: .internshipPost),
    ].map { $0.section("实习条件") }
  }

  static var internshipPay: [Field<ExchangeItem>] {
    [
      attribute("hazardCodes", "岗位危害", .list, of: .internshipPost).formerly("hazards")
        .help("填危害名称或代码，没有则不填。").example("粉尘"),
      attribute("venueKind", "实习场所", .code(table: "venueKind"), of: .internshipPost),
      attribute("mentorCount", "企业导师", .integer(0...10_000), of: .internshipPost).unit("人")
        .help("每 5 名实习生至少 1 名。"),
      attribute("samePostHeadcount", "同类岗位在岗人数", .integer(0...1_000_000), of: .internshipPost)
        .unit("人").privacy(.internal).help("实习生一般不超过同类岗位在岗人数的 20%。"),
      attribute("internPayMonthly", "实习报酬", .money, of: .internshipPost).unit("元/月"),
      attribute("payDay", "发放日", .integer(1...28), of: .internshipPost).help("每月几号。"),
      attribute("samePostWageMonthly", "同岗位工资", .money, of: .internshipPost).unit("元/月")
        .privacy(.internal).help("与最低档工资至少填一项。"),
      attribute("lowestGradeWageMonthly", "最低档工资", .money, of: .internshipPost).unit("元/月")
        .privacy(.internal),
      attribute("insuranceBy", "实习责任保险投保方", .choice(InsurancePayer.options), of: .internshipPost),
      attribute("retentionLastYear", "上年留用率", share, of: .internshipPost),
      attribute("filingDoc", "事先备案文号", .text(60), of: .internshipPost).privacy(.internal)
        .help("有夜班、加班、节假日上班或超出人数上限的，须事先备案。"),
    ].map { $0.section("实习条件") } + internshipLodging
  }

  private static var internshipLodging: [Field<ExchangeItem>] {
    [
      attribute("maleBeds", "男生床位", .integer(0...10_000), of: .internshipPost).unit("个"),
      attribute("femaleBeds", "女生床位", .integer(0...10_000), of: .internshipPost).unit("个"),
      attribute("personsPerRoom", "每间住", .integer(1...50), of: .internshipPost).unit("人"),
      attribute("lodgingCostMonthly", "住宿自付", .money, of: .internshipPost).unit("元/月"),
    ].map { $0.section("住宿") }
  }

  static var internshipNeed: [Field<ExchangeItem>] {
    [
      attribute(
        "offeringId",
        "专业点",
        .reference(kind: "programOffering"),
        of: .internshipNeed,
        .talentSupply
      ),
      attribute("cohortYear", "入学年份", .integer(1990...2100), of: .internshipNeed, .talentSupply)
        .unit("级"),
      attribute("studentCount", "学生人数", .integer(1...100_000), of: .internshipNeed).unit("人"),
      attribute("minorsCount", "其中未满 18 周岁", .integer(0...100_000), of: .internshipNeed)
        .unit("人").privacy(.internal),
      attribute("needDorm", "需要住宿", .boolean, of: .internshipNeed),
      attribute("insuranceBySchool", "学校投保实习责任保险", .boolean, of: .internshipNeed),
    ].map { $0.section("学生") }
  }
}
