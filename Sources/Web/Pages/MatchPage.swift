import Calendar
import Storage
import Exchange
import Foundation
import Ledger
import Matching
import Records
import Values

extension Site {
  /// Who fits an item: candidates by kind, each with its reasons and its score opened.
  func match(_ id: String, _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    try index.load()
    guard let kind = register.kind("exchangeItem"), let record = try register.record(kind, id),
      let result = try desk.match(
        id: id,
        most: 16,
        weights: ownWeights(request),
        perKind: true,
        for: door.reader
      )
    else { return notFound(request) }
    let item = ExchangeItem(values: record.values)
    let titles = try register.store.read { try Titles(self, [record], $0) }
    let codes = Set(item.programWishes.compactMap(\.code))
    let names = try register.store.read { try self.titles("program", codes, $0) }
    let own = ownWeights(request)
    let ownerField = item.ownerEnterpriseId.isEmpty ? "ownerSchoolId" : "ownerEnterpriseId"
    let ownerKind = item.ownerEnterpriseId.isEmpty ? "school" : "enterprise"
    let ownerID = record[ownerField].text ?? ""
    let model: Model = [
      "title": record.title, "kindName": "供需信息", "codeText": record.id,
      "itemHref": Address.record("exchangeItem", id, door),
      "sentence": sentence(item, titles), "owner": titles.title(ownerKind, ownerID),
      "ownerHref": Address.record(ownerKind, ownerID, door),
      "confirmAction": "/desk/match/\(Address.encoded(id))/confirm",
      "version": String(record.version),
      "facts": facts(record, titles, result, names, door), "suggestNote": suggestNote(result),
      "actions": door == .desk
        ? [["text": "修改这条信息", "href": Address.edit("exchangeItem", id)] as Model] : [Model](),
      "weights": [
        "open": true, "changed": own.isEmpty ? nil : true, "action": Address.match(id, door),
        "resetHref": Address.match(id, door), "note": "改动只影响您这次看到的顺序。",
        "rows": City.dimensions.compactMap { name -> Model? in
          guard let weight = result.weights.byDimension[name] else { return nil }
          let label = Self.dimensionLabels[name] ?? name
          let normal = city.weights(for: item.kind?.rawValue ?? "*").byDimension[name] ?? 0
          return ["code": name, "label": label, "value": String(weight), "normal": String(normal)]
        },
      ] as Model,
      "answer": answer(result), "groups": groups(result, door),
      "flash": request["saved"] == nil ? nil : ["text": "已保存。"] as Model,
      "lacks": door == .desk ? try lacks(record) : nil,
      "jsonHref": Address.with(Address.api("matches", door), [("item", id)]),
    ]
    return page("match", model, door: door, current: "exchangeItem", startedAt: startedAt)
  }

  /// Takes a suggestion as a fact: it goes into the item as if it had been typed.
  func confirm(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    try index.load()
    guard let kind = register.kind("exchangeItem"), let record = try register.record(kind, id),
      let result = try desk.match(id: id, most: 1)
    else { return notFound(request) }
    let wanted = request.form.first { $0.name == "confirm" }?.value
    var inputs: [String: Draft.Input] = [:]
    switch wanted {
    case "programRefs":
      let codes = result.suggestions.programs.prefix(3).map { [$0.code, "", ""] }
      inputs["programRefs"] = .value(.rows(Array(codes)))
    case "occupationCodes":
      inputs["occupationCodes"] = .value(
        .list(result.suggestions.occupations.prefix(3).map(\.code))
      )
    case "skillTerms":
      inputs["skillTerms"] = .value(.rows(result.suggestions.skills.map { [$0.name, ""] }))
    case "industryNodeIds":
      inputs["industryNodeIds"] = .value(.list(result.suggestions.industryNodes.map(\.code)))
    default: return .seeOther(Address.edit("exchangeItem", id))
    }
    do {
      try register.save(kind, Draft(inputs, id: id, version: record.version), by: Self.officer)
      try catchUp()
      return .seeOther(Address.match(id, .desk))
    } catch let refused as Refused {
      return message(
        "没能确认",
        refused.problems.map(\.message).joined(separator: " "),
        status: 422,
        door: .desk
      )
    }
  }

