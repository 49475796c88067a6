package import Records

/// A link of an industry chain (产业链环节): the bridge between industries, occupations and words.
///
/// See `registry.md` §3.4.
package struct IndustryNode: DeclaredRecord {
  package var nodeId = ""
  package var name = ""
  package var chainId = ""
  package var stage: ChainStage?
  package var gbIndustryCodes: [String] = []
  package var occupationCodes: [String] = []
  package var keywords: [String] = []

  package init() {}

  package static var declaration: Declaration<IndustryNode> {
    Declaration(
      "industryNode",
      "产业链环节",
      summary: "产业链的上中下游环节，各对应哪些行业、职业和用语。",
      identifier: "nodeId",
      title: "name",
      keys: [["chainId", "name"]],
      columns: ["nodeId", "name", "chainId", "stage", "gbIndustryCodes", "keywords"],
      filters: ["chainId", "stage", "gbIndustryCodes", "occupationCodes"],
      searched: ["name", "keywords", "nodeId"],
      facts: ["nodeId", "chainId", "stage", "gbIndustryCodes"],
      access: Access.ofCity,
      fields: [
        Field(\.nodeId, "nodeId", "环节代码", .identifier(40)).required().example("machinery-1"),
        Field(\.name, "name", "环节名称", .text(60)).required(),
        Field(\.chainId, "chainId", "产业链", .reference(kind: "industryChain")).required(),
        Field(\.stage, "stage", "位置", .choice(ChainStage.options)),
        Field(\.gbIndustryCodes, "gbIndustryCodes", "行业", .references(kind: "industry")),
        Field(\.occupationCodes, "occupationCodes", "职业", .references(kind: "occupation")),
        Field(\.keywords, "keywords", "用语", .list).help("岗位和专业的说明里出现时，认作这个环节。"),
      ]
    )
  }
}

/// Where a link stands in its chain (位置).
package enum ChainStage: String, Choice {
  case upstream, mid, downstream

  package var label: String {
    switch self {
    case .upstream: "上游"
    case .mid: "中游"
    case .downstream: "下游"
    }
  }

  package var aliases: [String] { self == .mid ? ["midstream"] : [] }
}
