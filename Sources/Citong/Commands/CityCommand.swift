import ArgumentParser
import Exchange
import Foundation
import Ledger
import Records
import StorageSQLite
import Values

/// Works on city folders.
struct CityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "city",
    abstract: "城市文件夹。",
    subcommands: [CheckCommand.self]
  )

  /// Checks a city's folder as a whole.
  struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "检查城市文件夹，一次列出全部错误（文件:行: 代码 说明）。"
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

/// Checks a city's folder by loading it into a store that is thrown away.
enum CityCheck {
  /// Every fault of a folder.
  static func faults(of folder: String) throws -> [PlacedProblem] {
    let loaded = City.load(folder)
    var faults = loaded.faults
    let declared = Installation.kinds.flatMap(\.faults)
    guard declared.isEmpty else { throw Failure(lines: declared.map { "CIT-E-003 \($0)" }) }
    guard !loaded.city.folder.isEmpty else { return faults }
    let path = NSTemporaryDirectory() + "citong-check-\(UUID().uuidString).sqlite"
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let store = try SQLiteStore(path: path, mode: .new)
    let register = RecordStore(
      store: store,
      kinds: Installation.kinds,
      city: loaded.city,
      clock: Installation.clock
    )
    try register.migrate()
    faults += try CityRecords(loaded.city).take(into: register)
    faults += try loaded.city.checkAgainst(register)
    try store.close()
    return faults
  }
}
