import Foundation
import Values

/// Fills values into a text: `"%s 有 %d 人".format([name, count])`.
enum Formatting {
  /// The text with its clauses filled in.
  static func text(_ form: String, _ values: [RuleValue]) throws(RuleFailure) -> String {
    var made = ""
    var rest = Array(form.unicodeScalars)[...]
    var index = 0
    while let sign = rest.popFirst() {
      guard sign == "%" else {
        made.unicodeScalars.append(sign)
        continue
      }
      guard let first = rest.first else { throw RuleFailure(.badArgument, "格式以 % 结尾") }
      if first == "%" {
        rest.removeFirst()
        made += "%"
        continue
      }
      var precision: Int?
      if first == "." {
        rest.removeFirst()
        var digits = ""
        while let digit = rest.first, ("0"..."9").contains(digit), digits.count < 4 {
          digits.unicodeScalars.append(digit)
          rest.removeFirst()
        }
        guard let number = Int(digits), number <= 1_000 else {
          throw RuleFailure(.badArgument, "% 后面的位数写得不对")
        }
        precision = number
      }
      guard let verb = rest.popFirst() else { throw RuleFailure(.badArgument, "格式不完整") }
      guard values.indices.contains(index) else {
        throw RuleFailure(.badArgument, "格式要第 \(index + 1) 个值，只给了 \(values.count) 个")
      }
      made += try one(String(Character(verb)), precision, values[index])
      index += 1
    }
    return made
  }

  private static func one(_ verb: String, _ precision: Int?, _ value: RuleValue) throws(RuleFailure)
    -> String
  {
    let text: String? =
      switch verb {
      case "s": shown(value)
      case "d": whole(value)
      case "f": fixed(value, precision ?? 6)
      case "e": scientific(value, precision ?? 6)
      case "b": radix(value, 2)
      case "o": radix(value, 8)
      case "x": radix(value, 16)
      case "X": radix(value, 16)?.uppercased()
      default: throw RuleFailure(.badArgument, "没有格式 %\(verb)")
      }
    guard let text else { throw RuleFailure(.badArgument, "%\(verb) 不能用于 \(value.typeName)") }
    return text
  }

  /// Any value as people read it.
  static func shown(_ value: RuleValue) -> String? {
    switch value {
    case .null, .bool, .int, .decimal, .date, .type, .timestamp: return value.words
    case .uint(let number): return String(number)
    case .double(let number): return special(number) ?? RuleValue.plain(number)
    case .string(let text): return text
    case .bytes(let bytes): return repaired(bytes)
    case .duration(let length): return Moment.text(duration: length)
    case .list(let elements):
      var parts: [String] = []
      for element in elements {
        guard let part = shown(element) else { return nil }
        parts.append(part)
      }
      return "[" + parts.joined(separator: ", ") + "]"
    case .map, .record:
      var parts: [(String, String)] = []
      let entries = value.entries
      for (key, inner) in zip(entries.keys, entries.values) {
        guard let first = shown(key), let second = shown(inner) else { return nil }
        parts.append((first, second))
      }
      parts.sort { $0.0 < $1.0 }
      return "{" + parts.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + "}"
    case .optional(let optional): return optional.value.flatMap(shown) ?? "optional.none()"
    case .failure: return nil
    }
  }

  private static func special(_ number: Double) -> String? {
    number.isNaN ? "NaN" : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : nil
  }

  /// Bytes as text, each run of those that are none as one sign for it.
  private static func repaired(_ bytes: [UInt8]) -> String {
    var made = ""
    for sign in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if sign == "\u{FFFD}", made.unicodeScalars.last == "\u{FFFD}" { continue }
      made.unicodeScalars.append(sign)
    }
    return made
  }

  private static func whole(_ value: RuleValue) -> String? {
    switch value {
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .decimal(let exact): exact.description
    case .double(let number): special(number) ?? RuleValue.plain(number)
    default: nil
    }
  }

  private static func number(_ value: RuleValue) -> Double? {
    switch value {
    case .double(let number): number
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    case .decimal(let exact): exact.approximate
    default: nil
    }
  }

  private static func fixed(_ value: RuleValue, _ precision: Int) -> String? {
    if case .decimal(let exact) = value, precision <= 30 { return exact.text(places: precision) }
    guard let number = number(value) else { return nil }
    return special(number) ?? String(format: "%.\(precision)f", number)
  }

  private static func scientific(_ value: RuleValue, _ precision: Int) -> String? {
    guard let number = number(value) else { return nil }
    return special(number) ?? String(format: "%.\(precision)e", number)
  }

  private static func radix(_ value: RuleValue, _ radix: Int) -> String? {
    switch value {
    case .int(let number): String(number, radix: radix)
    case .uint(let number): String(number, radix: radix)
    case .decimal(let exact): exact.isWhole ? String(exact.numerator, radix: radix) : nil
    case .bool(let truth) where radix == 2: truth ? "1" : "0"
    case .string(let text) where radix == 16: text.utf8.map(RuleValue.hex).joined()
    case .bytes(let bytes) where radix == 16: bytes.map(RuleValue.hex).joined()
    default: nil
    }
  }
}
