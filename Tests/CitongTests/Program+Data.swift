import Sheets
import Testing

extension Program {
  /// Runs a body with a data folder of the example city.
  static func withData(_ body: (Program) throws -> Void) throws {
    try inFolder { program in
      let made = try program.run("init", "--city", city("example"), "--data", "data")
      try #require(made.status == 0, "\(made.errors)")
      try body(program)
    }
  }

  /// Runs the program on the data folder.
  func runOnData(_ arguments: String...) throws -> Result {
    try run(arguments + ["--data", "data"])
  }

  /// Writes a workbook of sheets of texts.
  func workbook(_ name: String, _ sheets: (String, [[String]])...) throws {
    let writer = try WorkbookWriter(folder + "/" + name, .stream)
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
  func rows(_ name: String) throws -> [[String]] {
    let file = try TableFile(folder + "/" + name)
    let reader = try file.rows(of: file.sheets[0])
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.texts) }
    return rows
  }
}
