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
    case ("GET", "matches"?) where path.count == 1: return try matches(request, .desk)
    case ("POST", "matches"?) where path.count == 1:
      return try matched(request.body, request, .desk)
    case ("GET", nil),
      ("GET", "kinds"?) where path.count <= 1:
      return apiKinds()
    case ("GET", "public"?) where path.dropFirst().first == "matches" && path.count == 2:
      return try matches(request, .public)
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

  private func noKind(_ name: String, _ door: Door) -> WebAnswer {
    let open = register.kinds.filter(door.reader.mayList).map(\.name)
    let near = NearMiss.suggestion(name, among: open)
    return .problem("没有名为 \(name) 的记录类别。\(near)", status: 404)
  }

  private func read(_ path: [String], _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    guard let name = path.first, let kind = register.kind(name), door.reader.mayList(kind) else {
      return noKind(path.first ?? "", door)
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
    let wrong = Self.wrongValues(kind, request, city)
    guard wrong.isEmpty else { return .problem("条件不对", status: 400, wrong) }
    let asked = try ListRequest(kind, request, site: self, door)
    if let code = request["figure"], !asked.knowsFigure {
      let problem = Problem("REC-E-012", "figure", "没有由\(kind.label)算出的指标 \(code)，或它的明细不公开。")
      return .problem("条件不对", status: 400, [problem])
    }
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
    guard let kind = register.kind(name) else { return noKind(name, .desk) }
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
    draft.isNew = id == nil
    let wrong = Self.wrongVersion(json, kind, id, &draft)
    guard wrong.isEmpty else { return .problem("没有保存", status: 422, wrong) }
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

  /// What is wrong with the values of a list's query.
  private static func wrongValues(_ kind: Kind, _ request: WebRequest, _ city: City) -> [Problem] {
    request.query.compactMap { name, value in
      guard !value.isEmpty else { return nil }
      switch name {
      case "q", "figure": return nil
      case "page":
        if Int(value).map({ $0 >= 1 }) ?? false { return nil }
        return Problem("REC-E-012", name, "page 应为从 1 起的整数，现在是 \(value)。")
      case "order":
        if value == "asc" || value == "desc" { return nil }
        return Problem("REC-E-012", name, "order 应为 asc 或 desc，现在是 \(value)。")
      case "sort":
        if kind.place(of: value) != nil { return nil }
        let near = NearMiss.suggestion(value, among: kind.fields.map(\.name))
        return Problem("REC-E-012", name, "\(kind.label)没有字段 \(value)，不能按它排序。\(near)")
      default:
        guard let place = kind.place(of: name) else { return nil }
        let codes: [String]
        switch kind.fields[place].type {
        case .choice(let options), .choices(let options): codes = options.map(\.code)
        case .code(let table): codes = (city.codeTable(table) ?? []).map(\.code)
        case .boolean: codes = ["true", "false"]
        default: return nil
        }
        guard !codes.contains(value) else { return nil }
        let near = NearMiss.suggestion(value, among: codes)
        return Problem(
          "REC-E-012",
          name,
          "\(kind.fields[place].label)没有 \(value) 这个值，可用：\(codes.joined(separator: "、"))。\(near)"
        )
      }
    }
  }

  /// A change names the version it was made from and keeps the identifier.
  private static func wrongVersion(
    _ json: JSON,
    _ kind: Kind,
    _ id: String?,
    _ draft: inout Draft
  ) -> [Problem] {
    guard let id else { return [] }
    var wrong: [Problem] = []
    if case .integer(let version)? = json["version"] {
      draft.version = version
    } else {
      wrong.append(
        Problem("REC-E-025", "version", "修改要带上读到的版本号 version（整数），以免盖掉别人的修改。请先 GET 这条记录。")
      )
    }
    let identifier = kind.fields[kind.identifier]
    if let given = json[identifier.name]?.string, given != id {
      wrong.append(
        Problem(
          "REC-E-026",
          identifier.name,
          "\(identifier.label)登记后不能改：地址里是 \(id)，内容里是 \(given)。要换编号请新登记一条。"
        )
      )
    }
    return wrong
  }

  private func top(_ request: WebRequest) -> Int {
    min(200, max(1, request["top"].flatMap { Int($0) } ?? 20))
  }

  /// `GET /api/matches?item=ID` or `?title=…&description=…&kind=…`.
  private func matches(_ request: WebRequest, _ door: Door) throws -> WebAnswer {
    try index.load()
    if let id = request["item"] {
      guard let result = try desk.match(id: id, most: top(request), for: door.reader) else {
        return .problem("找不到编号为 \(id) 的供需信息。", status: 404)
      }
      return .json(desk.json(result))
    }
    let members = request.query.filter { $0.name != "top" }.map {
      JSON.Member($0.name, .string($0.value))
    }
    return try matched(Array(JSON.object(members).text.utf8), request, door)
  }

  private func matched(_ bytes: [UInt8], _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    try index.load()
    let (result, problems) = desk.match(bytes, most: top(request))
    guard let result else {
      let isBroken = problems.contains { $0.code == "REC-E-024" }
      return .problem("这条供需读不懂", status: isBroken ? 400 : 422, problems)
    }
    return .json(desk.json(result.seen(by: door.reader)))
  }
}
