/// Reads a pattern into the steps of `Regex`.
struct RegexReader {
  private typealias Step = Regex.Step

  private let signs: [Unicode.Scalar]
  private var place = 0
  private var depth = 0
  private var flags = Flags()

  private struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotTakesNewlines = false
    var isUngreedy = false
  }

  private static let mostSteps = 20_000
  static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
  private static let digits: [ClosedRange<UInt32>] = [48...57]
  private static let blanks: [ClosedRange<UInt32>] = [9...10, 12...13, 32...32]

  init(_ pattern: String) { signs = Array(pattern.unicodeScalars) }

  /// All steps, the match being the last.
  mutating func steps() -> [Regex.Step]? {
    guard let steps = either(), place == signs.count, steps.count < Self.mostSteps else {
      return nil
    }
    return steps + [.match]
  }

  private var next: Unicode.Scalar? { place < signs.count ? signs[place] : nil }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard next == sign else { return false }
    place += 1
    return true
  }

  private mutating func either() -> [Step]? {
    guard var left = sequence() else { return nil }
    while take("|") {
      guard let right = sequence() else { return nil }
      left = Self.split(left, right)
    }
    return left
  }

  /// One of two, with relative jumps made absolute by `shifted`.
  private static func split(_ left: [Step], _ right: [Step]) -> [Step] {
    [.split(1, left.count + 2)] + shifted(left, 1) + [.jump(left.count + 2 + right.count)]
      + shifted(right, left.count + 2)
  }

  private static func shifted(_ steps: [Step], _ by: Int) -> [Step] {
    steps.map { step in
      switch step {
      case .split(let first, let second): .split(first + by, second + by)
      case .jump(let target): .jump(target + by)
      default: step
      }
    }
  }

  private static func joined(_ left: [Step], _ right: [Step]) -> [Step] {
    left + shifted(right, left.count)
  }

  private mutating func sequence() -> [Step]? {
    var steps: [Step] = []
    while let sign = next, sign != "|", sign != ")" {
      guard let atom = atom(), let repeated = repeated(atom) else { return nil }
      steps = Self.joined(steps, repeated)
      guard steps.count < Self.mostSteps else { return nil }
    }
    return steps
  }

  private mutating func repeated(_ atom: [Step]) -> [Step]? {
    var steps = atom
    var isRepeated = false
    while let sign = next {
      let start = place
      switch sign {
      case "*": place += 1; steps = Self.any(steps)
      case "+": place += 1; steps = Self.joined(steps, Self.any(steps))
      case "?": place += 1; steps = Self.maybe(steps)
      case "{":
        guard let (least, most) = bounds() else {
          place = start
          return steps
        }
        guard !isRepeated, let made = Self.times(steps, least, most) else { return nil }
        steps = made
      default: return steps
      }
      // Repeating a repetition means nothing in RE2.
      guard !isRepeated else { return nil }
      isRepeated = true
      _ = take("?")
      guard steps.count < Self.mostSteps else { return nil }
    }
    return steps
  }

  private static func any(_ steps: [Step]) -> [Step] {
    [.split(1, steps.count + 2)] + shifted(steps, 1) + [.jump(0)]
  }

  private static func maybe(_ steps: [Step]) -> [Step] {
    [.split(1, steps.count + 1)] + shifted(steps, 1)
  }

  private static func times(_ steps: [Step], _ least: Int, _ most: Int?) -> [Step]? {
    guard least <= 1_000, most ?? 0 <= 1_000, most.map({ $0 >= least }) ?? true,
      steps.count * max(least, most ?? 1) < mostSteps
    else { return nil }
    var made: [Step] = []
    for _ in 0..<least { made = joined(made, steps) }
    guard let most else { return joined(made, any(steps)) }
    var optional: [Step] = []
    for _ in least..<most { optional = maybe(joined(steps, optional)) }
    return joined(made, optional)
  }

  /// `{2}`, `{2,}`, `{2,3}`; anything else is text.
  private mutating func bounds() -> (least: Int, most: Int?)? {
    guard take("{"), let least = number() else { return nil }
    if take("}") { return (least, least) }
    guard take(",") else { return nil }
    if take("}") { return (least, nil) }
    guard let most = number(), take("}") else { return nil }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let sign = next, ("0"..."9").contains(sign), digits.count < 6 {
      digits.unicodeScalars.append(sign)
      place += 1
    }
    return Int(digits)
  }

  private mutating func atom() -> [Step]? {
    guard let sign = next else { return nil }
    place += 1
    switch sign {
    case "(": return group()
    case "[": return brackets().map { [.sign($0)] }
    case ".": return [.sign(.any(newlines: flags.dotTakesNewlines))]
    case "^": return [flags.isMultiline ? .lineStart : .textStart]
    case "$": return [flags.isMultiline ? .lineEnd : .textEnd]
    case "\\": return escape()
    case "*", "+", "?": return nil
    default: return [.sign(one(sign.value))]
    }
  }

  private func one(_ code: UInt32) -> Regex.Class { folded([code...code], isNegated: false) }

  /// Ranges, with the other case of letters where case does not matter.
  private func folded(_ ranges: [ClosedRange<UInt32>], isNegated: Bool) -> Regex.Class {
    guard flags.ignoresCase else { return .ranges(ranges, isNegated: isNegated) }
    var all = ranges
    for range in ranges where range.count <= 0x3000 {
      for code in range {
        guard let scalar = Unicode.Scalar(code) else { continue }
        for other in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
          let codes = other.unicodeScalars.map(\.value)
          if codes.count == 1, codes[0] != code { all.append(codes[0]...codes[0]) }
        }
      }
    }
    return .ranges(all, isNegated: isNegated)
  }

  private mutating func group() -> [Step]? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 200 else { return nil }
    let outer = flags
    if take("?") {
      if take("P") || next == "<" {
        guard take("<") else { return nil }
        while let sign = next, sign != ">" {
          guard Self.word.contains(where: { $0.contains(sign.value) }) else { return nil }
          place += 1
        }
        guard take(">") else { return nil }
      } else {
        guard let isGroup = setFlags() else { return nil }
        // `(?i)` holds to the end of the group it stands in.
        if !isGroup { return [] }
      }
    }
    guard let inner = either(), take(")") else { return nil }
    flags = outer
    return inner
  }

  /// `(?i)`, `(?i:`, `(?-i:`, `(?:`; whether a group begins.
  private mutating func setFlags() -> Bool? {
    var isOn = true
    while let sign = next {
      place += 1
      switch sign {
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s": flags.dotTakesNewlines = isOn
      case "U": flags.isUngreedy = isOn
      case "-": isOn = false
      case ":": return true
      case ")": return false
      default: return nil
      }
    }
    return nil
  }

  private mutating func escape() -> [Step]? {
    guard let sign = next else { return nil }
    place += 1
    switch sign {
    case "A": return [.textStart]
    case "z": return [.textEnd]
    case "b": return [.wordEdge]
    case "B": return [.noWordEdge]
    case "Q":
      var steps: [Step] = []
      while place < signs.count {
        if signs[place] == "\\", place + 1 < signs.count, signs[place + 1] == "E" {
          place += 2
          return steps
        }
        steps.append(.sign(one(signs[place].value)))
        place += 1
      }
      return steps
    default:
      if let found = classEscape(sign) {
        return [.sign(.ranges(found.ranges, isNegated: found.isNegated))]
      }
      return plainEscape(sign).map { [.sign(one($0))] }
    }
  }

  private mutating func classEscape(_ sign: Unicode.Scalar) -> (
    ranges: [ClosedRange<UInt32>], isNegated: Bool
  )? {
    switch sign {
    case "d": (Self.digits, false)
    case "D": (Self.digits, true)
    case "w": (Self.word, false)
    case "W": (Self.word, true)
    case "s": (Self.blanks, false)
    case "S": (Self.blanks, true)
    case "p", "P": property().map { ($0, sign == "P") }
    default: nil
    }
  }

  /// `\pL`, `\p{Han}`: the common categories and scripts.
  private mutating func property() -> [ClosedRange<UInt32>]? {
    var name = ""
    if take("{") {
      while let sign = next, sign != "}" {
        name.unicodeScalars.append(sign)
        place += 1
      }
      guard take("}") else { return nil }
    } else if let sign = next {
      name.unicodeScalars.append(sign)
      place += 1
    }
    return UnicodeRanges.of(name)
  }

  private mutating func plainEscape(_ sign: Unicode.Scalar) -> UInt32? {
    switch sign {
    case "a": return 7
    case "f": return 12
    case "t": return 9
    case "n": return 10
    case "r": return 13
    case "v": return 11
    case "x":
      var digits = ""
      if take("{") {
        while let sign = next, sign != "}" {
          digits.unicodeScalars.append(sign)
          place += 1
        }
        guard take("}") else { return nil }
      } else {
        for _ in 0..<2 {
          guard let sign = next else { return nil }
          digits.unicodeScalars.append(sign)
          place += 1
        }
      }
      return UInt32(digits, radix: 16)
    case "0"..."7":
      var code = sign.value - 48
      var count = 1
      while count < 3, let digit = next, ("0"..."7").contains(digit) {
        code = code * 8 + digit.value - 48
        place += 1
        count += 1
      }
      return sign == "0" || count > 1 ? code : nil
    default:
      let isPlain = !sign.isASCII || !Self.word.contains { $0.contains(sign.value) } || sign == "_"
      return isPlain ? sign.value : nil
    }
  }

  private mutating func brackets() -> Regex.Class? {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let sign = next, sign != "]" || isFirst {
      isFirst = false
      if sign == "[", place + 1 < signs.count, signs[place + 1] == ":" {
        guard let named = namedClass() else { return nil }
        ranges += named
        continue
      }
      place += 1
      var low = sign.value
      if sign == "\\" {
        guard let escaped = next else { return nil }
        place += 1
        if let found = classEscape(escaped) {
          ranges += found.isNegated ? Self.inverted(found.ranges) : found.ranges
          continue
        }
        guard let code = plainEscape(escaped) else { return nil }
        low = code
      }
      var high = low
      if next == "-", place + 1 < signs.count, signs[place + 1] != "]" {
        place += 1
        guard let end = next else { return nil }
        place += 1
        high = end.value
        if end == "\\" {
          guard let escaped = next else { return nil }
          place += 1
          guard let code = plainEscape(escaped) else { return nil }
          high = code
        }
      }
      guard low <= high else { return nil }
      ranges.append(low...high)
    }
    guard take("]") else { return nil }
    return folded(ranges, isNegated: isNegated)
  }

  private static func inverted(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var inverted: [ClosedRange<UInt32>] = []
    var start: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > start { inverted.append(start...(range.lowerBound - 1)) }
      start = max(start, range.upperBound + 1)
    }
    return inverted + [start...0x10FFFF]
  }

  private mutating func namedClass() -> [ClosedRange<UInt32>]? {
    let names: [(String, [ClosedRange<UInt32>])] = [
      ("alnum", [48...57, 65...90, 97...122]), ("alpha", [65...90, 97...122]), ("ascii", [0...127]),
      ("blank", [9...9, 32...32]), ("cntrl", [0...31, 127...127]), ("digit", Self.digits),
      ("graph", [33...126]), ("lower", [97...122]), ("print", [32...126]),
      ("punct", [33...47, 58...64, 91...96, 123...126]), ("space", [9...13, 32...32]),
      ("upper", [65...90]), ("word", Self.word), ("xdigit", [48...57, 65...70, 97...102]),
    ]
    for (name, ranges) in names {
      for (text, isNegated) in [("[:\(name):]", false), ("[:^\(name):]", true)] {
        let wanted = Array(text.unicodeScalars)
        guard signs[place...].starts(with: wanted) else { continue }
        place += wanted.count
        return isNegated ? Self.inverted(ranges) : ranges
      }
    }
    return nil
  }
}

