import Calendar
import Foundation
import Procedures
import Records
import Values

/// The inbox, one case with what may be done and what was done, and the procedures as drawings.
extension Site {
  /// Answers what is about procedures and cases; `nil` for any other address.
  func routeProcedures(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("GET", 1, "procedures"): return try proceduresPage(.public)
    case ("GET", 2, "desk") where path[1] == "procedures": return try proceduresPage(.desk)
    case ("GET", 2, "desk") where path[1] == "inbox": return try inboxPage()
    case ("POST", 2, "desk") where path[1] == "inbox", ("POST", 2, "api") where path[1] == "inbox":
      return try startCase(request)
    case ("GET", 3, "desk") where path[1] == "inbox": return try casePage(path[2], request)
    case ("POST", 3, "desk") where path[1] == "inbox", ("POST", 3, "api") where path[1] == "inbox":
      return try takeCase(path[2], request)
    case ("GET", 2, "api") where path[1] == "inbox":
      return .json(
        .object([
          "items": .array(try CaseDesk(base).inbox(of: Self.visitor.reader).map(json))
        ])
      )
    case ("GET", 3, "api") where path[1] == "inbox": return try caseJSON(path[2])
    default: return nil
    }
  }

  private var today: CivilDate { base.clock.now().date }
  private var who: String { Self.officer.name }

  private func json(_ one: Case) -> JSON {
    let light = one.light(on: today)
    return .object([
      "id": .string(one.caseId), "title": .string(one.title),
      "procedure": .string(one.procedureId), "step": .string(one.step),
      "stepLabel": .string(one.stepLabel), "waitsFor": .string(one.waitsFor?.rawValue ?? ""),
      "since": .string(one.since?.description ?? ""),
      "due": one.due.map { .string($0.description) } ?? .null,
      "light": .string(light.colour), "why": .string(light.why),
      "state": .string(one.state?.rawValue ?? ""),
    ])
  }

  // MARK: Procedures

  private func proceduresPage(_ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = base.kind("procedure") else {
      return notFound(.init(method: "GET", target: "/"))
    }
    let procedures = try base.list(kind, Query([.field("status", "inUse")], limit: 200))
    let sections = try procedures.compactMap { record -> Model? in
      guard let course = try Course.of(base, record.id) else { return nil }
      let told = course.problems(base.kinds).map(\.message)
      return [
        "title": "\(course.procedure.title)（\(record.id)）",
        "table":
          (told.isEmpty
          ? "" : "<p class=\"light light-red\">\(Self.escaped(told.joined(separator: " ")))</p>")
          + "<div class=\"table-scroll\">\(course.drawing())</div>",
      ]
    }
    return page(
      "report",
      [
        "title": "办理流程", "lead": "每件事怎样走：环节、等谁、几天、往哪走。流程写在城市文件夹里，改了另立一版。",
        "sections": sections,
      ],
      door: door,
      current: "procedures",
      startedAt: startedAt
    )
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  // MARK: The inbox

  private func inboxPage() throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind("case"), let procedures = base.kind("procedure") else {
      return notFound(.init(method: "GET", target: "/desk"))
    }
    let reader = Self.visitor.reader
    let waiting = try CaseDesk(base).inbox(of: reader)
    let ids = Set(waiting.map(\.caseId))
    let others = try register.list(kind, Query([.field("state", "open")], sort: "due", limit: 100))
      .map { Case(values: $0.values) }.filter { !ids.contains($0.caseId) }
    let startable = try base.list(procedures, Query([.field("status", "inUse")], limit: 100))
    return page(
      "inbox",
      [
        "title": "待办",
        "lead": waiting.isEmpty ? "现在没有等你办的事。" : "有 \(waiting.count) 件等你办。",
        "mine": waiting.isEmpty ? nil : table("等我办", waiting).html,
        "others": others.isEmpty ? nil : table("等别人办", others).html,
        "procedures": startable.map { record -> Model in
          ["code": record["code"].text ?? "", "title": record.title]
        },
        "links": [["text": "流程怎样走", "href": "/desk/procedures"] as Model].asRows,
      ],
      door: .desk,
      current: "inbox",
      startedAt: startedAt
    )
  }

  private func table(_ title: String, _ cases: [Case]) -> Table {
    Table(
      caption: title,
      columns: ["事由", "环节", "等谁", "从哪天起", "灯"].map { Table.Column(text: $0) },
      rows: cases.map { one in
        let light = one.light(on: today)
        return [
          Table.Cell(one.title, .name, address: "/desk/inbox/\(Address.encoded(one.caseId))"),
          Table.Cell(one.stepLabel, .short, label: "环节"),
          Table.Cell(one.waitsFor?.label ?? "", .short, label: "等"),
          Table.Cell(one.since?.description ?? "", .short, label: "起"),
          Table.Cell("\(Self.lights[light.colour] ?? "")，\(light.why)", .short),
        ]
      }
    )
  }

  private static let lights = ["red": "红", "yellow": "黄", "green": "绿", "grey": "灰"]

  private func seen(_ id: String) throws -> Case? {
    let reader = Self.visitor.reader
    guard let kind = register.kind("case") else { return nil }
    if let record = try register.record(kind, id) { return Case(values: record.values) }
    // A delegate sees what was put into their hands.
    guard let all = base.kind("case"), let record = try base.record(all, id) else { return nil }
    let own = Case(values: record.values)
    return !own.delegate.isEmpty && own.delegate == reader.account ? own : nil
  }

  private func casePage(
    _ id: String,
    _ request: WebRequest,
    _ told: (note: String, problems: [Problem])? = nil
  ) throws -> WebAnswer {
    let startedAt = Date()
    guard let own = try seen(id), let course = try Course.of(base, own.procedureId) else {
      return notFound(request)
    }
    let desk = CaseDesk(base)
    let choices = try desk.choices(id, for: Self.visitor.reader)
    let light = own.light(on: today)
    let events = try desk.events(of: id)
    let subject = base.kind(own.subjectKind).map { kind in
      ["text": "所办的\(kind.label)", "href": Address.record(kind.name, own.subjectId, .desk)] as Model
    }
    return page(
      "case",
      [
        "title": own.title, "procedure": course.procedure.title, "id": own.caseId,
        "step": own.stepLabel, "waits": own.waitsFor?.label, "light": light.colour,
        "colour": Self.lights[light.colour] ?? "", "why": light.why,
        "since": own.since?.description ?? "", "subject": subject,
        "problems": told.map { $0.problems.map(\.message).joined(separator: " ") },
        "note": told?.note ?? "", "action": "/desk/inbox/\(Address.encoded(id))",
        "choices": choices.isEmpty
          ? nil
          : [
            "rows": choices.filter { $0.missing == nil }.map { choice -> Model in
              ["verb": choice.verb, "label": choice.label]
            },
            "missing": choices.compactMap { choice in
              choice.missing.map { ["text": "\(choice.label)：\($0)"] as Model }
            },
            "signs": choices.contains { $0.verb == "agree" }
              ? (course.step(own.step)?.signers ?? []).map { ["unit": $0] as Model } : nil,
            "extends": choices.contains { $0.verb == "extend" } ? true : nil,
          ] as Model,
        "signatures": own.signatures.rows.map { row -> Model in
          ["text": row.joined(separator: "　")]
        },
        "events": events.map { event -> Model in
          [
            "on": event.on?.description ?? "", "actor": event.actor, "role": event.role,
            "label": event.label, "note": event.note.isEmpty ? nil : event.note,
          ]
        }, "drawing": course.drawing(here: own.step),
      ],
      door: .desk,
      current: "inbox",
      status: told == nil ? 200 : 422,
      startedAt: startedAt
    )
  }

  private func caseJSON(_ id: String) throws -> WebAnswer {
    guard let own = try seen(id) else { return .problem("没有办件 \(id)。", status: 404) }
    let desk = CaseDesk(base)
    return .json(
      .object([
        "case": json(own),
        "choices": .array(
          try desk.choices(id, for: Self.visitor.reader).map { choice in
            .object([
              "verb": .string(choice.verb), "label": .string(choice.label),
              "needsNote": .boolean(choice.needsNote),
              "missing": choice.missing.map(JSON.string) ?? .null,
            ])
          }
        ),
        "events": .array(
          try desk.events(of: id).map { event in
            .object([
              "on": .string(event.on?.description ?? ""), "actor": .string(event.actor),
              "role": .string(event.role), "verb": .string(event.verb),
              "label": .string(event.label), "note": .string(event.note),
            ])
          }
        ),
      ])
    )
  }

  // MARK: Doing

  /// What a request gives, posted or as JSON.
  private func given(_ request: WebRequest) -> [String: String]? {
    if request.path.first == "api" {
      guard let json = try? JSON(parsing: request.body) else { return nil }
      return Dictionary(
        (json.members ?? []).compactMap { member in member.value.string.map { (member.name, $0) } },
        uniquingKeysWith: { first, _ in first }
      )
    }
    return Dictionary(
      request.form.map { ($0.name, Text.trimmed($0.value)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private func startCase(_ request: WebRequest) throws -> WebAnswer {
    let isAPI = request.path.first == "api"
    guard let kind = base.kind("case"), let given = given(request) else {
      return .problem("请求内容读不懂", status: 400)
    }
    let reader = Self.visitor.reader
    do {
      let title = given["title"] ?? ""
      guard title.count >= 4, title.count <= 120 else {
        throw Refused(problems: [Problem("PRO-E-040", "title", "事由写 4 到 120 个字。")])
      }
      var region = reader.region
      if region.isEmpty, let school = base.kind("school"),
        let record = try base.record(school, reader.organisation)
      {
        region = record["locationRegionCode"].text ?? ""
      }
      let id = try CaseDesk(base).start(
        given["procedure"] ?? "",
        title: title,
        subject: given["subject"] ?? "",
        region: region,
        organisation: reader.organisation,
        by: reader,
        name: who
      )
      try catchUp()
      return isAPI
        ? .json(.object(["id": .string(id)])) : .seeOther("/desk/inbox/\(Address.encoded(id))")
    } catch let refused as Refused {
      try noteRefused(refused, kind, nil)
      if isAPI { return denial(refused, request) }
      return message(
        "没有提出",
        refused.problems.map(\.message).joined(separator: " "),
        status: 422,
        door: .desk,
        links: [("回到待办", "/desk/inbox")]
      )
    }
  }

  private func takeCase(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    let isAPI = request.path.first == "api"
    guard let kind = base.kind("case"), let given = given(request) else {
      return .problem("请求内容读不懂", status: 400)
    }
    guard try seen(id) != nil else {
      return isAPI ? .problem("没有办件 \(id)。", status: 404) : notFound(request)
    }
    let reader = Self.visitor.reader
    let (verb, note) = (given["do"] ?? "", given["note"] ?? "")
    do {
      if verb == "delegate" {
        try CaseDesk(base).delegate(id, to: given["account"] ?? "", by: reader, name: who)
      } else {
        try CaseDesk(base).take(
          id,
          verb,
          note: note,
          unit: given["unit"] ?? "",
          until: given["until"].flatMap { CivilDate($0) },
          by: reader,
          name: who
        )
      }
      try catchUp()
      return isAPI ? try caseJSON(id) : .seeOther("/desk/inbox/\(Address.encoded(id))")
    } catch let refused as Refused {
      try noteRefused(refused, kind, id)
      if isAPI { return denial(refused, request) }
      return try casePage(id, request, (note, refused.problems))
    }
  }
}
