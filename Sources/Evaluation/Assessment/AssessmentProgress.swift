import Ledger
package import Records
import Values

/// How far one organisation is with its form.
package struct AssessmentProgress: Hashable, Sendable {
  /// Its code or number, and its name.
  package var organisation: String
  package var name: String
  /// How many numbers it is asked.
  package var asked: Int
  /// How many it reported, those returned left out.
  package var reported: Int
  /// How many the county reviewed, or the city confirmed.
  package var reviewed: Int
  /// How many the city confirmed.
  package var confirmed: Int

  /// How far all are who are assessed by a scheme and whom somebody may see.
  ///
  /// - Parameters:
  ///   - register: the whole register.
  ///   - board: the scheme, computed.
  ///   - reader: who asks: the city's bureau, a county of itself and its schools, a school of itself.
  /// - Returns: a line each, whoever lacks most first.
  /// - Throws: the store's errors.
  package static func all(_ register: RecordStore, _ board: AssessmentBoard, for reader: Reader)
    throws -> [AssessmentProgress]
  {
    let asked = Set(board.indicators.filter { $0.method != nil }.flatMap(\.elementCodes)).count
    return try organisations(register, board.scheme, reader).map { id, name in
      let values = board.values(of: id)
      return AssessmentProgress(
        organisation: id,
        name: name,
        asked: asked,
        reported: values.count { $0.status != .returned },
        reviewed: values.count { $0.status == .countyReviewed || $0.status == .cityConfirmed },
        confirmed: values.count { $0.status == .cityConfirmed }
      )
    }.sorted { ($0.reported, $0.organisation) < ($1.reported, $1.organisation) }
  }

  private static func organisations(
    _ register: RecordStore,
    _ scheme: AssessmentScheme,
    _ reader: Reader
  ) throws -> [(String, String)] {
    let isSchool = scheme.targetType == .school
    let isMine = { (id: String, county: String) -> Bool in
      switch reader.role {
      case .cityBureau: true
      case .countyBureau: county == reader.region
      case _ where Role.ofSchool.contains(reader.role): isSchool && id == reader.organisation
      default: false
      }
    }
    guard isSchool else {
      return try register.managingUnits().filter { isMine($0.id, $0.id) }.map { ($0.id, $0.title) }
    }
    guard let kind = register.kind("school") else { return [] }
    return try register.list(kind, Query([.field("status", "active")], limit: 10_000))
      .filter { isMine($0.id, $0["locationRegionCode"].text ?? "") }.map { ($0.id, $0.title) }
  }
}
