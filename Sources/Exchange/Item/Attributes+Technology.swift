import Records

/// What technical problems and results have.
extension ExchangeItem {
  static var problems: [Field<ExchangeItem>] {
    [
      attribute("field", "技术领域", .code(table: "techField"), of: .techProblem, .techResult),
      attribute("researchFields", "研究领域", .list, of: .techProblem, .techResult, .industryMentor)
        .help("解决问题要用到的，或团队、导师擅长的。").example("高分子发泡|模具设计"),
      attribute("publicSummary", "公开摘要", .longText(300), of: .techProblem, .techResult)
        .help("不含商业秘密，任何人可看。"),
      attribute("currentState", "现状", .longText(2000), of: .techProblem).privacy(.internal),
      attribute("detail", "详情", .longText(2000), of: .techProblem, .techResult)
        .privacy(.internal),
      attribute("targets", "指标", .rows(targetColumns), of: .techProblem).privacy(.internal)
        .formerly("targetIndex").example("缩水率;1.2;0.5;%"),
      attribute("budget", "预算", .money, of: .techProblem).unit("元").privacy(.internal),
      attribute(
        "ipArrangement",
        "知识产权归属",
        .choice(PropertyArrangement.options),
        of: .techProblem,
        .techResult
      ),
      attribute("deadline", "截止日期", .date, of: .techProblem),
      attribute("isOpenBid", "揭榜挂帅", .boolean, of: .techProblem),
      attribute("acceptance", "验收方式", .text(200), of: .techProblem),
    ].map { $0.section("技术") }
  }

  static var results: [Field<ExchangeItem>] {
    [
      attribute("resultKind", "成果类别", .choice(ResultKind.options), of: .techResult),
      attribute("ipNumber", "知识产权号", .text(60), of: .techResult).formerly("ipNo"),
      attribute("trl", "技术成熟度", .integer(1...9), of: .techResult).help("1 为原理，9 为批量应用。"),
      attribute("transferMode", "转化方式", .choice(TransferMode.options), of: .techResult),
      attribute("acceptsConfidentiality", "接受保密协议", .boolean, of: .techResult)
        .help("对方要求签保密协议时，不接受的不推荐。"),
      attribute("askingPrice", "价格", .money, of: .techResult).unit("元").privacy(.internal),
    ].map { $0.section("技术") }
  }

  private static let targetColumns = [
    Column("name", "指标"), Column("current", "现值"), Column("target", "目标值"), Column("unit", "单位"),
  ]
}
