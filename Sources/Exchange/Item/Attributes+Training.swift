import Records

/// What training, the practice of teachers and mentors have.
extension ExchangeItem {
  static var training: [Field<ExchangeItem>] {
    [
      attribute("topic", "培训项目", .text(60), of: .staffTraining, .trainingService),
      attribute(
        "targetLevel",
        "目标等级",
        .choice(SkillGrade.options),
        of: .staffTraining,
        .trainingService
      ),
      attribute("participants", "培训人数", .integer(1...100_000), of: .staffTraining, .trainingService)
        .unit("人"),
      attribute("hours", "学时", .integer(1...800), of: .staffTraining, .trainingService),
      attribute(
        "mode",
        "培训方式",
        .choice(TrainingMode.options),
        of: .staffTraining,
        .trainingService
      ),
      attribute("place", "培训地点", .text(80), of: .staffTraining, .trainingService),
      attribute("budgetPerPerson", "人均预算", .money, of: .staffTraining, .trainingService)
        .unit("元").privacy(.internal),
      attribute("subsidyEligible", "可申请补贴", .boolean, of: .staffTraining, .trainingService),
      attribute("trainerRequirements", "师资要求", .text(200), of: .staffTraining, .trainingService),
      attribute("capacityPerYear", "年承训能力", .integer(1...1_000_000), of: .trainingService)
        .unit("人"),
      attribute("qualifications", "资质", .list, of: .trainingService),
    ].map { $0.section("培训") }
  }

  static var practice: [Field<ExchangeItem>] {
    [
      attribute(
        "practiceKind",
        "实践形式",
        .choice(PracticeKind.options),
        of: .teacherPracticePost,
        .teacherPracticeNeed
      ),
      attribute("slots", "名额", .integer(1...1000), of: .teacherPracticePost, .teacherPracticeNeed)
        .unit("人"),
      attribute(
        "durationDays",
        "天数（工作日）",
        .integer(1...250),
        of: .teacherPracticePost,
        .teacherPracticeNeed,
        .observationVisit
      ).unit("天"),
      attribute(
        "supervisorRole",
        "企业指导人岗位",
        .text(40),
        of: .teacherPracticePost,
        .teacherPracticeNeed
      ),
      attribute(
        "tasks",
        "任务",
        .list,
        of: .teacherPracticePost,
        .teacherPracticeNeed,
        .observationVisit
      ),
      attribute(
        "confidentiality",
        "保密",
        .choice(Confidentiality.options),
        of: .teacherPracticePost,
        .teacherPracticeNeed,
        .techProblem
      ).privacy(.internal),
      attribute("allowance", "补贴", .money, of: .teacherPracticePost, .teacherPracticeNeed)
        .unit("元"),
    ].map { $0.section("实践") }
  }

  static var mentors: [Field<ExchangeItem>] {
    [
      attribute("subject", "课程或方向", .text(60), of: .industryMentor, .courseCoDev, .jobTrial),
      attribute("hoursPerTerm", "每学期学时", .integer(1...400), of: .industryMentor),
      attribute("availability", "可用时间", .rows(availabilityColumns), of: .industryMentor)
        .example("周三;14:00;17:00"),
      attribute("titleOrSkillMin", "职称或技能要求", .text(40), of: .industryMentor),
      attribute("feeStandard", "课酬", .money, of: .industryMentor).unit("元/学时")
        .privacy(.internal),
    ].map { $0.section("导师与课程") }
  }

  private static let availabilityColumns = [
    Column("weekday", "星期", options: Weekday.options), Column("from", "起"), Column("to", "止"),
  ]
}
