import Calendar
import Ciphers
import Storage
package import Values

/// The first thing that is wrong with the audit log.
package struct AuditFault: Hashable, Sendable {
  /// The number of the entry; `nil` when it is the heads that are wrong, and no entry.
  package var sequence: Int?
  /// What is wrong.
  package var problem: Problem

  init(_ sequence: Int?, _ code: String, _ message: String) {
    self.sequence = sequence
    problem = Problem(code, "", message)
  }

  /// The fault as JSON.
  package var json: JSON {
    .object([
      "seq": sequence.map(JSON.integer) ?? .null, "code": .string(problem.code),
      "message": .string(problem.message),
    ])
  }
}

/// Goes through the entries of the audit log from the first and finds the first that is wrong.
struct AuditWalk {
  private(set) var entries = 0
  /// The hash of the entry before.
  private(set) var hash = ""
  private(set) var fault: AuditFault?
  private var heads: ArraySlice<AuditHead>
  private let key: [UInt8]?
  private let needsSeal: Bool
  private let known = Set(HashAlgorithm.allCases.filter(\.isAvailable))

  /// Begins.
  ///
  /// - Parameters:
  ///   - heads: what the entries must lead to.
  ///   - key: the key the heads are sealed with; `nil` leaves the seals aside.
  ///   - needsSeal: whether a head without a seal is wrong.
  init(_ heads: [AuditHead], key: [UInt8]?, needsSeal: Bool) {
    self.heads = heads.sorted { ($0.sequence, $0.date) < ($1.sequence, $1.date) }[...]
    self.key = key
    self.needsSeal = needsSeal
  }

  /// Takes the next entry.
  ///
  /// - Parameter row: the columns of `AuditChain.columns`.
  /// - Returns: whether it goes on.
  mutating func take(_ row: [Stored]) -> Bool {
    fault = wrong(row)
    guard fault == nil else { return false }
    entries += 1
    hash = row.last?.text ?? ""
    while let head = heads.first, head.sequence == entries {
      heads.removeFirst()
      fault = wrong(head)
      guard fault == nil else { return false }
    }
    return true
  }

  /// Looks at the heads that are left after the last entry.
  mutating func finish() {
    guard fault == nil, let head = heads.first else { return }
    fault =
      forged(head)
      ?? AuditFault(
        entries + 1,
        "AUD-E-003",
        "审计从第 \(entries + 1) 条起缺失：\(head.date) 的链头记着第 \(head.sequence) 条，现在只到第 \(entries) 条。"
      )
  }

  private func wrong(_ row: [Stored]) -> AuditFault? {
    let expected = entries + 1
    let sequence = row[0].integer ?? 0
    guard sequence == expected else {
      return AuditFault(expected, "AUD-E-001", "审计第 \(expected) 条缺失，它的位置上是第 \(sequence) 条。")
    }
    let values = Array(row.dropLast())
    let name = values.last?.text ?? ""
    guard let algorithm = HashAlgorithm(rawValue: name), known.contains(algorithm) else {
      return AuditFault(
        sequence,
        "AUD-E-002",
        "审计第 \(sequence) 条的摘要算法是“\(name)”，这台机器算不了，无法核对。"
      )
    }
    guard AuditChain.hash(of: values, after: hash, algorithm) == row.last?.text else {
      return AuditFault(sequence, "AUD-E-002", "审计第 \(sequence) 条与它的摘要不符，这一条被改动过。")
    }
    return nil
  }

  private func wrong(_ head: AuditHead) -> AuditFault? {
    if let forged = forged(head) { return forged }
    guard head.hash != hash else { return nil }
    return AuditFault(
      head.sequence,
      "AUD-E-004",
      "审计第 \(head.sequence) 条的摘要与 \(head.date) 的链头不符，这一条或它之前的被重写过。"
    )
  }

  private func forged(_ head: AuditHead) -> AuditFault? {
    guard let key, needsSeal || head.mac != nil,
      !known.contains(head.algorithm) || !head.isSealed(with: key)
    else { return nil }
    return AuditFault(
      head.sequence,
      "AUD-E-005",
      "\(head.date) 的链头（第 \(head.sequence) 条）的校验码不对，链头不是持有密钥的程序写的，或密钥换过。"
    )
  }
}
