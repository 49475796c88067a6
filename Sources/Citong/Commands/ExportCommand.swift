import ArgumentParser
import Foundation
import Records

/// Gives records out as a file.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "导出一类记录；导出的 CSV 原样导回不会有任何变化。",
    discussion: """
      示例：
        citong export school --out 学校.csv
        citong export 学校 --format json
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String

  @ArgumentParser.Option(help: "格式：csv 或 json。")
  var format: Exporter.Format = .csv

  @ArgumentParser.Option(help: "写到文件；不给则写到标准输出。")
  var out: String?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
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
    try Exporter(installation.register).give(kind, as: format, for: .officer) { piece in
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
