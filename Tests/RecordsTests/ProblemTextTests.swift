import CitongTesting
import Records
import Testing
import Values

/// Every `REC` code with its exact text.
@Suite struct ProblemTextTests {
  @Test func `what is typed wrongly is told field by field`() throws {
    let long = String(repeating: "长", count: 41)
    let table: [([String: String], String, String, String)] = [
      ([:], "REC-E-001", "title", "请填写名称。"),
      (["title": long], "REC-E-002", "title", "名称有 41 个字，最多 40 个字，请精简。"),
      (["size": "一打"], "REC-E-003", "size", "数量填的是“一打”，应为整数，例如 120。"),
      (["size": "1.5"], "REC-E-003", "size", "数量填的是“1.5”，应为整数，例如 120。"),
      (["weight": "1.234"], "REC-E-003", "weight", "重量填的是“1.234”，应为最多 2 位小数的数字。"),
      (["size": "1001"], "REC-E-004", "size", "数量填的是 1001，应在 0 到 1000 之间。"),
      (["size": "-1"], "REC-E-004", "size", "数量填的是 -1，应在 0 到 1000 之间。"),
      (["weight": "100.01"], "REC-E-004", "weight", "重量填的是 100.01，应在 -100.00 到 100.00 之间。"),
      (["price": "-5"], "REC-E-004", "price", "价格填的是 -5，金额不能为负数。"),
      (["colour": "紫"], "REC-E-005", "colour", "颜色填的是“紫”，不在可选范围内。可选：红色、绿色、已关闭。"),
      (["colour": "红"], "REC-E-005", "colour", "颜色填的是“红”，不在可选范围内。你是不是想填：红色？"),
      (["colours": "红色|紫"], "REC-E-005", "colours", "可选颜色填的是“紫”，不在可选范围内。可选：红色、绿色、已关闭。"),
      (["day": "2023-02-29"], "REC-E-006", "day", "日期填的是“2023-02-29”，不是有效日期，请写成 2022-07-14 这样的形式。"),
      (["price": "很多"], "REC-E-007", "price", "价格填的是“很多”，应为金额（元，最多两位小数），例如 3500 或 3500.50。"),
      (["isGood": "也许"], "REC-E-008", "isGood", "合格填的是“也许”，应为 是 或 否。"),
      (["spotId": "海"], "REC-E-009", "spotId", "地点填的是“海”，找不到这样的地点。请先登记，或从列表中选择。"),
      (["spotId": "石狮码头"], "REC-E-009", "spotId", "地点填的是“石狮码头”，找不到这样的地点。你是不是想填：石湖码头？"),
      (["code": "A1"], "REC-E-010", "code", "货号“A1”已被“旧样品”（SP000001）使用，请核对。"),
      (["year": "2021-2023"], "REC-E-011", "year", "学年填的是“2021-2023”，应为学年，例如 2021-2022。"),
      (["titel": "甲"], "REC-E-012", "titel", "样品没有名为 titel 的字段。你是不是想填：title？"),
      (["parts": "壳;2;红"], "REC-E-013", "parts", "部件每行最多 2 列（名称;数量），用分号隔开。"),
      (["title": "甲\n乙"], "REC-E-015", "title", "名称含有换行或不可见字符，请重新输入。"),
      (["code": "A\u{1}1"], "REC-E-015", "code", "货号含有不可见字符，请重新输入。"),
      (["closedOn": "2022-07-01"], "REC-E-016", "closedOn", "关闭日期不适用于这一类，请清空，或检查类别是否选对。"),
      (["spotId": "沙滩"], "REC-E-019", "spotId", "地点填的是“沙滩”，有 2 个同名的地点，请改填编号。"),
    ]
    try withCity(kinds: sampleKinds) { city in
      for (id, name) in [("P1", "石湖码头"), ("P2", "沙滩"), ("P3", "沙滩")] {
        try city.save("spot", ["spotId": id, "spotName": name])
      }
      try city.save("sample", ["title": "旧样品", "code": "A1"])
      for (change, code, path, message) in table {
        var texts = ["title": "新样品"]
        if change.isEmpty { texts = ["size": "1"] }
        texts.merge(change) { $1 }
        let problems = try city.problems(of: "sample", texts)
        #expect(problems == [Problem(code, path, message)], "\(change)")
      }
    }
  }

  @Test func `an unknown number in the address is told`() throws {
    try withCity(kinds: sampleKinds) { city in
      let outcome = try city.outcome(of: "sample", ["title": "甲"], id: "SP000404")
      #expect(outcome.verdict == .refused)
      #expect(
        outcome.problems == [Problem("REC-E-021", "", "找不到编号为 SP000404 的样品，可能已被删除或编号有误。")]
      )
    }
  }

  @Test func `JSON of the wrong type is told`() throws {
    try withCity(kinds: sampleKinds) { city in
      let table: [(String, JSON, String, String)] = [
        ("size", .array([]), "REC-E-014", "数量：JSON 类型不对，应为数字。"),
        ("title", .integer(1), "REC-E-014", "名称：JSON 类型不对，应为文字。"),
        ("isGood", .integer(1), "REC-E-014", "合格：JSON 类型不对，应为true 或 false。"),
        ("labels", .integer(1), "REC-E-014", "标签：JSON 类型不对，应为文字组成的数组。"),
        ("parts", .boolean(true), "REC-E-014", "部件：JSON 类型不对，应为对象组成的数组。"),
        (
          "parts", .array([.object(["nam": .string("壳")])]), "REC-E-012",
          "部件没有名为 nam 的项。你是不是想填：name？"
        ),
      ]
      for (name, json, code, message) in table {
        var inputs: [String: Draft.Input] = ["title": .text("甲")]
        inputs[name] = .json(json)
        let problems = try city.register.plan(city.kind("sample"), [Draft(inputs)])[0].problems
        #expect(problems == [Problem(code, name, message)], "\(name)")
      }
      #expect(Draft.json(.array([])).problems == [Problem("REC-E-014", "", "请求内容应为一个 JSON 对象。")])
    }
  }

  @Test func `several problems are told at once, in the order of the fields`() throws {
    try withCity(kinds: sampleKinds) { city in
      let problems = try city.problems(
        of: "sample",
        ["colour": "紫", "size": "x", "day": "x", "price": "x"]
      )
      #expect(problems.map(\.path) == ["title", "size", "day", "price", "colour"])
    }
  }
}
