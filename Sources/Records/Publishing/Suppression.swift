/// Which counts of a table are not published, so that none of them gives away few people.
///
/// Small are counts from 1 to one less than the threshold; zero says that there is nobody and is shown. A
/// small count is hidden, and so are as many others that from what is shown, and from every count being
/// a whole number of at least 1 where it is hidden, nobody can tell it to lie in an interval whose ends
/// are less than the threshold apart.
///
/// It is the way of complementary suppression by network flows (Statistical Policy Working Paper 22 of
/// the Federal Committee on Statistical Methodology; in use at the U.S. Census Bureau for tables of two
/// dimensions), with the threshold as the width of the protection interval.
package enum Suppression {
  /// A table as it was published.
  package struct Release: Hashable, Sendable {
    /// The counts.
    package var table: CountTable
    /// The cells that were not shown.
    package var hidden: Set<Int>

    /// Makes a release.
    package init(_ table: CountTable, hidden: Set<Int>) {
      self.table = table
      self.hidden = hidden
    }
  }

  /// The cells of a table that are not to be shown; the same for the same tables.
  ///
  /// Who has read earlier releases is taken to know of every cell whether its count changed since, and
  /// to reckon with all releases at once. What was hidden in one stays hidden in those that follow.
  ///
  /// - Parameters:
  ///   - table: the counts.
  ///   - threshold: the least count that is shown, zero aside.
  ///   - earlier: what was published of the same cells, oldest first.
  /// - Returns: the cells; `nil` when the table can't be published at all without giving something
  ///   away, of it or of an earlier release.
  package static func hidden(
    in table: CountTable,
    below threshold: Int,
    after earlier: [Release] = []
  ) -> Set<Int>? {
    let kept = earlier.reduce(into: Set<Int>()) { $0.formUnion($1.hidden) }
    guard !earlier.contains(where: { $0.table == table }) else { return kept }
    var releases: [Release] = []
    for release in earlier {
      // What was told of a table twice is told once, by whichever shows more.
      if let place = releases.firstIndex(where: { $0.table == release.table }) {
        releases[place].hidden.formIntersection(release.hidden)
      } else {
        releases.append(release)
      }
    }
    let hidden = kept.union(table.small(threshold))
    var search = PatternSearch(releases + [Release(table, hidden: hidden)], threshold)
    return search.isFound() ? search.hidden : nil
  }
}
