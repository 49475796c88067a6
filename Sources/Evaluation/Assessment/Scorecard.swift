package import Values

/// What is found of one leaf of a scheme for one organisation.
package struct LeafScore: Sendable {
  /// What comes of it.
  package enum Outcome: Hashable, Sendable {
    /// It has points.
    case scored
    /// Something it needs was not reported; no points.
    case notReported([String])
    /// It does not apply, said or because there is nothing to divide by.
    case notApplicable
  }

  /// The indicator.
  package var indicator: AssessmentIndicator
  /// What comes of it.
  package var outcome: Outcome
  /// The value; `nil` for none.
  package var value: Exact?
  /// That of the year before.
  package var former: Exact?
  /// The points there are, after those of what does not apply were given to others.
  package var full: Exact
  /// The points it has, to two places.
  package var score: Exact
  /// How it came about, in words.
  package var why: String
  /// The numbers it was computed of, by their names.
  package var numbers: [String] = []

  /// The points it lacks.
  package var lost: Exact { full.subtracting(score) ?? .zero }
  /// The part of the points it has; `nil` without any to have.
  package var part: Exact? { score.divided(by: full) }

  /// Green from nine tenths on, yellow from six, else red; grey where it does not apply.
  package var light: String {
    if case .notReported = outcome { return "red" }
    guard outcome == .scored, let part else { return "grey" }
    if part >= (Exact(9, over: 10) ?? .zero) { return "green" }
    return part >= (Exact(3, over: 5) ?? .zero) ? "yellow" : "red"
  }
}

/// What is found of one organisation.
package struct Scorecard: Sendable {
  /// The organisation: a county's or a school's identifier.
  package var organisation: String
  /// Its name.
  package var name: String
  /// Its leaves, in order.
  package var leaves: [LeafScore]
  /// Points above and below, within their caps.
  package var bonus: Exact
  package var deduct: Exact
  /// The codes of vetoes that hit.
  package var vetoes: [String]
  /// The end: points, bonus and deduction.
  package var total: Exact
  /// The grade: 优秀, 良好, 合格 or 不合格.
  package var grade = ""
  /// The place, of ties the better one.
  package var rank = 0
  /// The best and the worst place when the weight of one branch is ten in a hundred more or less.
  package var ranks: ClosedRange<Int> = 0...0

  /// The points of a branch or leaf.
  package func score(of code: String) -> Exact {
    leaves.filter { $0.indicator.code == code || $0.indicator.isBelow(code) }
      .reduce(.zero) { $0.adding($1.score) ?? $0 }
  }

  /// The leaves that lack most, most first.
  package var nearest: [LeafScore] {
    leaves.filter { $0.lost > .zero && $0.outcome != .notApplicable }.sorted { $0.lost > $1.lost }
  }
}

extension AssessmentIndicator {
  /// Whether its code says that it lies below a branch: `C3.1` below `C3`.
  func isBelow(_ branch: String) -> Bool { code.hasPrefix(branch + ".") || parentCode == branch }
}

extension Exact {
  /// The number as people write it: whole, to two places, or to four where it is small.
  package var shown: String {
    if isWhole { return String(numerator) }
    return magnitude < Exact(1) ? text(places: 4) : text(places: 2)
  }
}
