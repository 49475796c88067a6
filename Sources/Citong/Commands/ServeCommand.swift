import Ledger
import ArgumentParser
import Foundation
import Logging
import Records
import Values
import Web

/// Serves the pages and the API.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "启动网站与接口（仅本机）。",
    discussion: """
      示例：citong serve --data ./data --port 8080
      公开页面谁都能看；/desk 和写入要登录，各人只见到和改到自己的范围。按 Ctrl-C 停止。
      """
  )

  @ArgumentParser.Option(help: "端口（默认 8080）。")
  var port: Int?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @ArgumentParser.Option(help: "城市文件夹；默认用建库时的那一个。")
  var city: String?

  func run() async throws {
    let settings = try await Settings.read(data: data, port: port, city: city)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    guard FileManager.default.isWritableFile(atPath: settings.data) else {
      throw Failure("CIT-E-050", "数据文件夹 \(settings.data) 不可写，请检查权限。")
    }
    let pending = try AuditPending(folder: installation.folder, installation.register)
    let site = try Site(
      register: installation.register,
      city: installation.city,
      isDemo: installation.isDemo,
      asOf: installation.asOf,
      folder: installation.folder,
      signIn: try installation.signInDesk(pending),
      pending: pending
    )
    var logger = Logger(label: "citong")
    logger.logLevel = .warning
    let server = SiteServer(
      site,
      host: settings.host,
      port: settings.port,
      names: settings.names,
      logger: logger
    )
    let greeting = "\(installation.city.platformName)：http://\(settings.host):\(settings.port)"
    do {
      try await server.run { Console.complain(greeting) }
    } catch {
      if "\(error)".contains("Address already in use") || "\(error)".contains("errno: 98") {
        throw Failure("CIT-E-051", "端口 \(settings.port) 已被占用，请换一个：--port \(settings.port + 1)")
      }
      throw error
    }
  }
}
