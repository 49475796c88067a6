import Calendar
import Indicators
package import Records
import Rules
package import Values

/// What is found of one indicator of a school.
package struct ConditionResult: Sendable {
  /// What comes of it.
  package enum Outcome: Hashable, Sendable {
    /// It keeps to the line.
    case passes
    /// It does not.
    case fails
    /// It does not, and an exception lets it pass.
    case excepted
    /// There is nobody it is for: it does not apply.
    case notApplicable
    /// Something is not filled in, or a formula can't be read; its names.
    case missing([String])
  }

  /// The indicator.
  package var indicator: ConditionIndicator
  /// The line.
  package var threshold: ConditionThreshold
  /// What comes of it.
  package var outcome: Outcome
  /// The value; `nil` where there is none.
  package var value: Exact?
  /// What there is.
  package var have: Exact?
  /// What there has to be; `nil` where that can't be said.
  package var need: Exact?
  /// What there is with its numbers, as a sentence.
  package var why: String

  /// What is missing, in the unit of what is added, rounded up; nought where nothing is.
  package var gap: Exact {
    guard outcome == .fails, let have, let need, let gap = need.subtracting(have) else {
      return .zero
    }
    return gap.roundedUp(places: indicator.haveUnit == "㎡" ? 2 : 0)
  }
}

/// What is found of a school in a year.
package struct SchoolCompliance: Sendable {
  /// A card for a college below a line of restriction (黄牌、红牌).
  package enum Card: String, Sendable {
    case none, yellow, red

    /// What users read.
    package var label: String {
      switch self {
      case .none: "无"
      case .yellow: "黄牌（限制招生）"
      case .red: "红牌（暂停招生）"
      }
    }
  }

  /// The year's data.
  package var year: ConditionYear
  /// Every indicator with its deciding line, in order.
  package var results: [ConditionResult]
  /// The indicators below a line of restriction.
  package var restricted: [ConditionResult]
  /// The card by this year alone, or in the third year in a row.
  package var card: Card
  /// With how many full-time students what there is would do; `nil` where no indicator says, or one that
  /// decides can't be told.
  package var mostStudents: Int?

  /// The indicators that decide.
  package var deciding: [ConditionResult] {
    results.filter { $0.threshold.line == .key || $0.threshold.line == .qualified }
  }
  /// Those of them that fail.
  package var failed: [ConditionResult] { deciding.filter { $0.outcome == .fails } }
  /// Those of them that can't be told.
  package var missing: [ConditionResult] {
    deciding.filter { if case .missing = $0.outcome { true } else { false } }
  }
  /// Whether every one passes; `nil` where none is declared or some can't be told and none fails.
  package var allPass: Bool? {
    if !failed.isEmpty { return false }
    return deciding.isEmpty || !missing.isEmpty ? nil : true
  }
}

