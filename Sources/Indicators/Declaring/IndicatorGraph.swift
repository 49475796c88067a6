/// Which indicator uses which others.
package struct IndicatorGraph: Sendable {
  private let uses: [String: [String]]

  /// Takes the formulas by code; one that can't be read uses nothing.
  package init(_ formulas: [String: Formula?]) {
    uses = formulas.mapValues { $0?.uses ?? [] }
  }

  /// A way from an indicator back to itself, which it begins and ends with; `nil` when there is none.
  package func cycle(through code: String) -> [String]? {
    var seen: Set<String> = []
    func way(from place: String) -> [String]? {
      for next in uses[place] ?? [] {
        if next == code { return [next] }
        guard seen.insert(next).inserted else { continue }
        if let rest = way(from: next) { return [next] + rest }
      }
      return nil
    }
    return way(from: code).map { [code] + $0 }
  }

  /// Every cycle there is, each once.
  package var cycles: [[String]] {
    var found: [[String]] = []
    var told: Set<String> = []
    for code in uses.keys.sorted() where !told.contains(code) {
      guard let cycle = cycle(through: code) else { continue }
      found.append(cycle)
      told.formUnion(cycle)
    }
    return found
  }

  /// All indicators that one rests on, directly or not, without itself.
  package func foundations(of code: String) -> Set<String> {
    var found: Set<String> = []
    var rest = uses[code] ?? []
    while let next = rest.popLast() {
      if found.insert(next).inserted { rest += uses[next] ?? [] }
    }
    return found
  }
}
