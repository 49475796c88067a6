import Calendar
import Foundation
import Indicators
import Ledger
import Records
import Storage
import Values

extension Site {
  /// Every figure by group.
  func figures(_ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    let (book, wrong) = asked(request)
    if let wrong { return message("日期不对", wrong.message, status: 400) }
    let place = try asked(forPlaceIn: request)
    guard let place else { return notFound(request) }
    let (values, sets, named) = try register.store.read { reading in
      let reckoning = try book.reckon(in: reading)
      let values = try reckoning.values(at: place)
      let sets = values.map { value in
        reckoning.recordSets(of: value.indicator.code, at: place, value.year).first {
          !value.isKeptBack && reckoning.isOpen($0)
        }
      }
      return (values, sets, try name(of: place, reading))
    }
    let here = days(request) + Address.place(place)
    var groups: [(title: String, rows: [Model])] = []
    for (value, set) in zip(values, sets) {
      let row: Model = [
        "code": value.indicator.code, "label": value.indicator.label,
        "href": Address.with(Address.figure(value.indicator.code), here),
        "value": value.display, "exact": value.exact,
        "unit": value.indicator.unit, "year": value.year.isEmpty ? nil : value.year,
        "recordsHref": set.map { Self.recordsAddress($0, value) },
        "records": value.counted,
        "formula": value.indicator.words,
        "parts": value.parts.map {
          [
            "label": Self.partLabel($0), "value": $0.display,
            "href": Address.with(Address.figure($0.indicator.code), here),
          ]
            as Model
        }.asRows,
      ]
      if let index = groups.firstIndex(where: { $0.title == value.indicator.group }) {
        groups[index].rows.append(row)
      } else {
        groups.append((value.indicator.group, [row]))
      }
    }
    return page(
      "figures",
      [
        "title": place == .city ? "数据指标" : "\(named) · 数据指标", "count": "\(values.count) 项",
        "lead": "每个数字都由记录算出，可点开看到它来自哪些记录。",
        "whole": place == .city
          ? nil : ["href": Address.figures, "text": "看\(city.name)的"] as Model,
        "groups": groups.enumerated().map { number, group in
          ["id": "g\(number)", "title": group.title, "rows": group.rows] as Model
        },
        "days": [
          "known": request["knownOn"] ?? "", "valid": request["validOn"] ?? "",
          "said": said(request),
        ] as Model,
        "exports": ["items": [["text": "JSON", "href": "/api/figures"] as Model]] as Model,
        "jsonHref": "/api/figures",
      ],
      door: .public,
      current: "figures",
      startedAt: startedAt
    )
  }

  /// The days a request names, as the addresses that follow carry them.
  private func days(_ request: WebRequest) -> [(String, String)] {
    ["knownOn", "validOn"].map { ($0, request[$0] ?? "") }
  }

