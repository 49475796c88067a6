import Indicators
package import Records
import Rules
package import Values

/// What is found of one leaf of a scheme for one organisation.
package struct LeafScore: Sendable {
  /// What comes of it.
  package enum Outcome: Hashable, Sendable {
    /// It has points.
    case scored
    /// Something it needs was not reported; no points.
    case notReported([String])
    /// It does not apply, said or because there is nothing to divide by.
    case notApplicable
  }

  /// The indicator.
  package var indicator: AssessmentIndicator
  /// What comes of it.
  package var outcome: Outcome
  /// The value; `nil` for none.
  package var value: Exact?
  /// That of the year before.
  package var former: Exact?
  /// The points there are, after those of what does not apply were given to others.
  package var full: Exact
  /// The points it has, to two places.
  package var score: Exact
  /// How it came about, in words.
  package var why: String
  /// The numbers it was computed of, by their names.
  package var numbers: [String] = []

  /// The points it lacks.
  package var lost: Exact { full.subtracting(score) ?? .zero }
  /// The part of the points it has; `nil` without any to have.
  package var part: Exact? { score.divided(by: full) }

  /// Green from nine tenths on, yellow from six, else red; grey where it does not apply.
  package var light: String {
    if case .notReported = outcome { return "red" }
    guard outcome == .scored, let part else { return "grey" }
    if part >= (Exact(9, over: 10) ?? .zero) { return "green" }
    return part >= (Exact(3, over: 5) ?? .zero) ? "yellow" : "red"
  }
}

/// What is found of one organisation.
package struct Scorecard: Sendable {
  /// The organisation: a county's or a school's identifier.
  package var organisation: String
  /// Its name.
  package var name: String
  /// Its leaves, in order.
  package var leaves: [LeafScore]
  /// Points above and below, within their caps.
  package var bonus: Exact
  package var deduct: Exact
  /// The codes of vetoes that hit.
  package var vetoes: [String]
  /// The end: points, bonus and deduction.
  package var total: Exact
  /// The grade: 优秀, 良好, 合格 or 不合格.
  package var grade = ""
  /// The place, of ties the better one.
  package var rank = 0
  /// The best and the worst place when the weight of one branch is ten in a hundred more or less.
  package var ranks: ClosedRange<Int> = 0...0

  /// The points of a branch or leaf.
  package func score(of code: String) -> Exact {
    leaves.filter { $0.indicator.code == code || $0.indicator.isBelow(code) }
      .reduce(.zero) { $0.adding($1.score) ?? $0 }
  }

  /// The leaves that lack most, most first.
  package var nearest: [LeafScore] {
    leaves.filter { $0.lost > .zero && $0.outcome != .notApplicable }.sorted { $0.lost > $1.lost }
  }
}

extension AssessmentIndicator {
  /// Whether its code says that it lies below a branch: `C3.1` below `C3`.
  func isBelow(_ branch: String) -> Bool { code.hasPrefix(branch + ".") || parentCode == branch }
}

