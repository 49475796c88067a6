import Calendar
import Foundation
import Indicators
import Ledger
import Records
import Rules
import Storage
import Values

/// What a list of the API is asked for beside its filters.
struct APIPage {
  /// How many records an answer holds unless it is asked for more.
  static let usual = 20
  /// How many it holds at most.
  static let most = 200

  var limit = APIPage.usual
  /// The fields that are given; all when `nil`.
  var fields: Set<String>?
  /// The references that are given as records.
  var expanded: [String] = []
  /// The fields whose values are counted.
  var counted: [FieldShape] = []
  var isByCursor = false
}

extension Site {
  /// The parts of a list's query that are no filters.
  private static let listWords = [
    "q", "sort", "order", "page", "figure", "filter", "cursor", "limit", "fields", "expand",
    "facets", "knownOn", "validOn", "where",
  ]

  /// The end of the day as of which something is asked for; what is wrong with it.
  ///
  /// Anybody reads what is public now: what was and is no longer stays inside.
  func knownOn(_ request: WebRequest, _ door: Door = .desk) -> (moment: Instant?, wrong: Problem?) {
    guard let text = request["knownOn"] else { return (nil, nil) }
    guard door == .desk else {
      return (nil, Problem("REC-E-012", "knownOn", "公开接口只给现在公开的，不能用 knownOn。"))
    }
    guard let day = CivilDate(text) else {
      return (nil, Problem("REC-E-006", "knownOn", "knownOn 填的是“\(text)”，应为日期，例如 2022-07-14。"))
    }
    return (Instant(endOf: day), nil)
  }

  /// Reads records: a list, one, its versions.
  func read(_ path: [String], _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    guard let name = path.first, let kind = register.kind(name), door.reader.mayList(kind) else {
      return noKind(path.first ?? "", door)
    }
    switch path.count {
    case 1: return try readList(kind, request, door)
    case 2 where path[1] == "template.xlsx" && door == .desk: return try template(kind, request)
    case 2 where path[1] == "duplicates" && door == .desk && kind.duplicates != nil:
      return try register.store.read { reading in
        .json(.array(try register.duplicates(kind, in: reading).map(\.json)))
      }
    case 2: return try readOne(kind, path[1], request, door)
    case 3 where path[2] == "evidence" && door == .desk: return try evidence(kind, path[1])
    case 3 where path[2] == "versions" && door == .desk:
      let versions = try register.versions(kind, path[1])
      guard !versions.isEmpty else {
        return .problem("找不到编号为 \(path[1]) 的\(kind.label)。", status: 404)
      }
      return .json(versions.json(for: door.reader))
    default: return notFound(request)
    }
  }

  private func readOne(_ kind: Kind, _ id: String, _ request: WebRequest, _ door: Door) throws
    -> WebAnswer
  {
    let (moment, wrong) = knownOn(request, door)
    var asked = APIPage()
    let problems = [wrong].compactMap { $0 } + shape(kind, request, door, &asked)
    guard problems.isEmpty else { return .problem("条件不对", status: 400, problems) }
    let register = moment.map(register.asKnown) ?? register
    return try register.store.read { reading in
      guard let record = try register.record(kind, id, in: reading) else {
        guard let heir = try register.heir(kind, id, in: reading) else {
          return .problem("找不到编号为 \(id) 的\(kind.label)。", status: 404)
        }
        var answer = WebAnswer.problem("这条\(kind.label)已并入 \(heir)。", status: 301)
        answer.headers.append(
          ("Location", Address.api(kind.name, door) + "/" + Address.encoded(heir))
        )
        return answer
      }
      let tag = "\"\(record.version)\""
      if request.headers["if-none-match"] == tag, moment == nil {
        var answer = WebAnswer("", status: 304)
        answer.headers.append(("ETag", tag))
        return answer
      }
      var answer = WebAnswer.json(try json(record, asked, door.reader, register, reading))
      if moment == nil { answer.headers.append(("ETag", tag)) }
      return answer
    }
  }

  /// What must hold of records as `where` says it, a rule; what is wrong with it.
  ///
  /// Only what the store decides: a page of a list can't be counted record by record.
  private static func predicate(_ kind: Kind, _ request: WebRequest, _ reader: Reader) -> (
    predicate: FieldPredicate?, wrong: Problem?
  ) {
    guard let text = request["where"], !text.isEmpty else { return (nil, nil) }
    do throws(RuleFault) {
      let filter = try RuleFilter(text, kind, for: reader)
      guard filter.isWhole else {
        return (
          nil,
          Problem(
            "REC-E-066",
            "where",
            "列表的规则只能用字段与常数、字段与字段的比较，in、startsWith、endsWith、contains，以及 !、&&、||、?:；这一条要逐条计算。"
          )
        )
      }
      return (filter.predicate, nil)
    } catch {
      return (nil, Problem(error.code, "where", "规则第 \(error.column) 个字：\(error.message)"))
    }
  }

