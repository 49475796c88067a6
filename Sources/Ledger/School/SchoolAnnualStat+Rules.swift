package import Records
package import Values

extension SchoolAnnualStat {
  package func check(_ surroundings: Surroundings) -> [Problem] { checkStudents() + checkRates() }

  private func checkStudents() -> [Problem] {
    let enrolled = Count("enrolled", "在校生", enrolled)
    return Count("partTimeEnrolled", "非全日制在校生", partTimeEnrolled).check(asPartOf: enrolled)
      + Count("fiveYearStage1Enrolled", "五年制前三年在校生", fiveYearStage1Enrolled)
      .check(asPartOf: enrolled)
  }

  /// The numbers rates are made of: no part without its whole, or a rate could exceed one.
  private func checkRates() -> [Problem] {
    let graduates = Count("graduates", "毕业生", graduates)
    let placed = Count("employed", "就业与升学之和", placed)
    let employed = Count("employed", "就业", employed)
    let known = Count("employedRegionKnown", "工作地已知的就业", employedRegionKnown)
    let inCity = Count("employedInCity", "市内就业", employedInCity)
    return placed.check(asPartOf: graduates) + placed.check(hasWhole: graduates)
      + known.check(asPartOf: employed) + known.check(hasWhole: employed)
      + inCity.check(asPartOf: known.number == nil ? employed : known)
      + inCity.check(hasWhole: known)
  }

  /// Those employed and those who study on; `nil` when neither was counted.
  private var placed: Int? {
    employed == nil && furtherStudy == nil ? nil : (employed ?? 0) + (furtherStudy ?? 0)
  }
}