/// The signs of Unicode categories and scripts that patterns name.
enum UnicodeRanges {
  /// The signs of a name; `nil` for one that is not known.
  static func of(_ name: String) -> [ClosedRange<UInt32>]? {
    switch name {
    case "Han", "script=Han":
      [
        0x2E80...0x2FD5, 0x3005...0x3007, 0x3021...0x3029, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xF900...0xFAD9, 0x20000...0x323AF,
      ]
    case "Latin":
      [
        65...90, 97...122, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8,
        0x1E00...0x1EFF,
      ]
    case "Greek": [0x370...0x373, 0x375...0x3E1, 0x3F0...0x3FF, 0x1F00...0x1FFE]
    case "Cyrillic": [0x400...0x52F]
    case "L", "Lu", "Ll", "N", "Nd", "P", "Z", "S": categories(name)
    default: nil
    }
  }

  private static func categories(_ name: String) -> [ClosedRange<UInt32>] {
    var ranges: [ClosedRange<UInt32>] = []
    var start: UInt32?
    for code in UInt32(0)...0x323AF {
      let isIn = Unicode.Scalar(code).map { isOf(name, $0.properties.generalCategory) } ?? false
      if isIn, start == nil { start = code }
      if !isIn, let first = start {
        ranges.append(first...(code - 1))
        start = nil
      }
    }
    return ranges
  }

  private static func isOf(_ name: String, _ category: Unicode.GeneralCategory) -> Bool {
    switch name {
    case "Lu": category == .uppercaseLetter
    case "Ll": category == .lowercaseLetter
    case "L":
      [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
        .contains(category)
    case "Nd": category == .decimalNumber
    case "N": [.decimalNumber, .letterNumber, .otherNumber].contains(category)
    case "P":
      [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation,
      ].contains(category)
    case "S": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol].contains(category)
    default: [.spaceSeparator, .lineSeparator, .paragraphSeparator].contains(category)
    }
  }
}
