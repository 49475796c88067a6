import Records

/// What jobs for graduates have, and what they share with internships.
extension ExchangeItem {
  static var work: [Field<ExchangeItem>] {
    [
      attribute(
        "postTitle",
        "岗位名称",
        .text(40),
        of: .graduateJob,
        .internshipPost,
        .teacherPracticePost,
        .teacherPracticeNeed
      ),
      attribute(
        "postCategory",
        "岗位类别",
        .code(table: "postCategory"),
        of: .graduateJob,
        .internshipPost
      ).help("同类岗位的人数和薪酬按它比较。"),
      attribute("hoursPerWeek", "每周工时", .integer(1...44), of: .graduateJob).unit("小时")
        .help("依法平均每周不超过 44 小时。"),
      attribute("shiftKind", "班制", .choice(ShiftKind.options), of: .graduateJob),
      attribute("promotionPath", "晋升通道", .text(200), of: .graduateJob),
    ].map { $0.section("岗位") }
  }

  static var pay: [Field<ExchangeItem>] {
    [
      attribute("payMin", "月薪下限", .money, of: .graduateJob).unit("元/月"),
      attribute("payMax", "月薪上限", .money, of: .graduateJob).unit("元/月"),
      attribute("probationMonths", "试用期", .integer(0...6), of: .graduateJob).unit("个月"),
      attribute("contractYears", "合同年限", .integer(0...10), of: .graduateJob).unit("年")
        .help("无固定期限填 0。"),
      attribute(
        "socialInsurance",
        "社会保险",
        .choices(SocialInsurance.options),
        of: .graduateJob
      ),
      attribute(
        "lodging",
        "住宿",
        .choice(BoardTerms.options),
        of: .graduateJob,
        .internshipPost,
        .teacherPracticePost,
        .teacherPracticeNeed
      ).formerly("dorm"),
      attribute("meals", "伙食", .choice(BoardTerms.options), of: .graduateJob),
    ].map { $0.section("待遇") }
  }
}
