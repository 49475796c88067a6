import ArgumentParser
import Foundation
import Records
import Sheets
import Values

/// The audit log.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "审计日志：核对有没有被改动，查询和导出。",
    subcommands: [AuditVerifyCommand.self, AuditListCommand.self]
  )
}

/// Verifies the chain of the audit log.
struct AuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "核对审计链：逐条重算摘要，并与每天的链头比对。",
    discussion: """
      示例：
        citong audit verify
        citong audit verify --head 另存的链头.jsonl --json
      只读。完好时退出码 0；有一处不对时退出码 1，说明从第几条起、怎样不对。
      """
  )

  @ArgumentParser.Option(help: "另存的链头，代替数据文件夹里的 audit-heads.jsonl。")
  var head: String?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let report: AuditReport
    do {
      let copy = try head.map(AuditHeads.lines)
      report = try installation.register.verifyAudit(installation.heads, against: copy)
    } catch let unusable as AuditHeads.Unusable {
      throw Failure("AUD-E-008", unusable.sentence)
    }
    if json { print(report.json.text) }
    if let bad = report.firstBad { throw Failure(bad.problem.code, bad.problem.message) }
    if report.heads == 0 {
      Console.complain("AUD-W-010 还没有链头可以比对，只核对了链本身；下一条写入的命令或 citong serve 会写下链头。")
    }
    guard !json else { return }
    let end = report.head.isEmpty ? "" : "，到 \(report.head.prefix(12))"
    print("审计链完好：\(report.entries) 条\(end)。")
  }
}

/// Searches the audit log and gives it out.
struct AuditListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "查询和导出审计日志，从早到晚。",
    discussion: """
      示例：
        citong audit list --actor 本机操作员 --from 2022-07-01 --limit 100
        citong audit list --kind school --id SD001 --format json
      """
  )

  /// What an export is written as.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
  }

  @ArgumentParser.Option(help: "动作，例如 create、update、remove、merge。")
  var action: String?

  @ArgumentParser.Option(help: "对象的类别，名称或中文名，例如 school。")
  var kind: String?

  @ArgumentParser.Option(help: "对象的编号。")
  var id: String?

  @ArgumentParser.Option(help: "是谁做的。")
  var actor: String?

  @ArgumentParser.Option(help: "从哪一天起，例如 2022-07-01。")
  var from: String?

  @ArgumentParser.Option(help: "到哪一天为止，含当天。")
  var to: String?

  @ArgumentParser.Option(help: "最多多少条，取最近的。")
  var limit: Int?

  @ArgumentParser.Option(help: "格式：csv 或 json。")
  var format = Format.csv

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit 应为不小于 1 的整数。") }
  }

  func run() async throws {
    let settings = try await Settings.read(data: data)
    var query = AuditQuery()
    query.action = action
    query.kind = kind.map { name in
      Installation.kinds.first { $0.label == name }?.name ?? name
    }
    query.id = id
    query.actor = actor
    query.from = try from.map(Moment.day)
    query.to = try to.map(Moment.day)
    query.limit = limit
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    var pending = format == .csv ? CSV.line(AuditEntry.columns) : "["
    var isFirst = true
    try installation.register.eachAuditEntry(query, for: .officer) { entry in
      switch format {
      case .csv: pending += CSV.line(entry.texts.map(CSV.disarmed))
      case .json: pending += (isFirst ? "\n" : ",\n") + entry.json.text
      }
      isFirst = false
      guard pending.utf8.count > 65_536 else { return }
      try FileHandle.standardOutput.write(contentsOf: Data(pending.utf8))
      pending = ""
    }
    if format == .json { pending += "\n]\n" }
    try FileHandle.standardOutput.write(contentsOf: Data(pending.utf8))
  }
}
