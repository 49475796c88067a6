import Governance
import Calendar
import Documents
import Ciphers
import Evaluation
import Exchange
import Foundation
import Ledger
import Planning
import Records
import StorageSQLite
import Values

extension Installation {
  /// Makes a data folder: schema, the city's records and, if asked for, the demo data.
  ///
  /// - Parameters:
  ///   - folder: the data folder.
  ///   - cityFolder: the city's folder.
  ///   - isDemo: whether the demo data go in.
  ///   - auditHash: how the audit log is hashed, for ever.
  /// - Throws: `Failure` when there is a database already, or with every fault of the city's folder;
  ///   then nothing is left behind.
  static func make(_ folder: String, cityFolder: String, isDemo: Bool, auditHash: HashAlgorithm)
    throws
  {
    let path = database(in: folder)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Failure("CIT-E-011", "\(path) 已经存在，没有改动它。要重新开始，请换一个 --data 文件夹。")
    }
    guard auditHash.isAvailable else {
      throw Failure("CIT-E-013", "这台机器的 OpenSSL 没有摘要算法 \(auditHash.rawValue)，什么也没有建。")
    }
    let loaded = City.load(cityFolder)
    guard !loaded.city.folder.isEmpty else {
      throw Failure(lines: loaded.faults.map(\.description))
    }
    let missing = missingFolders(folder)
    let draft = path + ".new"
    let keys = KeyFile.path(in: folder)
    let hadKeys = FileManager.default.fileExists(atPath: keys)
    do {
      try makeFolder(folder)
      discard(draft)
      let ring = try KeyFile.ring(in: folder, suite: .aes256GCM)
      try fill(draft, loaded, isDemo: isDemo, auditHash, ring)
      try FileManager.default.moveItem(atPath: draft, toPath: path)
      discard(draft)
    } catch {
      discard(draft)
      if !hadKeys { try? FileManager.default.removeItem(atPath: keys) }
      for folder in missing where isEmpty(folder) {
        try? FileManager.default.removeItem(atPath: folder)
      }
      throw error
    }
    try beginHeads(folder, loaded.city)
  }

  /// Makes the key of the audit log and its first head.
  private static func beginHeads(_ folder: String, _ city: City) throws {
    let heads = AuditHeads(folder: folder)
    do { try heads.setAside() } catch let unusable as AuditHeads.Unusable {
      throw Failure("AUD-E-009", unusable.sentence)
    }
    let store = try SQLiteStore(path: database(in: folder), mode: .untouched)
    defer { try? store.close() }
    try seal(RecordStore(store: store, kinds: kinds, city: city, clock: clock), heads)
  }

  /// The folders of a path that are not there, the innermost first.
  private static func missingFolders(_ folder: String) -> [String] {
    var missing: [String] = []
    var url = URL(fileURLWithPath: folder).standardizedFileURL
    while !FileManager.default.fileExists(atPath: url.path), url.path != "/" {
      missing.append(url.path)
      url.deleteLastPathComponent()
    }
    return missing
  }

  private static func makeFolder(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("CIT-E-012", "建不了数据文件夹 \(folder)：\(error.localizedDescription)。请检查上级文件夹的权限。")
    }
  }

  private static func isEmpty(_ folder: String) -> Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty ?? false
  }

  /// Removes what is left of a draft database; what is not there needs no removing.
  private static func discard(_ draft: String) {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: draft + suffix)
    }
  }

  private static func fill(
    _ path: String,
    _ loaded: (city: City, faults: [PlacedProblem]),
    isDemo: Bool,
    _ auditHash: HashAlgorithm,
    _ ring: KeyRing
  ) throws {
    let city = loaded.city
    let store = try SQLiteStore(path: path, mode: .new)
    defer { try? store.close() }
    let register = RecordStore(store: store, kinds: kinds, city: city, clock: clock, ring: ring)
    try register.migrate()
    try register.set(RecordStore.auditHashSetting, to: auditHash.rawValue)
    let faults = try CityCheck.faults(of: loaded, takenInto: register)
    guard faults.isEmpty else { throw Failure(lines: faults.map(\.description)) }
    let absolute = URL(fileURLWithPath: city.folder).standardizedFileURL.path
    try register.set("cityFolder", to: absolute)
    try register.set("cityCode", to: city.code)
    try register.set("isDemo", to: isDemo ? "true" : "false")
    guard isDemo else { return }
    var ledger = LedgerDemo(register, city: city)
    try ledger.fill()
    var planning = PlanningDemo(register)
    try planning.fill()
    var evaluation = EvaluationDemo(register)
    try evaluation.fill()
    let (templates, _) = DocumentTemplate.all(in: city.folder)
    let day = city.demoPlan["asOf"].flatMap { CivilDate($0) } ?? clock.now().date
    try GovernanceDemo(register, templates, on: day).fill()
    var exchange = ExchangeDemo(register, city: city)
    try exchange.fill()
    if let asOf = city.demoPlan["asOf"] { try register.set("asOf", to: asOf) }
  }
}
