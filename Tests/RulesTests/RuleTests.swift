import Calendar
import Rules
import Testing
import Values

@Suite struct RuleTests {
  private let school: [String: RuleType] = [
    "在校生数": .decimal(unit: "人"), "专任教师数": .decimal(unit: "人"), "占地面积": .decimal(unit: "㎡"),
    "建校日期": .date, "名称": .string, "独立": .bool,
    "专业": .list(.record("专业", ["名称": .string, "在校生": .decimal(unit: "人"), "开办": .bool])),
  ]

  private func fault(_ text: String) -> String? {
    do throws(RuleFault) {
      _ = try Rule(text, school)
      return nil
    } catch { return error.description }
  }

  @Test func `a ratio of record fields is exact: 1045 students and 50 teachers fail one to twenty`()
    throws
  {
    let rule = try Rule("在校生数 / 专任教师数 <= 20", school)
    let values: [String: RuleValue] = [
      "在校生数": .decimal(Exact(1_045)), "专任教师数": .decimal(Exact(50)),
    ]
    #expect(rule.value(values).bool == false)
    #expect(
      rule.explain(values).reasons.map(\.sentence)
        == ["在校生数 / 专任教师数 <= 20：是 20.9，要 <= 20，差 -0.9"]
    )
    #expect(
      rule.value(["在校生数": .decimal(Exact(1_000)), "专任教师数": .decimal(Exact(50))]).bool == true
    )
    // Floating point would say that one third times three is 1, and 0.1 + 0.2 is not 0.3.
    let third = try Rule("在校生数 / 专任教师数 * 3 == 在校生数", school)
    #expect(third.value(["在校生数": .decimal(Exact(1)), "专任教师数": .decimal(Exact(3))]).bool == true)
  }

  @Test func `no denominator is told apart from a missing value and from a false condition`() throws
  {
    let rule = try Rule("在校生数 / 专任教师数 <= 20", school)
    func kind(_ students: RuleValue, _ teachers: RuleValue) -> RuleFailure.Kind? {
      rule.value(["在校生数": students, "专任教师数": teachers]).failure?.kind
    }
    #expect(kind(.decimal(Exact(10)), .decimal(.zero)) == .divisionByZero)
    #expect(kind(.null, .decimal(Exact(1))) == .noOverload)
    #expect(rule.value(["在校生数": .decimal(Exact(1))]).failure?.kind == .unbound)
  }

  @Test func `faults have a place, what was found, what is wanted, and a near miss`() {
    #expect(fault("在校生 > 3") == "1:1: RUL-E-010 没有名称“在校生”。你是不是想填：在校生数？")
    #expect(fault("在校生数 > 占地面积") == "1:1: RUL-E-018 单位不同：人 和 ㎡ 不能这样算。")
    #expect(fault("在校生数 + 名称") == "1:1: RUL-E-017 数（人） + 文字 没有意义：“在校生数 + 名称”。")
    #expect(fault("独立 && 在校生数") == "1:7: RUL-E-011 “在校生数”是数（人），这里应是真假。")
    #expect(fault("专业.exists(p, p.在校 > 1)") == "1:14: RUL-E-012 专业没有字段“在校”。你是不是想填：在校生？")
    #expect(fault("名称.startWith('泉')") == "1:1: RUL-E-019 没有函数 startWith。你是不是想填：startsWith？")
    #expect(fault("名称.contains(3)") == "1:1: RUL-E-020 contains 要的是 文字、文字，给的是 文字、整数。")
    #expect(fault("在校生数 ≥ 3") == "1:6: RUL-E-001 看不懂“≥”，应写成 >=。")
    #expect(fault("在校生数 >= 3 &&") == "1:13: RUL-E-005 这里应有数、文字、名称或括号，已到末尾。")
    #expect(fault("sum(专业, p, p.名称) > 1") == "1:12: RUL-E-015 sum 要加的应是数，却是文字。")
    #expect(fault("'a") == "1:1: RUL-E-002 引号没有配对。")
    #expect(fault("for > 1") == "1:1: RUL-E-008 “for”是保留字，不能作名称。")
    #expect(fault("99999999999999999999") == "1:1: RUL-E-003 99999999999999999999 超出 64 位整数的范围。")
    #expect(fault("独立\n  && x") == "2:6: RUL-E-010 没有名称“x”。")
  }

  @Test func `sums over records count those that meet a condition`() throws {
    let schema = RuleSchema(["名称", "在校生", "开办"])
    let rows: [(String, Int, Bool)] = [("数控", 120, true), ("电商", 80, true), ("旧", 10, false)]
    let programs = RuleValue.list(
      rows.map { .record(RuleRecord(schema, [.string($0.0), .decimal(Exact($0.1)), .bool($0.2)])) }
    )
    func value(_ text: String) throws -> String {
      try Rule(text, school).value(["专业": programs]).words
    }
    #expect(try value("count(专业, p, p.开办)") == "2")
    #expect(try value("sum(专业, p, p.开办, p.在校生)") == "200")
    #expect(try value("avg(专业, p, p.在校生)") == "70")
    #expect(try value("avg(专业, p, p.在校生) / 3") == "70/3")
    #expect(try value("max(专业, p, !p.开办, p.在校生)") == "10")
    #expect(try value("min(专业, p, p.在校生 > 500, p.在校生)") == "没有数据（min：一条也没有）")
    #expect(try value("专业.filter(p, p.开办).map(p, p.名称)") == "[\"数控\", \"电商\"]")
  }

  @Test func `every condition that keeps a rule from holding is told, with the distance`() throws {
    let rule = try Rule(
      "在校生数 >= 1200 && 建校日期 <= date('2010-09-01') && (独立 || 名称 in ['甲', '乙'])",
      school
    )
    let told = rule.explain([
      "在校生数": .decimal(Exact(1_000)), "独立": .bool(false), "名称": .string("丙"),
      "建校日期": .date(CivilDate("2010-09-11") ?? CivilDate(dayNumber: 0)),
    ])
    #expect(told.value.bool == false)
    #expect(
      told.reasons.map(\.sentence) == [
        "在校生数 >= 1200：是 1000，要 >= 1200，差 200",
        "建校日期 <= date('2010-09-01')：是 2010-09-11，要 <= 2010-09-01，差 -10 天",
        "独立：否",
        "名称 in ['甲', '乙']：是 \"丙\"，要 in [\"甲\", \"乙\"]",
      ]
    )
    #expect(told.tree.text == rule.text)
    #expect(told.tree.parts.map(\.text).first == "在校生数 >= 1200 && 建校日期 <= date('2010-09-01')")
  }

  @Test func `a failure is traced to the part it comes from`() throws {
    let rule = try Rule("1 + 2 > 2 && 在校生数 / 专任教师数 > 3", school)
    let told = rule.explain(["在校生数": .decimal(Exact(1)), "专任教师数": .decimal(.zero)])
    #expect(told.reasons.map(\.sentence) == ["在校生数 / 专任教师数：除数为 0"])
  }

  @Test func `deep nesting and long chains are refused or answered, never a crash`() throws {
    let deep = String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
    #expect(fault(deep)?.contains("RUL-E-006 嵌套超过 250 层") == true)
    #expect(fault("1" + String(repeating: " + 1", count: 3_000))?.contains("RUL-E-006") == true)
    #expect(fault(String(repeating: "!", count: 5_000) + "true")?.contains("RUL-E-006") == true)
    #expect(fault(String(repeating: "[", count: 5_000))?.contains("RUL-E-006") == true)
    let wide = "true" + String(repeating: " && true", count: 5_000)
    #expect(try Rule(wide, [:]).value([]).bool == true)
  }

  @Test func `a rule that would never end is ended`() throws {
    let nested = "[0,1,2,3,4,5,6,7,8,9]"
    var text = "true"
    for depth in 0..<9 { text = "\(nested).all(x\(depth), \(text))" }
    #expect(try Rule(text, [:]).value([]).failure?.kind == .tooCostly)
    #expect(try Rule(text, [:]).cost(mostElements: 10) > RuleLimits.mostSteps)
    #expect(try Rule("lists.range(100000000)", [:]).value([]).failure?.kind == .tooCostly)
  }
}
