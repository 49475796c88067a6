import Ciphers
import Documents
import Evaluation
import Foundation
import Ledger
import Planning
import Procedures
import Records
import StorageSQLite
import Values

/// Checks a city's folder by loading it into a store.
enum CityCheck {
  /// Every fault of a folder, found by a store that is thrown away.
  ///
  /// - Throws: `Failure` when a declaration of ours is at fault; the store's errors.
  static func faults(of folder: String) throws -> [PlacedProblem] {
    let loaded = City.load(folder)
    let declared = Installation.kinds.flatMap(\.faults)
    guard declared.isEmpty else { throw Failure(lines: declared.map { "CIT-E-003 \($0)" }) }
    guard !loaded.city.folder.isEmpty else { return loaded.faults }
    let path = NSTemporaryDirectory() + "citong-check-\(UUID().uuidString).sqlite"
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let store = try SQLiteStore(path: path, mode: .new)
    defer { try? store.close() }
    let register = RecordStore(
      store: store,
      kinds: Installation.kinds,
      city: loaded.city,
      clock: Installation.clock,
      ring: try KeyRing(
        ["check": SecureRandom.bytes(CipherSuite.keyLength)],
        current: "check",
        suite: .aes256GCM
      )
    )
    return try faults(of: loaded, takenInto: register)
  }

  /// Every fault of a folder that was read, after taking its records into an empty register.
  static func faults(
    of loaded: (city: City, faults: [PlacedProblem]),
    takenInto register: RecordStore
  ) throws -> [PlacedProblem] {
    try register.migrate()
    let taken = try CityRecords(loaded.city).take(into: register)
    return try loaded.faults + taken + loaded.city.checkAgainst(register)
      + ConditionScenarios.run(loaded.city.folder, in: register).faults
      + ListScenarios.run(loaded.city.folder, in: register).faults
      + AssessmentScenarios.run(loaded.city.folder, in: register).faults
      + templateFaults(loaded.city.folder, register) + procedureFaults(loaded.city.folder, register)
  }

  /// What is wrong with the templates of documents.
  private static func templateFaults(_ folder: String, _ register: RecordStore) throws
    -> [PlacedProblem]
  {
    let (templates, faults) = DocumentTemplate.all(in: folder)
    return try faults + templates.flatMap { try DocumentDraft.faults(of: $0, in: register) }
  }

  /// What is wrong with the procedures as a whole.
  private static func procedureFaults(_ folder: String, _ register: RecordStore) throws
    -> [PlacedProblem]
  {
    guard let kind = register.kind("procedure") else { return [] }
    return try register.list(kind, Query(limit: 1_000)).flatMap { record in
      (try Course.of(register, record.id)?.problems(register.kinds) ?? []).map { problem in
        PlacedProblem(
          file: folder + "/records/procedure.csv",
          line: nil,
          problem: Problem(problem.code, problem.path, "流程 \(record.id)：\(problem.message)")
        )
      }
    }
  }
}
