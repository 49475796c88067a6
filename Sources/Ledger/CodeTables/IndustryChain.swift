package import Records

/// An industry chain of the city (产业链).
///
/// See `registry.md` §3.4.
package struct IndustryChain: DeclaredRecord {
  package var chainId = ""
  package var name = ""
  package var leadDepartment = ""
  package var isCluster = false

  package init() {}

  package static var declaration: Declaration<IndustryChain> {
    Declaration(
      "industryChain",
      "产业链",
      summary: "本市的产业链与产业集群，专业和企业据此对接。",
      identifier: "chainId",
      title: "name",
      keys: [["name"]],
      columns: ["chainId", "name", "leadDepartment", "isCluster"],
      filters: ["isCluster", "leadDepartment"],
      searched: ["name", "chainId"],
      facts: ["chainId", "leadDepartment", "isCluster"],
      access: Access.ofCity,
      fields: [
        Field(\.chainId, "chainId", "产业链代码", .identifier(40)).required().example("machinery"),
        Field(\.name, "name", "产业链名称", .text(40)).required(),
        Field(\.leadDepartment, "leadDepartment", "牵头部门", .text(60)),
        Field(\.isCluster, "isCluster", "产业集群", .boolean).fallback(.boolean(false))
          .help("计入产业集群覆盖率。"),
      ]
    )
  }
}
