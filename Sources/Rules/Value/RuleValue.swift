package import Calendar
package import Values

/// A value of the rule language.
package enum RuleValue: Sendable {
  /// Nothing.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number of 64 bits; arises from literals and `int()` only.
  case int(Int64)
  /// A whole number of 64 bits without sign.
  case uint(UInt64)
  /// A number of binary floating point.
  case double(Double)
  /// An exact number: what number fields of records hold.
  case decimal(Exact)
  /// A text.
  case string(String)
  /// Bytes.
  case bytes([UInt8])
  /// A list.
  case list([RuleValue])
  /// A map.
  case map(RuleMap)
  /// A record, or an entry of a table.
  case record(RuleRecord)
  /// A moment, in nanoseconds since 1970 in UTC.
  case timestamp(Int128)
  /// A length of time, in nanoseconds.
  case duration(Int128)
  /// A day of the civil calendar.
  case date(CivilDate)
  /// A type, by its name.
  case type(String)
  /// A value that may be missing.
  case optional(RuleOptional)
  /// What an expression without a value has instead.
  case failure(RuleFailure)

  /// The failure, if it is one.
  package var failure: RuleFailure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
  /// The truth, if it is one.
  package var bool: Bool? { if case .bool(let truth) = self { truth } else { nil } }
  /// The exact number, if it is one or a whole number.
  package var exact: Exact? {
    switch self {
    case .decimal(let exact): exact
    case .int(let number): Exact(Int(number))
    case .uint(let number): Exact(Int128(number), over: 1)
    default: nil
    }
  }

  /// The name of its type, as `type()` gives it.
  package var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .decimal: "citong/Decimal"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .map, .record: "map"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .date: "citong/Date"
    case .type: "type"
    case .optional: "optional_type"
    case .failure: "error"
    }
  }
}

/// A value that may be missing.
package final class RuleOptional: Sendable {
  /// The value; `nil` when it is missing.
  package let value: RuleValue?
  /// The one that is missing.
  package static let none = RuleOptional(nil)

  /// Holds a value, or none.
  package init(_ value: RuleValue?) { self.value = value }
}

/// Why an expression has no value.
package struct RuleFailure: Error, Hashable, Sendable {
  /// The sort of failure.
  package enum Kind: String, Sendable {
    /// No function or operator takes values of these types.
    case noOverload
    /// A number is divided by nought: there is no denominator.
    case divisionByZero
    /// A result is out of the range of its type.
    case outOfRange
    /// A map has no such key, a record no such field.
    case noSuchKey
    /// A name that nothing is bound to.
    case unbound
    /// An argument that means nothing, such as a day there is not.
    case badArgument
    /// No value is there to be told: nothing was counted, or an optional is empty.
    case noData
    /// It would have taken more steps than allowed.
    case tooCostly
  }

  /// The sort.
  package var kind: Kind
  /// What it is about, in words.
  package var detail: String

  /// Names a failure.
  package init(_ kind: Kind, _ detail: String = "") {
    self.kind = kind
    self.detail = detail
  }

  /// The sentence a user reads.
  package var sentence: String {
    let about = detail.isEmpty ? "" : "（\(detail)）"
    return switch kind {
    case .noOverload: "类型对不上\(about)"
    case .divisionByZero: "除数为 0\(about)"
    case .outOfRange: "超出范围\(about)"
    case .noSuchKey: "没有这一项\(about)"
    case .unbound: "没有这个名称\(about)"
    case .badArgument: "内容不对\(about)"
    case .noData: "没有数据\(about)"
    case .tooCostly: "计算量超过上限\(about)"
    }
  }
}

/// A record as rules see it: the fields of its schema, in their order.
package struct RuleRecord: Sendable {
  /// The names of the fields, shared by all records of a kind.
  package let schema: RuleSchema
  /// The values, in the order of the schema.
  package let values: [RuleValue]

  /// Makes a record.
  package init(_ schema: RuleSchema, _ values: [RuleValue]) {
    self.schema = schema
    self.values = values
  }

  /// The value of a field; `nil` for a field there is not.
  package subscript(_ name: String) -> RuleValue? { schema.place(of: name).map { values[$0] } }
}

/// The fields of a kind of record.
package final class RuleSchema: Sendable {
  /// The names, in order.
  package let names: [String]
  private let places: [String: Int]

  /// Makes a schema.
  package init(_ names: [String]) {
    self.names = names
    places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The place of a field.
  package func place(of name: String) -> Int? { places[name] }
}
