package import Records
package import Storage
package import Values

extension FigureBook {
  /// A figure for one year.
  package struct YearValue: Sendable {
    /// The year or school year.
    package var year: String
    /// The figure for this year alone; `nil` when nothing was reported.
    package var value: Ratio?
    /// Whether it is kept back, so as not to give away few persons.
    package var isKeptBack = false
  }

  /// A figure year by year, oldest first; empty when its records belong to no year or to one only.
  package func series(_ figure: Figure, in reading: any Reading) throws -> [YearValue] {
    guard let selection = figure.selection, let kind = register.kind(selection.kind),
      let field = kind.yearly?.year
    else { return [] }
    let everyYear = selection.without(field)
    let years = try register.tally(kind, Query(everyYear.conditions), by: field, in: reading)
      .map(\.value).filter { !$0.isEmpty }.sorted()
    guard years.count > 1 else { return [] }
    let values = years.map { year in
      var one = figure
      one.formula = figure.formula.over(everyYear.and(.field(field, year)))
      return one
    }
    let kept = try keptYears(figure, values, in: reading)
    return try years.enumerated().map { place, year in
      guard !kept.contains(place) else { return YearValue(year: year, isKeptBack: true) }
      return YearValue(year: year, value: try compute(values[place], in: reading))
    }
  }

  /// A figure computed anew from the records its drill-down lists, to be held against its value.
  package func total(
    _ figure: Figure,
    _ rows: [(record: Record, upper: Int, lower: Int)],
    in reading: any Reading
  ) throws -> Ratio? {
    let upper = rows.reduce(0) { $0 + $1.upper }
    switch figure.formula {
    case .amount: return figure.unit == .yuan ? Ratio(Int128(upper), 100) : Ratio(Int128(upper))
    case .ratio: return Ratio(part: upper, of: rows.reduce(0) { $0 + $1.lower })
    case .mean(_, let per, _):
      return Ratio(part: upper, of: Set(rows.map { $0.record[per] }).count)
    case .share(_, _, let key):
      guard let base = try benchmark(key, in: reading), base != .zero else { return nil }
      return Ratio(Int128(upper)) / base
    case .benchmark: return rows.isEmpty ? nil : Ratio(Int128(upper), 100)
    }
  }
}

extension Figure.Selection {
  /// The selection without what it asks of a field.
  fileprivate func without(_ field: String) -> Figure.Selection {
    var copy = self
    copy.conditions.removeAll { $0.path == field }
    return copy
  }
}

extension Figure.Formula {
  /// The formula over other records.
  func over(_ selection: Figure.Selection) -> Figure.Formula {
    switch self {
    case .amount(let measure, _): .amount(measure, selection)
    case .ratio(let upper, let lower, _): .ratio(upper, by: lower, selection)
    case .mean(let field, let per, _): .mean(field, per: per, selection)
    case .share(let measure, _, let key): .share(measure, selection, of: key)
    case .benchmark: self
    }
  }
}
