package import Records
package import Values

extension School {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    CountyPlace(region: locationRegionCode, zone: managingZoneCode).check(
      surroundings,
      field: "locationRegionCode"
    )
      + USCC.check(uscc, field: "uscc")
      + checkCodes()
      + checkOwnership()
      + checkDates()
      + checkCounts()
  }

  /// A code of ten digits for education-system schools, none for technician schools.
  private func checkCodes() -> [Problem] {
    var problems: [Problem] = []
    if !moeSchoolCode.isEmpty, !moeSchoolCode.isDigits(10) {
      problems.append(
        Problem("REG-E-017", "moeSchoolCode", "学校标识码填的是“\(moeSchoolCode)”，应为 10 位数字，请对照教育部名单核对。")
      )
    }
    if institutionKind == .technicianSchool, !moeSchoolCode.isEmpty {
      problems.append(Problem("REG-E-018", "moeSchoolCode", "技工学校没有学校标识码，请清空，并填写技工院校代码。"))
    }
    if !heiCode.isEmpty, !heiCode.isDigits(5) {
      problems.append(Problem("REG-E-019", "heiCode", "院校代码填的是“\(heiCode)”，应为 5 位数字。"))
    }
    return problems
  }

  /// A body registered by the market authority (91…) is not a public institution.
  private func checkOwnership() -> [Problem] {
    guard ownership == .public, uscc.hasPrefix("91") else { return [] }
    return [
      Problem("REG-E-016", "ownership", "统一社会信用代码以 91 开头（企业登记），与办学性质“公办”矛盾，请核对其中一项。")
    ]
  }

  private func checkDates() -> [Problem] {
    guard let foundedOn, let closedOn, closedOn < foundedOn else { return [] }
    return [
      Problem("REG-E-052", "closedOn", "撤销日期 \(closedOn) 早于建校日期 \(foundedOn)，请核对。")
    ]
  }

  private func checkCounts() -> [Problem] {
    guard let fullTimeTeachers, let dualQualifiedTeachers, dualQualifiedTeachers > fullTimeTeachers
    else { return [] }
    return [
      Problem(
        "REG-E-031",
        "dualQualifiedTeachers",
        "双师型教师 \(dualQualifiedTeachers) 人多于专任教师 \(fullTimeTeachers) 人，部分不能大于整体，请核对。"
      )
    ]
  }
}
