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
  /// The points at the ends of the rule, as whoever sets it sees what it rewards; empty for a branch and for methods
  /// that rank.
  package var curve: [(value: Exact, points: Exact)] {
    guard let rule, rule.problems.isEmpty, let full = weight.flatMap({ Exact($0, places: 2) })
    else {
      return []
    }
    switch rule.method {
    case .threshold, .ratio, .twoLine, .linear, .piecewise: return rule.curve(full)
    default: return []
    }
  }

  /// What is wrong with what the rule rewards: the worse gets more, or nobody can get all (the traps of
  /// `assessment.md` §1.5).
  var curveProblem: Problem? {
    let curve = curve
    guard curve.count > 1, let full = weight.flatMap({ Exact($0, places: 2) }) else { return nil }
    for (left, right) in zip(curve, curve.dropFirst())
    where direction == .negative ? right.points > left.points : right.points < left.points {
      let way = direction == .negative ? "越小越好" : "越大越好"
      return Problem(
        "EVA-E-018",
        code,
        "末级指标 \(code) 说\(way)，但值 \(left.value.shown) 得 \(left.points.shown) 分、值 \(right.value.shown) 得 \(right.points.shown) 分：更差的得了更多。"
      )
    }
    guard curve.contains(where: { $0.points >= full }) else {
      return Problem("EVA-E-019", code, "末级指标 \(code) 满分 \(full.shown) 分，按计分方法谁也得不到。")
    }
    return nil
  }

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
