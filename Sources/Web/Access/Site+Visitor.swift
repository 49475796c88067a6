import Calendar
import Foundation
import Identity
import Records
import Synchronization
import Values

extension Site {
  /// The cookie of a session.
  static let cookie = "citong-session"

  /// Who a request comes from: by the token of a program or the cookie of a browser.
  func visitor(_ request: WebRequest) throws -> Visitor {
    if let visitor = request.visitor { return visitor }
    guard let signIn else { return .anybody }
    var isProgram = false
    var token = request.cookie(Self.cookie) ?? ""
    if let header = request.headers["authorization"], header.lowercased().hasPrefix("bearer ") {
      isProgram = true
      token = Text.trimmed(String(header.dropFirst(7)))
    }
    guard !token.isEmpty, token.utf8.count < 100 else { return .anybody }
    let state = KnownVisitors.State(
      signIn: signIn.state,
      register: sequence,
      minute: base.clock.now().seconds / 15
    )
    if let known = visitors.withLock({ $0.find(token, state) }) { return known }
    let found = try isProgram ? signIn.program(token) : signIn.signedIn(token)
    guard let found else { return .anybody }
    let visitor = Visitor(found)
    visitors.withLock { $0.keep(visitor, token, state) }
    return visitor
  }

  /// Answers a request as its visitor, if they are let in.
  func admit(_ request: WebRequest) throws -> WebAnswer {
    var visitor = try visitor(request)
    visitor.address = request.address
    if let limited = try limited(request, visitor) { return limited }
    if var refusal = refusal(request, visitor) {
      if refusal.status == 403 { try noteDenied(request, visitor) }
      refusal.headers.append(("Cache-Control", "no-store"))
      return refusal
    }
    // What anybody reads is the same for everybody, whoever signed in.
    let isOpen = Route.all.first { $0.fits(request) }?.isOpen ?? false
    let acting = isOpen && !request.isOfSignIn ? .anybody : visitor
    var answer = try Self.$visitor.withValue(acting) { try route(request) }
    if !isOpen || request.isOfSignIn { answer.headers.append(("Cache-Control", "no-store")) }
    return answer
  }

  /// Notes that somebody tried to write what they may not.
  func noteRefused(_ refused: Refused, _ kind: Kind, _ id: String?) throws {
    guard let problem = refused.problems.first(where: { $0.code.hasPrefix("ACC-E-00") }) else {
      return
    }
    var event = AuditEvent("access", by: Self.officer)
    event.kind = kind.name
    event.id = id ?? ""
    event.result = .denied
    event.reason = problem.code
    try note(event)
  }

  /// Notes that somebody asked for what they may not have.
  private func noteDenied(_ request: WebRequest, _ visitor: Visitor) throws {
    var event = AuditEvent("access", by: visitor.actor(.manual))
    event.kind = request.path.count > 1 ? request.path[1] : request.path.first ?? ""
    event.id = request.path.count > 2 ? String(request.path[2].prefix(80)) : ""
    event.result = .denied
    event.reason = "\(request.method) /\(request.path.prefix(3).joined(separator: "/"))"
    try note(event)
  }

  /// Why a visitor is not let in; `nil` when they are.
  func refusal(_ request: WebRequest, _ visitor: Visitor) -> WebAnswer? {
    let isAPI = request.path.first == "api"
    guard let route = Route.all.first(where: { $0.fits(request) }) else {
      let isKnown = Route.all.contains { other in
        var asked = request
        asked.method = other.method
        return other.fits(asked)
      }
      if isAPI {
        return isKnown
          ? .problem("这个地址不支持 \(request.method)。", status: 405)
          : .problem("没有这个接口地址。", status: 404)
      }
      return notFound(request)
    }
    guard !route.admits(visitor, request, register.kind, all: register.kinds) else { return nil }
    if let state = visitor.signedIn?.state, state != .open, !isAPI {
      return .seeOther("/sign-in/\(state.rawValue)")
    }
    if visitor.signedIn == nil, visitor.reader.role == .public {
      if isAPI {
        var answer = WebAnswer.problem(
          "请先登录，或用令牌：Authorization: Bearer …",
          status: 401
        )
        answer.headers.append(("WWW-Authenticate", "Bearer realm=\"citong\""))
        return answer
      }
      let next = request.method == "GET" ? request.target : "/desk"
      return .seeOther(Address.with("/sign-in", [("next", next)]))
    }
    let role = visitor.reader.role.label
    let sentence =
      visitor.signedIn?.acting == nil && visitor.signedIn != nil
      ? "你的账号还没有授予角色，请找安全管理员。" : "以“\(role)”的身份不能做这件事。"
    if isAPI { return .problem("不允许", status: 403, [Problem("ACC-E-001", "", sentence)]) }
    return message(
      "没有权限",
      sentence,
      status: 403,
      todo: "有多个角色时，可以在“我的账号”换一个身份再试。",
      links: [("我的账号", "/me")]
    )
  }
}

extension Site {
  /// The answer to what the register did not allow.
  func denial(_ refused: Refused, _ request: WebRequest) -> WebAnswer {
    let isMissing = refused.problems.contains { $0.code == "REC-E-021" }
    let status =
      isMissing ? 404 : refused.problems.contains { $0.code.hasPrefix("ACC-E-00") } ? 403 : 422
    if request.path.first == "api" { return .problem("不允许", status: status, refused.problems) }
    return message(
      isMissing ? "找不到" : status == 403 ? "没有权限" : "没有做",
      refused.problems.map(\.message).joined(separator: " "),
      status: status
    )
  }
}

/// Visitors found out a moment ago.
struct KnownVisitors: Sendable {
  /// What must not have changed since: sessions and tokens, the register with its accounts and roles, and
  /// a quarter of a minute, so that sessions end in time.
  struct State: Hashable, Sendable {
    var signIn: Int
    var register: Int
    var minute: Int
  }

  private var state = State(signIn: -1, register: -1, minute: -1)
  private var byToken: [String: Visitor] = [:]

  func find(_ token: String, _ state: State) -> Visitor? {
    state.register >= 0 && state == self.state ? byToken[token] : nil
  }

  mutating func keep(_ visitor: Visitor, _ token: String, _ state: State) {
    if state != self.state {
      self.state = state
      byToken = [:]
    }
    byToken[token] = visitor
  }
}

extension Route {
  /// Whether anybody at all is let in.
  var isOpen: Bool { if case .nothing = need { true } else { false } }
}

extension WebRequest {
  /// Whether it is about signing in.
  var isOfSignIn: Bool { ["sign-in", "link", "join"].contains(path.first) }

  /// A cookie the browser sent.
  func cookie(_ name: String) -> String? {
    for part in (headers["cookie"] ?? "").split(separator: ";") {
      let halves = part.split(separator: "=", maxSplits: 1).map { Text.trimmed(String($0)) }
      if halves.count == 2, halves[0] == name { return halves[1] }
    }
    return nil
  }
}

extension WebAnswer {
  /// Gives the browser the token of a session; scripts can't read it, other sites can't send it.
  mutating func keep(session token: String, isSecure: Bool) {
    let secure = isSecure ? "; Secure" : ""
    headers.append(
      (
        "Set-Cookie",
        "\(Site.cookie)=\(token); Path=/; HttpOnly; SameSite=Lax\(secure)"
      )
    )
  }

  /// Takes the token of a session from the browser.
  mutating func dropSession() {
    headers.append(("Set-Cookie", "\(Site.cookie)=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"))
  }
}
