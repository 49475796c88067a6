import Indicators
import Calendar
import Ledger
import Records
import Storage
import Values

/// What a list is asked for by its address.
struct ListRequest {
  let kind: Kind
  let site: Site
  let door: Door
  let request: WebRequest
  /// The indicator whose records are asked for.
  private let figure: Indicator?
  /// What is wrong with conditions that mean nothing.
  let problems: [Problem]
  /// The field the list is summed up by; `nil` for none.
  let group: Int?
  /// The day as of which it is read; `nil` for as it stands.
  let knownOn: CivilDate?
  /// The query for the register.
  let query: Query
  /// The fields shown as columns.
  let columns: [Int]
  let page: Int
  /// The fields somebody picked to see; `nil` when nobody did.
  let picked: [Int]?

  init(_ kind: Kind, _ request: WebRequest, site: Site, _ door: Door) throws {
    self.kind = kind
    self.site = site
    self.door = door
    self.request = request
    let picked = request.query.filter { $0.name == "col" }.compactMap { kind.place(of: $0.value) }
    columns =
      [kind.title]
      + (picked.isEmpty ? kind.columns : picked).filter {
        $0 != kind.title && door.reader.maySee(kind.fields[$0], of: kind)
      }
    self.picked = picked.isEmpty ? nil : columns
    group = request["group"].flatMap(kind.place(of:)).flatMap { place in
      door.reader.maySee(kind.fields[place], of: kind) && kind.fields[place].isGroupable
        ? place : nil
    }
    knownOn = door == .desk ? request["knownOn"].flatMap { CivilDate($0) } : nil
    page = max(1, min(request["page"].flatMap { Int($0) } ?? 1, 1_000_000))
    var conditions = door.reader.limits(on: kind)
    for place in kind.filters where door.reader.maySee(kind.fields[place], of: kind) {
      let field = kind.fields[place]
      if let value = request[field.name] {
        conditions.append(
          try site.meant(field, value).map { Condition(field.name, $0) }
            ?? field.filter(value)
        )
      }
    }
    if door == .desk, request["unconfirmed"] != nil {
      let day = site.register.clock.now().date.adding(days: -site.city.confirmWithinDays)
      conditions.append(Condition("confirmedOn", .isUnconfirmed(since: day)))
    }
    let said = request.query.filter { $0.name == "filter" && !$0.value.isEmpty }.map(\.value)
    let meant = try site.register.conditions(kind, said, for: door.reader)
    conditions += meant.conditions
    var problems = meant.problems
    for name in ["knownOn", "validOn"] {
      guard let text = request[name], CivilDate(text) == nil else { continue }
      problems.append(Problem("REC-E-006", name, "日期“\(text)”不是有效日期，请写成 2022-07-14 这样的形式。"))
    }
    self.problems = problems
    if let day = request["validOn"].flatMap({ CivilDate($0) }), let validity = kind.validity {
      conditions += validity.holds(on: day.description)
    }
    var counted: Query?
    var figure: Indicator?
    if let code = request["figure"] {
      let place = try site.asked(forPlaceIn: request, "figurePlace")
      counted = try site.register.store.read { reading in
        let reckoning = try site.book.reckon(in: reading)
        guard let place else { return nil }
        let year = request["figureYear"] ?? reckoning.year(of: code)
        figure = reckoning.indicator(code)
        return try reckoning.isKeptBack(code, at: place, year)
          ? nil
          : reckoning.recordSets(of: code, at: place, year).first {
            $0.kind == kind.name && (door == .desk || reckoning.isOpen($0))
          }.map(reckoning.query)
      }
    }
    self.figure = counted == nil ? nil : figure
    conditions += counted?.conditions ?? []
    let sort = [request["sort"], request["then"]].compactMap { $0 }.joined(separator: ",")
    var keys = SortKey.all(sort).filter { key in
      kind.place(of: key.field).map { door.reader.maySee(kind.fields[$0], of: kind) } ?? false
    }
    if keys.count == 1, request["order"] == "desc" { keys[0].isDescending = true }
    var query = Query(
      conditions,
      search: request["q"] ?? "",
      offset: (page - 1) * 20,
      limit: 20
    )
    query.order = keys
    query.predicate = counted?.predicate
    if let text = request["after"], let cursor = Cursor(text, in: query, of: kind) {
      query.after = cursor
    }
    self.query = query
  }

