/// Looks for the cells of the last of several releases that have to be hidden.
///
/// A cell is safe when there are other tables, a threshold apart in this cell, that would have been
/// published just the same. They are looked for among those that differ from the true ones by one shift in
/// some successive releases: of cells that are hidden in all of these, and whose counts changed
/// before and after.
struct PatternSearch {
  private var releases: [Suppression.Release]
  private let threshold: Int

  init(_ releases: [Suppression.Release], _ threshold: Int) {
    self.releases = releases
    self.threshold = threshold
  }

  /// The cells of the last release that are hidden.
  var hidden: Set<Int> { releases[last].hidden }

  private var last: Int { releases.count - 1 }

  /// Hides cells of the last release until every small cell of every release is safe; whether it
  /// is possible.
  mutating func isFound() -> Bool {
    for cell in releases[last].table.small(threshold) where !isSafe(cell, last) {
      guard hide(for: cell) || loosen(for: cell, last) else { return false }
    }
    for number in releases.indices.dropLast() {
      for cell in releases[number].table.small(threshold) where !isSafe(cell, number) {
        guard loosen(for: cell, number) else { return false }
      }
    }
    return true
  }

  /// Whether nobody can tell a cell of a release more closely than the threshold.
  private func isSafe(_ cell: Int, _ number: Int) -> Bool {
    for first in 0...number {
      for end in number...last {
        let alike = first...end
        let movable = movable(in: alike)
        guard movable.contains(cell) else { continue }
        let fall = fall(in: alike, for: cell, of: number)
        var (down, up) = shifts(cell, number, fall)
        _ = down.reach(threshold, movable)
        _ = up.reach(threshold - down.reached, movable)
        if down.reached + up.reached >= threshold { return true }
      }
    }
    return false
  }

  /// Hides more of the last release for one of its cells; whether it became safe.
  private mutating func hide(for cell: Int) -> Bool {
    let movable = movable(in: last...last)
    guard movable.contains(cell) else { return false }
    let open = changed(in: last...last).filter { releases[last].table.cells[$0].count > 0 }
    var (down, up) = shifts(cell, last, fall(in: last...last, for: cell, of: last))
    var opened = down.reach(threshold, movable, opening: open)
    opened.formUnion(
      up.reach(threshold - down.reached, movable.union(opened), opening: open)
    )
    releases[last].hidden.formUnion(opened)
    return down.reached + up.reached >= threshold
  }

  /// Hides totals of the last release, so that it binds an earlier one less; whether a cell of that
  /// became safe.
  private mutating func loosen(for cell: Int, _ number: Int) -> Bool {
    let changed = changed(in: last...last)
    let open = changed.filter { releases[last].table.cells[$0].count > 0 }
    for place in hidden.intersection(changed).sorted() {
      // Only upward: what falls short could be made up for without end.
      let table = releases[last].table
      var up = Shift(table, place, isRising: true, fall: table.cells.map { _ in 0 })
      let opened = up.reach(1, hidden.intersection(changed), opening: open)
      guard up.reached == 1, !opened.isEmpty else { continue }
      releases[last].hidden.formUnion(opened)
      if isSafe(cell, number) { return true }
    }
    return false
  }

  private func shifts(_ cell: Int, _ number: Int, _ fall: [Int]) -> (down: Shift, up: Shift) {
    let table = releases[number].table
    return (
      Shift(table, cell, isRising: false, fall: fall),
      Shift(table, cell, isRising: true, fall: fall)
    )
  }

  /// The cells that have other counts in some releases than in all others.
  private func changed(in alike: ClosedRange<Int>) -> Set<Int> {
    let others = releases.indices.filter { !alike.contains($0) }
    return Set(
      releases[last].table.cells.indices.filter { cell in
        let within = Set(alike.map { releases[$0].table.cells[cell].count })
        return others.allSatisfy { !within.contains(releases[$0].table.cells[cell].count) }
      }
    )
  }

  private func movable(in alike: ClosedRange<Int>) -> Set<Int> {
    alike.reduce(changed(in: alike)) { $0.intersection(releases[$1].hidden) }
  }

  /// How much less each cell may be in all of some releases at once, so that at least 1 is left of it;
  /// where it could be made up for without moving the cell in question, a release doesn't bind.
  private func fall(in alike: ClosedRange<Int>, for cell: Int, of number: Int) -> [Int] {
    let binding = alike.map { other in
      (
        release: releases[other],
        free: alike.count > 1 ? endless(other, but: other == number ? cell : nil) : []
      )
    }
    return releases[number].table.cells.indices.map { place in
      binding.filter { !$0.free.contains(place) }
        .map { max(0, $0.release.table.cells[place].count - 1) }.min() ?? .max / 4
    }
  }

  /// The cells of a release that may be as many as one likes, with totals that are hidden too.
  private func endless(_ number: Int, but cell: Int?) -> Set<Int> {
    let table = releases[number].table
    let movable = movable(in: number...number).filter { $0 != cell }
    return movable.filter { place in
      var up = Shift(table, place, isRising: true, fall: table.cells.map { _ in 0 })
      _ = up.reach(1, movable)
      return up.reached == 1
    }
  }
}
