import Exchange
import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// Answers the JSON API: `/api/public/…` as anybody, the rest as the local officer.
  func api(_ request: WebRequest) throws -> WebAnswer {
    let path = Array(request.path.dropFirst())
    switch (request.method, path.first) {
    case ("GET", "figures"?) where path.count == 1:
      return .json(.array(try book.values().flatMap(\.flattened).map(\.row)))
    case ("GET", "matches"?) where path.count == 1: return try matches(request)
    case ("POST", "matches"?) where path.count == 1: return matches(posted: request)
    case ("GET", "kinds"?) where path.count == 1: return apiKinds()
    case ("GET", "public"?): return try read(Array(path.dropFirst()), request, .public)
    case ("GET", _): return try read(path, request, .desk)
    case ("POST", let name?) where path.count == 1: return try write(name, nil, request)
    case ("PUT", let name?) where path.count == 2, ("PATCH", let name?) where path.count == 2:
      return try write(name, path[1], request)
    default: return .problem("这个地址不支持 \(request.method)。", status: path.isEmpty ? 404 : 405)
    }
  }

  private func apiKinds() -> WebAnswer {
    .json(
      .array(
        register.kinds.map { kind in
          .object([
            "name": .string(kind.name), "label": .string(kind.label),
            "fields": .array(
              kind.fields.map {
                .object([
                  "name": .string($0.name), "label": .string($0.label),
                  "required": .boolean($0.isRequired), "privacy": .string("\($0.privacy)"),
                ])
              }
            ),
          ])
        }
      )
    )
  }

  private func noKind(_ name: String) -> WebAnswer {
    let near = NearMiss.suggestion(name, among: register.kinds.map(\.name))
    return .problem("没有名为 \(name) 的记录类别。\(near)", status: 404)
  }

  private func read(_ path: [String], _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    guard let name = path.first, let kind = register.kind(name), door.reader.mayList(kind) else {
      return noKind(path.first ?? "")
    }
    if path.count == 2 {
      guard let record = try register.record(kind, path[1]), door.reader.mayRead(record) else {
        return .problem("找不到编号为 \(path[1]) 的\(kind.label)。", status: 404)
      }
      var answer = WebAnswer.json(record.json(for: door.reader))
      answer.headers.append(("ETag", "\"\(record.version)\""))
      return answer
    }
    guard path.count == 1 else { return notFound(request) }
    let known = Set(
      kind.filters.map { kind.fields[$0].name } + ["q", "sort", "order", "page", "figure"]
    )
    for (name, _) in request.query where !known.contains(name) {
      let near = NearMiss.suggestion(name, among: known.sorted())
      return .problem(
        "条件不对",
        status: 400,
        [Problem("REC-E-012", name, "不能按 \(name) 筛选\(kind.label)。\(near)")]
      )
    }
    let asked = try ListRequest(kind, request, site: self, door)
    return try register.store.read { reading in
      let total = try register.count(kind, asked.query, in: reading)
      let records = try register.list(kind, asked.query, in: reading)
      return .json(
        .object([
          "total": .integer(total), "offset": .integer(asked.query.offset),
          "items": .array(records.map { $0.json(for: door.reader) }),
        ])
      )
    }
  }

  private func write(_ name: String, _ id: String?, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return noKind(name) }
    let json: JSON
    do throws(JSON.Malformed) {
      json = try JSON(parsing: request.body)
    } catch {
      return .problem(
        "请求内容读不懂",
        status: 400,
        [Problem("REC-E-024", "", "不是完整的 JSON，请检查引号、逗号和括号。")]
      )
    }
    var (draft, problems) = Draft.json(json, id: id)
    guard problems.isEmpty else { return .problem("没有保存", status: 422, problems) }
    if case .integer(let version)? = json["version"] { draft.version = version }
    draft.isNew = id == nil
    for name in ["id", "version", "updatedAt", "sourceSystem"] where kind.place(of: name) == nil {
      draft.inputs[name] = nil
    }
    do {
      let saved = try register.save(kind, draft, by: Self.program)
      try catchUp()
      let warnings = saved.outcome.problems.map {
        JSON.object([
          "code": .string($0.code), "field": .string($0.path), "message": .string($0.message),
        ])
      }
      var members = saved.record.json(for: .officer).members ?? []
      if !warnings.isEmpty { members.append(.init("warnings", .array(warnings))) }
      let isNew = saved.outcome.verdict == .new
      var answer = WebAnswer.json(.object(members), status: isNew ? 201 : 200)
      answer.headers.append(("ETag", "\"\(saved.record.version)\""))
      if isNew {
        answer.headers.append(("Location", "/api/\(name)/\(Address.encoded(saved.record.id))"))
      }
      return answer
    } catch let refused as Refused {
      if let conflict = refused.conflict {
        return .problem(
          "别人刚刚改过这条记录",
          status: 409,
          refused.problems,
          extra: [.init("current", conflict.json(for: .officer))]
        )
      }
      let isMissing = refused.problems.contains { $0.code == "REC-E-021" }
      return .problem("没有保存", status: isMissing ? 404 : 422, refused.problems)
    }
  }

  private func top(_ request: WebRequest) -> Int {
    min(200, max(1, request["top"].flatMap { Int($0) } ?? 20))
  }

  /// `GET /api/matches?item=ID` or `?title=…&description=…&kind=…`.
  private func matches(_ request: WebRequest) throws -> WebAnswer {
    if let id = request["item"] {
      guard let result = try desk.match(id: id, most: top(request)) else {
        return .problem("找不到编号为 \(id) 的供需信息。", status: 404)
      }
      return .json(desk.json(result))
    }
    let members = request.query.filter { $0.name != "top" }.map {
      JSON.Member($0.name, .string($0.value))
    }
    return matched(JSON.object(members).text.utf8, request)
  }

  private func matches(posted request: WebRequest) -> WebAnswer { matched(request.body, request) }

  private func matched(_ bytes: some Collection<UInt8>, _ request: WebRequest) -> WebAnswer {
    let (result, problems) = desk.match(bytes, most: top(request))
    guard let result else {
      let isBroken = problems.contains { $0.code == "REC-E-024" }
      return .problem("这条供需读不懂", status: isBroken ? 400 : 422, problems)
    }
    return .json(desk.json(result))
  }
}
