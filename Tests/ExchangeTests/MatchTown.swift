import CitongTesting
import Exchange
import Matching
import Records
import Testing
import Values

/// The example city with an enterprise in it and a desk that matches, for tests of who fits whom.
struct MatchTown {
  let city: TestCity
  private let index: MatchIndex
  private let desk: MatchDesk

  /// A secondary school of the example city, and another one.
  static let school = "S99101"
  static let otherSchool = "S99102"

  /// A job of the enterprise, from 1 August 2022 for a hundred days.
  static let job = [
    "kind": "graduateJob", "side": "demand", "title": "招收数控车工", "ownerEnterpriseId": "E1",
    "regionCode": "990102", "headcount": "12", "programRefs": "660103;12",
    "periodStart": "2022-08-01", "periodEnd": "2022-11-08",
  ]
  /// Graduates of the school at the same time.
  static let graduates = [
    "kind": "talentSupply", "side": "offer", "title": "数控班毕业生", "ownerSchoolId": school,
    "regionCode": "990102", "headcount": "30", "programRefs": "660103",
    "periodStart": "2022-08-01", "periodEnd": "2022-11-08",
  ]

  /// Runs a body in a town of its own.
  static func open(_ body: (MatchTown) throws -> Void) throws {
    try withCity { city in
      let index = MatchIndex(city.register, city: city.city)
      let desk = MatchDesk(city.register, city: city.city, index: index)
      let town = MatchTown(city: city, index: index, desk: desk)
      try town.save(
        "enterprise",
        [
          "enterpriseId": "E1", "uscc": "91350599MA2XQ0002X", "enterpriseName": "海棠机械有限公司",
          "registeredRegionCode": "990102", "gbIndustryCode": "C34",
        ]
      )
      try body(town)
    }
  }

  /// Writes a record with some fields changed; matching knows of it at once.
  ///
  /// - Returns: its identifier.
  @discardableResult
  func save(
    _ kind: String,
    _ texts: [String: String],
    _ changes: [String: String] = [:],
    id: String? = nil
  ) throws -> String {
    let record = try city.save(kind, texts.merging(changes) { $1 }, id: id)
    try index.catchUp()
    return record.id
  }

  /// Posts an item with some fields changed.
  func post(_ texts: [String: String], _ changes: [String: String] = [:]) throws -> String {
    try save("exchangeItem", texts, changes)
  }

  /// What a match of a posted item finds.
  func match(_ id: String, for reader: Reader = .officer) throws -> MatchResult {
    try #require(try desk.match(id: id, most: 200, for: reader))
  }

  /// How something answers a posted item; `nil` when it is neither recommended nor a near miss.
  func fit(_ id: String, _ other: String, for reader: Reader = .officer) throws -> Fit? {
    let result = try match(id, for: reader)
    if let found = result.candidates.first(where: { $0.profile.id == other }) {
      return Fit(candidate: found, isRecommended: true)
    }
    return result.nearMisses.first { $0.profile.id == other }
      .map { Fit(candidate: $0, isRecommended: false) }
  }

  /// A candidate or a near miss.
  struct Fit {
    let candidate: Candidate
    let isRecommended: Bool

    /// The gates that are shut: code, reason, and the way to open each.
    var gates: [String] {
      candidate.failed.map { "\($0.code) \($0.reason) → \($0.remedy)" }
    }

    /// What a dimension says; `nil` when it has no weight.
    func factor(_ name: String) -> Factor? {
      candidate.card.factors.first { $0.dimension.name == name }
    }
  }
}
