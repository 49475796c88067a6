import Ledger
import Records
import Values

/// Who may publish: one verified body of good standing, and no agency for internships. See
/// `exchange.md` §8 R1, R3.
extension ExchangeItem {
  func checkOwner(_ surroundings: Surroundings) -> [Problem] {
    switch poster {
    case nil: [checkOwnerCount()]
    case .school: [checkSchool(surroundings)].compactMap { $0 }
    case .enterprise:
      [
        checkVerification(surroundings), checkCredit(surroundings), checkAgency(surroundings),
        checkAgencyJob(surroundings),
      ].compactMap { $0 }
    }
  }

  private func checkOwnerCount() -> Problem {
    ownerSchoolId.isEmpty
      ? Problem("EXC-E-001", "ownerEnterpriseId", "没有填发布单位，请填写发布企业或发布学校其中一项。")
      : Problem("EXC-E-001", "ownerEnterpriseId", "发布企业和发布学校都填了，一条只能有一个发布单位，请留一项。")
  }

  private func checkSchool(_ surroundings: Surroundings) -> Problem? {
    guard status?.isOffered == true,
      let standing = surroundings.referred("school", ownerSchoolId, "status").text
        .flatMap(RecordStatus.init(rawValue:)), standing != .active, standing != .verified
    else { return nil }
    let name = surroundings.referred("school", ownerSchoolId, "schoolName").text ?? ownerSchoolId
    return Problem(
      "EXC-E-001",
      "ownerSchoolId",
      "“\(name)”的状态是“\(standing.label)”，核实并在用的学校才能发布，请先核实或存为草稿。"
    )
  }

  private func checkVerification(_ surroundings: Surroundings) -> Problem? {
    guard status?.isOffered == true,
      let standing = surroundings.referred("enterprise", ownerEnterpriseId, "verification").text
        .flatMap(EnterpriseVerification.init(rawValue:)), !standing.mayPublish
    else { return nil }
    return Problem(
      "EXC-E-001",
      "ownerEnterpriseId",
      "“\(enterpriseName(surroundings))”的核验状态是“\(standing.label)”，已核验的企业才能发布，请先完成核验或存为草稿。"
    )
  }

  private func checkCredit(_ surroundings: Surroundings) -> Problem? {
    guard status?.isOffered == true,
      let credit = surroundings.referred("enterprise", ownerEnterpriseId, "creditStatus").text
        .flatMap(CreditStatus.init(rawValue:)), credit != .normal
    else { return nil }
    return Problem(
      "EXC-E-001",
      "ownerEnterpriseId",
      "“\(enterpriseName(surroundings))”的信用状态是“\(credit.label)”，信用正常的企业才能发布，请先修复信用并更新企业信息。"
    )
  }

  /// No intermediary may arrange internships (职业教育法第五十、六十六条，教职成〔2021〕4号).
  private func checkAgency(_ surroundings: Surroundings) -> Problem? {
    guard kind == .internshipPost || kind == .observationVisit, isAgency(surroundings) else {
      return nil
    }
    return Problem(
      "EXC-E-009",
      "ownerEnterpriseId",
      "“\(enterpriseName(surroundings))”是人力资源服务、劳务派遣企业，中介不得组织、安排实习，请由实际接收学生的单位发布。"
    )
  }

  private func checkAgencyJob(_ surroundings: Surroundings) -> Problem? {
    guard kind == .graduateJob, isAgency(surroundings), !namesEmployer else { return nil }
    return Problem(
      "EXC-W-025",
      "description",
      "“\(enterpriseName(surroundings))”是人力资源服务、劳务派遣企业，只能为写明的用工单位招人，请在详细说明中写“用工单位：”和单位全称。"
    )
  }

  /// GB/T 4754 group 726 is 人力资源服务.
  private func isAgency(_ surroundings: Surroundings) -> Bool {
    surroundings.referred("enterprise", ownerEnterpriseId, "gbIndustryCode").text?
      .hasPrefix("L726") == true
  }

  private var namesEmployer: Bool {
    ["用工单位：", "用工单位:", "用人单位：", "用人单位:"].contains { marker in
      guard let range = description.firstRange(of: marker) else { return false }
      let rest = description[range.upperBound...]
      return rest.prefix { !"\n，。；".contains($0) }.count >= 4
    }
  }

  private func enterpriseName(_ surroundings: Surroundings) -> String {
    surroundings.referred("enterprise", ownerEnterpriseId, "enterpriseName").text
      ?? ownerEnterpriseId
  }
}
