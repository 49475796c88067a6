package import Ledger
package import Matching
package import Values

/// One candidate for an item, with everything that speaks for and against it.
package struct Candidate: Sendable {
  /// The candidate.
  package var profile: Profile
  /// The score, opened into factors.
  package var card: Scorecard
  /// The gates it did not pass; empty for a candidate that may be recommended.
  package var failed: [FailedGate]
  /// How well its text answers the item's, to order equals.
  package var textScore: Double

  /// The facts that speak for it, strongest first.
  package var reasons: [String] {
    strong.map(\.evidence)
  }

  /// The factors that speak for it, strongest first.
  package var strong: [Factor] {
    card.factors.filter { ($0.value ?? .zero) >= Ratio(3, 10) }.sorted { left, right in
      (left.value ?? .zero) * Ratio(Int128(card.weight(of: left)))
        > (right.value ?? .zero) * Ratio(Int128(card.weight(of: right)))
    }
  }

  /// The factor that costs it most; `nil` when nothing does.
  package var weak: Factor? {
    card.factors.filter { ($0.value ?? .one) < .one }.max { left, right in
      let a = (.one - (left.value ?? .one)) * Ratio(Int128(card.weight(of: left)))
      let b = (.one - (right.value ?? .one)) * Ratio(Int128(card.weight(of: right)))
      return a < b
    }
  }

  /// The candidate as the command line and the API give it.
  package var json: JSON {
    .object([
      "id": .string(profile.id), "kind": .string(profile.kind.rawValue),
      "code": .string(profile.code), "name": .string(profile.name),
      "score": card.score.map { .number($0.decimal(places: 2)) } ?? .null,
      "grade": .string(card.grade.rawValue),
      "completeness": .number(card.completeness.decimal(places: 2)),
      "reasons": .array(reasons.map(JSON.string)),
      "factors": .array(
        card.factors.map { factor in
          .object([
            "dimension": .string(factor.dimension.name), "label": .string(factor.dimension.label),
            "weight": .integer(card.weight(of: factor)),
            "value": factor.value.map { .number($0.decimal(places: 4)) } ?? .null,
            "evidence": .string(factor.evidence), "suggested": .boolean(factor.isSuggested),
          ])
        }
      ),
    ])
  }
}

/// What a match found.
package struct MatchResult: Sendable {
  /// The item asked for.
  package var asked: Profile
  /// What its text suggested.
  package var suggestions: Suggestions
  /// The candidates, best first.
  package var candidates: [Candidate]
  /// Those that one or two gates kept out, best first.
  package var nearMisses: [Candidate]
  /// The weights used.
  package var weights: Weights
}

