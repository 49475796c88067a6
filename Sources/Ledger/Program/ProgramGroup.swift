package import Calendar
package import Records
package import Values

/// A group of programs around a core program of one school (专业群).
///
/// See `registry.md` §3.3.
package struct ProgramGroup: DeclaredRecord {
  package var groupId = ""
  package var groupName = ""
  package var schoolId = ""
  package var coreProgramCode = ""
  package var memberProgramCodes: [String] = []
  package var industryChainIds: [String] = []
  package var establishedOn: CivilDate?
  package var status: RecordStatus?

  package init() {}

  package static var declaration: Declaration<ProgramGroup> {
    Declaration(
      "programGroup",
      "专业群",
      summary: "各校的专业群：一个核心专业和相关专业。",
      identifier: "groupId",
      prefix: "ZQ",
      title: "groupName",
      keys: [["schoolId", "groupName"]],
      columns: ["groupName", "schoolId", "coreProgramCode", "memberProgramCodes", "status"],
      filters: ["schoolId", "industryChainIds", "status"],
      facts: ["schoolId", "coreProgramCode", "industryChainIds", "establishedOn", "status"],
      publicWhen: RecordStatus.isOpen,
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      fields: [
        Field(\.groupId, "groupId", "专业群编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.groupName, "groupName", "专业群名称", .text(80)).required().formerly("name"),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
          .formerly("学校名称"),
        Field(\.coreProgramCode, "coreProgramCode", "核心专业", .reference(kind: "program"))
          .formerly("corePrograms"),
        Field(
          \.memberProgramCodes,
          "memberProgramCodes",
          "群内专业",
          .references(kind: "program")
        ).help("含核心专业，一般 2 到 6 个。"),
        Field(
          \.industryChainIds,
          "industryChainIds",
          "服务产业链",
          .references(kind: "industryChain")
        ),
        Field(\.establishedOn, "establishedOn", "组建日期", .date),
        Field(\.status, "status", "状态", .choice(RecordStatus.options)).required()
          .fallback(.text("active")),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    let count = Set(memberProgramCodes + [coreProgramCode]).subtracting([""]).count
    guard !memberProgramCodes.isEmpty, !(2...6).contains(count) else { return [] }
    return [
      Problem(
        "REG-W-026",
        "memberProgramCodes",
        "专业群含核心专业共 \(count) 个专业，一般为 2 到 6 个，请核对。"
      )
    ]
  }
}
