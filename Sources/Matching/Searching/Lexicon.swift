import Values

/// A vocabulary that cuts the terms it knows out of a text, longest first.
package struct Lexicon: Sendable {
  private var terms: [[UInt32]: [String]] = [:]
  private var longest = 0

  /// Makes an empty vocabulary.
  package init() {}

  /// Adds a spelling that stands for something; one spelling may stand for several things.
  package mutating func add(_ spelling: String, for meaning: String) {
    let key = SearchText.normal(spelling)
    guard key.count >= 2 else { return }
    longest = max(longest, key.count)
    if terms[key]?.contains(meaning) != true { terms[key, default: []].append(meaning) }
  }

  /// The meanings a text names, in the order of its words, each once, by longest match.
  package func meanings(in text: String) -> [String] {
    let scalars = SearchText.normal(text)
    var found: [String] = []
    var start = 0
    while start < scalars.count {
      var length = min(longest, scalars.count - start)
      var step = 1
      while length >= 2 {
        if let meanings = terms[Array(scalars[start..<start + length])],
          Self.isWhole(scalars, start, length)
        {
          for meaning in meanings where !found.contains(meaning) { found.append(meaning) }
          step = length
          break
        }
        length -= 1
      }
      start += step
    }
    return found
  }

  /// A Latin word is only found whole: `CAD` is not in `ACADEMY`.
  private static func isWhole(_ scalars: [UInt32], _ start: Int, _ length: Int) -> Bool {
    func isLatin(_ index: Int) -> Bool {
      scalars.indices.contains(index)
        && ((0x61...0x7A).contains(scalars[index]) || (0x30...0x39).contains(scalars[index]))
    }
    let startsInside = isLatin(start) && isLatin(start - 1)
    let endsInside = isLatin(start + length - 1) && isLatin(start + length)
    return !startsInside && !endsInside
  }
}
