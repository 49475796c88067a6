import Calendar
import Ledger
import Records
import Values

extension PlanningDemo {
  /// The newest year of the invented reports.
  private static let newest = 2_021

  /// Invented reports of every program of the demo schools for four years, what is looked for, and two rounds.
  mutating func fillProgramList() throws {
    let offerings = try all(
      "programOffering",
      Query([.field("sourceSystem", "demo")], limit: 5_000)
    )
    .filter { $0["status"].text == "recruiting" }
    var stats: [ProgramYearStat] = []
    for offering in offerings {
      // Some do well, most do, a few do not.
      let health = random.number(1...20)
      let opened = offering["openedIn"].integer ?? 0
      for back in 0...3 where Self.newest - back >= opened {
        stats.append(report(offering, Self.newest - back, health))
      }
    }
    try write("programYearStat", stats)
    try write("programDemand", demands(offerings))
    try write("demandSignal", signals())
    try write("listRound", [round(of: Self.newest - 1), round(of: Self.newest)])
    // Last year's is out, this year's is computed.
    let computing = ListComputing(register)
    _ = try computing.compute("ZY\(Self.newest)", by: LedgerDemo.actor)
    var out = round(of: Self.newest - 1)
    out.state = .published
    out.publicFrom = CivilDate(year: Self.newest, month: 12, day: 13)
    out.publicUntil = CivilDate(year: Self.newest, month: 12, day: 24)
    out.publishedOn = CivilDate(year: Self.newest, month: 12, day: 31)
    out.documentNumber = "演示〔\(Self.newest)〕1号"
    try write("listRound", [out])
    _ = try computing.publish("ZY\(Self.newest)", by: LedgerDemo.actor)
    _ = try computing.compute("ZY\(Self.newest + 1)", by: LedgerDemo.actor)
    try write("listObjection", objections())
    try write("adjustmentPlan", plans())
    try write("programApplication", applications())
  }

  /// What schools say against preliminary results.
  private func objections() throws -> [ListObjection] {
    let yellow = try all(
      "listResult",
      Query([.field("stage", "preliminary"), .field("card", "yellow")], sort: "resultId", limit: 2)
    )
    return yellow.map { result in
      var objection = ListObjection()
      objection.resultId = result.id
      objection.schoolId = result["schoolId"].text ?? ""
      objection.claim = "演示：报到数漏填了春季入学的新生，请按学籍系统核对。"
      objection.evidence = ["演示证据"]
      objection.filedOn = CivilDate(year: Self.newest + 1, month: 7, day: 1)
      return objection
    }
  }

  /// How schools mend what had a yellow or red card last year.
  private func plans() throws -> [AdjustmentPlan] {
    let carded = try all(
      "listResult",
      Query(
        [.field("stage", "published"), .field("card", "yellow", "red")],
        sort: "resultId",
        limit: 4
      )
    )
    return carded.map { result in
      var plan = AdjustmentPlan()
      plan.resultId = result.id
      plan.schoolId = result["schoolId"].text ?? ""
      plan.planTarget = "演示：招生计划完成率到 60% 以上，补 2 名中级以上专业教师。"
      plan.startedOn = CivilDate(year: Self.newest + 1, month: 1, day: 10)
      plan.planDue = CivilDate(year: Self.newest + 1, month: 12, day: 31)
      plan.teachOut = "演示：在校生按原计划读到毕业，不并班，实训在本校。"
      plan.progress = 4_000
      plan.status = .implementing
      return plan
    }
  }

  /// A school applies for a program nothing is said against.
  private func applications() throws -> [ProgramApplication] {
    let offered = Set(
      try all("programOffering", Query(limit: 20_000)).compactMap { $0["programCode"].text }
    )
    let programs = try all(
      "program",
      Query([.field("level", "secondary")], sort: "programCode", limit: 5_000)
    )
    let carded = Set(
      try all("listResult", Query([.field("card", "yellow")], limit: 20_000))
        .compactMap { $0["programCode"].text?.prefix(4) }
    )
    let schools = try all(
      "school",
      Query(
        [.field("sourceSystem", "demo"), .field("institutionKind", "secondaryVocationalSchool")],
        limit: 1
      )
    )
    guard let school = schools.first,
      let program = programs.first(where: {
        !offered.contains($0.id) && !carded.contains($0.id.prefix(4))
      }) ?? programs.first
    else { return [] }
    var application = ProgramApplication()
    application.schoolId = school.id
    application.programCode = program.id
    application.intakeYear = Self.newest + 2
    application.seats = 80
    application.grounds = "演示：本地企业有需求，师资和设备已有基础。"
    return [application]
  }

