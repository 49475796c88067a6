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
    let values = try book.values()
    var groups: [(title: String, rows: [Model])] = []
    for value in values {
      let row: Model = [
        "code": value.figure.code, "label": value.figure.label,
        "href": Address.figure(value.figure.code), "value": value.display, "exact": value.exact,
        "unit": value.figure.unit.rawValue, "records": Numerals.grouped(value.records),
        "formula": value.figure.words,
        "parts": value.parts.map {
          ["label": $0.figure.label, "value": $0.display, "href": Address.figure($0.figure.code)]
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
        "exports": ["items": [["text": "JSON", "href": "/api/figures"] as Model]] as Model,
        "jsonHref": "/api/figures",
      ],
      door: .public,
      current: "figures",
      startedAt: startedAt
    )
  }

  /// One figure with its parts, comparisons and the records behind it.
  func figure(_ code: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    return try register.store.read { reading in
      guard let figure = try book.find(code, in: reading) else { return notFound(request) }
      let value = try book.value(of: figure, in: reading)
      let isOpen = figure.isOpen(in: register)
      let rows = try book.drillDown(figure, in: reading)
      let upper = rows.reduce(0) { $0 + $1.upper }
      let plain = value.parts.filter { $0.figure.unit == figure.unit }
      let compared = value.parts.filter { $0.figure.unit != figure.unit }
      let top = plain.compactMap(\.value).max() ?? .one
      let bars: [Model] = plain.map { part in
        let share = top == .zero ? Ratio.zero : (part.value ?? .zero) / top * Ratio(100)
        return [
          "label": part.figure.label, "value": part.display, "percent": String(share.rounded),
          "href": Address.figure(part.figure.code),
        ]
      }
      let model: Model = [
        "title": figure.label, "code": figure.code,
        "group": figure.group.isEmpty ? "数据指标" : figure.group,
        "value": value.display, "exact": value.exact,
        "missing": value.value == nil ? "未填报" : nil, "formula": figure.words,
        "basis": isDemo ? "演示数据，截至 \(asOf?.description ?? "今日")" : nil,
        "parts": bars.isEmpty ? nil : ["title": "其中", "rows": bars] as Model,
        "check": [
          "light": "green",
          "text":
            "下面 \(Numerals.grouped(rows.count)) 条记录逐条相加，与上面的数字一致（合计 \(Numerals.grouped(upper))）。",
        ] as Model,
        "compare": compared.isEmpty
          ? nil
          : [
            "title": "比较",
            "rows": try compared.map { part in
              try comparison(part, reading)
            },
          ] as Model,
        "records": isOpen ? try records(figure, rows, reading) : nil,
        "recordsEmpty": isOpen
          ? "还没有记录。"
          : "这项数字用到企业内部数据，公开页面只给合计；名单由经办人在经办页面查看：/desk/\(figure.selection?.kind ?? "")?figure=\(figure.code)",
        "jsonHref": "/api/figures",
      ]
      return page("figure", model, door: .public, current: "figures", startedAt: startedAt)
    }
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
    _ reading: any Reading
  ) throws -> Model? {
    guard let kind = rows.first?.record.kind else { return nil }
    let titles = try Titles(register, rows.prefix(10).map(\.record), reading)
    let places = kind.columns.filter { kind.fields[$0].privacy == .public }.prefix(4)
    let isRatio = rows.contains { $0.lower > 0 }
    var columns: [Model] = places.map { ["text": kind.fields[$0].label] }
    columns.append(["text": isRatio ? "分子" : "计入", "class": "num"])
    if isRatio { columns.append(["text": "分母", "class": "num"]) }
    let models: [Model] = rows.prefix(10).map { row in
      var cells: [Model] = places.enumerated().map { number, place in
        let text = titles.shown(row.record.values[place], kind.fields[place], city)
        return [
          "text": text.isEmpty ? row.record.id : text, "class": number == 0 ? "name" : nil,
          "href": number == 0 ? Address.record(kind.name, row.record.id, .public) : nil,
        ]
      }
      func amount(_ number: Int) -> String {
        figure.unit == .yuan ? Numerals.grouped(number / 100) : Numerals.grouped(number)
      }
      cells.append(["text": amount(row.upper), "class": "num", "label": "计入"])
      if isRatio { cells.append(["text": amount(row.lower), "class": "num", "label": "分母"]) }
      return ["cells": cells]
    }
    let table: Model = [
      "caption": "\(figure.label)的记录", "twoLine": true, "columns": columns, "rows": models,
    ]
    return [
      "count": Numerals.grouped(rows.count), "more": "看全部 \(Numerals.grouped(rows.count)) 条",
      "href": Address.with(Address.list(kind.name, .public), [("figure", figure.code)]),
      "table": table,
      "tail": rows.count > 10 ? "只列前 10 条。" : nil,
    ]
  }

  /// A living figure inside a sentence.
  func living(_ value: FigureValue, _ display: String? = nil) -> Model {
    [
      "code": value.figure.code.replacing(".", with: "-"), "display": display ?? Self.number(value),
      "exact": value.exact, "href": Address.figure(value.figure.code),
      "sentence": value.figure.words + "。", "asOf": asOf?.description,
      "parts": value.parts.map {
        ["label": $0.figure.label, "value": $0.display, "href": Address.figure($0.figure.code)]
          as Model
      }.asRows,
      "records": "\(Numerals.grouped(value.records)) 条",
      "missing": value.value == nil ? "未填报" : nil,
    ]
  }

  /// The number without its unit, as it stands in a sentence.
  static func number(_ value: FigureValue) -> String {
    let unit = value.figure.unit.rawValue
    return unit.isEmpty ? value.display : String(value.display.dropLast(unit.count))
  }
}
