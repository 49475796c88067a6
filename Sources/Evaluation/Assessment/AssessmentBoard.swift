package import Records
import Rules
package import Values

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
  /// How many values the city has not confirmed; those that were returned count as not reported.
  package var unconfirmed: Int
  /// The names of all elements, by code.
  package var elements: [String: String]
  private let reported: [String: [AssessmentValue]]

  /// The branches of the first level.
  package var branches: [AssessmentIndicator] { indicators.filter { $0.parentCode.isEmpty } }

  /// What an organisation reported, by the codes of elements.
  package func values(of organisation: String) -> [AssessmentValue] {
    (reported[organisation] ?? []).sorted { $0.elementCode < $1.elementCode }
  }

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
    func all(_ name: String, of code: String) throws -> [Record] {
      guard let kind = register.kind(name) else { return [] }
      return try register.list(kind, Query([.field("schemeCode", code)], limit: 200_000))
    }
    let indicators = try all("assessmentIndicator", of: code)
      .map { AssessmentIndicator(values: $0.values) }
    let values = try all("assessmentValue", of: scheme.valuesCode)
      .map { AssessmentValue(values: $0.values) }
    let names = try titles(register, scheme.targetType == .school ? "school" : "region")
    let elements = try titles(register, "assessmentElement")
    return AssessmentBoard(scheme, indicators, values, names: names, elements: elements)
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
  ///   - elements: the names of all elements; `nil` when they are not known.
  package init(
    _ scheme: AssessmentScheme,
    _ indicators: [AssessmentIndicator],
    _ values: [AssessmentValue],
    names: [String: String] = [:],
    elements: [String: String]? = nil
  ) {
    self.scheme = scheme
    self.indicators = indicators.sorted { Self.order($0.code) < Self.order($1.code) }
    problems = Self.problems(scheme, self.indicators, elements)
    unconfirmed = values.count { $0.status != .cityConfirmed }
    self.elements = elements ?? [:]
    reported = Dictionary(grouping: values, by: \.organisation)
    let counting = values.filter { $0.status != .returned }
    var computing = AssessmentComputing(scheme, self.indicators, counting, elements ?? [:])
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
  static func problems(
    _ scheme: AssessmentScheme,
    _ indicators: [AssessmentIndicator],
    _ elements: [String: String]?
  ) -> [Problem] {
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
    problems += indicators.compactMap { $0.curveProblem }
    for one in indicators where one.method != nil {
      guard let rule = one.computed else {
        problems.append(
          Problem("EVA-E-016", one.code, "末级指标 \(one.code) 的计算式“\(one.formula)”读不出，不能计分。")
        )
        continue
      }
      // Nobody can report what is no element.
      for name in rule.names where elements.map({ $0[name] == nil }) ?? false {
        problems.append(
          Problem("EVA-E-017", one.code, "末级指标 \(one.code) 的计算式里，\(name) 不是登记在册的采集项。")
        )
      }
    }
    return problems
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
