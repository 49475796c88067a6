package import Records

/// The basic ledger (基础台账): who and what there is in the city.
///
/// Each folder is one area: `Region` administrative divisions and zones; `CodeTables` industries,
/// occupations, industry chains and the national list of colleges; `Benchmark` numbers to compare
/// with; `Program` the catalogue of programs and what schools offer of it; `School` schools, their
/// yearly numbers and their graduates; `Enterprise` enterprises; `Cooperation` which of them work
/// together; `Carrier` where they do; `Honour`, `Pilot`, `Training` and `Fund` what was approved,
/// trained and paid; `Common` what several of them speak of. `City` reads a city's folder, `Demo`
/// makes invented records, `Figures` counts.
package enum Ledger {
  /// The kinds of record, each after those it refers to.
  package static let kinds: [Kind] = codeTables + bodies + work

  private static let codeTables = [
    Kind(Region.self),
    Kind(Industry.self),
    Kind(Occupation.self),
    Kind(OccupationFunction.self),
    Kind(IndustryChain.self),
    Kind(IndustryNode.self),
    Kind(College.self),
    Kind(Benchmark.self),
    Kind(Program.self),
    Kind(ProgramIntro.self),
    Kind(ProgramCourse.self),
    Kind(ProgramOccupation.self),
  ]

  private static let bodies = [
    Kind(School.self),
    Kind(SchoolAnnualStat.self),
    Kind(Enterprise.self),
    Kind(ProgramGroup.self),
    Kind(ProgramOffering.self),
  ]

  private static let work = [
    Kind(GraduateDestination.self),
    Kind(Cooperation.self),
    Kind(Carrier.self),
    Kind(Honour.self),
    Kind(Pilot.self),
    Kind(TrainingStat.self),
    Kind(FundYear.self),
  ]
}
