import Rules
import Values

/// The work of computing a scheme.
struct AssessmentComputing {
  private let scheme: AssessmentScheme
  private let indicators: [AssessmentIndicator]
  private let rules: [String: (rule: Rule, scoring: ScoringRule)]
  private let children: [String: [AssessmentIndicator]]
  private let values: [String: [String: AssessmentValue]]
  private let elements: [String: String]

  /// What is known of a leaf of one organisation before points are given.
  private struct Found {
    var value: Exact?
    var former: Exact?
    var missing: [String] = []
    var isOutside = false
    var numbers: [String] = []
  }

  init(
    _ scheme: AssessmentScheme,
    _ indicators: [AssessmentIndicator],
    _ values: [AssessmentValue],
    _ elements: [String: String]
  ) {
    self.scheme = scheme
    self.indicators = indicators
    self.elements = elements
    children = Dictionary(grouping: indicators, by: \.parentCode)
    rules = Dictionary(
      indicators.compactMap { one in
        guard let scoring = one.rule, let rule = one.computed else { return nil }
        return (one.code, (rule, scoring))
      },
      uniquingKeysWith: { first, _ in first }
    )
    self.values = Dictionary(grouping: values, by: \.organisation).mapValues { own in
      Dictionary(own.map { ($0.elementCode, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  mutating func cards(_ organisations: [String], _ names: [String: String]) -> [Scorecard] {
    let leaves = indicators.filter { rules[$0.code] != nil }
    let found = Dictionary(
      organisations.map { organisation in
        (
          organisation,
          Dictionary(uniqueKeysWithValues: leaves.map { ($0.code, find($0, organisation)) })
        )
      },
      uniquingKeysWith: { first, _ in first }
    )
    let groups = Dictionary(
      uniqueKeysWithValues: leaves.map { leaf in
        (leaf.code, organisations.compactMap { found[$0]?[leaf.code]?.value })
      }
    )
    var cards = organisations.map { organisation in
      card(organisation, names[organisation] ?? organisation, found[organisation] ?? [:], groups)
    }
    average(&cards)
    for index in cards.indices { close(&cards[index]) }
    return cards
  }

  /// The value of a leaf: the formula over what was reported.
  private func find(_ leaf: AssessmentIndicator, _ organisation: String) -> Found {
    guard let rule = rules[leaf.code]?.rule else { return Found() }
    let own = values[organisation] ?? [:]
    var found = Found()
    found.isOutside = rule.names.contains { own[$0]?.notApplicable == true }
    found.missing = rule.names.filter { own[$0]?.counted == nil }
    found.numbers = rule.names.compactMap { name in
      own[name]?.counted.map { "\(elements[name] ?? name) \($0.shown)" }
    }
    guard !found.isOutside, found.missing.isEmpty else { return found }
    func value(_ number: (AssessmentValue) -> Exact?) -> RuleValue {
      rule.value(
        Dictionary(
          rule.names.compactMap { name in
            own[name].flatMap(number).map { (name, RuleValue.decimal($0)) }
          },
          uniquingKeysWith: { first, _ in first }
        )
      )
    }
    let now = value(\.counted)
    // Nothing to divide by: there is nothing it could apply to.
    if now.failure?.kind == .divisionByZero { found.isOutside = true }
    found.value = now.exact
    found.former = value(\.former).exact
    return found
  }

  private func card(
    _ organisation: String,
    _ name: String,
    _ found: [String: Found],
    _ groups: [String: [Exact]]
  ) -> Scorecard {
    let full = weights(found)
    let leaves = indicators.compactMap { leaf -> LeafScore? in
      guard let scoring = rules[leaf.code]?.scoring, let own = found[leaf.code] else { return nil }
      return score(leaf, scoring, own, full[leaf.code] ?? .zero, groups[leaf.code] ?? [])
    }
    return Scorecard(
      organisation: organisation,
      name: name,
      leaves: leaves,
      bonus: .zero,
      deduct: .zero,
      vetoes: [],
      total: .zero
    )
  }

  /// The points of each leaf for one organisation: those of what does not apply go to its siblings, of a
  /// whole branch to the branches beside it.
  private func weights(_ found: [String: Found]) -> [String: Exact] {
    var full: [String: Exact] = [:]
    func counts(_ one: AssessmentIndicator) -> Bool {
      if let below = children[one.code] { return below.contains(where: counts) }
      guard let method = one.method, method != .bonus, method != .veto else { return false }
      return one.naPolicy != .redistribute && one.naPolicy != nil
        || found[one.code]?.isOutside != true
    }
    func share(_ points: Exact, _ among: [AssessmentIndicator]) {
      let counted = among.filter(counts)
      let sum = counted.reduce(0) { $0 + ($1.weight ?? 0) }
      for one in counted {
        let own =
          Exact(Int128(one.weight ?? 0), over: Int128(max(1, sum)))
          .flatMap { $0.multiplied(by: points) } ?? .zero
        if let below = children[one.code] { share(own, below) } else { full[one.code] = own }
      }
    }
    share(scheme.fullScore.flatMap { Exact($0, places: 2) } ?? .zero, children[""] ?? [])
    return full
  }

  private func score(
    _ leaf: AssessmentIndicator,
    _ scoring: ScoringRule,
    _ found: Found,
    _ full: Exact,
    _ group: [Exact]
  ) -> LeafScore {
    var score = LeafScore(
      indicator: leaf,
      outcome: .scored,
      value: found.value,
      former: found.former,
      full: full.rounded,
      score: .zero,
      why: "",
      numbers: found.numbers
    )
    if found.isOutside {
      score.outcome = .notApplicable
      if leaf.naPolicy == .fullMark { score.score = full.rounded }
      score.why = "不适用：\((leaf.naPolicy ?? .redistribute).label)"
      return score
    }
    guard found.missing.isEmpty, let value = found.value else {
      score.outcome = .notReported(found.missing)
      let names = found.missing.map { elements[$0] ?? $0 }
      score.why = "没有填报 \(names.joined(separator: "、"))，得 0 分"
      return score
    }
    let points = scoring.points(value, former: found.former, of: full, in: group) ?? .zero
    score.score = scoring.method == .bonus ? points.rounded : min(max(points, .zero), full).rounded
    score.why = why(scoring, value, found.former, score, group)
    return score
  }

  private func why(
    _ scoring: ScoringRule,
    _ value: Exact,
    _ former: Exact?,
    _ score: LeafScore,
    _ group: [Exact]
  ) -> String {
    var parts = ["值 \(value.shown)"]
    if let target = scoring.target { parts.append("目标 \(target.shown)") }
    if let restricted = scoring.restricted { parts.append("限制线 \(restricted.shown)") }
    switch scoring.method {
    case .bestInGroup, .levelCount: parts.append("最高 \(group.max()?.shown ?? "")")
    case .gapToMean:
      let sum = group.reduce(Exact?.some(.zero)) { $0?.adding($1) }
      parts.append("平均 \(sum?.divided(by: Exact(max(1, group.count)))?.shown ?? "")")
    case .rank: parts.append("\(group.count) 个单位里排")
    case .improvement: parts.append("上期 \(former?.shown ?? "没有")")
    default: break
    }
    return
      "\(parts.joined(separator: "，"))，按\(scoring.method.label)得 \(score.score.shown)（满分 \(score.full.shown)）"
  }

  /// Who takes the mean of the others has it now.
  private func average(_ cards: inout [Scorecard]) {
    for leaf in indicators where leaf.naPolicy == .groupAverage {
      let parts = cards.flatMap(\.leaves).filter {
        $0.indicator.code == leaf.code && $0.outcome == .scored
      }.compactMap(\.part)
      guard let sum = parts.reduce(Exact?.some(.zero), { $0?.adding($1) }),
        let mean = sum.divided(by: Exact(max(1, parts.count)))
      else { continue }
      for card in cards.indices {
        for index in cards[card].leaves.indices
        where cards[card].leaves[index].indicator.code == leaf.code
          && cards[card].leaves[index].outcome == .notApplicable
        {
          let full = cards[card].leaves[index].full
          cards[card].leaves[index].score = mean.multiplied(by: full)?.rounded ?? .zero
        }
      }
    }
  }

  /// Adds up: points of leaves as they were rounded, bonus and deduction within their caps, vetoes.
  private func close(_ card: inout Scorecard) {
    func cap(_ hundredths: Int?) -> Exact { hundredths.flatMap { Exact($0, places: 2) } ?? .zero }
    var total = Exact.zero
    var (bonus, deduct) = (Exact.zero, Exact.zero)
    for leaf in card.leaves {
      switch leaf.indicator.method {
      case .bonus where leaf.score >= .zero: bonus = bonus.adding(leaf.score) ?? bonus
      case .bonus: deduct = deduct.adding(leaf.score.negated) ?? deduct
      case .veto:
        if let value = leaf.value, value > .zero { card.vetoes.append(leaf.indicator.code) }
      default: total = total.adding(leaf.score) ?? total
      }
    }
    card.bonus = min(bonus, cap(scheme.bonusCap))
    card.deduct = min(deduct, cap(scheme.deductCap))
    card.total = total.adding(card.bonus).flatMap { $0.subtracting(card.deduct) } ?? total
  }
}
