import Indicators
import Storage
import Matching
import Exchange
import Foundation
import Ledger
import Records
import Values

extension Site {
  /// Every register with its count.
  func kinds(_ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    let groups: [(String, [String])] = [
      ("主体", ["school", "enterprise", "programOffering", "programGroup", "schoolAnnualStat"]),
      ("对接", ["exchangeItem", "engagement", "agreement", "cooperation"]),
      ("载体与项目", ["carrier", "honour", "pilot", "trainingStat", "fundYear"]),
      ("毕业生", ["graduateDestination"]), ("账号与权限", ["account", "roleGrant", "exportRequest"]),
    ]
    let named = Set(groups.flatMap(\.1))
    let rest = register.kinds.map(\.name).filter { !named.contains($0) }
    let all = groups + [("代码与参照", rest)]
    let models: [Model] = try register.store.read { reading in
      try all.enumerated().compactMap { number, group in
        let rows: [Model] = try group.1.compactMap { name in
          guard let kind = register.kind(name), door.reader.mayList(kind) else { return nil }
          let count = try register.count(kind, Query(door.reader.limits(on: kind)), in: reading)
          return [
            "title": kind.label, "href": Address.list(name, door), "count": Numerals.grouped(count),
            "text": kind.summary,
            "new": door == .desk && door.reader.may(.create, kind)
              ? ["text": "新增", "href": Address.new(name)] as Model : nil,
          ]
        }
        return rows.isEmpty ? nil : ["id": "g\(number)", "title": group.0, "rows": rows] as Model
      }
    }
    return page(
      "kinds",
      [
        "title": "全部台账", "count": "\(register.kinds.count) 类", "groups": models,
        "jsonHref": "/api/kinds", "qualityHref": door == .desk ? Address.quality : nil,
      ],
      door: door,
      current: "kinds",
      startedAt: startedAt
    )
  }

  /// What is asked for or offered: the choice of a kind.
  func need(_ request: WebRequest) -> WebAnswer {
    let owner = request.query.filter { $0.name.hasPrefix("owner") }.map { ($0.name, $0.value) }
    func group(_ title: String, _ id: String, _ text: String, _ poster: ItemPoster) -> Model {
      let kinds: [Model] = ItemKind.allCases.flatMap { kind in
        ItemSide.allCases.filter { kind.posters(of: $0).contains(poster) }.map { side in
          [
            "title": "\(side == .demand ? "我要" : "我有")：\(kind.label)", "text": kind.example,
            "href": Address.with(
              Address.new("exchangeItem"),
              [("kind", kind.rawValue), ("side", side.rawValue)] + owner
            ),
          ]
        }
      }
      return ["id": id, "title": title, "text": text, "kinds": kinds]
    }
    return page(
      "need",
      [
        "title": "发布供需", "lead": "先选种类，填几项就能发布，立刻看到合适的对象。",
        "groups": [
          group("企业要什么、能提供什么", "enterprise", "由企业发布。", .enterprise),
          group("学校要什么、能提供什么", "school", "由学校发布。", .school),
        ],
      ],
      door: .desk,
      current: "exchangeItem",
      startedAt: Date()
    )
  }

  /// Everything public that contains what is asked for.
  func search(_ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    let asked = String((request["q"] ?? "").prefix(60))
    try index.load()
    let (hits, count) = index.texts.search(asked, most: 200)
    var found: [String: [String]] = [:]
    for hit in hits {
      let parts = hit.key.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      found[parts[0], default: []].append(parts[1])
    }
    let groups: [Model] = try register.store.read { reading in
      try register.kinds.compactMap { kind in
        guard let ids = found[kind.name], Reader.anonymous.mayList(kind) else { return nil }
        let rows: [Model] = try ids.prefix(8).compactMap { id in
          guard let record = try register.record(kind, id, in: reading),
            Reader.anonymous.mayRead(record)
          else { return nil }
          return [
            "href": Address.record(kind.name, id, .public),
            "name": Self.marked(record.title, asked),
            "meta": record.id == record.title ? nil : record.id,
          ]
        }
        guard !rows.isEmpty else { return nil }
        return [
          "id": kind.name, "title": kind.label,
          "count": "\(ids.count)\(count > hits.count ? "+" : "")",
          "more": ids.count > 8
            ? [
              "text": "在\(kind.label)里看全部",
              "href": Address.with(Address.list(kind.name, .public), [("q", asked)]),
            ] as Model : nil, "rows": rows,
        ]
      }
    }
    let figures = try asked.isEmpty ? [] : self.figures(named: asked)
    let nothing: Model = [
      "title": asked.isEmpty ? "想找什么？" : "没有找到“\(asked)”",
      "text": asked.isEmpty ? "输入学校、专业、企业、需求的名称或代码，一个字也可以。" : "换个短一点的说法，或从台账里按条件找。",
      "links": [["text": "全部台账", "href": Address.kinds] as Model],
    ]
    return page(
      "search",
      [
        "title": asked.isEmpty ? "搜索" : "“\(asked)”的结果", "count": "\(count) 条", "q": asked,
        "findText": asked, "groups": figures + groups,
        "empty": groups.isEmpty && figures.isEmpty ? nothing : nil,
      ],
      door: .public,
      startedAt: startedAt
    )
  }

  /// The figures whose label holds a text, as a group of the results.
  private func figures(named asked: String) throws -> [Model] {
    let all = try base.store.read { try book.reckon(in: $0).indicators }
    let rows: [Model] = all.filter { Text.comparable($0.label).contains(Text.comparable(asked)) }
      .map {
        ["href": Address.figure($0.code), "name": Self.marked($0.label, asked), "meta": $0.code]
      }
    guard !rows.isEmpty else { return [] }
    return [["id": "figures", "title": "数据指标", "count": String(rows.count), "rows": rows]]
  }

  /// A name with the asked text marked.
  private static func marked(_ name: String, _ asked: String) -> [Model] {
    guard !asked.isEmpty, let range = name.range(of: asked, options: .caseInsensitive) else {
      return [["text": name]]
    }
    var parts: [Model] = []
    if range.lowerBound > name.startIndex {
      parts.append(["text": String(name[..<range.lowerBound])])
    }
    parts.append(["hit": String(name[range])])
    if range.upperBound < name.endIndex {
      parts.append(["text": String(name[range.upperBound...])])
    }
    return parts
  }
}