  private func readList(_ kind: Kind, _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let known = Set(kind.filters.map { kind.fields[$0].name } + Self.listWords)
    for (name, _) in request.query where !known.contains(name) {
      let near = NearMiss.suggestion(name, among: known.sorted())
      return .problem(
        "条件不对",
        status: 400,
        [Problem("REC-E-012", name, "不能按 \(name) 筛选\(kind.label)。\(near)")]
      )
    }
    var page = APIPage()
    let (moment, wrongDay) = knownOn(request, door)
    var wrong = Self.wrongValues(kind, request, city) + [wrongDay].compactMap { $0 }
    wrong += shape(kind, request, door, &page)
    let (conditions, unmeant) = try register.conditions(
      kind,
      request.query.filter { $0.name == "filter" && !$0.value.isEmpty }.map(\.value),
      for: door.reader
    )
    wrong += unmeant
    let (predicate, unruly) = Self.predicate(kind, request, door.reader)
    wrong += [unruly].compactMap { $0 }
    guard wrong.isEmpty else { return .problem("条件不对", status: 400, wrong) }
    let asked = try ListRequest(kind, request, site: self, door)
    if let code = request["figure"], !asked.knowsFigure {
      let problem = Problem("REC-E-012", "figure", "没有由\(kind.label)算出的指标 \(code)，或它的明细不公开。")
      return .problem("条件不对", status: 400, [problem])
    }
    var query = asked.query
    query.conditions += conditions
    if let predicate { query.predicate = query.predicate.map { .and($0, predicate) } ?? predicate }
    if !page.isByCursor, let number = request["page"].flatMap({ Int($0) }) {
      query.offset = (max(1, min(number, 1_000_000)) - 1) * page.limit
    }
    if let text = request["cursor"] {
      guard let cursor = Cursor(text, in: query, of: kind) else {
        let problem = Problem(
          "REC-E-056",
          "cursor",
          "cursor 不是这个列表给出的，或排序已经换了。请从第一页重新开始。"
        )
        return .problem("条件不对", status: 400, [problem])
      }
      query.after = cursor
      query.offset = 0
    }
    query.limit = page.limit + 1
    let register = moment.map(register.asKnown) ?? register
    return try register.store.read { reading in
      let total = try total(kind, query, register, reading)
      query.isWide = isWide(query, total)
      var records = try register.list(kind, query, in: reading)
      let hasMore = records.count > page.limit
      if hasMore { records.removeLast() }
      let next = hasMore ? records.last.map { Cursor(after: $0, in: query).text } : nil
      var members: [JSON.Member] = [
        .init("total", .integer(total)), .init("offset", .integer(query.offset)),
        .init("next", next.map(JSON.string) ?? .null),
        .init(
          "items",
          .array(try records.map { try json($0, page, door.reader, register, reading) })
        ),
      ]
      if !page.counted.isEmpty {
        members += try facets(page.counted, asked, reading)
      }
      var answer = WebAnswer.json(.object(members))
      if let next {
        let kept = request.query.filter { $0.name != "cursor" && $0.name != "page" }
          .map { ($0.name, $0.value) }
        let address = Address.with(Address.api(kind.name, door), kept + [("cursor", next)])
        answer.headers.append(("Link", "<\(address)>; rel=\"next\""))
      }
      return answer
    }
  }

  /// How many records each value of some fields has under all other conditions; `null` where counting
  /// would take too long, and for a value whose count is kept back, with a word on why.
  private func facets(_ fields: [FieldShape], _ asked: ListRequest, _ reading: any Reading) throws
    -> [JSON.Member]
  {
    var isSuppressed = false
    let members = try fields.map { field -> JSON.Member in
      guard let counts = try asked.facet(field, reading) else { return .init(field.name, .null) }
      isSuppressed = isSuppressed || counts.values.contains(.hidden)
      return .init(
        field.name,
        .object(
          counts.sorted { $0.key < $1.key }.map {
            .init($0.key, $0.value.number.map(JSON.integer) ?? .null)
          }
        )
      )
    }
    guard isSuppressed else { return [.init("facets", .object(members))] }
    let threshold = asked.door.reader.threshold(of: asked.kind)
    return [
      .init("facets", .object(members)),
      .init(
        "suppressed",
        .object([
          "below": .integer(threshold), "note": .string(Suppression.words(below: threshold)),
        ])
      ),
    ]
  }

