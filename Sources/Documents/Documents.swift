package import Records

/// Documents whose figures are live: templates of the city's folder, figures reckoned from records when a document
/// is published, numbers of documents without gap or double, and the forms they go out in.
///
/// See `docs/documents.md`.
package enum Documents {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = [Kind(DocumentSeries.self), Kind(PublishedDocument.self)]
}
