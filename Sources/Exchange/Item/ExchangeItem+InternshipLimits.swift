import Ledger
import Records
import Values

/// The limits of an internship post that are reckoned: pay, share of the staff, hazards. See
/// `internship.md` §4.1, §4.2, §12.
extension ExchangeItem {
  // MARK: Pay

  /// The least an intern may get: 80 % of the same post's wage or the lowest grade's wage, whichever
  /// is less (meeting one is enough, §4.2 lenient), for the part of full time that is worked.
  var payFloor: Ratio? {
    let same = self[attribute: "samePostWageMonthly"].integer.map { Ratio(Int128($0) * 4, 5) }
    let lowest = self[attribute: "lowestGradeWageMonthly"].integer.map { Ratio(Int128($0)) }
    return [same, lowest].compactMap { $0 }.min().map { $0 * fullTimeShare }
  }

  func checkPayFloor() -> Problem? {
    guard let pay = self[attribute: "internPayMonthly"].integer, let floor = payFloor,
      Ratio(Int128(pay)) < floor
    else { return nil }
    return exemptible(
      "INT-E-107",
      rule: 18,
      "internPayMonthly",
      "实习报酬 \(Fen(pay).yuanText) 元/月低于下限 \(Fen(floor.rounded).yuanText) 元（\(floorBasis)）",
      "请提高报酬或核对工资"
    )
  }

  private var floorBasis: String {
    let same = self[attribute: "samePostWageMonthly"].integer
    let lowest = self[attribute: "lowestGradeWageMonthly"].integer
    let parts = [
      same.map { "同岗位工资的 80% 为 \(Fen(Ratio(Int128($0) * 4, 5).rounded).yuanText) 元" }
        ?? "未填同岗位工资",
      lowest.map { "最低档工资 \(Fen($0).yuanText) 元" } ?? "未填最低档工资",
    ]
    return parts.joined(separator: "，") + (same != nil && lowest != nil ? "，达到其一即可" : "")
      + (fullTimeShare == .one ? "" : "，按工时折算")
  }

  func checkPayExcess() -> Problem? {
    guard let pay = self[attribute: "internPayMonthly"].integer, let floor = payFloor,
      floor > .zero, Ratio(Int128(pay)) > floor * Ratio(10)
    else { return nil }
    return Problem(
      "INT-E-107",
      "internPayMonthly",
      "实习报酬 \(Fen(pay).yuanText) 元/月超过下限 \(Fen(floor.rounded).yuanText) 元的 10 倍，可能多写了零，请核对。"
    )
  }

  // MARK: Share of the staff

  /// Ten in a hundred of the staff, twenty of those in the same post; rounded down (§4.1).
  func checkCeilings(_ surroundings: Surroundings) -> [Problem?] {
    let staff = surroundings.referred("enterprise", ownerEnterpriseId, "employeesOnPost").integer
    let same = self[attribute: "samePostHeadcount"].integer
    return [
      checkCeiling("headcount", "在岗职工", staff, percent: 10),
      checkCeiling("samePostHeadcount", "同类岗位在岗", same, percent: 20),
    ]
  }

  private func checkCeiling(
    _ field: String,
    _ label: String,
    _ staff: Int?,
    percent: Int
  ) -> Problem? {
    guard let staff, let headcount else { return nil }
    let ceiling = staff * percent / 100
    if ceiling == 0 {
      return Problem(
        "EXC-W-012",
        field,
        "\(label) \(staff) 人，\(percent)% 不足 1 人，按规定不能接收实习生；确有带教条件的，请说明理由，由学校和主管部门按例外办理。"
      )
    }
    guard headcount > ceiling else { return nil }
    return exemptible(
      "INT-E-109",
      rule: 15,
      field,
      "\(label) \(staff) 人，实习生上限 \(ceiling) 人（\(percent)%），数量填的是 \(headcount) 人",
      "请减少数量或核对人数"
    )
  }

  // MARK: Hazards

  /// The codes of the hazards named by code, label or alias; what nobody knows is left out.
  func hazards(_ city: any CityRules) -> [Option] {
    let table = city.codeTable("hazard") ?? []
    return self[attribute: "hazardCodes"].list.compactMap { Self.hazard($0, in: table) }
  }

  private static func hazard(_ text: String, in table: [Option]) -> Option? {
    let wanted = Text.comparable(text)
    return table.first { option in
      ([option.code, option.label] + option.aliases).contains { Text.comparable($0) == wanted }
    }
  }

  func checkHazards(_ city: any CityRules) -> [Problem] {
    let hazards = hazards(city)
    return checkKnownHazards(city)
      + [checkForbidden(hazards), checkDangerous(hazards), checkMinorsOnly(hazards)]
      .compactMap { $0 }
  }

  private func checkKnownHazards(_ city: any CityRules) -> [Problem] {
    guard let table = city.codeTable("hazard") else { return [] }
    return self[attribute: "hazardCodes"].list.filter { Self.hazard($0, in: table) == nil }.map {
      let near = NearMiss.suggestion($0, among: table.flatMap { [$0.label] + $0.aliases })
      let hint = near.isEmpty ? "请从危害列表中选择。" : near
      return Problem("EXC-E-031", "hazardCodes", "岗位危害填的是“\($0)”，不在列表中。\(hint)")
    }
  }

  /// Forbidden for every intern.
  private func checkForbidden(_ hazards: [Option]) -> Problem? {
    let found = hazards.filter { ["heavyLabour", "entertainment"].contains($0.code) }
    guard !found.isEmpty else { return nil }
    return Problem("INT-E-009", "hazardCodes", "岗位危害有\(labels(found))，实习一律不得安排，请调整岗位。")
  }

  /// Forbidden unless the program needs it and it was filed.
  private func checkDangerous(_ hazards: [Option]) -> Problem? {
    let codes = ["height", "underground", "radiation", "toxic", "flammable"]
    let found = hazards.filter { codes.contains($0.code) }
    guard !found.isEmpty else { return nil }
    return exemptible(
      "INT-E-010",
      rule: 10,
      "hazardCodes",
      "岗位危害有\(labels(found))",
      "安全风险高，实习一般不得安排，请调整岗位"
    )
  }

  /// Forbidden for those under eighteen (未成年工特殊保护规定第三条).
  private func checkMinorsOnly(_ hazards: [Option]) -> Problem? {
    let codes = [
      "dust", "coldWater", "highTemperature", "lowTemperature", "loadCarrying", "forcedPosture",
      "vibratingTool", "boiler", "forestry", "geoField", "diving",
    ]
    let found = hazards.filter { codes.contains($0.code) }
    guard !found.isEmpty else { return nil }
    return Problem(
      "INT-W-003",
      "hazardCodes",
      "岗位危害有\(labels(found))，达到规定等级的不得安排未满 18 周岁的学生，请在详细说明中写明。"
    )
  }

  private func labels(_ options: [Option]) -> String {
    options.map { "“\($0.label)”" }.joined(separator: "、")
  }
}
