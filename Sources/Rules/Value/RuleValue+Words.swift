import Calendar
import Foundation
import Values

extension RuleValue {
  /// The value as a rule would write it, for people to read.
  package var words: String {
    switch self {
    case .null: "null"
    case .bool(let truth): truth ? "true" : "false"
    case .int(let number): String(number)
    case .uint(let number): "\(number)u"
    case .double(let number): Self.shortest(number)
    case .decimal(let exact): exact.description
    case .string(let text):
      "\"" + text.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    case .bytes(let bytes): "b\"" + bytes.map { "\\x" + Self.hex($0) }.joined() + "\""
    case .list(let elements): "[" + elements.map(\.words).joined(separator: ", ") + "]"
    case .map, .record:
      "{"
        + zip(entries.keys, entries.values).map { "\($0.words): \($1.words)" }.joined(
          separator: ", "
        ) + "}"
    case .timestamp(let moment): Moment.text(timestamp: moment)
    case .duration(let length): Moment.text(duration: length)
    case .date(let date): date.description
    case .type(let name): name
    case .optional(let optional):
      optional.value.map { "optional.of(\($0.words))" } ?? "optional.none()"
    case .failure(let failure): failure.sentence
    }
  }

  static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
  }

  /// A number of floating point in the fewest digits that tell it, with an exponent where it is long.
  static func shortest(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
    if number == 0 { return number.sign == .minus ? "-0" : "0" }
    let (isNegative, digits, point) = decimalDigits(number)
    let sign = isNegative ? "-" : ""
    let exponent = point - 1
    if exponent < -4 || exponent >= 6 {
      let mantissa = digits.count == 1 ? digits : "\(digits.prefix(1)).\(digits.dropFirst())"
      let size = abs(exponent)
      return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(size < 10 ? "0" : "")\(size)"
    }
    return sign + plain(digits, point)
  }

  /// A number of floating point in the fewest digits that tell it, without an exponent.
  static func plain(_ number: Double) -> String {
    if number == 0 { return number.sign == .minus ? "-0" : "0" }
    let (isNegative, digits, point) = decimalDigits(number)
    return (isNegative ? "-" : "") + plain(digits, point)
  }

  private static func plain(_ digits: String, _ point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count { return digits + String(repeating: "0", count: point - digits.count) }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The fewest digits that tell a number, and how many of them stand before the point.
  private static func decimalDigits(_ number: Double) -> (Bool, String, Int) {
    var text = number.magnitude.description
    var exponent = 0
    if let place = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: place)...]) ?? 0
      text = String(text[..<place])
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var digits = parts.joined()
    var point = parts[0].count + exponent
    while digits.hasPrefix("0"), digits.count > 1 {
      digits.removeFirst()
      point -= 1
    }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    return (number < 0, digits, point)
  }
}
