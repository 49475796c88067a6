import Synchronization

/// Finds every text that contains what is asked for, best first; in memory, fed by changes.
///
/// A text is found when it contains each blank-separated term of the query, however the term cuts
/// through its words: `工程` is found in `在建工程师`. Words only rank. Recently changed texts are
/// looked through one by one until there are enough of them to be worth a segment.
package final class TextIndex: Sendable {
  /// One text found.
  package struct Hit: Hashable, Sendable {
    /// The key the text was put in under.
    package var key: String
    /// How well it fits, more is better.
    package var weight: Double
  }

  private let state = Mutex(State())

  struct State {
    var segments: [Segment] = []
    var tail: [(document: Int32, text: [UInt32])] = []
    var keys: [String] = []
    var isGone: [Bool] = []
    var documents: [String: Int32] = [:]
    var goneCount = 0
  }

  /// How many new texts wait before they become a segment.
  private static let tailLimit = 1024

  /// Makes an empty index.
  package init() {}

  /// Puts texts in, each under its key; a text already there is replaced.
  package func put(_ texts: some Sequence<(key: String, text: String)>) {
    let normal = texts.map { ($0.key, SearchText.normal($0.text)) }
    state.withLock { state in
      for (key, text) in normal { state.put(key, text) }
      state.settle(limit: Self.tailLimit)
    }
  }

  /// Takes a text out.
  package func remove(_ key: String) {
    state.withLock { $0.remove(key) }
  }

  /// The texts that contain every term of a query, best first.
  ///
  /// - Parameters:
  ///   - query: terms separated by blanks.
  ///   - most: how many at most.
  /// - Returns: the hits and how many there are in all.
  package func search(_ query: String, most: Int = 20) -> (hits: [Hit], count: Int) {
    let terms = query.split(whereSeparator: \.isWhitespace).map { SearchText.normal(String($0)) }
      .filter { !$0.isEmpty }
    guard !terms.isEmpty, most > 0 else { return ([], 0) }
    return state.withLock { $0.search(terms, most: most) }
  }

  /// How many texts are in.
  package var count: Int { state.withLock { $0.documents.count } }

  /// How many bytes the index holds, roughly.
  package var bytes: Int {
    state.withLock { state in
      state.segments.reduce(0) { $0 + $1.bytes } + state.keys.count * 48
        + state.tail.reduce(0) { $0 + $1.text.count * 4 }
    }
  }
}

extension TextIndex.State {
  mutating func put(_ key: String, _ text: [UInt32]) {
    remove(key)
    let document = Int32(keys.count)
    keys.append(key)
    isGone.append(false)
    documents[key] = document
    tail.append((document, text))
  }

  mutating func remove(_ key: String) {
    guard let document = documents.removeValue(forKey: key) else { return }
    isGone[Int(document)] = true
    goneCount += 1
  }

  /// Turns the tail into a segment when it is long, and like-sized segments into one.
  mutating func settle(limit: Int) {
    guard tail.count > limit else { return }
    var entries = tail.filter { !isGone[Int($0.document)] }
    tail = []
    while let last = segments.last, last.documents.count <= entries.count * 2 {
      entries = last.entries.filter { !isGone[Int($0.document)] } + entries
      segments.removeLast()
    }
    segments.append(Segment(entries))
  }

  func search(_ terms: [[UInt32]], most: Int) -> (hits: [TextIndex.Hit], count: Int) {
    var best = Best(most: most)
    var count = 0
    let total = Double(max(1, documents.count))
    let rarity = terms.map { term in
      let frequency =
        Segment.grams(of: term).map { gram in
          segments.reduce(0) { $0 + $1.frequency(of: gram) }
        }.min() ?? 0
      return 1 + max(0, (total / Double(frequency + 1))).squareRoot().logarithm
    }
    for segment in segments {
      if terms.count == 1 {
        segment.each(containing: terms[0]) { place, weight in
          let document = segment.documents[place]
          guard !isGone[Int(document)] else { return }
          count += 1
          best.offer(Double(weight) * rarity[0], document)
        }
      } else {
        var sums: [Int: (hits: Int, weight: Double)] = [:]
        for (number, term) in terms.enumerated() {
          segment.each(containing: term) { place, weight in
            let sum = sums[place] ?? (0, 0)
            if sum.hits == number {
              sums[place] = (number + 1, sum.weight + Double(weight) * rarity[number])
            }
          }
        }
        for (place, sum) in sums where sum.hits == terms.count {
          let document = segment.documents[place]
          guard !isGone[Int(document)] else { continue }
          count += 1
          best.offer(sum.weight, document)
        }
      }
    }
    for entry in tail where !isGone[Int(entry.document)] {
      guard terms.allSatisfy({ entry.text.holds($0) }) else { continue }
      count += 1
      best.offer(Double(255 * terms.count) / Double(1 + entry.text.count / 20), entry.document)
    }
    return (
      best.sorted.map { TextIndex.Hit(key: keys[Int($0.document)], weight: $0.weight) }, count
    )
  }
}

/// The best few of many, kept in order while they come in.
private struct Best {
  let most: Int
  private var kept: [(weight: Double, document: Int32)] = []

  init(most: Int) { self.most = most }

  /// Keeps a document if it is among the best; of equals the one put in first.
  mutating func offer(_ weight: Double, _ document: Int32) {
    func precedes(_ other: (weight: Double, document: Int32)) -> Bool {
      weight != other.weight ? weight > other.weight : document < other.document
    }
    if kept.count == most {
      guard let last = kept.last, precedes(last) else { return }
      kept.removeLast()
    }
    var index = kept.count
    while index > 0, precedes(kept[index - 1]) { index -= 1 }
    kept.insert((weight, document), at: index)
  }

  var sorted: [(weight: Double, document: Int32)] { kept }
}

extension [UInt32] {
  /// Whether it holds another run of scalars.
  fileprivate func holds(_ term: [UInt32]) -> Bool {
    guard let first = term.first, term.count <= count else { return false }
    var start = 0
    while start + term.count <= count {
      if self[start] == first, self[start..<start + term.count].elementsEqual(term) { return true }
      start += 1
    }
    return false
  }
}

extension Double {
  /// The natural logarithm, near enough for ranking, without a C library.
  fileprivate var logarithm: Double {
    guard self > 0 else { return 0 }
    let mantissa = significand
    let t = (mantissa - 1) / (mantissa + 1)
    let series = 2 * (t + t * t * t / 3 + t * t * t * t * t / 5)
    return Double(Int(exponent)) * 0.693_147_180_56 + series
  }
}
