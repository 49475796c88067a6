import Records
package import Storage

extension FigureBook {
  /// How many records of a figure's kind a count must have to be told; 0 when any may.
  package func threshold(of figure: Figure) -> Int {
    guard let name = figure.selection?.kind, let kind = register.kind(name) else { return 0 }
    return told.threshold(of: kind)
  }

  /// Whether a figure is kept back.
  ///
  /// It is when it is counted from few persons, or is one of several parts from which, with the whole, a
  /// count of few could be reckoned. Parts may overlap, so that all go together.
  ///
  /// - Parameters:
  ///   - figure: the figure or part.
  ///   - reading: the transaction.
  /// - Returns: whether it is.
  /// - Throws: the store's errors.
  package func isKeptBack(_ figure: Figure, in reading: any Reading) throws -> Bool {
    let threshold = threshold(of: figure)
    guard threshold > 0 else { return false }
    let wholes = try figures(in: reading).filter { whole in
      whole.parts.contains { $0.code == figure.code }
    }
    return try isTelling(figure, threshold, reading)
      || wholes.contains {
        try isTelling($0, threshold, reading) || hasTelling($0, threshold, reading)
      }
  }

  /// Whether the parts of a figure are kept back.
  func keepsParts(of whole: Figure, in reading: any Reading) throws -> Bool {
    let threshold = threshold(of: whole)
    guard threshold > 0, !whole.parts.isEmpty else { return false }
    return try isTelling(whole, threshold, reading) || hasTelling(whole, threshold, reading)
  }

  /// Whether fewer persons than may be told are in a figure, or have what it adds up.
  private func isTelling(_ figure: Figure, _ threshold: Int, _ reading: any Reading) throws -> Bool
  {
    guard let selection = figure.selection, let kind = register.kind(selection.kind) else {
      return false
    }
    let known = figure.formula.fields.map { [Condition($0, .isKnown(true))] }
    return try ([[]] + known).contains { more in
      let query = Query(selection.conditions + more)
      return isFew(try register.count(kind, query, in: reading), threshold)
    }
  }

  /// Whether a part of a figure, what is left beside it, or how much it is more than another is few.
  private func hasTelling(_ whole: Figure, _ threshold: Int, _ reading: any Reading) throws -> Bool
  {
    let parts = whole.parts.filter { $0.selection?.kind == whole.selection?.kind }
    let counts = try parts.map { try count($0, in: reading) }
    let all = try count(whole, in: reading)
    let rests = counts.map { all - $0 } + [all - counts.reduce(0, +)]
    return try (counts + rests).contains { isFew($0, threshold) }
      || parts.contains { try isTelling($0, threshold, reading) }
      || parts.indices.contains { one in
        try parts.indices.contains { other in
          try isFew(counts[one] - counts[other], threshold)
            && isAll(of: parts[other], counts[other], in: parts[one], reading)
        }
      }
  }

  /// Whether all records of a part, so many, are also in another.
  private func isAll(of part: Figure, _ count: Int, in other: Figure, _ reading: any Reading) throws
    -> Bool
  {
    guard let one = part.selection, let two = other.selection, let kind = register.kind(one.kind)
    else { return false }
    let both = Query(one.conditions + two.conditions)
    return try register.count(kind, both, in: reading) == count
  }

  private func isFew(_ count: Int, _ threshold: Int) -> Bool { count > 0 && count < threshold }

  /// The years of a figure that are kept back; all of them for a part, as the years of the whole are
  /// told.
  ///
  /// - Parameters:
  ///   - figure: the figure.
  ///   - years: each year with its selection of records.
  ///   - reading: the transaction.
  /// - Returns: their places.
  /// - Throws: the store's errors.
  func keptYears(_ figure: Figure, _ years: [Figure], in reading: any Reading) throws -> Set<Int> {
    let threshold = threshold(of: figure)
    guard threshold > 0 else { return [] }
    let every = Set(years.indices)
    let isPart = try figures(in: reading).contains { whole in
      whole.parts.contains { $0.code == figure.code }
    }
    let table = CountTable.list(try years.map { try count($0, in: reading) })
    guard !isPart, let hidden = Suppression.hidden(in: table, below: threshold),
      !hidden.contains(years.count)
    else { return every }
    let shown = every.subtracting(hidden)
    return try shown.contains { try isTelling(years[$0], threshold, reading) } ? every : hidden
  }
}

extension Figure.Formula {
  /// The fields it adds up or tells apart.
  fileprivate var fields: [String] {
    switch self {
    case .amount(.sum(let field), _), .amount(.distinct(let field), _),
      .share(.sum(let field), _, _), .share(.distinct(let field), _, _):
      [field]
    case .ratio(let upper, let lower, _): upper + lower
    case .mean(let field, let per, _): [field, per]
    case .amount, .share, .benchmark: []
    }
  }
}
