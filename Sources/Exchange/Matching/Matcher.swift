package import Ledger
import Matching
import Records
import Values

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
    var asked = Profile(item, owner: owner?.record, knowledge: knowledge)
    asked.addPlanned(item, knowledge)
    let needsText =
      asked.wishes.isEmpty || asked.skills.isEmpty || asked.nodes.isEmpty
      || asked.occupations.isEmpty
    let suggestions =
      needsText
      ? state.suggester?.suggest(title: item.title, description: item.description) ?? Suggestions()
      : Suggestions()
    let question = Question(
      asked,
      suggested: suggestions,
      knowledge: knowledge,
      pays: state.pays,
      closed: index.closed(to: asked.ownerID, in: state)
    )
    var passed: [Ranked] = []
    var near: [Ranked] = []
    for place in pool(question, item, state) {
      guard let entry = state.entries[place], allowed(entry.profile, asked, item) else { continue }
      let ranked = Ranked(entry.profile, place, question, weights)
      if ranked.failed == 0 {
        if ranked.isTold && ranked.score ?? .zero > .zero || ranked.textScore > 0 {
          passed.append(ranked)
        }
      } else if ranked.failed <= 2, ranked.isNear, ranked.score?.rounded ?? 0 >= 50 {
        near.append(ranked)
      }
    }
    func order(_ left: Ranked, _ right: Ranked) -> Bool { left.precedes(right, in: state) }
    passed.sort(by: order)
    passed = Self.withNewcomers(passed)
    near.sort(by: order)
    if perKind {
      passed = Profile.Kind.allCases.flatMap { kind in
        passed.filter { $0.kind == kind }.prefix(most)
      }
    } else {
      passed = Self.mixed(passed, most: most)
    }
    func explained(_ ranked: Ranked) -> Candidate? {
      state.entries[ranked.place].map { entry in
        let comparison = Comparison(
          question: question,
          candidate: entry.profile,
          isExplained: true
        )
        return Candidate(
          profile: entry.profile,
          card: Scorecard(comparison.factors(), weights: weights),
          failed: comparison.failedGates()
        )
      }
    }
    return MatchResult(
      asked: asked,
      suggestions: suggestions,
      candidates: passed.compactMap(explained),
      nearMisses: near.prefix(10).compactMap(explained),
      weights: weights
    )
  }

  /// Needs and offers with their share of newcomers; everything else stays where it is.
  private static func withNewcomers(_ ranked: [Ranked]) -> [Ranked] {
    let places = ranked.indices.filter { ranked[$0].kind == .need || ranked[$0].kind == .offer }
    let shared = NewcomerShare.applied(
      to: places.map { ranked[$0] },
      isNewcomer: \.isNewcomer,
      isWorthy: { $0.score ?? .zero >= Ratio(60) }
    )
    var result = ranked
    for (place, item) in zip(places, shared) { result[place] = item }
    return result
  }

  /// The best of all kinds together; half the places are kept for programs and a tenth for each other
  /// kind, as far as there are any, so that no kind crowds the others out.
  private static func mixed(_ ranked: [Ranked], most: Int) -> [Ranked] {
    var left: [Profile.Kind: Int] = [:]
    for kind in Profile.Kind.allCases { left[kind] = kind == .program ? most / 2 : most / 10 }
    var chosen: Set<Int> = []
    for candidate in ranked where left[candidate.kind, default: 0] > 0 {
      left[candidate.kind, default: 0] -= 1
      chosen.insert(candidate.place)
    }
    for candidate in ranked {
      if chosen.count >= most { break }
      chosen.insert(candidate.place)
    }
    return ranked.filter { chosen.contains($0.place) }
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

  /// How many items and carriers are looked at one by one; of more, those that share a topic.
  private static let fullLook = 2_000
  /// How many are looked at when there are more.
  private static let most = 4_000

  /// The places worth comparing: the programs that share a topic or that the text suggests, and all
  /// items and carriers, or of many those that share a topic or the words; the newest first.
  private func pool(_ question: Question, _ item: ExchangeItem, _ state: MatchIndex.State) -> [Int]
  {
    let asked = question.asked
    var chosen: [Int] = []
    var isChosen = Array(repeating: false, count: state.entries.count)
    func choose(_ place: Int) {
      guard !isChosen[place] else { return }
      isChosen[place] = true
      chosen.append(place)
    }
    for guess in question.suggested.programs {
      state.places["program:\(guess.code)"].map(choose)
    }
    var topics = Set(asked.topics)
    for code in question.wishOccupations.joined() {
      topics.insert(.occupations(String(code.prefix(7))))
    }
    for topic in topics { state.programs[topic]?.forEach { choose(Int($0)) } }
    guard state.postings.count > Self.fullLook else {
      return chosen + state.postings.map { Int($0) }
    }
    let end = chosen.count + Self.most
    topics.formUnion(question.guessedNodes.map(Topic.node))
    if asked.wishes.isEmpty {
      topics.formUnion(question.suggested.programs.prefix(40).map { .program($0.code) })
      topics.formUnion(question.guessedClass.keys.map(Topic.class))
    }
    for hit in index.texts.search(item.title, most: 200).hits {
      guard let id = hit.key.split(separator: "/").last else { continue }
      for kind in ["offer", "need", "carrier"] { state.places["\(kind):\(id)"].map(choose) }
    }
    for topic in topics.sorted(by: { ($0.rank, $0.name) < ($1.rank, $1.name) }) {
      for place in (state.topics[topic] ?? []).reversed() {
        if chosen.count >= end { return chosen }
        choose(Int(place))
      }
    }
    return chosen
  }
}

/// A candidate as far as ranking needs it.
private struct Ranked {
  let place: Int
  let kind: Profile.Kind
  let score: Ratio?
  let completeness: Ratio
  /// How well its text answers the item's, to order equals.
  let textScore: Double
  let version: Int
  /// How many gates it did not pass.
  let failed: Int
  /// Whether some change would open every gate that is shut.
  let isNear: Bool
  /// Whether there is data on how well it fits.
  let isTold: Bool
  /// Whether its owner has ended fewer than three engagements.
  let isNewcomer: Bool

  init(_ profile: Profile, _ place: Int, _ question: Question, _ weights: Weights) {
    let comparison = Comparison(question: question, candidate: profile, isExplained: false)
    let factors = comparison.factors()
    (score, completeness) = Scorecard.sum(factors, weights)
    // How somebody keeps agreements says nothing of whether this fits.
    isTold = factors.contains { $0.value != nil && $0.dimension != Comparison.track }
    self.place = place
    kind = profile.kind
    textScore = question.suggested.textScores[profile.code] ?? 0
    version = profile.version
    isNewcomer = profile.track.ended < 3
    let gates = comparison.failedGates()
    failed = gates.count
    isNear = !gates.contains(where: \.isFinal)
  }

  /// Score, then completeness, then text, then freshness, then identifier.
  func precedes(_ other: Ranked, in state: MatchIndex.State) -> Bool {
    let (a, b) = (score ?? Ratio(-1), other.score ?? Ratio(-1))
    if a != b { return a > b }
    if completeness != other.completeness { return completeness > other.completeness }
    if textScore != other.textScore { return textScore > other.textScore }
    if version != other.version { return version > other.version }
    guard let left = state.entries[place], let right = state.entries[other.place] else {
      return false
    }
    return left.profile.key < right.profile.key
  }
}
