import Calendar
import Exchange
import Foundation
import Ledger
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

  /// Every kind of record there is.
  static var kinds: [Kind] { Ledger.kinds + Exchange.kinds }

  /// The time of the machine.
  static let clock = Clock { Instant(seconds: Int(Date().timeIntervalSince1970)) }

  /// The database inside a data folder.
  static func database(in folder: String) -> String { folder + "/citong.sqlite" }

  /// Opens a data folder.
  ///
  /// - Parameters:
  ///   - folder: the data folder.
  ///   - cityFolder: the city's folder, when it is not the one remembered.
  /// - Returns: the open installation.
  /// - Throws: `Failure` with every fault of the city's folder; the store's errors.
  static func open(_ folder: String, cityFolder: String? = nil) throws -> Installation {
    let path = database(in: folder)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        "CIT-E-010",
        "数据文件夹 \(folder) 里没有数据库。请先运行：citong init --city Cities/example --demo --data \(folder)"
      )
    }
    let store = try SQLiteStore(path: path, mode: .existing)
    let bare = RecordStore(store: store, kinds: kinds, city: City(), clock: clock)
    let remembered = try bare.setting("cityFolder") ?? ""
    let loaded = City.load(cityFolder ?? remembered)
    guard loaded.faults.isEmpty else { throw Failure(lines: loaded.faults.map(\.description)) }
    let register = RecordStore(store: store, kinds: kinds, city: loaded.city, clock: clock)
    try register.migrate()
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

  /// Makes a data folder: schema, the city's records and, if asked for, the demo data.
  ///
  /// - Throws: `Failure` when there is a database already or the city's folder has faults; then
  ///   nothing is left behind.
  static func make(_ folder: String, cityFolder: String, isDemo: Bool) throws {
    let path = database(in: folder)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Failure("CIT-E-011", "\(path) 已经存在，没有改动它。要重新开始，请换一个 --data 文件夹。")
    }
    let loaded = City.load(cityFolder)
    guard loaded.faults.isEmpty else { throw Failure(lines: loaded.faults.map(\.description)) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("CIT-E-012", "建不了数据文件夹 \(folder)：\(error.localizedDescription)。请检查上级文件夹的权限。")
    }
    let draft = path + ".new"
    discard(draft)
    do {
      try fill(draft, city: loaded.city, isDemo: isDemo)
      try FileManager.default.moveItem(atPath: draft, toPath: path)
      discard(draft)
    } catch {
      discard(draft)
      throw error
    }
  }

  /// Removes what is left of a draft database; what is not there needs no removing.
  private static func discard(_ draft: String) {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: draft + suffix)
    }
  }

  private static func fill(_ path: String, city: City, isDemo: Bool) throws {
    let store = try SQLiteStore(path: path, mode: .new)
    let register = RecordStore(store: store, kinds: kinds, city: city, clock: clock)
    try register.migrate()
    let faults = try CityRecords(city).take(into: register)
    guard faults.isEmpty else { throw Failure(lines: faults.map(\.description)) }
    let absolute = URL(fileURLWithPath: city.folder).standardizedFileURL.path
    try register.set("cityFolder", to: absolute)
    try register.set("cityCode", to: city.code)
    try register.set("isDemo", to: isDemo ? "true" : "false")
    if isDemo {
      var ledger = LedgerDemo(register, city: city)
      try ledger.fill()
      var exchange = ExchangeDemo(register, city: city)
      try exchange.fill()
      if let asOf = city.demoPlan["asOf"] { try register.set("asOf", to: asOf) }
    }
    try store.close()
  }
}
