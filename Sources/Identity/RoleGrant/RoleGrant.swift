package import Calendar
package import Records
package import Values

/// A role an account holds, and for whom (compliance.md, appendix, RoleGrant 授权).
package struct RoleGrant: DeclaredRecord {
  /// The identifier.
  package var grantId = ""
  /// The account.
  package var accountId = ""
  /// The role.
  package var role: Role?
  /// The school, for the roles of one.
  package var schoolId = ""
  /// The enterprise, for the roles of one.
  package var enterpriseId = ""
  /// The county, for its bureau.
  package var regionCode = ""
  /// The first day it holds.
  package var validFrom: CivilDate?
  /// The last day it holds; open while `nil`.
  package var validTo: CivilDate?
  /// Whether it holds.
  package var status: RoleGrantStatus?
  /// Why it was given or taken.
  package var reason = ""
  /// By what an external identity provider names its holder, as whoever gave the role checked it.
  package var externalId = ""

  /// A grant with nothing filled in.
  package init() {}

  /// The declaration.
  package static var declaration: Declaration<RoleGrant> {
    Declaration(
      "roleGrant",
      "授权",
      summary: "账号以什么身份、代表哪个单位办事；系统管理员建账号，安全管理员授权。",
      identifier: "grantId",
      prefix: "G",
      title: "grantId",
      columns: [
        "grantId", "accountId", "role", "schoolId", "enterpriseId", "regionCode", "validFrom",
        "validTo", "status",
      ],
      filters: ["accountId", "role", "status", "schoolId", "enterpriseId", "regionCode"],
      facts: ["accountId", "role", "status"],
      isPublic: false,
      access: [
        Grant(
          [.securityAdmin],
          may: Set<Act>.writing.union(Set<Act>.reading),
          .everything,
          upTo: .personal
        ),
        Grant([.systemAdmin, .auditAdmin], may: Set<Act>.reading, .everything),
      ],
      peers: Peers(alike: ["accountId", "status"], read: ["role"]),
      validity: Validity(from: "validFrom", to: "validTo"),
      fields: [
        Field(\.grantId, "grantId", "授权编号", .identifier(20)).privacy(.internal)
          .help("不填则自动编号，以后不变。"),
        Field(\.accountId, "accountId", "账号", .reference(kind: "account")).required()
          .privacy(.internal),
        Field(\.role, "role", "角色", .choice(Role.options)).required().privacy(.internal),
        Field(\.schoolId, "schoolId", "学校", .reference(kind: "school")).required()
          .privacy(.internal)
          .only(when: "role", in: names { $0.organisationKind == "school" }),
        Field(\.enterpriseId, "enterpriseId", "企业", .reference(kind: "enterprise")).required()
          .privacy(.internal)
          .only(when: "role", in: names { $0.organisationKind == "enterprise" }),
        Field(\.regionCode, "regionCode", "县（市、区）", .reference(kind: "region")).required()
          .privacy(.internal)
          .only(when: "role", in: names(\.isOfCounty)),
        Field(\.validFrom, "validFrom", "起", .date).required().privacy(.internal),
        Field(\.validTo, "validTo", "止", .date).privacy(.internal),
        Field(\.status, "status", "状态", .choice(RoleGrantStatus.options)).required()
          .fallback(.text("active")).privacy(.internal),
        Field(\.externalId, "externalId", "核对的统一身份号码", .text(120)).privacy(.personal)
          .help("与账号里的相同，这个人才能从统一身份认证登录：账号由系统管理员填，这里由安全管理员核对后填。"),
        Field(\.reason, "reason", "理由", .text(120)).privacy(.internal),
      ]
    )
  }

  private static func names(_ isMeant: (Role) -> Bool) -> [String] {
    Role.allCases.filter(isMeant).map(\.rawValue)
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if role == .public {
      problems.append(Problem("ACC-E-011", "role", "公众不用授权，请选别的角色。"))
    }
    if let validFrom, let validTo, validTo < validFrom {
      problems.append(Problem("ACC-E-012", "validTo", "止 \(validTo) 早于起 \(validFrom)，请核对。"))
    }
    let others = surroundings.peers.compactMap { $0["role"]?.text.flatMap(Role.init(rawValue:)) }
    if status != .revoked, let role {
      // 三员分立: nobody holds two of the three, and who administers does no business.
      let isAdministrator = Role.administrators.contains(role)
      let clash = others.first { other in
        other != role && (isAdministrator || Role.administrators.contains(other))
      }
      if let clash {
        problems.append(
          Problem(
            "ACC-E-013",
            "role",
            "这个账号已是\(clash.label)，不能再任\(role.label)：三员分立，管理员也不办业务。请另建账号。"
          )
        )
      }
    }
    return problems
  }

  /// Whether it holds on a day.
  package func holds(on day: CivilDate) -> Bool {
    status != .revoked && validFrom.map { $0 <= day } ?? false && validTo.map { $0 >= day } ?? true
  }

  /// Who somebody is while they act by it.
  package var reader: Reader {
    Reader(
      role ?? .public,
      account: accountId,
      organisation: schoolId.isEmpty ? enterpriseId : schoolId,
      region: regionCode
    )
  }
}

/// Whether a role holds.
package enum RoleGrantStatus: String, Choice {
  case active, revoked

  package var label: String {
    switch self {
    case .active: "有效"
    case .revoked: "已收回"
    }
  }
}
