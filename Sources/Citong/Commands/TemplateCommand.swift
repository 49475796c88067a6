import ArgumentParser
import Foundation
import Records
import Sheets
import Values

/// Makes the workbook in which people fill in records.
struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "生成填报用的 Excel 模板：下拉选项、说明、示例行；也可以先填好已知的。",
    discussion: """
      示例：
        citong template school --out 学校-模板.xlsx
        citong template 学校 --filled --filter 状态=在用 --out 学校-待补.xlsx
      填好后用 citong import 导入。--filled 填入已登记的记录，缺的格子标红。
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String

  @Flag(help: "填入已登记的记录，缺的格子标红。")
  var filled = false

  @ArgumentParser.Option(help: "填入哪些记录，写法同 export；要和 --filled 一起写。")
  var filter: [String] = []

  @ArgumentParser.Option(help: "写到文件（.xlsx）。")
  var out: String

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func validate() throws {
    guard filter.isEmpty || filled else { throw ValidationError("--filter 要和 --filled 一起写。") }
  }

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let (conditions, problems) = try installation.register.conditions(kind, filter, for: .officer)
    guard problems.isEmpty else {
      var failure = Failure(lines: problems.map { "\($0.code) \($0.message)" })
      failure.status = 2
      throw failure
    }
    do {
      try TemplateWorkbook(installation.register, kind, for: .officer)
        .write(to: out, filledWith: filled ? Query(conditions) : nil)
    } catch let error as WorkbookWriter.Unwritable {
      throw Failure(file: out, "CIT-E-032", error.sentence)
    }
  }
}
