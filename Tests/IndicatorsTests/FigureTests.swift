import CitongTesting
import Indicators
import Ledger
import Records
import Storage
import Testing
import Values

/// The figures over the demo data: the plan of the example, and the seed's of Quanzhou.
@Suite struct FigureTests {
  private func figures(_ city: TestCity) throws -> [String: IndicatorValue] {
    let all = try IndicatorBook(city.register).values().flatMap(\.flattened)
    return Dictionary(uniqueKeysWithValues: all.map { ($0.indicator.code, $0) })
  }

  private func plan(_ city: City, _ keys: String...) throws -> Ratio {
    var sum = Ratio.zero
    for key in keys {
      sum = sum + (try #require(city.demoPlan[key].flatMap { Ratio(decimal: $0) }, "\(key)"))
    }
    return sum
  }

  @Test func `every figure of the example is what its plan says`() throws {
    let table: [(String, [String])] = [
      ("S1", ["schools.vocationalUniversity"]), ("S2", ["schools.higherVocationalCollege"]),
      ("S3", ["schools.secondaryVocationalSchool", "schools.technicianSchool"]),
      ("S3.technician", ["schools.technicianSchool"]),
      ("S3.secondary", ["schools.secondaryVocationalSchool"]), ("S4", ["students"]),
      ("S5", ["graduates"]), ("S6", ["employmentRate"]),
      ("S8", ["honour.demoModernSchool.college", "honour.demoModernSchool.secondary"]),
      ("S8.college", ["honour.demoModernSchool.college"]),
      ("S8.secondary", ["honour.demoModernSchool.secondary"]),
      ("S9", ["honour.provDoubleHigh.college", "honour.provDoubleHigh.secondary"]),
      ("S10", ["honour.provDoubleHighGroup.college", "honour.provDoubleHighGroup.secondary"]),
      ("S11", ["honour.industryLinkedProgramme"]), ("S12", ["enterprises"]),
      ("S12.over100m", ["enterprises.outputOver100m"]), ("K1", ["carrier.industryCollege"]),
      ("K2", ["carrier.vocationalGroup"]), ("K3", ["carrier.alliance"]),
      ("K4", ["carrier.researchPlatform"]), ("K5", ["carrier.trainingBase"]),
      ("A1", ["pilot.erYuan"]), ("A2", ["pilot.modern"]), ("X1", ["pilot.onePlusX"]),
      ("T1", ["training.personTimes"]), ("F1", ["fund.cumulativeYuan"]),
    ]
    try withCity(demo: true) { city in
      let values = try figures(city)
      for (code, keys) in table {
        var planned = Ratio.zero
        for key in keys { planned = planned + (try plan(city.city, key)) }
        #expect(values[code]?.value == planned, "\(code)")
      }
      let retention = try #require(values["S7"])
      #expect(retention.display == "65%")
      #expect(retention.indicator.label == "留棠率（市内就业占就业）")
      #expect(values["school.count"]?.value == Ratio(4))
      #expect(values["S9.share"]?.display == "10%")
      #expect(values["X1.share"]?.display == "9%")
      #expect(values["P1"]?.value == Ratio(21))
      #expect(values["A1.rank"]?.display == "4位")
    }
  }

  @Test func `the parts of every figure that has all its parts add up to it`() throws {
    try withCity(demo: true) { city in
      let values = try figures(city)
      for (whole, parts) in [
        ("S3", ["S3.technician", "S3.secondary"]),
        ("S4", ["S4.secondary", "S4.juniorCollege", "S4.vocationalBachelor"]),
        ("S5", ["S5.secondary", "S5.juniorCollege", "S5.vocationalBachelor"]),
        ("S8", ["S8.college", "S8.secondary"]), ("S9", ["S9.college", "S9.secondary"]),
        ("S10", ["S10.college", "S10.secondary"]), ("school.count", ["S1", "S2", "S3"]),
      ] {
        var sum = Ratio.zero
        for part in parts { sum = sum + (values[part]?.value ?? .zero) }
        #expect(values[whole]?.value == sum, "\(whole)")
      }
    }
  }

  @Test func `every figure equals the sum of what its drill-down lists`() throws {
    try withCity(demo: true) { city in
      try expectDrillDowns(city)
    }
  }

  private func expectDrillDowns(_ city: TestCity) throws {
    try city.store.read { reading in
      let reckoning = try IndicatorBook(city.register).reckon(in: reading)
      for value in try reckoning.values().flatMap(\.flattened) {
        let code = value.indicator.code
        let again = try reckoning.recount(code, at: .city, value.year)
        #expect(value.answer == again, "\(code)")
        var rows = 0
        for set in reckoning.recordSets(of: code, at: .city, value.year) {
          try reckoning.each(set) { _, _ in rows += 1 }
        }
        #expect(value.records == rows, "\(code)")
      }
    }
  }

  @Test func `without records counts are nought, sums and rates are not reported`() throws {
    try withCity { city in
      let values = try figures(city)
      #expect(values["S2"]?.value == Ratio(1))
      #expect(values["S3"]?.value == Ratio(3))
      #expect(values["S4"]?.display == "未填报")
      #expect(values["S6"]?.display == "未填报")
      #expect(values["S6"]?.json == JSON.null)
      #expect(values["T1"]?.value == nil)
    }
  }

  @Test func `what a fund amounted to in another sense is not added to what was arranged`() throws {
    let arranged = [
      "fundName": "职业教育专项", "year": "2021", "amount": "4000万", "notion": "安排",
    ]
    let others = [
      ["notion": "下达"], ["notion": "到位"], ["notion": "支出"], ["isCumulative": "是"],
    ]
    try withCity { city in
      try city.save("fundYear", arranged)
      for change in others {
        try city.save("fundYear", arranged.merging(change) { $1 })
        try #expect(figures(city)["F1"]?.value == Ratio(40_000_000), "\(change)")
      }
      try #expect(city.rows(in: "fundYear") == 5)
      try city.save("fundYear", ["fundName": "职业教育专项", "year": "2020", "amount": "3000万"])
      let figure = try #require(figures(city)["F1"])
      #expect(figure.value == Ratio(70_000_000))
      #expect(figure.records == 2)
      try expectDrillDowns(city)
    }
  }

  @Test func `a figure over internal fields is not opened to anybody`() throws {
    try withCity { city in
      let open = try city.store.read { reading in
        let reckoning = try IndicatorBook(city.register).reckon(in: reading)
        return Set(
          reckoning.indicators.map(\.code).filter { code in
            reckoning.recordSets(of: code, at: .city, "").allSatisfy { reckoning.isOpen($0) }
          }
        )
      }
      #expect(open.isSuperset(of: ["S1", "S2", "S3", "S4", "K1"]))
      #expect(!open.contains("S12.over100m"))
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `the Quanzhou demo reproduces the seed`() throws {
    let exact: [(String, Int128)] = [
      ("S1", 1), ("S2", 11), ("S3", 35), ("S3.technician", 4), ("S3.secondary", 31),
      ("school.count", 47), ("S4", 192_000), ("S5", 49_000), ("S8", 15), ("S8.college", 4),
      ("S8.secondary", 11), ("S9", 10), ("S9.college", 3), ("S9.secondary", 7), ("S10", 36),
      ("S10.college", 14), ("S10.secondary", 22), ("S11", 157), ("K1", 33), ("K2", 11), ("K3", 2),
      ("K4", 57), ("K5", 334), ("A1", 278), ("A2", 71), ("X1", 228), ("T1", 250_000),
      ("F1", 403_000_000),
    ]
    let ranges: [(String, ClosedRange<Ratio>)] = [
      ("S4", Ratio(191_500)...Ratio(192_499)), ("S5", Ratio(48_500)...Ratio(49_499)),
      ("S6", Ratio(98, 100)...Ratio(1)), ("S7", Ratio(695, 1000)...Ratio(705, 1000)),
      ("S12", Ratio(2400)...Ratio(2499)), ("S12.over100m", Ratio(600)...Ratio(699)),
    ]
    let shown = [
      ("S4", "19.2万人"), ("S5", "4.9万人"), ("X1.share", "21.1%"), ("T1", "25万人次"), ("F1", "4.03亿元"),
    ]
    try withCity("quanzhou", demo: true) { city in
      let values = try figures(city)
      for (code, number) in exact { #expect(values[code]?.value == Ratio(number), "\(code)") }
      for (code, range) in ranges {
        let value = try #require(values[code]?.value, "\(code)")
        #expect(range.contains(value), "\(code): \(value.decimal(places: 4))")
      }
      for (code, text) in shown { #expect(values[code]?.display == text, "\(code)") }
      #expect(values["S7"]?.indicator.label.hasPrefix("留泉率") == true)
      try expectDrillDowns(city)
    }
  }
}
