import ArgumentParser
import Calendar
import Foundation
import Records
import Values

/// Shows the versions of a record.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "一条记录的各个版本：谁、何时、凭什么改了哪些字段。",
    discussion: """
      示例：
        citong history school XX000001
        citong history 学校 XX000001 --json
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String

  @Argument(help: "记录的编号。")
  var id: String

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let versions = try installation.register.versions(kind, id)
    guard !versions.isEmpty else {
      throw Failure("REC-E-021", "找不到编号为 \(id) 的\(kind.label)，可能编号有误。")
    }
    if json {
      print(versions.json(for: .officer).text)
      return
    }
    for (index, version) in versions.enumerated() {
      let before = versions.indices.contains(index + 1) ? versions[index + 1] : nil
      let stamp = version.record.stamp
      let ground = stamp.document.isEmpty ? "" : "，依据 \(stamp.document)"
      let run = version.importRun.map { "，第 \($0) 次导入" } ?? ""
      let end = index == 0 ? version.until.map { "（\($0.civilText) 起已不在册）" } ?? "" : ""
      print(
        "第 \(version.record.version) 版 \(stamp.updatedAt.civilText) \(stamp.updatedBy)（\(stamp.source.label)\(run)\(ground)）\(end)"
      )
      for change in version.changes(since: before, for: .officer) {
        let city = installation.city
        let former = change.field.shown(change.before, city: city)
        let now = change.field.shown(change.after, city: city)
        print(
          before == nil
            ? "  \(change.field.label)：\(now)"
            : "  \(change.field.label)：\(former.isEmpty ? "（空）" : former) → \(now.isEmpty ? "（空）" : now)"
        )
      }
    }
  }
}
