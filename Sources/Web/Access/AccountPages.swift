import Calendar
import Foundation
import Identity
import Records
import Sheets
import Values

/// The page of one's own account, and what administrators do with those of others.
extension Site {
  /// Answers what is about accounts; `nil` for any other address.
  func routeAccount(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("GET", 1, "me"): return try ownPage(request)
    case ("GET", 2, "me") where path[1] == "data.json": return try ownData(request)
    case ("GET", 3, "api") where path[1] == "me" && path[2] == "data": return try ownData(request)
    case ("POST", 2, "me") where path[1] == "role": return try changeRole(request)
    case ("POST", 2, "me") where path[1] == "session": return try endSession(request)
    case ("POST", 2, "me") where path[1] == "token": return try changeTokens(request)
    case ("GET", 2, "desk") where path[1] == "access": return accessPage(request)
    case ("GET", 2, "desk") where path[1] == "policies": return policyPage(request)
    case ("POST", 2, "desk") where path[1] == "policies": return try setPolicies(request)
    case ("GET", 3, "desk") where path[1] == "access" && path[2] == "as":
      return try viewPage(request)
    case ("GET", 2, "desk") where path[1] == "audit": return try auditPage(request)
    case ("GET", 2, "desk") where path[1] == "audit.csv": return auditFile(request)
    case ("POST", 4, "desk") where path[1] == "account" && path[3] == "link":
      return try sendLink(path[2], request)
    case ("POST", 4, "desk") where path[1] == "account" && path[3] == "release":
      return try releaseLink(path[2], request)
    case ("POST", 4, "desk") where path[1] == "account" && path[3] == "factor":
      return try dropFactor(path[2], request)
    default: return nil
    }
  }

  private func value(_ name: String, _ request: WebRequest) -> String {
    request.form.first { $0.name == name }?.value ?? ""
  }

  /// In which role and for whom somebody acts, as pages say it.
  func acting() -> Model {
    let visitor = Self.visitor
    let organisation = visitor.signedIn?.acting.map(organisation) ?? ""
    return [
      "role": visitor.reader.role.label,
      "organisation": organisation.isEmpty ? nil : organisation,
      "name": visitor.signedIn?.account.displayName,
      "canChange": (visitor.signedIn?.grants.count ?? 0) > 1 ? true : nil,
    ]
  }

  /// The name of whom a grant is for.
  private func organisation(_ grant: RoleGrant) -> String {
    let reader = grant.reader
    let (kind, id) =
      reader.organisation.isEmpty
      ? ("region", reader.region) : (grant.role?.organisationKind ?? "", reader.organisation)
    guard !id.isEmpty, let declared = base.kind(kind) else { return "" }
    return (try? base.record(declared, id))??.title ?? id
  }

  /// The page of one's own account.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - token: a token that was just made.
  ///   - flash: what was just done.
  ///   - asked: a request about one's data that was not taken, and why.
  /// - Returns: the page.
  /// - Throws: the store's errors.
  func ownPage(
    _ request: WebRequest,
    token: String? = nil,
    flash: String? = nil,
    asked: (kind: String, text: String, problem: String)? = nil
  ) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn else { return notFound(request) }
    let account = signedIn.account
    var rights = try ownRights(account)
    if let asked {
      rights["problem"] = asked.problem
      rights["text"] = asked.text
      rights["kinds"] = RightsKind.allCases.map { kind -> Model in
        [
          "code": kind.rawValue, "text": kind.label,
          "isChosen": kind.rawValue == asked.kind ? true : nil,
        ]
      }
    }
    let model: Model = [
      "title": "我的账号", "rights": rights, "login": account.loginName, "name": account.displayName,
      "flash": flash.map { ["text": $0] as Model },
      "factor": try signIn.hasSecondFactor(account.accountId) ? "已设置" : "未设置",
      "factorHref": "/sign-in/enroll", "passwordHref": "/sign-in/password",
      "roles": signedIn.grants.map { grant -> Model in
        [
          "id": grant.grantId, "role": grant.role?.label ?? "",
          "organisation": organisation(grant),
          "until": grant.validTo.map { "到 \($0)" } ?? "长期",
          "isActing": grant.grantId == signedIn.acting?.grantId ? true : nil,
        ]
      }.asRows,
      "noRoles": signedIn.grants.isEmpty ? true : nil,
      "sessions": try signIn.sessions(of: account.accountId).map { session -> Model in
        [
          "id": session.id, "since": session.createdAt.civilText, "seen": session.seenAt.civilText,
          "address": session.address, "agent": Wording.browser(session.agent),
          "isThis": session.id == signedIn.session ? true : nil,
        ]
      }.asRows,
      "tokens": try signIn.tokens(of: account.accountId).map { token -> Model in
        [
          "id": token.id, "name": token.name, "until": token.expiresAt.date.description,
          "grant": signedIn.grants.first { $0.grantId == token.grant }?.role?.label ?? "",
        ]
      }.asRows,
      "token": token,
      "canMakeToken": signedIn.acting.map { !Role.administrators.contains($0.role ?? .public) },
    ]
    return page(
      "me",
      model,
      door: .desk,
      current: "me",
      status: asked == nil ? 200 : 422,
      startedAt: Date()
    )
  }

  /// Everything that is held about somebody, for them to take with them: the account, the roles, where
  /// they are signed in, their tokens and requests, and what the audit log says they did.
  private func ownData(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn else { return notFound(request) }
    let id = signedIn.account.accountId
    func records(_ name: String, _ field: String) throws -> JSON {
      guard let kind = base.kind(name) else { return .array([]) }
      return .array(try base.list(kind, Query([.field(field, id)], limit: 1_000)).map(\.whole))
    }
    var entries: [JSON] = []
    var query = AuditQuery()
    query.limit = 5_000
    query.actor = Self.visitor.name
    try base.eachAuditEntry(query, for: Self.visitor.reader) { entries.append($0.json) }
    query.actor = signedIn.account.loginName
    try base.eachAuditEntry(query, for: Self.visitor.reader) { entries.append($0.json) }
    var answer = WebAnswer.json(
      .object([
        "account": try records("account", "accountId"),
        "roleGrants": try records("roleGrant", "accountId"),
        "exportRequests": try records("exportRequest", "accountId"),
        "rightsRequests": try records("rightsRequest", "accountId"),
        "consents": try records("consent", "accountId"),
        "joinings": try records("joining", "accountId"),
        "sessions": .array(
          try signIn.sessions(of: id).map { session in
            .object([
              "since": .string(session.createdAt.civilText),
              "seen": .string(session.seenAt.civilText), "address": .string(session.address),
              "agent": .string(session.agent),
            ])
          }
        ),
        "tokens": .array(
          try signIn.tokens(of: id).map { token in
            .object([
              "name": .string(token.name), "since": .string(token.createdAt.civilText),
              "until": .string(token.expiresAt.civilText),
            ])
          }
        ), "audit": .array(entries),
      ])
    )
    answer.attach(as: "我的数据.json")
    var event = AuditEvent("export", by: Self.officer)
    (event.kind, event.id) = ("account", id)
    try note(event)
    return answer
  }

  private func changeRole(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let token = request.cookie(Self.cookie),
      let fresh = try signIn.act(by: value("grant", request), token: token)
    else { return message("没有换身份", "这个角色不是你的，或已经收回。", status: 422, door: .desk) }
    var answer = WebAnswer.seeOther("/desk")
    answer.keep(session: fresh, isSecure: request.isSecure)
    return answer
  }

  private func endSession(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn else { return notFound(request) }
    let id = value("session", request)
    if id == "others" {
      try signIn.endSessions(of: signedIn.account.accountId, besides: signedIn.session)
    } else {
      try signIn.endSession(id, of: signedIn.account.accountId)
    }
    return .seeOther("/me")
  }

  private func changeTokens(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn, !signedIn.isProgram,
      let grant = signedIn.acting
    else { return notFound(request) }
    let id = value("revoke", request)
    guard id.isEmpty else {
      try signIn.revokeToken(id, of: signedIn.account.accountId)
      return .seeOther("/me")
    }
    let name = Text.trimmed(value("name", request))
    guard !name.isEmpty else {
      return message("没有建令牌", "请写明令牌给哪个程序用。", status: 422, door: .desk)
    }
    let days = Int(value("days", request)) ?? 90
    do {
      return try ownPage(request, token: signIn.token(name, actingBy: grant, days: days))
    } catch let refused as Refused {
      return message("没有建令牌", refused.problems[0].message, status: 422, door: .desk)
    }
  }

  // MARK: What administrators do

  /// What an administrator may do with an account beside writing it.
  func deeds(_ record: Record) -> [Model] {
    guard record.kind.name == "account" else { return [] }
    let base = Address.record("account", record.id, .desk)
    let role = Self.visitor.reader.role
    var deeds: [Model] = []
    if role == .systemAdmin {
      let takesTwo = (try? signIn?.takesTwo(record.id)) ?? true
      deeds.append([
        "action": base + "/link", "text": takesTwo ? "申请一次性链接" : "发一次性链接",
        "help": takesTwo
          ? "这个账号已有身份或口令，链接由另一位管理员放行并转交，一个人拿不到。" : "用来设第一个口令。",
      ])
    }
    if let signIn, (try? signIn.isLinkAsked(record.id)) == true,
      (try? signIn.releaser(of: record.id)) == role
    {
      deeds.append([
        "action": base + "/release", "text": "放行一次性链接",
        "help": "系统管理员为本人忘了口令而申请。核实是本人后放行，把链接交给他；现有登录和令牌会结束。",
      ])
    }
    if role == .securityAdmin {
      deeds.append([
        "action": base + "/factor", "text": "解除二次验证", "help": "手机丢了时用；下次登录要重新设置。",
      ])
    }
    return deeds
  }

  private func sendLink(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let account = try signIn.account(id) else { return notFound(request) }
    guard try !signIn.takesTwo(id) else {
      try signIn.askForLink(id)
      try noteDeed("askLink", account)
      let role = try signIn.releaser(of: id)
      return message(
        "已申请",
        "\(account.displayName) 已有身份或口令，链接要\(role.label)放行，由\(role.label)交给本人。",
        status: 200,
        door: .desk,
        links: [("回到账号", Address.record("account", id, .desk))]
      )
    }
    let code = try signIn.link(for: id, .password)
    try noteDeed("link", account)
    return linkPage(code, account, request)
  }

  private func releaseLink(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let account = try signIn.account(id) else { return notFound(request) }
    do {
      let code = try signIn.releaseLink(
        id,
        as: Self.visitor.reader.role,
        own: Self.visitor.reader.account
      )
      try noteDeed("releaseLink", account)
      return linkPage(code, account, request)
    } catch let refused as Refused {
      return message(
        "没有放行",
        refused.problems[0].message,
        status: 422,
        door: .desk,
        links: [("回到账号", Address.record("account", id, .desk))]
      )
    }
  }

  private func linkPage(_ code: String, _ account: Account, _ request: WebRequest) -> WebAnswer {
    guard let signIn else { return notFound(request) }
    let id = account.accountId
    return page(
      "message",
      [
        "title": "一次性链接",
        "text":
          "把下面的地址当面或用可靠的途径交给 \(account.displayName)，\(signIn.rules.linkHours) 小时内有效，只能用一次，离开本页就看不到了。",
        "code": Address.link(code),
        "links": [["text": "回到账号", "href": Address.record("account", id, .desk)] as Model],
      ],
      door: .desk,
      startedAt: Date()
    )
  }

  private func dropFactor(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let account = try signIn.account(id) else { return notFound(request) }
    guard id != Self.visitor.reader.account else {
      return message("没有解除", "不能解除自己的二次验证，请找另一位管理员。", status: 422, door: .desk)
    }
    try signIn.dropSecondFactor(of: id)
    try signIn.endSessions(of: id)
    try signIn.revokeTokens(of: id)
    try noteDeed("dropSecondFactor", account)
    return .seeOther(Address.record("account", id, .desk))
  }

  private func noteDeed(_ action: String, _ account: Account) throws {
    var event = AuditEvent(action, by: Self.officer)
    event.kind = "account"
    event.id = account.accountId
    try note(event)
  }

  // MARK: Personal data, for a purpose

  /// The form that asks for what is hidden; `nil` where there is nothing the visitor may have shown.
  func revealForm(_ record: Record) -> Model? {
    let reader = Self.visitor.reader
    let labels = record.kind.fields.filter { reader.mayReveal($0, of: record.kind) }.map(\.label)
    guard !labels.isEmpty else { return nil }
    return [
      "action": Address.record(record.kind.name, record.id, .desk) + "/reveal",
      "labels": labels.joined(separator: "、"),
    ]
  }

  /// Who looks at what is else hidden, when, what for: on the page, so that a picture of it tells.
  func watermark(_ purpose: String) -> String {
    "\(Self.visitor.name) 于 \(base.clock.now().civilText) 查看，用途：\(purpose)。请勿外传。"
  }

  /// Shows a record with what is else hidden.
  func revealRecord(_ name: String, _ id: String, _ request: WebRequest) throws -> WebAnswer {
    try record(name, id, request, .desk, purpose: value("purpose", request))
  }

  // MARK: The audit log

  private func auditQuery(_ request: WebRequest, most: Int?) -> AuditQuery {
    var query = AuditQuery()
    query.action = request["action"]
    query.kind = request["of"]
    query.id = request["id"]
    query.actor = request["who"]
    query.from = request["from"].flatMap { CivilDate($0) }
    query.to = request["to"].flatMap { CivilDate($0) }
    query.limit = most
    return query
  }

  /// How many entries the page shows; the file has all of them.
  private static let shownEntries = 200

  private func auditPage(_ request: WebRequest) throws -> WebAnswer {
    var rows: [[Table.Cell]] = []
    try base.eachAuditEntry(
      auditQuery(request, most: Self.shownEntries),
      for: Self.visitor.reader
    ) { entry in
      let named = Dictionary(
        zip(AuditEntry.columns, entry.texts),
        uniquingKeysWith: { first, _ in first }
      )
      func text(_ name: String) -> String { named[name] ?? "" }
      let role = Role(rawValue: text("role"))?.label ?? text("role")
      rows.append([
        Table.Cell(text("seq"), .number), Table.Cell(text("at"), .short),
        Table.Cell(text("actor"), .name), Table.Cell(role, .short),
        Table.Cell(Wording.act(text("action")), .short),
        Table.Cell("\(base.kind(text("kind"))?.label ?? text("kind")) \(text("id"))"),
        Table.Cell(Wording.result(text("result")), .short), Table.Cell(text("address"), .short),
        Table.Cell(text("reason")),
      ])
    }
    let head = try heads?.last()
    let table = Table(
      caption: "审计记录",
      columns: ["序号", "时间", "谁", "身份", "做了什么", "对象", "结果", "来源地址", "说明"]
        .map { Table.Column(text: $0) },
      rows: rows.reversed()
    )
    let fields = [
      ("who", "谁"), ("action", "做了什么"), ("of", "对象类别"), ("id", "对象编号"), ("from", "从"),
      ("to", "到"),
    ]
    return page(
      "audit",
      [
        "title": "审计记录",
        "lead": head.map { "最近一次封存：\($0.date)，到第 \($0.sequence) 条，摘要 \($0.hash.prefix(16))…" }
          ?? "还没有封存过。",
        "fields": fields.map { name, label -> Model in
          [
            "name": name, "label": label, "value": request[name] ?? "",
            "type": name == "from" || name == "to" ? "date" : "text",
          ]
        },
        "table": rows.isEmpty ? nil : table.html,
        "empty": rows.isEmpty ? "没有符合条件的记录。" : nil,
        "note": rows.count == Self.shownEntries ? "只列最近 \(Self.shownEntries) 条，全部的请导出。" : nil,
        "fileHref": Address.with(
          "/desk/audit.csv",
          request.query.map { ($0.name, $0.value) }
        ),
      ],
      door: .desk,
      current: "audit",
      startedAt: Date()
    )
  }

  private func auditFile(_ request: WebRequest) -> WebAnswer {
    let query = auditQuery(request, most: nil)
    let reader = Self.visitor.reader
    let actor = Self.officer
    var answer = WebAnswer.pieces(type: "text/csv; charset=utf-8") { [self] output in
      try output("\u{FEFF}" + CSV.line(AuditEntry.columns))
      try base.eachAuditEntry(query, for: reader) { entry in
        try output(CSV.line(entry.texts.map(CSV.disarmed)))
      }
      var event = AuditEvent("export", by: actor)
      event.kind = "audit"
      try note(event)
    }
    answer.attach(as: "审计记录-\(base.clock.now().date).csv")
    return answer
  }
}
