import Exchange
import Ledger
import Matching
import Records
import Values

extension Site {
  /// The grade in words; what keeps a high score from an A is said.
  private func gradeText(_ card: Scorecard) -> String {
    guard let score = card.score else { return "无法评分" }
    let isHeld = score >= Ratio(80) && card.grade != .a
    return isHeld ? "推荐（资料不足六成）" : card.grade.label
  }

  /// The candidates by kind; programs that no school of the city offers apart, there is nobody to turn to.
  func groups(_ result: MatchResult, _ door: Door) -> [Model] {
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
