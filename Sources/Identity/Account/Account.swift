package import Calendar
package import Records
package import Values

/// Somebody who may sign in (compliance.md, appendix, Account 账号); what they sign in with is kept apart.
package struct Account: DeclaredRecord {
  /// The identifier.
  package var accountId = ""
  /// The name typed to sign in.
  package var loginName = ""
  /// What they are called.
  package var displayName = ""
  /// Whether they may sign in.
  package var status: AccountStatus?
  /// By what an external identity provider names them; empty for not at all.
  package var externalId = ""
  /// The day they were born: for those who might be under fourteen, whose guardian has to agree.
  package var birthDate: CivilDate?
  /// What the account is for.
  package var note = ""

  /// An account with nothing filled in.
  package init() {}

  /// The declaration.
  package static var declaration: Declaration<Account> {
    Declaration(
      "account",
      "账号",
      summary: "能登录平台的人；角色另行授予，口令和二次验证不在这里。",
      identifier: "accountId",
      prefix: "U",
      title: "loginName",
      keys: [["loginName"]],
      columns: ["loginName", "displayName", "status", "note"],
      filters: ["status"],
      searched: ["loginName", "displayName"],
      facts: ["status"],
      isPublic: false,
      access: [
        Grant(
          [.systemAdmin],
          may: Set<Act>.writing.union(Set<Act>.reading),
          .everything,
          upTo: .sensitive
        ), Grant([.securityAdmin], may: Set<Act>.reading, .everything, upTo: .personal),
        Grant([.auditAdmin], may: Set<Act>.reading, .everything, revealing: .personal),
      ],
      fields: [
        Field(\.accountId, "accountId", "账号编号", .identifier(20)).help("不填则自动编号，以后不变。"),
        Field(\.loginName, "loginName", "登录名", .text(32)).required().privacy(.internal)
          .help("3 至 32 个小写字母、数字、点、下划线或连字符。"),
        Field(\.displayName, "displayName", "姓名", .text(40)).required().privacy(.personal)
          .masked(as: .name),
        Field(\.status, "status", "状态", .choice(AccountStatus.options)).required()
          .fallback(.text("active")).privacy(.internal),
        Field(\.externalId, "externalId", "统一身份号码", .text(120)).unique().privacy(.personal)
          .help("在统一身份认证里的号码；填了就能从那里登录。"),
        Field(\.birthDate, "birthDate", "出生日期", .date).privacy(.sensitive)
          .help("只给可能未满 14 周岁的学生填：没有监护人同意不能登录。"),
        Field(\.note, "note", "备注", .text(120)).privacy(.internal),
      ]
    )
  }

  package mutating func complete() { loginName = loginName.lowercased() }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    let isPlain = loginName.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || [45, 46, 95].contains(byte)
    }
    guard !isPlain || loginName.count < 3, !loginName.isEmpty else { return [] }
    return [Problem("ACC-E-010", "loginName", "登录名应为 3 至 32 个小写字母、数字、点、下划线或连字符。")]
  }
}

/// Whether an account may sign in.
package enum AccountStatus: String, Choice {
  case active, disabled

  package var label: String {
    switch self {
    case .active: "在用"
    case .disabled: "停用"
    }
  }
}