  /// Whether the figure asked for is one that is computed from these records.
  var knowsFigure: Bool { figure != nil }

  func address(without names: Set<String>, adding: [(String, String)] = []) -> String {
    let kept = request.query.filter { !names.contains($0.name) && !$0.value.isEmpty }
    return Address.with(
      Address.list(kind.name, door),
      kept.map { ($0.name, $0.value) } + adding
    )
  }

  /// Where a column's heading leads: ordered by it, or the other way round.
  func sortAddress(_ name: String) -> String {
    let turn = query.order.first?.field == name && query.order.first?.isDescending == false
    return address(
      without: ["sort", "then", "order", "page", "after"],
      adding: [("sort", name), ("order", turn ? "desc" : "")]
    )
  }

  /// What the filter form carries along.
  var hidden: [Model] {
    carried([
      "sort", "then", "order", "figure", "figureYear", "figurePlace", "group", "col", "filter",
    ])
  }

  /// The parts of the address that a form carries along.
  func carried(_ names: Set<String>) -> [Model] {
    request.query.filter { names.contains($0.name) && !$0.value.isEmpty }
      .map { ["name": $0.name, "value": $0.value] }
  }

  /// Some of the filters: a choice where the values are few, a text field otherwise.
  func filters(_ places: some Sequence<Int>, _ reading: any Reading) throws -> HTML {
    var html = HTML()
    for place in places {
      let field = kind.fields[place]
      let chosen = request[field.name] ?? ""
      html.mark("<div class=\"filter\"><label")
      html.attribute("for", "f-\(field.name)")
      html.mark(">")
      html.say(field.label)
      html.mark("</label>")
      if let options = try knownOptions(field, reading) {
        let counts = try facet(field, reading)
        html.mark("<select")
        html.attribute("id", "f-\(field.name)")
        html.attribute("name", field.name)
        html.mark("><option value=\"\">不限</option>")
        html.add(
          HTML.options(
            options.map { option in
              guard let counts else { return (option.code, option.label) }
              let count = counts[option.code] ?? .shown(0)
              return (option.code, "\(option.label)（\(count.words)）")
            },
            chosen: chosen
          )
        )
        html.mark("</select>")
      } else {
        html.mark("<input type=\"text\"")
        html.attribute("id", "f-\(field.name)")
        html.attribute("name", field.name)
        html.attribute("value", chosen)
        html.mark(">")
      }
      html.mark("</div>\n")
    }
    return html
  }

  /// The filters a reader may use.
  var filterPlaces: [Int] { kind.filters.filter { door.reader.maySee(kind.fields[$0], of: kind) } }

  /// The options of a filter, counted anew when something changed.
  private func knownOptions(_ field: FieldShape, _ reading: any Reading) throws -> [Option]? {
    try site.remembered("options.\(door).\(kind.name).\(field.name)") {
      try options(field, reading)
    }
  }

  private func options(_ field: FieldShape, _ reading: any Reading) throws -> [Option]? {
    switch field.type {
    case .choice(let options), .choices(let options): return options
    case .code(let table): return site.city.codeTable(table) ?? []
    case .boolean: return [Option(code: "true", label: "是"), Option(code: "false", label: "否")]
    case .schoolYear, .reference, .references:
      let tally = try site.register.tally(
        kind,
        Query(door.reader.limits(on: kind)),
        by: field.name,
        in: reading
      )
      guard tally.count <= 60, field.type.referredKind.map({ !$0.isEmpty }) ?? true else {
        return nil
      }
      if case .references = field.type { return try few(field, reading) }
      let values = tally.map(\.value).filter { !$0.isEmpty }
      guard let name = field.type.referredKind, let other = site.register.kind(name) else {
        return values.sorted(by: >).map { Option(code: $0, label: $0) }
      }
      let titles = try site.register.titles(other, Set(values), in: reading)
      return values.map { Option(code: $0, label: titles[$0] ?? $0) }
        .sorted { $0.code < $1.code }
    default: return nil
    }
  }

  /// All records of a small kind that a list field refers to.
  private func few(_ field: FieldShape, _ reading: any Reading) throws -> [Option]? {
    guard let name = field.type.referredKind, let other = site.register.kind(name) else {
      return nil
    }
    let records = try site.register.list(other, Query(limit: 101), in: reading)
    guard records.count <= 100 else { return nil }
    return records.map { Option(code: $0.id, label: $0.title) }
  }

