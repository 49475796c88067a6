package import Storage

/// A number that is told, or is not so as not to give away few people.
package enum Published: Hashable, Sendable {
  /// A number as it is; `nil` where nothing is filled in.
  case shown(Int?)
  /// One that is kept back: it is small, or tells another that is.
  case hidden

  /// The number, when there is one and it is told.
  package var number: Int? {
    if case .shown(let number) = self { return number }
    return nil
  }
}

/// The groups of a query as they may be told to somebody.
package struct PublishedGroups: Hashable, Sendable {
  /// The records that have one value.
  package struct Group: Hashable, Sendable {
    /// The value, as the store holds it; empty where nothing is filled in.
    package var value: String
    /// How many records.
    package var count: Published
    /// The sums of the fields asked for.
    package var sums: [Published]
  }

  /// The groups, most records first; behind them those whose counts are kept back, by their values.
  package var groups: [Group]
  /// How many records all groups have.
  package var count: Published
  /// What they add up to.
  package var sums: [Published]
  /// How many records a count must have; 0 when any may be told.
  package var threshold: Int

  /// Whether anything is kept back.
  package var isSuppressed: Bool {
    count == .hidden || sums.contains(.hidden)
      || groups.contains { $0.count == .hidden || $0.sums.contains(.hidden) }
  }

  /// Decides what of some groups may be told.
  ///
  /// - Parameters:
  ///   - groups: the groups.
  ///   - filled: for each sum, in how many records of each group the field is filled in.
  ///   - threshold: how many records a count must have.
  package init(_ groups: [GroupSum], filled: [[Int]], below threshold: Int) {
    self.threshold = threshold
    let table = CountTable.list(groups.map(\.count))
    let hidden = Suppression.hidden(in: table, below: threshold) ?? Set(0...groups.count)
    // A sum over few numbers is as telling as a count of few: its column is not told then.
    let isTold = filled.map { column in
      let shown = groups.indices.filter { !hidden.contains($0) }.map { column[$0] }
      let rest = groups.indices.filter(hidden.contains).reduce(0) { $0 + column[$1] }
      return (shown + [rest]).allSatisfy { $0 == 0 || $0 >= threshold }
    }
    func told(_ sums: [Int?], _ isHidden: Bool) -> [Published] {
      zip(sums, isTold).map { $1 && !isHidden ? .shown($0) : .hidden }
    }
    let all = groups.enumerated().map { place, group in
      let isHidden = hidden.contains(place)
      return Group(
        value: group.value,
        count: isHidden ? .hidden : .shown(group.count),
        sums: told(group.sums, isHidden)
      )
    }
    // Between two that are told, one that is not would be told to lie between them.
    self.groups =
      all.filter { $0.count != .hidden }
      + all.filter { $0.count == .hidden }.sorted { $0.value < $1.value }
    let isTotalHidden = hidden.contains(groups.count)
    count = isTotalHidden ? .hidden : .shown(groups.reduce(0) { $0 + $1.count })
    let totals = filled.indices.map { column in
      groups.compactMap { $0.sums[column] }.reduce(nil) { ($0 ?? 0) + $1 } as Int?
    }
    sums = told(totals, isTotalHidden)
  }
}

extension RecordStore {
  /// Adds up a query by the values of a field, as it may be told to somebody.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - query: which ones, paging aside.
  ///   - path: the field.
  ///   - summed: the number fields that are added up.
  ///   - told: who it is told to.
  ///   - reading: the transaction.
  /// - Returns: a sum for each value of the field, and what is kept back.
  /// - Throws: the store's errors; `UnknownField`.
  package func publishedGroups(
    _ kind: Kind,
    _ query: Query,
    by path: String,
    summed: [String],
    to told: Reader,
    in reading: any Reading
  ) throws -> PublishedGroups {
    let groups = try groups(kind, query, by: path, summed: summed, in: reading)
    let threshold = told.threshold(of: kind)
    var filled = summed.map { _ in groups.map(\.count) }
    if threshold > 0 {
      for (column, name) in summed.enumerated() {
        var known = query
        known.conditions.append(Condition(name, .isKnown(true)))
        let counts = try tally(kind, known, by: path, in: reading)
        let byValue = Dictionary(counts.map { ($0.value, $0.amount) }, uniquingKeysWith: +)
        filled[column] = groups.map { byValue[$0.value] ?? 0 }
      }
    }
    return PublishedGroups(groups, filled: filled, below: threshold)
  }

  /// Counts a query by the values of a field where that is quick, as it may be told to somebody.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - query: which ones, paging aside.
  ///   - path: the field.
  ///   - told: who it is told to.
  ///   - reading: the transaction.
  /// - Returns: the count for each value; `nil` where counting would take long.
  /// - Throws: the store's errors; `UnknownField`.
  package func publishedTally(
    _ kind: Kind,
    _ query: Query,
    by path: String,
    to told: Reader,
    in reading: any Reading
  ) throws -> [(value: String, count: Published)]? {
    guard let tally = try quickTally(kind, query, by: path, in: reading) else { return nil }
    let groups = tally.map { GroupSum(value: $0.value, count: $0.amount, sums: []) }
    let published = PublishedGroups(
      groups,
      filled: [],
      below: told.threshold(of: kind)
    )
    return published.groups.map { ($0.value, $0.count) }
  }
}
