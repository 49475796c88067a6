import Calendar
import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// The statement: the city's text on industry and education, every figure living.
  func home(_ request: WebRequest, _ door: Door = .public) throws -> WebAnswer {
    let startedAt = Date()
    let values = Dictionary(
      try book.values().flatMap(\.flattened).map { ($0.figure.code, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let needs = try register.store.read { try self.needs($0, door) }
    let counties = try register.store.read { try self.counties($0, door) }
    let model: Model = [
      "title": "首页", "headline": "\(city.name)产教融合基本情况",
      "asOfMax": asOf?.description ?? register.clock.now().date.description,
      "figuresHref": Address.figures,
      "paras": Self.statement(city).map { paragraph(String($0), values) },
      "entries": entries, "needs": needs, "counties": counties, "jsonHref": "/api/figures",
    ]
    return page("home", model, door: door, current: "home", startedAt: startedAt)
  }

  /// The statement; what stands in braces is the code of a figure.
  private static func statement(_ city: City) -> [Substring] {
    let text = """
      全市现有本科层次职业院校 {S1} 所、高职院校 {S2} 所、中职学校 {S3} 所（含技工学校 {S3.technician} 所），在校生约 {S4} 人，每年培养毕业生约 {S5} 名，就业率 {S6}（在\(city.shortName)就业约占 {S7}）。
      {S8} 所职业院校获批省级示范性现代职业院校（高职 {S8.college} 所、中职 {S8.secondary} 所），{S9} 所职业院校（高职 {S9.college} 所、中职 {S9.secondary} 所）、{S10} 个专业群（高职 {S10.college} 个、中职 {S10.secondary} 个）入选省“双高计划”，分别占全省 {S9.share} 和 {S10.share}；建设省级以上对接产业的各类学科和专业（群）{S11} 个。
      全市高校与 {S12} 家企业建立校企合作关系（其中年产值亿元以上企业 {S12.over100m} 家），政行企校共建 {K1} 个产业学院、{K2} 个职教集团、{K3} 个产教融合联盟、{K4} 个省级以上科研平台、{K5} 个实训基地。
      开展 {A1} 个省级“二元制”和 {A2} 个现代学徒制试点、{X1} 个“1+X”证书制度试点项目（占全省 {X1.share}），年均面向社会开展各类职业技能培训 {T1} 人次；市级职业教育发展专项资金累计投入 {F1} 元。
      """
    return text.split(separator: "\n")
  }

  private func paragraph(_ text: String, _ values: [String: FigureValue]) -> Model {
    var parts: [Model] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(["text": String(rest[..<open])]) }
      let code = String(rest[rest.index(after: open)..<close])
      if let value = values[code] { parts.append(["figure": living(value)]) }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(["text": String(rest)]) }
    return ["parts": parts]
  }

  private var entries: [Model] {
    [
      [
        "title": "我是企业", "href": Address.needs, "text": "发布需求，立刻看到合适的专业、供给和基地，每个都说明理由。",
        "links": [
          ["text": "发布需求", "href": Address.needs] as Model,
          ["text": "看学校的供给", "href": "/exchangeItem?side=offer"] as Model,
        ],
      ],
      [
        "title": "我是学校", "href": "/exchangeItem?side=demand", "text": "看企业的需求，发布班级、实习和服务供给。",
        "links": [
          ["text": "看企业的需求", "href": "/exchangeItem?side=demand"] as Model,
          ["text": "本市专业点", "href": "/programOffering"] as Model,
        ],
      ],
      [
        "title": "我是学生、家长、市民", "href": "/school", "text": "找学校和专业，看公开的数字和名单。",
        "links": [
          ["text": "学校", "href": "/school"] as Model,
          ["text": "实训基地等载体", "href": "/carrier"] as Model,
        ],
      ],
    ]
  }

  private func needs(_ reading: any Reading, _ door: Door) throws -> Model? {
    guard let kind = register.kind("exchangeItem") else { return nil }
    let query = Query(
      [.field("side", "demand"), .field("status", "published"), .field("visibility", "public")],
      sort: "itemId",
      isDescending: true,
      limit: 6
    )
    let count = try register.count(kind, query, in: reading)
    let records = try register.list(kind, query, in: reading)
    let titles = try Titles(register, records, reading)
    func cell(_ record: Record, _ name: String) -> Model {
      guard let place = kind.place(of: name) else { return ["text": ""] }
      let text = titles.shown(record.values[place], kind.fields[place], city)
      return text.isEmpty ? ["text": "未填报", "class": "missing"] : ["text": text]
    }
    let rows: [Model] = records.map { record in
      let title: Model = [
        "text": record.title, "class": "name", "href": Address.match(record.id, door),
      ]
      return [
        "cells": [
          title, cell(record, "kind"), cell(record, "regionCode"), cell(record, "headcount"),
        ]
      ]
    }
    let table: Model = [
      "caption": "最近的需求", "twoLine": true,
      "columns": [
        ["text": "需求"] as Model, ["text": "种类"] as Model, ["text": "地点"] as Model,
        ["text": "数量", "class": "num"] as Model,
      ], "rows": rows,
    ]
    return [
      "title": "最近的需求", "href": "/exchangeItem?side=demand",
      "more": "全部 \(Numerals.grouped(count)) 条",
      "table": rows.isEmpty ? nil : table, "empty": "还没有公开的需求。企业可以从“发布需求”开始。",
    ]
  }

  private func counties(_ reading: any Reading, _ door: Door) throws -> Model? {
    guard let regions = register.kind("region"), let schools = register.kind("school"),
      let enterprises = register.kind("enterprise"), let carriers = register.kind("carrier")
    else { return nil }
    func tally(_ kind: Kind, _ path: String, _ conditions: [Condition]) throws -> [String: Int] {
      Dictionary(
        try register.tally(kind, Query(conditions), by: path, in: reading).map {
          ($0.value, $0.amount)
        },
        uniquingKeysWith: +
      )
    }
    let columns = [
      try tally(schools, "locationRegionCode", [.field("status", "active")]),
      try tally(enterprises, "registeredRegionCode", []),
      try tally(carriers, "locationRegionCode", [.field("isCounted", "true")]),
    ]
    let counties = try register.list(
      regions,
      Query(
        [.field("parentCode", city.code), .field("isAdministered", "true")],
        sort: "regionCode",
        limit: 60
      ),
      in: reading
    ).filter { $0["validTo"].isNone && $0["regionKind"].text != "managementZone" }
    let names = ["school", "enterprise", "carrier"]
    let fields = ["locationRegionCode", "registeredRegionCode", "locationRegionCode"]
    let rows: [Model] = counties.map { county in
      var cells: [Model] = [["text": county.title, "class": "name"]]
      for (number, column) in columns.enumerated() {
        let href = Address.with(Address.list(names[number], door), [(fields[number], county.id)])
        cells.append([
          "text": Numerals.grouped(column[county.id] ?? 0), "class": "num", "href": href,
          "label": ["学校", "企业", "载体"][number],
        ])
      }
      return ["cells": cells]
    }
    let table: Model = [
      "caption": "各县（市、区）", "twoLine": true,
      "columns": [
        ["text": "县（市、区）"] as Model, ["text": "学校", "class": "num"] as Model,
        ["text": "企业", "class": "num"] as Model, ["text": "载体", "class": "num"] as Model,
      ], "rows": rows, "note": "按行政区划统计，功能区含在所在县（市、区）内。",
    ]
    return ["title": "各县（市、区）", "href": Address.kinds, "more": "更多台账", "table": table]
  }
}
