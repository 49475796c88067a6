package import Calendar
package import Records

/// A number of the province or the nation that the city's own is compared with (比较基数).
package struct Benchmark: DeclaredRecord {
  package var key = ""
  package var label = ""
  package var value: Int?
  package var unit = ""
  package var asOf: CivilDate?
  package var basis = ""
  package var source = ""

  package init() {}

  package static var declaration: Declaration<Benchmark> {
    Declaration(
      "benchmark",
      "比较基数",
      summary: "算占全省比重、排位所用的数，注明是文件载明还是估算。",
      identifier: "key",
      title: "label",
      columns: ["key", "label", "value", "unit", "asOf", "basis", "source"],
      filters: ["unit"],
      searched: ["label", "key"],
      facts: ["key", "value", "unit", "asOf", "basis"],
      access: Access.ofCity,
      fields: [
        Field(\.key, "key", "基数代码", .identifier(60)).required().formerly("键"),
        Field(\.label, "label", "基数名称", .text(80)).required().formerly("名称"),
        Field(\.value, "value", "数值", .decimal(places: 2, 0...100_000_000_000_000)).required(),
        Field(\.unit, "unit", "单位", .text(20)),
        Field(\.asOf, "asOf", "统计时点", .date).required(),
        Field(\.basis, "basis", "性质", .text(120)).help("文件载明，还是估算；估算的写明算法。"),
        Field(\.source, "source", "来源", .text(120)),
      ]
    )
  }
}
