import Calendar
import Foundation
import Indicators
import Ledger
import Records
import Storage
import Values

extension Site {
  /// The statement: the city's text on industry and education, every figure living.
  func home(_ request: WebRequest, _ door: Door = .public) throws -> WebAnswer {
    let startedAt = Date()
    let values = Dictionary(
      try book.values().flatMap(\.flattened).map { ($0.indicator.code, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let needs = try register.store.read { try self.needs($0, door) }
    let counties = try register.store.read { try self.counties($0, door) }
    let model: Model = [
      "title": "首页", "headline": "\(city.name)产教融合基本情况",
      "asOfMax": asOf?.description ?? register.clock.now().date.description,
      "figuresHref": Address.figures,
      "paras": Self.statement(city).map { paragraph(String($0), values) },
      "entries": entries, "now": try now(),
      "desk": door == .desk ? try deskwork() : nil, "needs": needs, "counties": counties,
      "jsonHref": "/api/figures",
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

  private func paragraph(_ text: String, _ values: [String: IndicatorValue]) -> Model {
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
        "title": "我是学校", "href": "/exchangeItem?side=demand", "text": "看正在征集的需求，发布班级、实习和服务供给。",
        "links": [
          ["text": "看正在征集的需求", "href": "/exchangeItem?side=demand"] as Model,
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

  /// What a clerk begins with: the forms used most, and what was changed last.
  private func deskwork() throws -> Model {
    let forms = [
      "school", "enterprise", "carrier", "programOffering", "schoolAnnualStat", "cooperation",
    ]
    let links: [Model] =
      (["exchangeItem"] + forms).compactMap { name in
        guard let kind = register.kind(name), Self.visitor.reader.may(.create, kind) else {
          return nil
        }
        return name == "exchangeItem"
          ? ["text": "发布供需", "href": Address.needs]
          : ["text": "登记\(kind.label)", "href": Address.new(name)]
      }
    let due: [Model] = try duties.compactMap { name, status, label in
      guard let kind = register.kind(name), Self.visitor.reader.mayList(kind) else { return nil }
      let count = try register.store.read { reading in
        try register.count(kind, Query([.field("status", status)]), in: reading)
      }
      guard count > 0 else { return nil }
      let address = Address.with(Address.list(name, .desk), [("status", status)])
      return ["text": label, "href": address, "value": String(count)]
    }
    let last = try register.lastChange()
    let changes = try register.changes(after: max(0, last - 200), most: 200)
    var seen: Set<String> = []
    let recent = changes.reversed().filter { seen.insert("\($0.kind)/\($0.id)").inserted }.prefix(8)
    let rows = try register.store.read { reading in
      try recent.compactMap { change -> [Table.Cell]? in
        guard let kind = register.kind(change.kind),
          Self.visitor.reader.maySee(kind.fields[kind.title], of: kind),
          let record = try register.record(kind, change.id, in: reading)
        else { return nil }
        return [
          Table.Cell(
            record.title,
            .name,
            address: Address.record(kind.name, record.id, .desk)
          ), Table.Cell(kind.label, .short), Table.Cell(record.stamp.updatedBy),
          Table.Cell(record.stamp.updatedAt.civilText, .short),
        ]
      }
    }
    let table = Table(
      caption: "最近修改",
      columns: ["记录", "台账", "修改人", "时间"].map { Table.Column(text: $0) },
      rows: rows
    )
    return [
      "links": links, "due": due.asRows, "table": rows.isEmpty ? nil : table.html,
    ]
  }

  /// What waits for the visitor to decide on: of which kind, in which state, and how it is called.
  private var duties: [(kind: String, status: String, label: String)] {
    switch Self.visitor.reader.role {
    case .securityAdmin:
      [
        ("rightsRequest", "waiting", "待答复的个人权利请求"), ("exportRequest", "requested", "待批准的导出申请"),
      ]
    case .cityBureau, .countyBureau: [("joining", "waiting", "待确认的入驻申请")]
    default: []
    }
  }

  /// What is open now, each number leading to its list.
  private func now() throws -> Model {
    func count(_ text: String, _ kind: String, _ query: [(String, String)]) throws -> Model? {
      guard let declared = register.kind(kind) else { return nil }
      let conditions =
        query.map { Condition.field($0.0, $0.1) } + Reader.anonymous.limits(on: declared)
      let count = try register.store.read {
        try register.count(declared, Query(conditions), in: $0)
      }
      let href = Address.with(Address.list(kind, .public), query)
      return ["text": text, "value": Numerals.grouped(count), "href": href]
    }
    let rows = [
      try count("征集中的需求", "exchangeItem", [("side", "demand"), ("status", "published")]),
      try count("可对接的供给", "exchangeItem", [("side", "offer"), ("status", "published")]),
      try count("运行中的载体", "carrier", [("isCounted", "true")]),
    ]
    return ["title": "现在", "rows": rows.compactMap { $0 }]
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
    let titles = try Titles(self, records, reading)
    func cell(_ record: Record, _ name: String) -> Table.Cell {
      guard let place = kind.place(of: name) else { return Table.Cell("") }
      let field = kind.fields[place]
      let text = titles.shown(record.values[place], field, city)
      if text.isEmpty { return Table.Cell("未填报", .missing, label: field.numberLabel) }
      return Table.Cell(text, field.type.isNumeric ? .number : nil, label: field.numberLabel)
    }
    let table = Table(
      caption: "最近的需求",
      columns: [
        Table.Column(text: "需求"), Table.Column(text: "种类"), Table.Column(text: "地点"),
        Table.Column(text: "数量", isNumber: true),
      ],
      rows: records.map { record in
        [
          Table.Cell(record.title, .name, address: Address.match(record.id, door)),
          cell(record, "kind"), cell(record, "regionCode"), cell(record, "headcount"),
        ]
      }
    )
    return [
      "title": "最近的需求", "href": "/exchangeItem?side=demand",
      "more": "全部 \(Numerals.grouped(count)) 条",
      "table": records.isEmpty ? nil : table.html, "empty": "还没有公开的需求。企业可以从“发布需求”开始。",
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
    let labels = ["学校", "企业", "载体"]
    let asked = [[("status", "active")], [], [("isCounted", "true")]]
    let rows = counties.map { county in
      [Table.Cell(county.title, .name)]
        + columns.enumerated().map { number, column in
          let href = Address.with(
            Address.list(names[number], door),
            [(fields[number], county.id)] + asked[number]
          )
          return Table.Cell(
            Numerals.grouped(column[county.id] ?? 0),
            .number,
            address: href,
            label: labels[number]
          )
        }
    }
    let table = Table(
      caption: "各县（市、区）",
      columns: [Table.Column(text: "县（市、区）")]
        + labels.map { Table.Column(text: $0, isNumber: true) },
      rows: rows,
      note: "按行政区划统计，功能区含在所在县（市、区）内。"
    )
    return ["title": "各县（市、区）", "href": Address.kinds, "more": "更多台账", "table": table.html]
  }
}
