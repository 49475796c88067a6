import Calendar
package import Records
package import Values

extension Agreement {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    [checkParties(), checkSigning(), checkPeriod(), checkHash(), checkRenewal()].compactMap { $0 }
  }

  private func checkParties() -> Problem? {
    let count = schoolIds.count + enterpriseIds.count + otherParties.count
    guard count < 2 else { return nil }
    return Problem(
      "EXC-E-037",
      "schoolIds",
      "签约方只有 \(count) 个，协议至少两方，请补填签约学校、签约企业或其他签约方。"
    )
  }

  private func checkSigning() -> Problem? {
    guard let status, status != .draft, signedOn == nil else { return nil }
    return Problem("EXC-E-038", "signedOn", "状态是“\(status.label)”但没有签订日期，请补填，或把状态改为“拟定”。")
  }

  private func checkPeriod() -> Problem? {
    guard let periodStart, let periodEnd, periodEnd < periodStart else { return nil }
    return Problem("EXC-E-002", "periodEnd", "到期日期 \(periodEnd) 早于生效日期 \(periodStart)，请核对。")
  }

  private func checkHash() -> Problem? {
    guard !documentHash.isEmpty,
      documentHash.utf8.count != 64 || !documentHash.allSatisfy(\.isHexDigit)
    else { return nil }
    return Problem(
      "EXC-E-039",
      "documentHash",
      "文件指纹有 \(documentHash.count) 位，应为 64 位十六进制（SHA-256），请重新计算。"
    )
  }

  private func checkRenewal() -> Problem? {
    guard !renewalOf.isEmpty, renewalOf == agreementId else { return nil }
    return Problem("EXC-E-040", "renewalOf", "续签自填的是协议自己，请改填原协议或留空。")
  }
}
