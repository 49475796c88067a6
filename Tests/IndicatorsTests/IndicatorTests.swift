import CitongTesting
import Indicators
import Ledger
import Records
import Rules
import Storage
import Testing
import Values

/// Indicators as definitions: formulas, circles, places, years, and the change feed.
@Suite struct IndicatorTests {
  /// An indicator told at every level, by its formula.
  private func indicator(
    _ code: String,
    _ formula: String,
    period: IndicatorPeriod = .latest
  ) -> Indicator {
    var indicator = Indicator()
    (indicator.code, indicator.label, indicator.formula) = (code, code, formula)
    (indicator.levels, indicator.period) = (Level.allCases.map(\.rawValue), period)
    return indicator
  }

  private func answer(
    _ indicators: [Indicator],
    _ city: TestCity,
    at place: IndicatorPlace = .city
  ) throws -> IndicatorAnswer? {
    let book = IndicatorBook(city.register, indicators: indicators)
    return try city.store.read { reading in
      try book.reckon(in: reading).value(indicators.last?.code ?? "", at: place)?.answer
    }
  }

  private func report(
    _ city: TestCity,
    _ school: String,
    _ year: String,
    _ fields: [String: String]
  )
    throws
  {
    try city.save(
      "schoolAnnualStat",
      fields.merging(
        [
          "schoolId": school, "schoolYear": year, "studentLevel": "secondary", "asOf": "2021-09-01",
        ]
      ) { given, _ in given }
    )
  }

  @Test(arguments: [
    ("count(学校)", "", ""),
    ("count(学校, x, x.状态 == \"actve\")", "IND-E-003", "“actve”不是“状态”的代码；可用："),
    ("count(学校, x, x.状态 == \"在用\")", "IND-E-003", "应写代码"),
    ("count(学校, x, x.状太 == \"active\")", "RUL-E-012", "学校没有字段“状太”。"),
    ("count(学较)", "RUL-E-010", "没有名称“学较”。"),
    ("count(学校, x, size(x.学校全称) > 3)", "IND-E-004", "条件“size(x.学校全称) > 3”不能在库里判断"),
    ("学校.filter(x, true).size()", "IND-E-002", "“学校”是一类记录"),
    ("sum(学校年度统计, x, x.在校生 + x.招生)", "IND-E-005", "请分开写成几个 sum 相加"),
    ("sum(学校, x, x.学校全称)", "", ""), ("count(学校) > 3", "IND-E-001", "公式的结果是真假，应为数。"),
    ("count(学校) * 0.5", "IND-E-001", "公式里的小数不精确"), ("count(学校", "RUL-E-005", ""),
    ("sum(学校年度统计, x, x.在校生) + sum(学校, x, x.占地面积)", "RUL-E-018", ""),
  ])
  func `a fault of a formula is told with its place and what was expected`(
    _ formula: String,
    _ code: String,
    _ words: String
  ) throws {
    let sets = RecordSets(TestCity.kinds)
    var fault: RuleFault?
    do { _ = try Formula(formula, sets, using: []) } catch { fault = error }
    if formula.contains("学校全称)") && code.isEmpty {
      #expect(fault != nil)
    } else if code == "RUL-E-005" {
      #expect(fault != nil)
    } else {
      #expect((fault?.code ?? "") == code, "\(fault?.description ?? "")")
      #expect(words.isEmpty || fault?.message.contains(words) == true, "\(fault?.message ?? "")")
    }
  }

  @Test func `indicators that use each other in a circle are refused, and the circle is shown`()
    throws
  {
    try withCity { city in
      func save(_ code: String, _ formula: String) throws -> [String] {
        do {
          try city.save(
            "indicator",
            ["code": code, "label": code, "formula": formula, "words": code],
            id: try city.register.record(city.kind("indicator"), code)?.id
          )
          return []
        } catch let refused as Refused {
          return refused.problems.map { "\($0.code) \($0.message)" }
        }
      }
      try #expect(save("a1", "count(学校)") == [])
      try #expect(save("b1", "a1 * 2") == [])
      try #expect(save("c1", "b1 + a1") == [])
      try #expect(save("a1", "c1 - 1") == ["IND-E-012 指标互相引用成环：a1 → c1 → b1 → a1。"])
      try #expect(save("a1", "a1 - 1") == ["IND-E-012 指标互相引用成环：a1 → a1。"])
      try #expect(save("2a", "count(学校)").first?.hasPrefix("IND-E-010") == true)
    }
  }

