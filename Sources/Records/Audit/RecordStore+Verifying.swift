import Storage
package import Values

/// What became of verifying the audit log.
package struct AuditReport: Hashable, Sendable {
  /// How many entries there are.
  package var entries: Int
  /// The hash of the last entry; empty when there is none.
  package var head: String
  /// The first thing that is wrong; `nil` when it is sound.
  package var firstBad: AuditFault?
  /// With how many heads it was compared.
  package var heads = 0

  /// Makes a report.
  ///
  /// - Parameters:
  ///   - entries: how many entries there are.
  ///   - head: the hash of the last entry.
  ///   - firstBad: the first thing that is wrong.
  package init(entries: Int, head: String, firstBad: AuditFault? = nil) {
    self.entries = entries
    self.head = head
    self.firstBad = firstBad
  }

  /// The report as JSON.
  package var json: JSON {
    .object([
      "entries": .integer(entries), "head": .string(head), "sound": .boolean(firstBad == nil),
      "firstBad": firstBad?.json ?? .null,
    ])
  }
}

extension RecordStore {
  /// Goes through the whole audit log, entry by entry, and compares it with its heads.
  ///
  /// - Parameters:
  ///   - heads: the heads of the data folder, and its key.
  ///   - copy: the lines of a copy kept elsewhere, which then take the place of those of the folder; one
  ///     without a seal is believed.
  /// - Returns: what was found.
  /// - Throws: `AuditHeads.Unusable` when heads or key can't be read; the store's errors.
  package func verifyAudit(_ heads: AuditHeads, against copy: [AuditHeads.Line]? = nil) throws
    -> AuditReport
  {
    let key = try heads.key()
    let lines = try copy ?? heads.lines()
    return try store.read { reading in
      var walk = AuditWalk(lines.compactMap(\.head), key: key, needsSeal: copy == nil)
      try reading.each("SELECT \(AuditChain.columns) FROM audit ORDER BY seq", []) {
        walk.take($0)
      }
      walk.finish()
      var report = AuditReport(entries: walk.entries, head: walk.hash)
      report.heads = lines.count
      report.firstBad =
        walk.fault ?? Self.wrong(lines, hasKey: key != nil, isCopy: copy != nil)
      if walk.fault != nil {
        report.entries = try reading.row("SELECT COUNT(*) FROM audit")?[0].integer ?? 0
        let last = try reading.row("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")
        report.head = last?[0].text ?? ""
      }
      return report
    }
  }

  /// What is wrong with the lines of heads themselves.
  private static func wrong(_ lines: [AuditHeads.Line], hasKey: Bool, isCopy: Bool) -> AuditFault? {
    // What a later head tells, an earlier one need not: only the last line must be readable.
    if let last = lines.last, last.head == nil {
      return AuditFault(nil, "AUD-E-006", "链头文件第 \(last.number) 行读不懂，请与别处的副本核对。")
    }
    if lines.isEmpty, hasKey || isCopy {
      return AuditFault(nil, "AUD-E-006", "没有链头可以核对：链头文件不在或是空的，请从备份恢复。")
    }
    if !hasKey, !isCopy, !lines.isEmpty {
      return AuditFault(nil, "AUD-E-007", "没有审计密钥 audit.key，链头的校验码无法核对，请从备份恢复。")
    }
    return nil
  }
}
