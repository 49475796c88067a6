import Records
package import Values

/// How a value becomes points (计分方法), by its number in `assessment.md` §1.5.
package enum ScoringMethod: String, Choice {
  case threshold, ratio, twoLine, linear, piecewise, bestInGroup, gapToMean, rank, improvement
  case deduction, levelCount, veto, panel, satisfaction, bonus

  package var label: String {
    switch self {
    case .threshold: "达标得分"
    case .ratio: "比率法"
    case .twoLine: "双线比率"
    case .linear: "线性插值"
    case .piecewise: "分段线性"
    case .bestInGroup: "对标最高"
    case .gapToMean: "均值差分档"
    case .rank: "名次法"
    case .improvement: "增量"
    case .deduction: "扣分制"
    case .levelCount: "折算累计"
    case .veto: "一票否决"
    case .panel: "专家评分"
    case .satisfaction: "满意度"
    case .bonus: "加减分"
    }
  }

  package var aliases: [String] { ["S\((Self.allCases.firstIndex(of: self) ?? 0) + 1)"] }
}

/// A method with what it needs to know.
package struct ScoringRule: Hashable, Sendable {
  /// The method.
  package var method: ScoringMethod
  /// Whether less is better.
  package var isNegative = false
  /// The value for full points: T, or the qualified line Tq.
  package var target: Exact?
  /// The line below which there are none: Tr.
  package var restricted: Exact?
  /// The value for none, and the one for all, of a line between: L and H.
  package var low: Exact?
  package var high: Exact?
  /// The value below which the best of the group is no measure: F.
  package var floor: Exact?
  /// The points at some values, in their order.
  package var knots: [Knot] = []

  /// One point of a broken line.
  package struct Knot: Hashable, Sendable {
    /// The value.
    package var value: Exact
    /// The points.
    package var points: Exact

    /// Makes a point.
    package init(_ value: Exact, _ points: Exact) { (self.value, self.points) = (value, points) }
  }

  /// Makes a rule of a method alone.
  package init(_ method: ScoringMethod) { self.method = method }

  /// What is missing for the method to work; empty for nothing.
  package var problems: [Problem] {
    func missing(_ path: String, _ label: String) -> Problem {
      Problem("EVA-E-001", path, "\(method.label)要写明\(label)。")
    }
    var problems: [Problem] = []
    switch method {
    case .threshold, .ratio, .improvement:
      if target == nil { problems.append(missing("target", "目标值")) }
    case .twoLine:
      if target == nil { problems.append(missing("target", "合格线")) }
      if restricted == nil { problems.append(missing("restricted", "限制线")) }
      if let target, let restricted, isNegative ? restricted < target : restricted > target {
        problems.append(
          Problem(
            "EVA-E-002",
            "restricted",
            "限制线和合格线写反了：\(isNegative ? "越小越好时限制线应大于合格线" : "限制线应小于合格线")。"
          )
        )
      }
    case .linear:
      if low == nil { problems.append(missing("low", "零分值")) }
      if high == nil { problems.append(missing("high", "满分值")) }
      if let low, low == high { problems.append(Problem("EVA-E-002", "high", "零分值和满分值不能相同。")) }
    case .piecewise:
      if knots.count < 2 { problems.append(missing("knots", "至少两个折点")) }
      if zip(knots, knots.dropFirst()).contains(where: { $0.value >= $1.value }) {
        problems.append(Problem("EVA-E-002", "knots", "折点的值要从小到大。"))
      }
    default: break
    }
    if let target, target == .zero, method == .ratio || method == .twoLine {
      problems.append(Problem("EVA-E-002", "target", "目标值不能是 0，要相除。"))
    }
    return problems
  }

  /// The points of a value, before rounding.
  ///
  /// - Parameters:
  ///   - value: the value.
  ///   - former: that of the year before; `nil` for none.
  ///   - weight: the points there are.
  ///   - group: the values of all that are ranked, the own one among them.
  /// - Returns: the points; `nil` when the method can't say, such as without a former value.
  package func points(
    _ value: Exact,
    former: Exact? = nil,
    of weight: Exact,
    in group: [Exact] = []
  ) -> Exact? {
    switch method {
    case .threshold:
      guard let target else { return nil }
      return (isNegative ? value <= target : value >= target) ? weight : .zero
    case .ratio: return ratio(value, weight)
    case .twoLine:
      guard let target, let restricted else { return nil }
      if isNegative ? value <= target : value >= target { return weight }
      if isNegative ? value > restricted : value < restricted { return .zero }
      return ratio(value, weight)
    case .linear:
      guard let low, let high, let span = high.subtracting(low),
        let part = value.subtracting(low)?.divided(by: span)
      else { return nil }
      return part.clamped.multiplied(by: weight)
    case .piecewise: return broken(value)
    case .bestInGroup, .levelCount:
      if let floor, value < floor { return .zero }
      guard let best = group.max(), best > .zero else { return .zero }
      return value.divided(by: best)?.clamped.multiplied(by: weight)
    case .gapToMean: return byGap(value, weight, group)
    case .rank:
      let better = group.count { isNegative ? $0 < value : $0 > value }
      return Exact(Int128(group.count - better), over: Int128(max(1, group.count)))?
        .multiplied(by: weight)
    case .improvement:
      guard let target, let former else { return nil }
      if isNegative ? former <= target : former >= target {
        return (isNegative ? value <= target : value >= target) ? weight : .zero
      }
      return value.subtracting(former)
        .flatMap { gained in target.subtracting(former).flatMap { gained.divided(by: $0) } }?
        .clamped.multiplied(by: weight)
    case .deduction:
      return weight.subtracting(value).map { $0 < .zero ? .zero : min($0, weight) }
    case .veto: return .zero
    case .panel, .satisfaction:
      return value.divided(by: Exact(100))?.clamped.multiplied(by: weight)
    case .bonus: return value
    }
  }

  /// The part of the target that is reached; turned round where less is better, or the worse would win.
  private func ratio(_ value: Exact, _ weight: Exact) -> Exact? {
    guard let target else { return nil }
    if isNegative, value <= .zero { return weight }
    let part = isNegative ? target.divided(by: value) : value.divided(by: target)
    return part?.clamped.multiplied(by: weight)
  }

  private func broken(_ value: Exact) -> Exact? {
    guard let first = knots.first, let last = knots.last else { return nil }
    if value <= first.value { return first.points }
    if value >= last.value { return last.points }
    for (left, right) in zip(knots, knots.dropFirst()) where value < right.value {
      guard let span = right.value.subtracting(left.value),
        let part = value.subtracting(left.value)?.divided(by: span),
        let rise = right.points.subtracting(left.points)
      else { return nil }
      return part.multiplied(by: rise)?.adding(left.points)
    }
    return last.points
  }

  /// Bands by how many points of a hundred a value is below the mean of the group.
  private func byGap(_ value: Exact, _ weight: Exact, _ group: [Exact]) -> Exact? {
    guard let sum = group.reduce(Exact?.some(.zero), { $0?.adding($1) }),
      let mean = sum.divided(by: Exact(max(1, group.count)))
    else { return nil }
    guard let gap = isNegative ? value.subtracting(mean) : mean.subtracting(value) else {
      return nil
    }
    let tenths = gap <= .zero ? 10 : gap <= Exact(5) ? 9 : gap <= Exact(10) ? 8 : 6
    return Exact(Int128(tenths), over: 10)?.multiplied(by: weight)
  }

  /// The mark of a panel: of five and more the best and the worst are left out, the rest is averaged.
  ///
  /// - Parameter marks: the marks, 0…100.
  /// - Returns: the mark, and whether the marks lie more than 20 apart, so that it is to be done again;
  ///   `nil` for no marks.
  package static func panel(_ marks: [Exact]) -> (mark: Exact, isApart: Bool)? {
    let sorted = marks.sorted()
    guard let least = sorted.first, let most = sorted.last else { return nil }
    let kept = sorted.count >= 5 ? Array(sorted.dropFirst().dropLast()) : sorted
    let sum = kept.reduce(Exact?.some(.zero)) { $0?.adding($1) }
    guard let mark = sum?.divided(by: Exact(kept.count)), let spread = most.subtracting(least)
    else {
      return nil
    }
    return (mark, spread > Exact(20))
  }

  /// What comes of the ends of a rule: how somebody who sets it sees whether it rewards what it should.
  ///
  /// - Parameter weight: the points there are.
  /// - Returns: values with their points.
  package func curve(_ weight: Exact) -> [(value: Exact, points: Exact)] {
    var values: [Exact] = knots.map(\.value)
    for one in [target, restricted, low, high, floor].compactMap({ $0 }) { values.append(one) }
    guard let most = values.max() else { return [] }
    values += [.zero, most.multiplied(by: Exact(2)) ?? most]
    return Set(values).sorted().compactMap { value in
      points(value, former: .zero, of: weight, in: [value, most]).map { (value, $0) }
    }
  }
}

extension Exact {
  /// The number between 0 and 1.
  var clamped: Exact { self < .zero ? .zero : self > Exact(1) ? Exact(1) : self }

  /// The number rounded to two places, half away from nought.
  package var rounded: Exact {
    rounded(places: 2).flatMap { Exact($0, over: 100) } ?? self
  }
}
