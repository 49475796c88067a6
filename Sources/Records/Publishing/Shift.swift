/// How far one cell of a table could be more, or less, than it is, while every cell that is shown keeps
/// its count and all sums hold.
///
/// It is a flow through the hidden cells from one end of the cell to the other. Each piece of it goes the
/// way that hides the fewest further cells; among as many, the smallest.
struct Shift {
  private let table: CountTable
  /// How much less each cell may be.
  private let fall: [Int]
  private let cell: Int
  private let isRising: Bool
  /// How much more each cell is now than it was.
  private var moved: [Int]
  /// How far the cell got.
  private(set) var reached = 0

  init(_ table: CountTable, _ cell: Int, isRising: Bool, fall: [Int]) {
    self.table = table
    self.cell = cell
    self.isRising = isRising
    self.fall = fall
    moved = fall.map { _ in 0 }
  }

  /// Moves the cell as far as wanted, or as far as it goes.
  ///
  /// - Parameters:
  ///   - wanted: how far is enough.
  ///   - hidden: the cells that may move.
  ///   - open: those that may be hidden for it.
  /// - Returns: those that had to be.
  mutating func reach(_ wanted: Int, _ hidden: Set<Int>, opening open: Set<Int> = []) -> Set<Int> {
    let most = isRising ? wanted : min(wanted, fall[cell])
    var opened: Set<Int> = []
    while reached < most {
      let path = cheapest(hidden.union(opened), open)
      guard !path.isEmpty else { break }
      let room = path.filter { !$0.isUp }.map { fall[$0.cell] + moved[$0.cell] }.min()
      let step = min(room ?? most, most - reached)
      for part in path {
        moved[part.cell] += part.isUp ? step : -step
        if !hidden.contains(part.cell) { opened.insert(part.cell) }
      }
      reached += step
    }
    return opened
  }

  private func cheapest(_ hidden: Set<Int>, _ open: Set<Int>) -> [(cell: Int, isUp: Bool)] {
    let cells = table.cells
    let usable = cells.indices.filter { $0 != cell && (hidden.contains($0) || open.contains($0)) }
    let (start, end) =
      isRising ? (cells[cell].to, cells[cell].from) : (cells[cell].from, cells[cell].to)
    var costs = [Int?](repeating: nil, count: table.nodes)
    var steps = [(cell: Int, isUp: Bool)?](repeating: nil, count: table.nodes)
    costs[start] = 0
    var isChanged = true
    while isChanged {
      isChanged = false
      for place in usable {
        let price = hidden.contains(place) ? 0 : 1 << 40 + cells[place].count
        func go(_ from: Int, _ to: Int, isUp: Bool) {
          guard let cost = costs[from], cost + price < costs[to] ?? .max else { return }
          costs[to] = cost + price
          steps[to] = (place, isUp)
          isChanged = true
        }
        go(cells[place].from, cells[place].to, isUp: true)
        if fall[place] + moved[place] > 0 {
          go(cells[place].to, cells[place].from, isUp: false)
        }
      }
    }
    var path: [(cell: Int, isUp: Bool)] = []
    var node = end
    while node != start, let step = steps[node] {
      path.append(step)
      node = step.isUp ? cells[step.cell].from : cells[step.cell].to
    }
    return node == start ? path : []
  }
}
