/// Counts with the sums that hold among them: a list with its total, or a grid with the totals of its
/// rows and columns.
///
/// The cells are arcs of a network in which as much leaves every node as enters it. A row is a node that
/// its total enters and its cells leave; a column is one that its cells enter and its total leaves. What
/// cells may hold when others are known is then a question of flows, which has exact answers in whole
/// numbers.
package struct CountTable: Hashable, Sendable {
  /// A count, as an arc from one node to another.
  struct Cell: Hashable, Sendable {
    var from: Int
    var to: Int
    var count: Int
  }

  /// The cells, totals among them.
  let cells: [Cell]
  /// How many nodes there are.
  let nodes: Int

  /// The counts, totals among them.
  package var counts: [Int] { cells.map(\.count) }

  private init(cells: [Cell], nodes: Int) {
    self.cells = cells
    self.nodes = nodes
  }

  /// A list with its total, which is the last cell.
  ///
  /// - Parameter counts: the counts, none negative.
  /// - Returns: the table, of one cell more.
  package static func list(_ counts: [Int]) -> CountTable {
    let total = Cell(from: 1, to: 0, count: counts.reduce(0, +))
    return CountTable(cells: counts.map { Cell(from: 0, to: 1, count: $0) } + [total], nodes: 2)
  }

  /// A grid with its totals: each row is followed by its total, the last row holds the totals of the
  /// columns and of everything.
  ///
  /// - Parameter rows: the counts, none negative, as many in each row.
  /// - Returns: the table, of one row and one column more; its cells row by row.
  package static func grid(_ rows: [[Int]]) -> CountTable {
    let width = rows.first?.count ?? 0
    let (entry, exit) = (rows.count + width, rows.count + width + 1)
    var cells: [Cell] = []
    for (number, row) in rows.enumerated() {
      for (place, count) in row.enumerated() {
        cells.append(Cell(from: number, to: rows.count + place, count: count))
      }
      cells.append(Cell(from: entry, to: number, count: row.reduce(0, +)))
    }
    for place in 0..<width {
      let sum = rows.reduce(0) { $0 + $1[place] }
      cells.append(Cell(from: rows.count + place, to: exit, count: sum))
    }
    cells.append(Cell(from: exit, to: entry, count: rows.joined().reduce(0, +)))
    return CountTable(cells: cells, nodes: exit + 1)
  }

  /// The cells that hold somebody, but fewer than so many.
  func small(_ threshold: Int) -> [Int] {
    cells.indices.filter { cells[$0].count > 0 && cells[$0].count < threshold }
  }
}
