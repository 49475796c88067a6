package import Records
package import Values

extension Pilot {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    checkApproval() + checkDuration() + checkPartners()
  }

  private func checkApproval() -> [Problem] {
    guard let status, status.isApproved else { return [] }
    var problems: [Problem] = []
    if let tier, tier.isProvincialOrHigher, approvalDocNo.isEmpty {
      problems.append(
        Problem("APP-E-213", "approvalDocNo", "级别是\(tier.label)，但没有批准文号；省级以上试点须有批准文号，请照文件填写。")
      )
    }
    if status != .approved, approvedOn == nil {
      problems.append(
        Problem("APP-E-204", "approvedOn", "状态是\(status.label)，但没有批准日期；未经批准不得招生，请填写批准日期，或改正状态。")
      )
    }
    return problems
  }

  private func checkDuration() -> [Problem] {
    guard let durationMonths, let model, let allowed = model.months,
      !allowed.contains(durationMonths)
    else { return [] }
    return [
      Problem(
        "APP-E-205",
        "durationMonths",
        "培养期限填的是 \(durationMonths) 个月，\(model.label)应在 \(allowed.lowerBound) 到 \(allowed.upperBound) 个月之间，请核对。"
      )
    ]
  }

  private func checkPartners() -> [Problem] {
    guard let model else { return [] }
    var problems: [Problem] = []
    if model != .onePlusX, enterpriseIds.isEmpty {
      problems.append(
        Problem("APP-W-214", "enterpriseIds", "没有填写合作企业；\(model.label)至少要有 1 家，请补充。")
      )
    }
    if programCodes.isEmpty, occupationCodes.isEmpty {
      problems.append(Problem("APP-W-215", "programCodes", "没有填写专业或工种，至少要有 1 个，请补充。"))
    }
    return problems
  }
}
