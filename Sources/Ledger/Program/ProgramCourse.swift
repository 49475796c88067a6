package import Records
import Values

/// A course a teaching standard names for a program (专业课程).
package struct ProgramCourse: DeclaredRecord {
  package var courseId = ""
  package var programCode = ""
  package var program = ""
  package var level: StudentLevel?
  package var seq: Int?
  package var course = ""

  package init() {}

  package static var declaration: Declaration<ProgramCourse> {
    Declaration(
      "programCourse",
      "专业课程",
      summary: "专业教学标准列出的课程，匹配时据此认出专业教什么。",
      identifier: "courseId",
      prefix: "KC",
      title: "course",
      keys: [["programCode", "course"]],
      columns: ["programCode", "program", "level", "seq", "course"],
      filters: ["programCode", "level"],
      searched: ["course", "program", "programCode"],
      facts: ["programCode", "program", "level", "seq"],
      access: Access.ofCity,
      fields: [
        Field(\.courseId, "courseId", "课程编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.programCode, "programCode", "专业代码", .identifier(12)).required()
          .formerly("program_code").example("660301"),
        Field(\.program, "program", "专业名称", .text(40)).formerly("programName"),
        Field(\.level, "level", "层次", .choice(StudentLevel.options)),
        Field(\.seq, "seq", "序号", .integer(0...1000)),
        Field(\.course, "course", "课程名称", .text(80)).required().formerly("课程"),
      ]
    )
  }

  package mutating func complete() {
    if level == nil { level = ProgramCode(programCode).flatMap { StudentLevel($0) } }
  }
}
