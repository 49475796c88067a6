import ArgumentParser
import Foundation
import Ledger
import Records
import Storage
import StorageSQLite
import Values

/// Says what is wrong with an installation and how to mend it.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "检查安装：说明哪里不对、怎样修。"
  )

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let findings = Doctor(folder: settings.data, cityFolder: settings.city).examine()
    if json {
      let rows = findings.map {
        JSON.object([
          "code": .string($0.code), "message": .string($0.message), "remedy": .string($0.remedy),
        ])
      }
      print(JSON.object(["ok": .boolean(findings.isEmpty), "findings": .array(rows)]).text)
    } else if findings.isEmpty {
      print("一切正常。")
    }
    for finding in findings {
      Console.complain("\(finding.code) \(finding.message) \(finding.remedy)")
    }
    if !findings.isEmpty { throw ExitCode(1) }
  }
}

/// Examines an installation; changes nothing.
struct Doctor {
  /// One thing that is wrong, and how to mend it.
  struct Finding {
    var code: String
    var message: String
    var remedy: String
  }

  var folder: String
  var cityFolder: String?

  /// Everything that is wrong.
  func examine() -> [Finding] {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      return [
        Finding(
          code: "DOC-E-001",
          message: "没有数据文件夹 \(folder)。",
          remedy: "请运行 citong init --city Cities/example --demo --data \(folder)。"
        )
      ]
    }
    let database = Installation.database(in: folder)
    guard manager.fileExists(atPath: database) else {
      return [
        Finding(
          code: "DOC-E-002",
          message: "\(folder) 里没有数据库 citong.sqlite。",
          remedy: "请运行 citong init --city Cities/example --data \(folder)。"
        )
      ]
    }
    var findings: [Finding] = []
    if !manager.isWritableFile(atPath: folder) || !manager.isWritableFile(atPath: database) {
      findings.append(
        Finding(code: "DOC-E-003", message: "数据文件夹或数据库不可写。", remedy: "请用 chmod、chown 给运行用户读写权限。")
      )
    }
    if let free = (try? manager.attributesOfFileSystem(forPath: folder))?[.systemFreeSize] as? Int,
      free < 200_000_000
    {
      findings.append(
        Finding(code: "DOC-W-004", message: "磁盘只剩 \(free / 1_000_000) MB。", remedy: "请腾出至少 200 MB。")
      )
    }
    findings += examineStore(database)
    findings += examineAssets()
    return findings
  }

  private func examineStore(_ database: String) -> [Finding] {
    var findings: [Finding] = []
    do {
      let store = try SQLiteStore(path: database, mode: .existing)
      let check = try store.read { try $0.row("PRAGMA quick_check") }?[0].text ?? ""
      if check != "ok" {
        findings.append(Finding(code: "DOC-E-005", message: "数据库损坏：\(check)。", remedy: "请从备份恢复。"))
      }
      let violations = try store.read { try $0.rows("PRAGMA foreign_key_check") }.count
      if violations > 0 {
        findings.append(
          Finding(
            code: "DOC-E-006",
            message: "有 \(violations) 处引用指向不存在的记录。",
            remedy: "请从备份恢复，或重新导入缺少的记录。"
          )
        )
      }
      let bare = RecordStore(
        store: store,
        kinds: Installation.kinds,
        city: City(),
        clock: Installation.clock
      )
      let remembered = try cityFolder ?? bare.setting("cityFolder") ?? ""
      let loaded = City.load(remembered)
      for fault in loaded.faults.prefix(20) {
        findings.append(
          Finding(
            code: fault.problem.code,
            message: fault.description,
            remedy: "请改正城市文件夹，可用 citong city check 复查；文件夹移动过时用 --city 或 CITONG_CITY 指明。"
          )
        )
      }
      if loaded.faults.isEmpty, let code = try bare.setting("cityCode"), code != loaded.city.code {
        findings.append(
          Finding(
            code: "DOC-E-007",
            message: "数据库属于城市 \(code)，城市文件夹是 \(loaded.city.code)。",
            remedy: "请指向原来的城市文件夹。"
          )
        )
      }
      try store.close()
    } catch let error as StorageError {
      findings.append(
        Finding(code: "DOC-E-008", message: error.sentence, remedy: "修好后再运行 citong doctor。")
      )
    } catch {
      findings.append(Finding(code: "DOC-E-009", message: "\(error)", remedy: "请把这条信息交给维护人员。"))
    }
    return findings
  }

  private func examineAssets() -> [Finding] {
    []
  }
}
