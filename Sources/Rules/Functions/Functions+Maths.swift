import Foundation
import Values

extension Functions {
  /// The library of numbers.
  static let maths: [Function] =
    [
      Function("math.greatest", "...>dyn") { extreme($0, "math.greatest", .greater) },
      Function("math.least", "...>dyn") { extreme($0, "math.least", .less) },
      Function("math.abs", "int>int|uint>uint|double>double|decimal>decimal") { arguments in
        switch arguments[0] {
        case .int(let number): number == .min ? outside : .int(abs(number))
        case .uint: arguments[0]
        case .double(let number): .double(abs(number))
        case .decimal(let exact): .decimal(exact.magnitude)
        default: none("math.abs", arguments)
        }
      },
      Function("math.sign", "int>int|uint>uint|double>double|decimal>decimal") { arguments in
        switch arguments[0] {
        case .int(let number): .int(number.signum())
        case .uint(let number): .uint(number == 0 ? 0 : 1)
        case .double(let number):
          .double(number.isNaN ? .nan : number > 0 ? 1 : number < 0 ? -1 : 0)
        case .decimal(let exact): .decimal(Exact(Int(exact.numerator.signum())))
        default: none("math.sign", arguments)
        }
      },
      Function("math.sqrt", "int>double|uint>double|double>double|decimal>double") { arguments in
        switch arguments[0] {
        case .int(let number): .double(Double(number).squareRoot())
        case .uint(let number): .double(Double(number).squareRoot())
        case .double(let number): .double(number.squareRoot())
        case .decimal(let exact): .double(exact.approximate.squareRoot())
        default: none("math.sqrt", arguments)
        }
      },
      Function("math.isNaN", "double>bool") { double($0, "math.isNaN") { .bool($0.isNaN) } },
      Function("math.isInf", "double>bool") { double($0, "math.isInf") { .bool($0.isInfinite) } },
      Function("math.isFinite", "double>bool") {
        double($0, "math.isFinite") { .bool($0.isFinite) }
      }, rounding("math.ceil", .up), rounding("math.floor", .down),
      rounding("math.trunc", .towardZero), rounding("math.round", .toNearestOrAwayFromZero),
      Function("math.round", "decimal,int>decimal") { arguments in
        guard case .decimal(let exact) = arguments[0], case .int(let places) = arguments[1] else {
          return none("math.round", arguments)
        }
        guard (0...18).contains(places), let scaled = exact.rounded(places: Int(places)),
          let rounded = Exact(
            scaled,
            over: (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
          )
        else { return outside }
        return .decimal(rounded)
      },
      bits("math.bitAnd") { $0 & $1 }, bits("math.bitOr") { $0 | $1 },
      bits("math.bitXor") { $0 ^ $1 },
      Function("math.bitNot", "int>int|uint>uint") { arguments in
        switch arguments[0] {
        case .int(let number): .int(~number)
        case .uint(let number): .uint(~number)
        default: none("math.bitNot", arguments)
        }
      },
      shift("math.bitShiftLeft") { $0 << $1 }, shift("math.bitShiftRight") { $0 >> $1 },
    ]

  private static let outside = RuleValue.failure(RuleFailure(.outOfRange, "结果"))

  private static func double(
    _ arguments: [RuleValue],
    _ name: String,
    _ body: (Double) -> RuleValue
  ) -> RuleValue {
    guard case .double(let number) = arguments[0] else { return none(name, arguments) }
    return body(number)
  }

  private static func rounding(_ name: String, _ rule: FloatingPointRoundingRule) -> Function {
    Function(name, "double>double|decimal>decimal") { arguments in
      guard case .decimal(let exact) = arguments[0] else {
        return double(arguments, name) { .double($0.rounded(rule)) }
      }
      let down = exact.truncated
      let rest = exact.isWhole ? 0 : exact.numerator.signum()
      let whole: Int128? =
        switch rule {
        case .up: rest > 0 ? down + 1 : down
        case .down: rest < 0 ? down - 1 : down
        case .towardZero: down
        default: exact.rounded(places: 0)
        }
      return whole.flatMap { Exact($0, over: 1) }.map(RuleValue.decimal) ?? outside
    }
  }

  private static func bits(_ name: String, _ body: @escaping @Sendable (UInt64, UInt64) -> UInt64)
    -> Function
  {
    Function(name, "int,int>int|uint,uint>uint") { arguments in
      switch (arguments[0], arguments[1]) {
      case (.int(let a), .int(let b)):
        .int(Int64(bitPattern: body(UInt64(bitPattern: a), UInt64(bitPattern: b))))
      case (.uint(let a), .uint(let b)): .uint(body(a, b))
      default: none(name, arguments)
      }
    }
  }

  /// A shift without sign, the sign being shifted too.
  private static func shift(_ name: String, _ body: @escaping @Sendable (UInt64, UInt64) -> UInt64)
    -> Function
  {
    Function(name, "int,int>int|uint,int>uint") { arguments in
      guard case .int(let places) = arguments[1] else { return none(name, arguments) }
      guard places >= 0 else { return wrong("移位不能为负：\(places)") }
      switch arguments[0] {
      case .int(let number):
        return .int(Int64(bitPattern: body(UInt64(bitPattern: number), UInt64(min(places, 64)))))
      case .uint(let number): return .uint(body(number, UInt64(min(places, 64))))
      default: return none(name, arguments)
      }
    }
  }

  private static func extreme(_ arguments: [RuleValue], _ name: String, _ wanted: RuleOrder)
    -> RuleValue
  {
    var values = arguments
    if arguments.count == 1, case .list(let elements) = arguments[0] { values = elements }
    guard var best = values.first else { return wrong("\(name) 至少要一个数") }
    for value in values {
      guard let order = RuleValue.numberOrder(value, best) else {
        return none(name, [best, value])
      }
      if order == wanted { best = value }
    }
    return best
  }
}
