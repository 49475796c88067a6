import Calendar
import Foundation
import Values

extension Functions {
  /// From one type to another.
  static let conversions: [Function] = [
    Function("bool", "bool>bool|string>bool") { arguments in
      switch arguments[0] {
      case .bool: arguments[0]
      case .string("1"), .string("t"), .string("T"), .string("true"), .string("TRUE"),
        .string("True"):
        .bool(true)
      case .string("0"), .string("f"), .string("F"), .string("false"), .string("FALSE"),
        .string("False"):
        .bool(false)
      case .string(let text): wrong("“\(text)”不是真假")
      default: none("bool", arguments)
      }
    },
    Function("int", "int>int|uint>int|double>int|decimal>int|string>int|timestamp>int", toInt),
    Function("uint", "int>uint|uint>uint|double>uint|decimal>uint|string>uint", toUInt),
    Function("double", "int>double|uint>double|double>double|decimal>double|string>double") {
      arguments in
      switch arguments[0] {
      case .double: arguments[0]
      case .int(let number): .double(Double(number))
      case .uint(let number): .double(Double(number))
      case .decimal(let exact): .double(exact.approximate)
      case .string(let text): Double(text).map(RuleValue.double) ?? wrong("“\(text)”不是数")
      default: none("double", arguments)
      }
    },
    Function("decimal", "int>decimal|uint>decimal|double>decimal|decimal>decimal|string>decimal") {
      arguments in
      if let exact = arguments[0].exact { return .decimal(exact) }
      switch arguments[0] {
      case .double(let number): return Exact(exactly: number).map(RuleValue.decimal) ?? outOfRange
      case .string(let text): return Exact(text).map(RuleValue.decimal) ?? wrong("“\(text)”不是数")
      default: return none("decimal", arguments)
      }
    },
    Function(
      "string",
      "string>string|bool>string|int>string|uint>string|double>string|decimal>string|bytes>string|timestamp>string|duration>string|date>string"
    ) { arguments in
      switch arguments[0] {
      case .string: arguments[0]
      case .bytes(let bytes):
        String(validating: bytes, as: UTF8.self).map(RuleValue.string) ?? wrong("不是 UTF-8 文字")
      case .uint(let number): .string(String(number))
      case .bool, .int, .double, .decimal, .timestamp, .duration, .date: .string(arguments[0].words)
      default: none("string", arguments)
      }
    },
    Function("bytes", "bytes>bytes|string>bytes") { arguments in
      switch arguments[0] {
      case .bytes: arguments[0]
      case .string(let text): .bytes(Array(text.utf8))
      default: none("bytes", arguments)
      }
    },
    Function("base64.encode", "bytes>string") { arguments in
      guard case .bytes(let bytes) = arguments[0] else { return none("base64.encode", arguments) }
      return .string(Data(bytes).base64EncodedString())
    },
    Function("base64.decode", "string>bytes") { arguments in
      guard case .string(let text) = arguments[0] else { return none("base64.decode", arguments) }
      let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
      return Data(base64Encoded: text).map { .bytes(Array($0)) }
        ?? Data(base64Encoded: padded).map { .bytes(Array($0)) } ?? wrong("不是 base64")
    },
  ]

  private static let outOfRange = RuleValue.failure(RuleFailure(.outOfRange, "结果"))

  private static let toInt: @Sendable ([RuleValue]) -> RuleValue = { arguments in
    switch arguments[0] {
    case .int: return arguments[0]
    case .uint(let number): return Int64(exactly: number).map(RuleValue.int) ?? outOfRange
    case .double(let number):
      // The ends themselves are no longer told from what lies beyond.
      guard number > -9_223_372_036_854_775_808, number < 9_223_372_036_854_775_808 else {
        return outOfRange
      }
      return .int(Int64(number))
    case .decimal(let exact):
      return Int64(exactly: exact.truncated).map(RuleValue.int) ?? outOfRange
    case .string(let text): return Int64(text).map(RuleValue.int) ?? wrong("“\(text)”不是整数")
    case .timestamp(let moment):
      let seconds = Moment.Parts(moment)
      return .int(Int64(seconds.days * 86_400 + seconds.secondOfDay))
    default: return none("int", arguments)
    }
  }

  private static let toUInt: @Sendable ([RuleValue]) -> RuleValue = { arguments in
    switch arguments[0] {
    case .uint: return arguments[0]
    case .int(let number): return UInt64(exactly: number).map(RuleValue.uint) ?? outOfRange
    case .double(let number):
      guard number >= 0, number < 18_446_744_073_709_551_616 else { return outOfRange }
      return .uint(UInt64(number))
    case .decimal(let exact):
      return exact < .zero
        ? outOfRange : UInt64(exactly: exact.truncated).map(RuleValue.uint) ?? outOfRange
    case .string(let text): return UInt64(text).map(RuleValue.uint) ?? wrong("“\(text)”不是无符号整数")
    default: return none("uint", arguments)
    }
  }
}
