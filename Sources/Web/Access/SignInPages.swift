import Foundation
import Identity
import Ledger
import Records
import Values

/// The pages on which people say who they are.
extension Site {
  /// Answers what is about signing in; `nil` for any other address.
  func routeSignIn(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("GET", 1, "sign-in"): return signInPage(request)
    case ("GET", 2, "sign-in") where path[1] == "provider": return try departToProvider(request)
    case ("GET", 3, "sign-in") where path[1] == "provider" && path[2] == "back":
      return try arriveFromProvider(request)
    case ("POST", 1, "sign-in"): return try takePassword(request)
    case ("GET", 2, "sign-in"): return try stepPage(path[1], request)
    case ("POST", 2, "sign-in"): return try takeStep(path[1], request)
    case ("GET", 2, "link"): return try linkPage(path[1], request)
    case ("POST", 2, "link"): return try takeLink(path[1], request)
    case ("POST", 1, "sign-out"): return try signOut(request)
    default: return nil
    }
  }

  private struct Field {
    var name: String
    var label: String
    var type = "text"
    var value = ""
    var autocomplete = "off"
    var help = ""
  }

  private func formPage(
    _ title: String,
    _ lead: String,
    action: String,
    button: String,
    _ fields: [Field],
    hidden: [(String, String)] = [],
    problem: Problem? = nil,
    note: String = "",
    links: [(text: String, href: String)] = [],
    code: Model? = nil
  ) -> WebAnswer {
    page(
      "sign-in",
      [
        "title": title, "lead": lead, "action": action, "button": button,
        "problem": problem?.message, "note": note.isEmpty ? nil : note, "secret": code,
        "links": links.isEmpty
          ? nil : links.map { ["text": $0.text, "href": $0.href] as Model }.asRows,
        "hidden": hidden.map { ["name": $0.0, "value": $0.1] as Model },
        "fields": fields.map { field -> Model in
          [
            "name": field.name, "label": field.label, "type": field.type, "value": field.value,
            "autocomplete": field.autocomplete, "help": field.help.isEmpty ? nil : field.help,
            "isFocus": field.name == fields.first?.name ? true : nil,
          ]
        },
      ],
      door: .public,
      current: "sign-in",
      status: problem == nil ? 200 : 422,
      startedAt: Date()
    )
  }

  // MARK: Name and password

  func signInPage(
    _ request: WebRequest,
    name: String = "",
    problem: Problem? = nil
  ) -> WebAnswer {
    formPage(
      "登录",
      "各级经办人、学校和企业的人员从这里登录。还没有账号的，请找本单位或主管部门的管理员。",
      action: "/sign-in",
      button: "登录",
      [
        Field(name: "name", label: "登录名", value: name, autocomplete: "username"),
        Field(
          name: "password",
          label: "口令",
          type: "password",
          autocomplete: "current-password"
        ),
      ],
      hidden: [("next", next(request))],
      problem: problem,
      note: "忘记口令，或换了手机收不到验证码：请找系统管理员重新发一次性链接。",
      links: providerLink(request) + [("单位还没有账号：申请入驻", "/join"), ("隐私说明", Address.privacy)]
    )
  }

  /// Where somebody goes who signed in: one of our own addresses, never another site's.
  func next(_ request: WebRequest) -> String {
    next(request.form.first { $0.name == "next" }?.value ?? request["next"] ?? "")
  }

  private func next(_ asked: String) -> String {
    let isOwn =
      asked.hasPrefix("/") && !asked.hasPrefix("//") && !asked.hasPrefix("/\\")
      && !asked.utf8.contains { $0 < 0x20 || $0 == 0x7F } && asked.utf8.count < 500
    return isOwn ? asked : "/desk"
  }

  func origin(_ request: WebRequest) -> SignInDesk.Origin {
    .init(address: request.address, agent: request.headers["user-agent"] ?? "")
  }

  private func value(_ name: String, _ request: WebRequest) -> String {
    request.form.first { $0.name == name }?.value ?? ""
  }

  private func takePassword(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn else { return notFound(request) }
    let name = value("name", request)
    let answer = try signIn.signIn(name, value("password", request), from: origin(request))
    return try settled(answer, request) { problem in
      signInPage(request, name: name, problem: problem)
    }
  }

  /// Lets somebody in, or on to what is asked next, or says why not.
  func settled(
    _ answer: SignInDesk.Answer,
    _ request: WebRequest,
    next asked: String? = nil,
    _ again: (Problem) throws -> WebAnswer
  ) throws -> WebAnswer {
    switch answer {
    case .signedIn(let token, let state):
      let next = asked.map(next) ?? next(request)
      var page = WebAnswer.seeOther(
        state == .open ? next : Address.with("/sign-in/\(state.rawValue)", [("next", next)])
      )
      page.keep(session: token, isSecure: request.isSecure)
      // A browser has one session: the one it had before is over.
      if let former = request.cookie(Self.cookie), former != token { try signIn?.signOut(former) }
      return page
    case .refused(let problem): return try again(problem)
    case .wait(let seconds):
      let time = seconds < 120 ? "\(seconds) 秒" : "\((seconds + 59) / 60) 分钟"
      var page = try again(Problem("ACC-E-027", "", "尝试太多，请 \(time)后再试。"))
      page.status = 429
      page.headers.append(("Retry-After", String(seconds)))
      return page
    }
  }

  private func signOut(_ request: WebRequest) throws -> WebAnswer {
    if let token = request.cookie(Self.cookie) { try signIn?.signOut(token) }
    var answer = WebAnswer.seeOther("/")
    answer.dropSession()
    // What the browser kept of the pages goes too; on a shared machine somebody else comes next.
    answer.headers.append(("Clear-Site-Data", "\"cache\", \"storage\""))
    return answer
  }

  // MARK: What is asked after the password

  private func stepPage(_ step: String, _ request: WebRequest, problem: Problem? = nil) throws
    -> WebAnswer
  {
    guard let signedIn = Self.visitor.signedIn, let signIn,
      let state = SignedIn.State(rawValue: step)
    else { return notFound(request) }
    let action = "/sign-in/\(step)"
    let hidden = [("next", next(request))]
    switch state {
    case .open: return .seeOther("/desk")
    case .second:
      return formPage(
        "二次验证",
        "打开手机上的验证器，填写现在显示的 6 位数字。",
        action: action,
        button: "验证",
        [Field(name: "code", label: "验证码", autocomplete: "one-time-code")],
        hidden: hidden,
        problem: problem
      )
    case .enroll:
      let kept = value("offer", request)
      let fresh = try signIn.offerSecret(for: signedIn.account, issuer: city.platformName)
      let known = signIn.offered(kept, to: signedIn.account)
      let (secret, sealed) = known.map { ($0, kept) } ?? (fresh.secret, fresh.sealed)
      let codeField = Field(name: "code", label: "验证器现在显示的 6 位数字", autocomplete: "one-time-code")
      let passwordField = Field(
        name: "current",
        label: "现在的口令",
        type: "password",
        autocomplete: "current-password"
      )
      return formPage(
        "设置二次验证",
        "管理员登录要两样东西：口令，和手机验证器上的数字。任何按 TOTP 标准做的验证器都可以用。",
        action: action,
        button: "完成设置",
        signedIn.state == .open ? [codeField, passwordField] : [codeField],
        hidden: hidden + [("offer", sealed)],
        problem: problem,
        code: [
          "text": secret, "account": signedIn.account.loginName,
          "href": known == nil ? fresh.address : nil,
        ]
      )
    case .password:
      return passwordPage(
        "更换口令",
        signedIn.state == .password
          ? "口令已用满 \(signIn.rules.passwordDays) 天，请换一个新的。" : "换了以后，其他地方的登录和程序令牌都会失效。",
        action: action,
        signIn,
        asksCurrent: true,
        hidden: hidden,
        problem: problem
      )
    }
  }

  private func passwordPage(
    _ title: String,
    _ lead: String,
    action: String,
    _ signIn: SignInDesk,
    asksCurrent: Bool,
    hidden: [(String, String)] = [],
    problem: Problem?
  ) -> WebAnswer {
    var fields: [Field] = []
    if asksCurrent {
      fields.append(
        Field(
          name: "current",
          label: "现在的口令",
          type: "password",
          autocomplete: "current-password"
        )
      )
    }
    let rules = signIn.rules
    fields += [
      Field(
        name: "password",
        label: "新口令",
        type: "password",
        autocomplete: "new-password",
        help: "至少 \(rules.passwordLength) 个字符，大写字母、小写字母、数字、其他符号中的三种。"
      ), Field(name: "again", label: "再填一次", type: "password", autocomplete: "new-password"),
    ]
    return formPage(
      title,
      lead,
      action: action,
      button: "保存口令",
      fields,
      hidden: hidden,
      problem: problem
    )
  }

  private func takeStep(_ step: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn,
      let token = request.cookie(Self.cookie)
    else { return notFound(request) }
    func again(_ problem: Problem) throws -> WebAnswer {
      try stepPage(step, request, problem: problem)
    }
    switch SignedIn.State(rawValue: step) {
    case .second:
      return try settled(
        try signIn.second(value("code", request), token: token, from: origin(request)),
        request,
        again
      )
    case .enroll:
      return try settled(
        try signIn.enroll(
          sealed: value("offer", request),
          code: value("code", request),
          password: value("current", request),
          token: token
        ),
        request,
        again
      )
    case .password where signedIn.state == .password || signedIn.state == .open:
      if let problem = unequal(request) { return try again(problem) }
      let changed = try signIn.change(
        value("password", request),
        current: value("current", request),
        token: token
      )
      return try settled(changed, request, again)
    default: return notFound(request)
    }
  }

  private func unequal(_ request: WebRequest) -> Problem? {
    value("password", request) == value("again", request)
      ? nil : Problem("ACC-E-028", "again", "两次填的口令不一样，请重填。")
  }

  // MARK: One-time links

  private func linkPage(_ code: String, _ request: WebRequest, problem: Problem? = nil) throws
    -> WebAnswer
  {
    guard let signIn, let (account, purpose) = try signIn.owner(ofLink: code) else {
      return message(
        "链接不能用了",
        "这个一次性链接已经用过或过期。",
        status: 410,
        todo: "请向系统管理员再要一个。"
      )
    }
    if purpose == .demo {
      return formPage(
        "进入演示",
        "以演示账号“\(account.displayName)”的身份进入。演示账号没有口令，只在演示数据里有。",
        action: Address.link(code),
        button: "进入",
        [],
        problem: problem
      )
    }
    return passwordPage(
      "设置口令",
      "账号：\(account.loginName)（\(account.displayName)）。设好口令，这个链接就失效。",
      action: Address.link(code),
      signIn,
      asksCurrent: false,
      problem: problem
    )
  }

  private func takeLink(_ code: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let owner = try signIn.owner(ofLink: code) else {
      return try linkPage(code, request)
    }
    if owner.purpose != .demo, let problem = unequal(request) {
      return try linkPage(code, request, problem: problem)
    }
    let answer = try signIn.redeem(
      code,
      password: value("password", request),
      from: origin(request)
    )
    return try settled(answer, request) { problem in
      try linkPage(code, request, problem: problem)
    }
  }
}
