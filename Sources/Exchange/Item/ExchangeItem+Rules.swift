import Calendar
import Ledger
package import Records
package import Values

extension ExchangeItem {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    let place = CountyPlace(region: regionCode).check(surroundings, field: "regionCode")
    let posting: [Problem] = checkOwner(surroundings) + checkPosting() + place
    let numbers: [Problem] = checkTimes(surroundings) + checkQuantity() + checkRequirements()
    let terms: [Problem] = checkWords() + checkPay(surroundings) + checkTerms()
    let internship: [Problem] = checkInternship(surroundings)
    let twice = [checkRepetition(surroundings)].compactMap { $0 }
    return twice + posting + numbers + terms + internship + checkCompleteness(surroundings)
  }

  // MARK: Kind and side

  private func checkPosting() -> [Problem] {
    guard let kind, let side else { return [] }
    return [checkSide(kind, side), checkPoster(kind, side)].compactMap { $0 }
  }

  private func checkSide(_ kind: ItemKind, _ side: ItemSide) -> Problem? {
    guard kind.posters(of: side).isEmpty else { return nil }
    return Problem(
      "EXC-E-019",
      "side",
      "“\(kind.label)”只有\(side.opposite.label)，方向填的是“\(side.label)”，请改为“\(side.opposite.label)”或改选种类。"
    )
  }

  private func checkPoster(_ kind: ItemKind, _ side: ItemSide) -> Problem? {
    let posters = kind.posters(of: side)
    guard let poster, !posters.isEmpty, !posters.contains(poster) else { return nil }
    let wanted = posters.map(\.label).joined(separator: "或")
    return Problem(
      "EXC-E-020",
      poster == .school ? "ownerSchoolId" : "ownerEnterpriseId",
      "“\(kind.label)”的\(side.label)由\(wanted)发布，发布单位填的是\(poster.label)，请改填发布单位或改选种类。"
    )
  }

  // MARK: Time

  private func checkTimes(_ surroundings: Surroundings) -> [Problem] {
    checkPeriod(surroundings)
      + [checkDeadline(surroundings), checkValidity(surroundings)].compactMap { $0 }
  }

  /// Whether it is only now laid before others; what was offered before may grow old.
  private func isNewlyOffered(_ surroundings: Surroundings) -> Bool {
    let before = surroundings.former["status"]?.text.flatMap(ItemStatus.init(rawValue:))
    return status?.isOffered == true && before?.isOffered != true
  }

  private func checkPeriod(_ surroundings: Surroundings) -> [Problem] {
    if let periodStart, let periodEnd, periodEnd < periodStart {
      return [
        Problem("EXC-E-002", "periodEnd", "结束日期 \(periodEnd) 早于开始日期 \(periodStart)，请核对。")
      ]
    }
    // five years, leap days allowed for
    if let periodStart, let periodEnd, periodEnd.dayNumber - periodStart.dayNumber > 5 * 365 + 2 {
      return [
        Problem(
          "EXC-E-002",
          "periodEnd",
          "从 \(periodStart) 到 \(periodEnd) 超过 5 年，请缩短，期满后可续发。"
        )
      ]
    }
    guard let periodEnd, periodEnd < surroundings.today, isNewlyOffered(surroundings) else {
      return []
    }
    return [Problem("EXC-E-002", "periodEnd", "结束日期 \(periodEnd) 已经过去，请改为今天以后的日期。")]
  }

  private func checkDeadline(_ surroundings: Surroundings) -> Problem? {
    guard let deadline = self[attribute: "deadline"].date, deadline < surroundings.today,
      isNewlyOffered(surroundings)
    else { return nil }
    return Problem("EXC-E-002", "deadline", "截止日期 \(deadline) 已经过去，请改为今天以后的日期。")
  }

  private func checkValidity(_ surroundings: Surroundings) -> Problem? {
    guard let validUntil, status?.isOffered == true,
      surroundings.former["validUntil"]?.date != validUntil
    else { return nil }
    if validUntil < surroundings.today {
      return Problem("EXC-E-023", "validUntil", "有效期至 \(validUntil)，已经过去，请改为今天以后的日期。")
    }
    let last = surroundings.today.adding(days: 180)
    guard validUntil > last else { return nil }
    return Problem(
      "EXC-E-023",
      "validUntil",
      "有效期至 \(validUntil)，最长 180 天，请改为不晚于 \(last) 的日期，到期可续。"
    )
  }

  // MARK: Quantity

  private func checkQuantity() -> [Problem] {
    [checkHeadcount(), checkReserved(), checkBatch()].compactMap { $0 }
  }

  private func checkHeadcount() -> Problem? {
    guard let kind else { return nil }
    guard let headcount else {
      return Problem("EXC-E-003", "headcount", "请填写数量（\(kind.unit)），至少为 1。")
    }
    if headcount < 1 {
      return Problem("EXC-E-003", "headcount", "数量填的是 \(headcount)，至少为 1，请核对。")
    }
    guard headcount > 500, supportDoc.isEmpty else { return nil }
    return Problem(
      "EXC-E-003",
      "headcount",
      "数量填的是 \(headcount) \(kind.unit)，一条超过 500 须写明说明文件，请补填说明文件或分成几条。"
    )
  }

  private func checkReserved() -> Problem? {
    guard let headcount, let reserved, reserved > headcount else { return nil }
    return Problem(
      "EXC-E-010",
      "reserved",
      "已预留 \(reserved)，多于数量 \(headcount)，请先减少预留或增加数量。"
    )
  }

  private func checkBatch() -> Problem? {
    guard let headcount, let minBatch, minBatch > headcount else { return nil }
    return Problem(
      "EXC-E-022",
      "minBatch",
      "最小成团 \(minBatch) 大于数量 \(headcount)，永远凑不成，请改小最小成团或改大数量。"
    )
  }
}
