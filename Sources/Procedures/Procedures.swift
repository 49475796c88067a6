package import Records

/// Courses of business as data of the city's folder: steps, moves, who, deadlines; and the cases that go through them.
///
/// No word of the trade: what a case is about is a record of some kind.
package enum Procedures {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = [
    Kind(Procedure.self), Kind(ProcedureStep.self), Kind(ProcedureMove.self), Kind(Case.self),
    Kind(CaseEvent.self),
  ]
}
