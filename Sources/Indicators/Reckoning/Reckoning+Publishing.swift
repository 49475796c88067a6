import Records
import Storage

extension Reckoning {
  /// How many records a count of a set must have to be told; 0 when any may.
  func threshold(of set: RecordSet) -> Int {
    register.kind(set.kind).map(told.threshold(of:)) ?? 0
  }

  /// The most records a set behind an indicator must have to be told; 0 when any may.
  package func threshold(of code: String) -> Int {
    recordSets(of: code, at: .city, "").map(threshold(of:)).max() ?? 0
  }

  /// The sets of persons behind an indicator.
  private func persons(_ code: String, at place: IndicatorPlace, _ year: String) -> [RecordSet] {
    guard countsPersons(code) else { return [] }
    return recordSets(of: code, at: place, year).filter { threshold(of: $0) > 0 }
  }

  /// Whether a part counts the same persons as its whole.
  func sharesPersons(_ part: String, with whole: String) -> Bool {
    let kinds = Set(persons(whole, at: .city, "").map(\.kind))
    return persons(part, at: .city, "").contains { kinds.contains($0.kind) }
  }

  /// Whether an indicator is kept back at a place.
  ///
  /// It is when it is counted from few persons, or is one of several parts, places or years from which, with
  /// the whole, a count of few could be reckoned. Parts may overlap, so that all go together.
  ///
  /// - Parameters:
  ///   - code: its code.
  ///   - place: where.
  ///   - year: the year.
  /// - Returns: whether it is.
  /// - Throws: the store's errors.
  package func isKeptBack(_ code: String, at place: IndicatorPlace, _ year: String) throws -> Bool {
    guard !persons(code, at: place, year).isEmpty else { return false }
    if try isTelling(code, at: place, year) { return true }
    if place != .city, try hidden(code, at: place.level, year).contains(place) { return true }
    return try indicators.filter { indicator in
      indicator.code != code && parts(of: indicator.code).contains { $0.code == code }
    }.contains { try keepsParts(of: $0.code, at: place, year) }
  }

  /// Whether the parts of an indicator are kept back.
  func keepsParts(of code: String, at place: IndicatorPlace, _ year: String) throws -> Bool {
    guard !persons(code, at: place, year).isEmpty, !parts(of: code).isEmpty else { return false }
    return try isTelling(code, at: place, year) || hasTelling(code, at: place, year)
  }

  /// Whether fewer persons than may be told are in an indicator, or have what it adds up.
  private func isTelling(_ code: String, at place: IndicatorPlace, _ year: String) throws -> Bool {
    try persons(code, at: place, year).contains { set in
      let threshold = threshold(of: set)
      if isFew(count(set), threshold) { return true }
      return try set.operands.compactMap(\.measure.field).contains { field in
        isFew(try count(set, .filled(field)), threshold)
      }
    }
  }

  /// How many records of a set meet something besides.
  private func count(_ set: RecordSet, _ more: FieldPredicate) throws -> Int {
    guard let kind = register.kind(set.kind) else { return 0 }
    var query = query(set)
    query.predicate = query.predicate.map { .and($0, more) } ?? more
    return try register.count(kind, query, in: reading)
  }

  /// Whether a part of an indicator, what is left beside it, or how much it is more than another is few.
  private func hasTelling(_ code: String, at place: IndicatorPlace, _ year: String) throws -> Bool {
    try persons(code, at: place, year).contains { whole in
      let threshold = threshold(of: whole)
      let parts = parts(of: code).flatMap { persons($0.code, at: place, year) }
        .filter { $0.kind == whole.kind }
      let counts = parts.map { count($0) }
      let all = count(whole)
      let rests = counts.map { all - $0 } + [all - counts.reduce(0, +)]
      if (counts + rests).contains(where: { isFew($0, threshold) }) { return true }
      return try parts.indices.contains { one in
        try parts.indices.contains { other in
          guard isFew(counts[one] - counts[other], threshold),
            let predicate = parts[one].predicate
          else { return false }
          return try count(parts[other], predicate) == counts[other]
        }
      }
    }
  }

  /// The places of a level where an indicator is kept back, so that no count of few can be reckoned from the
  /// rest and the city's.
  private func hidden(_ code: String, at level: Level, _ year: String) throws -> Set<IndicatorPlace>
  {
    var hidden: Set<IndicatorPlace> = []
    for set in persons(code, at: .city, year) {
      let places = (state.cells[set.kind]?.places(at: level) ?? []).sorted { $0.code < $1.code }
      let counts = places.map { place in
        var there = set
        there.place = place
        return count(there)
      }
      let kept = Suppression.hidden(in: CountTable.list(counts), below: threshold(of: set))
      for (number, place) in places.enumerated() where kept?.contains(number) ?? true {
        hidden.insert(place)
      }
    }
    return hidden
  }

  /// The years of an indicator that are kept back; all of them for a part, as the years of the whole are
  /// told, and at a place, as those of the city are.
  ///
  /// - Parameters:
  ///   - code: its code.
  ///   - place: where.
  ///   - years: the years.
  /// - Returns: those of them that are kept back.
  /// - Throws: the store's errors.
  func keptYears(_ code: String, at place: IndicatorPlace, _ years: [String]) throws -> Set<String>
  {
    guard let set = persons(code, at: place, "").first else { return [] }
    guard place == .city, state.whole(of: code) == code else { return Set(years) }
    let counts = years.map { year in
      var then = set
      then.year = year
      return count(then)
    }
    let table = CountTable.list(counts)
    guard let hidden = Suppression.hidden(in: table, below: threshold(of: set)),
      !hidden.contains(years.count)
    else { return Set(years) }
    let kept = Set(hidden.map { years[$0] })
    let shown = years.filter { !kept.contains($0) }
    return try shown.contains { try isTelling(code, at: place, $0) } ? Set(years) : kept
  }

  private func isFew(_ count: Int, _ threshold: Int) -> Bool { count > 0 && count < threshold }
}
