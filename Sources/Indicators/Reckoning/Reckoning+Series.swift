import Records
import Storage

extension Reckoning {
  /// An indicator year by year, oldest first; empty when it belongs to no year.
  ///
  /// - Parameters:
  ///   - code: its code.
  ///   - place: where.
  /// - Returns: the values, without parts.
  /// - Throws: the store's errors.
  package func series(_ code: String, at place: IndicatorPlace = .city) throws -> [IndicatorValue] {
    guard let indicator = indicator(code) else { return [] }
    let years = state.years(of: code)
    let kept = try keptYears(code, at: place, years)
    return years.map { year in
      IndicatorValue(
        indicator,
        kept.contains(year) ? .keptBack : answer(code, at: place, year),
        at: place,
        year: year
      )
    }
  }

  /// An indicator at every place of some.
  ///
  /// - Parameters:
  ///   - code: its code.
  ///   - places: where.
  ///   - year: the year; by its as-of rule when `nil`.
  /// - Returns: the values, without parts, in the order of the places.
  /// - Throws: the store's errors.
  package func values(_ code: String, at places: [IndicatorPlace], year: String? = nil) throws
    -> [IndicatorValue]
  {
    guard let indicator = indicator(code) else { return [] }
    let year = year ?? state.year(of: code)
    return try places.map { place in
      IndicatorValue(
        indicator,
        try isKeptBack(code, at: place, year) ? .keptBack : answer(code, at: place, year),
        at: place,
        year: year
      )
    }
  }
}
