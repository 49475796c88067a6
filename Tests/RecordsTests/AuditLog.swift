import Ciphers
import CitongTesting
import Foundation
import Records
import Storage
import Values

/// The audit log as tests look at it, and as somebody looks at it who means no good.
enum AuditLog {
  /// What is hashed of an entry, in this order.
  static let columns = [
    "seq", "at", "actor", "action", "kind", "id", "version", "source", "document", "difference",
    "import_run", "line", "role", "organisation", "address", "result", "reason", "algorithm",
  ]

  /// Every entry with its hash.
  static func rows(_ city: TestCity) throws -> [[Stored]] {
    try city.store.read {
      try $0.rows("SELECT \(columns.joined(separator: ", ")), hash FROM audit ORDER BY seq")
    }
  }

  static func heads(_ city: TestCity) -> AuditHeads { AuditHeads(folder: city.folder) }

  static func verify(_ city: TestCity, against copy: String? = nil) throws -> AuditReport {
    try city.register.verifyAudit(heads(city), against: copy.map(AuditHeads.lines))
  }

  /// What verifying finds first, as it is told; empty when the log is sound.
  static func fault(_ city: TestCity, against copy: String? = nil) throws -> String {
    guard let bad = try verify(city, against: copy).firstBad else { return "" }
    return "\(bad.sequence.map(String.init) ?? "-") \(bad.problem.code) \(bad.problem.message)"
  }

  /// Runs a statement as it is.
  static func execute(_ sql: String, _ city: TestCity) throws {
    _ = try city.store.write { try $0.execute(sql, []) }
  }

  /// Runs statements after taking away what guards the table.
  static func tamper(_ city: TestCity, _ statements: String...) throws {
    for name in ["audit_no_update", "audit_no_delete", "audit_at_the_end"] {
      try execute("DROP TRIGGER IF EXISTS \(name)", city)
    }
    for statement in statements { try execute(statement, city) }
  }

  /// Gives every entry the hash it should have, as anybody can who knows how it is made.
  static func rechain(_ city: TestCity) throws {
    var hash = ""
    for row in try rows(city) {
      hash = self.hash(of: row.dropLast(), after: hash)
      try tamper(city, "UPDATE audit SET hash = '\(hash)' WHERE seq = \(row[0].integer ?? 0)")
    }
  }

  /// The hash of an entry, written anew from its description.
  static func hash(of values: [Stored], after previous: String) -> String {
    func number(_ number: Int) -> [UInt8] {
      (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }
    let bytes = ([.text(previous)] + values).flatMap { value -> [UInt8] in
      switch value {
      case .null: [0]
      case .integer(let whole): [1] + number(whole)
      case .text(let text): [2] + number(text.utf8.count) + Array(text.utf8)
      }
    }
    let algorithm = values.last?.text.flatMap(HashAlgorithm.init) ?? .sha256
    return Hex.encode(algorithm.hash(bytes))
  }

  /// The file of heads as text.
  static func headText(_ city: TestCity) throws -> String {
    try String(contentsOfFile: heads(city).path, encoding: .utf8)
  }

  /// Writes the file of heads, or a copy of it.
  static func write(_ text: String, _ city: TestCity, to name: String = "audit-heads.jsonl") throws
    -> String
  {
    let path = city.folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
}
