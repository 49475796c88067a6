import Calendar
import Foundation
import Ledger
import Records
import Sheets
import Storage
import Values

extension Site {
  private static let pageSize = 20
  /// How many filters are always in sight.
  private static let openFilters = 6

  /// The list of a kind: filters, order, page; or a file of it.
  func list(_ name: String, _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    let parts = name.split(separator: ".").map(String.init)
    let reader = door.reader
    guard let kind = register.kind(parts[0]), reader.mayList(kind) else { return notFound(request) }
    if parts.count == 2, let format = Exporter.Format(rawValue: parts[1]) {
      return try download(kind, format, request, door)
    }
    guard parts.count == 1 else { return notFound(request) }
    let asked = try ListRequest(kind, request, site: self, door)
    let register = asked.knownOn.map { self.register.asKnown(Instant(endOf: $0)) } ?? self.register
    return try register.store.read { reading in
      let total = try total(kind, asked.query, register, reading)
      let records = try rows(kind, asked, total, register, reading)
      let titles = try Titles(self, records, reading)
      let filters = asked.filterPlaces
      var model: Model = [
        "title": kind.label, "count": "共 \(Numerals.grouped(total)) 条", "lead": kind.summary,
        "action": Address.list(kind.name, door), "searchLabel": "按名称、代码查找", "q": asked.query.search,
        "hidden": asked.hidden,
        "filters": try asked.filters(filters.prefix(Self.openFilters), reading),
        "moreFilters": filters.count > Self.openFilters || door == .desk
          ? [
            "open": asked.usesFilter(after: Self.openFilters) ? true : nil,
            "filters": try asked.filters(filters.dropFirst(Self.openFilters), reading),
            "days": door == .desk ? days(kind, request) : nil,
          ] as Model : nil,
        "chips": try asked.chips(reading), "exports": exports(kind, request, door),
        "actions": door == .desk ? actions(kind) : nil,
        "layout": try asked.layout, "views": try views(kind, asked, door, reading),
        "jsonHref": Address.with(
          Address.api(kind.name, door),
          request.query.filter { !["col", "group", "after", "page"].contains($0.name) }
            .map { ($0.name, $0.value) }
        ),
      ]
      if !asked.problems.isEmpty {
        model["flash"] =
          ["text": asked.problems.map(\.message).joined(separator: " ")] as Model
      }
      if records.isEmpty {
        model["empty"] = total > 0 ? pastTheEnd(total, asked) : empty(kind, asked, door)
      } else {
        model["table"] = table(kind, records, titles, asked, door).html
        model["pager"] = asked.pager(total, Self.pageSize, after: records.last)
        model["groups"] = try groups(kind, asked, total, register, reading)?.html
        if door == .desk, door.reader.may(.update, kind) {
          model["bulkHref"] = Address.with(
            Address.bulk(kind.name),
            request.query.filter { !["page", "after", "col", "group"].contains($0.name) }
              .map { ($0.name, $0.value) }
          )
        }
      }
      return page("list", model, door: door, current: kind.name, startedAt: startedAt)
    }
  }

  /// The records of the page; of one nearer to the end, counted from there.
  private func rows(
    _ kind: Kind,
    _ asked: ListRequest,
    _ total: Int,
    _ register: RecordStore,
    _ reading: any Reading
  ) throws -> [Record] {
    var query = asked.query
    query.isWide = isWide(query, total)
    if query.after == nil, query.offset > total / 2, query.offset > 1_000 {
      query.isFromEnd = true
      query.limit = max(0, min(Self.pageSize, total - query.offset))
      query.offset = max(0, total - query.offset - query.limit)
    }
    return try register.list(kind, query, only: asked.columns, in: reading)
  }

  /// The two days a list can be asked for: as it was known then, as it was then.
  private func days(_ kind: Kind, _ request: WebRequest) -> [Model] {
    var days: [Model] = [
      [
        "name": "knownOn", "label": "按那天所知", "value": request["knownOn"] ?? "",
        "help": "那天结束时登记里写着什么",
      ]
    ]
    if kind.validity != nil {
      days.append([
        "name": "validOn", "label": "那天有效的", "value": request["validOn"] ?? "",
        "help": "按起止日期，那天仍在的",
      ])
    }
    return days
  }

  private func download(
    _ kind: Kind,
    _ format: Exporter.Format,
    _ request: WebRequest,
    _ door: Door
  ) throws -> WebAnswer {
    let asked = try ListRequest(kind, request, site: self, door)
    if door == .desk, let page = try exportRequestPage(asked, request) { return page }
    return try give(asked, format, request)
  }

  /// Gives a list as a file; with what is said of who takes it, where it had to be asked for.
  func give(
    _ asked: ListRequest,
    _ format: Exporter.Format,
    _ request: WebRequest,
    approval: Approval? = nil
  ) throws -> WebAnswer {
    let (kind, door) = (asked.kind, asked.door)
    let name = "\(kind.label)-\(register.clock.now().date).\(format.rawValue)"
    let exporter = Exporter(
      asked.knownOn.map { register.asKnown(Instant(endOf: $0)) } ?? register
    )
    let reader = door.reader
    let (query, picked) = (asked.query, asked.picked)
    if door == .desk {
      var event = AuditEvent("export", by: Self.officer)
      event.kind = kind.name
      event.reason = String(request.target.prefix(300))
      try note(event)
    }
    if format == .xlsx {
      return .work { isWanted in
        let path = NSTemporaryDirectory() + "citong-\(UUID().uuidString).xlsx"
        do {
          try exporter.write(
            kind,
            query,
            for: reader,
            only: picked,
            note: approval?.sentence,
            to: path
          ) { row in
            if row % 256 == 1, !isWanted() { throw CancellationError() }
          }
        } catch let error as WorkbookWriter.Unwritable {
          return self.message("导不出工作簿", error.sentence, status: 422, door: door)
        } catch {
          try? FileManager.default.removeItem(atPath: path)
          throw error
        }
        return .file(path, name: name, type: format.mediaType)
      }
    }
    var answer = WebAnswer.pieces(type: format.mediaType) { output in
      if format == .csv { try output("\u{FEFF}") }
      try exporter.give(
        kind,
        query,
        as: format,
        wording: .labels,
        for: reader,
        only: picked,
        to: output
      )
      if let approval, format == .csv { try output(CSV.line(["# " + approval.sentence])) }
    }
    answer.attach(as: name)
    return answer
  }

