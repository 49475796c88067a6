package import Records

/// An occupation a program prepares for, as one of the printed tables has it (专业与职业对应).
///
/// Codes are kept as printed, not as references: the tables also name ordinary university programs
/// and whole groups of occupations, and the catalogues of a city may hold only a part.
package struct ProgramOccupation: DeclaredRecord {
  package var linkId = ""
  package var programCode = ""
  package var program = ""
  package var level = ""
  package var occupationCode = ""
  package var occupation = ""
  package var status = ""

  package init() {}

  package static var declaration: Declaration<ProgramOccupation> {
    Declaration(
      "programOccupation",
      "专业与职业对应",
      summary: "专业面向哪些职业，据公布的对照表和教学标准。",
      identifier: "linkId",
      prefix: "PO",
      title: "occupation",
      keys: [["programCode", "occupationCode"]],
      columns: ["programCode", "program", "level", "occupationCode", "occupation", "status"],
      filters: ["programCode", "occupationCode", "level", "status"],
      searched: ["program", "occupation", "programCode", "occupationCode"],
      facts: ["programCode", "program", "level", "occupationCode", "status"],
      access: Access.ofCity,
      fields: [
        Field(\.linkId, "linkId", "对应编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.programCode, "programCode", "专业代码", .identifier(12)).required()
          .formerly("program_code").example("660301"),
        Field(\.program, "program", "专业名称", .text(40)).formerly("programName"),
        Field(\.level, "level", "层次", .text(20)).help("可含普通本科（general_bachelor）。"),
        Field(\.occupationCode, "occupationCode", "职业代码", .identifier(12)).required()
          .formerly("occupation_code").example("6-31-01-03"),
        Field(\.occupation, "occupation", "职业名称", .text(60)).formerly("occupation_name", "职业"),
        Field(\.status, "status", "核对情况", .text(20)).help("ok 表示与职业分类大典一致。"),
      ]
    )
  }
}
