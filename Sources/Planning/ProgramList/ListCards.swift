import Records
import Rules
import Values

/// The card of a program of a school, with the rules that decided and the numbers they saw.
package struct ListVerdict: Sendable {
  /// The card by the rules.
  package var card: ListCard
  /// Whether no school of the city shall open the program besides.
  package var isNotToAdd: Bool
  /// Whether experts have to decide: few graduates, sheltered from red, or a rule that can't be told.
  package var needsExperts: Bool
  /// The reasons, each with its numbers.
  package var reasons: [String]
  /// What could not be told, and why.
  package var unknown: [String]
}

/// The rules of the list, made ready.
///
/// Pure: the same facts and rules give the same cards (`program-list.md` §3.7).
package struct ListCards: Sendable {
  private struct Prepared: Sendable {
    var rule: ListRule
    var compiled: Rule
  }

  private let rules: [Prepared]
  private let yellowNeeded: Int
  private let smallest: Int

  /// Makes rules ready.
  ///
  /// - Parameters:
  ///   - rules: the rules of one version.
  ///   - yellowNeeded: how many conditions for yellow must hold.
  ///   - smallest: with how many graduates what is reckoned from them decides.
  /// - Throws: `Flawed` with the first rule that can't be read.
  package init(_ rules: [ListRule], yellowNeeded: Int = 2, smallest: Int = 20) throws {
    self.rules =
      try rules
      .sorted { ($0.sequence ?? 0, $0.ruleId) < ($1.sequence ?? 0, $1.ruleId) }
      .map { rule in
        do throws(RuleFault) {
          return Prepared(rule: rule, compiled: try Rule(rule.formula, ProgramFacts.types))
        } catch {
          throw Flawed(rule: rule.ruleId, message: error.message)
        }
      }
    self.yellowNeeded = yellowNeeded
    self.smallest = smallest
  }

  /// A rule that can't be read: nobody is judged by the others alone.
  package struct Flawed: Error, Sendable {
    /// The rule.
    package var rule: String
    /// Why.
    package var message: String
  }

  private enum Finding {
    case holds, fails
    /// What is not known.
    case unknown([String])
    /// It rests on few graduates.
    case few
  }

  /// The card of a program.
  ///
  /// - Parameters:
  ///   - facts: what is known of it.
  ///   - formerYellow: how many years it had a yellow card in a row before.
  /// - Returns: the card with its reasons.
  package func judge(_ facts: ProgramFacts, formerYellow: Int = 0) -> ListVerdict {
    judge(
      facts.values,
      level: facts.level,
      graduates: facts.graduates,
      isSheltered: facts.isSheltered,
      formerYellow: formerYellow
    )
  }

  /// The card that values give a program of some level.
  func judge(
    _ known: [String: RuleValue],
    level: String,
    graduates: Int?,
    isSheltered: Bool,
    formerYellow: Int = 0
  ) -> ListVerdict {
    var values = known
    values["连续黄牌"] = .decimal(Exact(formerYellow))
    let isFew = (graduates ?? 0) < smallest
    func found(_ card: ListCard) -> [(rule: ListRule, finding: Finding)] {
      rules.filter {
        $0.rule.card == card && ($0.rule.levels.isEmpty || $0.rule.levels.contains(level))
      }.map { ($0.rule, find($0.compiled, values, isFew)) }
    }
    let yellow = found(.yellow)
    let hits = yellow.filter { if case .holds = $0.finding { true } else { false } }
    values["黄牌条数"] = .decimal(Exact(hits.count))
    let red = found(.red)
    let redHits = red.filter { if case .holds = $0.finding { true } else { false } }
    let noAdd = found(.noAdd).filter { if case .holds = $0.finding { true } else { false } }
    let green = found(.green)
    let isGreen =
      !green.isEmpty && green.allSatisfy { if case .holds = $0.finding { true } else { false } }

    var verdict = ListVerdict(
      card: .none,
      isNotToAdd: !noAdd.isEmpty,
      needsExperts: false,
      reasons: [],
      unknown: []
    )
    func words(_ hits: [(rule: ListRule, finding: Finding)]) -> [String] {
      hits.map { Self.said($0.rule.words, values) }
    }
    if !redHits.isEmpty {
      verdict.card = isSheltered ? .yellow : .red
      verdict.needsExperts = isSheltered
      verdict.reasons = words(redHits)
      if isSheltered {
        verdict.reasons.append("按指标应为红牌；\(Self.shelter(values))，不自动亮红牌，由专家定")
      }
    } else if hits.count >= yellowNeeded {
      verdict.card = .yellow
      verdict.reasons = words(hits)
    } else if isGreen {
      verdict.card = .green
      verdict.reasons = words(green)
    } else {
      verdict.reasons = words(hits)
    }
    verdict.reasons += words(noAdd)
    if isFew {
      verdict.needsExperts = true
      verdict.unknown.append("毕业生 \(graduates ?? 0) 人，少于 \(smallest) 人，由毕业生算的指标不自动定牌")
    }
    for (rule, finding) in red + yellow + green {
      guard case .unknown(let names) = finding else { continue }
      let line = "没有\(names.joined(separator: "、"))的数，没有判“\(Self.label(rule.words))”"
      if !verdict.unknown.contains(line) { verdict.unknown.append(line) }
    }
    return verdict
  }

  private func find(_ rule: Rule, _ values: [String: RuleValue], _ isFew: Bool) -> Finding {
    let bases = rule.names.map { String($0.prefix { $0 != "." }) }
    if isFew, bases.contains(where: ProgramFacts.ofGraduates.contains) { return .few }
    switch rule.value(values) {
    case .bool(let truth): return truth ? .holds : .fails
    default:
      let missing = rule.names.filter { values[$0] == nil }
      return .unknown(missing.isEmpty ? ["可算的数"] : missing)
    }
  }

  /// A reason with its numbers in place of the names in braces.
  static func said(_ words: String, _ values: [String: RuleValue]) -> String {
    var text = ""
    var rest = Substring(words)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      text += values[name].map { ProgramFacts.shown(name, $0) } ?? "没有数"
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// A reason without its numbers.
  private static func label(_ words: String) -> String {
    var text = ""
    var isInside = false
    for sign in words {
      if sign == "{" { isInside = true }
      if !isInside { text.append(sign) }
      if sign == "}" {
        isInside = false
        text.append("…")
      }
    }
    return text
  }

  private static func shelter(_ values: [String: RuleValue]) -> String {
    ["国家控制布点", "保护类", "新设"].filter { values[$0]?.bool == true }.joined(separator: "、")
  }
}
