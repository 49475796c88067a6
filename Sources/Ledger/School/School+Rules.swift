import Calendar
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
      + checkClosure()
      + checkDates(surroundings.today)
      + checkTeachers()
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
    if let institutionKind, institutionKind != .technicianSchool, moeSchoolCode.isEmpty {
      problems.append(
        Problem("REG-W-065", "moeSchoolCode", "没有填写学校标识码；教育系统的学校有 10 位学校标识码，请对照教育部名单补填。")
      )
    }
    if !heiCode.isEmpty, !heiCode.isDigits(5) {
      problems.append(Problem("REG-E-019", "heiCode", "院校代码填的是“\(heiCode)”，应为 5 位数字。"))
    }
    return problems
  }

  /// A body registered by the market authority (91…) is not a public institution.
  private func checkOwnership() -> [Problem] {
    guard ownership == .public, USCC(uscc).isEnterprise else { return [] }
    return [
      Problem("REG-E-016", "ownership", "统一社会信用代码以 91 开头（企业登记），与办学性质“公办”矛盾，请核对其中一项。")
    ]
  }

  /// A closed school says where its students and files went, or why there is no such place.
  private func checkClosure() -> [Problem] {
    guard status == .closed else { return [] }
    if !successorSchoolId.isEmpty, successorSchoolId == schoolId {
      return [
        Problem("REG-E-054", "successorSchoolId", "继承学校不能是学校自己，请改填另一所学校，或填写撤销原因。")
      ]
    }
    guard successorSchoolId.isEmpty, closureReason.isEmpty else { return [] }
    return [
      Problem("REG-E-054", "successorSchoolId", "状态是已撤销，但没有继承学校，也没有撤销原因，请填写其中一项。")
    ]
  }

  private func checkDates(_ today: CivilDate) -> [Problem] {
    if let foundedOn, foundedOn > today {
      return [Problem("REG-E-052", "foundedOn", "建校日期 \(foundedOn) 在今天之后，请核对年份；筹建中的学校建成后再登记。")]
    }
    guard let foundedOn, let closedOn, closedOn < foundedOn else { return [] }
    return [
      Problem("REG-E-052", "closedOn", "撤销日期 \(closedOn) 早于建校日期 \(foundedOn)，请核对。")
    ]
  }

  private func checkTeachers() -> [Problem] {
    Count("dualQualifiedTeachers", "双师型教师", dualQualifiedTeachers)
      .check(asPartOf: Count("fullTimeTeachers", "专任教师", fullTimeTeachers))
  }
}
