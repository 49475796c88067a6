import SystemPackage
import Configuration
import Foundation

/// What an operator can set, from arguments, then the environment, then a file.
///
/// `CITONG_DATA`, `CITONG_PORT`, `CITONG_HOST` and `CITONG_CITY` in the environment; `citong.json` in the
/// working folder with `{"citong": {"data": …, "port": …}}`.
struct Settings {
  /// The data folder.
  var data: String
  /// The port to serve on.
  var port: Int
  /// The address to serve on; loopback only until there is identity.
  var host: String
  /// The city's folder, when it is not the one remembered.
  var city: String?

  /// Reads the settings; arguments that were given win.
  static func read(data: String? = nil, port: Int? = nil, city: String? = nil) async throws
    -> Settings
  {
    let file: FileProvider<JSONSnapshot>
    do {
      file = try await FileProvider<JSONSnapshot>(filePath: "citong.json", allowMissing: true)
    } catch {
      throw Failure("CIT-E-020", "配置文件 citong.json 读不了：\(error)。请检查 JSON 是否完整。")
    }
    let reader = ConfigReader(providers: [EnvironmentVariablesProvider(), file]).scoped(
      to: "citong"
    )
    let settings = Settings(
      data: data ?? reader.string(forKey: "data", default: "./data"),
      port: port ?? reader.int(forKey: "port", default: 8080),
      host: reader.string(forKey: "host", default: "127.0.0.1"),
      city: city ?? reader.string(forKey: "city")
    )
    guard (1...65_535).contains(settings.port) else {
      throw Failure("CIT-E-021", "端口 \(settings.port) 不在 1 到 65535 之间。")
    }
    guard ["127.0.0.1", "::1", "localhost"].contains(settings.host) else {
      throw Failure("CIT-E-022", "接入身份认证之前只能在本机地址上服务，host 请设为 127.0.0.1。")
    }
    return settings
  }
}
