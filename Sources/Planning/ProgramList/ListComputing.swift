import Calendar
package import Records
import Rules
import Storage
import Values

/// Computes the cards of a round and writes them as its results.
package struct ListComputing: Sendable {
  /// What came of it.
  package struct Report: Sendable {
    /// How many programs have each card.
    package var cards: [ListCard: Int]
    /// How many results were written, new or changed.
    package var written: Int
    /// How many reports of the year are not verified, and did not count.
    package var unverified: Int
  }

  private let register: RecordStore

  /// Computes over a register; who computes must be let see all of it.
  package init(_ register: RecordStore) { self.register = register }

  /// Computes a round.
  ///
  /// The same data and rules give the same results, which are then written as they stand. What experts
  /// changed stays.
  ///
  /// - Parameters:
  ///   - id: the round.
  ///   - actor: who computes.
  /// - Returns: what came of it.
  /// - Throws: `Refused` when there is no such round, it is past computing, or its rules can't be read; the
  ///   store's errors.
  package func compute(_ id: String, by actor: Actor) throws -> Report {
    guard let rounds = register.kind("listRound"), let record = try register.record(rounds, id)
    else { throw Refused(problems: [Problem("PLN-E-050", "", "没有清单轮次 \(id)。")]) }
    let round = ListRound(values: record.values)
    guard round.state?.isOpen == true else {
      throw Refused(problems: [
        Problem("PLN-E-051", "state", "轮次已到“\(round.state?.label ?? "")”，不能再算；要重算请先改回“数据锁定”。")
      ])
    }
    let (verdicts, unverified) = try verdicts(of: round)
    let former = try results(of: id)
    let drafts = verdicts.map { facts, verdict, yellow in
      Draft(result(round, facts, verdict, yellow, former[facts.offering.id]))
    }
    guard let kind = register.kind("listResult") else {
      return Report(cards: [:], written: 0, unverified: 0)
    }
    let outcomes = try register.saveAll(kind, drafts, by: actor, isWhole: true)
    let problems = outcomes.filter { $0.verdict == .refused }.flatMap(\.problems)
    guard problems.isEmpty else { throw Refused(problems: problems) }
    if round.state == .dataLocked {
      try register.save(
        rounds,
        Draft(
          ["state": .text("computed"), "computedOn": .value(.date(register.clock.now().date))],
          id: id
        ),
        by: actor
      )
    }
    var cards: [ListCard: Int] = [:]
    for (_, verdict, _) in verdicts { cards[verdict.card, default: 0] += 1 }
    return Report(
      cards: cards,
      written: outcomes.count { $0.verdict == .new || $0.verdict == .changed },
      unverified: unverified
    )
  }

  /// Puts a round's results out, after the round itself was set to published with its document number.
  ///
  /// - Parameters:
  ///   - id: the round.
  ///   - actor: who does.
  /// - Returns: how many results were put out.
  /// - Throws: `Refused` when there is no such round or it is not published; the store's errors.
  package func publish(_ id: String, by actor: Actor) throws -> Int {
    guard let rounds = register.kind("listRound"), let kind = register.kind("listResult"),
      let record = try register.record(rounds, id)
    else { throw Refused(problems: [Problem("PLN-E-050", "", "没有清单轮次 \(id)。")]) }
    let round = ListRound(values: record.values)
    guard round.state?.isPublished == true else {
      throw Refused(problems: [
        Problem("PLN-E-054", "state", "请先把轮次改为“已发布”，填公示起止日期、发布日期和文号，再放出结果。")
      ])
    }
    let drafts = try results(of: id).values.sorted { $0.resultId < $1.resultId }.map { result in
      Draft(
        ["stage": .text("published"), "documentNumber": .text(round.documentNumber)],
        id: result.resultId
      )
    }
    let outcomes = try register.saveAll(kind, drafts, by: actor, isWhole: true)
    let problems = outcomes.filter { $0.verdict == .refused }.flatMap(\.problems)
    guard problems.isEmpty else { throw Refused(problems: problems) }
    return outcomes.count
  }

  /// The cards of a round, without writing anything.
  ///
  /// - Parameter round: the round.
  /// - Returns: the facts of each program, its verdict, and how many yellow cards it had in a row before; how
  ///   many reports of the year are not verified.
  /// - Throws: `Refused` when there are no rules, or one can't be read; the store's errors.
  package func verdicts(of round: ListRound) throws -> (
    all: [(ProgramFacts, ListVerdict, Int)], unverified: Int
  ) {
    guard let kind = register.kind("listRule"), let year = round.dataYear else { return ([], 0) }
    let rules = try register.list(
      kind,
      Query([.field("ruleVersion", round.ruleVersion)], limit: 1_000)
    ).map { ListRule(values: $0.values) }
    guard !rules.isEmpty else {
      throw Refused(problems: [
        Problem("PLN-E-052", "ruleVersion", "没有版本为“\(round.ruleVersion)”的清单规则。")
      ])
    }
    let cards: ListCards
    do {
      cards = try ListCards(
        rules,
        yellowNeeded: round.yellowNeeded ?? 2,
        smallest: round.smallest ?? 20
      )
    } catch let flawed as ListCards.Flawed {
      throw Refused(problems: [
        Problem("PLN-E-053", "ruleVersion", "清单规则 \(flawed.rule) 的公式读不出：\(flawed.message)")
      ])
    }
    let yellow = try formerYellow(before: year)
    let book = try ProgramFactBook(register, year: year)
    let all = book.all.map { facts in
      let former = yellow[facts.offering.id] ?? 0
      return (facts, cards.judge(facts, formerYellow: former), former)
    }
    return (all, book.unverified)
  }

  /// How many yellow cards each program had in a row in the published rounds before a year.
  private func formerYellow(before year: Int) throws -> [String: Int] {
    guard let rounds = register.kind("listRound"), let kind = register.kind("listResult") else {
      return [:]
    }
    let published = try register.list(rounds, Query(limit: 200))
      .map { ListRound(values: $0.values) }
      .filter { $0.state?.isPublished == true && ($0.dataYear ?? year) < year }
      .sorted { ($1.dataYear ?? 0, $1.roundId) < ($0.dataYear ?? 0, $0.roundId) }
    var count: [String: Int] = [:]
    var ended: Set<String> = []
    var expected = year - 1
    for round in published {
      guard round.dataYear == expected else { break }
      expected -= 1
      var here: Set<String> = []
      for record in try register.list(
        kind,
        Query([.field("roundId", round.roundId), .field("card", "yellow")], limit: 100_000)
      ) {
        if let offering = record["offeringId"].text { here.insert(offering) }
      }
      for offering in here where !ended.contains(offering) { count[offering, default: 0] += 1 }
      for offering in count.keys where !here.contains(offering) { ended.insert(offering) }
      if count.isEmpty { break }
      for offering in here where count[offering] == nil { ended.insert(offering) }
    }
    return count
  }

  private func results(of round: String) throws -> [String: ListResult] {
    guard let kind = register.kind("listResult") else { return [:] }
    let all = try register.list(kind, Query([.field("roundId", round)], limit: 100_000))
      .map { ListResult(values: $0.values) }
    return Dictionary(all.map { ($0.offeringId, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func result(
    _ round: ListRound,
    _ facts: ProgramFacts,
    _ verdict: ListVerdict,
    _ yellow: Int,
    _ former: ListResult?
  ) -> ListResult {
    var result = former ?? ListResult()
    result.title = facts.offering.title
    result.roundId = round.roundId
    result.offeringId = facts.offering.id
    result.schoolId = facts.offering["schoolId"].text ?? ""
    result.programCode = facts.offering["programCode"].text ?? ""
    result.computedCard = verdict.card
    // What experts changed stays, as long as it is one step.
    let isChanged = former.map { $0.card != $0.computedCard && !$0.expertChange.isEmpty } ?? false
    if !isChanged || abs((result.card?.step ?? 0) - (verdict.card.step ?? 0)) > 1 {
      result.card = verdict.card
      result.expertChange = ""
    }
    result.isNotToAdd = verdict.isNotToAdd
    result.needsExperts = verdict.needsExperts
    result.reasons = verdict.reasons
    result.undecided = verdict.unknown
    result.inputs = CellRows(
      facts.facts.map { [$0.name, ProgramFacts.shown($0.name, $0.value), $0.how] }
    )
    result.ruleVersion = round.ruleVersion
    result.consecutiveYellow = yellow
    result.effectiveIntakeYear = round.effectiveIntakeYear
    result.stage = .preliminary
    result.documentNumber = ""
    return result
  }
}
