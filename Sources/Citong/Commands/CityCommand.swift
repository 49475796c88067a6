import ArgumentParser
import Values

/// Works on city folders.
struct CityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "city",
    abstract: "城市文件夹。",
    discussion: "示例：citong city check Cities/example",
    subcommands: [CheckCommand.self]
  )

  /// Checks a city's folder as a whole.
  struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "检查城市文件夹，一次列出全部错误（文件:行: 代码 说明）。",
      discussion: """
        示例：
          citong city check Cities/example
          citong city check Cities/example --json
        不需要数据文件夹，也不改动任何文件。
        """
    )

    @Argument(help: "城市文件夹，例如 Cities/example。")
    var folder: String

    @Flag(help: "输出 JSON。")
    var json = false

    func run() async throws {
      let faults = try CityCheck.faults(of: folder)
      if json {
        let rows = faults.map { fault in
          JSON.object([
            "file": .string(fault.file), "line": fault.line.map(JSON.integer) ?? .null,
            "code": .string(fault.problem.code), "message": .string(fault.problem.message),
          ])
        }
        print(JSON.object(["ok": .boolean(faults.isEmpty), "faults": .array(rows)]).text)
      }
      guard faults.isEmpty else { throw Failure(lines: faults.map(\.description)) }
      if !json { print("\(folder)：没有错误。") }
    }
  }
}
