package import Calendar
package import Records
package import Values

/// How a school closes a gap in its conditions, by when (补齐方案).
package struct GapPlan: DeclaredRecord {
  package var planId = ""
  package var schoolId = ""
  package var indicatorCode = ""
  package var measure: GapMeasure?
  /// Hundredths of the indicator's unit of what is added.
  package var amount: Int?
  package var dueDate: CivilDate?
  package var cost: Fen?
  package var leadOrg = ""
  package var projectCode = ""
  package var progress = CellRows()
  package var status: GapPlanStatus?

  package init() {}

  package static var declaration: Declaration<GapPlan> {
    Declaration(
      "gapPlan",
      "补齐方案",
      summary: "办学条件缺多少、怎样补、补多少、何时补完、办到哪一步。",
      identifier: "planId",
      prefix: "BQ",
      title: "planId",
      columns: [
        "schoolId", "indicatorCode", "measure", "amount", "dueDate", "cost", "status",
      ],
      filters: ["schoolId", "indicatorCode", "measure", "status"],
      searched: ["planId", "leadOrg"],
      facts: ["schoolId", "indicatorCode", "measure", "amount", "dueDate", "status"],
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      fields: [
        Field(\.planId, "planId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required(),
        Field(\.indicatorCode, "indicatorCode", "指标", .reference(kind: "conditionIndicator"))
          .required(),
        Field(\.measure, "measure", "办法", .choice(GapMeasure.options)).required(),
        Field(\.amount, "amount", "补多少", .decimal(places: 2, 1...10_000_000_000_000)).required()
          .help("单位同指标的“补的单位”。"),
        Field(\.dueDate, "dueDate", "完成期限", .date).required(),
        Field(\.cost, "cost", "费用", .money).unit("元"),
        Field(\.leadOrg, "leadOrg", "牵头单位", .text(60)).required(),
        Field(\.projectCode, "projectCode", "项目代码", .identifier(40)),
        Field(
          \.progress,
          "progress",
          "进展",
          .rows([Column("on", "日期"), Column("text", "办了什么")])
        ),
        Field(\.status, "status", "状态", .choice(GapPlanStatus.options)).required()
          .fallback(.text("proposed")),
      ]
    )
  }
}
