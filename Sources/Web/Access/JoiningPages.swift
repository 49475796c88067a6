import Calendar
import Foundation
import Identity
import Records
import Storage
import Values

/// Organisations join: they ask on a page of the public, their county or the bureau decides.
extension Site {
  /// Answers what is about joining; `nil` for any other address.
  func routeJoining(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("GET", 1, "join"): return try joinForm(request)
    case ("POST", 1, "join"): return try takeJoining(request)
    case ("POST", 3, "api") where path[1] == "public" && path[2] == "joining":
      return try takeJoiningOfProgram(request)
    case ("GET", 2, "join"): return try receiptPage(path[1], request)
    case ("POST", 2, "join"):
      guard let code = try signIn?.link(forReceipt: path[1]) else {
        return try receiptPage(path[1], request)
      }
      return .seeOther(Address.link(code))
    case ("POST", 4, "desk") where path[1] == "joining" && path[3] == "decide":
      return try decideJoining(path[2], request)
    case ("POST", 4, "api") where path[1] == "joining" && path[3] == "decide":
      return try decideJoining(path[2], request)
    default: return nil
    }
  }

  private func value(_ name: String, _ request: WebRequest) -> String {
    request.form.first { $0.name == name }?.value ?? ""
  }

  // MARK: Who asks

  /// Who asks to join, before they are anybody.
  private func applicant(_ request: WebRequest) -> Actor {
    Actor(name: "入驻申请人", source: .manual, role: Role.public.rawValue, address: request.address)
  }

  private func joinForm(
    _ request: WebRequest,
    typed: [String: String] = [:],
    problems: [Problem] = []
  ) throws -> WebAnswer {
    guard signIn != nil, let kind = base.kind("joining") else { return notFound(request) }
    let joins =
      (typed["organisationKind"] ?? request["of"]).flatMap(JoiningKind.init(rawValue:))
      ?? .enterprise
    let other: JoiningKind = joins == .school ? .enterprise : .school
    var state = FormState(kind: kind, typed: typed)
    state.problems = problems
    let wanted = Set(Joining.asked).subtracting(["organisationKind"])
    return try base.store.read { reading in
      let fields = kind.fields.filter { field in
        wanted.contains(field.name)
          && (field.condition.map { $0.values.contains(joins.rawValue) } ?? true)
      }
      let sections = Dictionary(grouping: fields, by: \.section)
      return page(
        "form",
        [
          "title": "\(joins.label)入驻",
          "lead":
            "\(joins == .school ? "学校凭学校代码" : "企业凭统一社会信用代码")申请。所在县（市、区）或市教育局确认后，联系人得到账号，只管本单位。",
          "links": [
            ["href": "/join?of=\(other.rawValue)", "text": "我是\(other.label)"] as Model,
            ["href": Address.privacy, "text": "隐私说明"],
          ].asRows,
          "action": "/join",
          "hidden": [["name": "organisationKind", "value": joins.rawValue] as Model],
          "errors": problems.isEmpty
            ? nil
            : [
              "title": "有 \(problems.count) 处需要改正，您填的内容都还在",
              "rows": problems.map { problem -> Model in
                [
                  "id": problem.path.isEmpty ? "main" : problem.path,
                  "label": fields.first { $0.name == problem.path }?.label ?? "申请",
                  "text": problem.message,
                ]
              }.asRows,
            ] as Model,
          "sections": try ["单位", "办事的人"].enumerated().map { number, title -> Model in
            [
              "id": "f\(number)", "title": title,
              "fields": try (sections[title] ?? []).map { try model($0, state, reading) },
            ]
          },
          "submits": [["text": "提交申请", "isPrimary": true] as Model], "cancelHref": "/",
          "cancelText": "不申请，回首页", "submitNote": "提交后给你一个查询地址，用它看结果、设口令。",
        ],
        door: .public,
        current: "join",
        status: problems.isEmpty ? 200 : 422,
        startedAt: Date()
      )
    }
  }

  private func takeJoining(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn else { return notFound(request) }
    let wanted = Set(Joining.asked)
    let typed = Dictionary(
      request.form.filter { wanted.contains($0.name) }.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    do {
      let (_, receipt) = try signIn.join(
        typed.mapValues { .text($0) },
        by: applicant(request)
      )
      try catchUp()
      return .seeOther("/join/\(receipt)")
    } catch let refused as Refused {
      return try joinForm(request, typed: typed, problems: refused.problems.filter(\.blocks))
    }
  }

  private func takeJoiningOfProgram(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn else { return notFound(request) }
    guard let members = (try? JSON(parsing: request.body))?.members else {
      return .problem("请求体不是 JSON 对象。", status: 400)
    }
    do {
      let (id, receipt) = try signIn.join(
        Dictionary(
          members.map { ($0.name, Draft.Input.json($0.value)) },
          uniquingKeysWith: { first, _ in first }
        ),
        by: applicant(request)
      )
      try catchUp()
      var answer = WebAnswer.json(
        .object(["id": .string(id), "receipt": .string("/join/\(receipt)")])
      )
      answer.status = 201
      return answer
    } catch let refused as Refused {
      return .problem("没有受理", status: 422, refused.problems)
    }
  }

  private func receiptPage(_ code: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let record = try signIn.joining(ofReceipt: code) else {
      return message("查不到", "这个查询地址不对，或已过期。", status: 404, links: [("单位入驻", "/join")])
    }
    let joining = Joining(values: record.values)
    let canChoose = try joining.status == .confirmed && !signIn.hasPassword(joining.accountId)
    let sentence =
      switch joining.status {
      case .confirmed?:
        canChoose ? "已确认。请设口令，以后用登录名 \(joining.loginName) 登录。" : "已确认，口令已设好，请登录。"
      case .refused?: "没有同意：\(joining.reason)。改好后可以重新申请。"
      default: "已收到，等\(place(joining.regionCode))或市教育局确认。请保存本页地址，只有它能查询。"
      }
    return page(
      "joining",
      [
        "title": joining.organisationName, "number": record.id,
        "status": joining.status?.label ?? "", "text": sentence,
        "on": record.stamp.createdAt.civilText, "action": canChoose ? "/join/\(code)" : nil,
        "signInHref": joining.status == .confirmed && !canChoose ? "/sign-in" : nil,
        "againHref": joining.status == .refused ? "/join" : nil,
      ],
      door: .public,
      current: "join",
      startedAt: Date()
    )
  }

  private func place(_ code: String) -> String {
    guard let kind = base.kind("region") else { return code }
    return (try? base.record(kind, code))??.title ?? code
  }

  // MARK: Who decides

  /// What may be done with a joining beside reading it.
  func joiningDeeds(_ record: Record) -> [Model] {
    let joining = Joining(values: record.values)
    guard joining.status == .waiting,
      (try? register.store.read { try register.mayReach(.confirm, record.kind, record.id, in: $0) })
        == true
    else { return [] }
    let action = Address.record("joining", record.id, .desk) + "/decide"
    return [
      [
        "action": action, "text": "确认入驻", "name": "do", "value": "confirm",
        "help":
          "给 \(joining.contactName) 建账号 \(joining.loginName)，授予\(joining.organisationKind?.role.label ?? "")，只管这个单位。",
      ],
      [
        "action": action, "text": "不同意", "name": "do", "value": "refuse",
        "asks": "理由（申请人看得到）",
      ],
    ]
  }

  private func decideJoining(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let signIn, let kind = base.kind("joining") else { return notFound(request) }
    let isAPI = request.path.first == "api"
    let json = isAPI ? try? JSON(parsing: request.body) : nil
    let verb = json?["do"]?.string ?? value("do", request)
    let reason = json?["reason"]?.string ?? value("reason", request)
    do {
      switch verb {
      case "confirm":
        try signIn.confirm(id, acting: register, by: isAPI ? Self.program : Self.officer)
      case "refuse":
        try signIn.refuse(
          id,
          reason: reason,
          acting: register,
          by: isAPI ? Self.program : Self.officer
        )
      default:
        throw Refused(problems: [Problem("ACC-E-068", "do", "do 应为 confirm 或 refuse。")])
      }
    } catch let refused as Refused {
      try noteRefused(refused, kind, id)
      if isAPI
        || refused.problems.contains(where: {
          $0.code.hasPrefix("ACC-E-00") || $0.code == "REC-E-021"
        })
      {
        return denial(refused, request)
      }
      return message(
        "没有办",
        refused.problems.map(\.message).joined(separator: " "),
        status: 422,
        door: .desk,
        links: [("回到申请", Address.record("joining", id, .desk))]
      )
    }
    try catchUp()
    if isAPI, let record = try register.record(kind, id) {
      return .json(record.json(for: Self.visitor.reader))
    }
    return .seeOther(Address.record("joining", id, .desk))
  }
}
