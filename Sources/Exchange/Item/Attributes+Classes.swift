import Ledger
import Records

/// What classes trained together have.
extension ExchangeItem {
  static var classes: [Field<ExchangeItem>] {
    [
      attribute("model", "培养模式", .choice(ClassModel.options), of: .orderClass, .apprenticeClass),
      attribute(
        "level",
        "学段",
        .choice(StudentLevel.options),
        of: .orderClass,
        .apprenticeClass,
        .industryMentor
      ),
      attribute("classSize", "班额", .integer(1...1000), of: .orderClass, .apprenticeClass).unit("人"),
      attribute("minSize", "最小班额", .integer(1...1000), of: .orderClass, .apprenticeClass)
        .unit("人"),
      attribute(
        "recruitFrom",
        "招收对象",
        .choice(RecruitFrom.options),
        of: .orderClass,
        .apprenticeClass
      ),
      attribute("durationMonths", "培养周期", .integer(6...36), of: .orderClass, .apprenticeClass)
        .unit("个月"),
      attribute("masterCount", "企业师傅", .integer(0...1000), of: .orderClass, .apprenticeClass)
        .unit("人").help("每 5 名学生至少 1 名。"),
      attribute("payDuringTraining", "培养期待遇", .money, of: .orderClass, .apprenticeClass)
        .unit("元/月"),
      attribute("scholarship", "奖助", .money, of: .orderClass, .apprenticeClass).unit("元"),
      attribute("employmentCommitment", "承诺录用比例", share, of: .orderClass, .apprenticeClass)
        .example("80%"),
    ].map { $0.section("班级") }
  }
}