  @Test func `a circle that is there all the same is told and nothing is reckoned by it`() throws {
    try withCity { city in
      let found = try answer([indicator("b1", "a1"), indicator("a1", "b1 + 1")], city)
      #expect(found == .failed("指标互相引用成环：a1 → b1 → a1。"))
    }
  }

  @Test func `zero, no denominator and nothing filled in are three answers`() throws {
    try withCity { city in
      let closed = "count(学校, x, x.状态 == \"closed\")"
      let students = "sum(学校年度统计, x, x.在校生)"
      #expect(try answer([indicator("a", closed)], city) == .value(.zero))
      #expect(try answer([indicator("a", "count(学校) / \(closed)")], city) == .noDenominator)
      #expect(try answer([indicator("a", students)], city) == .missing("学校年度统计的在校生"))
      try report(city, "S99101", "2020-2021", ["enrolled": "0"])
      #expect(try answer([indicator("a", students)], city) == .value(.zero))
      #expect(
        try answer([indicator("a", students), indicator("b", "count(学校) / a")], city)
          == .noDenominator
      )
    }
  }

  @Test func `the year before, the whole city and every year together`() throws {
    try withCity { city in
      try report(city, "S99101", "2019-2020", ["enrolled": "1000"])
      try report(city, "S99101", "2020-2021", ["enrolled": "1045"])
      let students = indicator("s", "sum(学校年度统计, x, x.在校生)")
      let growth = indicator("g", "(s - s.上年) / s.上年")
      #expect(try answer([students, growth], city) == .value(try #require(Exact("0.045"))))
      let share = indicator("h", "s / s.全市")
      let school = IndicatorPlace(.school, "S99101")
      #expect(try answer([students, share], city, at: school) == .value(Exact(1)))
      var all = indicator("a", "sum(学校年度统计, x, x.在校生)", period: .allYears)
      #expect(try answer([all], city) == .value(Exact(2045)))
      all.formula = "size(学校年度统计.map(x, x.学年).distinct())"
      #expect(try answer([all], city) == .value(Exact(2)))
      all.formula = "max(学校年度统计, x, x.在校生) - min(学校年度统计, x, x.在校生)"
      #expect(try answer([all], city) == .value(Exact(45)))
      all.formula = "avg(学校年度统计, x, x.在校生)"
      #expect(try answer([all], city) == .value(try #require(Exact("1022.5"))))
    }
  }

  @Test func `a year of which fewer have reported does not push the last complete one aside`()
    throws
  {
    try withCity { city in
      let schools = try city.register.list(city.kind("school"), Query(limit: 2)).map(\.id)
      for school in schools { try report(city, school, "2019-2020", ["enrolled": "500"]) }
      try report(city, schools[0], "2020-2021", ["enrolled": "600"])
      let formula = "sum(学校年度统计, x, x.在校生)"
      #expect(try answer([indicator("a", formula)], city) == .value(Exact(600)))
      let complete = indicator("a", formula, period: .complete)
      #expect(try answer([complete], city) == .value(Exact(1000)))
      try report(city, schools[1], "2020-2021", ["enrolled": "600"])
      #expect(try answer([complete], city) == .value(Exact(1200)))
    }
  }

  @Test func `the counties and zones add up to the city, the schools too`() throws {
    try withCity("quanzhou", demo: true) { city in
      let units = try city.register.managingUnits().map { IndicatorPlace(.county, $0.id) }
      let schools = try city.register.list(city.kind("school"), Query(limit: 1000)).map {
        IndicatorPlace(.school, $0.id)
      }
      #expect(units.count == 13)
      try city.store.read { reading in
        let reckoning = try IndicatorBook(city.register).reckon(in: reading)
        for indicator in reckoning.indicators
        where !indicator.isPercent && indicator.toldAt.contains(.county)
          && indicator.formula.wholeMatch(of: /(count|sum)\([^\/]*\)/) != nil
        {
          let whole = reckoning.year(of: indicator.code)
          let city = try reckoning.value(indicator.code)?.answer.exact
          for places in [units, schools] where indicator.toldAt.contains(places[0].level) {
            let sum = try reckoning.values(indicator.code, at: places, year: whole)
              .compactMap(\.answer.exact).reduce(Exact.zero) { $0.adding($1) ?? $0 }
            #expect(sum == city, "\(indicator.code) \(places[0].level)")
          }
        }
      }
    }
  }

  @Test func `at a place the drill-down is of that place, and adds up to the value`() throws {
    try withCity(demo: true) { city in
      let places =
        try city.register.managingUnits().map { IndicatorPlace(.county, $0.id) }
        + city.register.list(city.kind("school"), Query(limit: 20)).map {
          IndicatorPlace(.school, $0.id)
        }
      try city.store.read { reading in
        let reckoning = try IndicatorBook(city.register).reckon(in: reading)
        for place in places {
          for value in try reckoning.values(at: place).flatMap(\.flattened) {
            let code = value.indicator.code
            let again = try reckoning.recount(code, at: place, value.year)
            #expect(again == value.answer, "\(code) \(place)")
          }
        }
      }
    }
  }

  @Test func `what the feed brings is in the next answer, as if all were read anew`() throws {
    try withCity(demo: true) { city in
      let book = IndicatorBook(city.register)
      func values(_ book: IndicatorBook) throws -> [String: IndicatorAnswer] {
        Dictionary(
          try book.values().flatMap(\.flattened).map { ($0.indicator.code, $0.answer) },
          uniquingKeysWith: { first, _ in first }
        )
      }
      var last = try values(book)
      func expectTold(_ code: String, _ change: () throws -> Void) throws {
        try change()
        let now = try values(book)
        #expect(now[code] != last[code], "\(code)")
        try #expect(now == values(IndicatorBook(city.register)), "\(code)")
        last = now
      }
      let stat = try #require(
        try city.register.list(city.kind("schoolAnnualStat"), Query(sort: "schoolYear")).last
      )
      try expectTold("S4") {
        try city.save("schoolAnnualStat", ["enrolled": "99999"], id: stat.id)
      }
      let honour = try #require(
        try city.register.list(
          city.kind("honour"),
          Query([.field("honourType", "provDoubleHigh"), .field("status", "accepted")])
        ).first
          ?? city.register.list(
            city.kind("honour"),
            Query([.field("honourType", "provDoubleHigh")])
          )
          .first
      )
      try expectTold("S9") { try city.save("honour", ["status": "nurturing"], id: honour.id) }
      try expectTold("S1") {
        try city.save("indicator", ["formula": "count(学校) + 1000"], id: "S1")
      }
    }
  }

  @Test func `random formulas never crash`() throws {
    let pieces = [
      "count(学校)", "sum(学校年度统计, x, x.在校生)", "S4", "S4.上年", "(", ")", "+", "-", "*", "/", "x", "学校",
      ".", "1", "\"a\"", "size(学校.map(x, x.状态).distinct())", "校企合作.exists(y, y.企业 == x)", "?", ":",
      "0.5",
      "count(企业, x, 校企合作.exists(y, y.企业 == x))", ",", "&&", "x.学校.学校类型", "[", "]", "上年", "avg(",
      "min(",
    ]
    let sets = RecordSets(TestCity.kinds)
    var random = TestRandom(seed: 20_221_127)
    var read = 0
    for _ in 0..<1_500 {
      let count = Int.random(in: 1...9, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }
        .joined(separator: " ")
      if (try? Formula(text, sets, using: ["S4"])) != nil { read += 1 }
    }
    #expect(read > 0)
  }
}
