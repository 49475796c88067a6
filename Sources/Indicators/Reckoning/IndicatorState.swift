import Calendar
import Records
import Rules
import Storage
import Values

/// The indicators of a city with everything they take out of the register, as of one place of the change
/// feed.
struct IndicatorState: Sendable {
  /// An indicator with its formula read.
  struct Prepared: Sendable {
    var indicator: Indicator
    /// `nil` when it can't be read any more, such as after a label it speaks of was changed.
    var formula: Formula?
    /// What is wrong with the formula.
    var fault: String?
  }

  /// Where the change feed stood.
  var sequence: Int
  /// The indicators by code.
  private(set) var prepared: [String: Prepared] = [:]
  /// The codes, by group and place.
  private(set) var order: [String] = []
  private(set) var graph = IndicatorGraph([:])
  private(set) var cells: [String: KindCells] = [:]
  /// The sums each indicator rests on in its own year.
  private var foundations: [String: [Formula.Operand]] = [:]
  /// The years of which each indicator can be told.
  private var years: [String: [String]] = [:]
  private let sets: RecordSets
  private let validOn: CivilDate?

  /// Reads everything.
  ///
  /// - Parameters:
  ///   - register: the register.
  ///   - indicators: the indicators; those of the register when `nil`.
  ///   - validOn: a day on which records must have held, where they say from when to when.
  ///   - reading: the transaction.
  /// - Throws: the store's errors.
  init(
    _ register: RecordStore,
    _ indicators: [Indicator]? = nil,
    validOn: CivilDate? = nil,
    in reading: any Reading
  ) throws {
    sequence = try register.lastChange(in: reading)
    sets = RecordSets(register.kinds)
    self.validOn = validOn
    var all = indicators ?? []
    if indicators == nil, let kind = register.kind("indicator") {
      try register.each(kind, in: reading) { all.append(Indicator(values: $0.values)) }
    }
    let codes = Set(all.map(\.code))
    for indicator in all {
      do {
        let formula = try Formula(indicator.formula, sets, using: codes)
        prepared[indicator.code] = Prepared(indicator: indicator, formula: formula)
      } catch {
        prepared[indicator.code] = Prepared(
          indicator: indicator,
          fault: "公式第 \(error.column) 个字有错：\(error.message)"
        )
      }
    }
    graph = IndicatorGraph(prepared.mapValues(\.formula))
    for cycle in graph.cycles {
      for code in Set(cycle) {
        prepared[code]?.formula = nil
        prepared[code]?.fault = "指标互相引用成环：\(cycle.joined(separator: " → "))。"
      }
    }
    order = all.sorted { ($0.sequence ?? 0, $0.code) < ($1.sequence ?? 0, $1.code) }.map(\.code)
    for code in order { foundations[code] = findFoundations(of: code) }
    findOperands()
    for name in operands.keys { try readCells(name, register, in: reading) }
    findYears()
  }

  /// What is taken out of each kind.
  private var operands: [String: [Formula.Operand]] = [:]

  private mutating func findOperands() {
    var seen: Set<Formula.Operand> = []
    for operand in order.compactMap({ prepared[$0]?.formula }).flatMap(\.operands)
    where seen.insert(operand).inserted {
      operands[operand.kind, default: []].append(operand)
    }
  }

  private mutating func readCells(_ name: String, _ register: RecordStore, in reading: any Reading)
    throws
  {
    guard let kind = register.kind(name), let operands = operands[name] else { return }
    cells[name] = try KindCells(
      kind,
      operands,
      register,
      sets,
      conditions(on: kind),
      in: reading
    )
  }

  /// Takes in that records of some kinds changed.
  ///
  /// - Parameters:
  ///   - kinds: the kinds.
  ///   - register: the register.
  ///   - reading: the transaction.
  /// - Throws: the store's errors.
  mutating func takeIn(_ kinds: Set<String>, _ register: RecordStore, in reading: any Reading)
    throws
  {
    if kinds.contains("indicator") {
      self = try IndicatorState(register, validOn: validOn, in: reading)
      return
    }
    sequence = try register.lastChange(in: reading)
    for (name, held) in cells where !held.dependsOn.isDisjoint(with: kinds) {
      try readCells(name, register, in: reading)
    }
    findYears()
  }

