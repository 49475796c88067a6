import Governance
import Documents
import Calendar
import Ciphers
import Evaluation
import Exchange
import Foundation
import Identity
import Indicators
import Ledger
import Planning
import Procedures
import Records
import Storage
import StorageSQLite
import Values

/// A data folder opened for work: the store, the city and the register over them.
struct Installation {
  /// The data folder.
  var folder: String
  /// The open store.
  var store: SQLiteStore
  /// The city, as its folder describes it now.
  var city: City
  /// The register.
  var register: RecordStore
  /// Whether the records were made up.
  var isDemo: Bool
  /// The day the demo data describes; `nil` for real data.
  var asOf: CivilDate?

  /// The heads of the audit log.
  var heads: AuditHeads { AuditHeads(folder: folder) }

  /// Every kind of record there is.
  static var kinds: [Kind] {
    Ledger.kinds + Indicators.kinds + Identity.kinds + Procedures.kinds + Exchange.kinds
      + Planning.kinds
      + Evaluation.kinds + Documents.kinds + Governance.kinds
  }

  /// The time of the machine.
  static let clock = Clock { Instant(seconds: Int(Date().timeIntervalSince1970)) }

  /// The database inside a data folder.
  static func database(in folder: String) -> String { folder + "/citong.sqlite" }

  /// The kind with a name or label.
  ///
  /// - Throws: `Failure` that offers near ones.
  static func kind(_ name: String) throws -> Kind {
    let kinds = kinds
    if let kind = kinds.first(where: { $0.name == name || $0.label == name }) { return kind }
    let near = NearMiss.suggestion(name, among: kinds.flatMap { [$0.name, $0.label] })
    let all = kinds.map { "\($0.name)（\($0.label)）" }.joined(separator: "、")
    throw Failure.usage("CIT-E-031", "没有名为 \(name) 的记录类别。\(near.isEmpty ? "可用：" + all : near)")
  }

  /// Opens a data folder.
  ///
  /// - Parameters:
  ///   - folder: the data folder.
  ///   - cityFolder: the city's folder, when it is not the one remembered.
  /// - Returns: the open installation.
  /// - Throws: `Failure` with every fault of the city's folder, or when it is another city's; the
  ///   store's errors.
  static func open(_ folder: String, cityFolder: String? = nil) throws -> Installation {
    let path = database(in: folder)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        "CIT-E-010",
        "数据文件夹 \(folder) 里没有数据库。请先运行：citong init --city Cities/example --demo --data \(folder)"
      )
    }
    let store = try SQLiteStore(path: path, mode: .existing)
    // Folders from before are tightened too; where that is not ours to do it stays.
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let bare = RecordStore(store: store, kinds: kinds, city: City(), clock: clock)
    let remembered = try bare.setting("cityFolder") ?? ""
    let loaded = City.load(cityFolder ?? remembered)
    guard loaded.faults.isEmpty else { throw Failure(lines: loaded.faults.map(\.description)) }
    if let problem = try foreign(loaded.city, to: bare) {
      throw Failure(problem.code, problem.message)
    }
    let register = RecordStore(
      store: store,
      kinds: kinds,
      city: loaded.city,
      clock: clock,
      ring: try KeyFile.ring(in: folder, suite: suite(bare))
    )
    try register.migrate()
    // A database that was restored may hold what was erased since.
    do { try Erasures(folder: folder).replay(on: register) } catch is Erasures.Unreadable {
      throw Failure(
        "ACC-E-095",
        "抹去名单 \(folder)/erasures.jsonl 读不了，不知道哪些个人信息已经抹去，没有打开。请检查磁盘和权限，或从备份恢复这个文件。"
      )
    }
    let asOf = try register.setting("asOf").flatMap { CivilDate($0) }
    return Installation(
      folder: folder,
      store: store,
      city: loaded.city,
      register: register,
      isDemo: try register.setting("isDemo") == "true",
      asOf: asOf
    )
  }

  /// Where people sign in, with the keys of the data folder.
  ///
  /// - Parameter pending: where what happens waits for the audit log; entered at once when `nil`.
  /// - Returns: the desk.
  /// - Throws: `Failure` when the file of keys can't be read or made; the store's errors.
  func signInDesk(_ pending: AuditPending? = nil) throws -> SignInDesk {
    let path = folder + "/citong-sign-in.sqlite"
    let isThere = FileManager.default.fileExists(atPath: path)
    let store = try SQLiteStore(path: path, mode: isThere ? .existing : .new)
    // What people sign in with is nobody else's to read.
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    var journal: (@Sendable (AuditEvent) throws -> Void)?
    if let pending { journal = { try pending.append($0) } }
    return try SignInDesk(
      register,
      store: store,
      ring: KeyFile.ring(in: folder, suite: Self.suite(register)),
      journal: journal,
      erasures: Erasures(folder: folder)
    )
  }

  /// How new values of a data folder are sealed.
  private static func suite(_ register: RecordStore) throws -> CipherSuite {
    try register.setting("cipher.suite").flatMap(CipherSuite.init(rawValue:)) ?? .aes256GCM
  }

  /// Ends a command that wrote: the audit log has a head of today.
  ///
  /// - Throws: `Failure` when it can't be written; what the command wrote stays.
  func seal() throws { try Self.seal(register, heads) }

  /// Writes the head of today of the audit log, if it is due.
  ///
  /// - Throws: `Failure` when it can't be written.
  static func seal(_ register: RecordStore, _ heads: AuditHeads) throws {
    do { try register.writeHead(to: heads) } catch let unusable as AuditHeads.Unusable {
      throw Failure("AUD-E-009", "已写入的都在，但审计链头没能写下：\(unusable.sentence)")
    }
  }

  /// What is wrong when a city is not the one whose records a register holds; `nil` when it is.
  static func foreign(_ city: City, to register: RecordStore) throws -> Problem? {
    guard let code = try register.setting("cityCode"), code != city.code else { return nil }
    return Problem(
      "DOC-E-007",
      "",
      "数据库属于城市 \(code)，城市文件夹 \(city.folder) 是 \(city.code)。请用 CITONG_CITY 指向原来的城市文件夹。"
    )
  }
}
