import Calendar
import Ciphers
package import Storage
import Values

/// The end of the chain, as a writing transaction knows it.
private final class AuditTail {
  var sequence: Int
  var hash: String
  let algorithm: HashAlgorithm

  init(sequence: Int, hash: String, algorithm: HashAlgorithm) {
    self.sequence = sequence
    self.hash = hash
    self.algorithm = algorithm
  }
}

extension RecordStore {
  /// The lasting setting that names the hash of the audit log: `sha256` or `sm3`.
  package static let auditHashSetting = "audit.hash"

  /// Writes what happened into the audit log: a sign-in, a look at what is masked, an export, a right
  /// that was given.
  ///
  /// It is no write of a record: the change feed does not tell it.
  ///
  /// - Parameters:
  ///   - event: what happened.
  ///   - transaction: what it is written with; given up, it did not happen.
  /// - Throws: the store's errors.
  package func note(_ event: AuditEvent, in transaction: any Writing) throws {
    let at = (event.at ?? clock.now()).seconds
    try append(event, version: 0, at: at, line: nil, in: transaction)
  }

  /// Puts an entry at the end of the chain: the only place that writes the table `audit`.
  ///
  /// - Parameters:
  ///   - event: what happened.
  ///   - version: the version a record has by it; 0 for what is no write of a record.
  ///   - now: the moment.
  ///   - line: the line of the file it comes from.
  ///   - transaction: what it is written with.
  /// - Throws: the store's errors.
  func append(
    _ event: AuditEvent,
    version: Int,
    at now: Int,
    line: Int?,
    in transaction: any Writing
  ) throws {
    let tail = try tail(in: transaction)
    let actor = event.actor
    let values: [Stored] = [
      .integer(tail.sequence + 1), .integer(now), .text(actor.name), .text(event.action),
      .text(event.kind), .text(event.id), .integer(version), .text(actor.source.rawValue),
      .text(actor.document), .text(event.detail.text),
      actor.importRun.map(Stored.integer) ?? .null, line.map(Stored.integer) ?? .null,
      .text(actor.role), .text(actor.organisation), .text(actor.address),
      .text(event.result.rawValue), .text(event.reason), .text(tail.algorithm.rawValue),
    ]
    let hash = AuditChain.hash(of: values, after: tail.hash, tail.algorithm)
    try transaction.execute(AuditChain.insertStatement, values + [.text(hash)])
    tail.sequence += 1
    tail.hash = hash
  }

  /// Gives every entry of a former database its hash.
  func chainAudit(in transaction: any Writing) throws {
    let algorithm = try auditHash(in: transaction)
    var (last, hash) = (Int.min, "")
    while true {
      let rows = try transaction.rows(
        "SELECT \(AuditChain.columns) FROM audit WHERE seq > $1 ORDER BY seq LIMIT 1000",
        [.integer(last)]
      )
      guard !rows.isEmpty else { return }
      for row in rows {
        let name = Stored.text(algorithm.rawValue)
        hash = AuditChain.hash(of: row.dropLast(2) + [name], after: hash, algorithm)
        last = row[0].integer ?? last
        try transaction.execute(
          "UPDATE audit SET algorithm = $1, hash = $2 WHERE seq = $3",
          [name, .text(hash), row[0]]
        )
      }
    }
  }

  /// The end of the chain: read once in a transaction, then known.
  ///
  /// Nobody else writes while the transaction does, and what it knows goes with it.
  private func tail(in transaction: any Writing) throws -> AuditTail {
    if let known = transaction.memory[AuditTail.self] { return known }
    let last = try transaction.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    let tail = AuditTail(
      sequence: last?[0].integer ?? 0,
      hash: last?[1].text ?? "",
      algorithm: try auditHash(in: transaction)
    )
    transaction.memory[AuditTail.self] = tail
    return tail
  }

  private func auditHash(in reading: any Reading) throws -> HashAlgorithm {
    let row = try reading.row(
      "SELECT value FROM setting WHERE name = $1",
      [.text(Self.auditHashSetting)]
    )
    guard let name = row?[0].text else { return .sha256 }
    guard let algorithm = HashAlgorithm(rawValue: name), algorithm.isAvailable else {
      throw StorageError.failed(
        reason: "这台机器没有审计用的摘要算法 \(name)",
        statement: Self.auditHashSetting
      )
    }
    return algorithm
  }
}
