package import Records
package import Values

extension Enterprise {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    USCC.check(uscc, field: "uscc")
      + CountyPlace(region: registeredRegionCode, zone: managingZoneCode).check(
        surroundings,
        field: "registeredRegionCode"
      )
      + checkBranch()
  }

  private func checkBranch() -> [Problem] {
    guard !branchOf.isEmpty, branchOf == enterpriseId else { return [] }
    return [Problem("REG-E-014", "branchOf", "所属法人不能是企业自己，请改填总公司或留空。")]
  }
}
