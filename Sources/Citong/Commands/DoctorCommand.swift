import ArgumentParser
import Values

/// Says what is wrong with an installation and how to mend it.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "检查安装：说明哪里不对、怎样修。",
    discussion: """
      只看不改。示例：
        citong doctor --data ./data
        CITONG_CITY=Cities/example citong doctor    城市文件夹移动过时
      只有提醒（DOC-W-…）时退出码是 0。
      """
  )

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let findings = Doctor(folder: settings.data, cityFolder: settings.city).examine()
    let isSound = !findings.contains(where: \.isFault)
    if json {
      let rows = findings.map {
        JSON.object([
          "code": .string($0.code), "message": .string($0.message), "remedy": .string($0.remedy),
        ])
      }
      print(JSON.object(["ok": .boolean(isSound), "findings": .array(rows)]).text)
    } else if isSound {
      print(findings.isEmpty ? "一切正常。" : "可以使用，有 \(findings.count) 处提醒。")
    }
    for finding in findings {
      Console.complain("\(finding.code) \(finding.message) \(finding.remedy)")
    }
    if !isSound { throw ExitCode(1) }
  }
}
