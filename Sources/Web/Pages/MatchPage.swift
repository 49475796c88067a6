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

  /// The grade in words; what keeps a high score from an A is said.
  private func gradeText(_ card: Scorecard) -> String {
    guard let score = card.score else { return "无法评分" }
    let isHeld = score >= Ratio(80) && card.grade != .a
    return isHeld ? "推荐（资料不足六成）" : card.grade.label
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

  /// The candidates by kind; programs that no school of the city offers apart, there is nobody to turn to.
  private func groups(_ result: MatchResult, _ door: Door) -> [Model] {
    Profile.Kind.allCases.flatMap { kind -> [Model] in
      let all = result.candidates.filter { $0.profile.kind == kind }
      let found = all.filter(\.profile.isOffered).prefix(8)
      let near = result.nearMisses.filter { $0.profile.kind == kind }.prefix(5)
      var groups: [Model] = []
      if !found.isEmpty || !near.isEmpty || kind != result.asked.kind {
        var group = self.group(kind.rawValue, kind.label, Array(found), result.asked, door)
        let misses: [Model] = near.map { miss in
          [
            "name": miss.profile.name, "href": address(miss.profile, door),
            "fails": miss.failed.map(\.reason).joined(separator: "；"),
            "fix": miss.failed.map(\.remedy).joined(separator: "；"),
          ]
        }
        if !misses.isEmpty {
          group["near"] = ["count": String(misses.count), "rows": misses] as Model
        }
        groups.append(group)
      }
      let elsewhere = all.filter { !$0.profile.isOffered }.prefix(4)
      if !elsewhere.isEmpty {
        groups.append(
          self.group("elsewhere", "目录里的专业，本市暂未开设", Array(elsewhere), result.asked, door)
        )
      }
      return groups
    }
  }

  private func group(
    _ id: String,
    _ title: String,
    _ found: [Candidate],
    _ asked: Profile,
    _ door: Door
  ) -> Model {
    [
      "id": id, "title": title, "count": String(found.count),
      "list": found.enumerated().map { number, candidate in
        self.candidate(candidate, rank: number + 1, asked, door)
      }.asRows, "empty": found.isEmpty ? "没有合适的\(title)。" : nil,
    ]
  }

  private func address(_ profile: Profile, _ door: Door) -> String {
    switch profile.kind {
    case .program: Address.record("program", profile.id, door)
    case .carrier: Address.record("carrier", profile.id, door)
    case .offer, .need: Address.record("exchangeItem", profile.id, door)
    }
  }

  /// Where an engagement between the two owners is begun; only items have an owner to turn to.
  private func intent(with profile: Profile, _ asked: Profile) -> Model? {
    guard profile.kind == .need || profile.kind == .offer else { return nil }
    func party(_ letter: String, _ owner: String) -> (String, String) {
      let isSchool =
        (try? register.kind("school").flatMap { try register.record($0, owner) }) != nil
      return ("party\(letter)\(isSchool ? "School" : "Enterprise")Id", owner)
    }
    let href = Address.with(
      Address.new("engagement"),
      [
        ("subject", asked.name), ("itemIds", "\(asked.id)|\(profile.id)"),
        party("A", asked.ownerID), party("B", profile.ownerID),
      ]
    )
    return ["href": href]
  }

  private func candidate(_ candidate: Candidate, rank: Int, _ asked: Profile, _ door: Door) -> Model
  {
    let profile = candidate.profile
    let factors: [Model] = candidate.card.factors.map { factor in
      var model: Model = [
        "code": factor.dimension.name, "label": factor.dimension.label,
        "weight": String(candidate.card.weight(of: factor)), "fact": factor.evidence,
        "suggested": factor.isSuggested ? true : nil,
      ]
      if let value = factor.value {
        model["percent"] = String((value * Ratio(100)).rounded)
        model["exact"] = (value * Ratio(100)).decimal(places: 4)
      } else {
        model["missing"] = "没有资料"
      }
      return model
    }
    let strong = candidate.reasons.prefix(2)
    let isThin = candidate.card.completeness < Ratio(3, 5)
    let missing = candidate.card.factors.filter { $0.value == nil && !$0.improvement.isEmpty }
    return [
      "id": "\(profile.kind.rawValue)-\(profile.id)", "rank": String(rank), "name": profile.name,
      "by": !profile.isOffered
        ? "本市暂无学校开设" : profile.ownerName.isEmpty ? profile.kind.label : profile.ownerName,
      "href": address(profile, door), "hrefText": "看\(profile.kind.label)",
      "intent": door == .desk ? intent(with: profile, asked) : nil,
      "score": candidate.card.shown.map(String.init) ?? "–", "grade": candidate.card.grade.rawValue,
      "gradeText": gradeText(candidate.card),
      "strong": strong.isEmpty ? nil : strong.joined(separator: "；"),
      "weak": candidate.weak.map { weak in
        weak.isSuggested
          ? "\(weak.dimension.label)只是推测，确认后更准" : "\(weak.dimension.label)：\(weak.evidence)"
      },
      "complete": "资料完整度 \(Numerals.percent(candidate.card.completeness, places: 0))",
      "improve": isThin && !missing.isEmpty
        ? "补充这 \(missing.count) 项可提高匹配准确度：\(missing.map(\.dimension.label).joined(separator: "、"))"
        : candidate.weak.flatMap { $0.improvement.isEmpty ? nil : $0.improvement },
      "factors": factors,
    ]
  }
}
