import Foundation
import Testing
import Values

/// Workbooks and templates given out, selections, former days and versions, as an operator meets them.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct ExportCommandTests {
  private static let header = ["区划代码", "区划名称", "类型", "上级"]

  @Test func `a workbook of a selection is exported, and comes in again without any change`() throws
  {
    try Program.withData { program in
      let all = try program.runOnData("export", "区域", "--format", "xlsx", "--out", "全部.xlsx")
      #expect(all.status == 0, "\(all.errors)")
      #expect(all.output == "")
      let some = try program.runOnData(
        "export",
        "region",
        "--format",
        "xlsx",
        "--filter",
        "上级=990100",
        "--filter",
        "区划名称!=",
        "--out",
        "部分.xlsx"
      )
      #expect(some.status == 0, "\(some.errors)")
      let (whole, part) = try (program.rows("全部.xlsx"), program.rows("部分.xlsx"))
      #expect(part.count > 1 && part.count < whole.count)
      #expect(part.allSatisfy { whole.contains($0) })
      let again = try program.runOnData("import", "全部.xlsx")
      #expect(again.output == "全部.xlsx：新增 0，更新 0，未变 \(whole.count - 1)，退回 0\n")
      let csv = try program.runOnData("export", "region", "--filter", "parentCode=990100").output
      #expect(csv.split(separator: "\n").count == part.count)
    }
  }

  @Test func `an export shows what was known at the end of a day`() throws {
    try Program.withData { program in
      try program.workbook("县.xlsx", ("县", [Self.header, ["990104", "新区", "district", "990100"]]))
      _ = try program.runOnData("import", "县.xlsx")
      let now = try program.runOnData("export", "region", "--known-on", "2199-12-31")
      try #expect(now.output == program.runOnData("export", "region").output)
      #expect(now.output.contains("990104"))
      let before = try program.runOnData("export", "region", "--known-on", "2001年1月1日")
      #expect(before.status == 0)
      #expect(before.output.split(separator: "\n").count == 1, "the headings alone")
      _ = try program.runOnData(
        "export",
        "region",
        "--known-on",
        "2001-01-01",
        "--format",
        "xlsx",
        "--out",
        "前.xlsx"
      )
      try #expect(program.rows("前.xlsx").count == 1)
    }
  }

  @Test func `a template is made, empty or filled, and read again`() throws {
    try Program.withData { program in
      let made = try program.runOnData("template", "region", "--out", "模板.xlsx")
      #expect(made.status == 0, "\(made.errors)")
      try #expect(program.rows("模板.xlsx").count == 2)
      let untouched = try program.runOnData("import", "模板.xlsx")
      #expect(untouched.status == 0)
      #expect(untouched.output == "模板.xlsx：新增 0，更新 0，未变 0，退回 0\n")
      #expect(untouched.errors == "模板.xlsx[区域]:2: REC-I-046 这是模板里的示例行，没有导入。\n")
      let filled = try program.runOnData(
        "template",
        "区域",
        "--filled",
        "--filter",
        "上级=990100",
        "--out",
        "待补.xlsx"
      )
      #expect(filled.status == 0, "\(filled.errors)")
      let count = try program.rows("待补.xlsx").count - 1
      #expect(count > 0)
      let again = try program.runOnData("import", "待补.xlsx")
      #expect(again.output == "待补.xlsx：新增 0，更新 0，未变 \(count)，退回 0\n")
      let lost = try program.runOnData("template", "region", "--out", "none/模板.xlsx")
      #expect(lost.status == 1)
      #expect(lost.errors == "none/模板.xlsx: CIT-E-032 写不了工作簿，请检查磁盘空间和文件夹权限。\n")
    }
  }

  @Test func `the history of a record is told in words and as JSON`() throws {
    try Program.withData { program in
      for name in ["新区", "新新区"] {
        try program.workbook(
          "县.xlsx",
          ("县", [Self.header, ["990104", name, "district", "990100"]])
        )
        _ = try program.runOnData("import", "县.xlsx")
      }
      let plain = try program.runOnData("history", "区域", "990104")
      #expect(plain.status == 0, "\(plain.errors)")
      let lines = plain.output.split(separator: "\n").map(String.init)
      try #require(lines.count > 4, "\(plain.errors)")
      #expect(lines[0].hasPrefix("第 2 版 ") && lines[0].contains("本机操作员（文件导入，第 2 次导入"))
      #expect(lines[0].hasSuffix("依据 县.xlsx）") || lines[0].contains("依据 县.xlsx"))
      #expect(lines.contains("  区划名称：新区 → 新新区"))
      #expect(lines.contains("  区划名称：新区"))
      let json = try JSON(
        parsing: program.runOnData("history", "region", "990104", "--json").output.utf8
      )
      #expect(json.array?.map { $0["version"] } == [.integer(2), .integer(1)])
      #expect(json.array?.map { $0["import"] } == [.integer(2), .integer(1)])
      let change = json.array?.first?["changes"]?.array?.first {
        $0["field"] == .string("regionName")
      }
      #expect(change?["before"] == .string("新区") && change?["after"] == .string("新新区"))
      _ = try program.runOnData("import", "--undo", "2")
      _ = try program.runOnData("import", "--undo", "1")
      let gone = try program.runOnData("history", "region", "990104").output
      #expect(gone.hasPrefix("第 3 版 ") && gone.contains("起已不在册）"))
      let missing = try program.runOnData("history", "region", "990199")
      #expect(missing.status == 1)
      #expect(missing.errors == "REC-E-021 找不到编号为 990199 的区域，可能编号有误。\n")
    }
  }

  // MARK: Wrong use

  @Test func `wrong use is told as such, and does nothing`() throws {
    let table: [(arguments: [String], told: String)] = [
      (["import"], "要写导入哪些文件。"), (["import", "a.csv", "--undo", "1"], "--undo 不能和文件一起写。"),
      (["import", "a.csv", "--undo", "一"], "--undo"),
      (["import", "a.csv", "--heading", "甲=乙"], "--heading 要和 --kind 一起写。"),
      (
        ["import", "a.csv", "--kind", "region", "--heading", "甲"],
        "CIT-E-033 --heading 甲 应写成 列名=字段。"
      ),
      (
        ["import", "a.csv", "--kind", "region", "--heading", "甲=区划名"],
        "CIT-E-033 区域没有名为 区划名 的字段。你是不是想填：区划名称？"
      ),
      (["export", "region", "--format", "xlsx"], "导出 xlsx 要用 --out 写明文件。"),
      (["export", "region", "--format", "xls"], "--format"),
      (["export", "region", "--known-on", "昨天"], "CIT-E-035 “昨天”不是有效日期，请写成 2022-07-14 这样的形式。"),
      (
        ["export", "region", "--filter", "区划名=新区"],
        "REC-E-012 条件“区划名=新区”：区域没有名为 区划名 的字段。你是不是想填：区划名称？\n"
      ),
      (["export", "region", "--filter", "新区"], "REC-E-055 条件“新区”：应写成 字段=值、字段~文字、字段>=值 或 字段<=值。\n"),
      (["template", "region"], "--out"),
      (["template", "region", "--filter", "a=b", "--out", "a.xlsx"], "--filter 要和 --filled 一起写。"),
      (
        ["template", "region", "--filled", "--filter", "区划名=a", "--out", "a.xlsx"],
        "REC-E-012 条件“区划名=a”：区域没有名为 区划名 的字段。你是不是想填：区划名称？\n"
      ),
      (["template", "regio", "--out", "a.xlsx"], "CIT-E-031 没有名为 regio 的记录类别。你是不是想填：region？\n"),
      (["history", "region"], "<id>"), (["history", "regio", "1"], "CIT-E-031"),
    ]
    try Program.withData { program in
      for (arguments, told) in table {
        let result = try program.run(arguments + ["--data", "data"])
        #expect(result.status == 2, "\(arguments)")
        #expect(result.errors.contains(told), "\(arguments) \(result.errors)")
        #expect(result.output == "", "\(arguments)")
      }
      #expect(program.files(in: ".").filter { $0.hasSuffix(".xlsx") } == [])
    }
  }
}
