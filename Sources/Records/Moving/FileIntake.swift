import Sheets
import Values

/// The taking in of one file: each of its tables as the kind of record it holds.
struct FileIntake {
  private let register: RecordStore
  private let file: Importer.File
  private let actor: Actor
  private let order: Importer.Order
  private let number: Int

  init(
    _ register: RecordStore,
    _ file: Importer.File,
    _ actor: Actor,
    _ order: Importer.Order,
    number: Int
  ) {
    self.register = register
    self.file = file
    self.actor = Actor(
      name: actor.name,
      source: actor.source,
      document: file.document,
      importRun: actor.importRun
    )
    self.order = order
    self.number = number
  }

  /// Takes in the good rows and tells what became of each.
  func take() throws -> ImportReport {
    do {
      switch file.content {
      case .bytes(let bytes):
        let rows = try CSV.reader(of: bytes, comments: order.isCity)
        return try table("", rows, isTemplate: false).take(isOnly: true).report
      case .path(let path):
        return try take(TableFile(path, comments: order.isCity))
      }
    } catch let error as Unreadable {
      var report = try refused(error.problem, line: error.line)
      report.isBroken = true
      return report
    }
  }

  private func take(_ tables: TableFile) throws -> ImportReport {
    let isTemplate = tables.sheets.contains { TemplateWorkbook.otherSheets.contains($0.name) }
    let shown = tables.sheets.filter {
      !$0.isHidden && !TemplateWorkbook.otherSheets.contains($0.name)
    }
    guard !shown.isEmpty else {
      return try refused(Problem("REC-E-031", "", "工作簿里没有可见的工作表，第一行应为表头。"))
    }
    var report = ImportReport()
    var passedOver: [(name: String, problem: Problem)] = []
    var hasTaken = false
    for sheet in shown {
      let rows = try tables.rows(of: sheet)
      let name = tables.format == .workbook ? sheet.name : ""
      let outcome = try table(name, rows, isTemplate: isTemplate).take(isOnly: shown.count == 1)
      report.add(outcome.report)
      if let problem = outcome.passedOver {
        passedOver.append((sheet.name, problem))
      } else {
        hasTaken = true
      }
    }
    guard hasTaken else {
      return try refused(
        passedOver.first { $0.problem.code != "REC-E-031" }?.problem
          ?? Problem("REC-E-031", "", "文件是空的，第一行应为表头。")
      )
    }
    for (name, problem) in passedOver where problem.code != "REC-E-031" {
      let told = Problem("REC-I-045", "", "工作表“\(name)”看不出是哪类记录，没有导入。")
      try add(.init(file: file.name, sheet: name, row: nil, column: "", problem: told), &report)
    }
    return report
  }

  private func table(_ sheet: String, _ rows: any RowReader, isTemplate: Bool) -> TableIntake {
    TableIntake(
      register,
      rows,
      file: file.name,
      sheet: sheet,
      isTemplate: isTemplate,
      actor,
      order,
      number: number
    )
  }

  private func add(_ problem: ImportReport.CellProblem, _ report: inout ImportReport) throws {
    try order.onProblem(problem)
    report.tell(problem)
  }

  private func refused(_ problem: Problem, line: Int? = nil) throws -> ImportReport {
    var report = ImportReport()
    try add(.init(file: file.name, row: line, column: "", problem: problem), &report)
    return report
  }
}
