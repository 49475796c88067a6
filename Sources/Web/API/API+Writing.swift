import Calendar
import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// How many records one bulk write takes.
  private static let mostAtOnce = 1_000

  /// Writes one record; a key of the sender makes a repeated request the same one.
  func write(_ name: String, _ id: String?, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return noKind(name, .desk) }
    guard let json = Self.json(request) else { return Self.unreadable }
    var (draft, problems) = Draft.json(json, id: id)
    guard problems.isEmpty else { return .problem("没有保存", status: 422, problems) }
    draft.isNew = id == nil
    let wrong = Self.wrongVersion(json, kind, id, request, &draft)
    guard wrong.isEmpty else { return .problem("没有保存", status: 422, wrong) }
    Self.dropTold(from: &draft, kind)
    let hasTag = request.headers["if-match"] != nil
    let answer: WebAnswer
    var refused: Refused?
    if id == nil, let key = request.headers["idempotency-key"] {
      answer = try once(key, request) { inside in
        try Self.saved(kind, draft, in: inside, hasTag: hasTag) { refused = $0 }
      }
    } else {
      answer = try Self.saved(kind, draft, in: register, hasTag: hasTag) { refused = $0 }
    }
    if let refused { try noteRefused(refused, kind, id) }
    try catchUp()
    return answer
  }

  private static func saved(
    _ kind: Kind,
    _ draft: Draft,
    in register: RecordStore,
    hasTag: Bool,
    onRefused: (Refused) -> Void
  ) throws -> WebAnswer {
    do {
      let saved = try register.save(kind, draft, by: program)
      var members = saved.record.json(for: visitor.reader).members ?? []
      let warnings = saved.outcome.problems.map(\.json)
      if !warnings.isEmpty { members.append(.init("warnings", .array(warnings))) }
      let isNew = saved.outcome.verdict == .new
      var answer = WebAnswer.json(.object(members), status: isNew ? 201 : 200)
      answer.headers.append(("ETag", "\"\(saved.record.version)\""))
      if isNew {
        answer.headers.append(("Location", "/api/\(kind.name)/\(Address.encoded(saved.record.id))"))
      }
      return answer
    } catch let refused as Refused {
      onRefused(refused)
      if let conflict = refused.conflict {
        return .problem(
          "别人刚刚改过这条记录",
          status: hasTag ? 412 : 409,
          refused.problems,
          extra: [.init("current", conflict.json(for: visitor.reader))]
        )
      }
      let isMissing = refused.problems.contains { $0.code == "REC-E-021" }
      let isDenied = refused.problems.contains { $0.code.hasPrefix("ACC-E-00") }
      return .problem(
        "没有保存",
        status: isMissing ? 404 : isDenied ? 403 : 422,
        refused.problems
      )
    }
  }

  /// Carries out a request under a key once: again with the same content, it gets the answer it got.
  private func once(
    _ key: String,
    _ request: WebRequest,
    _ body: (RecordStore) throws -> WebAnswer
  ) throws -> WebAnswer {
    guard (1...200).contains(key.utf8.count) else {
      return .problem(
        "没有保存",
        status: 422,
        [Problem("REC-E-057", "Idempotency-Key", "Idempotency-Key 应为 1 到 200 个字符。")]
      )
    }
    // Keys of different callers have nothing to do with each other.
    let key = Self.visitor.name + " " + key
    let content = request.target + "\n" + String(decoding: request.body, as: UTF8.self)
    return try register.inOneTransaction { inside in
      if let known = try inside.answer(to: key) {
        guard known.request == content else {
          return .problem(
            "没有保存",
            status: 422,
            [
              Problem(
                "REC-E-058",
                "Idempotency-Key",
                "这个 Idempotency-Key 已经用于另一个请求，请为新的请求换一个。"
              )
            ]
          )
        }
        var answer = WebAnswer(known.body, status: known.status, type: known.type)
        answer.headers.append(("Idempotency-Replayed", "true"))
        if let told = try? JSON(parsing: known.body.utf8), let id = told["id"]?.string,
          case .integer(let version)? = told["version"]
        {
          answer.headers.append(("ETag", "\"\(version)\""))
          answer.headers.append(
            ("Location", request.target.prefix { $0 != "?" } + "/" + Address.encoded(id))
          )
        }
        return answer
      }
      let answer = try body(inside)
      try inside.remember(
        key,
        request: content,
        status: answer.status,
        type: answer.type,
        body: String(decoding: answer.body, as: UTF8.self)
      )
      return answer
    }
  }

  /// Writes many records: all good ones, or none when one is refused and the sender wants it so.
  func writeMany(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return noKind(name, .desk) }
    guard let json = Self.json(request) else { return Self.unreadable }
    guard let items = json["items"]?.array, items.count <= Self.mostAtOnce else {
      let problem = Problem(
        "REC-E-014",
        "items",
        "请求内容应为 {\"items\": [记录…]}，一次最多 \(Self.mostAtOnce) 条；更多请用导入。"
      )
      return .problem("没有保存", status: 400, [problem])
    }
    let isWhole = json["allOrNothing"] == .boolean(true)
    var drafts: [Draft] = []
    for (index, item) in items.enumerated() {
      let id = item["id"]?.string
      var (draft, problems) = Draft.json(item, id: id)
      draft.faults = problems
      draft.isNew = id == nil
      if case .integer(let version)? = item["version"] {
        draft.version = version
      } else if id != nil {
        draft.faults.append(
          Problem("REC-E-025", "version", "修改要带上读到的版本号 version（整数），以免盖掉别人的修改。")
        )
      }
      if let id, let given = item[kind.fields[kind.identifier].name]?.string, given != id {
        draft.faults.append(Self.otherIdentifier(kind, id, given))
      }
      draft.line = index + 1
      Self.dropTold(from: &draft, kind)
      drafts.append(draft)
    }
    let outcomes = try register.saveAll(kind, drafts, by: Self.program, isWhole: isWhole)
    try catchUp()
    let isKeptOut = isWhole && outcomes.contains { $0.verdict == .refused }
    let results = try register.store.read { reading in
      try outcomes.map { outcome -> JSON in
        let id = outcome.former?.id ?? outcome.values[kind.identifier].text
        let record = try id.flatMap { try register.record(kind, $0, in: reading) }
        let verdict = isKeptOut && outcome.verdict != .refused ? "skipped" : "\(outcome.verdict)"
        return .object([
          "status": .string(verdict), "id": id.map(JSON.string) ?? .null,
          "version": record.map { .integer($0.version) } ?? .null,
          "problems": .array(outcome.problems.map(\.json)),
        ])
      }
    }
    let hasRefused = outcomes.contains { $0.verdict == .refused }
    return .json(
      .object(["results": .array(results)]),
      status: isKeptOut ? 422 : hasRefused ? 207 : 200
    )
  }

  private static func json(_ request: WebRequest) -> JSON? {
    do throws(JSON.Malformed) { return try JSON(parsing: request.body) } catch { return nil }
  }

  private static var unreadable: WebAnswer {
    .problem(
      "请求内容读不懂",
      status: 400,
      [Problem("REC-E-024", "", "不是完整的 JSON，请检查引号、逗号和括号。")]
    )
  }

  /// What an answer tells and a request may carry back without meaning anything by it.
  private static func dropTold(from draft: inout Draft, _ kind: Kind) {
    for name in ["id", "version", "updatedAt", "sourceSystem", "expanded", "warnings"]
    where kind.place(of: name) == nil {
      draft.inputs[name] = nil
    }
  }

  private static func otherIdentifier(_ kind: Kind, _ id: String, _ given: String) -> Problem {
    let identifier = kind.fields[kind.identifier]
    return Problem(
      "REC-E-026",
      identifier.name,
      "\(identifier.label)登记后不能改：地址里是 \(id)，内容里是 \(given)。要换编号请新登记一条。"
    )
  }

  /// A change names the version it was made from, in a header or in itself, and keeps the identifier.
  private static func wrongVersion(
    _ json: JSON,
    _ kind: Kind,
    _ id: String?,
    _ request: WebRequest,
    _ draft: inout Draft
  ) -> [Problem] {
    guard let id else { return [] }
    var wrong: [Problem] = []
    if let tag = request.headers["if-match"] {
      if let version = Int(tag.replacing("\"", with: "").replacing("W/", with: "")) {
        draft.version = version
      } else {
        wrong.append(
          Problem("REC-E-025", "If-Match", "If-Match 应为读到的 ETag，例如 \"3\"，现在是 \(tag)。")
        )
      }
    } else if case .integer(let version)? = json["version"] {
      draft.version = version
    } else {
      wrong.append(
        Problem("REC-E-025", "version", "修改要带上读到的版本号 version（整数），以免盖掉别人的修改。请先 GET 这条记录。")
      )
    }
    let identifier = kind.fields[kind.identifier]
    if let given = json[identifier.name]?.string, given != id {
      wrong.append(otherIdentifier(kind, id, given))
    }
    return wrong
  }
}

extension Problem {
  /// The problem as the API gives it.
  var json: JSON {
    .object([
      "code": .string(code), "field": .string(path), "message": .string(message),
    ])
  }
}
