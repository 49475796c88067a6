import CitongTesting
import Records
import Sheets
import Testing
import Values

/// The file somebody handed in, given back with what is wrong with it.
@Suite struct ReturnedWorkbookTests {
  private static let heading = "问题（再导入时不看这一列）"

  /// Takes a file in and gives it back.
  ///
  /// - Returns: the path of what is given back.
  private func giveBack(
    _ city: TestCity,
    _ bytes: [UInt8],
    as kind: String? = "sample",
    isOnlyFlawed: Bool = false
  ) throws -> String {
    let path = try write(bytes, in: city.folder, as: "交来.xlsx")
    let report = try city.takeFile(path, as: kind)
    let returned = city.folder + "/退回.xlsx"
    try ReturnedWorkbook.write(
      TableFile(path),
      report.problems,
      isOnlyFlawed: isOnlyFlawed,
      to: returned
    )
    return returned
  }

  @Test func `every row comes back as it stood, with its reasons in a column of their own`() throws
  {
    try withCity(kinds: sampleKinds) { city in
      var workbook = TestWorkbook(cells: [
        ["2022 年样品"], ["名称", "数量", "日期", "备忘"],
        ["甲", "<c><v>1</v></c>", "<c s=\"1\"><v>44756</v></c>", "x"],
        ["", "许多", "<c s=\"1\"><v>44756</v></c>", ""], ["丙", "5000", "", "_x000D_"],
        ["乙", "<c><v>2</v></c>", "2022-08-01", ""],
      ])
      workbook.formats = ["yyyy-mm-dd"]
      let path = try giveBack(city, workbook.bytes)
      let returned = try rows(of: path)
      #expect(
        returned.map(\.texts) == [
          ["2022 年样品"], ["名称", "数量", "日期", "备忘", Self.heading],
          ["甲", "1", "2022-07-14", "x"],
          ["", "许多", "2022-07-14", "", "请填写名称。\n数量填的是“许多”，应为整数，例如 120。"],
          ["丙", "5000", "", "\r", "数量填的是 5000，应在 0 到 1000 之间。"],
          ["乙", "2", "2022-08-01", "", "日期 2022-08-01 在今天之后，请核对。"],
        ]
      )
      #expect(returned[2].cells.map(\.kind) == [.text, .number, .date, .text])
      let looks = styles(of: path)
      let marked = try #require(looks["B4"])
      #expect(looks["B5"] == marked && looks["E4"] == marked, "what is meant, and the reasons")
      #expect(looks["A5"] != marked && looks["B3"] != marked && looks["C4"] != marked)
      #expect(looks["C6"] == marked && looks["E6"] != marked, "a warning is fainter than a refusal")
    }
  }

  @Test func `what is given back is imported once it is put right`() throws {
    try withCity(kinds: sampleKinds) { city in
      let cells = [["名称", "数量"], ["甲", "1"], ["乙", "许多"]]
      let path = try giveBack(city, TestWorkbook(cells: cells).bytes)
      var again = try rows(of: path).map(\.texts)
      #expect(again[2] == ["乙", "许多", "数量填的是“许多”，应为整数，例如 120。"])
      again[2][1] = "2"
      let report = try city.take(TestWorkbook(cells: again), as: "sample")
      #expect(report.counts == [1, 0, 1, 0])
      #expect(report.lines == [], "the column with reasons is passed over without a word")
    }
  }

  @Test func `what is given back twice has one column of reasons, of the last time`() throws {
    try withCity(kinds: sampleKinds) { city in
      let cells = [["名称", "数量"], ["甲", "许多"], ["乙", "几个"], ["丙", "3"]]
      let first = try rows(of: giveBack(city, TestWorkbook(cells: cells).bytes)).map(\.texts)
      var again = first
      again[1][1] = "1"
      let second = try rows(of: giveBack(city, TestWorkbook(cells: again).bytes)).map(\.texts)
      #expect(
        second == [
          ["名称", "数量", Self.heading], ["甲", "1"], ["乙", "几个", "数量填的是“几个”，应为整数，例如 120。"],
          ["丙", "3"],
        ]
      )
    }
  }

  @Test func `only rows with reasons come back when only they are asked for`() throws {
    try withCity(kinds: sampleKinds) { city in
      let cells = [["样品表"], ["名称", "数量"]] + (1...40).map { ["样品\($0)", $0 == 33 ? "x" : "1"] }
      let path = try giveBack(city, TestWorkbook(cells: cells).bytes, isOnlyFlawed: true)
      try #expect(
        rows(of: path).map(\.texts) == [
          ["样品表"], ["名称", "数量", Self.heading], ["样品33", "x", "数量填的是“x”，应为整数，例如 120。"],
        ]
      )
    }
  }

  @Test func `every sheet comes back with its own reasons, hidden ones not`() throws {
    try withCity(kinds: sampleKinds) { city in
      let workbook = TestWorkbook(
        .init("地点", cells: [["地点编号", "地点名称"], ["P1", ""]]),
        .init("暗", cells: [["名称"], [""]], state: "hidden"),
        .init("样品", cells: [["名称", "地点"], ["甲", "P1"]]),
        .init("别的", cells: [["一", "二"], ["1", "2"]])
      )
      let path = try giveBack(city, workbook.bytes, as: nil)
      let file = try TableFile(path)
      #expect(file.sheets.map(\.name) == ["地点", "样品", "别的", "整个文件的问题"])
      try #expect(rows(of: path, sheet: "地点")[1].texts == ["P1", "", "请填写地点名称。"])
      try #expect(
        rows(of: path, sheet: "样品")[1].texts == ["甲", "P1", "地点填的是“P1”，找不到这样的地点。请先登记，或从列表中选择。"]
      )
      try #expect(
        rows(of: path, sheet: "整个文件的问题").map(\.texts) == [["说明"], ["工作表“别的”看不出是哪类记录，没有导入。"]]
      )
      #expect(
        styles(of: path)["B2"] == styles(of: path, sheet: 2)["B2"],
        "the empty cell is marked too"
      )
      #expect(styles(of: path)["B2"] != styles(of: path)["A2"])
    }
  }

  @Test func `a CSV file comes back as a workbook, texts kept from being formulas as they were`()
    throws
  {
    try withCity(kinds: sampleKinds) { city in
      let file = "名称,数量,说明\n甲,许多,'=1+1\n乙,007,\"a\nb\"\n"
      let path = try giveBack(city, Array(file.utf8))
      try #expect(
        rows(of: path).map(\.texts) == [
          ["名称", "数量", "说明", Self.heading], ["甲", "许多", "'=1+1", "数量填的是“许多”，应为整数，例如 120。"],
          ["乙", "007", "a\nb"],
        ]
      )
      try #expect(TableFile(path).sheets.map(\.name) == ["数据"])
      var again = try rows(of: path).map(\.texts)
      again[1][1] = "1"
      try #expect(city.take(TestWorkbook(cells: again), as: "sample").counts == [1, 0, 1, 0])
      let samples = try city.register.list(city.kind("sample"), Query(sort: "sampleId"))
      #expect(samples.last?["note"] == .text("=1+1"))
    }
  }

  @Test func `a heading that took the text above is marked in its column`() throws {
    try withCity(kinds: sampleKinds) { city in
      let cells = [["名称", "规格", ""], ["", "数量", "重量"], ["", "许多", "x"]]
      let path = try giveBack(city, TestWorkbook(cells: cells).bytes)
      let returned = try rows(of: path).map(\.texts)
      #expect(returned[1] == ["", "数量", "重量", Self.heading])
      let looks = styles(of: path)
      #expect(looks["A3"] == looks["B3"] && looks["A3"] == looks["C3"])
    }
  }

  @Test func `reasons without end are cut, so that the cell holds them`() throws {
    try withCity(kinds: sampleKinds) { city in
      let path = try write(
        TestWorkbook(cells: [["名称"], ["甲"]]).bytes,
        in: city.folder,
        as: "a.xlsx"
      )
      let problem = Problem("TST-E-001", "", String(repeating: "长", count: 5000))
      let placed = ImportReport.CellProblem(
        file: "a",
        sheet: "表",
        row: 2,
        column: "名称",
        problem: problem
      )
      let returned = city.folder + "/退回.xlsx"
      try ReturnedWorkbook.write(TableFile(path), Array(repeating: placed, count: 20), to: returned)
      try #expect(rows(of: returned)[1].texts[1].count == 8000)
    }
  }
}
