import Foundation
import Ledger
import Records
import Storage
import StorageSQLite
import Values

/// Examines an installation; changes nothing.
struct Doctor {
  /// One thing that is wrong or worth knowing, and how to mend it.
  struct Finding {
    var code: String
    var message: String
    var remedy: String

    init(_ code: String, _ message: String, _ remedy: String) {
      self.code = code
      self.message = message
      self.remedy = remedy
    }

    /// Whether the installation does not work because of it.
    var isFault: Bool { Problem(code, "", message).blocks }
  }

  var folder: String
  var cityFolder: String?

  /// Everything that is wrong.
  func examine() -> [Finding] { examineFolder() + examineAssets() }

  private func examineFolder() -> [Finding] {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      let remedy = "请运行 citong init --city Cities/example --demo --data \(folder)。"
      return [Finding("DOC-E-001", "没有数据文件夹 \(folder)。", remedy)]
    }
    let database = Installation.database(in: folder)
    guard manager.fileExists(atPath: database) else {
      let remedy = "请运行 citong init --city Cities/example --data \(folder)。"
      return [Finding("DOC-E-002", "\(folder) 里没有数据库 citong.sqlite。", remedy)]
    }
    var findings: [Finding] = []
    if !manager.isWritableFile(atPath: folder) || !manager.isWritableFile(atPath: database) {
      findings.append(
        Finding("DOC-E-003", "数据文件夹或数据库不可写。", "请用 chmod、chown 给运行用户读写权限。")
      )
    }
    if let free = (try? manager.attributesOfFileSystem(forPath: folder))?[.systemFreeSize] as? Int,
      free < 200_000_000
    {
      findings.append(Finding("DOC-W-004", "磁盘只剩 \(free / 1_000_000) MB。", "请腾出至少 200 MB。"))
    }
    return findings + examineStore(database)
  }

  private func examineStore(_ database: String) -> [Finding] {
    do {
      let store = try SQLiteStore(path: database, mode: .untouched)
      defer { try? store.close() }
      let tables = try store.read {
        try $0.rows("SELECT 1 FROM sqlite_master WHERE name = 'setting'")
      }
      guard !tables.isEmpty else {
        return [
          Finding("DOC-E-011", "\(database) 不是刺桐建的数据库。", "请从备份恢复；没有备份就移走它，再运行 citong init。")
        ]
      }
      return try examineRows(store) + examineCity(store)
    } catch let error as StorageError {
      return [Finding("DOC-E-008", error.sentence, "修好后再运行 citong doctor。")]
    } catch {
      return [Finding("DOC-E-009", "\(error)", "请把这条信息交给维护人员。")]
    }
  }

  private func examineRows(_ store: SQLiteStore) throws -> [Finding] {
    var findings: [Finding] = []
    let check = try store.read { try $0.row("PRAGMA quick_check") }?[0].text ?? ""
    if check != "ok" { findings.append(Finding("DOC-E-005", "数据库损坏：\(check)。", "请从备份恢复。")) }
    let violations = try store.read { try $0.rows("PRAGMA foreign_key_check") }.count
    if violations > 0 {
      findings.append(
        Finding("DOC-E-006", "有 \(violations) 处引用指向不存在的记录。", "请从备份恢复，或重新导入缺少的记录。")
      )
    }
    return findings
  }

  private func examineCity(_ store: SQLiteStore) throws -> [Finding] {
    let kinds = Installation.kinds
    let bare = RecordStore(store: store, kinds: kinds, city: City(), clock: Installation.clock)
    let loaded = City.load(try cityFolder ?? bare.setting("cityFolder") ?? "")
    let remedy = "请改正城市文件夹，可用 citong city check 复查；文件夹移动过时用环境变量 CITONG_CITY 指明。"
    let faults = loaded.faults.prefix(20).map {
      Finding($0.problem.code, $0.description, remedy)
    }
    guard faults.isEmpty, let problem = try Installation.foreign(loaded.city, to: bare) else {
      return faults
    }
    return [Finding(problem.code, problem.message, "数据库和城市文件夹要是同一座城市的。")]
  }

  /// What pages are served with besides our own files.
  private func examineAssets() -> [Finding] {
    [
      "/usr/share/javascript/bootstrap5/css/bootstrap-reboot.min.css",
      "/usr/share/javascript/chart.js/chart.min.js",
    ].filter { !FileManager.default.fileExists(atPath: $0) }.map { path in
      Finding(
        "DOC-W-010",
        "没有文件 \(path)。",
        "请运行 apt-get install libjs-bootstrap5 libjs-chart.js；没有它页面仍可用，只是没有图。"
      )
    }
  }
}
