import Foundation
import CitongTesting
import Records
import Sheets
import Testing
import Values

/// Workbooks in which people fill in records.
@Suite struct TemplateWorkbookTests {
  private func template(_ city: TestCity, _ kind: String, filledWith query: Query? = nil) throws
    -> String
  {
    let path = city.folder + "/模板.xlsx"
    try TemplateWorkbook(city.register, city.kind(kind), for: .officer)
      .write(to: path, filledWith: query)
    return path
  }

  private static let headings = [
    "编号", "名称", "说明", "货号", "数量（件）", "重量", "合格", "日期", "价格（元）", "学年", "信用代码", "内部备注", "颜色", "领域",
    "关闭日期", "地点", "其他地点", "标签", "可选颜色", "部件",
  ]

  @Test func `a template has a column a field, an example, its explanations and its choices`()
    throws
  {
    try withCity(kinds: sampleKinds) { city in
      for (id, name) in [("P1", "码头"), ("P2", "沙滩"), ("P3", "沙滩")] {
        try city.save("spot", ["spotId": id, "spotName": name])
      }
      let path = try template(city, "sample")
      let file = try TableFile(path)
      #expect(file.sheets.map(\.name) == ["样品", "填写说明", "选项"])
      #expect(file.sheets.map(\.isHidden) == [false, false, true])
      let sheet = try rows(of: path).map(\.texts)
      #expect(sheet.count == 2)
      #expect(sheet[0] == Self.headings, "neither computed nor personal fields")
      #expect(sheet[1].count == Self.headings.firstIndex(of: "可选颜色").map { $0 + 1 })
      let example = Dictionary(uniqueKeysWithValues: zip(sheet[0], sheet[1]))
      #expect(example["名称"] == "示例样品" && example["数量（件）"] == "12" && example["颜色"] == "红色")
      #expect(example["日期"] == "2022-07-14" && example["合格"] == "是" && example["说明"] == "")
      let notes = part("xl/comments1.xml", of: path)
      #expect(notes.contains("必填。\n文字，最多 40 个字\n例：示例样品"), "\(notes.prefix(400))")
      let about = try rows(of: path, sheet: "填写说明").map(\.texts)
      #expect(about[0] == ["列", "是否必填", "填什么", "说明", "例"])
      #expect(about[2] == ["名称", "必填", "文字，最多 40 个字", "", "示例样品"])
      #expect(about.count == Self.headings.count + 1)
      let choices = try rows(of: path, sheet: "选项").map(\.texts)
      func column(_ heading: String) throws -> [String] {
        let place = try #require(Self.headings.firstIndex(of: heading))
        return choices.compactMap { $0.indices.contains(place) ? $0[place] : nil }
          .filter { !$0.isEmpty }
      }
      try #expect(column("颜色") == ["颜色", "红色", "绿色", "已关闭"])
      try #expect(column("合格") == ["合格", "是", "否"])
      try #expect(
        column("地点").dropFirst().sorted() == ["P2", "P3", "码头"],
        "two of one name by number"
      )
      try #expect(column("标签") == [])
      let lists = part("xl/worksheets/sheet1.xml", of: path)
      #expect(lists.contains("sqref=\"M2:M1048576\"><formula1>选项!$M$2:$M$4</formula1>"))
      #expect(lists.components(separatedBy: "<dataValidation ").count - 1 == 4)
    }
  }

  @Test func `what may be filled in is said of every type`() throws {
    let table: [(field: String, said: String)] = [
      ("title", "文字，最多 40 个字"), ("note", "文字，最多 400 个字"), ("code", "编号或代码，最多 20 位，请设为文本格式"),
      ("size", "整数，0 到 1000"), ("weight", "数字，最多 2 位小数"), ("isGood", "是 或 否"),
      ("day", "日期，如 2022-07-14"), ("price", "金额，元，最多两位小数"), ("year", "学年，如 2021-2022"),
      ("uscc", "18 位统一社会信用代码，请设为文本格式"), ("colour", "从中选一：红色、绿色、已关闭"), ("field", "从列表中选一"),
      ("spotId", "名称或编号；同名的填编号"), ("spotIds", "名称或编号，几项用 | 隔开"), ("labels", "几项用 | 隔开"),
      ("colours", "可选几项，用 | 隔开：红色、绿色、已关闭"), ("parts", "每行用 | 隔开，行内依次是 名称;数量"),
    ]
    let kind = sampleKinds[1]
    for (field, said) in table {
      let place = try #require(kind.place(of: field))
      #expect(kind.fields[place].expectation == said)
    }
  }

  @Test func `a template as it came brings nothing, filled in it brings its rows`() throws {
    try withCity(kinds: sampleKinds) { city in
      let path = try template(city, "sample")
      let untouched = try city.takeFile(path)
      #expect(untouched.lines == ["模板.xlsx[样品]:2: REC-I-046 这是模板里的示例行，没有导入。"])
      #expect(untouched.counts == [0, 0, 0, 0])
      #expect(!untouched.isFlawed)
      let sheet = try rows(of: path).map(\.texts)
      var filled = sheet + [sheet[1]]
      filled[2][1] = "甲"
      let workbook = TestWorkbook(
        .init("样品", cells: filled),
        .init("填写说明", cells: [["列", "说明"], ["名称", "甲"]]),
        .init("选项", cells: [["颜色"], ["红色"]])
      )
      let report = try city.take(workbook)
      #expect(report.counts == [1, 0, 0, 0])
      #expect(report.lines == ["测试.xlsx[样品]:2: REC-I-046 这是模板里的示例行，没有导入。"])
      try #expect(city.register.list(city.kind("sample"), Query())[0]["size"] == .integer(12))
    }
  }

  @Test func `a filled template holds what is known, and marks what is not`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      try city.save(
        "sample",
        ["title": "甲", "size": "3", "day": "2022-07-01", "spotId": "P1", "labels": "a|b"]
      )
      try city.save("sample", ["title": "乙", "colour": "绿色"])
      try city.save("sample", ["title": "丙"])
      let query = Query([Condition("title", .isOneOf(["甲", "乙"]))])
      let path = try template(city, "sample", filledWith: query)
      let sheet = try rows(of: path)
      #expect(sheet.map { $0.texts[1] } == ["名称", "甲", "乙"])
      let first = Dictionary(uniqueKeysWithValues: zip(sheet[0].texts, sheet[1].cells))
      #expect(first["数量（件）"] == SheetCell("3", .number))
      #expect(first["日期"] == SheetCell("2022-07-01", .date))
      #expect(first["颜色"] == SheetCell("红色") && first["地点"] == SheetCell("码头"))
      let styles = styles(of: path)
      #expect(styles["E3"] != styles["B3"] && styles["E2"] == styles["B2"], "a missing number")
      #expect(styles["O3"] == nil, "a closing day is not asked of what is open")
      let report = try city.takeFile(path)
      #expect(report.counts == [0, 0, 2, 0], "\(report.lines)")
    }
  }
}
