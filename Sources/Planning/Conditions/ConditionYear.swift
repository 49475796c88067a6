package import Calendar
import Indicators
package import Records
package import Values

/// What a school has in a year, by which the conditions it must meet are judged (办学条件年度数据).
///
/// See `conditions.md` §9.5. Land and buildings count as owned or used by nobody else; what is being
/// built does not count yet.
package struct ConditionYear: DeclaredRecord {
  package var conditionId = ""
  package var schoolId = ""
  package var year: Int?
  package var schoolType: ConditionSchoolType?
  package var subType: ConditionSubType?
  package var inScope: Bool?
  package var studentsFullTime: Int?
  /// Tenths: a student by correspondence counts a tenth.
  package var studentsConverted: Int?
  package var studentParts = CellRows()
  package var landOwnedSqm: Int?
  package var landExclusiveSqm: Int?
  package var buildingOwnedSqm: Int?
  package var buildingExclusiveSqm: Int?
  package var teachingAdminSqm: Int?
  package var practiceSqm: Int?
  package var dormSqm: Int?
  package var underConstructionSqm: Int?
  package var teachersFull: Int?
  package var teachersExternal: Int?
  package var teachersSenior: Int?
  package var teachersGraduateDegree: Int?
  package var teachersSpecialised: Int?
  package var teachersDual: Int?
  package var teachersEnterprise: Int?
  package var equipment: Fen?
  package var newEquipment: Fen?
  package var booksPrinted: Int?
  package var booksNew: Int?
  package var computers: Int?
  package var seats: Int?
  package var status: ConditionStatus?
  package var asOf: CivilDate?

  /// Whether it counts for the rate of the city and its counties: in scope, and verified by the city.
  package var counts: Bool {
    inScope == true && ConditionStatus.open.contains(status?.rawValue ?? "")
  }

  package init() {}

  /// Its fields as rules speak of them.
  static let variables = RecordVariables(Kind(ConditionYear.self))

  package static var declaration: Declaration<ConditionYear> {
    Declaration(
      "conditionYear",
      "办学条件年度数据",
      summary: "每校每年一行：学生、占地、校舍、教师、设备、图书，按它判断办学条件是否达标。",
      identifier: "conditionId",
      prefix: "BX",
      title: "conditionId",
      keys: [["schoolId", "year"]],
      columns: [
        "schoolId", "year", "schoolType", "studentsFullTime", "teachersFull", "inScope", "status",
      ],
      filters: ["year", "schoolType", "status", "inScope", "schoolId"],
      searched: ["conditionId"],
      facts: ["schoolId", "year", "schoolType", "status", "asOf"],
      publicWhen: ["status": ConditionStatus.open],
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      fields: head + students + place + teachers + things + state
    )
  }

  private static var head: [Field<ConditionYear>] {
    [
      Field(\.conditionId, "conditionId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required(),
      Field(\.year, "year", "年度", .integer(2000...2100)).required().example("2022"),
      Field(\.schoolType, "schoolType", "学校类型", .choice(ConditionSchoolType.options)).required(),
      Field(\.subType, "subType", "科类", .choice(ConditionSubType.options)).required()
        .only(when: "schoolType", in: ["higherVocational", "vocationalBachelor"]),
      Field(\.inScope, "inScope", "纳入达标统计", .boolean).required()
        .help("附设中职班、2022 年起新设的学校不纳入，但照样显示。"),
    ]
  }

  private static var students: [Field<ConditionYear>] {
    [
      count(\.studentsFullTime, "studentsFullTime", "全日制在校生", "人").required(),
      Field(
        \.studentParts,
        "studentParts",
        "在校生构成",
        .rows([
          Column("part", "类别", options: StudentPart.options), Column("count", "人数"),
        ])
      )
      .only(when: "schoolType", in: ["higherVocational", "vocationalBachelor"])
      .help("填了就按它算折合在校生。"),
      Field(
        \.studentsConverted,
        "studentsConverted",
        "折合在校生",
        .decimal(places: 1, 0...10_000_000)
      ).unit("人").only(when: "schoolType", in: ["higherVocational", "vocationalBachelor"]),
    ]
  }

  private static var place: [Field<ConditionYear>] {
    [
      area(\.landOwnedSqm, "landOwnedSqm", "自有占地").required()
        .help("平方米，不含教工住宅和独立的附属单位。1 亩约 666.67 平方米。"),
      area(\.landExclusiveSqm, "landExclusiveSqm", "非产权独立使用占地").required(),
      area(\.buildingOwnedSqm, "buildingOwnedSqm", "自有校舍").required(),
      area(\.buildingExclusiveSqm, "buildingExclusiveSqm", "非产权独立使用校舍").required(),
      area(\.teachingAdminSqm, "teachingAdminSqm", "教学行政用房"),
      area(\.practiceSqm, "practiceSqm", "实训用房"), area(\.dormSqm, "dormSqm", "学生宿舍"),
      area(\.underConstructionSqm, "underConstructionSqm", "在建").help("不计入。"),
    ]
  }

  private static var teachers: [Field<ConditionYear>] {
    [
      count(\.teachersFull, "teachersFull", "专任教师", "人").required(),
      count(\.teachersExternal, "teachersExternal", "聘请校外教师", "人").required(),
      count(\.teachersSenior, "teachersSenior", "高级职称教师", "人"),
      count(\.teachersGraduateDegree, "teachersGraduateDegree", "研究生学位教师", "人"),
      count(\.teachersSpecialised, "teachersSpecialised", "专业课教师", "人"),
      count(\.teachersDual, "teachersDual", "双师型教师", "人"),
      count(\.teachersEnterprise, "teachersEnterprise", "企业兼职教师", "人"),
    ]
  }

  private static var things: [Field<ConditionYear>] {
    [
      Field(\.equipment, "equipment", "仪器设备总值", .money).unit("元").required(),
      Field(\.newEquipment, "newEquipment", "当年新增设备值", .money).unit("元"),
      count(\.booksPrinted, "booksPrinted", "纸质图书", "册").required(),
      count(\.booksNew, "booksNew", "当年新增图书", "册"),
      count(\.computers, "computers", "教学用计算机", "台"),
      count(\.seats, "seats", "多媒体及语音座位", "个"),
    ]
  }

  private static var state: [Field<ConditionYear>] {
    [
      Field(\.status, "status", "状态", .choice(ConditionStatus.options)).required()
        .fallback(.text("draft")).help("市级核过的谁都能看。"),
      Field(\.asOf, "asOf", "统计时点", .date).required().example("2022-09-01"),
    ]
  }

  private static func count(
    _ path: any WritableKeyPath<ConditionYear, Int?> & Sendable,
    _ name: String,
    _ label: String,
    _ unit: String
  ) -> Field<ConditionYear> {
    Field(path, name, label, .integer(0...100_000_000)).unit(unit)
  }

  private static func area(
    _ path: any WritableKeyPath<ConditionYear, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<ConditionYear> {
    Field(path, name, label, .decimal(places: 2, 0...10_000_000_000)).unit("㎡")
  }

  package mutating func complete() {
    if let converted = StudentPart.converted(studentParts.rows) { studentsConverted = converted }
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    func atMost(_ part: Int?, _ path: String, _ label: String) {
      guard let part, let teachersFull, part > teachersFull else { return }
      problems.append(
        Problem("PLN-E-001", path, "\(label) \(part) 人，多于专任教师 \(teachersFull) 人，请核对。")
      )
    }
    atMost(teachersSenior, "teachersSenior", "高级职称教师")
    atMost(teachersGraduateDegree, "teachersGraduateDegree", "研究生学位教师")
    atMost(teachersSpecialised, "teachersSpecialised", "专业课教师")
    atMost(teachersDual, "teachersDual", "双师型教师")
    if let newEquipment, let equipment, newEquipment.amount > equipment.amount {
      problems.append(Problem("PLN-E-002", "newEquipment", "当年新增多于总值，请核对单位是元还是万元。"))
    }
    if !studentParts.rows.isEmpty, StudentPart.converted(studentParts.rows) == nil {
      problems.append(Problem("PLN-E-003", "studentParts", "人数应为不小于 0 的整数。"))
    }
    if let equipment, equipment.amount > 0, equipment.amount < 1_000_000 {
      problems.append(
        Problem("PLN-W-001", "equipment", "仪器设备总值不到 1 万元，是不是按万元填了？")
      )
    }
    return problems
  }
}

/// A sort of student, and as how many one counts (教发〔2004〕2号).
package enum StudentPart: String, Choice {
  case undergraduate, college, master, doctor, foreign, preparatory, furtherStudy, adultFullTime
  case evening, correspondence

  package var label: String {
    switch self {
    case .undergraduate: "普通本科生"
    case .college: "普通专科生"
    case .master: "硕士生"
    case .doctor: "博士生"
    case .foreign: "留学生"
    case .preparatory: "预科生"
    case .furtherStudy: "进修生"
    case .adultFullTime: "成人脱产班学生"
    case .evening: "夜大（业余）学生"
    case .correspondence: "函授生"
    }
  }

  /// As how many tenths of a student one counts.
  var tenths: Int {
    switch self {
    case .undergraduate, .college, .preparatory, .furtherStudy, .adultFullTime: 10
    case .master: 15
    case .doctor: 20
    case .foreign: 30
    case .evening: 3
    case .correspondence: 1
    }
  }

  /// The converted students of a table, in tenths; `nil` for an empty one, or one with a wrong number.
  static func converted(_ rows: [[String]]) -> Int? {
    guard !rows.isEmpty else { return nil }
    var sum = 0
    for row in rows where row.count >= 2 {
      guard let part = StudentPart(rawValue: row[0]), let count = Int(row[1]),
        (0...1_000_000).contains(count)
      else { return nil }
      sum += part.tenths * count
    }
    return sum
  }
}
