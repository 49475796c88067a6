package import Records
package import Values

/// A program of a catalogue (专业目录的一个专业).
///
/// See `registry.md` §3.3.
///
/// What holds: a code of the ministry's catalogue is six digits whose first two tell category and
/// level; a `K` behind them means that the state controls where the program may be opened.
package struct Program: DeclaredRecord {
  package var programCode = ""
  package var catalog: ProgramCatalog?
  package var programName = ""
  package var level: StudentLevel?
  package var majorCategoryCode = ""
  package var majorCategory = ""
  package var classCode = ""
  package var className = ""
  package var years = ""
  package var isStateControlled = false
  package var addedIn = ""
  package var occupationCodes: [String] = []
  package var typicalPosts: [String] = []

  package init() {}

  package static var declaration: Declaration<Program> {
    Declaration(
      "program",
      "专业目录",
      summary: "职业教育专业目录：专业代码、名称、层次和面向的职业。",
      identifier: "programCode",
      title: "programName",
      columns: ["programCode", "programName", "level", "majorCategory", "className", "years"],
      filters: ["level", "majorCategory", "className", "catalog", "isStateControlled", "addedIn"],
      searched: ["programName", "programCode"],
      facts: ["programCode", "level", "majorCategory", "className", "isStateControlled"],
      access: Access.ofCity,
      identifierShape: { ProgramCode($0) != nil },
      canonical: { ProgramCode($0)?.digits ?? $0 },
      fields: identity + use
    )
  }

  private static var identity: [Field<Program>] {
    [
      Field(\.programCode, "programCode", "专业代码", .identifier(12)).required()
        .formerly("code", "program_code", "专业编码").example("660301")
        .help("教育部目录为 6 位数字，末尾的 K 表示国家控制布点。"),
      Field(\.programName, "programName", "专业名称", .text(40)).required().formerly("name"),
      Field(\.catalog, "catalog", "目录", .choice(ProgramCatalog.options)).required()
        .fallback(.text("MOE2021")),
      Field(\.level, "level", "层次", .choice(StudentLevel.options)).formerly("学段", "培养层次")
        .help("教育部目录的专业可不填，由代码得出。"),
      Field(\.majorCategoryCode, "majorCategoryCode", "专业大类代码", .identifier(2))
        .formerly("category_code").derived(),
      Field(\.majorCategory, "majorCategory", "专业大类", .text(20)).formerly("category"),
      Field(\.classCode, "classCode", "专业类代码", .identifier(4)).formerly("class_code").derived(),
      Field(\.className, "className", "专业类", .text(20)).formerly("class"),
    ]
  }

  private static var use: [Field<Program>] {
    [
      Field(\.years, "years", "修业年限", .text(40)).formerly("学制").example("三年"),
      Field(\.isStateControlled, "isStateControlled", "国家控制布点", .boolean)
        .formerly("state_controlled").fallback(.boolean(false)),
      Field(\.addedIn, "addedIn", "增补年份", .identifier(10)).formerly("added").example("2025-12"),
      Field(\.occupationCodes, "occupationCodes", "面向职业", .references(kind: "occupation"))
        .help("职业分类大典的细类，可填代码或名称；匹配时据此判断专业与岗位是否相近。"),
      Field(\.typicalPosts, "typicalPosts", "典型岗位", .list),
    ]
  }

  package mutating func complete() {
    let printed = Text.code(programCode).uppercased()
    guard catalog != .technician, let code = ProgramCode(printed) else { return }
    programCode = code.digits
    if code.isStateControlled { isStateControlled = true }
    if level == nil { level = StudentLevel(code) }
    majorCategoryCode = String(code.digits.prefix(2))
    classCode = String(code.digits.prefix(4))
    if majorCategory.isEmpty { majorCategory = ProgramCatalog.categories[code.categoryIndex - 1] }
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard catalog != .technician else {
      return level == nil ? [Problem("REG-E-021", "level", "技工院校专业的代码看不出层次，请填写层次。")] : []
    }
    guard let code = ProgramCode(programCode) else {
      return [
        Problem(
          "REG-E-022",
          "programCode",
          "专业代码填的是“\(programCode)”，2021 年版目录的代码为 6 位数字，前两位在 21–39、41–59 或 61–79 之间，可能是旧版目录的代码，请改填现行代码；技工院校专业请把目录选为技工院校专业目录。"
        )
      ]
    }
    guard let level, let expected = StudentLevel(code), level != expected else { return [] }
    return [
      Problem(
        "REG-E-021",
        "level",
        "代码 \(programCode) 属于\(expected.label)（\(expected.codeRange) 开头），层次填的却是\(level.label)（应为 \(level.codeRange) 开头），请核对其中一项。"
      )
    ]
  }
}
