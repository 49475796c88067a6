import Foundation
import Testing
import Values

/// Workbooks taken in, imports taken back, as an operator meets them.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct FileCommandTests {
  private static let header = ["区划代码", "区划名称", "类型", "上级"]

  @Test func `a workbook is imported sheet by sheet, under a number by which it is taken back`()
    throws
  {
    try Program.withData { program in
      try program.workbook(
        "区划.xlsx",
        ("县", [Self.header, ["990104", "新区", "district", "990100"]]),
        ("乡镇", [Self.header, ["990104001", "新街道", "township", "990104"]]),
        ("说明", [["填表人", "电话"], ["某人", "1"]])
      )
      let dry = try program.runOnData("import", "区划.xlsx", "--dry-run")
      #expect(dry.output == "区划.xlsx：新增 2，更新 0，未变 0，退回 0（试运行，未写入）\n")
      let first = try program.runOnData("import", "区划.xlsx")
      #expect(first.status == 0, "\(first.errors)")
      #expect(
        first.output == "区划.xlsx：新增 2，更新 0，未变 0，退回 0。导入编号 1，撤销：citong import --undo 1\n"
      )
      #expect(first.errors == "区划.xlsx[说明]: REC-I-045 工作表“说明”看不出是哪类记录，没有导入。\n")
      let second = try program.runOnData("import", "区划.xlsx", "--json")
      #expect(
        second.output.hasPrefix(#"{"new":0,"changed":0,"unchanged":2,"refused":0,"problems":["#)
      )
      let undone = try program.runOnData("import", "--undo", "1")
      #expect(undone.status == 0)
      #expect(undone.output == "第 1 次导入已撤销：移除 2 条，恢复 0 条。\n")
      try #expect(!program.runOnData("export", "region").output.contains("990104"))
    }
  }

  @Test func `an import that can't be taken back says why`() throws {
    try Program.withData { program in
      try program.workbook("县.xlsx", ("县", [Self.header, ["990104", "新区", "district", "990100"]]))
      try program.workbook(
        "镇.xlsx",
        ("镇", [Self.header, ["990104001", "新街道", "township", "990104"]])
      )
      _ = try program.runOnData("import", "县.xlsx")
      _ = try program.runOnData("import", "镇.xlsx")
      let table: [(run: String, told: String)] = [
        ("1", "REC-E-052 区域“新街道”还引用着这次导入新增的记录，不能撤销。请先改掉那一处引用。\n"), ("7", "REC-E-050 没有第 7 次导入。\n"),
      ]
      for (number, told) in table {
        let result = try program.runOnData("import", "--undo", number)
        #expect(result.status == 1)
        #expect(result.errors == told)
        #expect(result.output == "")
      }
      let json = try program.runOnData("import", "--undo", "2", "--json")
      #expect(json.output == #"{"import":2,"removed":1,"restored":0}"# + "\n")
      let again = try program.runOnData("import", "--undo", "2")
      #expect(again.status == 1)
      #expect(again.errors == "REC-E-051 第 2 次导入已经撤销过了。\n")
      try #expect(program.runOnData("import", "--undo", "1").status == 0)
    }
  }

  @Test func `what is wrong comes back in a workbook, row by row`() throws {
    try Program.withData { program in
      try program.workbook(
        "区划.xlsx",
        (
          "县",
          [
            ["区划表"], Self.header, ["990104", "新区", "district", "990100"],
            ["99012", "错县", "county", "990100"],
          ]
        )
      )
      let result = try program.runOnData("import", "区划.xlsx", "--returned", "退回.xlsx")
      let reason = "区划代码 99012 不合格式，应为 6 位数字（乡镇 9 位，功能区如 990100Z1）。"
      #expect(result.status == 1)
      #expect(result.errors == "区划.xlsx[县]:4: REG-E-001 \(reason)\n")
      try #expect(
        program.rows("退回.xlsx") == [
          ["区划表"], Self.header + ["问题（再导入时不看这一列）"], ["990104", "新区", "district", "990100"],
          ["99012", "错县", "county", "990100", reason],
        ]
      )
      let again = try program.runOnData("import", "退回.xlsx")
      #expect(again.output == "退回.xlsx：新增 0，更新 0，未变 1，退回 1\n")
      let same = try program.runOnData("import", "区划.xlsx", "--returned", "区划.xlsx")
      #expect(same.errors == result.errors)
      try #expect(program.rows("区划.xlsx") == program.rows("退回.xlsx"), "even onto itself")
      let lost = try program.runOnData("import", "区划.xlsx", "--returned", "none/退回.xlsx")
      #expect(lost.status == 1)
      #expect(lost.errors.hasSuffix("\nnone/退回.xlsx: CIT-E-032 写不了工作簿，请检查磁盘空间和文件夹权限。\n"))
    }
  }

  @Test func `a file that can't be read says what it is, and is given back as what can be read`()
    throws
  {
    try Program.withData { program in
      try program.write([0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0], to: "旧.xls")
      let result = try program.runOnData("import", "旧.xls", "--returned", "退回.xlsx")
      let told = "这是加了密码的工作簿，或旧的 .xls 格式，读不了。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再导入。"
      #expect(result.status == 1)
      #expect(
        result.errors == "旧.xls: REC-E-038 \(told)\nCIT-E-034 旧.xls 读不了，没有写 退回.xlsx：\(told)\n"
      )
      #expect(!FileManager.default.fileExists(atPath: program.folder + "/退回.xlsx"))
    }
  }

  @Test func `what a heading means is said once and remembered`() throws {
    try Program.withData { program in
      let header = ["代码", "名称", "类别", "归属", "备忘"]
      try program.workbook("甲.xlsx", ("县", [header, ["990104", "新区", "district", "990100", "x"]]))
      try program.workbook("乙.xlsx", ("县", [header, ["990105", "老区", "district", "990100", "x"]]))
      try #expect(program.runOnData("import", "甲.xlsx").status == 1)
      let said = [
        "--kind", "region", "--heading", "代码=regionCode", "--heading", "名称=区划名称", "--heading",
        "类别=regionKind", "--heading", " 归 属 = parentCode ", "--heading", "备忘=",
      ]
      let dry = try program.run(["import", "甲.xlsx", "--dry-run", "--data", "data"] + said)
      #expect(dry.output == "甲.xlsx：新增 1，更新 0，未变 0，退回 0（试运行，未写入）\n", "\(dry.errors)")
      try #expect(program.runOnData("import", "甲.xlsx").status == 1, "a dry run is not remembered")
      let first = try program.run(["import", "甲.xlsx", "--data", "data"] + said)
      #expect(first.output.hasPrefix("甲.xlsx：新增 1，"), "\(first.errors)")
      let second = try program.runOnData("import", "乙.xlsx")
      #expect(second.output.hasPrefix("乙.xlsx：新增 1，"), "\(second.errors)")
      #expect(second.errors == "")
    }
  }
}
