package import Records
package import Storage
package import Values

extension RecordStore {
  /// The units of county level the city administers now: districts, county-level cities and counties, and the
  /// zones beside them (the counting basis `byManagingUnit` of `assessment.md` §1.2).
  ///
  /// - Returns: their records, in the order of their codes.
  /// - Throws: the store's errors.
  package func managingUnits() throws -> [Record] { try store.read { try managingUnits(in: $0) } }

  /// The same units inside a transaction.
  package func managingUnits(in reading: any Reading) throws -> [Record] {
    guard let kind = kind("region") else { return [] }
    return try list(
      kind,
      Query([.field("isAdministered", "true")], sort: "regionCode", limit: 10_000),
      in: reading
    )
    .filter { record in Region.isManagingUnit { record[$0] } }
  }
}

extension Region {
  /// Whether a region, given by its fields, is such a unit.
  static func isManagingUnit(_ field: (String) -> Value) -> Bool {
    guard field("validTo").isNone, field("isAdministered").boolean == true,
      let kind = field("regionKind").text.flatMap(RegionKind.init(rawValue:))
    else { return false }
    return kind.isCountyUnit || kind == .managementZone
  }

  /// What is wrong with a region that has to report for itself: one that is in the code table only, as a place
  /// the city does not administer, would be weighed and ranked with the others (`assessment.md` §1.2).
  ///
  /// - Parameters:
  ///   - code: its code; nothing is wrong with none.
  ///   - surroundings: what is known of it.
  ///   - field: where it is told.
  /// - Returns: the problem, if any.
  package static func checkManagingUnit(_ code: String, _ surroundings: Surroundings, field: String)
    -> [Problem]
  {
    guard !code.isEmpty, surroundings.referred["region"]?[code] != nil,
      !isManagingUnit({ surroundings.referred("region", code, $0) })
    else { return [] }
    let name = surroundings.referred("region", code, "regionName").text ?? code
    return [Problem("REG-E-005", field, "“\(name)”不单独报数，请填写本市实际管辖的县（市、区）或功能区。")]
  }
}
