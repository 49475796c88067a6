import Testing

/// What keeps a file from undoing what it does not know of.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct ImportCautionTests {
  private static let header = ["区划代码", "区划名称", "类型", "上级"]

  @Test func `an empty cell empties its field unless blanks are kept`() throws {
    let header = ["区划代码", "区划名称", "类型", "简称"]
    try Program.withData { program in
      try program.workbook("县.xlsx", ("县", [header, ["990104", "新区", "district", "新"]]))
      _ = try program.runOnData("import", "县.xlsx")
      try program.workbook("空.xlsx", ("县", [header, ["990104", "新区", "district", ""]]))
      let kept = try program.runOnData("import", "空.xlsx", "--keep-blanks")
      #expect(kept.output == "空.xlsx：新增 0，更新 0，未变 1，退回 0\n")
      let emptied = try program.runOnData("import", "空.xlsx", "--dry-run")
      #expect(emptied.output.contains("更新 1"), "\(emptied.output)")
    }
  }

  @Test func `a workbook handed in late does not undo what was changed since`() throws {
    try Program.withData { program in
      try program.workbook("县.xlsx", ("县", [Self.header, ["990104", "新区", "district", "990100"]]))
      _ = try program.runOnData("import", "县.xlsx")
      _ = try program.runOnData("export", "region", "--format", "xlsx", "--out", "早.xlsx")
      try program.workbook(
        "改.xlsx",
        ("县", [Self.header, ["990104", "更新区", "district", "990100"]])
      )
      _ = try program.runOnData("import", "改.xlsx")
      let late = try program.runOnData("import", "早.xlsx")
      #expect(late.status == 1)
      #expect(late.output.contains("更新 0") && late.output.contains("退回 1"), "\(late.output)")
      #expect(late.errors.contains("REC-E-020"), "\(late.errors)")
      try #expect(program.runOnData("export", "region").output.contains("更新区"))
    }
  }
}
