/// Somebody who reads what was published and reckons.
///
/// Tries whole numbers for everything that is hidden until all sums hold; knows nothing of how cells are
/// hidden.
struct SuppressionAttacker {
  /// A total and what it is the sum of.
  struct Sum {
    var total: Int
    var parts: [Int]
  }

  private var lows: [Int] = []
  private var highs: [Int] = []
  private var sums: [Sum] = []
  private var sumsOf: [[Int]] = []
  private var variables: [[Int]] = []

  /// Reads releases of the same cells.
  ///
  /// - Parameters:
  ///   - releases: of each the counts that are shown, `nil` where hidden.
  ///   - unchanged: for each release but the first and each cell, an earlier release with the same count.
  ///   - sums: the sums that hold in each.
  ///   - most: more than this is nowhere tried.
  ///   - least: what a hidden count is at least.
  init(_ releases: [[Int?]], unchanged: [[Int?]], sums: [Sum], most: Int, least: Int) {
    for (number, release) in releases.enumerated() {
      var row: [Int] = []
      for (cell, shown) in release.enumerated() {
        if let same = unchanged[number][cell] {
          let variable = variables[same][cell]
          row.append(variable)
          if let shown { (lows[variable], highs[variable]) = (shown, shown) }
        } else {
          row.append(lows.count)
          lows.append(shown ?? least)
          highs.append(shown ?? most)
        }
      }
      variables.append(row)
      for sum in sums {
        self.sums.append(Sum(total: row[sum.total], parts: sum.parts.map { row[$0] }))
      }
    }
    sumsOf = lows.map { _ in [] }
    for (number, sum) in self.sums.enumerated() {
      for variable in Set(sum.parts + [sum.total]) { sumsOf[variable].append(number) }
    }
  }

  /// Whether a cell can't be told to lie between two numbers less than a width apart.
  func isPuzzled(by cell: Int, of release: Int, width: Int, truth: Int) -> Bool {
    let variable = variables[release][cell]
    guard let least = (lows[variable]...truth).first(where: { canBe(variable, $0) }),
      least + width <= highs[variable]
    else { return false }
    return (least + width...highs[variable]).contains { canBe(variable, $0) }
  }

  /// Whether what was published leaves the true counts possible.
  func admits(_ truth: [[Int]]) -> Bool {
    zip(variables, truth).allSatisfy { row, counts in
      zip(row, counts).allSatisfy { lows[$0] <= $1 && $1 <= highs[$0] }
    }
  }

  private func canBe(_ variable: Int, _ value: Int) -> Bool {
    var (lows, highs) = (self.lows, self.highs)
    (lows[variable], highs[variable]) = (value, value)
    guard narrow(&lows, &highs, sums.indices.map { $0 }) else { return false }
    return canBeFilled(lows, highs)
  }

  private func canBeFilled(_ lows: [Int], _ highs: [Int]) -> Bool {
    let open = lows.indices.filter { lows[$0] < highs[$0] }
    guard let next = open.min(by: { highs[$0] - lows[$0] < highs[$1] - lows[$1] }) else {
      return true
    }
    for value in lows[next]...highs[next] {
      var (narrowLows, narrowHighs) = (lows, highs)
      (narrowLows[next], narrowHighs[next]) = (value, value)
      if narrow(&narrowLows, &narrowHighs, sumsOf[next]), canBeFilled(narrowLows, narrowHighs) {
        return true
      }
    }
    return false
  }

  /// Narrows what everything can be by the sums; whether all can still hold.
  private func narrow(_ lows: inout [Int], _ highs: inout [Int], _ first: [Int]) -> Bool {
    var waiting = first
    while let number = waiting.popLast() {
      let sum = sums[number]
      let low = sum.parts.reduce(0) { $0 + lows[$1] }
      let high = sum.parts.reduce(0) { $0 + highs[$1] }
      func set(_ variable: Int, _ low: Int, _ high: Int) -> Bool {
        guard low > lows[variable] || high < highs[variable] else { return true }
        lows[variable] = max(lows[variable], low)
        highs[variable] = min(highs[variable], high)
        waiting += sumsOf[variable]
        return lows[variable] <= highs[variable]
      }
      guard set(sum.total, low, high) else { return false }
      let (least, most) = (lows[sum.total], highs[sum.total])
      for part in sum.parts {
        let (lowPart, highPart) = (lows[part], highs[part])
        guard set(part, least - (high - highPart), most - (low - lowPart)) else { return false }
      }
    }
    return true
  }
}
