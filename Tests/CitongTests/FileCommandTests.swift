import Foundation
import Sheets
import Testing
import Values

/// Workbooks in and out, imports taken back, selections and former days, as an operator meets them.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct FileCommandTests {
  private static let header = ["区划代码", "区划名称", "类型", "上级"]

  /// Runs a body with a data folder of the example city.
  private func withData(_ body: (Program) throws -> Void) throws {
    try Program.inFolder { program in
      let made = try program.run("init", "--city", Program.city("example"), "--data", "data")
      try #require(made.status == 0, "\(made.errors)")
      try body(program)
    }
  }

  /// Writes a workbook of sheets.
  private func write(_ program: Program, _ name: String, _ sheets: (String, [[String]])...) throws {
    let writer = try WorkbookWriter(program.folder + "/" + name, .stream)
    for (sheet, rows) in sheets {
      try writer.begin(sheet: sheet, widths: [])
      for (row, cells) in rows.enumerated() {
        for (column, cell) in cells.enumerated() {
          try writer.write(.text(cell), row: row, column: column)
        }
      }
    }
    try writer.close()
  }

  /// The texts of the first sheet of a workbook.
  private func rows(_ program: Program, _ name: String, sheet: Int = 0) throws -> [[String]] {
    let file = try TableFile(program.folder + "/" + name)
    let reader = try file.rows(of: file.sheets[sheet])
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.texts) }
    return rows
  }

  private func run(_ program: Program, _ arguments: String...) throws -> Program.Result {
    try program.run(arguments + ["--data", "data"])
  }

  // MARK: In

  @Test func `a workbook is imported sheet by sheet, under a number by which it is taken back`()
    throws
  {
    try withData { program in
      try write(
        program,
        "区划.xlsx",
        ("县", [Self.header, ["990104", "新区", "district", "990100"]]),
        ("乡镇", [Self.header, ["990104001", "新街道", "township", "990104"]]),
        ("说明", [["填表人", "电话"], ["某人", "1"]])
      )
      let dry = try run(program, "import", "区划.xlsx", "--dry-run")
      #expect(dry.output == "区划.xlsx：新增 2，更新 0，未变 0，退回 0（试运行，未写入）\n")
      let first = try run(program, "import", "区划.xlsx")
      #expect(first.status == 0, "\(first.errors)")
      #expect(
        first.output == "区划.xlsx：新增 2，更新 0，未变 0，退回 0。导入编号 1，撤销：citong import --undo 1\n"
      )
      #expect(first.errors == "区划.xlsx[说明]: REC-I-045 工作表“说明”看不出是哪类记录，没有导入。\n")
      let second = try run(program, "import", "区划.xlsx", "--json")
      #expect(
        second.output.hasPrefix(#"{"new":0,"changed":0,"unchanged":2,"refused":0,"problems":["#)
      )
      let undone = try run(program, "import", "--undo", "1")
      #expect(undone.status == 0)
      #expect(undone.output == "第 1 次导入已撤销：移除 2 条，恢复 0 条。\n")
      try #expect(!run(program, "export", "region").output.contains("990104"))
    }
  }

  @Test func `an import that can't be taken back says why`() throws {
    try withData { program in
      try write(program, "县.xlsx", ("县", [Self.header, ["990104", "新区", "district", "990100"]]))
      try write(
        program,
        "镇.xlsx",
        ("镇", [Self.header, ["990104001", "新街道", "township", "990104"]])
      )
      _ = try run(program, "import", "县.xlsx")
      _ = try run(program, "import", "镇.xlsx")
      let table: [(run: String, told: String)] = [
        ("1", "REC-E-052 区域“新街道”还引用着这次导入新增的记录，不能撤销。请先改掉那一处引用。\n"), ("7", "REC-E-050 没有第 7 次导入。\n"),
      ]
      for (number, told) in table {
        let result = try run(program, "import", "--undo", number)
        #expect(result.status == 1)
        #expect(result.errors == told)
        #expect(result.output == "")
      }
      let json = try run(program, "import", "--undo", "2", "--json")
      #expect(json.output == #"{"import":2,"removed":1,"restored":0}"# + "\n")
      let again = try run(program, "import", "--undo", "2")
      #expect(again.status == 1)
      #expect(again.errors == "REC-E-051 第 2 次导入已经撤销过了。\n")
      try #expect(run(program, "import", "--undo", "1").status == 0)
    }
  }

  @Test func `what is wrong comes back in a workbook, row by row`() throws {
    try withData { program in
      try write(
        program,
        "区划.xlsx",
        (
          "县",
          [
            ["区划表"], Self.header, ["990104", "新区", "district", "990100"],
            ["99012", "错县", "county", "990100"],
          ]
        )
      )
      let result = try run(program, "import", "区划.xlsx", "--returned", "退回.xlsx")
      let reason = "区划代码 99012 不合格式，应为 6 位数字（乡镇 9 位，功能区如 990100Z1）。"
      #expect(result.status == 1)
      #expect(result.errors == "区划.xlsx[县]:4: REG-E-001 \(reason)\n")
      try #expect(
        rows(program, "退回.xlsx") == [
          ["区划表"], Self.header + ["问题（再导入时不看这一列）"], ["990104", "新区", "district", "990100"],
          ["99012", "错县", "county", "990100", reason],
        ]
      )
      let again = try run(program, "import", "退回.xlsx")
      #expect(again.output == "退回.xlsx：新增 0，更新 0，未变 1，退回 1\n")
      let lost = try run(program, "import", "区划.xlsx", "--returned", "none/退回.xlsx")
      #expect(lost.status == 1)
      #expect(lost.errors.hasSuffix("\nnone/退回.xlsx: CIT-E-032 写不了工作簿，请检查磁盘空间和文件夹权限。\n"))
    }
  }

  @Test func `a file that can't be read says what it is, and is given back as what can be read`()
    throws
  {
    try withData { program in
      try program.write([0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0], to: "旧.xls")
      let result = try run(program, "import", "旧.xls", "--returned", "退回.xlsx")
      let told = "这是加了密码的工作簿，或旧的 .xls 格式，读不了。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再导入。"
      #expect(result.status == 1)
      #expect(
        result.errors == "旧.xls: REC-E-038 \(told)\nCIT-E-034 旧.xls 读不了，没有写 退回.xlsx：\(told)\n"
      )
      #expect(!FileManager.default.fileExists(atPath: program.folder + "/退回.xlsx"))
    }
  }

  @Test func `what a heading means is said once and remembered`() throws {
    try withData { program in
      let header = ["代码", "名称", "类别", "归属", "备忘"]
      try write(program, "甲.xlsx", ("县", [header, ["990104", "新区", "district", "990100", "x"]]))
      try write(program, "乙.xlsx", ("县", [header, ["990105", "老区", "district", "990100", "x"]]))
      try #expect(run(program, "import", "甲.xlsx").status == 1)
      let said = [
        "--kind", "region", "--heading", "代码=regionCode", "--heading", "名称=区划名称", "--heading",
        "类别=regionKind", "--heading", " 归 属 = parentCode ", "--heading", "备忘=",
      ]
      let dry = try program.run(["import", "甲.xlsx", "--dry-run", "--data", "data"] + said)
      #expect(dry.output == "甲.xlsx：新增 1，更新 0，未变 0，退回 0（试运行，未写入）\n", "\(dry.errors)")
      try #expect(run(program, "import", "甲.xlsx").status == 1, "a dry run is not remembered")
      let first = try program.run(["import", "甲.xlsx", "--data", "data"] + said)
      #expect(first.output.hasPrefix("甲.xlsx：新增 1，"), "\(first.errors)")
      let second = try run(program, "import", "乙.xlsx")
      #expect(second.output.hasPrefix("乙.xlsx：新增 1，"), "\(second.errors)")
      #expect(second.errors == "")
    }
  }

  // MARK: Out

  @Test func `a workbook of a selection is exported, and comes in again without any change`() throws
  {
    try withData { program in
      let all = try run(program, "export", "区域", "--format", "xlsx", "--out", "全部.xlsx")
      #expect(all.status == 0, "\(all.errors)")
      #expect(all.output == "")
      let some = try run(
        program,
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
      let (whole, part) = try (rows(program, "全部.xlsx"), rows(program, "部分.xlsx"))
      #expect(part.count > 1 && part.count < whole.count)
      #expect(part.allSatisfy { whole.contains($0) })
      let again = try run(program, "import", "全部.xlsx")
      #expect(again.output == "全部.xlsx：新增 0，更新 0，未变 \(whole.count - 1)，退回 0\n")
      let csv = try run(program, "export", "region", "--filter", "parentCode=990100").output
      #expect(csv.split(separator: "\n").count == part.count)
    }
  }

  @Test func `an export shows what was known at the end of a day`() throws {
    try withData { program in
      try write(program, "县.xlsx", ("县", [Self.header, ["990104", "新区", "district", "990100"]]))
      _ = try run(program, "import", "县.xlsx")
      let now = try run(program, "export", "region", "--known-on", "2199-12-31")
      try #expect(now.output == run(program, "export", "region").output)
      #expect(now.output.contains("990104"))
      let before = try run(program, "export", "region", "--known-on", "2001年1月1日")
      #expect(before.status == 0)
      #expect(before.output.split(separator: "\n").count == 1, "the headings alone")
      _ = try run(
        program,
        "export",
        "region",
        "--known-on",
        "2001-01-01",
        "--format",
        "xlsx",
        "--out",
        "前.xlsx"
      )
      try #expect(rows(program, "前.xlsx").count == 1)
    }
  }

  @Test func `a template is made, empty or filled, and read again`() throws {
    try withData { program in
      let made = try run(program, "template", "region", "--out", "模板.xlsx")
      #expect(made.status == 0, "\(made.errors)")
      try #expect(rows(program, "模板.xlsx").count == 2)
      let untouched = try run(program, "import", "模板.xlsx")
      #expect(untouched.status == 0)
      #expect(untouched.output == "模板.xlsx：新增 0，更新 0，未变 0，退回 0\n")
      #expect(untouched.errors == "模板.xlsx[区域]:2: REC-I-046 这是模板里的示例行，没有导入。\n")
      let filled = try run(
        program,
        "template",
        "区域",
        "--filled",
        "--filter",
        "上级=990100",
        "--out",
        "待补.xlsx"
      )
      #expect(filled.status == 0, "\(filled.errors)")
      let count = try rows(program, "待补.xlsx").count - 1
      #expect(count > 0)
      let again = try run(program, "import", "待补.xlsx")
      #expect(again.output == "待补.xlsx：新增 0，更新 0，未变 \(count)，退回 0\n")
      let lost = try run(program, "template", "region", "--out", "none/模板.xlsx")
      #expect(lost.status == 1)
      #expect(lost.errors == "none/模板.xlsx: CIT-E-032 写不了工作簿，请检查磁盘空间和文件夹权限。\n")
    }
  }

  @Test func `the history of a record is told in words and as JSON`() throws {
    try withData { program in
      for name in ["新区", "新新区"] {
        try write(program, "县.xlsx", ("县", [Self.header, ["990104", name, "district", "990100"]]))
        _ = try run(program, "import", "县.xlsx")
      }
      let plain = try run(program, "history", "区域", "990104")
      #expect(plain.status == 0, "\(plain.errors)")
      let lines = plain.output.split(separator: "\n").map(String.init)
      try #require(lines.count > 4, "\(plain.errors)")
      #expect(lines[0].hasPrefix("第 2 版 ") && lines[0].contains("本机操作员（文件导入，第 2 次导入"))
      #expect(lines[0].hasSuffix("依据 县.xlsx）") || lines[0].contains("依据 县.xlsx"))
      #expect(lines.contains("  区划名称：新区 → 新新区"))
      #expect(lines.contains("  区划名称：新区"))
      let json = try JSON(
        parsing: run(program, "history", "region", "990104", "--json").output.utf8
      )
      #expect(json.array?.map { $0["version"] } == [.integer(2), .integer(1)])
      #expect(json.array?.map { $0["import"] } == [.integer(2), .integer(1)])
      let change = json.array?.first?["changes"]?.array?.first {
        $0["field"] == .string("regionName")
      }
      #expect(change?["before"] == .string("新区") && change?["after"] == .string("新新区"))
      _ = try run(program, "import", "--undo", "2")
      _ = try run(program, "import", "--undo", "1")
      let gone = try run(program, "history", "region", "990104").output
      #expect(gone.hasPrefix("第 3 版 ") && gone.contains("起已不在册）"))
      let missing = try run(program, "history", "region", "990199")
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
    try withData { program in
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
