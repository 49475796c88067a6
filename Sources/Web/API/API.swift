import Indicators
import Calendar
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
    case ("GET", "openapi.json"?) where path.count == 1: return openAPI()
    case ("GET", "figures"?) where path.count == 1: return try apiFigures(request)
    case ("GET", "matches"?) where path.count == 1: return try matches(request, .desk)
    case ("POST", "matches"?) where path.count == 1:
      return try matched(request.body, request, .desk)
    case ("GET", nil): return apiKinds()
    case ("GET", "kinds"?) where path.count == 1: return apiKinds()
    case ("GET", "changes"?) where path.count == 1: return try apiChanges(request)
    case ("GET", "audit"?) where path == ["audit", "head"]: return try apiAuditHead()
    case (_, "imports"?): return try apiImports(Array(path.dropFirst()), request)
    case ("GET", "public"?) where path.dropFirst().first == "matches" && path.count == 2:
      return try matches(request, .public)
    case ("GET", "public"?) where path.count == 2 && path[1].contains("."):
      return try list(path[1], request, .public)
    case ("GET", "public"?): return try read(Array(path.dropFirst()), request, .public)
    case ("GET", let name?) where path.count == 1 && name.contains("."):
      return try list(name, request, .desk)
    case ("GET", _): return try read(path, request, .desk)
    case ("POST", let name?) where path.count == 1: return try write(name, nil, request)
    case ("POST", let name?) where path.count == 2 && path[1] == "bulk":
      return try writeMany(name, request)
    case ("POST", let name?) where path.count == 3:
      return try act(name, path[1], path[2], request)
    case ("PUT", let name?) where path.count == 2, ("PATCH", let name?) where path.count == 2:
      return try write(name, path[1], request)
    default: return .problem("这个地址不支持 \(request.method)。", status: path.isEmpty ? 404 : 405)
    }
  }

  private func apiFigures(_ request: WebRequest) throws -> WebAnswer {
    let (book, wrong) = asked(request)
    if let wrong { return .problem("条件不对", status: 400, [wrong]) }
    guard let place = try asked(forPlaceIn: request) else {
      let problem = Problem(
        "IND-E-020",
        "place",
        "没有这个地方：\(request["place"] ?? "")。县写成 county:区划代码，学校写成 school:学校编号。"
      )
      return .problem("条件不对", status: 400, [problem])
    }
    let rows = try register.store.read { reading in
      try book.reckon(in: reading).values(at: place).flatMap(\.flattened).map(\.row)
    }
    return .json(.array(rows))
  }

  /// The book of figures as of the days a request names; what is wrong with them.
  func asked(_ request: WebRequest) -> (book: IndicatorBook, wrong: Problem?) {
    let (moment, wrong) = knownOn(request)
    if let wrong { return (book, wrong) }
    var day: CivilDate?
    if let text = request["validOn"] {
      guard let found = CivilDate(text) else {
        let wrong = Problem("REC-E-006", "validOn", "validOn 填的是“\(text)”，应为日期，例如 2022-07-14。")
        return (book, wrong)
      }
      day = found
    }
    guard moment != nil || day != nil else { return (book, nil) }
    return (
      IndicatorBook(moment.map(base.asKnown) ?? base, validOn: day), nil
    )
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

  func noKind(_ name: String, _ door: Door) -> WebAnswer {
    let open = register.kinds.filter(door.reader.mayList).map(\.name)
    let near = NearMiss.suggestion(name, among: open)
    return .problem("没有名为 \(name) 的记录类别。\(near)", status: 404)
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
    let (result, problems) = try desk.match(bytes, most: top(request))
    guard let result else {
      let isBroken = problems.contains { $0.code == "REC-E-024" }
      return .problem("这条供需读不懂", status: isBroken ? 400 : 422, problems)
    }
    return .json(desk.json(result.seen(by: door.reader)))
  }
}
