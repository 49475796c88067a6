package import Calendar
package import Records
package import Storage
import Values

/// All figures of a city, computed from its register.
package struct FigureBook: Sendable {
  let register: RecordStore
  private let city: City
  private let validOn: CivilDate?
  let told: Reader

  /// Makes the book of a register.
  ///
  /// - Parameters:
  ///   - register: the register; one read as it was known at a moment gives the figures as known then.
  ///   - city: its city.
  ///   - validOn: a day; of kinds that say from when to when they hold, only records that held on it count.
  ///   - told: who the figures are told to; what would give away few persons to them is kept back.
  package init(
    _ register: RecordStore,
    city: City,
    validOn: CivilDate? = nil,
    to told: Reader = .anonymous
  ) {
    self.register = register
    self.city = city
    self.validOn = validOn
    self.told = told
  }

  /// The figures as declared, for the latest school year that was reported.
  package func figures(in reading: any Reading) throws -> [Figure] {
    let years = try register.kind("schoolAnnualStat").map { kind in
      try register.tally(kind, Query([Figure.isReported]), by: "schoolYear", in: reading)
    }
    let started = years?.map(\.value).filter { year in
      guard let validOn, let school = SchoolYear(year) else { return true }
      return school <= SchoolYear(containing: validOn)
    }
    let year = started?.max() ?? ""
    let all = Figure.all(schoolYear: year, retentionLabel: city.retentionLabel)
    guard let validOn else { return all }
    return all.map { held($0, on: validOn.description) }
  }

  /// A figure over those of its records that held on a day.
  private func held(_ figure: Figure, on day: String) -> Figure {
    var held = figure
    held.parts = figure.parts.map { self.held($0, on: day) }
    guard var selection = figure.selection,
      let validity = register.kind(selection.kind)?.validity
    else { return held }
    selection.conditions += validity.holds(on: day)
    held.formula = figure.formula.over(selection)
    return held
  }

  /// Every figure with its parts, as it stands.
  package func values() throws -> [FigureValue] {
    try register.store.read { reading in
      try figures(in: reading).map { try value(of: $0, in: reading) }
    }
  }

  /// One figure or part by its code.
  package func value(code: String) throws -> FigureValue? {
    try register.store.read { reading in
      guard let figure = try find(code, in: reading) else { return nil }
      return try value(of: figure, in: reading)
    }
  }

  /// The declaration of a figure or part by its code.
  package func find(_ code: String, in reading: any Reading) throws -> Figure? {
    let all = try figures(in: reading)
    return (all + all.flatMap(\.parts)).first { $0.code == code }
  }

  /// The records behind a figure with what each contributes; the contributions add up to the figure.
  ///
  /// - Returns: for a ratio or mean, the upper and the lower part of each; for an amount the lower
  ///   part is 0.
  package func drillDown(_ figure: Figure, in reading: any Reading) throws -> [(
    record: Record, upper: Int, lower: Int
  )] {
    guard let selection = figure.selection, let kind = register.kind(selection.kind) else {
      return []
    }
    var rows: [(record: Record, upper: Int, lower: Int)] = []
    try register.each(kind, Query(selection.conditions), in: reading) { record in
      func sum(_ fields: [String]) -> Int { fields.reduce(0) { $0 + (record[$1].integer ?? 0) } }
      let (upper, lower): (Int, Int) =
        switch figure.formula {
        case .amount(.sum(let field), _), .share(.sum(let field), _, _), .mean(let field, _, _):
          (sum([field]), 0)
        case .amount, .share: (1, 0)
        case .ratio(let upper, let lower, _): (sum(upper), sum(lower))
        case .benchmark: (sum(["value"]), 0)
        }
      rows.append((record, upper, lower))
    }
    return rows
  }

  /// Computes a figure inside a transaction; without what would give away few persons.
  package func value(of figure: Figure, in reading: any Reading) throws -> FigureValue {
    let keepsParts = try keepsParts(of: figure, in: reading)
    let parts = try figure.parts.map { part in
      keepsParts && part.selection?.kind == figure.selection?.kind
        ? FigureValue(keptBack: part) : try value(of: part, in: reading)
    }
    guard try !isKeptBack(figure, in: reading) else {
      return FigureValue(keptBack: figure, parts: parts)
    }
    return FigureValue(
      figure: figure,
      value: try compute(figure, in: reading),
      records: try count(figure, in: reading),
      parts: parts
    )
  }

  func count(_ figure: Figure, in reading: any Reading) throws -> Int {
    guard let selection = figure.selection, let kind = register.kind(selection.kind) else {
      return 0
    }
    return try register.count(kind, Query(selection.conditions), in: reading)
  }

  func compute(_ figure: Figure, in reading: any Reading) throws -> Ratio? {
    func sum(_ measure: Measure, _ selection: Figure.Selection) throws -> Int {
      guard let kind = register.kind(selection.kind) else { return 0 }
      return try register.measure(measure, kind, Query(selection.conditions), in: reading)
    }
    func sums(_ fields: [String], _ selection: Figure.Selection) throws -> Int {
      try fields.reduce(0) { try $0 + sum(.sum($1), selection) }
    }
    switch figure.formula {
    case .amount(let measure, let selection):
      let amount = try sum(measure, selection)
      return figure.unit == .yuan ? Ratio(Int128(amount), 100) : Ratio(Int128(amount))
    case .ratio(let upper, let lower, let selection):
      return Ratio(part: try sums(upper, selection), of: try sums(lower, selection))
    case .mean(let field, let per, let selection):
      return Ratio(part: try sum(.sum(field), selection), of: try sum(.distinct(per), selection))
    case .share(let measure, let selection, let key):
      guard let base = try benchmark(key, in: reading), base != .zero else { return nil }
      return Ratio(Int128(try sum(measure, selection))) / base
    case .benchmark(let key): return try benchmark(key, in: reading)
    }
  }

  func benchmark(_ key: String, in reading: any Reading) throws -> Ratio? {
    guard let kind = register.kind("benchmark"),
      let value = try register.record(kind, key, in: reading)?["value"].integer
    else { return nil }
    return Ratio(Int128(value), 100)
  }
}
