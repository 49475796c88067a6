package import Records
package import Values

extension Carrier {
  package mutating func complete() {
    let kinds = parties
    partyKinds = PartyKind.allCases.filter(kinds.contains).map(\.rawValue)
    isCoBuilt = kinds.count >= 2
    isCounted = counts
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    CountyPlace(region: locationRegionCode, zone: managingZoneCode).check(
      surroundings,
      field: "locationRegionCode"
    )
      + checkOwner(surroundings)
      + checkApproval()
      + checkWorkplaces()
      + checkMembers()
      + checkBoard()
  }

  /// Whether figures count it: it lives, a base is used, a platform is of provincial level.
  private var counts: Bool {
    guard let state, state.isLive else { return false }
    switch kind {
    case .trainingBase:
      return usedInTeaching == true || (bookingsThisYear ?? 0) > 0 || (agreementCount ?? 0) > 0
    case .researchPlatform: return tier?.isProvincialOrHigher ?? false
    default: return true
    }
  }

  // MARK: Who takes part

  private var schools: Set<String> {
    Set(memberSchoolIds + [ownerOrgId, secretariatOrgId, leadSchool]).subtracting([""])
  }

  private var enterprises: Set<String> {
    Set(
      memberEnterpriseIds + leadEnterpriseIds + [
        ownerEnterpriseId, hostEnterpriseId, leadEnterprise,
      ]
    )
    .subtracting([""])
  }

  private var others: Set<String> { Set(otherMembers + initiators).subtracting([""]) }

  private var parties: Set<PartyKind> {
    var kinds = Set(others.compactMap(PartyKind.init(ofBodyNamed:)))
    if !schools.isEmpty { kinds.insert(.school) }
    if !enterprises.isEmpty { kinds.insert(.enterprise) }
    return kinds
  }

  private func checkMembers() -> [Problem] {
    switch kind {
    case .vocationalGroup, .alliance:
      let count = schools.count + enterprises.count + others.count
      guard count < 3 || !parties.contains(.enterprise) else { return [] }
      return [
        Problem(
          "CAR-W-619",
          "memberEnterpriseIds",
          "登记的成员有 \(count) 家，其中企业 \(enterprises.count) 家；\(kind?.label ?? "")应有 3 家以上成员，其中至少 1 家企业，请补充成员。"
        )
      ]
    case .industryCollege:
      guard !parties.isSuperset(of: [.school, .enterprise]) else { return [] }
      return [
        Problem(
          "CAR-W-620",
          "memberEnterpriseIds",
          "登记的学校有 \(schools.count) 所、企业有 \(enterprises.count) 家；产业学院应由至少 1 所学校和 1 家企业共建，请补充成员。"
        )
      ]
    default: return []
    }
  }

  // MARK: Owner, approval, size

  private func checkOwner(_ surroundings: Surroundings) -> [Problem] {
    let isNetwork = kind == .alliance || kind == .cityConsortium
    if ownerOrgId.isEmpty, ownerEnterpriseId.isEmpty, !(isNetwork && !others.isEmpty) {
      return [Problem("CAR-E-621", "ownerOrgId", "没有依托单位，请填写依托学校或依托企业。")]
    }
    var problems: [Problem] = []
    if surroundings.referred("school", ownerOrgId, "status").text == RecordStatus.closed.rawValue,
      let state, !state.isOver
    {
      let name = surroundings.referred("school", ownerOrgId, "schoolName").text ?? ownerOrgId
      problems.append(
        Problem("CAR-E-615", "ownerOrgId", "依托学校“\(name)”已撤销，请改填继承学校，或把载体状态改为已关闭。")
      )
    }
    if kind == .integrationEnterprise,
      surroundings.referred("enterprise", ownerEnterpriseId, "creditStatus").text
        == CreditStatus.seriouslyDishonest.rawValue
    {
      problems.append(
        Problem("CAR-E-614", "ownerEnterpriseId", "该企业的信用状态是严重违法失信，不能登记为产教融合型企业，请核对信用记录。")
      )
    }
    return problems
  }

  private func checkApproval() -> [Problem] {
    guard let tier, tier.needsDocument, approvalDocNo.isEmpty, let state,
      !state.isBeforeVerification
    else { return [] }
    return [
      Problem("CAR-E-603", "approvalDocNo", "级别是\(tier.label)，但没有批准文号；市级以上须有批准文号，请照文件填写。")
    ]
  }

  private func checkWorkplaces() -> [Problem] {
    guard let workplaces, !(1...2000).contains(workplaces) else { return [] }
    return [Problem("CAR-E-604", "workplaces", "工位填的是 \(workplaces) 个，应在 1 到 2000 之间，不清楚时请留空。")]
  }

  private func checkBoard() -> [Problem] {
    let seats = Count("enterpriseSeats", "企业席位", enterpriseSeats, unit: "席")
    let excess = seats.check(asPartOf: Count("boardSize", "理事会席位", boardSize, unit: "席"))
    guard let boardSize, let enterpriseSeats, enterpriseSeats * 3 < boardSize else { return excess }
    return [
      Problem(
        "CAR-W-622",
        "enterpriseSeats",
        "理事会 \(boardSize) 席，企业占 \(enterpriseSeats) 席，不足三分之一，请核对。"
      )
    ]
  }
}

extension PartyKind {
  private static let marks: [(kind: PartyKind, words: [String])] = [
    (.association, ["协会", "商会", "学会", "联合会", "促进会"]),
    (.enterprise, ["公司", "厂", "企业"]),
    (.school, ["学院", "大学", "学校", "中专", "职校"]),
  ]
  private static let governmentEndings = ["局", "厅", "政府", "委员会", "管委会", "发改委", "办公室"]

  /// What kind of party a body is, told from its name; `nil` when the name doesn't tell.
  init?(ofBodyNamed name: String) {
    if let mark = Self.marks.first(where: { $0.words.contains(where: name.contains) }) {
      self = mark.kind
    } else if Self.governmentEndings.contains(where: name.hasSuffix) {
      self = .government
    } else {
      return nil
    }
  }
}