  /// As of when figures are told, when it is not now; `nil` otherwise.
  private func said(_ request: WebRequest) -> String? {
    let known = request["knownOn"].flatMap { CivilDate($0) }.map { "按 \($0.sentence)结束时所知" }
    let valid = request["validOn"].flatMap { CivilDate($0) }.map { "\($0.sentence)有效的" }
    let parts = [known, valid].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "，")
  }

  /// What a part is called where 其中 stands before all parts.
  private static func partLabel(_ part: IndicatorValue) -> String {
    let label = part.indicator.label
    return label.hasPrefix("其中") ? String(label.dropFirst(2)) : label
  }

  /// The records of a set behind a figure, as a list.
  static func recordsAddress(
    _ set: Reckoning.RecordSet,
    _ value: IndicatorValue,
    _ door: Door = .public
  ) -> String {
    Address.with(
      Address.list(set.kind, door),
      [
        ("figure", value.indicator.code), ("figureYear", value.year),
        ("figurePlace", Address.place(value.place).first?.1 ?? ""),
      ]
    )
  }

  /// The place a request asks about: the city when it names none; `nil` when there is no such place.
  func asked(forPlaceIn request: WebRequest, _ name: String = "place") throws -> IndicatorPlace? {
    guard let text = request[name], !text.isEmpty else { return .city }
    guard let place = IndicatorPlace(text), let kind = place.kind.flatMap(base.kind),
      try base.record(kind, place.code) != nil
    else { return nil }
    return place
  }

  /// What a place is called.
  func name(of place: IndicatorPlace, _ reading: any Reading) throws -> String {
    guard let kind = place.kind.flatMap(base.kind) else { return city.name }
    return try base.record(kind, place.code, in: reading)?.title ?? place.code
  }

  /// One figure with its formula, its parts and comparisons, and the records behind it.
  func figure(_ code: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    let (book, wrong) = asked(request)
    if let wrong { return message("日期不对", wrong.message, status: 400) }
    guard let place = try asked(forPlaceIn: request) else { return notFound(request) }
    return try register.store.read { reading in
      let reckoning = try book.reckon(in: reading)
      let asked = request["year"].flatMap { reckoning.years(of: code).contains($0) ? $0 : nil }
      guard let value = try reckoning.value(code, at: place, year: asked) else {
        return notFound(request)
      }
      let indicator = value.indicator
      let here = days(request) + Address.place(place)
      func address(_ code: String) -> String { Address.with(Address.figure(code), here) }
      // Parts add up; another share is a comparison.
      let plain = value.parts.filter {
        $0.indicator.unit == indicator.unit && !$0.indicator.isPercent && !indicator.isPercent
      }
      let compared = value.parts.filter { part in
        !plain.contains { $0.indicator.code == part.indicator.code }
      }
      let top = plain.compactMap(\.value).max() ?? .one
      let bars: [Model] = plain.map { part in
        let share = top == .zero ? Ratio.zero : (part.value ?? .zero) / top * Ratio(100)
        return [
          "label": Self.partLabel(part),
          "value": part.display, "percent": String(share.rounded),
          "href": address(part.indicator.code),
        ]
      }
      let named = try name(of: place, reading)
      let isNow = said(request) == nil
      let sets = try sets(reckoning, value, isNow: isNow, reading)
      let model: Model = [
        "title": place == .city ? indicator.label : "\(named) · \(indicator.label)", "code": code,
        "group": indicator.group.isEmpty ? "数据指标" : indicator.group,
        "value": value.missing == nil ? value.display : nil, "exact": value.exact,
        "year": value.year.isEmpty ? nil : value.year,
        "missing": value.missing, "formula": indicator.words, "rule": indicator.formula,
        "fault": reckoning.fault(code),
        "terms": terms(reckoning, value, address),
        "source": indicator.source.isEmpty ? nil : indicator.source,
        "lawful": indicator.basis.isEmpty ? nil : indicator.basis,
        "caveat": indicator.caveat.isEmpty ? nil : indicator.caveat,
        "definition": Address.record("indicator", code, .public),
        "basis": said(request) ?? (isDemo ? "演示数据，截至 \(asOf?.description ?? "今日")" : nil),
        "parts": bars.isEmpty ? nil : ["title": "其中", "rows": bars] as Model,
        "check": try check(reckoning, value),
        "series": try series(reckoning, value), "drawsChart": true,
        "counties": try counties(reckoning, value, reading),
        "compare": compared.isEmpty
          ? nil
          : [
            "title": "比较",
            "rows": try compared.map { part in try comparison(part, reckoning, address, reading) },
          ] as Model,
        "sets": sets.asRows,
        "recordsEmpty": value.isKeptBack
          ? Suppression.words(below: reckoning.threshold(of: code)) : "还没有记录。",
        "jsonHref": "/api/figures",
      ]
      return page("figure", model, door: .public, current: "figures", startedAt: startedAt)
    }
  }

  /// What a formula is given, with the value of each.
  private func terms(
    _ reckoning: Reckoning,
    _ value: IndicatorValue,
    _ address: (String) -> String
  ) -> Model? {
    guard !value.isKeptBack else { return nil }
    let terms = reckoning.terms(of: value.indicator.code, at: value.place, value.year)
    guard terms.count > 1 else { return nil }
    let rows: [Model] = terms.map { term, answer in
      let shown = answer.exact.map {
        $0.isWhole ? Numerals.grouped(Int(clamping: $0.numerator)) : $0.text
      }
      switch term {
      case .operand(let operand, let text):
        return [
          "label": reckoning.words(operand), "help": text, "value": shown ?? answer.words ?? "",
        ]
      case .indicator(let code, let aspect):
        let label = reckoning.indicator(code)?.label ?? code
        return [
          "label": aspect == .same ? label : "\(label)（\(aspect.rawValue)）", "href": address(code),
          "value": shown ?? answer.words ?? "",
        ]
      }
    }
    return rows.asRows
  }

  /// Whether the records add up to the figure, computed anew for this page.
  private func check(_ reckoning: Reckoning, _ value: IndicatorValue) throws -> Model? {
    guard !value.isKeptBack, value.records > 0 else { return nil }
    let code = value.indicator.code
    let again = try reckoning.recount(code, at: value.place, value.year)
    let isRight = again == value.answer
    let found = IndicatorValue(value.indicator, again).exact
    return [
      "light": isRight ? "green" : "red",
      "text": "把下面 \(Numerals.grouped(value.records)) 条记录逐条重算，得 \(found)，"
        + (isRight ? "与上面的数字一致。" : "与上面的数字不一致，请运行 citong doctor 查明原因。"),
    ]
  }

  /// The figure year by year, as a chart and a table.
  private func series(_ reckoning: Reckoning, _ value: IndicatorValue) throws -> Model? {
    let indicator = value.indicator
    let years = try reckoning.series(indicator.code, at: value.place)
    guard years.count > 1 else { return nil }
    let table = Table(
      caption: "\(indicator.label)历年",
      columns: [Table.Column(text: "年度"), Table.Column(text: indicator.label, isNumber: true)],
      rows: years.map { [Table.Cell($0.year, .name), Table.Cell($0.exact, .number)] },
      note: years.contains(where: \.isKeptBack)
        ? Suppression.words(below: reckoning.threshold(of: indicator.code)) : "",
      hasTwoLines: false
    )
    let chart = Chart(
      title: "\(indicator.label)历年\(indicator.unit.isEmpty ? "" : "（\(indicator.unit)）")",
      unit: indicator.unit,
      labels: years.map(\.year),
      series: [.init(label: indicator.label, values: years.map(\.value))]
    )
    return ["title": "历年", "chart": chart.html, "table": table.html]
  }

  /// The figure of every county, beside that of the city.
  private func counties(
    _ reckoning: Reckoning,
    _ value: IndicatorValue,
    _ reading: any Reading
  ) throws -> Model? {
    guard value.place == .city, value.indicator.toldAt.contains(.county) else { return nil }
    let units = try base.managingUnits(in: reading)
    let places = units.map { IndicatorPlace(.county, $0.id) }
    let values = try reckoning.values(value.indicator.code, at: places, year: value.year)
    let table = Table(
      caption: "\(value.indicator.label)，各县（市、区）",
      columns: [
        Table.Column(text: "县（市、区）"),
        Table.Column(text: value.indicator.label, unit: value.indicator.unit, isNumber: true),
      ],
      rows: zip(units, values).map { unit, value in
        let address = Address.with(
          Address.figure(value.indicator.code),
          Address.place(value.place)
        )
        return [
          Table.Cell(unit.title, .name, address: address),
          Table.Cell(value.exact, value.missing == nil ? .number : .missing),
        ]
      },
      note: "功能区单列，不再计入所在县（市、区）。",
      hasTwoLines: false
    )
    return ["title": "各县（市、区）", "table": table.html]
  }

  private func comparison(
    _ part: IndicatorValue,
    _ reckoning: Reckoning,
    _ address: (String) -> String,
    _ reading: any Reading
  ) throws -> Model {
    let set = reckoning.recordSets(of: part.indicator.code, at: part.place, part.year)
      .first { $0.kind == "benchmark" }
    var base: Record?
    if let set { try reckoning.each(set) { record, _ in base = record } }
    var source = part.indicator.words
    if let base {
      source =
        "比较基数：\(base.title) \(base["value"].integer.map { Ratio(Int128($0), 100).decimal(places: 0) } ?? "")\(base["unit"].text ?? "")；\(base["basis"].text ?? "")；来源：\(base["source"].text ?? "")"
    }
    return [
      "label": part.indicator.label, "value": part.display, "source": source,
      "sourceHref": base.map { Address.record("benchmark", $0.id, .public) }
        ?? address(part.indicator.code),
    ]
  }

  /// The sets of records behind a figure, the first ten of each.
  private func sets(
    _ reckoning: Reckoning,
    _ value: IndicatorValue,
    isNow: Bool,
    _ reading: any Reading
  ) throws -> [Model] {
    guard !value.isKeptBack else { return [] }
    return try reckoning.recordSets(of: value.indicator.code, at: value.place, value.year)
      .compactMap { set in
        guard let kind = register.kind(set.kind) else { return nil }
        let count = reckoning.count(set)
        let year = set.year.isEmpty ? "" : "，\(set.year)"
        guard reckoning.isOpen(set) else {
          return [
            "title": kind.label + year, "count": Numerals.grouped(count),
            "closed": "用到企业内部数据，公开页面只给合计；名单由经办人在经办页面查看。",
            "href": Self.recordsAddress(set, value, .desk), "more": "在经办页面查看",
          ] as Model
        }
        guard count > 0 else { return nil }
        return [
          "title": kind.label + year, "count": Numerals.grouped(count),
          "more": isNow ? "看全部 \(Numerals.grouped(count)) 条" : "看现在的名单",
          "href": Self.recordsAddress(set, value),
          "table": try table(reckoning, set, kind, reading).html,
          "tail": count > Self.mostRows ? "只列前 \(Self.mostRows) 条。" : nil,
        ] as Model
      }
  }

  /// How many records of a set a page lists.
  private static let mostRows = 10

  private func table(
    _ reckoning: Reckoning,
    _ set: Reckoning.RecordSet,
    _ kind: Kind,
    _ reading: any Reading
  ) throws -> Table {
    var rows: [(record: Record, amounts: [Int?])] = []
    try reckoning.first(Self.mostRows, of: set) { rows.append(($0, $1)) }
    let titles = try Titles(self, rows.map(\.record), reading)
    let sums = Set(set.operands.compactMap(\.measure.field))
    let places = kind.columns.filter {
      kind.fields[$0].privacy == .public && !sums.contains(kind.fields[$0].name)
    }.prefix(4)
    var columns = places.map { place in
      let field = kind.fields[place]
      return Table.Column(text: field.label, unit: field.unit, isNumber: field.type.isNumeric)
    }
    let summed = set.operands.map { operand in
      operand.measure.field.flatMap(kind.place(of:)).map { kind.fields[$0] }
    }
    columns += summed.map { Table.Column(text: $0?.label ?? "计入", isNumber: true) }
    columns += [Table.Column(text: "何时确认")]
    let cells = try rows.map { row in
      var cells = places.enumerated().map { number, place in
        let field = kind.fields[place]
        let text = titles.shown(row.record.values[place], field, city)
        guard number > 0 else {
          let address = Address.record(kind.name, row.record.id, .public)
          return Table.Cell(text.isEmpty ? row.record.id : text, .name, address: address)
        }
        return Table.Cell(text, field.type.isNumeric ? .number : nil, label: field.numberLabel)
      }
      for field in summed {
        guard let field else {
          cells.append(Table.Cell("1", .number, label: "计入"))
          continue
        }
        let text = field.shown(row.record[field.name], city: city)
        cells.append(
          text.isEmpty
            ? Table.Cell("未填报", .missing, label: field.label)
            : Table.Cell(text, .number, label: field.label)
        )
      }
      cells.append(Table.Cell(try stoodFor(row.record, reading), .short, label: "何时确认"))
      return cells
    }
    return Table(caption: "\(kind.label)的记录", columns: columns, rows: cells)
  }

  /// When somebody last stood for a record, and on what ground; who it was stands on its page.
  private func stoodFor(_ record: Record, _ reading: any Reading) throws -> String {
    let all = try base.confirmations(record.kind, record.id, in: reading).values
    guard let last = all.max(by: { $0.at < $1.at }) else {
      return "\(record.stamp.updatedAt.date) 登记"
    }
    return "\(last.on) 确认" + (last.document.isEmpty ? "" : "（\(last.document)）")
  }
}
