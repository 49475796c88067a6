import Ledger
import Records

/// What shared equipment and joint foundations have.
extension ExchangeItem {
  static var resources: [Field<ExchangeItem>] { equipment + foundation }

  private static var equipment: [Field<ExchangeItem>] {
    [
      attribute("resourceIds", "设备或场地", .list, of: .equipmentShare).help("一台一条，写名称和型号。"),
      attribute("openHours", "开放时间", .text(100), of: .equipmentShare),
      attribute("feePerHour", "收费", .money, of: .equipmentShare).unit("元/小时").help("免费填 0。"),
      attribute("operatorRequired", "须配操作员", .boolean, of: .equipmentShare),
      attribute(
        "safetyTraining",
        "安全培训",
        .choice(SafetyTraining.options),
        of: .equipmentShare,
        .observationVisit
      ),
      attribute(
        "levels",
        "面向学段",
        .choices(StudentLevel.options),
        of: .equipmentShare,
        .observationVisit,
        .jobTrial
      ),
    ].map { $0.section("资源") }
  }

  private static var foundation: [Field<ExchangeItem>] {
    [
      attribute("carrierKind", "载体类别", .choice(CarrierKind.options), of: .coBuild),
      attribute("goals", "目标", .longText(500), of: .coBuild, .courseCoDev),
      attribute("contributions", "投入", .rows(contributionColumns), of: .coBuild)
        .privacy(.internal).example("企业;设备;50 万元"),
      attribute("governance", "治理方式", .text(200), of: .coBuild),
      attribute("expectedCapacity", "预期规模", .integer(0...1_000_000), of: .coBuild).unit("人"),
      attribute("startBy", "启动日期", .date, of: .coBuild),
    ].map { $0.section("共建") }
  }

  private static let contributionColumns = [
    Column("party", "投入方"), Column("kind", "类别", options: ContributionKind.options),
    Column("value", "内容或数额"),
  ]
}
