import CitongTesting
import Ledger
@testable import Planning
import Records
import Testing
import Values

/// Operating conditions, by the worked examples of `conditions.md`.
@Suite struct ConditionTests {
  /// What a secondary school has, the worked example of `conditions.md` §9.6.
  private static let secondary = [
    "schoolId": "S99101", "year": "2022", "schoolType": "secondary", "inScope": "true",
    "studentsFullTime": "1500", "landOwnedSqm": "45000", "landExclusiveSqm": "0",
    "buildingOwnedSqm": "31000", "buildingExclusiveSqm": "0", "teachersFull": "72",
    "teachersExternal": "0", "equipment": "4000000", "booksPrinted": "42000",
    "status": "published", "asOf": "2022-09-01",
  ]
  private static let college = [
    "schoolId": "S99001", "year": "2022", "schoolType": "higherVocational",
    "subType": "engineering", "inScope": "true", "studentsFullTime": "4300",
    "studentsConverted": "4300", "landOwnedSqm": "300000", "landExclusiveSqm": "0",
    "buildingOwnedSqm": "90000", "buildingExclusiveSqm": "0", "teachingAdminSqm": "43860",
    "teachersFull": "200", "teachersExternal": "0", "teachersGraduateDegree": "24",
    "equipment": "16770000", "booksPrinted": "154800", "status": "published",
    "asOf": "2022-09-01",
  ]

  private func judge(
    _ city: TestCity,
    _ texts: [String: String],
    adding: [String: Exact] = [:],
    after former: [SchoolCompliance.Card] = []
  ) throws -> SchoolCompliance {
    let record = try city.save("conditionYear", texts)
    return try ConditionRules(city.register).judge(record, adding: adding, after: former)
  }

  @Test func `by a formula that can't be read nobody is judged, and that is told`() throws {
    try withCity { city in
      let record = try city.save(
        "conditionYear",
        Self.secondary.merging([
          "landOwnedSqm": "60000", "teachersFull": "90", "booksPrinted": "60000",
        ]) { $1 }
      )
      func all<Root: DeclaredRecord>(_ kind: String, _ make: ([Value]) -> Root) throws -> [Root] {
        let kind = try #require(city.register.kind(kind))
        return try city.register.list(kind, Query(limit: 10_000)).map { make($0.values) }
      }
      var indicators = try all("conditionIndicator", ConditionIndicator.init(values:))
      let lines = try all("conditionThreshold", ConditionThreshold.init(values:))
      #expect(ConditionRules(indicators, lines).judge(record).allPass == true)
      let place = try #require(indicators.firstIndex { $0.indicatorCode == "Z2" })
      indicators[place].per = "改了名的在校生"
      let found = ConditionRules(indicators, lines).judge(record)
      #expect(found.allPass == nil)
      #expect(found.missing.map(\.indicator.indicatorCode) == ["Z2"])
      // What can't be told might be what narrows it most.
      #expect(found.mostStudents == nil)
      #expect(found.missing.first?.outcome == .missing(["公式“改了名的在校生”（读不出，请核对这项指标）"]))
    }
  }

