import Calendar
import Ledger
package import Records
import Values

/// Fills a register with invented operating conditions of the demo schools, and invented admissions of the
/// counties: two years, so that something changes from one to the next.
package struct PlanningDemo {
  let register: RecordStore
  var random = DemoRandom(seed: 2_022_05)

  /// Makes a generator; the ledger's demo data must be there.
  package init(_ register: RecordStore) { self.register = register }

  /// Fills the register.
  ///
  /// - Throws: `LedgerDemo.Flawed` when a record is refused; the store's errors.
  package mutating func fill() throws {
    let schools = try all("school", Query([.field("sourceSystem", "demo")], limit: 500))
    var years: [ConditionYear] = []
    var plans: [GapPlan] = []
    for school in schools {
      guard let type = Self.type(of: school) else { continue }
      let students = try students(of: school.id)
      guard students > 0 else { continue }
      let former = year(2021, school.id, type, students)
      years.append(former)
      years.append(grown(former))
    }
    try write("conditionYear", years)
    let overview = try ConditionOverview(register, year: 2022)
    for school in overview.schools where school.compliance.year.counts {
      guard let lacking = school.compliance.failed.first else { continue }
      plans.append(plan(school.id, lacking))
    }
    try write("gapPlan", plans)
    try write("countyEnrolment", admissions())
    try fillProgramList()
  }

  private static func type(of school: Record) -> ConditionSchoolType? {
    switch school["institutionKind"].text.flatMap(InstitutionKind.init(rawValue:)) {
    case .secondaryVocationalSchool: .secondary
    case .technicianSchool: .technician
    case .higherVocationalCollege: .higherVocational
    case .vocationalUniversity: .vocationalBachelor
    default: nil
    }
  }

  /// The full-time students of a school in the newest year its statistics tell of.
  private func students(of school: String) throws -> Int {
    let stats = try all("schoolAnnualStat", Query([.field("schoolId", school)], limit: 100))
      .map { SchoolAnnualStat(values: $0.values) }
    guard let newest = stats.map(\.schoolYear).max() else { return 0 }
    return stats.filter { $0.schoolYear == newest }
      .reduce(0) { $0 + ($1.enrolled ?? 0) - ($1.partTimeEnrolled ?? 0) }
  }

  private mutating func year(
    _ number: Int,
    _ school: String,
    _ type: ConditionSchoolType,
    _ students: Int
  ) -> ConditionYear {
    // Around what the lines ask for, a little below or above.
    func around(_ amount: Int) -> Int { amount * random.number(88...125) / 100 }
    let isCollege = type == .higherVocational || type == .vocationalBachelor
    var year = ConditionYear()
    year.schoolId = school
    year.year = number
    year.schoolType = type
    year.subType = isCollege ? .engineering : nil
    year.inScope = true
    year.studentsFullTime = students
    year.studentsConverted = isCollege ? students * 10 : nil
    year.landOwnedSqm = around(max(4_000_000, students * (isCollege ? 6_000 : 3_400)))
    year.landExclusiveSqm = 0
    year.buildingOwnedSqm = around(max(2_400_000, students * 2_100))
    year.buildingExclusiveSqm = random.number(0...200_000)
    year.teachingAdminSqm = around(students * 1_600)
    year.practiceSqm = around(max(500_000, students * 500))
    year.dormSqm = around(students * 650)
    year.teachersFull = around(max(60, students / (isCollege ? 18 : 19)))
    year.teachersExternal = (year.teachersFull ?? 0) / 8
    year.teachersSenior = (year.teachersFull ?? 0) * 24 / 100
    year.teachersGraduateDegree = (year.teachersFull ?? 0) * random.number(12...30) / 100
    year.teachersSpecialised = (year.teachersFull ?? 0) * 55 / 100
    year.teachersDual = (year.teachersFull ?? 0) * 35 / 100
    year.equipment = .yuan(around(max(3_000_000, students * (isCollege ? 4_200 : 2_700))))
    year.newEquipment = .yuan((year.equipment?.amount ?? 0) / 100 / 11)
    year.booksPrinted = around(students * (isCollege ? 62 : 31))
    year.booksNew = students * 2
    year.computers = students * 9 / 100
    year.seats = students * 8 / 100
    year.status = .published
    year.asOf = CivilDate(year: number, month: 9, day: 1)
    return year
  }

  /// The year after: a little of everything came to it.
  private mutating func grown(_ former: ConditionYear) -> ConditionYear {
    var year = former
    year.year = (former.year ?? 0) + 1
    year.asOf = CivilDate(year: year.year ?? 0, month: 9, day: 1)
    func more(_ amount: Int?, _ percent: ClosedRange<Int>) -> Int? {
      amount.map { $0 * (100 + random.number(percent)) / 100 }
    }
    year.teachersFull = more(former.teachersFull, 1...6)
    year.booksPrinted = more(former.booksPrinted, 1...5)
    year.buildingOwnedSqm = more(former.buildingOwnedSqm, 0...4)
    year.equipment = former.equipment.map { Fen($0.amount + (former.newEquipment?.amount ?? 0)) }
    return year
  }

  private mutating func plan(_ school: String, _ lacking: ConditionResult) -> GapPlan {
    var plan = GapPlan()
    plan.schoolId = school
    plan.indicatorCode = lacking.indicator.indicatorCode
    plan.measure =
      switch lacking.indicator.haveUnit {
      case "㎡": .extend
      case "人": .recruit
      default: .purchase
      }
    plan.amount = lacking.gap.multiplied(by: Exact(100))?.whole
    plan.dueDate = CivilDate(year: 2023, month: random.number(6...12), day: 30)
    plan.leadOrg = "演示学校"
    plan.progress = CellRows([["2022-10-15", "列入计划（演示）"]])
    plan.status = .implementing
    return plan
  }

  private mutating func admissions() throws -> [CountyEnrolment] {
    let counties = try register.managingUnits()
    return [2021, 2022].flatMap { number in
      counties.map { county -> CountyEnrolment in
        var one = CountyEnrolment()
        let graduates = random.number(2_000...9_000)
        one.regionCode = county.id
        one.year = number
        one.juniorGraduates = graduates
        one.generalPlan = graduates * random.number(52...60) / 100
        one.generalAdmitted = one.generalPlan
        one.secondaryAdmitted = graduates * random.number(24...30) / 100
        one.technicianAdmitted = graduates * 5 / 100
        one.fiveYearAdmitted = graduates * 4 / 100
        one.seatsVoc = graduates * random.number(36...46) / 100
        one.grade7Students = graduates * 104 / 100
        return one
      }
    }
  }

  func all(_ name: String, _ query: Query) throws -> [Record] {
    guard let kind = register.kind(name) else { return [] }
    return try register.list(kind, query)
  }

  func write<Root: DeclaredRecord>(_ name: String, _ records: [Root]) throws {
    guard let kind = register.kind(name) else { return }
    let outcomes = try register.saveAll(
      kind,
      records.map(Draft.init),
      by: LedgerDemo.actor,
      isWhole: true
    )
    if let flaw = outcomes.first(where: { $0.verdict == .refused }) {
      throw LedgerDemo.Flawed(
        description: flaw.problems.map { "\(name) \($0.path) \($0.code) \($0.message)" }
          .joined(separator: " ")
      )
    }
  }
}
