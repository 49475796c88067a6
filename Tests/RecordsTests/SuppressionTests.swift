import CitongTesting
import Records
import Testing

/// What is hidden of tables, held against somebody who reckons.
@Suite struct SuppressionTests {
  /// A list or a grid of made-up counts, many of them small.
  private struct Shape {
    var height: Int?
    var width: Int

    func table(_ counts: [Int]) -> CountTable {
      guard let height else { return .list(counts) }
      return .grid((0..<height).map { Array(counts[$0 * width..<($0 + 1) * width]) })
    }

    var size: Int { (height ?? 1) * width }

    /// Written apart from the network: which cell of a table is the sum of which.
    var sums: [SuppressionAttacker.Sum] {
      guard let height else { return [.init(total: width, parts: Array(0..<width))] }
      let step = width + 1
      let rows = (0...height).map { row in
        SuppressionAttacker.Sum(
          total: row * step + width,
          parts: (0..<width).map { row * step + $0 }
        )
      }
      let columns = (0...width).map { column in
        SuppressionAttacker.Sum(
          total: height * step + column,
          parts: (0..<height).map { $0 * step + column }
        )
      }
      return rows + columns
    }
  }

  private func shape(_ random: inout TestRandom) -> Shape {
    random.number(0...1) == 0
      ? Shape(height: nil, width: random.number(1...6))
      : Shape(height: random.number(1...3), width: random.number(1...4))
  }

  private func counts(_ shape: Shape, _ threshold: Int, _ random: inout TestRandom) -> [Int] {
    (0..<shape.size).map { _ in
      switch random.number(0...4) {
      case 0: 0
      case 1, 2: random.number(1...threshold)
      default: random.number(threshold...threshold * 4)
      }
    }
  }

  private func expectSafe(
    _ releases: [Suppression.Release],
    _ shape: Shape,
    _ threshold: Int,
    least: Int,
    _ note: String
  ) {
    let truth = releases.map(\.table.counts)
    let shown = releases.map { release in
      release.table.counts.enumerated().map { release.hidden.contains($0) ? nil : $1 }
    }
    let unchanged = truth.indices.map { number in
      truth[number].indices.map { cell in
        (0..<number).first { truth[$0][cell] == truth[number][cell] }
      }
    }
    let attacker = SuppressionAttacker(
      shown,
      unchanged: unchanged,
      sums: shape.sums,
      most: (truth.joined().max() ?? 0) + threshold * 2,
      least: least
    )
    #expect(attacker.admits(truth), "\(note)")
    for (number, release) in releases.enumerated() {
      for (cell, count) in release.table.counts.enumerated() where (1..<threshold).contains(count) {
        let isPuzzled = attacker.isPuzzled(by: cell, of: number, width: threshold, truth: count)
        #expect(isPuzzled, "\(note): cell \(cell) of release \(number): \(shown) \(truth)")
      }
    }
  }

  @Test func `nobody tells a small count of a table closer than the threshold`() throws {
    var random = TestRandom(seed: 11)
    for round in 0..<4000 {
      let threshold = random.pick([2, 3, 5, 10])
      let shape = shape(&random)
      let table = shape.table(counts(shape, threshold, &random))
      let hidden = try #require(Suppression.hidden(in: table, below: threshold))
      #expect(hidden.allSatisfy { table.counts[$0] > 0 }, "round \(round)")
      expectSafe(
        [.init(table, hidden: hidden)],
        shape,
        threshold,
        least: 1,
        "round \(round), \(threshold)"
      )
    }
  }

  @Test func `nor with all releases side by side`() {
    var random = TestRandom(seed: 12)
    var (asked, published) = (0, 0)
    for round in 0..<2000 {
      let threshold = random.pick([3, 5, 10])
      let shape = shape(&random)
      var now = counts(shape, threshold, &random)
      var releases: [Suppression.Release] = []
      for _ in 0..<random.number(2...4) {
        let table = shape.table(now)
        asked += 1
        if let hidden = Suppression.hidden(in: table, below: threshold, after: releases) {
          published += 1
          let before = releases.last?.hidden ?? []
          #expect(hidden.isSuperset(of: before), "round \(round)")
          releases.append(.init(table, hidden: hidden))
        }
        for _ in 0...random.number(0...2) {
          let place = random.number(0...now.count - 1)
          now[place] = max(0, now[place] + random.number(-threshold...threshold))
        }
      }
      expectSafe(releases, shape, threshold, least: 0, "round \(round), \(threshold)")
    }
    // What can't be published at all is the exception.
    #expect(published * 100 > asked * 97, "\(published) of \(asked)")
  }

  @Test func `what is hidden of a list`() {
    let table: [([Int], Set<Int>)] = [
      // Nothing small, nothing hidden; zero is shown.
      ([10, 25, 0], []), ([0, 0], []),
      // One small count takes the smallest other that is large enough with it.
      ([3, 60, 12, 40], [0, 2]),
      // Two that protect each other well enough.
      ([8, 9, 50], [0, 1]),
      // Two that don't.
      ([1, 2, 50], [0, 1, 2]),
      // One alone is the total.
      ([3], [0, 1]), ([3, 0], [0, 2]),
      // The rest is too small.
      ([2, 10], [0, 1]), ([1, 10], [0, 1, 2]),
    ]
    for (counts, hidden) in table {
      #expect(Suppression.hidden(in: .list(counts), below: 10) == hidden, "\(counts)")
    }
  }

  @Test func `what is hidden of a grid makes a rectangle`() {
    let table = CountTable.grid([[3, 20, 30], [25, 40, 50], [60, 70, 80]])
    #expect(Suppression.hidden(in: table, below: 5) == [0, 1, 4, 5])
  }

  @Test func `what was hidden stays so, and the same table is told the same way`() throws {
    let first = CountTable.list([3, 12, 40])
    let hidden = try #require(Suppression.hidden(in: first, below: 10))
    #expect(hidden == [0, 1])
    let release = Suppression.Release(first, hidden: hidden)
    #expect(Suppression.hidden(in: first, below: 10, after: [release]) == hidden)
    // Alone it would be shown whole; its total would tell what was hidden.
    let grown = CountTable.list([11, 12, 40])
    #expect(Suppression.hidden(in: grown, below: 10) == [])
    #expect(Suppression.hidden(in: grown, below: 10, after: [release]) == hidden)
    // The count that protected is small now: the total goes too.
    let shrunk = CountTable.list([3, 2, 40])
    #expect(Suppression.hidden(in: shrunk, below: 10, after: [release]) == [0, 1, 3])
  }
}