  /// The round that rests on a year's data.
  private func round(of year: Int) -> ListRound {
    var round = ListRound()
    round.roundId = "ZY\(year + 1)"
    round.title = "\(year + 1) 年专业设置正负面清单（演示）"
    round.dataYear = year
    round.effectiveIntakeYear = year + 2
    round.ruleVersion = "2022"
    round.state = .dataLocked
    round.dataLockedOn = CivilDate(year: year + 1, month: 10, day: 31)
    return round
  }

  private mutating func report(_ offering: Record, _ year: Int, _ health: Int) -> ProgramYearStat {
    func part(_ whole: Int, _ percent: ClosedRange<Int>) -> Int {
      whole * random.number(percent) / 100
    }
    var stat = ProgramYearStat()
    stat.offeringId = offering.id
    stat.schoolId = offering["schoolId"].text ?? ""
    stat.year = year
    let planned = random.number(8...24) * 10
    let isPoor = health == 1
    let isWeak = health <= 3
    stat.planned = planned
    let admitted = part(planned, isPoor ? 12...28 : isWeak ? 45...62 : 82...100)
    stat.admitted = admitted
    stat.registered = part(admitted, isWeak ? 74...84 : 88...98)
    stat.firstChoice = part(admitted, 30...70)
    stat.enrolled = (stat.registered ?? 0) * 3
    let graduates = isPoor ? part(planned, 20...40) : part(planned, 70...95)
    stat.graduates = graduates
    let placed = part(graduates, isWeak ? 84...91 : 94...100)
    stat.placedInitial = placed
    stat.placedYearEnd = placed + (graduates - placed) / 2
    stat.furtherStudy = part(placed, 15...35)
    let employed = placed - (stat.furtherStudy ?? 0)
    stat.employed = employed
    let known = part(employed, 90...98)
    stat.employedKnownPlace = known
    stat.localEmployed = part(known, 62...78)
    stat.matched = part(employed, isWeak ? 38...52 : 62...85)
    stat.notMatched = (employed - (stat.matched ?? 0)) * 9 / 10
    stat.matchedMethod = .occupationMap
    stat.teachersFull = random.number(4...12)
    stat.teachersMid = random.number((isPoor ? 0 : 2)...4)
    stat.teachersSenior = random.number(2...3)
    stat.teachersDual = random.number(2...4)
    stat.equipment = .yuan((stat.enrolled ?? 0) * random.number(2_600...6_000))
    stat.stations = (stat.enrolled ?? 0) / 4
    stat.validAgreements = random.number((isWeak ? 0 : 1)...4)
    stat.satisfaction = random.number(680...960)
    stat.verified = true
    stat.source = "演示数据"
    return stat
  }

  /// One or two occupations for every program that is offered, as the catalogue names them.
  private func demands(_ offerings: [Record]) throws -> [ProgramDemand] {
    let codes = Set(offerings.compactMap { $0["programCode"].text })
    return try all("program", Query(limit: 5_000)).filter { codes.contains($0.id) }
      .flatMap { program -> [ProgramDemand] in
        let occupations = program["occupationCodes"].list.prefix(2)
        return occupations.enumerated().map { number, occupation in
          var demand = ProgramDemand()
          demand.programCode = program.id
          demand.occupationCode = occupation
          demand.weight = occupations.count == 1 ? 100 : number == 0 ? 60 : 40
          demand.source = "演示数据，据专业目录的面向职业"
          return demand
        }
      }
  }

  private mutating func signals() throws -> [DemandSignal] {
    let occupations = Set(
      try all("programDemand", Query(limit: 5_000)).compactMap { $0["occupationCode"].text }
    ).sorted()
    guard
      let city = try all("region", Query([.field("regionKind", "prefectureCity")], limit: 1)).first
    else { return [] }
    return occupations.flatMap { occupation -> [DemandSignal] in
      var postings = random.number(60...600)
      return (0...3).reversed().map { back in
        var signal = DemandSignal()
        signal.year = Self.newest - back
        signal.regionCode = city.id
        signal.occupationCode = occupation
        signal.postings = postings
        signal.vacancies = postings * random.number(70...95) / 100
        signal.source = "演示数据"
        signal.confidence = .mid
        postings = postings * random.number(92...118) / 100
        return signal
      }
    }
  }
}
