import Values

/// A map of the rule language: keys are truths, whole numbers and texts, in the order they were put in.
package struct RuleMap: Sendable {
  /// A key as it is compared: 1, 1u and 1.0 are the same one.
  package enum Key: Hashable, Sendable {
    case bool(Bool)
    case number(Int128)
    case string(RuleText)

    /// The key that a value is; `nil` for one that can be none.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - isLookup: whether a fraction may be asked for; it is never found unless it is whole.
    package init?(_ value: RuleValue, isLookup: Bool = true) {
      switch value {
      case .bool(let truth): self = .bool(truth)
      case .int(let number): self = .number(Int128(number))
      case .uint(let number): self = .number(Int128(number))
      case .string(let text): self = .string(.init(text))
      case .double(let number) where isLookup:
        guard let whole = Int128(exactly: number) else { return nil }
        self = .number(whole)
      case .decimal(let exact) where exact.isWhole: self = .number(exact.numerator)
      default: return nil
      }
    }
  }

  /// The keys as they were put in.
  package private(set) var keys: [RuleValue] = []
  /// The values, in the order of the keys.
  package private(set) var values: [RuleValue] = []
  private var places: [Key: Int] = [:]

  /// Makes an empty map.
  package init() {}

  /// How many entries there are.
  package var count: Int { keys.count }

  /// Puts an entry in.
  ///
  /// - Returns: what is wrong: a key that can be none, or that is there already.
  package mutating func add(_ key: RuleValue, _ value: RuleValue) -> RuleFailure? {
    guard let found = Key(key, isLookup: false) else {
      return RuleFailure(.noOverload, "\(key.typeName) 不能作键")
    }
    guard places.updateValue(keys.count, forKey: found) == nil else {
      return RuleFailure(.badArgument, "键重复：\(key.words)")
    }
    keys.append(key)
    values.append(value)
    return nil
  }

  /// The value of a key; `nil` when there is none.
  package func value(of key: RuleValue) -> RuleValue? {
    Key(key).flatMap { places[$0] }.map { values[$0] }
  }

  /// The value of a text.
  package func value(named name: String) -> RuleValue? {
    places[.string(.init(name))].map { values[$0] }
  }
}

/// A text compared by its bytes, as the rule language compares texts.
///
/// Swift takes é for e with an accent.
package struct RuleText: Hashable, Sendable {
  private let text: String

  /// Wraps a text.
  package init(_ text: String) { self.text = text }

  /// Whether two texts have the same bytes.
  package static func == (left: RuleText, right: RuleText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes the bytes.
  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
