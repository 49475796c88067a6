import CitongTesting
import Records
import Testing
import Values

/// Selections that are written as texts, in exports, templates and addresses.
@Suite struct FilterTests {
  /// Samples to choose from, each unlike the others.
  private func withSamples<R>(_ body: (TestCity, Kind) throws -> R) throws -> R {
    try withCity(kinds: sampleKinds) { city in
      for (id, name) in [("P1", "码头"), ("P2", "沙滩"), ("P3", "沙滩")] {
        try city.save("spot", ["spotId": id, "spotName": name])
      }
      let rows: [[String: String]] = [
        [
          "title": "甲", "size": "10", "weight": "1.5", "isGood": "是", "day": "2022-07-01",
          "price": "3500.50", "spotId": "P1", "labels": "海|棠", "colours": "红色", "year": "2021-2022",
        ],
        [
          "title": "乙", "size": "100", "weight": "-0.5", "isGood": "否", "day": "2021-12-31",
          "price": "3500", "spotId": "P2", "labels": "棠", "colours": "红色|绿色", "colour": "绿色",
          "field": "newEnergy", "note": "a=b>=c",
        ],
        ["title": "丙", "colour": "已关闭", "closedOn": "2022-06-30"],
      ]
      for row in rows { try city.save("sample", row) }
      return try body(city, city.kind("sample"))
    }
  }

  private func found(_ city: TestCity, _ kind: Kind, _ filters: [String]) throws -> String {
    let (conditions, problems) = try city.register.conditions(kind, filters, for: .officer)
    guard problems.isEmpty else {
      return problems.map { "\($0.code) \($0.message)" }.joined(separator: "\n")
    }
    return try city.register.list(kind, Query(conditions, sort: "sampleId")).map(\.title).joined()
  }

  @Test func `every sign asks what it says, of fields by name or label`() throws {
    let table: [(filters: [String], titles: String, reason: String)] = [
      ([], "甲乙丙", "nothing asked"), (["title=甲"], "甲", "a text, by the name of its field"),
      (["名称=甲"], "甲", "by its label"), ([" 名称 = 甲 "], "甲", "with blanks"),
      (["名称=甲|丙"], "甲丙", "one of two"), (["title~甲"], "甲", "a part of a text"),
      (["note~=b>"], "乙", "the first sign counts"), (["说明=a=b>=c"], "乙", "the same"),
      (["colour=green"], "乙", "a code"), (["颜色=绿色"], "乙", "what it is called"),
      (["颜色=朱红|已关闭"], "甲丙", "a former name"), (["领域=newEnergy"], "乙", "a code of the city"),
      (["size=10"], "甲", "a number"), (["数量>=10"], "甲乙", "at least"),
      (["数量<=10"], "甲", "at most, nothing unknown"), (["size>=11", "size<=100"], "乙", "between"),
      (["weight>=0"], "甲", "a decimal"), (["重量=-0.5"], "乙", "a negative one"),
      (["price>=3500.01"], "甲", "money to the fen"), (["价格=3500"], "乙", "money in yuan"),
      (["价格<=3,500"], "乙", "money with a comma"), (["day>=2022/1/1"], "甲", "from a day on"),
      (["日期<=2021年12月31日"], "乙", "up to a day"), (["日期=2022-7-1"], "甲", "one day"),
      (["isGood=是"], "甲", "truth in words"), (["合格=false"], "乙", "as a code"),
      (["labels=棠"], "甲乙", "a list that holds it"), (["标签=海"], "甲", "by label"),
      (["标签~棠"], "甲乙", "in a list somewhere"), (["colours=绿色"], "乙", "several of a closed list"),
      (["spotId=P1"], "甲", "a record by its number"), (["spotId=P1|P2"], "甲乙", "one of two"),
      (["地点=码头"], "甲", "a record by what it is called"), (["地点=码头|P2"], "甲乙", "either way"),
      (["地点=沙滩"], "乙", "all of one name"),
      (["year=2021-2022"], "甲", "a school year"), (["学年=2021—2022学年"], "甲", "otherwise written"),
      (["数量="], "丙", "nothing filled in"), (["数量!="], "甲乙", "something filled in"),
      (["地点!=", "颜色=绿色"], "乙", "both must hold"), (["名称=甲", "名称=乙"], "", "nothing can be both"),
    ]
    try withSamples { city, kind in
      for (filters, titles, reason) in table {
        try #expect(found(city, kind, filters) == titles, "\(reason)")
      }
    }
  }

  @Test func `a condition that means nothing says why`() throws {
    let table: [(filter: String, told: String)] = [
      ("名称", "REC-E-055 条件“名称”：应写成 字段=值、字段~文字、字段>=值 或 字段<=值。"),
      ("数里=1", "REC-E-012 条件“数里=1”：样品没有名为 数里 的字段。你是不是想填：数量？"),
      ("colur=red", "REC-E-012 条件“colur=red”：样品没有名为 colur 的字段。你是不是想填：colour？"),
      ("邮箱=a", "REC-E-012 条件“邮箱=a”：样品没有名为 邮箱 的字段。"),
      ("手机=1", "REC-E-012 条件“手机=1”：样品没有名为 手机 的字段。"),
      ("=1", "REC-E-012 条件“=1”：样品没有名为  的字段。"),
      ("数量!=1", "REC-E-055 条件“数量!=1”：!= 后面不写值，表示已填；排除某个值请用别的条件。"),
      ("数量=一打", "REC-E-003 条件“数量=一打”：填的是“一打”，应为整数，例如 120。"),
      ("数量>=许多", "REC-E-003 条件“数量>=许多”：填的是“许多”，应为整数，例如 120。"),
      ("日期>=昨天", "REC-E-006 条件“日期>=昨天”：填的是“昨天”，不是有效日期，请写成 2022-07-14 这样的形式。"),
      ("颜色=红", "REC-E-005 条件“颜色=红”：填的是“红”，不在可选范围内。你是不是想填：红色？"),
      ("地点=海", "REC-E-009 条件里的地点“海”找不到，应为地点的编号或名称。"),
      ("名称>=甲", "REC-E-055 条件“名称>=甲”：名称不是数字或日期，不能比大小。"),
      ("颜色<=红色", "REC-E-055 条件“颜色<=红色”：颜色不是数字或日期，不能比大小。"),
      ("合格>=是", "REC-E-055 条件“合格>=是”：合格不是数字或日期，不能比大小。"),
      ("数量>=", "REC-E-055 条件“数量>=”：>= 后面要写数字或日期。"),
      ("日期<=", "REC-E-055 条件“日期<=”：<= 后面要写数字或日期。"),
    ]
    try withSamples { city, kind in
      for (filter, told) in table {
        try #expect(found(city, kind, [filter]) == told)
      }
      try #expect(found(city, kind, ["名称", "数量=1", "邮箱=a"]).split(separator: "\n").count == 2)
    }
  }

  @Test func `who may not see a field may not ask for it`() throws {
    try withSamples { city, kind in
      let asked = ["remark=内部"]
      let officer = try city.register.conditions(kind, asked, for: .officer)
      #expect(officer.problems.isEmpty && officer.conditions.count == 1)
      let anonymous = try city.register.conditions(kind, asked, for: .anonymous)
      #expect(anonymous.conditions.isEmpty)
      #expect(anonymous.problems.map(\.code) == ["REC-E-012"])
      #expect(anonymous.problems.map(\.path) == ["filter"])
    }
  }
}
