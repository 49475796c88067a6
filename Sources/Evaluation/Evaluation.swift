package import Records

/// How the city weighs what counties and schools do (评价).
///
/// See `assessment.md`.
package enum Evaluation {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = [
    Kind(AssessmentScheme.self), Kind(AssessmentElement.self), Kind(AssessmentIndicator.self),
    Kind(AssessmentValue.self), Kind(AssessmentObjection.self), Kind(AssessmentResult.self),
    Kind(SupervisionOpinion.self), Kind(Rectification.self),
  ]
}
