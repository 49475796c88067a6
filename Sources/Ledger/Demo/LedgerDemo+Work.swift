import Calendar
import Records
import Values

extension LedgerDemo {
  private var asOf: CivilDate { plan.asOf ?? register.clock.now().date }
  private var colleges: [School] {
    schools.filter { $0.institutionKind?.isHigherEducation == true }
  }
  private var secondaries: [School] {
    schools.filter { $0.institutionKind?.isHigherEducation == false }
  }

  /// The honours of the plan, each with an invented document number.
  func makeHonours() throws {
    var honours: [Honour] = []
    func add(
      _ type: String,
      _ label: String,
      _ subject: HonourSubject,
      _ count: Int,
      _ pool: [School]
    ) {
      guard !pool.isEmpty else { return }
      for number in 0..<count {
        let school = pool[number % pool.count]
        var honour = Honour()
        honour.name =
          "\(school.schoolName)\(label)"
          + (number >= pool.count ? "（\(number / pool.count + 1)）" : "")
        honour.honourType = type
        honour.tier = .provincial
        honour.schoolId = school.schoolId
        honour.subjectKind = subject
        honour.subjectId = subject == .school ? school.schoolId : "\(type)-\(number + 1)"
        honour.approvalDocNo = "演示函〔\(asOf.year - 1)〕\(number + 1)号"
        honour.approvedOn = asOf.adding(days: -200 - number)
        honour.batch = String(asOf.year - 1)
        honour.status = number % 3 == 0 ? .accepted : .construction
        honours.append(honour)
      }
    }
    for (part, pool) in [("college", colleges), ("secondary", secondaries)] {
      add(
        "demoModernSchool",
        "示范性现代职业院校",
        .school,
        plan.count("honour.demoModernSchool.\(part)"),
        pool
      )
      add("provDoubleHigh", "“双高计划”院校", .school, plan.count("honour.provDoubleHigh.\(part)"), pool)
      add(
        "provDoubleHighGroup",
        "“双高计划”专业群",
        .programGroup,
        plan.count("honour.provDoubleHighGroup.\(part)"),
        pool
      )
    }
    add(
      "industryLinkedProgramme",
      "对接产业的专业（群）",
      .programOffering,
      plan.count("honour.industryLinkedProgramme"),
      schools
    )
    try write(honours)
  }

  /// The carriers of the plan, and a few that are not counted: dormant ones and unused bases.
  mutating func makeCarriers() throws {
    var carriers: [Carrier] = []
    let themes = names("carrierTheme", or: ["智能制造"])
    let kinds: [CarrierKind] = [
      .industryCollege, .vocationalGroup, .alliance, .researchPlatform, .trainingBase,
    ]
    for kind in kinds {
      let count = plan.count("carrier.\(kind.rawValue)")
      for number in 0..<count + count / 30 {
        let pool = kind == .trainingBase || colleges.isEmpty ? schools : colleges
        let owner = pool[number % pool.count]
        let partners = (0..<(kind == .trainingBase ? number % 2 : 3)).map {
          enterprises[(number * 17 + $0 * 5) % enterprises.count]
        }
        var carrier = Carrier()
        let theme = themes[number % themes.count]
        carrier.kind = kind
        carrier.name =
          "\(owner.schoolName.dropLast(2))\(theme)\(kind.label)"
          + (number >= themes.count ? "\(number / themes.count + 1)号" : "") + "（演示）"
        carrier.tier =
          kind == .researchPlatform ? .provincial : number % 5 == 0 ? .provincial : .city
        carrier.approvalDocNo = "演示函〔\(asOf.year - 2)〕\(number + 1)号"
        carrier.approvedOn = asOf.adding(days: -700 + number)
        carrier.state = number < count ? (number % 7 == 0 ? .accepted : .active) : .dormant
        carrier.ownerOrgId = owner.schoolId
        carrier.memberEnterpriseIds = partners.map(\.enterpriseId)
        if kind == .alliance || kind == .vocationalGroup { carrier.otherMembers = ["演示行业协会"] }
        carrier.industryNodeIds = Array(partners.flatMap(\.industryChainNodeIds).uniqued.prefix(3))
        if carrier.industryNodeIds.isEmpty, !nodes.isEmpty {
          carrier.industryNodeIds = [nodes[number % nodes.count].id]
        }
        carrier.programCodes = fittingPrograms(owner, number)
        carrier.locationRegionCode = owner.locationRegionCode
        carrier.managingZoneCode = owner.managingZoneCode
        (carrier.longitude, carrier.latitude) = (owner.longitude, owner.latitude)
        carrier.agreementCount = partners.count
        if kind == .trainingBase {
          carrier.baseType = number % 3 == 0 ? .productive : .campus
          carrier.workplaces = random.number(20...240)
          carrier.usedInTeaching = number < count
          carrier.openShare = number % 2 == 0
          carrier.bookingsThisYear = number < count ? random.number(0...60) : 0
        }
        if kind == .industryCollege {
          carrier.ownershipModel = .coRun
          carrier.leadEnterpriseIds = Array(carrier.memberEnterpriseIds.prefix(1))
        }
        if kind == .alliance { carrier.initiators = [owner.schoolName, "演示行业协会"] }
        if kind == .researchPlatform { carrier.platformClass = .engineeringCentre }
        carriers.append(carrier)
      }
    }
    try write(carriers)
  }

