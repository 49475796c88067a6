package import Records

/// How the city plans its vocational education (布局): whether schools meet the conditions they must,
/// and how many go on to which school.
///
/// See `conditions.md`.
package enum Planning {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = [
    Kind(ConditionIndicator.self), Kind(ConditionThreshold.self), Kind(ConditionYear.self),
    Kind(GapPlan.self), Kind(CountyEnrolment.self), Kind(ProgramYearStat.self),
    Kind(DemandSignal.self), Kind(ProgramDemand.self), Kind(ListRule.self), Kind(ListRound.self),
    Kind(ListResult.self), Kind(ListObjection.self), Kind(AdjustmentPlan.self),
    Kind(ProgramApplication.self),
  ]
}
