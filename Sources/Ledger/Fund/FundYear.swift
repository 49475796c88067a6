package import Records
package import Values

/// What a special fund amounted to in one year (专项资金年度).
///
/// See `funds.md`.
///
/// What holds: one record for each fund, year and sense of the amount. Amounts are added up only when
/// they speak of the same thing (arranged, allocated, received or spent) and of one year each.
package struct FundYear: DeclaredRecord {
  package var fundId = ""
  package var fundName = ""
  package var year: Int?
  package var amount: Fen?
  package var notion: FundNotion?
  package var isCumulative = false
  package var documentNumber = ""
  package var source = ""

  package init() {}

  package static var declaration: Declaration<FundYear> {
    Declaration(
      "fundYear",
      "专项资金年度",
      summary: "职业教育发展专项资金各年度的数额，累计数由各年相加。",
      identifier: "fundId",
      prefix: "ZJ",
      title: "fundName",
      keys: [["fundName", "year", "notion", "isCumulative"]],
      columns: [
        "fundName", "year", "amount", "notion", "isCumulative", "documentNumber", "source",
      ],
      filters: ["fundName", "year", "notion", "isCumulative"],
      searched: ["fundName", "documentNumber"],
      facts: ["fundName", "year", "amount", "notion", "documentNumber"],
      access: Access.ofCity,
      yearly: Yearly("year", "amount"),
      fields: [
        Field(\.fundId, "fundId", "资金编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.fundName, "fundName", "专项名称", .text(80)).required().formerly("programName", "名称"),
        Field(\.year, "year", "预算年度", .integer(1990...2199)).required()
          .formerly("fiscalYear", "年度", "年份"),
        Field(\.amount, "amount", "数额", .money).required().unit("元").formerly("金额")
          .help("单位是元：4000 万元填 40000000。"),
        Field(\.notion, "notion", "口径", .choice(FundNotion.options)).required()
          .fallback(.text("arranged")).help("不同口径不能相加。"),
        Field(\.isCumulative, "isCumulative", "含以前年度", .boolean).fallback(.boolean(false))
          .help("文件只给累计数时选“是”，年度填截止年。"),
        Field(\.documentNumber, "documentNumber", "文号", .text(60)).formerly("approvedDoc", "批复文号"),
        Field(\.source, "source", "来源", .text(120)),
      ]
    )
  }
}
