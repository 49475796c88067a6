package import Records

/// A work function a national skill standard names for an occupation (职业功能).
///
/// Codes are kept as printed: standards follow several editions of the classification.
package struct OccupationFunction: DeclaredRecord {
  package var functionId = ""
  package var codeInStandard = ""
  package var occupationInStandard = ""
  package var occupationCode = ""
  package var matchedBy = ""
  package var edition = ""
  package var levels: [String] = []
  package var function = ""

  package init() {}

  package static var declaration: Declaration<OccupationFunction> {
    Declaration(
      "occupationFunction",
      "职业功能",
      summary: "国家职业标准列出的职业功能，匹配时据此认出岗位做什么。",
      identifier: "functionId",
      prefix: "ZN",
      title: "function",
      keys: [["codeInStandard", "edition", "function"]],
      columns: ["occupationCode", "occupationInStandard", "function", "levels", "edition"],
      filters: ["occupationCode", "edition"],
      searched: ["function", "occupationInStandard", "occupationCode"],
      facts: ["occupationCode", "occupationInStandard", "levels", "edition"],
      access: Access.ofCity,
      fields: [
        Field(\.functionId, "functionId", "功能编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.codeInStandard, "codeInStandard", "标准中的职业代码", .identifier(12)).required()
          .formerly("code_in_standard"),
        Field(\.occupationInStandard, "occupationInStandard", "标准中的职业名称", .text(60))
          .formerly("occupation_in_standard"),
        Field(\.occupationCode, "occupationCode", "职业代码", .identifier(12))
          .formerly("occupation_code_2022", "occupation_code").help("现行职业分类大典的代码。"),
        Field(\.matchedBy, "matchedBy", "对应依据", .text(40)).formerly("matched_by"),
        Field(\.edition, "edition", "标准年份", .identifier(10)).example("2021"),
        Field(\.levels, "levels", "等级", .list),
        Field(\.function, "function", "职业功能", .text(60)).required(),
      ]
    )
  }
}
