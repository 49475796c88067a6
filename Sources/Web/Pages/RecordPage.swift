import Calendar
import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// One record: what identifies it, its sections, what refers to it.
  ///
  /// With a purpose it shows what is kept from the visitor else, which is noted.
  func record(
    _ name: String,
    _ id: String,
    _ request: WebRequest,
    _ door: Door,
    purpose: String? = nil
  ) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind(name), door.reader.mayList(kind) else {
      return notFound(request)
    }
    let moment = door == .desk ? knownOn(request).moment : nil
    let register = moment.map { self.register.asKnown($0) } ?? self.register
    let found =
      try purpose.map {
        try register.reveal(kind, id, purpose: $0, by: Self.officer, note: note)
      } ?? register.record(kind, id)
    guard let record = found else {
      // What was merged goes on under another identifier.
      if let heir = try register.store.read({ try register.heir(kind, id, in: $0) }) {
        return .seeOther(Address.with(Address.record(name, heir, door), [("from", id)]))
      }
      if moment != nil, try self.register.record(kind, id) != nil {
        return message("那天还没有登记", "这条\(kind.label)是那天之后才登记的。", status: 404, door: door)
      }
      return notFound(request)
    }
    let status = moment == nil ? try warnings(record, door) : nil
    return try register.store.read { reading in
      let titles = try Titles(self, [record], reading)
      let related = moment == nil ? try self.related(record, reading, door) : []
      let confirmations = try register.confirmations(kind, id, in: reading)
      let acts =
        door == .desk && moment == nil
        ? try Set(Act.allCases.filter { try register.mayReach($0, kind, id, in: reading) }) : []
      var model: Model = [
        "title": record.title, "kindName": kind.label, "kindHref": Address.list(name, door),
        "codeText": record.id == record.title ? nil : record.id,
        "facts": try kind.facts.filter { door.reader.maySee(kind.fields[$0], of: kind) }
          .map { try value($0, of: record, titles, door) },
        "sections": try sections(record, titles, door, confirmations, revealed: purpose != nil),
        "related": related,
        "drawsChart": related.contains { $0["chart"] != nil } ? true : nil,
        "evidence": evidence(record).asRows,
        "changed": try changed(record, door, reading),
        "actions": door == .desk && moment == nil ? actions(record, acts).asRows : nil,
        "deeds": door == .desk && moment == nil
          ? (deeds(record) + (name == "exportRequest" ? exportDeeds(record) : [])
            + (name == "joining" ? joiningDeeds(record) : [])
            + (name == "listRound" ? roundDeeds(record) : [])
            + (name == "rightsRequest" ? rightsDeeds(record) : [])).asRows : nil,
        "reveal": door == .desk && moment == nil && purpose == nil ? revealForm(record) : nil,
        "watermark": purpose.map { watermark($0) },
        "standing": standing(record, confirmations, door, acts, isPast: moment != nil),
        "kin": try kin(record, reading, door, acts),
        "past": moment.map { "这是 \($0.date) 结束时登记里的样子，不是现在的。" },
        "status": status,
        "jsonHref": Address.api(name, door) + "/" + Address.encoded(id),
      ]
      if request["saved"] != nil { model["flash"] = ["text": "已保存。"] as Model }
      if let former = request["merged"] ?? request["from"] {
        let kin = try register.successions(kind, id, in: reading).former
        if kin.contains(where: { $0.from == former && $0.how == .merge }) {
          model["flash"] = ["text": "\(former) 已并入这一条，以后打开 \(former) 都会到这里。"] as Model
        }
      }
      return page("record", model, door: door, current: name, startedAt: startedAt)
    }
  }

  /// A value with its label, links and unit; what is missing says why.
  private func value(
    _ place: Int,
    of record: Record,
    _ titles: Titles,
    _ door: Door
  ) throws -> Model {
    let field = record.kind.fields[place]
    let value = record.values[place]
    var html = HTML()
    var isWide = false
    switch (value, field.type) {
    case (.none, _):
      html.mark("<span class=\"missing\">")
      html.say(record.kind.applies(field, to: record.values) ? "未填报" : "不适用")
      html.mark("</span>")
    case (.rows(let rows), .rows(let columns)):
      isWide = true
      let table = Table(
        caption: field.label,
        columns: columns.map { Table.Column(text: $0.label) },
        rows: try rows.map { row in try zip(row, columns).map { try named($1, $0) } }
      )
      html.add(table.html)
    case (.list(let ids), .references(let kind)):
      html.mark("<ul class=\"values\">")
      for id in ids {
        html.mark("<li>")
        html.link(titles.title(kind, id), Address.record(kind, id, door))
        html.mark("</li>")
      }
      html.mark("</ul>")
    default:
      if case .longText = field.type { isWide = true }
      let address: String? =
        if let kind = field.type.referredKind, let id = value.text {
          Address.record(kind, id, door)
        } else { nil }
      html.link(titles.shown(value, field, city), address)
      if !field.unit.isEmpty {
        html.mark("<span class=\"unit\">")
        html.say(field.unit)
        html.mark("</span>")
      }
    }
    return ["label": field.label, "value": html, "wide": isWide ? true : nil]
  }

  /// A cell of a small table, what it refers to named.
  private func named(_ column: Column, _ cell: String) throws -> Table.Cell {
    guard let name = column.kind, let kind = register.kind(name),
      let title = try register.record(kind, cell)?.title
    else { return Table.Cell(column.shown(cell)) }
    return Table.Cell("\(cell) \(title)")
  }

  private func sections(
    _ record: Record,
    _ titles: Titles,
    _ door: Door,
    _ confirmations: [String: Confirmation],
    revealed: Bool
  ) throws -> [Model] {
    var order: [String] = []
    var rows: [String: [Model]] = [:]
    for (place, field) in record.kind.fields.enumerated()
    where door.reader.maySee(field, of: record.kind)
      || door == .desk && door.reader.maySeeMasked(field, of: record.kind)
      || revealed && !record.values[place].isNone
    {
      guard !record.values[place].isNone || record.kind.applies(field, to: record.values) else {
        continue
      }
      let section = field.section.isEmpty ? "内容" : field.section
      if rows[section] == nil { order.append(section) }
      var row = try value(place, of: record, titles, door)
      if let confirmation = confirmations[field.name] {
        row["ground"] =
          (confirmation.document.isEmpty ? "" : "依据 \(confirmation.document)，")
          + "\(confirmation.on) \(confirmation.by)确认"
          + (confirmation.isOutdated ? "；之后改过，需要再确认" : "")
      }
      rows[section, default: []].append(row)
    }
    return order.enumerated().map { number, title in
      ["id": "s\(number)", "title": title, "rows": rows[title] ?? []]
    }
  }

  /// What refers to the record, the first few of each kind.
  private func related(_ record: Record, _ reading: any Reading, _ door: Door) throws -> [Model] {
    var related: [Model] = []
    for kind in register.kinds where door.reader.mayList(kind) {
      for (place, field) in kind.fields.enumerated()
      where field.type.referredKind == record.kind.name && door.reader.maySee(field, of: kind) {
        let query = Query([.field(field.name, record.id)] + door.reader.limits(on: kind), limit: 6)
        let places = ([kind.title] + kind.columns.filter { $0 != kind.title && $0 != place })
          .filter { door.reader.maySee(kind.fields[$0], of: kind) }.prefix(5)
        let found = try register.list(kind, query, only: Array(places), in: reading)
        guard !found.isEmpty else { continue }
        let count = found.count < 6 ? found.count : try register.count(kind, query, in: reading)
        let isListed = kind.filters.contains(place)
        var section: Model = [
          "id": "r-\(kind.name)-\(field.name)",
          "title": field.label == record.kind.label
            ? kind.label : "\(kind.label)（作为\(field.label)）",
          "count": Numerals.grouped(count),
          "more": isListed && (count > 5 || kind.yearly != nil)
            ? [
              "text": "看全部 \(Numerals.grouped(count)) 条",
              "href": Address.with(Address.list(kind.name, door), [(field.name, record.id)]),
            ] as Model : nil,
        ]
        if let yearly = kind.yearly, door.reader.maySee(kind, yearly) {
          let years = try self.years(kind, yearly, query, reading)
          section["chart"] = years.chart?.html
          section["table"] = years.table.html
          related.append(section)
          continue
        }
        let records = Array(found.prefix(5))
        let titles = try Titles(self, records, reading)
        let table = Table(
          caption: kind.label,
          columns: places.map { place in
            let field = kind.fields[place]
            return Table.Column(text: field.label, unit: field.unit, isNumber: field.type.isNumeric)
          },
          rows: records.map { other in
            places.enumerated().map { number, place in
              let field = kind.fields[place]
              let text = titles.shown(other.values[place], field, city)
              guard number > 0 else {
                let address = Address.record(kind.name, other.id, door)
                return Table.Cell(text.isEmpty ? other.id : text, .name, address: address)
              }
              if text.isEmpty { return Table.Cell("未填报", .missing, label: field.numberLabel) }
              return Table.Cell(
                text,
                field.type.isNumeric ? .number : nil,
                label: field.numberLabel
              )
            }
          }
        )
        section["table"] = table.html
        related.append(section)
      }
    }
    return related
  }

  /// What a kind tells year by year of a record, added up; a chart from the second year on.
  private func years(
    _ kind: Kind,
    _ yearly: Yearly,
    _ query: Query,
    _ reading: any Reading
  ) throws -> (chart: Chart?, table: Table) {
    let places = yearly.amounts.compactMap { kind.place(of: $0) }
    let sums = try places.map { place in
      Dictionary(
        try register.tally(
          kind,
          query,
          by: yearly.year,
          .sum(kind.fields[place].name),
          in: reading
        ).map { ($0.value, $0.amount) },
        uniquingKeysWith: +
      )
    }
    let years = Set(sums.flatMap(\.keys)).sorted()
    func value(_ number: Int, _ year: String) -> Value {
      guard let sum = sums[number][year] else { return .none }
      if case .money = kind.fields[places[number]].type { return .money(Fen(sum)) }
      return .integer(sum)
    }
    let table = Table(
      caption: "\(kind.label)，逐年",
      columns: [
        Table.Column(text: kind.place(of: yearly.year).map { kind.fields[$0].label } ?? "年度")
      ]
        + places.map { place in
          let field = kind.fields[place]
          return Table.Column(text: field.label, unit: field.unit, isNumber: true)
        },
      rows: years.map { year in
        [Table.Cell(year, .name)]
          + places.enumerated().map { number, place in
            let field = kind.fields[place]
            return Table.Cell(
              field.shown(value(number, year), city: city),
              .number,
              label: field.label
            )
          }
      }
    )
    guard years.count > 1, let unit = places.first.map({ kind.fields[$0].unit }) else {
      return (nil, table)
    }
    let chart = Chart(
      title: "\(kind.label)\(unit.isEmpty ? "" : "（\(unit)）")",
      unit: unit,
      labels: years,
      series: places.enumerated().map { number, place in
        .init(
          label: kind.fields[place].label,
          values: years.map { year in
            switch value(number, year) {
            case .integer(let amount): Ratio(Int128(amount))
            case .money(let fen): Ratio(Int128(fen.amount), 100)
            default: nil
            }
          }
        )
      }
    )
    return (chart, table)
  }

  private func evidence(_ record: Record) -> [Model] {
    var rows: [Model] = [["label": "来源", "text": record.stamp.source.label]]
    if !record.stamp.document.isEmpty {
      rows.append(["label": "依据", "text": record.stamp.document])
    }
    rows.append(["label": "首次登记", "text": record.stamp.createdAt.civilText])
    return rows
  }

  /// When it was last written; by whom is no matter of the public.
  private func changed(_ record: Record, _ door: Door, _ reading: any Reading) throws -> Model {
    let looksBack =
      try door == .desk && register.mayReach(.history, record.kind, record.id, in: reading)
    return [
      "historyHref": looksBack ? Address.history(record.kind.name, record.id) : nil,
      "when": record.stamp.updatedAt.civilText,
      "who": door == .desk ? record.stamp.updatedBy : nil,
      "version": String(record.version),
    ]
  }

  private func actions(_ record: Record, _ acts: Set<Act>) -> [Model] {
    var actions: [Model] = []
    let posts = register.kind("exchangeItem").map { Self.visitor.reader.may(.create, $0) } ?? false
    if record.kind.name == "exchangeItem" {
      actions.append(["text": "看谁合适", "href": Address.match(record.id, .desk), "isPrimary": true])
    }
    if acts.contains(.update) {
      actions.append([
        "text": "修改", "href": Address.edit(record.kind.name, record.id),
        "isPrimary": record.kind.name == "exchangeItem" ? nil : true,
      ])
    }
    if record.kind.name == "enterprise", posts {
      actions.append([
        "text": "替它发布需求", "href": Address.with(Address.needs, [("ownerEnterpriseId", record.id)]),
      ])
    }
    if record.kind.name == "school", posts {
      actions.append([
        "text": "替它发布供需", "href": Address.with(Address.needs, [("ownerSchoolId", record.id)]),
      ])
    }
    return actions
  }

  /// What is worth knowing of the record as it stands; for the desk.
  private func warnings(_ record: Record, _ door: Door) throws -> Model? {
    guard door == .desk else { return nil }
    let outcome = try base.plan(record.kind, [Draft(id: record.id)]).first
    let problems = outcome?.problems ?? []
    guard !problems.isEmpty else { return nil }
    return [
      "light": problems.block ? "red" : "yellow", "text": "有 \(problems.count) 处要留意",
      "why": problems.map(\.message).joined(separator: " "),
    ]
  }
}

extension Reader {
  /// Whether the reader may see everything a kind tells year by year.
  fileprivate func maySee(_ kind: Kind, _ yearly: Yearly) -> Bool {
    ([yearly.year] + yearly.amounts).allSatisfy { name in
      kind.place(of: name).map { maySee(kind.fields[$0], of: kind) } ?? false
    }
  }
}
