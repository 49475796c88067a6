import ArgumentParser
import Foundation
import Records
import Sheets
import Values

/// Takes files into the register.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "导入 CSV 或 Excel 文件，也可以撤销一次导入。",
    discussion: """
      示例：
        citong import 学校.xlsx --dry-run
        citong import 学校.csv 专业点.csv --all-or-nothing
        citong import 学校.xlsx --returned 学校-问题.xlsx
        citong import --undo 12
      CSV（UTF-8 或 GB18030）和 .xlsx 都可以，多个工作表各导各的。表头用字段名或中文名都可以；是哪类
      记录从表头和前几行看出，看不出时用 --kind 指明。认不出的列用 --heading 说明，下次还记得。
      重复导入不会重复登记。好的行入库，有问题的行逐条说明，--returned 写一份带“问题”列的工作簿。
      """
  )

  @Argument(help: "一个或多个 CSV 或 .xlsx 文件。")
  var files: [String] = []

  @ArgumentParser.Option(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String?

  @ArgumentParser.Option(help: "列名的含义，例如 单位=schoolName；等号后面留空表示不导这一列。要同时写 --kind。")
  var heading: [String] = []

  @Flag(help: "所有文件里有一行不对就都不入库。")
  var allOrNothing = false

  @Flag(help: "空的格子不改动已登记的值。")
  var keepBlanks = false

  @Flag(help: "只看会怎样，不写入。")
  var dryRun = false

  @ArgumentParser.Option(help: "把第一个文件带上“问题”列写到这里（.xlsx）。")
  var returned: String?

  @ArgumentParser.Option(help: "撤销第几次导入；编号在导入时显示。")
  var undo: Int?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func validate() throws {
    guard files.isEmpty == (undo != nil) else {
      throw ValidationError(undo == nil ? "要写导入哪些文件。" : "--undo 不能和文件一起写。")
    }
    guard heading.isEmpty || kind != nil else {
      throw ValidationError("--heading 要和 --kind 一起写。")
    }
  }

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let chosen = try kind.map { try Installation.kind($0) }
    let headings = try chosen.map { try meanings(of: $0) } ?? [:]
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let actor = Actor(name: "本机操作员", source: .imported)
    if let undo { return try takeBack(undo, installation, actor) }
    if !headings.isEmpty, !dryRun {
      try ImportRun.remember(headings, in: installation.register)
    }
    var order = Importer.Order(kind: chosen)
    order.isWhole = allOrNothing
    order.isDry = dryRun
    order.keepsBlanks = keepBlanks
    order.headings = headings
    let bar = ProgressBar(files: files.count)
    order.onProgress = { bar.show($0) }
    let reports = try Importer(installation.register).take(
      files.map { path in
        .init(path, document: (path as NSString).lastPathComponent, .path(path))
      },
      order,
      by: actor
    )
    bar.clear()
    if !dryRun { try installation.seal() }
    var total = ImportReport()
    for report in reports { total.add(report) }
    if json {
      print(total.json.text)
    } else {
      for (file, report) in zip(files, reports) { tell(file, report, isKeptOut: total.isFlawed) }
    }
    for problem in total.problems { Console.complain(problem.placed.description) }
    if total.moreProblems > 0 { Console.complain("还有 \(total.moreProblems) 处问题，没有逐条列出。") }
    if let returned, let first = reports.first, let file = files.first {
      try giveBack(file, first, to: returned)
    }
    if total.isFlawed { throw ExitCode(1) }
  }

  /// What `--heading` says, by kind and comparable heading.
  private func meanings(of kind: Kind) throws -> [String: [String: String]] {
    var meanings: [String: String] = [:]
    for text in heading {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw Failure.usage("CIT-E-033", "--heading \(text) 应写成 列名=字段。")
      }
      let name = Text.trimmed(String(parts[1]))
      let field = kind.fields.first { $0.name == name || $0.label == name }
      guard name.isEmpty || field != nil else {
        let near = NearMiss.suggestion(name, among: kind.fields.flatMap { [$0.name, $0.label] })
        throw Failure.usage("CIT-E-033", "\(kind.label)没有名为 \(name) 的字段。\(near)")
      }
      meanings[Text.comparable(String(parts[0]))] = field?.name ?? ""
    }
    return meanings.isEmpty ? [:] : [kind.name: meanings]
  }

  private func takeBack(_ run: Int, _ installation: Installation, _ actor: Actor) throws {
    do {
      let done = try installation.register.undo(run, by: actor)
      try installation.seal()
      if json {
        print(
          JSON.object([
            "import": .integer(run), "removed": .integer(done.removed),
            "restored": .integer(done.restored),
          ]).text
        )
      } else {
        print("第 \(run) 次导入已撤销：移除 \(done.removed) 条，恢复 \(done.restored) 条。")
      }
    } catch let obstacle as NotUndoable {
      throw Failure(lines: obstacle.problems.map { "\($0.code) \($0.message)" })
    }
  }

  private func giveBack(_ file: String, _ report: ImportReport, to path: String) throws {
    do {
      try ReturnedWorkbook.write(TableFile(file), report.problems, to: path)
    } catch let error as WorkbookWriter.Unwritable {
      throw Failure(file: path, "CIT-E-032", error.sentence)
    } catch let error as Unreadable {
      Console.complain("CIT-E-034 \(file) 读不了，没有写 \(path)：\(error.problem.message)")
    }
  }

  private func tell(_ file: String, _ report: ImportReport, isKeptOut: Bool) {
    let hint =
      dryRun ? "（试运行，未写入）" : allOrNothing && isKeptOut ? "（有行或文件退回，全部未写入）" : ""
    let run = report.run.map { "。导入编号 \($0)，撤销：citong import --undo \($0)" } ?? ""
    print(
      "\(file)：新增 \(report.new)，更新 \(report.changed)，未变 \(report.unchanged)，退回 \(report.refused)\(hint)\(run)"
    )
    guard dryRun, !report.changedFields.isEmpty else { return }
    let fields = report.changedFields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    print("  会更新的字段：" + fields.map { "\($0.key) \($0.value) 处" }.joined(separator: "，"))
  }
}

/// How far an import is, on one line of a terminal; nothing where nobody looks.
private final class ProgressBar: Sendable {
  private let files: Int
  private let isSeen = isatty(STDERR_FILENO) == 1
  private let start = Date()

  init(files: Int) { self.files = files }

  func show(_ progress: Importer.Progress) {
    guard isSeen, progress.rows > 0 else { return }
    let share = (Double(progress.file - 1) + progress.part) / Double(max(1, files))
    let past = Date().timeIntervalSince(start)
    let left = share > 0.01 ? "，还需约 \(Int(past / share * (1 - share)) + 1) 秒" : ""
    let filled = Int(share * 30)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    FileHandle.standardError.write(
      Data("\r\(bar) \(Int(share * 100))%，\(progress.rows) 行\(left)   ".utf8)
    )
  }

  func clear() {
    if isSeen { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
