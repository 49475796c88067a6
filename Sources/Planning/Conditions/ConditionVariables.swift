import Records
import Rules
import Values

/// The fields of a school's year as rules speak of them: by their labels, numbers exact, money in yuan.
enum ConditionVariables {
  /// The kind the variables are of.
  static let kind = Kind(ConditionYear.self)

  /// The fields that are numbers, with their places.
  static let numbers = kind.fields.enumerated().filter { _, field in
    switch field.type {
    case .integer, .decimal, .money: true
    default: false
    }
  }

  /// The names a rule may use, with their types; units are left to the indicator.
  static let types = Dictionary(
    numbers.map { ($0.element.label, RuleType.decimal(unit: nil)) },
    uniquingKeysWith: { first, _ in first }
  )

  /// What a record holds, by name; what is not filled in is no value.
  ///
  /// - Parameters:
  ///   - record: the record.
  ///   - added: what is thought to be there besides, by the name of the field.
  /// - Returns: the values.
  static func bindings(_ record: Record, adding added: [String: Exact] = [:]) -> [String: RuleValue]
  {
    var bindings: [String: RuleValue] = [:]
    for (place, field) in numbers {
      let known = exact(field, record.values[place])
      guard let more = added[field.name] else {
        if let known { bindings[field.label] = .decimal(known) }
        continue
      }
      let sum = (known ?? .zero).adding(more)
      bindings[field.label] = sum.map { .decimal($0.numerator < 0 ? .zero : $0) }
    }
    return bindings
  }

  /// A value as the number it is; `nil` for none.
  static func exact(_ field: FieldShape, _ value: Value) -> Exact? {
    guard let number = value.integer else { return nil }
    return switch field.type {
    case .decimal(let places, _): Exact(number, places: places)
    case .money: Exact(number, places: 2)
    default: Exact(number)
    }
  }
}
