import Calendar
import Foundation
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
    let values = try book.values()
    var groups: [(title: String, rows: [Model])] = []
    for value in values {
      let row: Model = [
        "code": value.figure.code, "label": value.figure.label,
        "href": Address.with(Address.figure(value.figure.code), days(request)),
        "value": value.display, "exact": value.exact,
        "unit": value.figure.unit.rawValue,
        "recordsHref": value.figure.isOpen(in: register) && !value.isKeptBack
          ? value.figure.selection.map {
            Address.with(Address.list($0.kind, .public), [("figure", value.figure.code)])
          } : nil,
        "records": value.counted,
        "formula": value.figure.words,
        "parts": value.parts.map {
          [
            "label": Self.partLabel($0), "value": $0.display,
            "href": Address.figure($0.figure.code),
          ]
            as Model
        }.asRows,
      ]
      if let index = groups.firstIndex(where: { $0.title == value.figure.group }) {
        groups[index].rows.append(row)
      } else {
        groups.append((value.figure.group, [row]))
      }
    }
    return page(
      "figures",
      [
        "title": "数据指标", "count": "\(values.count) 项", "lead": "每个数字都由记录算出，可点开看到它来自哪些记录。",
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
  private static func partLabel(_ part: FigureValue) -> String {
    let label = part.figure.label
    return label.hasPrefix("其中") ? String(label.dropFirst(2)) : label
  }

  /// One figure with its parts, comparisons and the records behind it.
  func figure(_ code: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    let (book, wrong) = asked(request)
    if let wrong { return message("日期不对", wrong.message, status: 400) }
    return try register.store.read { reading in
      guard let figure = try book.find(code, in: reading) else { return notFound(request) }
      let value = try book.value(of: figure, in: reading)
      let isOpen = figure.isOpen(in: register) && !value.isKeptBack
      let rows = value.isKeptBack ? [] : try book.drillDown(figure, in: reading)
      let plain = value.parts.filter { $0.figure.unit == figure.unit }
      let compared = value.parts.filter { $0.figure.unit != figure.unit }
      let top = plain.compactMap(\.value).max() ?? .one
      let bars: [Model] = plain.map { part in
        let share = top == .zero ? Ratio.zero : (part.value ?? .zero) / top * Ratio(100)
        return [
          "label": Self.partLabel(part),
          "value": part.display, "percent": String(share.rounded),
          "href": Address.figure(part.figure.code),
        ]
      }
      let model: Model = [
        "title": figure.label, "code": figure.code,
        "group": figure.group.isEmpty ? "数据指标" : figure.group,
        "value": value.missing == nil ? value.display : nil, "exact": value.exact,
        "missing": value.missing, "formula": figure.words,
        "basis": said(request) ?? (isDemo ? "演示数据，截至 \(asOf?.description ?? "今日")" : nil),
        "parts": bars.isEmpty ? nil : ["title": "其中", "rows": bars] as Model,
        "check": try check(book, figure, value, rows, reading),
        "series": try series(book, figure, reading), "drawsChart": true,
        "compare": compared.isEmpty
          ? nil
          : [
            "title": "比较",
            "rows": try compared.map { part in
              try comparison(part, reading)
            },
          ] as Model,
        "records": isOpen ? try records(figure, rows, isNow: said(request) == nil, reading) : nil,
        "recordsEmpty": value.isKeptBack
          ? Suppression.words(below: book.threshold(of: figure))
          : isOpen
            ? "还没有记录。"
            : "这项数字用到企业内部数据，公开页面只给合计；名单由经办人在经办页面查看：/desk/\(figure.selection?.kind ?? "")?figure=\(figure.code)",
        "jsonHref": "/api/figures",
      ]
      return page("figure", model, door: .public, current: "figures", startedAt: startedAt)
    }
  }

  /// Whether the records add up to the figure, computed anew for this page.
  private func check(
    _ book: FigureBook,
    _ figure: Figure,
    _ value: FigureValue,
    _ rows: [(record: Record, upper: Int, lower: Int)],
    _ reading: any Reading
  ) throws -> Model? {
    guard !rows.isEmpty else { return nil }
    let total = try book.total(figure, rows, in: reading)
    let isRight = total == value.value
    let found = FigureValue(figure: figure, value: total).exact
    let how =
      switch figure.formula {
      case .amount(.count, _): "逐条数"
      case .amount: "逐条相加"
      case .ratio: "分子、分母各自逐条相加再相除"
      case .mean: "逐条相加再除以年数"
      case .share: "逐条数再除以全省数"
      case .benchmark: "取自下面这条比较基数"
      }
    return [
      "light": isRight ? "green" : "red",
      "text": "下面 \(Numerals.grouped(rows.count)) 条记录\(how)，得 \(found)，"
        + (isRight ? "与上面的数字一致。" : "与上面的数字不一致，请运行 citong doctor 查明原因。"),
    ]
  }

  /// The figure year by year, as a chart and a table.
  private func series(_ book: FigureBook, _ figure: Figure, _ reading: any Reading) throws
    -> Model?
  {
    let years = try book.series(figure, in: reading)
    guard !years.isEmpty else { return nil }
    func shown(_ year: FigureBook.YearValue) -> String {
      year.isKeptBack
        ? FigureValue(keptBack: figure).exact
        : FigureValue(figure: figure, value: year.value).exact
    }
    let table = Table(
      caption: "\(figure.label)历年",
      columns: [Table.Column(text: "年度"), Table.Column(text: figure.label, isNumber: true)],
      rows: years.map { year in
        [Table.Cell(year.year, .name), Table.Cell(shown(year), .number)]
      },
      note: years.contains(where: \.isKeptBack)
        ? Suppression.words(below: book.threshold(of: figure)) : "",
      hasTwoLines: false
    )
    let chart = Chart(
      title: "\(figure.label)历年\(figure.unit.rawValue.isEmpty ? "" : "（\(figure.unit.rawValue)）")",
      unit: figure.unit.rawValue,
      labels: years.map(\.year),
      series: [.init(label: figure.label, values: years.map(\.value))]
    )
    return ["title": "历年", "chart": chart.html, "table": table.html]
  }

  private func comparison(_ part: FigureValue, _ reading: any Reading) throws -> Model {
    let key: String? =
      switch part.figure.formula {
      case .share(_, _, let key): key
      case .benchmark(let key): key
      default: nil
      }
    var source = part.figure.words
    if let key, let kind = register.kind("benchmark"),
      let base = try register.record(kind, key, in: reading)
    {
      source =
        "比较基数：\(base.title) \(base["value"].integer.map { Ratio(Int128($0), 100).decimal(places: 0) } ?? "")\(base["unit"].text ?? "")；\(base["basis"].text ?? "")；来源：\(base["source"].text ?? "")"
    }
    return [
      "label": part.figure.label, "value": part.display, "source": source,
      "sourceHref": key.map { Address.record("benchmark", $0, .public) },
    ]
  }

  private func records(
    _ figure: Figure,
    _ rows: [(record: Record, upper: Int, lower: Int)],
    isNow: Bool,
    _ reading: any Reading
  ) throws -> Model? {
    guard let kind = rows.first?.record.kind else { return nil }
    let titles = try Titles(self, rows.prefix(10).map(\.record), reading)
    let places = kind.columns.filter { kind.fields[$0].privacy == .public }.prefix(4)
    let isRatio = rows.contains { $0.lower > 0 }
    var columns = places.map { place in
      let field = kind.fields[place]
      return Table.Column(text: field.label, unit: field.unit, isNumber: field.type.isNumeric)
    }
    columns.append(Table.Column(text: isRatio ? "分子" : "计入", isNumber: true))
    if isRatio { columns.append(Table.Column(text: "分母", isNumber: true)) }
    let cells = rows.prefix(10).map { row in
      var cells = places.enumerated().map { number, place in
        let field = kind.fields[place]
        let text = titles.shown(row.record.values[place], field, city)
        guard number > 0 else {
          let address = Address.record(kind.name, row.record.id, .public)
          return Table.Cell(text.isEmpty ? row.record.id : text, .name, address: address)
        }
        return Table.Cell(text, field.type.isNumeric ? .number : nil, label: field.numberLabel)
      }
      func amount(_ number: Int) -> String {
        figure.unit == .yuan ? Numerals.grouped(number / 100) : Numerals.grouped(number)
      }
      cells.append(Table.Cell(amount(row.upper), .number, label: "计入"))
      if isRatio { cells.append(Table.Cell(amount(row.lower), .number, label: "分母")) }
      return cells
    }
    let table = Table(caption: "\(figure.label)的记录", columns: columns, rows: cells)
    return [
      "count": Numerals.grouped(rows.count),
      "more": isNow ? "看全部 \(Numerals.grouped(rows.count)) 条" : "看现在的名单",
      "href": Address.with(Address.list(kind.name, .public), [("figure", figure.code)]),
      "table": table.html,
      "tail": rows.count > 10 ? "只列前 10 条。" : nil,
    ]
  }
}
