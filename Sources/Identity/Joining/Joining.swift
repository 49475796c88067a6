package import Calendar
package import Records
package import Values

/// An organisation that asks to use the platform: an enterprise by its credit code, a school by its code.
///
/// Its county, or the city's bureau, confirms it; then the person who asked has an account, and acts for
/// this organisation and no other.
package struct Joining: DeclaredRecord {
  /// The identifier.
  package var joiningId = ""
  /// What joins.
  package var organisationKind: JoiningKind?
  /// The unified social credit code of an enterprise.
  package var uscc = ""
  /// The code of a school: of the ministry, or of the labour office for technician schools.
  package var schoolCode = ""
  /// What it is called.
  package var organisationName = ""
  /// The county it lies in.
  package var regionCode = ""
  /// The industry of an enterprise.
  package var gbIndustryCode = ""
  /// Who asks.
  package var contactName = ""
  /// What they are there.
  package var position = ""
  /// Their telephone.
  package var phone = ""
  /// The login name they wish.
  package var loginName = ""
  /// Whether they have read the notice on personal data.
  package var hasReadNotice: Bool?
  /// How it stands.
  package var status: JoiningStatus?
  /// Who decided.
  package var decidedBy = ""
  /// Why it was refused.
  package var reason = ""
  /// The day it was decided.
  package var decidedOn: CivilDate?
  /// The organisation it became.
  package var organisationId = ""
  /// The account it became.
  package var accountId = ""

  /// One with nothing filled in.
  package init() {}

  /// What somebody who asks fills in.
  package static let asked = [
    "organisationKind", "uscc", "schoolCode", "organisationName", "regionCode", "gbIndustryCode",
    "contactName", "position", "phone", "loginName", "hasReadNotice",
  ]

  /// The declaration.
  package static var declaration: Declaration<Joining> {
    Declaration(
      "joining",
      "入驻申请",
      summary: "企业凭统一社会信用代码、学校凭学校代码申请使用平台，由所在县或市教育局确认。",
      identifier: "joiningId",
      prefix: "J",
      title: "organisationName",
      columns: ["organisationName", "organisationKind", "regionCode", "status", "decidedOn"],
      filters: ["status", "organisationKind", "regionCode"],
      searched: ["organisationName", "uscc", "schoolCode"],
      facts: ["organisationKind", "regionCode", "status"],
      isPublic: false,
      access: [
        // Asking and deciding are acts of their own, not of the form.
        Grant(
          [.countyBureau],
          may: [.read, .history, .confirm],
          .region("regionCode"),
          upTo: .personal
        ),
        Grant([.cityBureau], may: [.read, .history, .confirm], .everything, upTo: .personal),
        Grant([.securityAdmin, .auditAdmin], may: Set<Act>.reading, .everything),
      ],
      fields: organisation + person + decision
    )
  }

  private static var organisation: [Field<Joining>] {
    [
      Field(\.joiningId, "joiningId", "受理编号", .identifier(20)).privacy(.internal).section("单位"),
      Field(\.organisationKind, "organisationKind", "单位类型", .choice(JoiningKind.options)).required()
        .privacy(.internal).section("单位"),
      Field(\.uscc, "uscc", "统一社会信用代码", .uscc).required()
        .only(when: "organisationKind", in: ["enterprise"]).privacy(.internal).section("单位"),
      Field(\.schoolCode, "schoolCode", "学校代码", .identifier(20)).required()
        .only(when: "organisationKind", in: ["school"]).privacy(.internal)
        .help("学校标识码，技工院校填技工院校代码。").section("单位"),
      Field(\.organisationName, "organisationName", "单位全称", .text(100)).required().privacy(
        .internal
      )
      .section("单位"),
      Field(\.regionCode, "regionCode", "所在县（市、区）", .reference(kind: "region")).required()
        .privacy(.internal).section("单位"),
      Field(\.gbIndustryCode, "gbIndustryCode", "行业", .reference(kind: "industry")).required()
        .only(when: "organisationKind", in: ["enterprise"]).privacy(.internal)
        .help("平台还没有你的企业时用来登记。").section("单位"),
    ]
  }

  private static var person: [Field<Joining>] {
    [
      Field(\.contactName, "contactName", "联系人", .text(40)).required().privacy(.personal)
        .masked(as: .name).section("办事的人"),
      Field(\.position, "position", "职务", .text(40)).required().privacy(.internal).section("办事的人"),
      Field(\.phone, "phone", "电话", .identifier(20)).required().privacy(.personal)
        .masked(as: .phone).section("办事的人"),
      Field(\.loginName, "loginName", "想用的登录名", .text(32)).required().privacy(.internal)
        .help("3 至 32 个小写字母、数字、点、下划线或连字符。").section("办事的人"),
      Field(\.hasReadNotice, "hasReadNotice", "已读隐私说明", .boolean).required().privacy(.internal)
        .help("说明在 /privacy：收什么、为什么、存多久、怎样查阅更正。").section("办事的人"),
    ]
  }

  private static var decision: [Field<Joining>] {
    [
      Field(\.status, "status", "状态", .choice(JoiningStatus.options)).required()
        .fallback(.text("waiting")).privacy(.internal).section("办理"),
      Field(\.decidedBy, "decidedBy", "办理人", .text(80)).privacy(.internal).section("办理"),
      Field(\.reason, "reason", "理由", .text(200)).privacy(.internal).section("办理"),
      Field(\.decidedOn, "decidedOn", "办理日期", .date).privacy(.internal).section("办理"),
      Field(\.organisationId, "organisationId", "单位编号", .identifier(20)).privacy(.internal)
        .section("办理"),
      Field(\.accountId, "accountId", "账号", .reference(kind: "account")).privacy(.internal)
        .section("办理"),
    ]
  }

  package mutating func complete() { loginName = loginName.lowercased() }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if status == .waiting || status == nil, hasReadNotice == false {
      problems.append(Problem("ACC-E-060", "hasReadNotice", "请先读隐私说明，再选“是”。"))
    }
    if status == .refused, reason.isEmpty {
      problems.append(Problem("ACC-E-061", "reason", "不同意要写明理由，申请人看得到。"))
    }
    var account = Account()
    account.loginName = loginName
    problems += account.check(surroundings).filter { _ in !loginName.isEmpty }
    return problems
  }
}

/// What joins.
package enum JoiningKind: String, Choice {
  case enterprise, school

  package var label: String {
    switch self {
    case .enterprise: "企业"
    case .school: "学校"
    }
  }

  /// The role the person who asked has for it.
  package var role: Role {
    switch self {
    case .enterprise: .enterpriseOwner
    case .school: .schoolAdmin
    }
  }
}

/// How a joining stands.
package enum JoiningStatus: String, Choice {
  case waiting, confirmed, refused

  package var label: String {
    switch self {
    case .waiting: "待确认"
    case .confirmed: "已确认"
    case .refused: "未同意"
    }
  }
}