  /// What the item still lacks, as its checks tell it.
  private func lacks(_ record: Record) throws -> String? {
    let problems = try register.plan(record.kind, [Draft(id: record.id)]).first?.problems ?? []
    return problems.isEmpty ? nil : problems.map(\.message).joined(separator: " ")
  }

  private func ownWeights(_ request: WebRequest) -> [String: Int] {
    var weights: [String: Int] = [:]
    for (name, value) in request.query where name.hasPrefix("w.") {
      if let weight = Int(value), (0...100).contains(weight) {
        weights[String(name.dropFirst(2))] = weight
      }
    }
    // Nothing at all is no opinion.
    return weights.values.contains { $0 > 0 } ? weights : [:]
  }

  private static let dimensionLabels = [
    "program": "专业契合", "industry": "产业链契合", "skill": "技能词", "cert": "证书", "level": "层次",
    "region": "距离", "capacity": "数量", "timing": "时间", "track": "履约", "pay": "待遇",
    "expertise": "研究领域",
  ]

  /// The item as one would say it.
  private func sentence(_ item: ExchangeItem, _ titles: Titles) -> String {
    var parts: [String] = []
    if !item.regionCode.isEmpty { parts.append("在" + titles.title("region", item.regionCode)) }
    if let headcount = item.headcount {
      parts.append("\(item.side == .offer ? "可提供" : "需要") \(headcount) \(item.kind?.unit ?? "")")
    }
    if let start = item.periodStart, let end = item.periodEnd {
      parts.append("\(start.sentence)至\(end.sentence)")
    }
    let text = "\(item.kind?.label ?? "供需")：" + parts.joined(separator: "，")
    return text + (item.description.isEmpty ? "。" : "。\(item.description.prefix(120))")
  }

  private func facts(
    _ record: Record,
    _ titles: Titles,
    _ result: MatchResult,
    _ names: [String: String],
    _ door: Door
  ) -> [Model] {
    let wishes = result.asked.wishes
    let suggestions = result.suggestions
    let programs = wishes.map { wish in
      wish.code.map { code in "\(code) \(names[code] ?? "")" } ?? wish.text
    }.joined(separator: "、")
    func fact(_ name: String, _ guesses: [Suggestions.Guess]) -> Model? {
      guard let place = record.kind.place(of: name) else { return nil }
      let field = record.kind.fields[place]
      let text =
        name == "programRefs" ? programs : titles.shown(record.values[place], field, city)
      if !text.isEmpty { return ["name": name, "label": field.label, "text": text] }
      guard !guesses.isEmpty else {
        return ["name": name, "label": field.label, "missing": "未填报"]
      }
      return [
        "name": name, "label": field.label,
        "text": guesses.prefix(3).map { "\($0.name)（\($0.code)）" }.joined(separator: "、"),
        "suggested": true, "source": "从标题和说明推测",
        "confirm": door == .desk
          ? ["editHref": Address.edit("exchangeItem", record.id) + "#\(name)"] as Model : nil,
      ]
    }
    return [
      fact("programRefs", suggestions.programs), fact("occupationCodes", suggestions.occupations),
      fact("skillTerms", suggestions.skills), fact("industryNodeIds", suggestions.industryNodes),
      fact("levelMin", []), fact("regionCode", []), fact("headcount", []),
    ].compactMap { $0 }
  }

  private func suggestNote(_ result: MatchResult) -> String? {
    let guessed = result.candidates.contains { $0.card.factors.contains(where: \.isSuggested) }
    return guessed ? "标“推测”的来自文字，计分时打折；确认或改正后按事实计分。" : nil
  }

  private func answer(_ result: MatchResult) -> String {
    let shown = Profile.Kind.allCases.flatMap { kind in
      result.candidates.filter { $0.profile.kind == kind && $0.profile.isOffered }.prefix(8)
    }
    let good = shown.count { $0.card.grade != .none }
    if result.candidates.isEmpty { return "还没有找到合适的对象。补充专业、技能或地点，可以匹配得更准。" }
    if good == 0 { return "没有 50 分以上的对象，下面是最接近的，各自说明差在哪里。" }
    return "有 \(good) 个值得联系的对象，按契合程度排列"
      + (result.nearMisses.isEmpty ? "。" : "；差一点的列在各组下面。")
  }
}
