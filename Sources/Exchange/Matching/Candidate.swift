import Ledger
package import Matching
package import Records
package import Values

/// One candidate for an item, with everything that speaks for and against it.
package struct Candidate: Sendable {
  /// The candidate.
  package var profile: Profile
  /// The score, opened into factors.
  package var card: Scorecard
  /// The gates it did not pass; empty for a candidate that may be recommended.
  package var failed: [FailedGate]

  /// The facts that speak for it, strongest first.
  package var reasons: [String] {
    strong.map(\.evidence)
  }

  /// The factors that speak for it, strongest first.
  package var strong: [Factor] {
    card.factors.filter { factor in
      // That nobody knows it yet speaks neither for nor against it.
      if factor.dimension == Comparison.track, profile.track.isNew { return false }
      return (factor.value ?? .zero) >= Ratio(3, 10)
    }.sorted { left, right in
      (left.value ?? .zero) * Ratio(Int128(card.weight(of: left)))
        > (right.value ?? .zero) * Ratio(Int128(card.weight(of: right)))
    }
  }

  /// The factor that costs it most, other than the two that speak most for it; `nil` when nothing does.
  package var weak: Factor? {
    let best = strong.prefix(2).map(\.dimension)
    return card.factors.filter { factor in
      if factor.dimension == Comparison.track, profile.track.isNew { return false }
      return (factor.value ?? .one) < .one && !best.contains(factor.dimension)
    }.max {
      left,
      right in
      let a = (.one - (left.value ?? .one)) * Ratio(Int128(card.weight(of: left)))
      let b = (.one - (right.value ?? .one)) * Ratio(Int128(card.weight(of: right)))
      return a < b
    }
  }

  /// The candidate as the command line and the API give it.
  package var json: JSON {
    .object([
      "id": .string(profile.id), "kind": .string(profile.kind.rawValue),
      "code": .string(profile.code), "name": .string(profile.name),
      "score": card.score.map { .number($0.decimal(places: 2)) } ?? .null,
      "grade": .string(card.grade.rawValue),
      "completeness": .number(card.completeness.decimal(places: 2)),
      "reasons": .array(reasons.map(JSON.string)),
      "factors": .array(
        card.factors.map { factor in
          .object([
            "dimension": .string(factor.dimension.name), "label": .string(factor.dimension.label),
            "weight": .integer(card.weight(of: factor)),
            "value": factor.value.map { .number($0.decimal(places: 4)) } ?? .null,
            "evidence": .string(factor.evidence), "suggested": .boolean(factor.isSuggested),
          ])
        }
      ),
    ])
  }
}

/// What a match found.
package struct MatchResult: Sendable {
  /// The item asked for.
  package var asked: Profile
  /// What its text suggested.
  package var suggestions: Suggestions
  /// The candidates, best first.
  package var candidates: [Candidate]
  /// Those that one or two gates kept out, best first.
  package var nearMisses: [Candidate]
  /// The weights used.
  package var weights: Weights

  /// The result without what a reader may not see.
  package func seen(by reader: Reader) -> MatchResult {
    guard ![.cityBureau, .countyBureau, .department].contains(reader.role) else { return self }
    var copy = self
    copy.candidates.removeAll { !$0.profile.isPublic }
    // That a problem is confidential is for the parties to know.
    copy.nearMisses.removeAll { near in
      !near.profile.isPublic || near.failed.contains { $0.code == "G9" }
    }
    return copy
  }
}
