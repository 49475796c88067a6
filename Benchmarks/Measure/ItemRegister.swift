import Governance
import Documents
import Calendar
import Evaluation
import Exchange
import Foundation
import Indicators
import Ledger
import Planning
import Procedures
import Records
import StorageSQLite
import Values

/// A register made for measuring: the city's records, the demo schools and enterprises, and many items.
struct ItemRegister {
  /// What kept a register from being made or opened.
  struct Unusable: Error, CustomStringConvertible {
    /// Why.
    var description: String
  }

  /// The open store.
  let store: SQLiteStore
  /// The city.
  let city: City
  /// The register over the store.
  let register: RecordStore
  /// The kind of the items.
  let kind: Kind

  /// Who the audit names.
  static let actor = Actor(name: "测量", source: .demo)
  /// How many items are written in one transaction.
  private static let portion = 10_000

  /// Opens the register in a folder.
  init(_ folder: String, city: String) throws { try self.init(folder, city, .existing) }

  private init(_ folder: String, _ cityFolder: String, _ mode: SQLiteStore.Mode) throws {
    let loaded = City.load(cityFolder)
    guard loaded.faults.isEmpty else {
      throw Unusable(description: loaded.faults.map(\.description).joined(separator: "\n"))
    }
    city = loaded.city
    store = try SQLiteStore(path: folder + "/measure.sqlite", mode: mode)
    // A clock that stands still makes the same items on every day.
    let today = city.demoPlan["asOf"].flatMap { CivilDate($0) } ?? CivilDate(dayNumber: 19_187)
    let kinds =
      Ledger.kinds + Indicators.kinds + Procedures.kinds + Exchange.kinds + Planning.kinds
      + Evaluation.kinds
      + Documents.kinds + Governance.kinds
    register = RecordStore(store: store, kinds: kinds, city: city, clock: .fixed(today))
    try register.migrate()
    guard let kind = register.kind("exchangeItem") else {
      throw Unusable(description: "没有供需这一类记录")
    }
    self.kind = kind
  }

  /// Makes the register with the demo ledger and no items.
  static func made(_ folder: String, city: String) throws -> ItemRegister {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let made = try ItemRegister(folder, city, .new)
    let faults = try CityRecords(made.city).take(into: made.register)
    guard faults.isEmpty else {
      throw Unusable(description: faults.map(\.description).joined(separator: "\n"))
    }
    var ledger = LedgerDemo(made.register, city: made.city)
    try ledger.fill()
    return made
  }

  /// Makes the register and its items.
  static func fill(_ folder: String, city: String, items: Int) throws {
    let made = try made(folder, city: city)
    var maker = ItemMaker(try ItemGround(made), seed: 200_000)
    var left = items
    while left > 0 {
      let drafts = (0..<min(left, portion)).map { _ in Draft(maker.item()) }
      try made.write(drafts)
      left -= drafts.count
    }
    try made.store.close()
  }

  private func write(_ drafts: [Draft]) throws {
    let outcomes = try register.saveAll(kind, drafts, by: Self.actor, isWhole: true)
    guard let flaw = outcomes.first(where: { $0.verdict == .refused }) else { return }
    let words = flaw.problems.filter(\.blocks).map { "\($0.code) \($0.message)" }
    throw Unusable(description: "造出的供需被退回：" + words.joined(separator: " "))
  }

  /// Every record of a kind.
  func all(_ name: String) throws -> [Record] {
    guard let kind = register.kind(name) else { return [] }
    return try store.read { reading in
      var records: [Record] = []
      try register.each(kind, in: reading) { records.append($0) }
      return records
    }
  }
}
