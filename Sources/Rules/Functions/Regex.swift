/// A regular expression in the syntax of RE2, matched in time linear in the text, whatever it says.
struct Regex: Sendable {
  /// One sign a text may have at a place.
  indirect enum Class: Sendable {
    case any(newlines: Bool)
    case ranges([ClosedRange<UInt32>], isNegated: Bool)

    func contains(_ code: UInt32) -> Bool {
      switch self {
      case .any(let newlines): newlines || code != 10
      case .ranges(let ranges, let isNegated): ranges.contains { $0.contains(code) } != isNegated
      }
    }
  }

  /// A step of the machine.
  enum Step: Sendable {
    case sign(Class)
    case split(Int, Int)
    case jump(Int)
    case textStart, textEnd, lineStart, lineEnd, wordEdge, noWordEdge
    case match
  }

  private let steps: [Step]

  /// Reads a pattern; `nil` for one that is not written right, or far too large.
  init?(_ pattern: String) {
    var reader = RegexReader(pattern)
    guard let steps = reader.steps() else { return nil }
    self.steps = steps
  }

  /// Whether the pattern is found somewhere in a text.
  func matches(_ text: String) -> Bool {
    let codes = text.unicodeScalars.map(\.value)
    var current = Threads(steps.count)
    var next = Threads(steps.count)
    for place in 0...codes.count {
      // A match may begin anywhere.
      if follow(0, place, codes, &current) { return true }
      guard place < codes.count else { break }
      next.clear()
      for thread in current.list {
        guard case .sign(let wanted) = steps[thread], wanted.contains(codes[place]) else {
          continue
        }
        if follow(thread + 1, place + 1, codes, &next) { return true }
      }
      swap(&current, &next)
    }
    return false
  }

  /// Follows the steps that take no sign; whether the end is reached.
  private func follow(_ start: Int, _ place: Int, _ codes: [UInt32], _ threads: inout Threads)
    -> Bool
  {
    var waiting = [start]
    while let step = waiting.popLast() {
      guard threads.add(step) else { continue }
      switch steps[step] {
      case .match: return true
      case .jump(let target): waiting.append(target)
      case .split(let first, let second): waiting += [second, first]
      case .sign: break
      case .textStart: if place == 0 { waiting.append(step + 1) }
      case .textEnd: if place == codes.count { waiting.append(step + 1) }
      case .lineStart: if place == 0 || codes[place - 1] == 10 { waiting.append(step + 1) }
      case .lineEnd: if place == codes.count || codes[place] == 10 { waiting.append(step + 1) }
      case .wordEdge: if Self.isEdge(place, codes) { waiting.append(step + 1) }
      case .noWordEdge: if !Self.isEdge(place, codes) { waiting.append(step + 1) }
      }
    }
    return false
  }

  private static func isEdge(_ place: Int, _ codes: [UInt32]) -> Bool {
    func isWord(_ index: Int) -> Bool {
      codes.indices.contains(index) && RegexReader.word.contains { $0.contains(codes[index]) }
    }
    return isWord(place - 1) != isWord(place)
  }
}

/// The steps at which a match may stand, each once.
private struct Threads {
  private(set) var list: [Int] = []
  private var marks: [Bool]

  init(_ count: Int) { marks = Array(repeating: false, count: count) }

  mutating func add(_ step: Int) -> Bool {
    guard !marks[step] else { return false }
    marks[step] = true
    list.append(step)
    return true
  }

  mutating func clear() {
    for step in list { marks[step] = false }
    list.removeAll(keepingCapacity: true)
  }
}
