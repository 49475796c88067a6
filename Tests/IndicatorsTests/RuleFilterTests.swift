import Calendar
import CitongTesting
import Indicators
import Ledger
import Records
import Rules
import Storage
import Testing
import Values

/// Rules that say which records are meant, decided by the store where it can.
@Suite struct RuleFilterTests {
  /// The identifiers a rule means: found by the store, and by looking at every record.
  private func found(_ text: String, _ kind: Kind, _ city: TestCity) throws -> (
    byStore: [String], oneByOne: [String], filter: RuleFilter
  ) {
    let filter = try RuleFilter(text, kind)
    var ids: [String] = []
    try city.register.each(filter) { ids.append($0.id) }
    var all: [String] = []
    try city.register.store.read { reading in
      try city.register.each(kind, in: reading) { if filter.holds($0) { all.append($0.id) } }
    }
    return (ids, all, filter)
  }

  @Test func `a rule by names and by labels means the same records`() throws {
    try withCity(demo: true) { city in
      let kind = try city.kind("schoolAnnualStat")
      let first = try found("enrolled >= 500 && studentLevel == 'secondary'", kind, city)
      let second = try found("在校生 >= 500 && 学段 == 'secondary'", kind, city)
      #expect(first.byStore == first.oneByOne && !first.byStore.isEmpty)
      #expect(second.byStore == first.byStore)
      #expect(first.filter.isWhole)
    }
  }

  @Test(arguments: [
    ("在校生 / 毕业生 > 3", false, false), ("在校生 > 100 && 在校生 / 毕业生 > 3", true, false),
    ("在校生 > 100 || 在校生 / 毕业生 > 3", false, false), ("在校生 > 100.5", false, false),
    ("在校生 > decimal('100.5')", true, true), ("学年 in ['2021-2022', '2020-2021']", true, true),
    ("统计时点 >= date('2022-01-01')", true, true), ("学年.startsWith('2021')", true, true),
    ("!(在校生 > 100)", true, true), ("在校生 > 毕业生", true, true),
    ("填报状态 == 'reported' ? 在校生 > 100 : 毕业生 > 100", true, true), ("true", true, true),
  ])
  func `what the store decides is said`(_ text: String, _ narrows: Bool, _ isWhole: Bool) throws {
    try withCity(demo: true) { city in
      let found = try found(text, city.kind("schoolAnnualStat"), city)
      #expect((found.filter.predicate != nil) == narrows)
      #expect(found.filter.isWhole == isWhole)
      #expect(found.byStore == found.oneByOne)
    }
  }

  @Test
  func `a rule that is no condition, names nothing there is or what one may not see is refused`()
    throws
  {
    try withCity { city in
      let kind = try city.kind("enterprise")
      func fault(_ text: String, _ reader: Reader? = nil) -> String {
        do {
          _ = try RuleFilter(text, kind, for: reader)
          return ""
        } catch {
          return "\(error.code) \(error.message)"
        }
      }
      #expect(fault("usccode == ''").hasPrefix("RUL-E-010"))
      #expect(fault("enterpriseName") == "RUL-E-034 规则的结果是文字，应为真假。")
      let hidden = try #require(
        kind.fields.first { !Reader.anonymous.maySee($0, of: kind) && $0.type.isNumeric }
      )
      #expect(fault("\(hidden.name) > 0") == "")
      #expect(fault("\(hidden.name) > 0", .anonymous).hasPrefix("RUL-E-010"))
    }
  }

  @Test(arguments: Array(UInt64(0)..<12))
  func `the store and the rule agree on random rules over random records`(_ seed: UInt64) throws {
    try withCity { city in
      var random = TestRandom(seed: seed)
      let kind = try city.kind("benchmark")
      for number in 0..<60 {
        var texts = ["key": "k\(number)", "label": random.pick(Self.words), "value": "0"]
        texts["value"] = random.pick(["0", "0.01", "-0", "1", "1.5", "2", "99.99", "100", "7.07"])
        texts["asOf"] = random.pick(["2020-01-01", "2021-12-31", "2022-01-01", "2022-07-14"])
        if random.number(0...2) > 0 { texts["unit"] = random.pick(Self.words) }
        if random.number(0...2) > 0 { texts["basis"] = random.pick(Self.words) }
        if random.number(0...2) > 0 { texts["source"] = random.pick(Self.words) }
        try city.save("benchmark", texts)
      }
      var decided = 0
      for _ in 0..<120 {
        let text = Self.rule(&random, depth: 3)
        let found = try found(text, kind, city)
        #expect(found.byStore == found.oneByOne, "seed \(seed): \(text)")
        if found.filter.isWhole { decided += 1 }
      }
      #expect(decided > 60, "the store decided \(decided) of 120")
    }
  }

  /// Words of several lengths and letters, two of which look alike and are not the same.
  private static let words = [
    "所", "人", "a", "ab", "ABC", "a%b", "a_b", "o'k", "é", "e\u{301}", "𠮷野", "项目", "，",
  ]

  private static func literal(_ text: String) -> String {
    "'" + text.replacing("'", with: "\\'") + "'"
  }

  /// A rule over the fields of a benchmark; some of it the store can't decide.
  private static func rule(_ random: inout TestRandom, depth: Int) -> String {
    let texts = ["label", "unit", "basis", "source", "基数名称"]
    if depth > 0 {
      switch random.number(0...5) {
      case 0: return "(\(rule(&random, depth: depth - 1)) && \(rule(&random, depth: depth - 1)))"
      case 1: return "(\(rule(&random, depth: depth - 1)) || \(rule(&random, depth: depth - 1)))"
      case 2: return "!\(rule(&random, depth: depth - 1))"
      case 3:
        return
          "(\(rule(&random, depth: depth - 1)) ? \(rule(&random, depth: depth - 1)) : \(rule(&random, depth: depth - 1)))"
      default: break
      }
    }
    let sign = random.pick(["==", "!=", "<", "<=", ">", ">="])
    let text = random.pick(texts)
    switch random.number(0...8) {
    case 0: return "(value \(sign) \(random.pick(["0", "1", "2", "100", "-1"])))"
    case 1: return "(\(random.pick(["0", "1", "2"])) \(sign) value)"
    case 2: return "(value \(sign) decimal('\(random.pick(["0.01", "1.5", "0.005", "7.071"]))'))"
    case 3: return "(\(text) \(sign) \(literal(random.pick(words))))"
    case 4: return "(\(text) \(sign) \(random.pick(texts)))"
    case 5:
      return
        "(\(text) in [\(literal(random.pick(words))), \(literal(random.pick(words)))])"
    case 6:
      let verb = random.pick(["startsWith", "endsWith", "contains"])
      let part = random.pick(words + ["", "%", "b"])
      return "\(text).\(verb)(\(literal(part)))"
    case 7: return "(asOf \(sign) date('\(random.pick(["2021-12-31", "2022-01-01"]))'))"
    default: return "(size(\(text)) \(sign) 2)"
    }
  }
}
