import Calendar
import Foundation
import Identity
import Ledger
import Records
import Values

/// What is held about people: what they are told of it, what they ask, how it is answered.
extension Site {
  /// Answers what is about personal data; `nil` for any other address.
  func routePrivacy(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("GET", 1, "privacy"): return privacyPage(request)
    case ("POST", 2, "me") where path[1] == "request": return try ask(request)
    case ("POST", 2, "me") where path[1] == "consent": return try withdraw(request)
    case ("POST", 3, "api") where path[1] == "me" && path[2] == "requests":
      return try askOfProgram(request)
    case ("POST", 4, "desk") where path[1] == "rightsRequest" && path[3] == "answer":
      return try answerRequest(path[2], request)
    default: return nil
    }
  }

  private func value(_ name: String, _ request: WebRequest) -> String {
    request.form.first { $0.name == name }?.value ?? ""
  }

  // MARK: What people are told

  private func privacyPage(_ request: WebRequest) -> WebAnswer {
    let notice = city.privacyNotice(on: base.clock.now().date)
    return page(
      "privacy",
      [
        "title": "隐私说明",
        "lead": notice.map { "\(city.platformName)怎样使用个人信息。\($0.version) 起有效。" }
          ?? "\(city.bureau)还没有发布隐私说明，请向主办单位索取。",
        "sections": notice?.sections.enumerated().map { number, section -> Model in
          ["id": "s\(number + 1)", "title": section.heading, "text": section.text]
        },
        "versions": city.privacyNotices.count > 1
          ? city.privacyNotices.map(\.version.description).joined(separator: "、") : nil,
      ],
      door: .public,
      current: "privacy",
      startedAt: Date()
    )
  }

  // MARK: What they ask

  /// The part of one's own page about one's data.
  func ownRights(_ account: Account) throws -> Model {
    guard let signIn else { return [:] }
    return [
      "kinds": RightsKind.allCases.map { ["code": $0.rawValue, "text": $0.label] as Model },
      "days": String(signIn.rules.rightsDays),
      "requests": try signIn.requests(of: account.accountId).map { record -> Model in
        let request = RightsRequest(values: record.values)
        return [
          "kind": request.kind?.label ?? "", "text": request.text,
          "received": request.receivedOn?.description ?? "",
          "due": request.dueOn?.description ?? "", "status": request.status?.label ?? "",
          "answer": request.answer.isEmpty ? nil : request.answer,
        ]
      }.asRows,
      "consents": try signIn.consents(of: account.accountId).map { record -> Model in
        let consent = Consent(values: record.values)
        return [
          "id": record.id, "purpose": consent.purpose?.label ?? "",
          "given": consent.givenOn?.description ?? "",
          "withdrawn": consent.withdrawnOn?.description,
        ]
      }.asRows,
    ]
  }

  private func ask(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn else { return notFound(request) }
    do {
      let record = try signIn.ask(
        value("kind", request),
        value("text", request),
        for: signedIn.account,
        by: Self.officer
      )
      try catchUp()
      let due = RightsRequest(values: record.values).dueOn?.description ?? ""
      return try ownPage(request, flash: "请求 \(record.id) 已收到，\(due) 前答复。")
    } catch let refused as Refused {
      return try ownPage(
        request,
        asked: (
          value("kind", request), value("text", request),
          refused.problems.filter(\.blocks).map(\.message).joined(separator: " ")
        )
      )
    }
  }

  private func askOfProgram(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn else { return notFound(request) }
    guard let json = try? JSON(parsing: request.body), json.members != nil else {
      return .problem("请求体不是 JSON 对象。", status: 400)
    }
    do {
      let record = try signIn.ask(
        json["kind"]?.string ?? "",
        json["text"]?.string ?? "",
        for: signedIn.account,
        by: Self.program
      )
      try catchUp()
      var answer = WebAnswer.json(record.json(for: Self.visitor.reader))
      answer.status = 201
      return answer
    } catch let refused as Refused {
      return .problem("没有受理", status: 422, refused.problems)
    }
  }

  private func withdraw(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let signedIn = Self.visitor.signedIn else { return notFound(request) }
    do {
      try signIn.withdraw(
        value("consent", request),
        of: signedIn.account.accountId,
        by: Self.officer
      )
      try catchUp()
      return .seeOther("/me")
    } catch let refused as Refused {
      return message("没有撤回", refused.problems[0].message, status: 422, door: .desk)
    }
  }

  // MARK: How it is answered

  /// What may be done with a request beside reading it.
  func rightsDeeds(_ record: Record) -> [Model] {
    let request = RightsRequest(values: record.values)
    guard Self.visitor.reader.role == .securityAdmin, request.status == .waiting,
      request.accountId != Self.visitor.reader.account
    else { return [] }
    let action = Address.record("rightsRequest", record.id, .desk) + "/answer"
    let isClosing = request.kind == .close
    return [
      [
        "action": action, "text": isClosing ? "注销这个账号" : "已办",
        "name": "do", "value": "done", "asks": "怎么办的（请求人看得到）",
        "help": isClosing ? "姓名等从现在和以前的各个版本里抹去，不能恢复。" : "",
      ],
      [
        "action": action, "text": "办了一部分", "name": "do", "value": "partly",
        "asks": "哪些没有办，为什么",
      ],
      [
        "action": action, "text": "没有照办", "name": "do", "value": "refused", "asks": "理由",
      ],
    ]
  }

  private func answerRequest(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn else { return notFound(request) }
    do {
      try signIn.answer(
        id,
        value("do", request),
        value("reason", request),
        by: Self.officer,
        answering: Self.visitor.reader.account
      )
    } catch let refused as Refused {
      return message(
        "没有答复",
        refused.problems.filter(\.blocks).map(\.message).joined(separator: " "),
        status: 422,
        door: .desk,
        links: [("回到请求", Address.record("rightsRequest", id, .desk))]
      )
    }
    try catchUp()
    return .seeOther(Address.record("rightsRequest", id, .desk))
  }
}
