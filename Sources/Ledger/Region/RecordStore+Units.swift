package import Records
import Values

extension RecordStore {
  /// The units of county level the city administers now: districts, county-level cities and counties, and the
  /// zones beside them (the counting basis `byManagingUnit` of `assessment.md` §1.2).
  ///
  /// - Returns: their records, in the order of their codes.
  /// - Throws: the store's errors.
  package func managingUnits() throws -> [Record] {
    guard let kind = kind("region") else { return [] }
    return try list(
      kind,
      Query([.field("isAdministered", "true")], sort: "regionCode", limit: 10_000)
    )
    .filter { record in
      guard record["validTo"].isNone,
        let kind = record["regionKind"].text.flatMap(RegionKind.init(rawValue:))
      else { return false }
      return kind.isCountyUnit || kind == .managementZone
    }
  }
}
