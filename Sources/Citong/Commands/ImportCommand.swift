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
      表头用字段名或中文名都可以；是哪类记录从表头和前几行看出，看不出时用 --kind 指明。
      重复导入不会重复登记。好的行入库，有问题的行逐条说明；--all-or-nothing 时有一行不对就都不入库。
      """
  )

  @Argument(help: "一个或多个 CSV 文件。")
  var files: [String]

  @ArgumentParser.Option(help: "记录的类别，例如 school。")
  var kind: String?

  @Flag(help: "有一行不对就一行都不入库。")
  var allOrNothing = false

  @Flag(help: "只看会怎样，不写入。")
  var dryRun = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let register = installation.register
    let chosen = try kind.map { try Self.kind($0, in: register) }
    var total = ImportReport()
    var isFlawed = false
    for file in files {
      guard let bytes = FileManager.default.contents(atPath: file) else {
        let problem = Problem("CIT-E-030", "", "读不了文件，请检查路径和权限。")
        total.problems.append(.init(file: file, row: nil, column: "", problem: problem))
        isFlawed = true
        continue
      }
      let report = try Importer(register).take(
        Array(bytes),
        file: file,
        as: chosen,
        mode: dryRun ? .dryRun : allOrNothing ? .allOrNothing : .goodRows,
        by: Actor(name: "本机操作员", source: .imported, document: (file as NSString).lastPathComponent)
      )
      total.new += report.new
      total.changed += report.changed
      total.unchanged += report.unchanged
      total.refused += report.refused
      total.problems += report.problems
      if report.problems.contains(where: { $0.problem.blocks }) { isFlawed = true }
      if !json {
        print(
          "\(file)：新增 \(report.new)，更新 \(report.changed)，未变 \(report.unchanged)，退回 \(report.refused)\(dryRun ? "（试运行，未写入）" : "")"
        )
      }
    }
    if json { print(total.json.text) }
    for problem in total.problems { Console.complain(problem.placed.description) }
    if isFlawed || total.refused > 0 { throw ExitCode(1) }
  }

  /// The kind with a name or label, or a failure that offers near ones.
  static func kind(_ name: String, in register: RecordStore) throws -> Kind {
    if let kind = register.kind(name) { return kind }
    if let kind = register.kinds.first(where: { $0.label == name }) { return kind }
    let near = NearMiss.suggestion(name, among: register.kinds.map(\.name))
    let all = register.kinds.map { "\($0.name)（\($0.label)）" }.joined(separator: "、")
    throw Failure("CIT-E-031", "没有名为 \(name) 的记录类别。\(near.isEmpty ? "可用：" + all : near)")
  }
}
