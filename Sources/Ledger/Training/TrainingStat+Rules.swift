package import Records
package import Values

extension TrainingStat {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    checkPersons()
      + Count("subsidisedPersonTimes", "补贴性培训", subsidisedPersonTimes, unit: "人次")
      .check(asPartOf: Count("personTimes", "培训人次", personTimes, unit: "人次"))
  }

  /// Persons are no part of person-times, but everybody is trained at least once.
  private func checkPersons() -> [Problem] {
    guard let personTimes, let persons, persons > personTimes else { return [] }
    return [
      Problem(
        "REG-E-031",
        "persons",
        "培训人数 \(persons) 人多于培训人次 \(personTimes) 人次；一人至少一人次，请核对这两格。"
      )
    ]
  }
}
