import Governance
import Documents
package import Calendar
package import Ciphers
import Evaluation
import Exchange
import Foundation
import Identity
import Indicators
package import Ledger
import Planning
import Procedures
package import Records
package import Storage
import StorageSQLite
package import Values

/// A city of its own for one test: a fresh register over a store in a folder that is thrown away,
/// a city's folder loaded into it, and a clock that stands at 14 July 2022.
package struct TestCity: Sendable {
  /// The register over the store.
  package var register: RecordStore
  /// The city as its folder describes it.
  package var city: City
  /// The store.
  package var store: any Store
  /// The folder the store lies in; removed when the test ends.
  package var folder: String

  /// Every kind of record there is.
  package static let kinds: [Kind] =
    Ledger.kinds + Indicators.kinds + Identity.kinds + Procedures.kinds + Exchange.kinds
    + Planning.kinds
    + Evaluation.kinds + Documents.kinds + Governance.kinds
  /// The day on which every test happens.
  package static let today = day("2022-07-14")
  /// The person who types in a test.
  package static let officer = Actor(name: "测试员", source: .manual)

  /// A city's folder that could not be taken in, with everything that is wrong with it.
  package struct Flawed: Error, CustomStringConvertible {
    /// The faults, a line each.
    package var description: String

    init(_ faults: [PlacedProblem]) {
      description = faults.map(\.description).joined(separator: "\n")
    }
  }

  /// A kind of record no register of the test knows.
  package struct UnknownKind: Error {
    /// The name asked for.
    package var name: String
  }

  /// The kind with a name.
  package func kind(_ name: String) throws -> Kind {
    guard let kind = register.kind(name) else { throw UnknownKind(name: name) }
    return kind
  }

  /// Writes a record of typed texts, as a form does.
  ///
  /// - Returns: the record as it stands now.
  /// - Throws: `Refused` with everything that is wrong.
  @discardableResult
  package func save(
    _ kind: String,
    _ texts: [String: String],
    id: String? = nil,
    version: Int? = nil
  ) throws -> Record {
    let draft = Draft(texts: texts, id: id, version: version)
    return try register.save(self.kind(kind), draft, by: Self.officer).record
  }

  /// What would become of a record of typed texts; nothing is written.
  package func outcome(of kind: String, _ texts: [String: String], id: String? = nil) throws
    -> Outcome
  {
    try register.plan(self.kind(kind), [Draft(texts: texts, id: id)])[0]
  }

  /// Everything that would be wrong with a record of typed texts; nothing is written.
  package func problems(of kind: String, _ texts: [String: String]) throws -> [Problem] {
    try outcome(of: kind, texts).problems
  }

  /// A kind as the CSV file an officer would get.
  package func csv(_ kind: String, for reader: Reader = .officer) throws -> String {
    var text = ""
    try Exporter(register).give(self.kind(kind), as: .csv, for: reader) { text += $0 }
    return text
  }

  /// Takes a file of text in.
  package func take(
    _ text: String,
    as kind: String? = nil,
    file: String = "测试.csv",
    mode: Importer.Mode = .goodRows
  ) throws -> ImportReport {
    try take(Array(text.utf8), as: kind, file: file, mode: mode)
  }

  /// Takes a file of bytes in.
  package func take(
    _ bytes: [UInt8],
    as kind: String? = nil,
    file: String = "测试.csv",
    mode: Importer.Mode = .goodRows
  ) throws -> ImportReport {
    try Importer(register).take(
      bytes,
      file: file,
      as: kind.map { try self.kind($0) },
      mode: mode,
      by: Actor(name: "测试员", source: .imported, document: file)
    )
  }

  /// Runs a body with a second register over the same file, as another program has it.
  package func beside<R>(_ body: (TestCity) throws -> R) throws -> R {
    let other = try SQLiteStore(path: folder + "/citong.sqlite", mode: .existing)
    defer { try? other.close() }
    var copy = self
    copy.store = other
    copy.register = RecordStore(
      store: other,
      kinds: register.kinds,
      city: city,
      clock: register.clock,
      ring: Self.ring
    )
    return try body(copy)
  }

  /// The keys sensitive fields are sealed with.
  package static let ring = try? KeyRing(
    ["test": [UInt8](repeating: 7, count: 32)],
    current: "test",
    suite: .aes256GCM
  )

  /// How many rows a table of the store has.
  package func rows(in table: String) throws -> Int {
    try store.read { try $0.row("SELECT COUNT(*) FROM \"\(table)\"", []) }?[0].integer ?? 0
  }
}