  /// Whether a filter beyond the first few is in force.
  func usesFilter(after count: Int) -> Bool {
    filterPlaces.dropFirst(count).contains { request[kind.fields[$0].name] != nil }
  }

  /// The conditions in force, each with the address that drops it.
  func chips(_ reading: any Reading) throws -> Model? {
    var rows: [Model] = []
    if !query.search.isEmpty {
      rows.append([
        "label": "包含：", "text": query.search, "href": address(without: ["q", "page", "after"]),
      ])
    }
    for place in kind.filters {
      let field = kind.fields[place]
      guard let value = request[field.name] else { continue }
      let options = try knownOptions(field, reading) ?? []
      rows.append([
        "label": field.label + "：", "text": options.first { $0.code == value }?.label ?? value,
        "href": address(without: [field.name, "page", "after"]),
      ])
    }
    for said in request.query where said.name == "filter" && !said.value.isEmpty {
      rows.append([
        "label": "", "text": said.value, "href": address(without: ["filter", "page", "after"]),
      ])
    }
    if door == .desk, request["unconfirmed"] != nil {
      rows.append([
        "label": "", "text": "久未确认", "href": address(without: ["unconfirmed", "page", "after"]),
      ])
    }
    for (name, label) in [("knownOn", "当时所知："), ("validOn", "当日有效：")] {
      guard let value = request[name] else { continue }
      rows.append([
        "label": label, "text": value, "href": address(without: [name, "page", "after"]),
      ])
    }
    if let figure {
      rows.append([
        "label": "计入数字：", "text": figure.label,
        "href": address(without: ["figure", "page", "after"]),
      ])
    }
    guard !rows.isEmpty else { return nil }
    return ["rows": rows, "clearHref": Address.list(kind.name, door)]
  }

  /// The address of a page of the list.
  func pageAddress(_ number: Int) -> String {
    address(without: ["page", "after"], adding: [("page", number == 1 ? "" : String(number))])
  }

  /// The address of the next page: its number, and behind which record it begins.
  private func nextAddress(_ last: Record?) -> String {
    guard page >= Self.farPage, let last else { return pageAddress(page + 1) }
    return address(
      without: ["page", "after"],
      adding: [("page", String(page + 1)), ("after", Cursor(after: last, in: query).text)]
    )
  }

  /// From which page on the next one is found by its place and not by counting.
  private static let farPage = 50

  /// The pages around this one.
  func pager(_ total: Int, _ size: Int, after last: Record?) -> Model? {
    let lastPage = max(1, (total + size - 1) / size)
    let shown = Set(
      [1, 2, page - 1, page, page + 1, lastPage].filter { (1...lastPage).contains($0) }
    )
    .sorted()
    var pages: [Model] = []
    var previous = 0
    for number in shown {
      if number > previous + 1 { pages.append(["gap": true]) }
      pages.append(
        number == page
          ? ["text": String(number), "current": true]
          : ["text": String(number), "href": pageAddress(number)]
      )
      previous = number
    }
    return [
      "from": Numerals.grouped((page - 1) * size + 1),
      "to": Numerals.grouped(min(total, page * size)), "total": Numerals.grouped(total),
      "prevHref": page > 1 ? pageAddress(page - 1) : nil,
      "nextHref": page < lastPage ? nextAddress(last) : nil,
      "pages": pages,
    ]
  }
}

extension Site {
  /// The records a filter means by a part of a name or code; `nil` for a field that refers to none,
  /// or when the text is an identifier already.
  fileprivate func meant(_ field: FieldShape, _ text: String) throws -> Records.Condition.Test? {
    guard let name = field.type.referredKind, let kind = register.kind(name),
      try register.record(kind, text) == nil
    else { return nil }
    let found = try register.list(kind, Query(search: text, limit: 100))
    return .isOneOf(found.map(\.id))
  }
}

extension FieldShape {
  /// What a filter asks of the field: a part of what people write, all of what stands for something.
  fileprivate func filter(_ text: String) -> Records.Condition {
    switch type {
    case .text, .longText: Records.Condition(name, .contains(text))
    default: Records.Condition.field(name, text)
    }
  }
}
