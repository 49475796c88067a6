/// The type of a value, as the checker knows it before the rule is run.
package indirect enum RuleType: Hashable, Sendable {
  case null, bool, int, uint, double, string, bytes, timestamp, duration, date, type
  /// An exact number, of a unit such as 人 where one is known.
  case decimal(unit: String?)
  /// Any type: known when the rule is run.
  case dyn
  /// A list.
  case list(RuleType)
  /// A map.
  case map(RuleType, RuleType)
  /// A value that may be missing.
  case optional(RuleType)
  /// A record of a kind, with its fields.
  case record(String, [String: RuleType])

  /// What users read.
  package var label: String {
    switch self {
    case .null: "空值"
    case .bool: "真假"
    case .int: "整数"
    case .uint: "无符号整数"
    case .double: "浮点数"
    case .decimal(let unit): unit.map { "数（\($0)）" } ?? "数"
    case .string: "文字"
    case .bytes: "字节"
    case .timestamp: "时刻"
    case .duration: "时长"
    case .date: "日期"
    case .type: "类型"
    case .dyn: "任意"
    case .list(let element): element == .dyn ? "列表" : "\(element.label)的列表"
    case .map: "映射"
    case .optional(let inner): "可缺的\(inner.label)"
    case .record(let name, _): name
    }
  }

  /// Whether a value of another type may stand where this one is wanted.
  func takes(_ other: RuleType) -> Bool {
    switch (self, other) {
    case (.dyn, _), (_, .dyn), (_, .null): true
    case (.decimal, .decimal): true
    case (.list(let wanted), .list(let found)): wanted.takes(found)
    case (.map(let key, let value), .map(let foundKey, let foundValue)):
      key.takes(foundKey) && value.takes(foundValue)
    case (.map, .record): true
    case (.optional(let wanted), .optional(let found)): wanted.takes(found)
    case (.record(let name, _), .record(let other, _)): name == other
    default: self == other
    }
  }

  /// The type of either of two values.
  func joined(_ other: RuleType) -> RuleType {
    if self == other { return self }
    switch (self, other) {
    case (.null, _): return other
    case (_, .null): return self
    case (.decimal, .decimal), (.decimal, .int), (.int, .decimal): return .decimal(unit: nil)
    case (.list(let a), .list(let b)): return .list(a.joined(b))
    case (.optional(let a), .optional(let b)): return .optional(a.joined(b))
    case (.map(let a, let b), .map(let c, let d)): return .map(a.joined(c), b.joined(d))
    default: return .dyn
    }
  }

  /// Whether it is a number, or may be one.
  var isNumber: Bool {
    switch self {
    case .int, .uint, .double, .decimal, .dyn: true
    default: false
    }
  }

  /// The type of a value.
  package init(of value: RuleValue) {
    switch value {
    case .null: self = .null
    case .bool: self = .bool
    case .int: self = .int
    case .uint: self = .uint
    case .double: self = .double
    case .decimal: self = .decimal(unit: nil)
    case .string: self = .string
    case .bytes: self = .bytes
    case .list(let elements):
      self = .list(
        elements.first.map { first in
          elements.dropFirst().reduce(RuleType(of: first)) { $0.joined(RuleType(of: $1)) }
        } ?? .dyn
      )
    case .map, .record: self = .map(.dyn, .dyn)
    case .timestamp: self = .timestamp
    case .duration: self = .duration
    case .date: self = .date
    case .type: self = .type
    case .optional(let optional): self = .optional(optional.value.map { RuleType(of: $0) } ?? .dyn)
    case .failure: self = .dyn
    }
  }

  /// The type of a name as people write it; `nil` for no type.
  package init?(written name: String) {
    let names = [
      "null", "bool", "int", "uint", "double", "decimal", "string", "bytes", "timestamp",
      "duration",
      "date", "type", "list", "map", "optional", "dyn",
    ]
    guard names.contains(name) else { return nil }
    self.init(name)
  }

  /// The type of a word in the signature of a function.
  init(_ word: String) {
    switch word {
    case "null": self = .null
    case "bool": self = .bool
    case "int": self = .int
    case "uint": self = .uint
    case "double": self = .double
    case "decimal": self = .decimal(unit: nil)
    case "string": self = .string
    case "bytes": self = .bytes
    case "timestamp": self = .timestamp
    case "duration": self = .duration
    case "date": self = .date
    case "type": self = .type
    case "list": self = .list(.dyn)
    case "strings": self = .list(.string)
    case "map": self = .map(.dyn, .dyn)
    case "optional": self = .optional(.dyn)
    default: self = .dyn
    }
  }
}
