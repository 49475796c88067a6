import Calendar
import CitongTesting
import Records
import Testing
import Values

/// Workbooks taken into the register: what their cells hold and mean.
@Suite struct WorkbookImportTests {
  @Test func `every sheet is taken as the kind it holds, a later one may refer to an earlier one`()
    throws
  {
    try withCity(kinds: sampleKinds) { city in
      let workbook = TestWorkbook(
        .init("地点表", cells: [["地点编号", "地点名称"], ["P1", "码头"]]),
        .init("样品表", cells: [["名称", "地点"], ["甲", "码头"], ["", "码头"]])
      )
      let report = try city.take(workbook)
      #expect(report.counts == [2, 0, 0, 1])
      #expect(report.tables.map(\.kind) == ["spot", "sample"])
      #expect(report.tables.map(\.sheet) == ["地点表", "样品表"])
      #expect(report.tables.map(\.fields) == [["spotId", "spotName"], ["title", "spotId"]])
      #expect(report.lines == ["测试.xlsx[样品表]:3: REC-E-001 请填写名称。"])
      #expect(report.problems[0].json["sheet"] == .string("样品表"))
      try #expect(city.take(workbook).counts == [0, 0, 2, 1])
      try #expect(city.rows(in: "sample") == 1)
    }
  }

  @Test func `a sheet of something else is passed over and told, hidden ones without a word`()
    throws
  {
    let good = TestWorkbook.Sheet("样品", cells: [["名称", "颜色"], ["甲", "红色"]])
    let other = TestWorkbook.Sheet("通讯录", cells: [["甲", "乙"], ["1", "2"]])
    let empty = TestWorkbook.Sheet("空白", "")
    let table: [(sheets: [TestWorkbook.Sheet], kind: String?, new: Int, lines: [String])] = [
      ([good], nil, 1, []), ([good, empty], nil, 1, []),
      (
        [other, good], nil, 1, ["测试.xlsx[通讯录]: REC-I-045 工作表“通讯录”看不出是哪类记录，没有导入。"]
      ),
      (
        [good, other], "sample", 1, ["测试.xlsx[通讯录]: REC-I-045 工作表“通讯录”看不出是哪类记录，没有导入。"]
      ),
      ([good, .init("通讯录", other.rows, state: "hidden")], nil, 1, []),
      (
        [empty, other], nil, 0,
        ["测试.xlsx: REC-E-032 从表头看不出是哪类记录，请用 --kind 指明。可能是：spot（地点）、sample（样品）。"]
      ),
      (
        [other], "spot", 0, ["测试.xlsx: REC-E-033 表头没有一列属于地点。可用的列名如：地点编号、地点名称、开放。"]
      ),
      ([empty, empty], nil, 0, ["测试.xlsx: REC-E-031 文件是空的，第一行应为表头。"]),
      (
        [.init("样品", good.rows, state: "hidden")], nil, 0,
        ["测试.xlsx: REC-E-031 工作簿里没有可见的工作表，第一行应为表头。"]
      ),
    ]
    for (sheets, kind, new, lines) in table {
      try withCity(kinds: sampleKinds) { city in
        var workbook = TestWorkbook()
        workbook.sheets = sheets
        let report = try city.take(workbook, as: kind)
        #expect(report.lines == lines)
        #expect(report.counts == [new, 0, 0, 0], "\(lines)")
        #expect(report.isFlawed == (new == 0), "\(lines)")
      }
    }
  }

