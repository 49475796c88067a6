import ArgumentParser
import Ciphers
import Identity
import Records

/// Makes a data folder for a city.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "为一座城市建立数据文件夹。",
    discussion: """
      示例：
        citong init --city Cities/example --demo --data ./data
        citong init --city Cities/example --hash sm3
      城市文件夹有错就逐条列出，什么也不建；已有数据库时拒绝，原有数据不动。
      """
  )

  @ArgumentParser.Option(help: "城市文件夹，例如 Cities/example。")
  var city: String

  @Flag(help: "同时装入演示数据；演示数据处处标明，不挂在真实院校名下。")
  var demo = false

  @ArgumentParser.Option(help: "审计日志的摘要算法：sha256 或 sm3，以后不能改。")
  var hash = HashAlgorithm.sha256

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    try Installation.make(settings.data, cityFolder: city, isDemo: demo, auditHash: hash)
    print("已建立 \(Installation.database(in: settings.data))。")
    let installation = try Installation.open(settings.data)
    let desk = try installation.signInDesk()
    print("三员的一次性链接，\(desk.rules.linkHours) 小时内有效，请分别交给三个人，各自设口令和二次验证：")
    for one in try desk.makeAdministrators() {
      print(
        "  \(one.role.label)（\(one.login)）：http://\(settings.host):\(settings.port)/link/\(one.code)"
      )
    }
    if demo {
      let logins = try desk.makeDemoAccounts().joined(separator: "、")
      print("演示账号：\(logins)。进入：citong link demo-city --data \(settings.data)")
    }
    print("下一步：citong serve --data \(settings.data)")
  }
}

extension HashAlgorithm: ExpressibleByArgument {}
