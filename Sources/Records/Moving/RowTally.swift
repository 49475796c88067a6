import Sheets
import Values

/// What is counted of the rows of a table, to be told once.
struct RowTally {
  var rows = 0
  private var hidden = 0
  private var formulas = 0

  mutating func count(_ row: SheetRow) {
    rows += 1
    if row.isHidden { hidden += 1 }
    formulas += row.cells.count { $0.isFormula }
  }

  var notes: [Problem] {
    var notes: [Problem] = []
    if hidden > 0 {
      notes.append(Problem("REC-I-043", "", "有 \(hidden) 行在表格里是隐藏的，也一并处理了。不想导入的行请删去。"))
    }
    if formulas > 0 {
      notes.append(Problem("REC-I-044", "", "有 \(formulas) 个单元格是公式，按文件里存的计算结果导入。"))
    }
    return notes
  }
}
