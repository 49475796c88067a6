package import Records
import Values

/// What the ministry says a program prepares for (专业简介).
package struct ProgramIntro: DeclaredRecord {
  package var programCode = ""
  package var name = ""
  package var level: StudentLevel?
  package var orientation = ""
  package var occupations: [String] = []
  package var posts: [String] = []
  package var goal = ""
  package var abilities = ""
  package var coursesBasic = ""
  package var coursesCore = ""
  package var practice = ""
  package var certificates = ""
  package var furtherStudy = ""

  package init() {}

  package static var declaration: Declaration<ProgramIntro> {
    Declaration(
      "programIntro",
      "专业简介",
      summary: "每个专业的职业面向、培养目标、主要能力、课程和证书。",
      identifier: "programCode",
      title: "name",
      columns: ["programCode", "name", "level", "occupations", "posts"],
      filters: ["level"],
      searched: ["name", "programCode", "orientation", "abilities"],
      facts: ["programCode", "level", "occupations", "posts"],
      access: Access.ofCity,
      identifierShape: { ProgramCode($0) != nil },
      canonical: { ProgramCode($0)?.digits ?? $0 },
      fields: identity + content
    )
  }

  private static var identity: [Field<ProgramIntro>] {
    [
      Field(\.programCode, "programCode", "专业代码", .identifier(12)).required()
        .formerly("code", "program_code").example("660301"),
      Field(\.name, "name", "专业名称", .text(40)).required().formerly("programName"),
      Field(\.level, "level", "层次", .choice(StudentLevel.options)).required(),
      Field(\.orientation, "orientation", "职业面向", .longText(20000)),
      Field(\.occupations, "occupations", "面向职业", .list),
      Field(\.posts, "posts", "面向岗位", .list),
    ]
  }

  private static var content: [Field<ProgramIntro>] {
    [
      Field(\.goal, "goal", "培养目标", .longText(20000)),
      Field(\.abilities, "abilities", "主要专业能力", .longText(20000)),
      Field(\.coursesBasic, "coursesBasic", "专业基础课程", .longText(20000)).formerly("courses_basic"),
      Field(\.coursesCore, "coursesCore", "专业核心课程", .longText(20000)).formerly("courses_core"),
      Field(\.practice, "practice", "实习实训", .longText(20000)),
      Field(\.certificates, "certificates", "证书举例", .longText(20000)),
      Field(\.furtherStudy, "furtherStudy", "接续专业", .longText(20000)).formerly("further_study"),
    ]
  }

  package mutating func complete() {
    programCode = ProgramCode(programCode)?.digits ?? programCode
    abilities = Self.lines(abilities)
    coursesBasic = Self.lines(coursesBasic)
    coursesCore = Self.lines(coursesCore)
  }

  /// One line for each of the items that files join with a bar.
  private static func lines(_ text: String) -> String { text.replacing("|", with: "\n") }
}
