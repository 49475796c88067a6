package import Records

/// Indicators (指标): numbers with how they are reckoned from records, as a city's folder declares them.
///
/// `Filtering` makes rules of the rule language into selections of the store; `Declaring` says what an
/// indicator is and reads its formula; `Reckoning` takes sums out of the register, keeps them up to date by
/// the change feed, and answers with a value or why there is none. See `docs/indicators.md`.
package enum Indicators {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = [Kind(Indicator.self)]
}
