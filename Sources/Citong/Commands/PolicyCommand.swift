import ArgumentParser
import Identity
import Records
import Values

/// Shows and sets how strictly people sign in.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "安全策略：口令、锁定、会话、链接、答复期限。",
    discussion: """
      不带参数时列出现在的策略和底线。
      示例：
        citong policy
        citong policy idleMinutes=15 sessions=2
      运行中的网站下次启动时读到；网页上由安全管理员改的立即生效。
      """
  )

  @Argument(help: "要改的策略，写成 名称=数。")
  var settings: [String] = []

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    var texts: [String: String] = [:]
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw Failure.usage("ACC-E-091", "“\(setting)”应写成 名称=数，例如 idleMinutes=15。")
      }
      texts[parts[0]] = parts[1]
    }
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let desk = try installation.signInDesk()
    if !texts.isEmpty {
      try Refusals.told {
        for line in try desk.set(rules: texts, by: Actor(name: "本机操作员", source: .manual)) {
          print(line)
        }
      }
      try installation.seal()
      return
    }
    let rules = desk.rules
    for rule in SecurityRules.declared {
      print(
        "\(rule.name)\t\(rules[keyPath: rule.path])\t\(rule.label)（\(rule.unit)，\(rule.range.lowerBound) 到 \(rule.range.upperBound)）"
      )
    }
  }
}
