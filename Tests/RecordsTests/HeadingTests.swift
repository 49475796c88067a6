import CitongTesting
import Records
import Testing
import Values

/// Where the headings of a file stand, and what they mean.
@Suite struct HeadingTests {
  @Test func `headings are found below what stands above them`() throws {
    let table: [(rows: [[String]], line: Int, reason: String)] = [
      ([["名称", "数量"], ["甲", "1"]], 2, "nothing above"),
      ([["样品登记表"], ["单位：某所", "", "2022-07-14"], ["名称", "数量"], ["甲", "1"]], 4, "a title"),
      ([["名称"], ["名称", "数量"], ["甲", "1"]], 3, "a title that is one of them"),
      (
        (1...9).map { ["第 \($0) 条说明"] } + [["名称", "数量"], ["甲", "1"]], 11,
        "nine lines of explanations"
      ),
    ]
    for (rows, line, reason) in table {
      try withCity(kinds: sampleKinds) { city in
        let good = try city.take(TestWorkbook(cells: rows), as: "sample")
        #expect(good.counts == [1, 0, 0, 0], "\(reason)")
        let bad = rows.dropLast() + [["乙", "许多"]]
        let report = try city.take(TestWorkbook(cells: Array(bad)))
        #expect(
          report.lines == ["测试.xlsx[表]:\(line): REC-E-003 数量填的是“许多”，应为整数，例如 120。"],
          "\(reason)"
        )
      }
    }
  }

  @Test func `a blank heading takes the text above, which spans both rows`() throws {
    let table: [(top: [String], bottom: [String], reason: String)] = [
      (["名称", "规格", "", "颜色"], ["", "数量", "重量", ""], "as many in both rows"),
      (["名称", "", "", "颜色"], ["", "数量", "重量"], "the lower row is shorter"),
      (["名称", "规格", "", "颜色", "日期"], ["", "数量", "重量"], "most stand in the upper row"),
    ]
    for (top, bottom, reason) in table {
      try withCity(kinds: sampleKinds) { city in
        let rows = [["样品登记表"], top, bottom, ["甲", "3", "1.5", "绿色", ""]]
        let report = try city.take(TestWorkbook(cells: rows), as: "sample")
        #expect(report.lines == [], "\(reason)")
        let sample = try city.register.list(city.kind("sample"), Query()).first
        #expect(sample?.title == "甲", "\(reason)")
        #expect(sample?["size"] == .integer(3), "\(reason)")
        #expect(sample?["weight"] == .integer(150), "\(reason)")
        #expect(sample?["colour"] == .text("green"), "\(reason)")
      }
    }
  }

  @Test func `a first row with blanks is a row, not a second line of headings`() throws {
    try withCity(kinds: sampleKinds) { city in
      let rows = [["名称", "数量", "颜色"], ["甲", "", ""], ["乙", "2", ""]]
      try #expect(city.take(TestWorkbook(cells: rows)).counts == [2, 0, 0, 0])
    }
  }

  // MARK: A name and its code

  private func take(_ city: TestCity, _ header: [String], _ row: [String]) throws -> ImportReport {
    try city.take(TestWorkbook(cells: [["名称"] + header, ["甲"] + row]), as: "sample")
  }

  @Test func `a name beside its code is held against it`() throws {
    let table: [(heading: String, row: [String], stored: Value, reason: String)] = [
      ("颜色", ["绿色", "green"], .text("green"), "they agree"),
      ("颜色", [" 绿 色", "green"], .text("green"), "but for a blank"),
      ("颜色", ["绿色", ""], .text("green"), "only the name"),
      ("颜色", ["", "green"], .text("green"), "only the code"),
      ("颜色", ["", ""], .text("red"), "neither: what nobody says"),
      ("可选颜色", ["红色|绿色", "red|green"], .list(["red", "green"]), "several"),
      ("可选颜色", ["红色|绿色", ""], .list(["red", "green"]), "several, only names"),
      ("地点", ["沙滩", "P3"], .text("P3"), "of two with one name the code tells which"),
      ("地点", ["码头", ""], .text("P1"), "only the name of a record"),
      ("其他地点", ["码头|沙滩", "P1|P2"], .list(["P1", "P2"]), "several records"),
      ("其他地点", ["礁石、岸边|码头", ""], .list(["P4", "P1"]), "a name that looks like two"),
      ("其他地点", ["码头、P2", ""], .list(["P1", "P2"]), "two set apart like that"),
    ]
    for (heading, row, stored, reason) in table {
      try withCity(kinds: sampleKinds) { city in
        for (id, name) in [("P1", "码头"), ("P2", "沙滩"), ("P3", "沙滩"), ("P4", "礁石、岸边")] {
          try city.save("spot", ["spotId": id, "spotName": name])
        }
        let code = heading.hasSuffix("地点") ? "（编号）" : "（代码）"
        for header in [[heading, heading + code], [heading + code, heading]] {
          let cells = header[0] == heading ? row : row.reversed()
          let report = try take(city, header, cells)
          #expect(report.lines == [], "\(reason)")
          let sample = try #require(try city.register.list(city.kind("sample"), Query()).first)
          let field = try #require(sample.kind.fields.first { $0.label == heading })
          #expect(sample[field.name] == stored, "\(reason)")
        }
      }
    }
  }

  @Test func `a name that is not the one of its code keeps the row out`() throws {
    let table: [(header: [String], row: [String], line: String)] = [
      (
        ["颜色", "颜色（代码）"], ["绿色", "red"],
        "REC-E-047 颜色写的是“绿色”，代码列是“red”（红色），两列不一致。请改成一致，或删去代码列。"
      ),
      (
        ["可选颜色", "可选颜色（代码）"], ["红色", "red|green"],
        "REC-E-047 可选颜色写的是“红色”，代码列是“red|green”（红色|绿色），两列不一致。请改成一致，或删去代码列。"
      ),
      (
        ["地点", "地点（编号）"], ["沙滩", "P1"],
        "REC-E-047 地点写的是“沙滩”，代码列是“P1”（码头），两列不一致。请改成一致，或删去代码列。"
      ),
      (["颜色", "颜色（代码）"], ["绿色", "紫"], "REC-E-005 颜色填的是“紫”，不在可选范围内。可选：红色、绿色、已关闭。"),
      (["地点", "地点（编号）"], ["码头", "P9"], "REC-E-009 地点填的是“P9”，找不到这样的地点。你是不是想填：P1？"),
    ]
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      for (header, row, line) in table {
        let report = try take(city, header, row)
        #expect(report.lines == ["测试.xlsx[表]:2: " + line])
        #expect(report.counts == [0, 0, 0, 1])
        #expect(report.problems.map(\.column) == [header[1]])
      }
    }
  }

  // MARK: What was said

  @Test func `what a heading means is remembered, per kind, until it is said anew`() throws {
    try withCity(kinds: sampleKinds) { city in
      let workbook = TestWorkbook(cells: [["品  种", "件数", "顔色"], ["甲", "3", "绿色"]])
      try #expect(city.take(workbook, as: "sample").problems.map(\.problem.code) == ["REC-E-033"])
      try ImportRun.remember(
        ["sample": ["品种": "title", "件数": "size", "顔色": ""]],
        in: city.register
      )
      let report = try city.take(workbook)
      #expect(report.lines == [], "a heading that is left out is not told")
      #expect(report.counts == [1, 0, 0, 0])
      let sample = try #require(try city.register.list(city.kind("sample"), Query()).first)
      #expect(sample["size"] == .integer(3))
      #expect(sample["colour"] == .text("red"))
      let other = try city.take(workbook, as: "spot")
      #expect(other.isFlawed, "what was said of one kind says nothing of another")
      let once = try city.take(workbook, as: "sample") { order in
        order.headings = ["sample": ["顔色": "colour"]]
      }
      #expect(once.counts == [0, 1, 0, 0], "what an order says goes before what is remembered")
      try #expect(city.take(workbook).counts == [0, 0, 1, 0], "and is not remembered by itself")
      try ImportRun.remember(["sample": ["顔色": "colour", "件数": ""]], in: city.register)
      let again = TestWorkbook(cells: [["品种", "件数", "顔色"], ["乙", "3", "绿色"]])
      try #expect(city.take(again).counts == [1, 0, 0, 0])
      let second = try city.register.list(city.kind("sample"), Query(sort: "sampleId")).last
      #expect(second?["size"] == Value.none)
      #expect(second?["colour"] == .text("green"))
    }
  }

  @Test func `what a heading means is remembered for each organisation by itself`() throws {
    try withCity(kinds: sampleKinds) { city in
      let kind = try city.kind("sample")
      let file = "名称,顔色\n样品甲,绿色\n"
      func colour(_ register: RecordStore) throws -> Value? {
        _ = try Importer(register).take(
          Array(file.utf8),
          file: "样品.csv",
          as: kind,
          mode: .goodRows,
          by: Actor(name: "测试员", source: .imported)
        )
        return try city.register.list(kind, Query()).first?["colour"]
      }
      let first = city.register.acting(as: Reader(.cityBureau, organisation: "S1"))
      let second = city.register.acting(as: Reader(.cityBureau, organisation: "S2"))
      try ImportRun.remember(["sample": ["顔色": "colour"]], in: first)
      try #expect(colour(second) != .text("green"))
      try #expect(colour(city.register) != .text("green"))
      try #expect(colour(first) == .text("green"))
    }
  }
}
