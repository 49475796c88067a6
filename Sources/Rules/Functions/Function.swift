/// A function of the rule language.
struct Function: Sendable {
  /// What it takes and gives.
  struct Overload: Sendable {
    var takes: [RuleType]
    var gives: RuleType
  }

  /// What it is called by; with its namespace, such as `math.abs`.
  let name: String
  /// Whether it is called on its first argument.
  let isMember: Bool
  /// What it takes and gives, each way.
  let overloads: [Overload]
  /// Whether it takes any number of arguments.
  let isVariadic: Bool
  /// What it makes of arguments, none of which is a failure.
  let body: @Sendable ([RuleValue]) -> RuleValue

  /// Declares a function.
  ///
  /// - Parameters:
  ///   - name: what it is called by; with a point before it, on its first argument.
  ///   - signature: each way to call it, such as `string,string>bool|bytes,bytes>bool`; `...` for any
  ///     number.
  ///   - body: what it makes of its arguments.
  init(
    _ name: String,
    _ signature: String,
    _ body: @escaping @Sendable ([RuleValue]) -> RuleValue
  ) {
    isMember = name.hasPrefix(".")
    self.name = isMember ? String(name.dropFirst()) : name
    isVariadic = signature.hasPrefix("...")
    overloads = signature.split(separator: "|").map { part in
      let halves = part.split(separator: ">", omittingEmptySubsequences: false)
      return Overload(
        takes: halves[0].split(separator: ",").filter { $0 != "..." }.map { RuleType(String($0)) },
        gives: RuleType(halves.count > 1 ? String(halves[1]) : "dyn")
      )
    }
    self.body = body
  }

  /// Whether it takes a number of arguments.
  func takes(_ count: Int) -> Bool { isVariadic || overloads.contains { $0.takes.count == count } }
}

/// All functions of the rule language.
enum Functions {
  /// Every function, library by library.
  static let all: [Function] =
    standard + conversions + times + strings + maths + lists + optionals

  private static let byName: [String: [Function]] = Dictionary(grouping: all) {
    ($0.isMember ? "." : "") + $0.name
  }

  /// The function of a name that takes a number of arguments, what it is called on among them.
  static func find(_ name: String, isMember: Bool, _ count: Int) -> Function? {
    byName[(isMember ? "." : "") + name]?.first { $0.takes(count) }
  }

  /// The names of all functions, for near misses.
  static let names = Set(all.map(\.name)).union(Macro.Verb.allCases.map(\.rawValue)).union(["has"])

  /// The names of types, which are values too.
  static let types: Set<String> = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
    "optional_type", "google.protobuf.Timestamp", "google.protobuf.Duration", "citong/Decimal",
  ]

  /// The failure of a function that was given something else.
  static func none(_ name: String, _ arguments: [RuleValue]) -> RuleValue {
    let types = arguments.map(\.typeName).joined(separator: ", ")
    return .failure(RuleFailure(.noOverload, "\(name)(\(types))"))
  }

  /// The failure of an argument that means nothing.
  static func wrong(_ detail: String) -> RuleValue { .failure(RuleFailure(.badArgument, detail)) }
}
