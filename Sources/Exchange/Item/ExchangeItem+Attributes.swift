package import Records

extension Value: FieldValue {
  package init?(_ value: Value) { self = value }
  package var value: Value { self }
}

/// The fields only some kinds of item have, as `exchange.md` §4.2 and §13 list them.
extension ExchangeItem {
  static var attributeFields: [Field<ExchangeItem>] {
    [
      work, pay, internshipWork, internshipPay, internshipNeed, classes, problems, results,
      training, practice, mentors, resources,
    ].flatMap { $0 }
  }

  /// Declares what only some kinds have.
  static func attribute(
    _ name: String,
    _ label: String,
    _ type: FieldType,
    of kinds: ItemKind...
  ) -> Field<ExchangeItem> {
    Field(\.[attribute: name], name, label, type).only(when: "kind", in: kinds.map(\.rawValue))
  }

  /// A share of a whole, 0 to 1, four decimals.
  static let share = FieldType.decimal(places: 4, 0...10_000)
}