/// The indicators and lines of a city, made ready to judge schools by.
package struct ConditionRules: Sendable {
  private struct Prepared: Sendable {
    var indicator: ConditionIndicator
    var have: Rule?
    var per: Rule?
    var passesWhen: Rule?
    /// The formulas that can't be read, such as after a label they speak of was changed.
    var unreadable: [String]

    /// The formulas of the value.
    var rules: [Rule] { [have, per].compactMap(\.self) }

    init(_ indicator: ConditionIndicator, _ types: [String: RuleType]) {
      self.indicator = indicator
      var unreadable: [String] = []
      func read(_ formula: String) -> Rule? {
        guard !formula.isEmpty else { return nil }
        guard let rule = try? Rule(formula, types) else {
          unreadable.append("公式“\(formula)”（读不出，请核对这项指标）")
          return nil
        }
        return rule
      }
      have = read(indicator.have)
      per = read(indicator.per)
      passesWhen = read(indicator.passesWhen)
      self.unreadable = unreadable
    }

    /// The indicators per student say with how many students it would do.
    var isPerStudent: Bool {
      per?.names.contains { ["全日制在校生", "折合在校生"].contains($0) } ?? false
    }
  }

  private let indicators: [Prepared]
  private let thresholds: [ConditionThreshold]

  /// Reads the indicators and lines of a register.
  ///
  /// - Parameter register: the register.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore) throws {
    func all<Root: DeclaredRecord>(_ name: String, _ make: ([Value]) -> Root) throws -> [Root] {
      guard let kind = register.kind(name) else { return [] }
      return try register.list(kind, Query(limit: 10_000)).map { make($0.values) }
    }
    self.init(
      try all("conditionIndicator", ConditionIndicator.init(values:)),
      try all("conditionThreshold", ConditionThreshold.init(values:))
    )
  }

  /// Makes rules of indicators and lines; by an indicator whose formula can't be read nobody is judged, and
  /// that is told.
  package init(_ indicators: [ConditionIndicator], _ thresholds: [ConditionThreshold]) {
    let types = ConditionYear.variables.types
    self.indicators = indicators.sorted {
      ($0.sequence ?? 0, $0.indicatorCode) < ($1.sequence ?? 0, $1.indicatorCode)
    }.map { Prepared($0, types) }
    self.thresholds = thresholds
  }

  /// Judges a school by its year.
  ///
  /// - Parameters:
  ///   - record: the year's data, a record of `conditionYear`.
  ///   - added: what is thought to be there besides, by the name of the field, such as 30 teachers.
  ///   - former: the cards of the years before, the last one last.
  /// - Returns: what is found.
  package func judge(
    _ record: Record,
    adding added: [String: Exact] = [:],
    after former: [SchoolCompliance.Card] = []
  ) -> SchoolCompliance {
    judge(record.values, adding: added, after: former)
  }

  /// Judges a school by the values of its year, in the order of the fields of `conditionYear`.
  package func judge(
    _ values: [Value],
    adding added: [String: Exact] = [:],
    after former: [SchoolCompliance.Card] = []
  ) -> SchoolCompliance {
    let year = ConditionYear(values: values)
    let bindings = ConditionYear.variables.values(of: values, adding: added)
    var results: [ConditionResult] = []
    var restricted: [ConditionResult] = []
    var most: Int?
    for prepared in indicators {
      let lines = lines(of: prepared.indicator.indicatorCode, for: year)
      let decisive = [ConditionLine.key, .qualified, .monitor].compactMap { lines[$0] }.first
      if let decisive {
        results.append(result(prepared, decisive, bindings))
        if prepared.isPerStudent, decisive.line != .monitor,
          let students = students(prepared, decisive, bindings)
        {
          most = min(most ?? students, students)
        }
      }
      if let line = lines[.restricted] {
        let found = result(prepared, line, bindings)
        if found.outcome == .fails { restricted.append(found) }
      }
    }
    var found = SchoolCompliance(
      year: year,
      results: results,
      restricted: restricted,
      card: card(restricted.count, former),
      mostStudents: most
    )
    // What can't be told might be the narrowest.
    if !found.missing.isEmpty { found.mostStudents = nil }
    return found
  }

  /// One below is yellow, two are red; yellow for the third year in a row is red.
  private func card(_ hits: Int, _ former: [SchoolCompliance.Card]) -> SchoolCompliance.Card {
    switch hits {
    case 0: .none
    case 1: former.suffix(2) == [.yellow, .yellow] ? .red : .yellow
    default: .red
    }
  }

  /// The lines of an indicator for a school: of several the one that goes first, then the newest, then the
  /// one for its field of study.
  private func lines(of code: String, for year: ConditionYear) -> [ConditionLine:
    ConditionThreshold]
  {
    guard let type = year.schoolType, let number = year.year else { return [:] }
    let fitting = thresholds.filter {
      $0.indicatorCode == code && $0.applies(to: type, year.subType, in: number)
    }
    func rank(_ line: ConditionThreshold) -> (Int, Int, Int) {
      (line.precedence ?? 0, line.effectiveFrom ?? 0, line.subType == nil ? 0 : 1)
    }
    return Dictionary(
      fitting.compactMap { line in line.line.map { ($0, line) } },
      uniquingKeysWith: { rank($0) < rank($1) ? $1 : $0 }
    )
  }

  private func result(
    _ prepared: Prepared,
    _ threshold: ConditionThreshold,
    _ bindings: [String: RuleValue]
  ) -> ConditionResult {
    let indicator = prepared.indicator
    var result = ConditionResult(
      indicator: indicator,
      threshold: threshold,
      outcome: .notApplicable,
      why: ""
    )
    let missing =
      prepared.unreadable + prepared.rules.flatMap(\.names).filter { bindings[$0] == nil }
    guard missing.isEmpty else {
      result.outcome = .missing(missing)
      return result
    }
    let have = prepared.have?.value(bindings).exact
    let per = prepared.per.map { $0.value(bindings).exact }
    result.have = have
    guard let have, let line = threshold.exact else { return result }
    let value: Exact?
    if let per {
      value = per.flatMap {
        indicator.isInverse == true ? $0.divided(by: have) : have.divided(by: $0)
      }
      if let per {
        result.need = indicator.isInverse == true ? per.divided(by: line) : per.multiplied(by: line)
      }
    } else {
      value = have
      result.need = line
    }
    guard let value else { return result }
    result.value = value
    result.why = why(prepared, bindings, value, threshold)
    let isKept = threshold.side == .atMost ? value <= line : value >= line
    let isExcepted = prepared.passesWhen?.value(bindings).bool == true
    result.outcome = isKept ? .passes : isExcepted ? .excepted : .fails
    return result
  }

  /// The formula with its numbers.
  private func why(
    _ prepared: Prepared,
    _ bindings: [String: RuleValue],
    _ value: Exact,
    _ threshold: ConditionThreshold
  ) -> String {
    var seen: Set<String> = []
    let numbers = prepared.rules.flatMap(\.names).filter { seen.insert($0).inserted }
      .map { "\($0) \(bindings[$0]?.exact?.text ?? "")" }.joined(separator: "，")
    let line = threshold.exact?.text ?? ""
    return
      "\(numbers)；得 \(value.text(places: 2))，要\(threshold.side?.label ?? "") \(line) \(prepared.indicator.unit)"
  }

  /// With how many full-time students what there is would just do, of the mix there is now.
  private func students(
    _ prepared: Prepared,
    _ threshold: ConditionThreshold,
    _ bindings: [String: RuleValue]
  ) -> Int? {
    guard let have = prepared.have?.value(bindings).exact,
      let line = threshold.exact,
      let per = prepared.per?.value(bindings).exact,
      let now = bindings["全日制在校生"]?.exact,
      let each = per.divided(by: now)
    else { return nil }
    let served =
      prepared.indicator.isInverse == true ? have.multiplied(by: line) : have.divided(by: line)
    return served.flatMap { $0.divided(by: each) }.map { Int(clamping: $0.truncated) }
  }
}

extension Exact {
  /// The number rounded up to some places behind the point.
  func roundedUp(places: Int) -> Exact {
    var power = Exact(1)
    for _ in 0..<places { power = power.multiplied(by: Exact(10)) ?? power }
    guard let scaled = multiplied(by: power) else { return self }
    let down = scaled.truncated
    let up = Exact(down, over: 1).map { $0 < scaled } == true ? down + 1 : down
    return Exact(up, over: power.numerator) ?? self
  }
}
