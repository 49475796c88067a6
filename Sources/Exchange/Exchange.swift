package import Records

/// The exchange of needs and offers (供需对接): posting, contact, agreement.
///
/// `Item` is what schools and enterprises post: `ItemKind` says who posts what and who answers,
/// `ExchangeItem` is declared in its common part and one `Attributes` file per group of kinds, and
/// checked in one `ExchangeItem` file per subject. `Engagement` is a contact on its way to an
/// agreement, `Agreement` what was signed; by an `ExchangeClosure` one party keeps away from another.
package enum Exchange {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = [
    Kind(ExchangeItem.self),
    Kind(Agreement.self),
    Kind(Engagement.self),
    Kind(ExchangeClosure.self),
  ]
}