/// Finds what fits an item: gates, dimensions, weights, order.
///
/// See `exchange.md` §6.
package struct Matcher: Sendable {
  private let index: MatchIndex
  private let city: City

  /// The version of the way scores are made, kept with every recommendation.
  package static let algorithm = "citong-match-1"

  /// Makes a matcher over an index.
  package init(_ index: MatchIndex, city: City) {
    self.index = index
    self.city = city
  }

  /// Matches an item against programs, offers, needs and carriers.
  ///
  /// - Parameters:
  ///   - item: the item; only the title is needed.
  ///   - owner: its owner, when it is known.
  ///   - most: how many candidates, of all kinds together.
  ///   - own: weights of this viewer; the city's for the rest.
  ///   - perKind: whether `most` counts for each kind by itself.
  /// - Returns: candidates and near misses, best first.
  package func match(
    _ item: ExchangeItem,
    owner: RecordOwner? = nil,
    most: Int = 20,
    weights own: [String: Int] = [:],
    perKind: Bool = false
  ) -> MatchResult {
    let state = index.snapshot()
    let weights = city.weights(for: item.kind?.rawValue ?? "*").replacing(own)
    guard let knowledge = state.knowledge else {
      let asked = Profile(kind: .need, id: item.itemId, code: item.itemId, name: item.title)
      return MatchResult(
        asked: asked,
        suggestions: Suggestions(),
        candidates: [],
        nearMisses: [],
        weights: weights
      )
    }
    let asked = Profile(item, owner: owner?.record, knowledge: knowledge)
    let needsText = asked.wishes.isEmpty || asked.skills.isEmpty || asked.nodes.isEmpty
    let suggestions =
      needsText
      ? state.suggester?.suggest(title: item.title, description: item.description) ?? Suggestions()
      : Suggestions()
    let keys = pool(asked, item, suggestions, state)
    var passed: [Candidate] = []
    var near: [Candidate] = []
    for key in keys {
      guard let profile = state.profiles[key], allowed(profile, asked, item) else { continue }
      let comparison = Comparison(
        asked: asked,
        candidate: profile,
        suggested: suggestions,
        knowledge: knowledge
      )
      let card = Scorecard(comparison.factors(), weights: weights)
      let candidate = Candidate(
        profile: profile,
        card: card,
        failed: comparison.failedGates(),
        textScore: suggestions.textScores[profile.code] ?? 0
      )
      if candidate.failed.isEmpty {
        passed.append(candidate)
      } else if candidate.failed.count <= 2, candidate.card.shown ?? 0 >= 50 {
        near.append(candidate)
      }
    }
    let order: (Candidate, Candidate) -> Bool = { Self.precedes($0, $1) }
    passed = passed.filter { $0.card.score ?? .zero > .zero || $0.textScore > 0 }.sorted(by: order)
    if perKind {
      passed = Profile.Kind.allCases.flatMap { kind in
        passed.filter { $0.profile.kind == kind }.prefix(most)
      }
    } else {
      passed = Self.mixed(passed, most: most)
    }
    return MatchResult(
      asked: asked,
      suggestions: suggestions,
      candidates: passed,
      nearMisses: Array(near.sorted(by: order).prefix(10)),
      weights: weights
    )
  }

  /// The best of all kinds together; half the places are kept for programs and a tenth for each other
  /// kind, as far as there are any, so that no kind crowds the others out.
  static func mixed(_ candidates: [Candidate], most: Int) -> [Candidate] {
    var left: [Profile.Kind: Int] = [:]
    for kind in Profile.Kind.allCases { left[kind] = kind == .program ? most / 2 : most / 10 }
    var chosen: Set<String> = []
    for candidate in candidates where left[candidate.profile.kind, default: 0] > 0 {
      left[candidate.profile.kind, default: 0] -= 1
      chosen.insert(candidate.profile.key)
    }
    for candidate in candidates {
      if chosen.count >= most { break }
      chosen.insert(candidate.profile.key)
    }
    return candidates.filter { chosen.contains($0.profile.key) }
  }

  /// Score, then completeness, then text, then freshness, then identifier.
  static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    let (a, b) = (left.card.score ?? Ratio(-1), right.card.score ?? Ratio(-1))
    if a != b { return a > b }
    if left.card.completeness != right.card.completeness {
      return left.card.completeness > right.card.completeness
    }
    if left.textScore != right.textScore { return left.textScore > right.textScore }
    if left.profile.version != right.profile.version {
      return left.profile.version > right.profile.version
    }
    return left.profile.key < right.profile.key
  }

  /// Whether a candidate is of a kind and side that answers the item at all.
  private func allowed(_ profile: Profile, _ asked: Profile, _ item: ExchangeItem) -> Bool {
    guard profile.id != asked.id || asked.id.isEmpty else { return false }
    switch profile.kind {
    case .program: return true
    case .carrier: return profile.ownerID.isEmpty || profile.ownerID != asked.ownerID
    case .offer, .need:
      if !asked.ownerID.isEmpty, profile.ownerID == asked.ownerID { return false }
      if let kind = asked.itemKind, let other = profile.itemKind {
        guard kind.counterparts.contains(other) else { return false }
        if kind == other, let side = item.side {
          return (side == .offer) != (profile.kind == .offer)
        }
        return true
      }
      return item.side.map { ($0 == .offer) != (profile.kind == .offer) } ?? true
    }
  }

  /// How many profiles are looked at one by one; above, only those that share a topic.
  private static let fullLook = 4_000

  private func pool(
    _ asked: Profile,
    _ item: ExchangeItem,
    _ suggestions: Suggestions,
    _ state: MatchIndex.State
  ) -> Set<String> {
    if state.profiles.count <= Self.fullLook { return Set(state.profiles.keys) }
    var keys: Set<String> = []
    var topics = asked.topics.filter { !$0.hasPrefix("kind:") && !$0.hasPrefix("category:") }
    for guess in suggestions.programs.prefix(asked.wishes.isEmpty ? 120 : 0) {
      keys.insert("program:\(guess.code)")
      if let code = ProgramCode(guess.code) { topics.append("class:\(code.classKey)") }
    }
    for guess in suggestions.industryNodes { topics.append("node:\(guess.code)") }
    var seen: Set<String> = []
    for topic in topics where seen.insert(topic).inserted {
      for key in state.byTopic[topic] ?? [] {
        keys.insert(key)
        if keys.count >= Self.fullLook { return keys }
      }
    }
    for hit in index.texts.search(item.title, most: 200).hits
    where hit.key.hasPrefix("exchangeItem/") {
      let id = hit.key.dropFirst("exchangeItem/".count)
      keys.insert("offer:\(id)")
      keys.insert("need:\(id)")
    }
    return keys
  }
}
