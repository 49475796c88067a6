/// Finds what a user probably meant.
package enum NearMiss {
  /// The candidates nearest to a text, best first; only those near enough to be worth offering.
  ///
  /// - Parameters:
  ///   - text: what was found.
  ///   - candidates: what would have been accepted.
  ///   - most: how many to offer.
  /// - Returns: at most `most` candidates within a third of the text's length, or containing it.
  package static func of(_ text: String, among candidates: some Sequence<String>, most: Int = 3)
    -> [String]
  {
    let wanted = Array(Text.comparable(text).unicodeScalars)
    guard !wanted.isEmpty else { return [] }
    let limit = max(1, wanted.count / 3)
    var found: [(distance: Int, candidate: String)] = []
    for candidate in candidates {
      let other = Array(Text.comparable(candidate).unicodeScalars)
      guard !other.isEmpty else { continue }
      let shorter = min(wanted.count, other.count)
      if abs(wanted.count - other.count) <= limit {
        let distance = editDistance(wanted, other, limit: limit)
        if distance <= limit { found.append((distance, candidate)) }
      } else if shorter >= 2, Text.comparable(candidate).contains(Text.comparable(text)) {
        found.append((limit + 1 + other.count - wanted.count, candidate))
      }
    }
    return found.sorted { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }
      .prefix(most).map(\.candidate)
  }

  /// The sentence that offers near misses, or an empty text when there is none.
  package static func suggestion(_ text: String, among candidates: some Sequence<String>) -> String
  {
    let near = of(text, among: candidates)
    return near.isEmpty ? "" : "你是不是想填：" + near.joined(separator: "、") + "？"
  }

  /// How alike two texts are, 0…1: what is left of the longer one's length after the edits between them.
  ///
  /// Blanks, widths and capitals do not count.
  package static func likeness(_ left: String, _ right: String) -> Ratio {
    let left = Array(Text.comparable(left).unicodeScalars)
    let right = Array(Text.comparable(right).unicodeScalars)
    guard !left.isEmpty, !right.isEmpty else { return left.isEmpty && right.isEmpty ? .one : .zero }
    let longer = max(left.count, right.count)
    let distance = editDistance(left, right, limit: longer)
    return Ratio(Int128(longer - distance), Int128(longer))
  }

  /// Edits (insert, delete, replace, swap of neighbours) between two texts, given up beyond a limit.
  private static func editDistance(
    _ left: [Unicode.Scalar],
    _ right: [Unicode.Scalar],
    limit: Int
  ) -> Int {
    var twoBack: [Int] = []
    var back = Array(0...right.count)
    for i in 1...left.count {
      var row = [i]
      row.reserveCapacity(right.count + 1)
      for j in 1...right.count {
        var best = min(back[j] + 1, row[j - 1] + 1)
        best = min(best, back[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          best = min(best, twoBack[j - 2] + 1)
        }
        row.append(best)
      }
      if (row.min() ?? 0) > limit { return limit + 1 }
      twoBack = back
      back = row
    }
    return back[right.count]
  }
}