  @Test func `a secondary school lacks land, teachers and books, each told in what is missing`()
    throws
  {
    try withCity { city in
      let found = try judge(city, Self.secondary)
      let told = found.results.map { result in
        "\(result.indicator.indicatorCode) \(result.value?.text(places: 2) ?? "") \(result.outcome) \(result.gap.text)"
      }
      #expect(
        told == [
          "Z1 45000.00 passes 0", "Z2 30.00 fails 4500", "Z3 31000.00 passes 0",
          "Z4 20.67 passes 0", "Z5 72.00 passes 0", "Z6 20.83 fails 3", "Z7 4000000.00 passes 0",
          "Z8 2666.67 passes 0", "Z9 28.00 fails 3000",
        ]
      )
      #expect(found.allPass == false)
      #expect(found.failed.map(\.indicator.indicatorCode) == ["Z2", "Z6", "Z9"])
      #expect(found.mostStudents == 1363)
      #expect(
        found.failed.first?.why
          == "自有占地 45000，非产权独立使用占地 0，全日制在校生 1500；得 30.00，要不低于 33 ㎡/人"
      )
    }
  }

  @Test func `1045 students and 50 teachers are not 20, and exactly 20 is enough`() throws {
    try withCity { city in
      func teachers(_ students: Int, _ teachers: Int) throws -> ConditionResult.Outcome? {
        var texts = Self.secondary
        texts["studentsFullTime"] = String(students)
        texts["teachersFull"] = String(teachers)
        return try judge(city, texts).results.first { $0.indicator.indicatorCode == "Z6" }?.outcome
      }
      try #expect(teachers(1045, 50) == .fails)
      try #expect(teachers(1000, 50) == .passes)
    }
  }

  @Test func `what is thought to be there besides closes the gaps`() throws {
    try withCity { city in
      let added = [
        "landOwnedSqm": Exact(4500), "teachersFull": Exact(3), "booksPrinted": Exact(3000),
      ]
      try #expect(judge(city, Self.secondary, adding: added).allPass == true)
      let fewer = try judge(city, Self.secondary, adding: ["studentsFullTime": Exact(-137)])
      #expect(fewer.allPass == true)
      try #expect(
        judge(city, Self.secondary, adding: ["studentsFullTime": Exact(-136)]).allPass == false
      )
    }
  }

  @Test func `nobody, nothing filled in and no line are three answers`() throws {
    try withCity { city in
      var texts = Self.secondary
      texts["studentsFullTime"] = "0"
      let none = try judge(city, texts)
      #expect(
        none.results.first { $0.indicator.indicatorCode == "Z2" }?.outcome == .notApplicable
      )
      var college = Self.college
      college["teachingAdminSqm"] = ""
      let missing = try judge(city, college)
      #expect(
        missing.results.first { $0.indicator.indicatorCode == "H3" }?.outcome
          == .missing(["教学行政用房"])
      )
      texts["schoolType"] = "artSecondary"
      texts["studentsFullTime"] = "1500"
      let without = try judge(city, texts)
      #expect(without.results.isEmpty)
      #expect(without.allPass == nil)
    }
  }

  @Test func `cards are for what lies below the restricted line, not for what is not qualified`()
    throws
  {
    try withCity { city in
      // H1 21.5, H2 12 %, H3 10.2, H4 3,900, H5 36: five are not qualified, none is restricted.
      let found = try judge(city, Self.college)
      #expect(found.failed.map(\.indicator.indicatorCode) == ["H1", "H2", "H3", "H4", "H5"])
      #expect(found.restricted.isEmpty && found.card == .none)
      var one = Self.college
      one["studentsConverted"] = "4480"  // 22.4 to a teacher
      one["equipment"] = "17472000"
      one["booksPrinted"] = "161280"
      let yellow = try judge(city, one)
      #expect(yellow.restricted.map(\.indicator.indicatorCode) == ["H1"])
      #expect(yellow.card == .yellow)
      try #expect(judge(city, one, after: [.yellow]).card == .yellow)
      try #expect(judge(city, one, after: [.yellow, .yellow]).card == .red)
      try #expect(judge(city, one, after: [.yellow, .none]).card == .yellow)
      one["booksPrinted"] = "134400"  // 30 a student
      try #expect(judge(city, one).card == .red)
    }
  }

  @Test func `students are converted as the ministry says`() throws {
    let rows = [
      ["undergraduate", "4615"], ["college", "1532"], ["master", "85"], ["foreign", "22"],
      ["evening", "34"], ["correspondence", "298"],
    ]
    #expect(StudentPart.converted(rows) == 63_805)
    #expect(StudentPart.converted([]) == nil)
    #expect(StudentPart.converted([["college", "-1"]]) == nil)
    #expect(StudentPart.converted([["college", "many"]]) == nil)
  }

  @Test func `a province's own line goes before the nation's`() throws {
    try withCity { city in
      try #expect(judge(city, Self.secondary).results[1].outcome == .fails)
      try city.save(
        "conditionThreshold",
        [
          "ruleSet": "EX-2022-01", "precedence": "10", "schoolType": "secondary",
          "indicatorCode": "Z2", "side": "atLeast", "value": "30", "line": "key",
          "source": "示例省标准", "confidence": "primary", "effectiveFrom": "2022",
        ]
      )
      let found = try judge(city, Self.secondary)
      #expect(found.results[1].outcome == .passes)
      #expect(found.results[1].threshold.ruleSet == "EX-2022-01")
    }
  }

  @Test func `a formula that can't be read is told at its field`() throws {
    try withCity { city in
      let indicator = [
        "indicatorCode": "X1", "name": "试", "unit": "人", "haveLabel": "人", "haveUnit": "人",
        "basis": "试",
      ]
      func problems(_ have: String, _ per: String = "") throws -> [String] {
        try city.problems(
          of: "conditionIndicator",
          indicator.merging(["have": have, "per": per]) { $1 }
        ).map { "\($0.code) \($0.path)" }
      }
      try #expect(problems("专任教师 / 全日制在校生") == [])
      try #expect(problems("专任老师") == ["PLN-E-005 have"])
      try #expect(problems("专任教师 > 3") == ["PLN-E-004 have"])
      try #expect(problems("专任教师", "全日制在校生 +") == ["PLN-E-005 per"])
    }
  }

  @Test func `data the city has not verified do not count`() throws {
    try withCity { city in
      var year = try judge(city, Self.secondary).year
      let counting = ConditionStatus.allCases.filter { status in
        year.status = status
        return year.counts
      }
      #expect(counting == [.cityVerified, .provinceFiled, .published])
      year.inScope = false
      #expect(!year.counts)
    }
  }

  @Test func `the newest year that counts is told first, a year of drafts when asked for`() throws {
    try withCity { city in
      let drafts = ["year": "2023", "status": "draft", "asOf": "2023-09-01"]
      try city.save("conditionYear", Self.secondary.merging(drafts) { $1 })
      #expect(try ConditionOverview(city.register).year == 2023)
      try city.save("conditionYear", Self.secondary)
      let first = try ConditionOverview(city.register)
      #expect([first.year, first.whole.inScope, first.unverified] == [2022, 1, 0])
      let next = try ConditionOverview(city.register, year: 2023)
      #expect([next.year, next.whole.inScope, next.unverified] == [2023, 0, 1])
      #expect(next.whole.rate == nil)
    }
  }

  @Test func `28 of 34 are 82.35 per cent, and three more are 90`() throws {
    try withCity { city in
      let base = try judge(city, Self.secondary)
      let record = try #require(
        try city.register.list(city.kind("conditionYear"), Query(limit: 1)).first
      )
      func school(_ number: Int, passes: Bool, inScope: Bool = true) -> ConditionOverview.School {
        var compliance = base
        compliance.year.inScope = inScope
        if passes {
          for index in compliance.results.indices { compliance.results[index].outcome = .passes }
        }
        return .init(
          id: "S\(number)",
          name: "校\(number)",
          region: number.isMultiple(of: 2) ? "A" : "B",
          record: record,
          compliance: compliance
        )
      }
      var schools = (0..<28).map { school($0, passes: true) }
      schools += (28..<34).map { school($0, passes: false) }
      // Founded in 2023, and an attached class: shown, not counted.
      schools += [
        school(34, passes: true, inScope: false), school(35, passes: false, inScope: false),
      ]
      let overview = ConditionOverview(year: 2024, years: [2024], schools: schools)
      #expect(overview.whole == .init(inScope: 34, passing: 28, unknown: 0))
      #expect(overview.whole.rate.map { $0.multiplied(by: Exact(100))?.text(places: 2) } == "82.35")
      let lines = [Exact(4, over: 5), Exact(9, over: 10)].compactMap { $0 }
      #expect(lines.map(overview.missing) == [0, 3])
      #expect(overview.share(of: "A").inScope + overview.share(of: "B").inScope == 34)
      #expect(
        overview.failures.map { "\($0.indicator.indicatorCode) \($0.schools)" } == [
          "Z2 6", "Z6 6", "Z9 6",
        ]
      )
    }
  }

  @Test func `shares of admission and pressure`() throws {
    var enrolment = CountyEnrolment()
    enrolment.juniorGraduates = 10_000
    enrolment.generalPlan = 6_000
    enrolment.generalAdmitted = 6_030
    enrolment.secondaryAdmitted = 2_970
    enrolment.technicianAdmitted = 600
    enrolment.fiveYearAdmitted = 400
    enrolment.seatsVoc = 3_500
    #expect(enrolment.vocationalShare == Exact(397, over: 1_000))
    #expect(enrolment.pressure == Exact(1, over: 20))
    #expect(CountyEnrolment().vocationalShare == nil)
    #expect(CountyEnrolment().pressure == nil)
  }
}
