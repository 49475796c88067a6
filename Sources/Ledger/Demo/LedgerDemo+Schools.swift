import Calendar
import Records
import Values

extension LedgerDemo {
  private var asOf: CivilDate { plan.asOf ?? register.clock.now().date }

  /// The invented schools, named after nothing that exists.
  mutating func makeSchools() throws {
    let prefixes = names("enterprisePrefix", or: ["海澜"])
    let themes = names("schoolTheme", or: ["综合"])
    var number = 0
    for kind in InstitutionKind.allCases where kind != .ordinaryUniversity {
      for _ in 0..<plan.count("schools.\(kind.rawValue)") {
        number += 1
        let county = counties[number % counties.count]
        var school = School()
        school.schoolId = "SD\(padded(number, 3))"
        school.schoolName =
          prefixes[(number * 7) % prefixes.count] + themes[number % themes.count]
          + Self.suffix(kind) + "演示"
        school.institutionKind = kind
        school.moeSchoolCode = schoolCode(kind, number)
        school.ownership = number % 3 == 0 ? .privateNonProfit : .public
        school.sponsor = school.ownership == .public ? "演示举办者（公办）" : "演示举办者（民办）"
        school.competentAuthority = authority(kind, number)
        school.locationRegionCode = county.code
        if let zone = county.zones.first, number % 4 == 1 { school.managingZoneCode = zone }
        (school.longitude, school.latitude) = county.point(&random)
        school.status = .active
        school.foundedOn = CivilDate(year: 1956 + number % 60, month: 9, day: 1)
        school.secondarySubtype =
          kind == .technicianSchool
          ? .technician : kind == .secondaryVocationalSchool ? .vocationalHigh : nil
        school.fullTimeTeachers = random.number(70...600)
        school.dualQualifiedTeachers = (school.fullTimeTeachers ?? 0) * random.number(40...65) / 100
        school.landAreaM2 = random.number(40_000...400_000)
        school.buildingAreaM2 = random.number(24_000...200_000)
        school.printedBooks = random.number(30_000...600_000)
        school.contactOffice = "校企合作办公室"
        schools.append(school)
      }
    }
    try write(schools)
  }

  /// Three school years of numbers; the last one adds up to the plan.
  func makeStatistics() throws {
    var random = DemoRandom(seed: 192_000)
    let year = SchoolYear(containing: asOf)
    let weights = schools.map { school -> Int in
      switch school.institutionKind {
      case .vocationalUniversity: random.number(1400...1600)
      case .higherVocationalCollege: random.number(700...1000)
      case .technicianSchool: random.number(150...260)
      default: random.number(160...300)
      }
    }
    for (back, percent) in [(2, 94), (1, 97), (0, 100)] {
      let enrolled = shareOut(plan.count("students") * percent / 100, by: weights)
      let graduates = shareOut(plan.count("graduates") * percent / 100, by: enrolled)
      let placed = shareOut(
        (Ratio(Int128(graduates.reduce(0, +))) * plan.ratio("employmentRate")).rounded,
        by: graduates
      )
      let further = zip(schools, placed).map { school, placed in
        placed * (school.institutionKind?.isHigherEducation == true ? 12 : 38) / 100
      }
      let employed = zip(placed, further).map { $0 - $1 }
      let known = employed.map { $0 * 99 / 100 }
      let inCity = shareOut(
        (Ratio(Int128(known.reduce(0, +))) * plan.ratio("retentionRate")).rounded,
        by: known
      )
      let past = SchoolYear(firstYear: year.firstYear - back)
      var stats: [SchoolAnnualStat] = []
      for (index, school) in schools.enumerated() {
        var stat = SchoolAnnualStat()
        stat.schoolId = school.schoolId
        stat.schoolYear = past.description
        stat.studentLevel = Self.level(school.institutionKind)
        stat.enrolled = enrolled[index]
        stat.newStudents = enrolled[index] * 34 / 100
        stat.graduates = graduates[index]
        stat.employed = employed[index]
        stat.furtherStudy = further[index]
        stat.employedRegionKnown = known[index]
        stat.employedInCity = inCity[index]
        stat.reportStatus = back == 0 ? .accepted : .frozen
        stat.asOf = asOf.adding(days: -365 * back)
        stats.append(stat)
      }
      try write(stats)
    }
  }

  /// What each school offers, spread over the programs the city's folder lists.
  mutating func makeOfferings() throws {
    var offerings: [ProgramOffering] = []
    for school in schools {
      let level = Self.level(school.institutionKind)
      let fitting = programs.filter { $0["level"].text == level.rawValue }
      guard !fitting.isEmpty else { continue }
      let count = min(fitting.count, random.number(7...12))
      let start = random.number(0...fitting.count - 1)
      let step = fitting.count > 12 ? fitting.count / 12 : 1
      var used: Set<String> = []
      for number in 0..<count {
        let program = fitting[(start + number * step + number % 2) % fitting.count]
        guard used.insert(program.id).inserted else { continue }
        var offering = ProgramOffering()
        offering.offeringName = school.schoolName + " · " + program.title
        offering.schoolId = school.schoolId
        offering.programCode = program.id
        offering.durationYears = level == .vocationalBachelor ? 4 : 3
        offering.studyMode = .fullTime
        offering.status = .recruiting
        offering.openedIn = random.number(2008...2020)
        offering.enrolledStudents = random.number(60...420)
        offering.graduatesThisYear = (offering.enrolledStudents ?? 0) / 3
        offering.industryChainIds = chains(of: program)
        offering.skillTerms = skills(of: program)
        offerings.append(offering)
      }
    }
    try write(offerings)
  }

  /// The chains whose nodes name one of a program's occupations.
  private func chains(of program: Record) -> [String] {
    let occupations = Set(program["occupationCodes"].list)
    var chains: [String] = []
    for node in nodes where !occupations.isDisjoint(with: node["occupationCodes"].list) {
      if let chain = node["chainId"].text, !chains.contains(chain) { chains.append(chain) }
    }
    return Array(chains.prefix(2))
  }

  /// The skills of the vocabulary that a program's occupations need.
  private func skills(of program: Record) -> [String] {
    let occupations = Set(program["occupationCodes"].list)
    return city.vocabulary.filter { !occupations.isDisjoint(with: $0.occupationCodes) }
      .prefix(6).map(\.name)
  }

  func names(_ kind: String, or fallback: [String]) -> [String] { city.demoNames[kind] ?? fallback }

  func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  static func level(_ kind: InstitutionKind?) -> StudentLevel {
    switch kind {
    case .vocationalUniversity: .vocationalBachelor
    case .higherVocationalCollege: .juniorCollege
    default: .secondary
    }
  }

  /// A school code in province 99, which there is not; a technician school has none.
  private func schoolCode(_ kind: InstitutionKind, _ number: Int) -> String {
    guard kind != .technicianSchool else { return "" }
    return (kind.isHigherEducation ? "4199" : "3199") + padded(number, 6)
  }

  private static func suffix(_ kind: InstitutionKind) -> String {
    switch kind {
    case .vocationalUniversity: "职业技术大学"
    case .higherVocationalCollege: "职业学院"
    case .technicianSchool: "技工学校"
    default: "职业中专学校"
    }
  }

  private func authority(_ kind: InstitutionKind, _ number: Int) -> CompetentAuthority {
    switch kind {
    case .vocationalUniversity, .higherVocationalCollege: .provinceEdu
    case .technicianSchool: .cityHr
    default: number % 2 == 0 ? .countyEdu : .cityEdu
    }
  }
}
