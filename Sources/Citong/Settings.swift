import Values
import Configuration
import Foundation
import SystemPackage

/// What an operator can set, from arguments, then the environment, then a file.
///
/// `CITONG_DATA`, `CITONG_PORT`, `CITONG_HOST` and `CITONG_CITY` in the environment; `citong.json` in the
/// working folder with `{"citong": {"data": …, "port": …}}`.
struct Settings {
  /// The data folder.
  var data: String
  /// The port to serve on.
  var port: Int
  /// The address to serve on; loopback only: TLS is a proxy's work.
  var host: String
  /// The names under which a proxy on this machine passes visitors on.
  var names: [String]
  /// The city's folder, when it is not the one remembered.
  var city: String?

  /// Reads the settings; arguments that were given win.
  ///
  /// - Throws: `Failure` that names the setting when one can't be used.
  static func read(data: String? = nil, port: Int? = nil, city: String? = nil) async throws
    -> Settings
  {
    let sources = try await SettingSource.all()
    let wanted = "应为 1 到 65535 的整数，例如 8080"
    let portSet = try Setting<Int>.find("port", argument: port, in: sources, wanted)
    let folder = try Setting<String>.find("data", argument: data, in: sources, "应为文件夹的路径")
    let host = try Setting<String>.find("host", argument: nil, in: sources, "应为 127.0.0.1")
    let names = try Setting<String>.find("names", argument: nil, in: sources, "应为域名，几个用逗号隔开")
    let place = try Setting<String>.find("city", argument: city, in: sources, "应为文件夹的路径")
    if let portSet, !(1...65_535).contains(portSet.value) {
      throw Failure.usage("CIT-E-021", "\(portSet.name) 填的是 \(portSet.value)，\(wanted)。")
    }
    for set in [folder, place] {
      guard let set, set.value.isEmpty else { continue }
      throw Failure.usage("CIT-E-023", "\(set.name) 是空的，应为文件夹的路径；不用它就不要设。")
    }
    if let host, !["127.0.0.1", "::1", "localhost"].contains(host.value) {
      throw Failure.usage(
        "CIT-E-022",
        "\(host.name) 填的是 \(host.value)；只在本机地址上服务，对外由本机的代理（nginx）加 TLS，请设为 127.0.0.1，域名写在 names。"
      )
    }
    return Settings(
      data: folder?.value ?? "./data",
      port: portSet?.value ?? 8080,
      host: host?.value ?? "127.0.0.1",
      names: (names?.value ?? "").split(separator: ",").map { Text.trimmed(String($0)) },
      city: place?.value
    )
  }
}

/// One setting as it was found.
private struct Setting<Held: Settable> {
  /// How the operator knows it: `--port`, `CITONG_PORT`, `citong.json 的 citong.port`.
  var name: String
  var value: Held

  /// Looks for a setting; the argument wins, then the sources in order.
  static func find(
    _ key: String,
    argument: Held?,
    in sources: [SettingSource],
    _ wanted: String
  ) throws -> Setting? {
    if let argument { return Setting(name: "--\(key)", value: argument) }
    for source in sources {
      do {
        if let content = try source.look(key, Held.type), let value = Held(content) {
          return Setting(name: source.name(key), value: value)
        }
      } catch {
        let found = source.shown(key).map { "填的是“\($0)”，" } ?? "类型不对，"
        throw Failure.usage("CIT-E-023", "\(source.name(key)) \(found)\(wanted)。")
      }
    }
    return nil
  }
}

/// Where settings come from.
private struct SettingSource {
  var provider: any ConfigProvider
  var name: (String) -> String

  /// The environment, then the file of the working folder.
  static func all() async throws -> [SettingSource] {
    let file: FileProvider<JSONSnapshot>
    do {
      file = try await FileProvider<JSONSnapshot>(filePath: "citong.json", allowMissing: true)
    } catch {
      throw misshapen("文件读不了，或不是一个 JSON 对象")
    }
    // An object has no value of its own; anything else has one, or one of another type.
    let own = Result { try file.value(forKey: ["citong"], type: .string).value }
    guard case .success(nil) = own else { throw misshapen("citong 不是一个对象") }
    return [
      SettingSource(provider: EnvironmentVariablesProvider()) { "CITONG_" + $0.uppercased() },
      SettingSource(provider: file) { "citong.json 的 citong." + $0 },
    ]
  }

  private static func misshapen(_ what: String) -> Failure {
    let hint = "请检查引号、逗号和括号，例如 {\"citong\": {\"port\": 8080}}"
    var failure = Failure(file: "citong.json", "CIT-E-020", "\(what)，\(hint)。")
    failure.status = 2
    return failure
  }

  /// The content of a setting; throws when it is there and of another type.
  func look(_ key: String, _ type: ConfigType) throws -> ConfigContent? {
    try provider.value(forKey: AbsoluteConfigKey(["citong", key]), type: type).value?.content
  }

  /// A setting of any plain type as it was written.
  func shown(_ key: String) -> String? {
    for type in [ConfigType.string, .int, .double] {
      switch (try? look(key, type)) ?? nil {
      case .string(let text): return text
      case .int(let number): return String(number)
      case .double(let number): return String(number)
      default: continue
      }
    }
    return nil
  }
}

/// What a setting can hold.
private protocol Settable {
  static var type: ConfigType { get }
  init?(_ content: ConfigContent)
}

extension String: Settable {
  fileprivate static var type: ConfigType { .string }
  fileprivate init?(_ content: ConfigContent) {
    guard case .string(let text) = content else { return nil }
    self = text
  }
}

extension Int: Settable {
  fileprivate static var type: ConfigType { .int }
  fileprivate init?(_ content: ConfigContent) {
    guard case .int(let number) = content else { return nil }
    self = number
  }
}