  private mutating func findYears() {
    for code in order { years[code] = findYears(of: code) }
  }

  /// What must hold of the records of a kind on the day asked for.
  func conditions(on kind: Kind) -> [Condition] {
    validOn.flatMap { day in kind.validity?.holds(on: day.description) } ?? []
  }

  /// The paths that lead from records of a kind to a level.
  func paths(_ level: Level, of kind: Kind) -> [String] { level.paths(of: kind, in: sets) }

  // MARK: Years

  /// The sums an indicator rests on in its own year, those of the indicators it uses among them.
  private func findFoundations(of code: String) -> [Formula.Operand] {
    var seen: Set<String> = [code]
    var rest = [code]
    var found: [Formula.Operand] = []
    while let next = rest.popLast() {
      for term in prepared[next]?.formula?.terms ?? [] {
        switch term {
        case .operand(let operand, _): if !found.contains(operand) { found.append(operand) }
        case .indicator(let used, let aspect):
          if aspect != .before, prepared[used]?.indicator.period != .allYears,
            seen.insert(used).inserted
          {
            rest.append(used)
          }
        }
      }
    }
    return found
  }

  /// The years of which an indicator can be told, oldest first; empty when it is of no year.
  func years(of code: String) -> [String] { years[code] ?? [] }

  private func findYears(of code: String) -> [String] {
    guard let indicator = prepared[code]?.indicator, indicator.period != .allYears else {
      return []
    }
    var common: Set<String>?
    for operand in foundations[code] ?? [] {
      guard let cells = cells[operand.kind], cells.isYearly else { continue }
      let years = cells.years(operand.predicate)
      common = common?.intersection(years) ?? years
    }
    return (common ?? []).filter(hasBegun).sorted()
  }

  private func hasBegun(_ year: String) -> Bool {
    guard let validOn else { return true }
    if let school = SchoolYear(year) { return school <= SchoolYear(containing: validOn) }
    return Int(year).map { $0 <= validOn.year } ?? true
  }

  /// The year an indicator is told of, by its as-of rule, a part being of the year of its whole; empty when it
  /// is of no year.
  func year(of code: String) -> String {
    guard let last = years(of: code).last else { return "" }
    let whole = whole(of: code)
    let years = years(of: whole)
    guard let lastOfWhole = years.last else { return last }
    guard prepared[whole]?.indicator.period == .complete else { return lastOfWhole }
    return years.reversed().first { isComplete($0, of: whole, after: years) } ?? lastOfWhole
  }

  /// The indicator of which another is a part, or a part of a part; itself when it is none.
  func whole(of code: String) -> String {
    var seen: Set<String> = [code]
    var whole = code
    while let next = prepared[whole]?.indicator.partOf, prepared[next] != nil,
      seen.insert(next).inserted
    {
      whole = next
    }
    return whole
  }

  /// Whether as many have reported for a year as for the one before.
  private func isComplete(_ year: String, of code: String, after years: [String]) -> Bool {
    guard let before = Self.before(year), years.contains(before) else { return true }
    return (foundations[code] ?? []).allSatisfy { operand in
      guard let cells = cells[operand.kind], cells.isYearly else { return true }
      let now = cells.reporting(operand.predicate, in: year)
      return now >= cells.reporting(operand.predicate, in: before)
    }
  }

  /// The year before; `nil` for what is no year.
  static func before(_ year: String) -> String? {
    if let number = Int(year) { return String(number - 1) }
    let halves = year.split(separator: "-").compactMap { Int($0) }
    return halves.count == 2 ? "\(halves[0] - 1)-\(halves[1] - 1)" : nil
  }
}