  @Test func `a number of days is a day where a day is wanted, and nowhere else`() throws {
    func number(_ text: String) -> String { "<c><v>\(text)</v></c>" }
    try withCity(kinds: sampleKinds) { city in
      var workbook = TestWorkbook(cells: [
        ["名称", "日期", "数量", "货号"], ["甲", number("44756"), number("59"), number("44756")],
        ["乙", "<c s=\"1\"><v>44756.75</v></c>", "<c s=\"1\"><v>59</v></c>", ""],
        ["丙", "44756", "", ""], ["丁", number("2022"), "", ""], ["戊", number("20220714"), "", ""],
        ["己", number("0.5"), "", ""],
      ])
      workbook.formats = ["yyyy-mm-dd"]
      let report = try city.take(workbook, as: "sample")
      #expect(
        report.lines == [
          "测试.xlsx[表]:3: REC-E-003 数量填的是“1900-02-28”，应为整数，例如 120。",
          "测试.xlsx[表]:4: REC-E-006 日期填的是“44756”，不是有效日期，请写成 2022-07-14 这样的形式。",
          "测试.xlsx[表]:5: REC-E-006 日期填的是“2022”，不是有效日期，请写成 2022-07-14 这样的形式。",
          "测试.xlsx[表]:7: REC-E-006 日期填的是“12:00”，不是有效日期，请写成 2022-07-14 这样的形式。",
        ]
      )
      let samples = try city.register.list(city.kind("sample"), Query(sort: "sampleId"))
      #expect(samples.map(\.title) == ["甲", "戊"])
      #expect(samples.allSatisfy { $0["day"] == .date(day("2022-07-14")) })
      #expect(samples[0]["size"] == .integer(59))
      #expect(samples[0]["code"] == .text("44756"))
    }
  }

  @Test func `a number of days counts from where its workbook counts`() throws {
    try withCity(kinds: sampleKinds) { city in
      var workbook = TestWorkbook(cells: [["名称", "日期"], ["甲", "<c><v>43294</v></c>"]])
      workbook.properties = "date1904=\"1\""
      try #expect(city.take(workbook, as: "sample").counts == [1, 0, 0, 0])
      let sample = try city.register.list(city.kind("sample"), Query()).first
      #expect(sample?["day"] == .date(day("2022-07-14")))
    }
  }

  @Test func `the failure of a formula keeps its row out where it is needed`() throws {
    try withCity(kinds: sampleKinds) { city in
      let failure = "<c t=\"e\"><f>A1</f><v>#REF!</v></c>"
      let workbook = TestWorkbook(cells: [
        ["名称", "数量", "备忘"], ["甲", failure, ""], ["乙", "1", failure], [failure, "2", ""],
      ])
      let report = try city.take(workbook, as: "sample")
      #expect(report.counts == [1, 0, 0, 2])
      #expect(
        report.lines == [
          "测试.xlsx[表]:2: REC-E-041 数量这一格是公式错误 #REF!，请在表格里改正公式，或直接填值。",
          "测试.xlsx[表]:4: REC-E-041 名称这一格是公式错误 #REF!，请在表格里改正公式，或直接填值。",
          "测试.xlsx[表]: REC-I-044 有 3 个单元格是公式，按文件里存的计算结果导入。",
        ]
      )
      #expect(report.problems.map(\.column) == ["数量", "名称", ""])
    }
  }

  @Test func `hidden rows and formulas are taken in and told once a sheet`() throws {
    try withCity(kinds: sampleKinds) { city in
      let formula = "<c><f>1+1</f><v>2</v></c>"
      var workbook = TestWorkbook(
        .init("一", cells: [["名称", "数量"], ["甲", formula], ["乙", formula], ["丙", "1"]]),
        .init("二", cells: [["名称", "数量"], ["丁", "1"]])
      )
      workbook.sheets[0].rows = workbook.sheets[0].rows
        .replacing(
          "<row><c t=\"inlineStr\"><is><t>甲",
          with: "<row hidden=\"1\"><c t=\"inlineStr\"><is><t>甲"
        )
        .replacing(
          "<row><c t=\"inlineStr\"><is><t>丙",
          with: "<row hidden=\"1\"><c t=\"inlineStr\"><is><t>丙"
        )
      let report = try city.take(workbook, as: "sample")
      #expect(report.counts == [4, 0, 0, 0])
      #expect(!report.isFlawed)
      #expect(
        report.lines == [
          "测试.xlsx[一]: REC-I-043 有 2 行在表格里是隐藏的，也一并处理了。不想导入的行请删去。",
          "测试.xlsx[一]: REC-I-044 有 2 个单元格是公式，按文件里存的计算结果导入。",
        ]
      )
    }
  }

  @Test func `the example row of a template is passed over, a row that says more is not`() throws {
    let told = "REC-I-046 这是模板里的示例行，没有导入。"
    let table: [(row: [String], lines: [String], new: Int, reason: String)] = [
      (["示例样品", "12", "红色"], ["测试.xlsx[表]:2: \(told)"], 0, "as it came"),
      ([" 示例样品 ", "", "红色"], ["测试.xlsx[表]:2: \(told)"], 0, "partly emptied"),
      (["示例样品", "13", "红色"], [], 1, "another number"),
      (["甲", "12", "红色"], [], 1, "another name"), (["示例样品", "", ""], [], 1, "the name alone"),
    ]
    for (row, lines, new, reason) in table {
      try withCity(kinds: sampleKinds) { city in
        let report = try city.take(TestWorkbook(cells: [["名称", "数量", "颜色"], row]), as: "sample")
        #expect(report.lines == lines, "\(reason)")
        #expect(report.counts == [new, 0, 0, 0], "\(reason)")
        #expect(!report.isFlawed, "\(reason)")
      }
    }
  }

  @Test func `a code that lost its zeros is told with the one that was likely meant`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "0012", "spotName": "码头"])
      let report = try city.take(
        TestWorkbook(cells: [
          ["名称", "地点", "其他地点"], ["甲", "<c><v>12</v></c>", ""], ["乙", "", "0012|012"],
          ["丙", "<c><v>13</v></c>", ""],
        ]),
        as: "sample"
      )
      let hint = "可能是 0012（码头）：表格软件去掉了开头的 0，请把该列设为文本格式后重填。"
      #expect(
        report.lines == [
          "测试.xlsx[表]:2: REC-E-009 地点填的是“12”，找不到这样的地点。\(hint)",
          "测试.xlsx[表]:3: REC-E-009 其他地点填的是“012”，找不到这样的地点。\(hint)",
          "测试.xlsx[表]:4: REC-E-009 地点填的是“13”，找不到这样的地点。请先登记，或从列表中选择。",
        ]
      )
    }
  }

  @Test func `truth, numbers and texts are read as a form reads them`() throws {
    try withCity(kinds: sampleKinds) { city in
      let workbook = TestWorkbook(cells: [
        ["名称", "合格", "数量（件）", "重量", "价格（元）", "信用代码", "内部备注"],
        [
          "甲", "<c t=\"b\"><v>1</v></c>", "<c><v>3.0</v></c>", "<c><v>1.10</v></c>",
          "<c><v>1E3</v></c>", "91350599MA2XQ0002X", "'=1+1",
        ],
      ])
      try #expect(city.take(workbook, as: "sample").lines == [])
      let sample = try #require(try city.register.list(city.kind("sample"), Query()).first)
      #expect(sample["isGood"] == .boolean(true))
      #expect(sample["size"] == .integer(3))
      #expect(sample["weight"] == .integer(110))
      #expect(sample["price"] == .money(.yuan(1000)))
      #expect(sample["remark"] == .text("=1+1"))
    }
  }
}
