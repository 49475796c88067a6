import ArgumentParser
import Foundation
import Records
import Values

/// Takes files into the register.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "导入 CSV 文件。",
    discussion: """
      示例：
        citong import 学校.csv --dry-run
        citong import 学校.csv 专业点.csv --all-or-nothing
      表头用字段名或中文名都可以；是哪类记录从表头和前几行看出，看不出时用 --kind 指明。
      重复导入不会重复登记。好的行入库，有问题的行逐条说明。
      """
  )

  @Argument(help: "一个或多个 CSV 文件。")
  var files: [String]

  @ArgumentParser.Option(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String?

  @Flag(help: "所有文件里有一行不对就都不入库。")
  var allOrNothing = false

  @Flag(help: "只看会怎样，不写入。")
  var dryRun = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let chosen = try kind.map { try Installation.kind($0) }
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let reports = try Importer(installation.register).take(
      files.map(Self.read),
      as: chosen,
      isWhole: allOrNothing,
      isDry: dryRun,
      by: Actor(name: "本机操作员", source: .imported)
    )
    var total = ImportReport()
    for report in reports { total.add(report) }
    if json {
      print(total.json.text)
    } else {
      for (file, report) in zip(files, reports) { tell(file, report, isKeptOut: total.isFlawed) }
    }
    for problem in total.problems { Console.complain(problem.placed.description) }
    if total.isFlawed { throw ExitCode(1) }
  }

  private func tell(_ file: String, _ report: ImportReport, isKeptOut: Bool) {
    let hint =
      dryRun ? "（试运行，未写入）" : allOrNothing && isKeptOut ? "（有行或文件退回，全部未写入）" : ""
    print(
      "\(file)：新增 \(report.new)，更新 \(report.changed)，未变 \(report.unchanged)，退回 \(report.refused)\(hint)"
    )
  }

  private static func read(_ path: String) -> Importer.File {
    let document = (path as NSString).lastPathComponent
    guard let data = FileManager.default.contents(atPath: path) else {
      let problem = Problem("CIT-E-030", "", "读不了文件，请检查路径和权限。")
      return .init(path, document: document, .failure(.init(line: nil, problem: problem)))
    }
    return .init(path, document: document, .success(Array(data)))
  }
}
