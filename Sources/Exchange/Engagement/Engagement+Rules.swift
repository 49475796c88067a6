import Calendar
package import Records
package import Values

extension Engagement {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    checkParties() + checkDates()
      + [
        checkSameBody(surroundings), checkQuantity(surroundings), checkAgreement(),
        checkFulfilment(),
      ].compactMap { $0 }
  }

  // MARK: Parties

  private func checkParties() -> [Problem] {
    [
      checkParty("甲方", partyAEnterpriseId, partyASchoolId, field: "partyAEnterpriseId"),
      checkParty("乙方", partyBEnterpriseId, partyBSchoolId, field: "partyBEnterpriseId"),
    ].compactMap { $0 }
  }

  private func checkParty(
    _ label: String,
    _ enterprise: String,
    _ school: String,
    field: String
  ) -> Problem? {
    guard enterprise.isEmpty == school.isEmpty else { return nil }
    return Problem(
      "EXC-E-035",
      field,
      enterprise.isEmpty
        ? "没有填\(label)，请填写\(label)企业或\(label)学校其中一项。"
        : "\(label)企业和\(label)学校都填了，\(label)只能是一个单位，请留一项。"
    )
  }

  private func checkSameBody(_ surroundings: Surroundings) -> Problem? {
    if !partyASchoolId.isEmpty, partyASchoolId == partyBSchoolId {
      let name =
        surroundings.referred("school", partyASchoolId, "schoolName").text ?? partyASchoolId
      return Problem(
        "EXC-E-011",
        "partyBSchoolId",
        "甲方和乙方都是“\(name)”，不能与自己对接，请改填其中一方。"
      )
    }
    guard !partyAEnterpriseId.isEmpty, !partyBEnterpriseId.isEmpty else { return nil }
    let head = Self.head(of: partyAEnterpriseId, surroundings)
    guard head == Self.head(of: partyBEnterpriseId, surroundings) else { return nil }
    let name = surroundings.referred("enterprise", head, "enterpriseName").text ?? head
    return Problem(
      "EXC-E-011",
      "partyBEnterpriseId",
      "甲方和乙方同属“\(name)”，不能与自己或自己的分公司对接，请改填其中一方。"
    )
  }

  /// The legal person: the head office of a branch, or the enterprise itself.
  private static func head(of enterprise: String, _ surroundings: Surroundings) -> String {
    surroundings.referred("enterprise", enterprise, "branchOf").text ?? enterprise
  }

  // MARK: Stages

  private func checkDates() -> [Problem] {
    guard let contactedOn else { return [] }
    var problems: [Problem] = []
    if let signedOn, signedOn < contactedOn {
      problems.append(
        Problem("EXC-E-016", "signedOn", "签约日期 \(signedOn) 早于接洽日期 \(contactedOn)，请核对这两个日期。")
      )
    }
    if let intentOn, contactedOn < intentOn {
      problems.append(
        Problem("EXC-E-016", "contactedOn", "接洽日期 \(contactedOn) 早于意向日期 \(intentOn)，请核对这两个日期。")
      )
    }
    return problems
  }

  /// What is asked for must still be there until it is reserved.
  private func checkQuantity(_ surroundings: Surroundings) -> Problem? {
    let before = surroundings.former["status"]?.text.flatMap(EngagementStatus.init(rawValue:))
    guard let quantity, status?.isExit != true, before?.reserves != true else { return nil }
    let left = itemIds.compactMap { id in
      surroundings.referred("exchangeItem", id, "remaining").integer.map { (id: id, number: $0) }
    }.min { $0.number < $1.number }
    guard let left, quantity > left.number else { return nil }
    let title = surroundings.referred("exchangeItem", left.id, "title").text ?? left.id
    return Problem(
      "EXC-E-010",
      "quantity",
      "“\(title)”现在还剩 \(left.number)，数量填的是 \(quantity)，请减少数量或另找供需。"
    )
  }

  private func checkAgreement() -> Problem? {
    guard status?.needsAgreement == true, agreementId.isEmpty else { return nil }
    return Problem(
      "EXC-E-034",
      "agreementId",
      "阶段是“\(status?.label ?? "")”，合作须有已签的协议（职业教育法第四十条），请先登记协议再选到这里。"
    )
  }

  private func checkFulfilment() -> Problem? {
    guard status == .completed || status == .evaluated, fulfilledQuantity == nil else { return nil }
    return Problem("EXC-W-036", "fulfilledQuantity", "已完成但没有填实际履约数，履约率算不出来，请补填。")
  }
}
