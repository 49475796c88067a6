import ArgumentParser
import Calendar
import Foundation
import Records
import Sheets
import Storage
import Values

/// Gives records out as a file.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "导出一类记录；导出的 CSV 或 Excel 原样导回不会有任何变化。",
    discussion: """
      示例：
        citong export school --out 学校.csv
        citong export 学校 --format xlsx --filter 状态=在用 --out 学校.xlsx
        citong export 学校年度统计 --filter '在校生>=1000' --format json
        citong export school --known-on 2022-07-14
      条件可以写几个，都要满足：字段=值（几个值用 | 隔开）、字段~文字、字段>=值、字段<=值、字段=（没填）、
      字段!=（已填）。字段用名称或中文名。
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String

  @ArgumentParser.Option(help: "格式：csv、xlsx 或 json。")
  var format: Exporter.Format = .csv

  @ArgumentParser.Option(help: "条件，可以写几个。")
  var filter: [String] = []

  @ArgumentParser.Option(help: "按那一天结束时所知的样子导出，例如 2022-07-14。")
  var knownOn: String?

  @ArgumentParser.Option(help: "写到文件；不给则写到标准输出。xlsx 必须给。")
  var out: String?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func validate() throws {
    guard format != .xlsx || out != nil else { throw ValidationError("导出 xlsx 要用 --out 写明文件。") }
  }

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let moment = try knownOn.map(Moment.read)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let register =
      moment.map(installation.register.asKnown) ?? installation.register
    let (conditions, problems) = try installation.register.conditions(kind, filter, for: .officer)
    guard problems.isEmpty else {
      var failure = Failure(lines: problems.map { "\($0.code) \($0.message)" })
      failure.status = 2
      throw failure
    }
    // What is given out is noted first: whoever can't write it down gives nothing out.
    var event = AuditEvent("export", by: Actor(name: "本机操作员", source: .manual))
    event.kind = kind.name
    event.detail = .object([
      "format": .string(format.rawValue), "filter": .array(filter.map(JSON.string)),
    ])
    let noted = event
    try installation.register.store.write { try installation.register.note(noted, in: $0) }
    try installation.seal()
    let exporter = Exporter(register)
    if format == .xlsx {
      do {
        try exporter.write(kind, Query(conditions), for: .officer, to: out ?? "")
      } catch let error as WorkbookWriter.Unwritable {
        throw Failure(file: out ?? "", "CIT-E-032", error.sentence)
      }
      return
    }
    let handle: FileHandle
    if let out {
      guard FileManager.default.createFile(atPath: out, contents: nil),
        let file = FileHandle(forWritingAtPath: out)
      else { throw Failure(file: out, "CIT-E-032", "写不了文件，请检查路径和权限。") }
      handle = file
    } else {
      handle = .standardOutput
    }
    var pending = ""
    try exporter.give(kind, Query(conditions), as: format, for: .officer) { piece in
      pending += piece
      if pending.utf8.count > 65_536 {
        try handle.write(contentsOf: Data(pending.utf8))
        pending = ""
      }
    }
    try handle.write(contentsOf: Data(pending.utf8))
  }
}

extension Exporter.Format: ExpressibleByArgument {}

/// A day as commands take it: its end.
enum Moment {
  /// The last second of a day.
  ///
  /// - Throws: `Failure` when there is no such day.
  static func read(_ text: String) throws -> Instant { Instant(endOf: try day(text)) }

  /// A day.
  ///
  /// - Throws: `Failure` when there is no such day.
  static func day(_ text: String) throws -> CivilDate {
    guard let day = CivilDate(text) else {
      throw Failure.usage("CIT-E-035", "“\(text)”不是有效日期，请写成 2022-07-14 这样的形式。")
    }
    return day
  }
}
