import Records
import Rules
import Storage
import Values

/// The indicators of a city, reckoned: every value at every place in every year, for one reader.
package final class Reckoning {
  private struct Key: Hashable {
    var code: String
    var place: IndicatorPlace
    var year: String
  }

  let state: IndicatorState
  let register: RecordStore
  let told: Reader
  let reading: any Reading
  private var known: [Key: IndicatorAnswer] = [:]
  private var countsPersons: [String: Bool] = [:]

  init(_ state: IndicatorState, _ register: RecordStore, told: Reader, _ reading: any Reading) {
    self.state = state
    self.register = register
    self.told = told
    self.reading = reading
  }

  // MARK: Definitions

  /// Every indicator, in order.
  package var indicators: [Indicator] { state.order.compactMap { state.prepared[$0]?.indicator } }

  /// An indicator by its code.
  package func indicator(_ code: String) -> Indicator? { state.prepared[code]?.indicator }

  /// The parts of an indicator, in order.
  package func parts(of code: String) -> [Indicator] {
    indicators.filter { $0.partOf == code && $0.code != code }
  }

  /// The formula of an indicator; `nil` when it can't be read.
  package func formula(_ code: String) -> Formula? { state.prepared[code]?.formula }

  /// What is wrong with the formula of an indicator.
  package func fault(_ code: String) -> String? { state.prepared[code]?.fault }

  /// The indicators that use one, in order.
  package func users(of code: String) -> [Indicator] {
    indicators.filter { state.prepared[$0.code]?.formula?.uses.contains(code) == true }
  }

  /// The years of which an indicator can be told, oldest first.
  package func years(of code: String) -> [String] { state.years(of: code) }

  /// The year an indicator is told of when nobody says; empty when it is of none.
  package func year(of code: String) -> String { state.year(of: code) }

  /// Whether an indicator counts persons the reader may not see.
  func countsPersons(_ code: String) -> Bool {
    if let known = countsPersons[code] { return known }
    let found = recordSets(of: code, at: .city, "").contains { threshold(of: $0) > 0 }
    countsPersons[code] = found
    return found
  }

  // MARK: Values

  /// Every indicator that is no part, with its parts.
  ///
  /// - Parameter place: where; those not told at its level are left out.
  /// - Returns: the values, in order.
  /// - Throws: the store's errors.
  package func values(at place: IndicatorPlace = .city) throws -> [IndicatorValue] {
    let codes = Set(state.order)
    return try indicators.filter { !codes.contains($0.partOf) || $0.partOf == $0.code }
      .filter { $0.toldAt.contains(place.level) }
      .compactMap { try value($0.code, at: place) }
  }

  /// An indicator or part with its own parts.
  ///
  /// - Parameters:
  ///   - code: its code.
  ///   - place: where.
  ///   - year: the year; by its as-of rule when `nil`.
  /// - Returns: the value; `nil` for no such indicator.
  /// - Throws: the store's errors.
  package func value(_ code: String, at place: IndicatorPlace = .city, year: String? = nil) throws
    -> IndicatorValue?
  {
    try value(code, at: place, year: year, within: [])
  }

  private func value(
    _ code: String,
    at place: IndicatorPlace,
    year: String?,
    within wholes: Set<String>
  )
    throws -> IndicatorValue?
  {
    guard let indicator = indicator(code), !wholes.contains(code) else { return nil }
    let year = year ?? state.year(of: code)
    let keepsParts = try keepsParts(of: code, at: place, year)
    let parts = try parts(of: code).filter { $0.toldAt.contains(place.level) }.compactMap { part in
      keepsParts && sharesPersons(part.code, with: code)
        ? IndicatorValue(part, .keptBack, at: place, year: year)
        : try value(part.code, at: place, year: nil, within: wholes.union([code]))
    }
    guard try !isKeptBack(code, at: place, year) else {
      return IndicatorValue(indicator, .keptBack, at: place, year: year, parts: parts)
    }
    return IndicatorValue(
      indicator,
      answer(code, at: place, year),
      at: place,
      year: year,
      records: recordSets(of: code, at: place, year).reduce(0) { $0 + count($1) },
      parts: parts
    )
  }

  /// What an indicator answers, nothing kept back.
  func answer(_ code: String, at place: IndicatorPlace, _ year: String) -> IndicatorAnswer {
    let key = Key(code: code, place: place, year: year)
    if let known = known[key] { return known }
    let found = reckon(code, at: place, year)
    known[key] = found
    return found
  }

  private func reckon(_ code: String, at place: IndicatorPlace, _ year: String) -> IndicatorAnswer {
    guard let prepared = state.prepared[code] else { return .failed("没有指标“\(code)”") }
    guard let formula = prepared.formula else { return .failed(prepared.fault ?? "公式读不出") }
    let values = formula.terms.map { term in
      switch term {
      case .operand(let operand, _):
        return self.value(of: operand, at: place, year).map(RuleValue.decimal)
          ?? .failure(RuleFailure(.noData, label(of: operand)))
      case .indicator(let used, let aspect):
        return self.used(used, aspect, at: place, year).ruleValue
      }
    }
    return IndicatorAnswer(formula.value(values))
  }

  /// Another indicator as a formula has it: in its own year when that year is told apart at all.
  private func used(
    _ code: String,
    _ aspect: Formula.Aspect,
    at place: IndicatorPlace,
    _ year: String
  )
    -> IndicatorAnswer
  {
    let place = aspect == .ofCity ? IndicatorPlace.city : place
    guard let own = self.year(of: code, seenFrom: year, aspect) else { return .missing("上一年") }
    return answer(code, at: place, own)
  }

  /// The year in which another indicator is asked for; `nil` when there is no year before.
  func year(of code: String, seenFrom year: String, _ aspect: Formula.Aspect) -> String? {
    let years = state.years(of: code)
    guard !years.isEmpty else { return "" }
    let now = year.isEmpty ? state.year(of: code) : year
    return aspect == .before ? IndicatorState.before(now) : now
  }

  /// The value of a sum over records.
  func value(of operand: Formula.Operand, at place: IndicatorPlace, _ year: String) -> Exact? {
    guard let cells = state.cells[operand.kind] else { return nil }
    return cells.value(operand, place, cells.isYearly ? year : "")
  }

  /// What a sum is about, in words.
  func label(of operand: Formula.Operand) -> String {
    guard let kind = register.kind(operand.kind) else { return operand.kind }
    let field = operand.measure.field.flatMap(kind.place(of:)).map { kind.fields[$0].label }
    return kind.label + (field.map { "的" + $0 } ?? "")
  }

  /// What a sum over records is, in words: 学校年度统计的市内就业合计.
  package func words(_ operand: Formula.Operand) -> String {
    let what = label(of: operand)
    return switch operand.measure {
    case .count: what + "条数"
    case .sum: what + "合计"
    case .mean: what + "平均"
    case .least: what + "最小值"
    case .greatest: what + "最大值"
    case .distinct: what + "不同的个数"
    }
  }

  /// The value of each term of an indicator's formula, as its page tells them.
  package func terms(of code: String, at place: IndicatorPlace, _ year: String) -> [(
    term: Formula.Term, answer: IndicatorAnswer
  )] {
    (state.prepared[code]?.formula?.terms ?? []).map { term in
      switch term {
      case .operand(let operand, _):
        (
          term,
          value(of: operand, at: place, year).map(IndicatorAnswer.value)
            ?? .missing(label(of: operand))
        )
      case .indicator(let used, let aspect): (term, self.used(used, aspect, at: place, year))
      }
    }
  }
}

extension Formula {
  /// The value of the formula for the values of its terms.
  func value(_ values: [RuleValue]) -> RuleValue {
    var bindings: [String: RuleValue] = [:]
    for (number, value) in values.enumerated() { bindings["_\(number)"] = value }
    return rule.value(bindings)
  }
}
