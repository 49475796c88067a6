import ArgumentParser
import Identity
import Values

/// Makes a one-time link into an account of a demo.
struct LinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "演示数据：给一个演示账号发一次性登录链接。",
    discussion: """
      示例：
        citong link demo-city
      演示账号：demo-city、demo-county、demo-department、demo-school、demo-enterprise。
      正式数据里没有这个命令的账号：三员用建库时给出的链接，其他人由系统管理员在页面上发链接。
      """
  )

  @Argument(help: "演示账号的登录名。")
  var login: String

  @ArgumentParser.Option(help: "网站的端口（默认 8080）。")
  var port: Int?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data, port: port)
    let (desk, account) = try DemoAccounts.find(login, settings)
    let code = try desk.link(for: account.accountId, .demo)
    print("http://\(settings.host):\(settings.port)/link/\(code)")
  }
}

/// Makes a token for programs that try a demo.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "演示数据：给一个演示账号建程序用的令牌。",
    discussion: """
      示例：
        curl -H "Authorization: Bearer $(citong token demo-city)" http://127.0.0.1:8080/api/school
      正式数据里，令牌在“我的账号”页面上建。
      """
  )

  @Argument(help: "演示账号的登录名。")
  var login: String

  @ArgumentParser.Option(help: "几天有效，1 至 365。")
  var days = 30

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let (desk, account) = try DemoAccounts.find(login, settings)
    guard let grant = try desk.grants(of: account.accountId).first else {
      throw Failure("ACC-E-031", "\(login) 没有角色。")
    }
    print(try desk.token("citong token", actingBy: grant, days: days))
  }
}

/// The accounts of a demo, which are entered without a password.
private enum DemoAccounts {
  static func find(_ login: String, _ settings: Settings) throws -> (SignInDesk, Account) {
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let desk = try installation.signInDesk()
    guard installation.isDemo, login.hasPrefix("demo-"),
      let account = try desk.account(named: login),
      try !desk.hasPassword(account.accountId)
    else {
      throw Failure(
        "ACC-E-030",
        "\(login) 不是演示账号。正式账号的链接和令牌只能在页面上由本人或系统管理员办。"
      )
    }
    return (desk, account)
  }
}
