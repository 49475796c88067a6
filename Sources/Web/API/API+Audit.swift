import Calendar
import Records
import Storage
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

  /// Notes an event in the audit log: on disk when this is done.
  ///
  /// - Throws: `AuditPending.Unwritable`; the store's errors. Then it must not happen.
  func note(_ event: AuditEvent) throws {
    if let pending { return try pending.append(event) }
    try base.store.write { try base.note(event, in: $0) }
  }

  /// Writes the head of today as soon as it is due; called every second.
  ///
  /// - Throws: `AuditHeads.Unusable` when the files can't be used; the store's errors.
  package func keepHead() throws {
    try pending?.enter(into: base)
    guard let heads else { return }
    let today = base.clock.now().date
    guard headDay.withLock({ $0 }).map({ $0 < today }) ?? true else { return }
    try base.writeHead(to: heads)
    let last = try heads.last()?.date
    headDay.withLock { $0 = last }
  }
}
