package import Records

/// A program one school offers (专业点), the unit of most counts of programs.
///
/// See `registry.md` §3.3.
///
/// What holds: the level of the program is one the kind of school may offer; it is not withdrawn
/// before it is opened.
package struct ProgramOffering: DeclaredRecord {
  package var offeringId = ""
  package var offeringName = ""
  package var schoolId = ""
  package var programCode = ""
  package var catalog: ProgramCatalog?
  package var direction = ""
  package var durationYears: Int?
  package var studyMode: StudyMode?
  package var status: OfferingStatus?
  package var openedIn: Int?
  package var lastIntakeYear: Int?
  package var closedIn: Int?
  package var groupId = ""
  package var industryChainIds: [String] = []
  package var enrolledStudents: Int?
  package var graduatesThisYear: Int?
  package var skillTerms: [String] = []
  package var certificateRefs: [String] = []
  package var isProtected: Bool?

  package init() {}

  package static var declaration: Declaration<ProgramOffering> {
    Declaration(
      "programOffering",
      "专业点",
      summary: "各校开设的专业，一校一专业（方向、学制、学习形式）一条。",
      identifier: "offeringId",
      prefix: "ZD",
      title: "offeringName",
      keys: [["schoolId", "programCode", "direction", "durationYears", "studyMode"]],
      columns: [
        "schoolId", "programCode", "direction", "durationYears", "studyMode", "enrolledStudents",
        "graduatesThisYear", "status",
      ],
      filters: [
        "schoolId", "programCode", "status", "studyMode", "durationYears", "industryChainIds",
        "groupId",
      ],
      searched: ["offeringName", "direction", "programCode", "skillTerms"],
      facts: ["schoolId", "programCode", "durationYears", "studyMode", "status"],
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      fields: identity + life + content
    )
  }

  private static var identity: [Field<ProgramOffering>] {
    [
      Field(\.offeringId, "offeringId", "专业点编号", .identifier(20)).help("不填则自动编号，以后不变。")
        .section("身份"),
      Field(\.offeringName, "offeringName", "专业点名称", .text(120)).formerly("name")
        .help("便于辨认，如校名加专业名。").section("身份"),
      Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
        .formerly("schoolName", "学校名称").section("身份"),
      Field(\.programCode, "programCode", "专业", .reference(kind: "program")).required()
        .formerly("program_code", "专业代码").unknown("REG-E-025")
        .help("可填专业代码或名称；同名专业有不同层次时请填代码。").example("660301").section("身份"),
      Field(\.catalog, "catalog", "目录", .choice(ProgramCatalog.options)).required()
        .fallback(.text("MOE2021")).section("身份"),
      Field(\.direction, "direction", "专业方向", .text(40)).section("身份"),
      Field(\.durationYears, "durationYears", "学制", .integer(1...6)).required().unit("年")
        .section("身份"),
      Field(\.studyMode, "studyMode", "学习形式", .choice(StudyMode.options)).required().section("身份"),
    ]
  }

  private static var life: [Field<ProgramOffering>] {
    [
      Field(\.status, "status", "状态", .choice(OfferingStatus.options)).required()
        .fallback(.text("recruiting")).section("状态"),
      Field(\.openedIn, "openedIn", "设置年份", .integer(1900...2199)).section("状态"),
      Field(\.lastIntakeYear, "lastIntakeYear", "最近招生年份", .integer(1900...2199)).section("状态"),
      Field(\.closedIn, "closedIn", "撤销年份", .integer(1900...2199))
        .only(when: "status", is: "withdrawn").section("状态"),
    ]
  }

  private static var content: [Field<ProgramOffering>] {
    [
      Field(\.groupId, "groupId", "所属专业群", .reference(kind: "programGroup")).section("培养"),
      Field(
        \.industryChainIds,
        "industryChainIds",
        "服务产业链",
        .references(kind: "industryChain")
      ).section("培养"),
      Field(\.enrolledStudents, "enrolledStudents", "在校生", .integer(0...100_000)).unit("人")
        .section("培养"),
      Field(\.graduatesThisYear, "graduatesThisYear", "本年毕业生", .integer(0...100_000)).unit("人")
        .section("培养"),
      Field(\.skillTerms, "skillTerms", "主要技能", .list).help("匹配岗位时比较，如：数控车削、PLC 编程。")
        .section("培养"),
      Field(\.certificateRefs, "certificateRefs", "对应证书", .list).help("证书表中的代码。")
        .section("培养"),
      Field(\.isProtected, "isProtected", "保护类", .boolean).privacy(.internal)
        .fallback(.boolean(false)).help("农林、养老托育、护理、非遗、民族和特殊教育等，不自动亮红牌。").section("培养"),
    ]
  }
}
