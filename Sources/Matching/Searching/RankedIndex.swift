#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ranks a few thousand reference texts by how well they answer words of a query (BM25 over fields).
///
/// Grams are single Han characters, pairs of them, and whole Latin words. Unlike `TextIndex` it finds
/// what shares anything with the query, not what contains it.
package struct RankedIndex: Sendable {
  /// A weighted bag of grams.
  package typealias Bag = [UInt64: Double]

  private var postings: [UInt64: [(document: Int32, impact: Float)]] = [:]
  private var rarities: [UInt64: Double] = [:]
  /// How many texts are in.
  package let count: Int

  private static let saturation = 3.0
  private static let lengthShare = 0.5
  private static let most = 3.0

  /// Builds an index.
  ///
  /// - Parameters:
  ///   - documents: each a text per field, in the order of the weights.
  ///   - weights: how much each field counts.
  package init(_ documents: [[String]], weights: [Double]) {
    count = documents.count
    var lengths = Array(repeating: 0.0, count: weights.count)
    var filled = Array(repeating: 0.0, count: weights.count)
    let bags = documents.map { fields in
      fields.enumerated().map { number, text in
        let bag = Self.bag(text)
        let length = bag.values.reduce(0, +)
        if length > 0 {
          lengths[number] += length
          filled[number] += 1
        }
        return (bag: bag, length: length)
      }
    }
    var raw: [UInt64: [(Int32, Double)]] = [:]
    for (document, fields) in bags.enumerated() {
      var sums: Bag = [:]
      for (number, field) in fields.enumerated() where field.length > 0 {
        let norm =
          1 - Self.lengthShare + Self.lengthShare * field.length
          / (lengths[number] / filled[number])
        for (gram, times) in field.bag {
          sums[gram, default: 0] += weights[number] * min(times, Self.most) / norm
        }
      }
      for (gram, weight) in sums { raw[gram, default: []].append((Int32(document), weight)) }
    }
    let total = Double(documents.count)
    for (gram, list) in raw {
      let rarity = log(1 + (total - Double(list.count) + 0.5) / (Double(list.count) + 0.5))
      rarities[gram] = rarity
      postings[gram] = list.map { ($0.0, Float(rarity * $0.1 / (Self.saturation + $0.1))) }
    }
  }

  /// How rare a gram is; the rarity of a gram never seen when it is unknown and `countsUnknown`.
  package func rarity(_ gram: UInt64, countsUnknown: Bool = false) -> Double {
    rarities[gram] ?? (countsUnknown ? log(1 + (Double(count) + 0.5) / 0.5) : 0)
  }

  /// The score of every text for a query.
  package func scores(_ query: Bag) -> [Double] {
    var scores = Array(repeating: 0.0, count: count)
    for (gram, weight) in query {
      for posting in postings[gram] ?? [] {
        scores[Int(posting.document)] += weight * Double(posting.impact)
      }
    }
    return scores
  }

  /// The best a text could score for a query: what it would if it had every gram at full impact.
  package func bestPossible(_ query: Bag, countsUnknown: Bool) -> Double {
    query.reduce(0) { $0 + $1.value * rarity($1.key, countsUnknown: countsUnknown) }
  }

  /// The grams of a text with how often each stands in it.
  package static func bag(_ text: String) -> Bag {
    var bag: Bag = [:]
    for run in runs(SearchText.normal(text)) {
      guard run.isHan else {
        bag[word(run.scalars), default: 0] += 1
        continue
      }
      for (index, scalar) in run.scalars.enumerated() {
        bag[UInt64(scalar), default: 0] += 1
        if index + 1 < run.scalars.count {
          bag[pair(scalar, run.scalars[index + 1]), default: 0] += 1
        }
      }
    }
    return bag
  }

  /// A run of Han characters, or of Latin letters with digits.
  package struct Run {
    /// The characters.
    package var scalars: [UInt32]
    /// Whether they are Han.
    package var isHan: Bool
  }

  /// The runs of a normalised text; digits alone are left out.
  package static func runs(_ scalars: [UInt32]) -> [Run] {
    var runs: [Run] = []
    var current: [UInt32] = []
    var isHan = false
    func isLetter(_ value: UInt32) -> Bool { (0x61...0x7A).contains(value) }
    func finish() {
      if isHan ? !current.isEmpty : current.contains(where: isLetter) {
        runs.append(Run(scalars: current, isHan: isHan))
      }
      current = []
    }
    for value in scalars {
      let han = (0x3400...0x9FFF).contains(value) || (0x20000...0x3134F).contains(value)
      let latin = isLetter(value) || (0x30...0x39).contains(value) || value == 0x2B || value == 0x23
      if (han || latin), han != isHan { finish() }
      if han || latin {
        isHan = han
        current.append(value)
      } else {
        finish()
      }
    }
    finish()
    return runs
  }

  /// The gram of two neighbouring characters.
  package static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  /// The gram of a Latin word.
  package static func word(_ scalars: [UInt32]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for scalar in scalars { hash = (hash ^ UInt64(scalar)) &* 0x100_0000_01B3 }
    return hash | 1 << 63
  }
}
