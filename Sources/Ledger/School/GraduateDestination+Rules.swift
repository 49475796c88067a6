package import Records
package import Values

extension GraduateDestination {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    USCC.check(employerUscc, field: "employerUscc") + checkEmployer() + checkDates()
  }

  private func checkEmployer() -> [Problem] {
    guard let destinationCode, destinationCode.group == .contractEmployment, employerName.isEmpty,
      employerUscc.isEmpty
    else { return [] }
    return [
      Problem("REG-W-063", "employerName", "去向是\(destinationCode.label)，但没有填写单位名称，请补填。")
    ]
  }

  private func checkDates() -> [Problem] {
    guard let graduationDate, let surveyDate, surveyDate < graduationDate else { return [] }
    return [
      Problem("REG-W-064", "surveyDate", "统计时点 \(surveyDate) 早于毕业日期 \(graduationDate)，请核对。")
    ]
  }
}
