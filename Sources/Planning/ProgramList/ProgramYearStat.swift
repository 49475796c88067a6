package import Records
package import Values

/// What a school reports of one of its programs for a year (专业点年度数据).
///
/// See `program-list.md` §3.4 and its field dictionary.
///
/// What holds: no part is greater than its whole; who is admitted beside a plan of nought is told.
package struct ProgramYearStat: DeclaredRecord {
  package var statId = ""
  package var offeringId = ""
  package var schoolId = ""
  package var year: Int?
  package var planned: Int?
  package var firstChoice: Int?
  package var admitted: Int?
  package var registered: Int?
  package var enrolled: Int?
  package var graduates: Int?
  package var placedInitial: Int?
  package var placedYearEnd: Int?
  package var employed: Int?
  package var furtherStudy: Int?
  package var matched: Int?
  package var notMatched: Int?
  package var matchedMethod: MatchedMethod?
  package var employedKnownPlace: Int?
  package var localEmployed: Int?
  package var averageSalary: Fen?
  package var teachersFull: Int?
  package var teachersMid: Int?
  package var teachersSenior: Int?
  package var teachersDual: Int?
  package var equipment: Fen?
  package var stations: Int?
  package var validAgreements: Int?
  /// Tenths of a point of a hundred.
  package var satisfaction: Int?
  package var hasViolation: Bool?
  package var verified: Bool?
  package var source = ""

  package init() {}

  package static var declaration: Declaration<ProgramYearStat> {
    Declaration(
      "programYearStat",
      "专业点年度数据",
      summary: "每个专业点每年的招生、就业、师资和设备，专业设置正负面清单由它算出。",
      identifier: "statId",
      prefix: "ZN",
      title: "statId",
      keys: [["offeringId", "year"]],
      columns: [
        "offeringId", "year", "planned", "admitted", "registered", "graduates", "placedInitial",
        "verified",
      ],
      filters: ["schoolId", "offeringId", "year", "verified"],
      searched: ["statId"],
      facts: ["offeringId", "schoolId", "year", "planned", "admitted", "graduates"],
      publicWhen: ["verified": ["true"]],
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      yearly: Yearly("year", "planned", "admitted", "registered", "graduates"),
      fields: whose + intake + leaving + means
    )
  }

  private static var whose: [Field<ProgramYearStat>] {
    [
      Field(\.statId, "statId", "编号", .identifier(20)).help("不填则自动编号，以后不变。").section("哪个专业点"),
      Field(\.offeringId, "offeringId", "专业点", .reference(kind: "programOffering")).required()
        .section("哪个专业点"),
      Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
        .help("与专业点的学校相同。").section("哪个专业点"),
      Field(\.year, "year", "年度", .integer(1990...2199)).required().section("哪个专业点"),
    ]
  }

  private static var intake: [Field<ProgramYearStat>] {
    [
      count(\.planned, "planned", "招生计划").required(), count(\.firstChoice, "firstChoice", "一志愿录取"),
      count(\.admitted, "admitted", "录取").required(),
      count(\.registered, "registered", "报到").required(),
      count(\.enrolled, "enrolled", "在校生").required(),
    ].section("招生")
  }

  private static var leaving: [Field<ProgramYearStat>] {
    [
      count(\.graduates, "graduates", "毕业生").required(),
      count(\.placedInitial, "placedInitial", "初次落实").help("8 月 31 日就业、创业、灵活就业和升学之和。"),
      count(\.placedYearEnd, "placedYearEnd", "年终落实").help("12 月 31 日。"),
      count(\.employed, "employed", "就业"), count(\.furtherStudy, "furtherStudy", "升学"),
      count(\.matched, "matched", "对口就业"), count(\.notMatched, "notMatched", "不对口就业"),
      Field(\.matchedMethod, "matchedMethod", "对口判定", .choice(MatchedMethod.options)),
      count(\.employedKnownPlace, "employedKnownPlace", "就业地已知"),
      count(\.localEmployed, "localEmployed", "本市就业"),
      Field(\.averageSalary, "averageSalary", "平均月薪", .money).unit("元")
        .help("不少于 10 人才填。"),
    ].section("毕业去向")
  }

  private static var means: [Field<ProgramYearStat>] {
    [
      count(\.teachersFull, "teachersFull", "专任专业教师"),
      count(\.teachersMid, "teachersMid", "中级及以上"),
      count(\.teachersSenior, "teachersSenior", "副高及以上"),
      count(\.teachersDual, "teachersDual", "双师型"),
      Field(\.equipment, "equipment", "设备值", .money).unit("元"),
      Field(\.stations, "stations", "实训工位", .integer(0...1_000_000)).unit("个"),
      Field(\.validAgreements, "validAgreements", "有效协议", .integer(0...100_000)).unit("份"),
      Field(\.satisfaction, "satisfaction", "满意度", .decimal(places: 1, 0...1_000)).unit("分")
        .help("百分制。"),
      Field(\.hasViolation, "hasViolation", "查实的严重违规", .boolean).privacy(.internal),
      Field(\.source, "source", "来源", .text(120)),
      Field(\.verified, "verified", "已核验", .boolean).fallback(.boolean(false))
        .help("只有已核验的数据参加清单计算，并公开。"),
    ].section("师资、设备与其他")
  }

  private static func count(
    _ path: any WritableKeyPath<ProgramYearStat, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<ProgramYearStat> {
    Field(path, name, label, .integer(0...1_000_000)).unit("人")
  }

  package mutating func complete() {
    if matched != nil, matchedMethod == nil { matchedMethod = .selfReport }
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    let parts: [(String, String, Int?, String, Int?)] = [
      ("registered", "报到", registered, "录取", admitted),
      ("firstChoice", "一志愿录取", firstChoice, "录取", admitted),
      ("placedInitial", "初次落实", placedInitial, "毕业生", graduates),
      ("placedYearEnd", "年终落实", placedYearEnd, "毕业生", graduates),
      ("employed", "就业与升学之和", employed.map { $0 + (furtherStudy ?? 0) }, "毕业生", graduates),
      (
        "matched", "对口与不对口就业之和", matched.map { $0 + (notMatched ?? 0) }, "就业", employed
      ), ("employedKnownPlace", "就业地已知", employedKnownPlace, "就业", employed),
      ("localEmployed", "本市就业", localEmployed, "就业地已知", employedKnownPlace),
      ("teachersMid", "中级及以上教师", teachersMid, "专任专业教师", teachersFull),
      ("teachersSenior", "副高及以上教师", teachersSenior, "专任专业教师", teachersFull),
      ("teachersDual", "双师型教师", teachersDual, "专任专业教师", teachersFull),
    ]
    for (field, label, part, wholeLabel, whole) in parts {
      guard let part, let whole, part > whole else { continue }
      problems.append(
        Problem("PLN-E-030", field, "\(label) \(part) 人多于\(wholeLabel) \(whole) 人，请核对这两格。")
      )
    }
    if planned == 0, let admitted, admitted > 0 {
      problems.append(
        Problem("PLN-W-031", "planned", "招生计划为 0，却录取了 \(admitted) 人：无计划招生，请核实。")
      )
    }
    let own = surroundings.referred("programOffering", offeringId, "schoolId").text
    if let own, !schoolId.isEmpty, own != schoolId {
      problems.append(Problem("PLN-E-032", "schoolId", "专业点 \(offeringId) 属于另一所学校，请核对。"))
    }
    return problems
  }
}

/// How it was found whether work fits the program (对口判定).
package enum MatchedMethod: String, Choice {
  case occupationMap, selfReport

  package var label: String { self == .occupationMap ? "职业对应表" : "本人自述" }
}