/// Runs a body in a city of its own.
///
/// - Parameters:
///   - name: the folder below `Cities/`.
///   - demo: whether the demo data of the ledger are in.
///   - kinds: the kinds the register knows; a city's records go in when it knows regions.
///   - body: the test.
/// - Returns: what the body returns.
/// - Throws: `TestCity.Flawed` when the city's folder has faults; what the body throws.
package func withCity<R>(
  _ name: String = "example",
  demo: Bool = false,
  kinds: [Kind] = TestCity.kinds,
  _ body: (TestCity) throws -> R
) throws -> R {
  let loaded = City.load(cityFolder(name))
  guard loaded.faults.isEmpty else { throw TestCity.Flawed(loaded.faults) }
  return try withRegister(of: loaded.city, kinds: kinds) { city in
    if kinds.contains(where: { $0.name == "region" }) {
      let faults = try CityRecords(city.city).take(into: city.register)
      guard faults.isEmpty else { throw TestCity.Flawed(faults) }
    }
    if demo {
      var ledger = LedgerDemo(city.register, city: city.city)
      try ledger.fill()
      var planning = PlanningDemo(city.register)
      try planning.fill()
      var evaluation = EvaluationDemo(city.register)
      try evaluation.fill()
      let (templates, _) = DocumentTemplate.all(in: city.city.folder)
      try GovernanceDemo(city.register, templates, on: TestCity.today).fill()
    }
    return try body(city)
  }
}

/// Runs a body over an empty register of a city that was read already.
package func withRegister<R>(
  of city: City,
  kinds: [Kind] = TestCity.kinds,
  _ body: (TestCity) throws -> R
) throws -> R {
  try withFolder { folder in
    let store = try SQLiteStore(path: folder + "/citong.sqlite", mode: .new)
    defer { try? store.close() }
    let register = RecordStore(
      store: store,
      kinds: kinds,
      city: city,
      clock: .fixed(TestCity.today),
      ring: TestCity.ring
    )
    try register.migrate()
    return try body(TestCity(register: register, city: city, store: store, folder: folder))
  }
}

/// Runs a body with the path of an empty folder that is removed afterwards.
package func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = NSTemporaryDirectory() + "citong-test-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// The path of one of the repository's city folders.
package func cityFolder(_ name: String) -> String { repository + "/Cities/" + name }

/// The days worked in one of the repository's cities.
package func workingDays(of name: String = "example") -> WorkingDays {
  City.load(cityFolder(name)).city.workingDays
}

/// The folder of the national data sets, too large for the repository; `nil` where it is not set.
package var nationalData: String? {
  ProcessInfo.processInfo.environment["CITONG_TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }
}

/// The day a test speaks of; stops the test when there is no such day.
package func day(_ text: String) -> CivilDate {
  guard let date = CivilDate(text) else { preconditionFailure("no such day: \(text)") }
  return date
}

/// The repository's folder: the nearest one above this file that holds a package.
private let repository: String = {
  var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  while folder.path != "/" {
    let manifest = folder.appendingPathComponent("Package.swift").path
    if FileManager.default.fileExists(atPath: manifest) { return folder.path }
    folder = folder.deletingLastPathComponent()
  }
  preconditionFailure("no Package.swift above \(#filePath)")
}()