  /// Reads how much of each record is wanted.
  private func shape(_ kind: Kind, _ request: WebRequest, _ door: Door, _ page: inout APIPage)
    -> [Problem]
  {
    var problems: [Problem] = []
    let visible = kind.fields.filter { door.reader.maySee($0, of: kind) }
    func unknown(_ name: String, _ part: String, among names: [String]) -> Problem {
      let near = NearMiss.suggestion(name, among: names)
      return Problem("REC-E-012", part, "\(kind.label)没有名为 \(name) 的字段。\(near)")
    }
    if let text = request["limit"] {
      if let limit = Int(text), (1...APIPage.most).contains(limit) {
        page.limit = limit
      } else {
        problems.append(
          Problem("REC-E-012", "limit", "limit 应为 1 到 \(APIPage.most) 的整数，现在是 \(text)。")
        )
      }
    }
    if let text = request["fields"] {
      let names = text.split(separator: ",").map { Text.trimmed(String($0)) }
      for name in names where !visible.contains(where: { $0.name == name }) {
        problems.append(unknown(name, "fields", among: visible.map(\.name)))
      }
      page.fields = Set(names)
    }
    if let text = request["expand"] {
      let references = visible.filter { $0.type.referredKind != nil }.map(\.name)
      for name in text.split(separator: ",").map({ Text.trimmed(String($0)) }) {
        if references.contains(name) {
          page.expanded.append(name)
        } else {
          problems.append(
            Problem(
              "REC-E-012",
              "expand",
              "\(name) 不是\(kind.label)里指向其他记录的字段，不能展开。可用：\(references.joined(separator: "、"))。"
            )
          )
        }
      }
    }
    if let text = request["facets"] {
      let countable = visible.filter(\.isGroupable)
      for name in text.split(separator: ",").map({ Text.trimmed(String($0)) }) {
        if let field = countable.first(where: { $0.name == name }) {
          page.counted.append(field)
        } else {
          problems.append(
            Problem(
              "REC-E-012",
              "facets",
              "不能按 \(name) 数\(kind.label)。可用：\(countable.map(\.name).joined(separator: "、"))。"
            )
          )
        }
      }
    }
    page.isByCursor = request["cursor"] != nil
    return problems
  }

  /// A record as it was asked for: some of its fields, references as records beside them.
  private func json(
    _ record: Record,
    _ page: APIPage,
    _ reader: Reader,
    _ register: RecordStore,
    _ reading: any Reading
  ) throws -> JSON {
    let always: Set<String> = ["id", "version", "updatedAt", "sourceSystem"]
    var members = record.json(for: reader).members ?? []
    if let fields = page.fields {
      members = members.filter { always.contains($0.name) || fields.contains($0.name) }
    }
    var expanded: [JSON.Member] = []
    for name in page.expanded {
      guard let place = record.kind.place(of: name),
        let other = record.kind.fields[place].type.referredKind.flatMap(register.kind),
        reader.mayList(other)
      else { continue }
      let value = record.values[place]
      let found = try (value.text.map { [$0] } ?? value.list).compactMap { id -> JSON? in
        try register.record(other, id, in: reading)?.json(for: reader)
      }
      if case .reference = record.kind.fields[place].type {
        if let one = found.first { expanded.append(.init(name, one)) }
      } else {
        expanded.append(.init(name, .array(found)))
      }
    }
    if !page.expanded.isEmpty { members.append(.init("expanded", .object(expanded))) }
    return .object(members)
  }

  /// What is wrong with the values of a list's query.
  private static func wrongValues(_ kind: Kind, _ request: WebRequest, _ city: City) -> [Problem] {
    request.query.compactMap { name, value in
      guard !value.isEmpty else { return nil }
      switch name {
      case "q", "figure", "filter", "cursor", "limit", "fields", "expand", "facets", "knownOn":
        return nil
      case "validOn":
        guard kind.validity != nil else {
          return Problem("REC-E-012", name, "\(kind.label)没有起止日期，不能按 validOn 筛选。")
        }
        if CivilDate(value) != nil { return nil }
        return Problem("REC-E-006", name, "validOn 填的是“\(value)”，应为日期，例如 2022-07-14。")
      case "page":
        if Int(value).map({ $0 >= 1 }) ?? false { return nil }
        return Problem("REC-E-012", name, "page 应为从 1 起的整数，现在是 \(value)。")
      case "order":
        if value == "asc" || value == "desc" { return nil }
        return Problem("REC-E-012", name, "order 应为 asc 或 desc，现在是 \(value)。")
      case "sort":
        let unknown = SortKey.all(value).map(\.field).first { kind.place(of: $0) == nil }
        guard let unknown else { return nil }
        let near = NearMiss.suggestion(unknown, among: kind.fields.map(\.name))
        return Problem("REC-E-012", name, "\(kind.label)没有字段 \(unknown)，不能按它排序。\(near)")
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
}