/// Everything found by a scheme: every organisation with its points, grade and place.
package struct AssessmentBoard: Sendable {
  /// The scheme.
  package var scheme: AssessmentScheme
  /// The indicators, branches before their leaves.
  package var indicators: [AssessmentIndicator]
  /// The organisations, the best first.
  package var cards: [Scorecard]
  /// What is wrong with the tree of the scheme.
  package var problems: [Problem]

  /// The branches of the first level.
  package var branches: [AssessmentIndicator] { indicators.filter { $0.parentCode.isEmpty } }

  /// Computes a scheme from what is in a register.
  ///
  /// - Parameters:
  ///   - register: the register, as the platform itself reads it: a place needs what all reported.
  ///   - code: the scheme.
  /// - Returns: the board; `nil` when there is no such scheme.
  /// - Throws: the store's errors.
  package static func of(_ register: RecordStore, _ code: String) throws -> AssessmentBoard? {
    guard let kind = register.kind("assessmentScheme"),
      let record = try register.record(kind, code)
    else { return nil }
    let scheme = AssessmentScheme(values: record.values)
    func all(_ name: String) throws -> [Record] {
      guard let kind = register.kind(name) else { return [] }
      return try register.list(kind, Query([.field("schemeCode", code)], limit: 200_000))
    }
    let indicators = try all("assessmentIndicator").map { AssessmentIndicator(values: $0.values) }
    let values = try all("assessmentValue").map { AssessmentValue(values: $0.values) }
    let names = try titles(register, scheme.targetType == .school ? "school" : "region")
    let elements = try titles(register, "assessmentElement")
    var board = AssessmentBoard(scheme, indicators, values, names: names, elements: elements)
    board.problems += strangers(board.indicators, elements)
    return board
  }

  private static func titles(_ register: RecordStore, _ kind: String) throws -> [String: String] {
    guard let kind = register.kind(kind) else { return [:] }
    return Dictionary(
      try register.list(kind, Query(limit: 10_000)).map { ($0.id, $0.title) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Computes a scheme.
  ///
  /// - Parameters:
  ///   - scheme: the scheme.
  ///   - indicators: its tree.
  ///   - values: what was reported.
  ///   - names: the names of organisations.
  ///   - elements: the names of elements.
  package init(
    _ scheme: AssessmentScheme,
    _ indicators: [AssessmentIndicator],
    _ values: [AssessmentValue],
    names: [String: String] = [:],
    elements: [String: String] = [:]
  ) {
    self.scheme = scheme
    self.indicators = indicators.sorted { Self.order($0.code) < Self.order($1.code) }
    problems = Self.problems(scheme, self.indicators)
    var computing = Computing(scheme, self.indicators, values, elements)
    let organisations = Set(values.map(\.organisation)).sorted()
    cards = computing.cards(organisations, names)
    place()
  }

  /// Codes in the order of their numbers: `C2.9` before `C2.10`.
  private static func order(_ code: String) -> String {
    code.split(separator: ".").map { part in
      let digits = part.drop { !$0.isNumber }
      let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
      return part.prefix { !$0.isNumber } + padded
    }.joined(separator: ".")
  }

  /// Points of children are those of their parent, points of the first level the full score.
  private static func problems(_ scheme: AssessmentScheme, _ indicators: [AssessmentIndicator])
    -> [Problem]
  {
    var problems: [Problem] = []
    let known = Set(indicators.map(\.code))
    let children = Dictionary(grouping: indicators, by: \.parentCode)
    for one in indicators where !one.parentCode.isEmpty && !known.contains(one.parentCode) {
      problems.append(
        Problem("EVA-E-011", one.code, "\(one.code) 的上级指标 \(one.parentCode) 不在方案里。")
      )
    }
    func sum(_ of: [AssessmentIndicator]) -> Int { of.reduce(0) { $0 + ($1.weight ?? 0) } }
    func text(_ hundredths: Int) -> String { Exact(hundredths, places: 2)?.description ?? "" }
    for (parent, below) in children.sorted(by: { $0.key < $1.key }) {
      let full =
        parent.isEmpty ? scheme.fullScore : indicators.first { $0.code == parent }?.weight
      if let full, sum(below) != full {
        problems.append(
          Problem(
            "EVA-E-012",
            parent,
            "\(parent.isEmpty ? "一级指标" : "\(parent) 的下级")合计 \(text(sum(below))) 分，应为 \(text(full)) 分。"
          )
        )
      }
    }
    for one in indicators where children[one.code] == nil && one.method == nil {
      problems.append(Problem("EVA-E-013", one.code, "末级指标 \(one.code) 没有计分方法。"))
    }
    for one in indicators where one.method != nil && one.computed == nil {
      problems.append(
        Problem("EVA-E-016", one.code, "末级指标 \(one.code) 的计算式“\(one.formula)”读不出，不能计分。")
      )
    }
    return problems
  }

  /// Codes in formulas that are no elements: nobody can report them.
  private static func strangers(_ indicators: [AssessmentIndicator], _ elements: [String: String])
    -> [Problem]
  {
    indicators.flatMap { one in
      (one.method == nil ? nil : one.computed)?.names.filter { elements[$0] == nil }.map { name in
        Problem("EVA-E-017", one.code, "末级指标 \(one.code) 的计算式里，\(name) 不是登记在册的采集项。")
      } ?? []
    }
  }

  // MARK: Places

  private mutating func place() {
    cards.sort { ($1.total, $0.organisation) < ($0.total, $1.organisation) }
    for index in cards.indices {
      cards[index].rank = 1 + cards.count { $0.total > cards[index].total }
    }
    grade()
    band()
  }

  /// Grades by the lines of the scheme; a veto keeps at 合格, a quota lets the best through only.
  private mutating func grade() {
    func from(_ hundredths: Int?) -> Exact { hundredths.flatMap { Exact($0, places: 2) } ?? .zero }
    let quota = scheme.excellentQuota.map { max(1, cards.count * $0 / 100) }
    for index in cards.indices {
      let card = cards[index]
      var grade = "不合格"
      if card.total >= from(scheme.passFrom) { grade = "合格" }
      if card.vetoes.isEmpty {
        if card.total >= from(scheme.goodFrom) { grade = "良好" }
        let better = cards.count { $0.total > card.total && $0.vetoes.isEmpty }
        if card.total >= from(scheme.excellentFrom), quota.map({ better < $0 }) ?? true {
          grade = "优秀"
        }
      }
      cards[index].grade = grade
    }
  }

  /// The places when one branch weighs ten in a hundred more or less, one branch after another.
  private mutating func band() {
    for index in cards.indices { cards[index].ranks = cards[index].rank...cards[index].rank }
    for branch in branches {
      for percent in [-10, 10] {
        let totals = cards.map { card -> Exact in
          let change = card.score(of: branch.code).multiplied(by: Exact(percent))?
            .divided(by: Exact(100))
          return change.flatMap { card.total.adding($0) } ?? card.total
        }
        for index in cards.indices {
          let rank = 1 + totals.count { $0 > totals[index] }
          let known = cards[index].ranks
          cards[index].ranks = min(known.lowerBound, rank)...max(known.upperBound, rank)
        }
      }
    }
  }
}

/// The work of computing a scheme.
private struct Computing {
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

extension Exact {
  /// The number as people write it: whole, to two places, or to four where it is small.
  package var shown: String {
    if isWhole { return String(numerator) }
    return magnitude < Exact(1) ? text(places: 4) : text(places: 2)
  }
}
