package import Values

/// One viewpoint from which two things are compared, such as distance; its name is the city's.
package struct Dimension: Hashable, Sendable {
  /// The name in weights files and answers.
  package let name: String
  /// What users read.
  package let label: String

  /// Makes a dimension.
  package init(_ name: String, _ label: String) {
    self.name = name
    self.label = label
  }
}

/// How much each dimension counts; whole numbers, by the dimension's name.
package struct Weights: Hashable, Sendable {
  /// The weights; a dimension that is absent is not looked at.
  package var byDimension: [String: Int]

  /// Makes weights.
  package init(_ byDimension: [String: Int]) {
    self.byDimension = byDimension.filter { $0.value > 0 }
  }

  /// The sum of all weights.
  package var total: Int { byDimension.values.reduce(0, +) }

  /// The weights with some replaced; what is not named keeps its own.
  package func replacing(_ other: [String: Int]) -> Weights {
    Weights(byDimension.merging(other) { $1 })
  }
}

/// What one dimension says of a pair.
package struct Factor: Sendable {
  /// The dimension.
  package var dimension: Dimension
  /// How well the pair fits, 0…1; `nil` when there is no data to tell.
  package var value: Ratio?
  /// The Chinese sentence with the facts used.
  package var evidence: String
  /// Whether a fact was only suggested by a text and nobody has confirmed it.
  package var isSuggested: Bool
  /// The smallest change that would make it better; may be empty.
  package var improvement: String

  /// Makes a factor.
  package init(
    _ dimension: Dimension,
    _ value: Ratio?,
    _ evidence: String,
    isSuggested: Bool = false,
    improvement: String = ""
  ) {
    self.dimension = dimension
    self.value = value
    self.evidence = evidence
    self.isSuggested = isSuggested
    self.improvement = improvement
  }
}

/// How strongly a pair is recommended.
package enum Grade: String, Sendable, Comparable {
  /// 80 and more, with enough data.
  case a = "A"
  /// 65 to 79; also the most a pair with little data can get.
  case b = "B"
  /// 50 to 64.
  case c = "C"
  /// Below 50, or no data at all.
  case none = "–"

  package static func < (left: Grade, right: Grade) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .a: 3
    case .b: 2
    case .c: 1
    case .none: 0
    }
  }

  /// What users read.
  package var label: String {
    switch self {
    case .a: "强推荐"
    case .b: "推荐"
    case .c: "可考虑"
    case .none: "不推荐"
    }
  }
}

/// The score of a pair, opened into its factors; exact until shown.
///
/// See `exchange.md` §6.3.
package struct Scorecard: Sendable {
  /// What each dimension says, heaviest first.
  package var factors: [Factor]
  /// The weights used.
  package var weights: Weights
  /// 0…100; `nil` when no dimension has data.
  package var score: Ratio?
  /// The share of the weights that had data, 0…1.
  package var completeness: Ratio
  /// The grade; at most B when less than 0.6 of the weights had data.
  package var grade: Grade

  /// Adds up factors: `100 × Σ w·v ÷ Σ w` over the dimensions with data.
  package init(_ factors: [Factor], weights: Weights) {
    let used = factors.filter { weights.byDimension[$0.dimension.name] != nil }
    self.factors = used.sorted {
      (weights.byDimension[$0.dimension.name] ?? 0, $1.dimension.name)
        > (weights.byDimension[$1.dimension.name] ?? 0, $0.dimension.name)
    }
    self.weights = weights
    (score, completeness) = Self.sum(factors, weights)
    grade = score.map { [completeness] in Self.grade($0, completeness) } ?? .none
  }

  /// The score and completeness alone, for ranking many.
  ///
  /// - Returns: the score, 0…100, `nil` when no dimension has data; the share of the weights that had.
  package static func sum(_ factors: [Factor], _ weights: Weights) -> (
    score: Ratio?, completeness: Ratio
  ) {
    var sum = Ratio.zero
    var withData = 0
    for factor in factors {
      guard let value = factor.value, let weight = weights.byDimension[factor.dimension.name] else {
        continue
      }
      sum = sum + value * Ratio(Int128(weight))
      withData += weight
    }
    let completeness = Ratio(part: withData, of: weights.total) ?? .zero
    return (withData > 0 ? sum * Ratio(100, Int128(withData)) : nil, completeness)
  }

  /// The weight of a factor's dimension.
  package func weight(of factor: Factor) -> Int { weights.byDimension[factor.dimension.name] ?? 0 }

  /// The score as shown, a half going up.
  package var shown: Int? { score?.rounded }

  private static func grade(_ score: Ratio, _ completeness: Ratio) -> Grade {
    let isThin = completeness < Ratio(3, 5)
    if score >= Ratio(80) { return isThin ? .b : .a }
    if score >= Ratio(65) { return .b }
    return score >= Ratio(50) ? .c : .none
  }
}
