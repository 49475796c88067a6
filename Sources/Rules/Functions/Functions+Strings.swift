import Foundation
import Values

extension Functions {
  /// The library of texts.
  static let strings: [Function] = [
    Function(".charAt", "string,int>string") { arguments in
      guard let (signs, place) = signsAndPlace(arguments) else { return none("charAt", arguments) }
      guard (0...signs.count).contains(place) else { return beyond(place, signs.count) }
      return .string(place == signs.count ? "" : String(Character(signs[place])))
    },
    Function(".indexOf", "string,string>int|string,string,int>int") {
      find($0, "indexOf", isLast: false)
    },
    Function(".lastIndexOf", "string,string>int|string,string,int>int") {
      find($0, "lastIndexOf", isLast: true)
    },
    Function(".join", "list>string|list,string>string") { arguments in
      guard case .list(let elements) = arguments[0] else { return none("join", arguments) }
      var separator = ""
      if arguments.count == 2 {
        guard case .string(let text) = arguments[1] else { return none("join", arguments) }
        separator = text
      }
      var texts: [String] = []
      for element in elements {
        guard case .string(let text) = element else { return none("join", arguments) }
        texts.append(text)
      }
      return .string(texts.joined(separator: separator))
    },
    Function(".lowerAscii", "string>string") { ascii($0, "lowerAscii", 65...90, 32) },
    Function(".upperAscii", "string>string") { ascii($0, "upperAscii", 97...122, -32) },
    Function(".replace", "string,string,string>string|string,string,string,int>string", replace),
    Function(".split", "string,string>strings|string,string,int>strings", split),
    Function(".substring", "string,int>string|string,int,int>string") { arguments in
      guard let (signs, start) = signsAndPlace(arguments) else {
        return none("substring", arguments)
      }
      var end = signs.count
      if arguments.count == 3 {
        guard case .int(let given) = arguments[2] else { return none("substring", arguments) }
        end = Int(given)
      }
      guard (0...signs.count).contains(start) else { return beyond(start, signs.count) }
      guard (0...signs.count).contains(end), start <= end else { return beyond(end, signs.count) }
      return .string(text(signs[start..<end]))
    },
    Function(".trim", "string>string") { arguments in
      guard case .string(let whole) = arguments[0] else { return none("trim", arguments) }
      var signs = whole.unicodeScalars[...]
      while let first = signs.first, first.properties.isWhitespace { signs.removeFirst() }
      while let last = signs.last, last.properties.isWhitespace { signs.removeLast() }
      return .string(String(signs))
    },
    Function(".reverse", "string>string|list>list") { arguments in
      switch arguments[0] {
      case .string(let whole): .string(text(Array(whole.unicodeScalars).reversed()))
      case .list(let elements): .list(elements.reversed())
      default: none("reverse", arguments)
      }
    },
    Function("strings.quote", "string>string") { arguments in
      guard case .string(let text) = arguments[0] else { return none("strings.quote", arguments) }
      return .string(quoted(text))
    },
    Function(".format", "string,list>string") { arguments in
      guard case .string(let form) = arguments[0], case .list(let values) = arguments[1] else {
        return none("format", arguments)
      }
      do throws(RuleFailure) { return .string(try Formatting.text(form, values)) } catch {
        return .failure(error)
      }
    },
  ]