  /// The pilot projects of the plan.
  mutating func makePilots() throws {
    let certificates = city.codeTable("certificate") ?? []
    var pilots: [Pilot] = []
    for (model, pool) in [
      (PilotModel.erYuan, colleges), (.modern, schools), (.onePlusX, schools),
    ] where !pool.isEmpty {
      for number in 0..<plan.count("pilot.\(model.rawValue)") {
        let school = pool[number % pool.count]
        var pilot = Pilot()
        let batch = number / pool.count
        pilot.model = model
        pilot.schoolId = school.schoolId
        pilot.programCodes = fittingPrograms(school, number)
        pilot.tier = .provincial
        pilot.pilotNo = "YS-\(model.rawValue)-\(padded(number + 1, 3))"
        pilot.batch = String(asOf.year - 1 - batch % 4)
        pilot.approvalDocNo = "演示函〔\(asOf.year - 1)〕\(number + 1)号"
        pilot.approvedOn = asOf.adding(days: -100 - number)
        pilot.status = number % 4 == 0 ? .accepted : .training
        pilot.durationMonths = model == .onePlusX ? 12 : 36
        pilot.capacity = random.number(20...60)
        var name = "\(school.schoolName)\(model.label)试点"
        if model == .onePlusX, !certificates.isEmpty {
          let certificate = certificates[(number / pool.count * 5 + number) % certificates.count]
          pilot.certificate = certificate.code
          pilot.levels = ["intermediate"]
          name += "·\(certificate.label)"
        }
        if model != .onePlusX {
          pilot.enterpriseIds = [enterprises[(number * 29) % enterprises.count].enterpriseId]
        }
        pilot.name = "\(name.prefix(100))（\(number + 1)）"
        pilots.append(pilot)
      }
    }
    try write(pilots)
  }

  /// Three years of training and six of funds; the mean and the sum are the plan's.
  mutating func makeTrainingAndFunds() throws {
    var stats: [TrainingStat] = []
    let weights = schools.map { _ in random.number(50...150) }
    let base = plan.count("training.personTimes")
    for (back, total) in [(3, base - base / 40), (2, base), (1, base + base / 40)] {
      for (school, personTimes) in zip(schools, shareOut(total, by: weights)) {
        var stat = TrainingStat()
        stat.schoolId = school.schoolId
        stat.year = asOf.year - back
        stat.personTimes = personTimes
        stat.persons = personTimes * 8 / 10
        stat.reportStatus = .accepted
        stats.append(stat)
      }
    }
    try write(stats)
    var funds: [FundYear] = []
    let amounts = shareOut(plan.count("fund.cumulativeYuan"), by: [8, 10, 12, 15, 18, 20])
    for (index, amount) in amounts.enumerated() {
      var fund = FundYear()
      fund.fundName = "职业教育发展专项资金（演示）"
      fund.year = asOf.year - 6 + index
      fund.amount = .yuan(amount)
      fund.notion = .arranged
      fund.source = "演示数据"
      funds.append(fund)
    }
    try write(funds)
  }

  private func fittingPrograms(_ school: School, _ number: Int) -> [String] {
    let level = Self.level(school.institutionKind).rawValue
    let fitting = programs.filter { $0["level"].text == level }
    guard !fitting.isEmpty else { return [] }
    return [fitting[(number * 5) % fitting.count].id, fitting[(number * 5 + 3) % fitting.count].id]
      .uniqued
  }
}

extension [String] {
  /// The texts, each once, in order.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