  private func exports(_ kind: Kind, _ request: WebRequest, _ door: Door) -> [Model] {
    let query = request.query.filter { $0.name != "page" }.map { ($0.name, $0.value) }
    return Exporter.Format.allCases.map { format in
      [
        "text": format.rawValue.uppercased(),
        "href": Address.with(Address.download(kind.name, format.rawValue, door), query),
      ]
    }
  }

  private func actions(_ kind: Kind) -> [Model] {
    guard Self.visitor.reader.may(.create, kind) else { return [] }
    let href = kind.name == "exchangeItem" ? Address.needs : Address.new(kind.name)
    let text = kind.name == "exchangeItem" ? "发布供需" : "新增\(kind.label)"
    return [
      ["text": text, "href": href, "isPrimary": true],
      ["text": "导入", "href": Address.with(Address.imports, [("kind", kind.name)])],
    ]
  }

  /// A page after the last one.
  private func pastTheEnd(_ total: Int, _ asked: ListRequest) -> Model {
    let last = (total + Self.pageSize - 1) / Self.pageSize
    return [
      "title": "没有这一页", "text": "符合条件的共 \(Numerals.grouped(total)) 条，到第 \(last) 页为止。",
      "links": [
        ["text": "第一页", "href": asked.pageAddress(1)] as Model,
        ["text": "最后一页", "href": asked.pageAddress(last)] as Model,
      ],
    ]
  }

  private func empty(_ kind: Kind, _ asked: ListRequest, _ door: Door) -> Model {
    let isFiltered =
      !asked.query.conditions.isEmpty || !asked.query.search.isEmpty || asked.knowsFigure
    var links: [Model] = []
    if isFiltered {
      links.append(["text": "看全部\(kind.label)", "href": Address.list(kind.name, door)])
    }
    if door == .desk { links += actions(kind) }
    return [
      "title": isFiltered ? "没有符合这些条件的\(kind.label)" : "还没有\(kind.label)",
      "text": isFiltered ? "去掉一个条件，或换个说法再找。" : "可以逐条登记，也可以导入 CSV 或 Excel。", "links": links,
    ]
  }

  private func table(
    _ kind: Kind,
    _ records: [Record],
    _ titles: Titles,
    _ asked: ListRequest,
    _ door: Door
  ) -> Table {
    let places = asked.columns
    let columns = places.map { place in
      let field = kind.fields[place]
      return Table.Column(
        text: field.label,
        unit: field.unit,
        isNumber: field.type.isNumeric,
        sortAddress: asked.sortAddress(field.name),
        sorted: asked.query.order.first.flatMap { key in
          key.field == field.name ? (key.isDescending ? "descending" : "ascending") : nil
        }
      )
    }
    let rows = records.map { record in
      let open = record.visible(to: door.reader)
      return places.enumerated().map { number, place in
        let field = kind.fields[place]
        let text = titles.shown(open.values[place], field, city)
        if number == 0 {
          let address = Address.record(kind.name, record.id, door)
          return Table.Cell(text.isEmpty ? record.id : text, .name, address: address)
        }
        if text.isEmpty { return Table.Cell("未填报", .missing, label: field.numberLabel) }
        let style: Table.Cell.Style? =
          field.type.isNumeric
          ? .number : number > 4 ? .optional : field.type.isShort ? .short : nil
        return Table.Cell(text, style, label: field.numberLabel)
      }
    }
    return Table(caption: "\(kind.label)列表", columns: columns, rows: rows)
  }
}

extension FieldShape {
  /// The label of a number, which says nothing without it.
  var numberLabel: String? { type.isNumeric ? label : nil }
}

extension Door {
  /// Who reads through this door.
  var reader: Reader { self == .desk ? Site.visitor.reader : .anonymous }
}

/// The titles of the records others refer to, loaded once until something changes.
struct Titles {
  private var byKind: [String: [String: String]] = [:]

  init(_ site: Site, _ records: [Record], _ reading: any Reading) throws {
    var wanted: [String: Set<String>] = [:]
    for record in records {
      for (place, kind) in record.kind.references {
        if let id = record.values[place].text { wanted[kind, default: []].insert(id) }
        for id in record.values[place].list { wanted[kind, default: []].insert(id) }
      }
    }
    for (name, ids) in wanted { byKind[name] = try site.titles(name, ids, reading) }
  }

  func title(_ kind: String, _ id: String) -> String { byKind[kind]?[id] ?? id }

  /// A value as people read it, references by their titles.
  func shown(_ value: Value, _ field: FieldShape, _ city: City) -> String {
    guard let kind = field.type.referredKind else { return field.shown(value, city: city) }
    if let id = value.text { return title(kind, id) }
    return value.list.map { title(kind, $0) }.joined(separator: "、")
  }
}