  private static func text(_ signs: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: signs)
    return String(view)
  }

  private static func signsAndPlace(_ arguments: [RuleValue]) -> ([Unicode.Scalar], Int)? {
    guard case .string(let text) = arguments[0], case .int(let place) = arguments[1] else {
      return nil
    }
    return (Array(text.unicodeScalars), Int(place))
  }

  private static func beyond(_ place: Int, _ count: Int) -> RuleValue {
    .failure(RuleFailure(.outOfRange, "第 \(place) 个，文字共 \(count) 个字"))
  }

  private static func find(_ arguments: [RuleValue], _ name: String, isLast: Bool) -> RuleValue {
    guard case .string(let whole) = arguments[0], case .string(let part) = arguments[1] else {
      return none(name, arguments)
    }
    let (signs, wanted) = (Array(whole.unicodeScalars), Array(part.unicodeScalars))
    var from: Int?
    if arguments.count == 3 {
      guard case .int(let given) = arguments[2] else { return none(name, arguments) }
      guard given >= 0, given <= signs.count || (isLast && given < signs.count) else {
        return beyond(Int(given), signs.count)
      }
      from = Int(given)
    }
    if wanted.isEmpty { return .int(Int64(from ?? (isLast ? signs.count : 0))) }
    guard wanted.count <= signs.count else { return .int(-1) }
    let last = signs.count - wanted.count
    let places =
      isLast
      ? Array((0...min(last, from ?? last)).reversed())
      : Array(min(from ?? 0, last + 1)..<(last + 1))
    let found = places.first { signs[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    return .int(Int64(found ?? -1))
  }

  private static func ascii(
    _ arguments: [RuleValue],
    _ name: String,
    _ range: ClosedRange<UInt8>,
    _ by: Int
  )
    -> RuleValue
  {
    guard case .string(let text) = arguments[0] else { return none(name, arguments) }
    let bytes = text.utf8.map { range.contains($0) ? UInt8(Int($0) + by) : $0 }
    return .string(String(decoding: bytes, as: UTF8.self))
  }

  /// The parts of a text around another, at most some of them; between all signs for an empty one.
  private static func parts(_ whole: String, _ separator: String, most: Int) -> [[Unicode.Scalar]] {
    let (signs, wanted) = (Array(whole.unicodeScalars), Array(separator.unicodeScalars))
    if wanted.isEmpty {
      guard signs.count > most else { return signs.map { [$0] } }
      return signs.prefix(most - 1).map { [$0] } + [Array(signs.dropFirst(most - 1))]
    }
    var parts: [[Unicode.Scalar]] = []
    var start = 0
    var place = 0
    while place + wanted.count <= signs.count, parts.count < most - 1 {
      if signs[place..<(place + wanted.count)].elementsEqual(wanted) {
        parts.append(Array(signs[start..<place]))
        place += wanted.count
        start = place
      } else {
        place += 1
      }
    }
    return parts + [Array(signs[start...])]
  }

  private static let replace: @Sendable ([RuleValue]) -> RuleValue = { arguments in
    guard case .string(let whole) = arguments[0], case .string(let old) = arguments[1],
      case .string(let new) = arguments[2]
    else { return none("replace", arguments) }
    var most = Int.max
    if arguments.count == 4 {
      guard case .int(let given) = arguments[3] else { return none("replace", arguments) }
      if given == 0 { return arguments[0] }
      if given > 0 { most = Int(given) + 1 }
    }
    if old.isEmpty {
      // Before each sign, and at the end.
      var made = ""
      var left = most == .max ? Int.max : most - 1
      for sign in whole.unicodeScalars {
        if left > 0 {
          made += new
          left -= 1
        }
        made.unicodeScalars.append(sign)
      }
      return .string(left > 0 ? made + new : made)
    }
    return .string(parts(whole, old, most: most).map { text($0) }.joined(separator: new))
  }

  private static let split: @Sendable ([RuleValue]) -> RuleValue = { arguments in
    guard case .string(let whole) = arguments[0], case .string(let separator) = arguments[1] else {
      return none("split", arguments)
    }
    var most = Int.max
    if arguments.count == 3 {
      guard case .int(let given) = arguments[2] else { return none("split", arguments) }
      if given == 0 { return .list([]) }
      if given == 1 { return .list([arguments[0]]) }
      if given > 0 { most = Int(given) }
    }
    return .list(parts(whole, separator, most: most).map { .string(text($0)) })
  }

  private static func quoted(_ text: String) -> String {
    var made = "\""
    for sign in text.unicodeScalars {
      switch sign {
      case "\u{07}": made += "\\a"
      case "\u{08}": made += "\\b"
      case "\u{0C}": made += "\\f"
      case "\n": made += "\\n"
      case "\r": made += "\\r"
      case "\t": made += "\\t"
      case "\u{0B}": made += "\\v"
      case "\\": made += "\\\\"
      case "\"": made += "\\\""
      default: made.unicodeScalars.append(sign)
      }
    }
    return made + "\""
  }
}
