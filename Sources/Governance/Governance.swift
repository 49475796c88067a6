package import Records

/// What bureaus handle: proposals with their replies, joint conferences, and the tasks that come of both (办理).
///
/// See `proposals.md` and `joint-conference.md`.
package enum Governance {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = [
    Kind(CoordinationBody.self), Kind(Meeting.self), Kind(Resolution.self), Kind(Proposal.self),
    Kind(CoOpinion.self), Kind(SupervisedTask.self), Kind(ProgressReport.self),
    Kind(SupervisionNotice.self),
  ]
}
