import Calendar
import Records
import Synchronization
import Values

extension Site {
  /// The last head of the audit log, as anybody may see it and keep it.
  func apiAuditHead() throws -> WebAnswer {
    guard let head = try heads?.last() else {
      return .problem("审计日志还没有链头。", status: 404)
    }
    return .json(head.json)
  }

  /// Writes the head of today as soon as it is due; called every second.
  ///
  /// - Throws: `AuditHeads.Unusable` when the files can't be used; the store's errors.
  package func keepHead() throws {
    guard let heads else { return }
    let today = register.clock.now().date
    guard headDay.withLock({ $0 }).map({ $0 < today }) ?? true else { return }
    try register.writeHead(to: heads)
    let last = try heads.last()?.date
    headDay.withLock { $0 = last }
  }
}
