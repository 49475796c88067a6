import Storage
package import Calendar
package import Records
import Values

/// Fills a register with invented records that add up to the city's plan (`demo.csv`).
///
/// Everything is deterministic, carries the source “演示数据” and is written through the same checks
/// as any other record. No figure is ever attached to a real school: those of the city's folder are
/// set to “verified, not in use”, so that figures count the invented ones alone.
package struct LedgerDemo {
  /// A record the generator made was refused; a fault of the plan or the generator.
  package struct Flawed: Error, CustomStringConvertible {
    /// What was refused and why.
    package var description: String

    /// Makes a fault.
    package init(description: String) { self.description = description }
  }

  let register: RecordStore
  let city: City
  let plan: DemoPlan
  var random = DemoRandom(seed: 20_220_714)
  var counties: [DemoCounty] = []
  var programs: [Record] = []
  var nodes: [Record] = []
  var schools: [School] = []
  var enterprises: [Enterprise] = []

  /// Who the audit names.
  package static let actor = Actor(name: "演示数据生成器", source: .demo)

  /// Makes a generator for a city with a plan.
  package init(_ register: RecordStore, city: City) {
    self.register = register
    self.city = city
    plan = DemoPlan(city.demoPlan)
  }

  /// Fills the register.
  ///
  /// - Throws: `Flawed` when a record is refused; the store's errors.
  package mutating func fill() throws {
    try readGround()
    try retireRealSchools()
    try makeSchools()
    try makeStatistics()
    try makeOfferings()
    try makeEnterprises()
    try makeCooperation()
    try makeHonours()
    try makeCarriers()
    try makePilots()
    try makeTrainingAndFunds()
  }

  /// Writes typed records through the checks.
  @discardableResult
  func write<Root: DeclaredRecord>(_ records: [Root]) throws -> [Outcome] {
    try Self.write(records, into: register)
  }

  /// Writes typed records of a demo through the checks.
  ///
  /// - Parameters:
  ///   - records: the records.
  ///   - register: the register.
  /// - Returns: what became of each.
  /// - Throws: `Flawed` when a record is refused: none is written then; the store's errors.
  @discardableResult
  package static func write<Root: DeclaredRecord>(_ records: [Root], into register: RecordStore)
    throws -> [Outcome]
  {
    guard let kind = register.kind(Root.declaration.name) else { return [] }
    let outcomes = try register.saveAll(kind, records.map(Draft.init), by: actor, isWhole: true)
    if let flaw = outcomes.first(where: { $0.verdict == .refused }) {
      let words = flaw.problems.map { "\($0.path) \($0.code) \($0.message)" }.joined(separator: " ")
      throw Flawed(description: "\(kind.label)：\(words)")
    }
    return outcomes
  }

  private mutating func readGround() throws {
    func all(_ name: String, _ query: Query = Query()) throws -> [Record] {
      guard let kind = register.kind(name) else { return [] }
      return try register.store.read { reading in
        var records: [Record] = []
        try register.each(kind, query, in: reading) { records.append($0) }
        return records
      }
    }
    let regions = try all("region")
    let units = regions.filter {
      $0["parentCode"].text == city.code && $0["isAdministered"].boolean == true
        && $0["validTo"].isNone
        && ($0["regionKind"].text.flatMap(RegionKind.init(rawValue:))?.isCountyUnit ?? false)
    }
    let zones = regions.filter { $0["regionKind"].text == "managementZone" }
    counties = units.map { DemoCounty($0) }
    for zone in zones {
      let towns = zone["zoneTownshipCodes"].list
      if let index = counties.firstIndex(where: { county in
        towns.contains { $0.hasPrefix(county.code) }
      }) {
        counties[index].zones.append(zone.id)
      }
    }
    programs = try all("program")
    nodes = try all("industryNode")
    guard !counties.isEmpty, !programs.isEmpty else {
      throw Flawed(description: "城市文件夹里没有可用的县（市、区）或专业，无法生成演示数据")
    }
  }

  /// Real schools stay as public identities only.
  private func retireRealSchools() throws {
    guard let kind = register.kind("school") else { return }
    let real = try register.list(
      kind,
      Query([.field("sourceSystem", "city"), .field("status", "active")], limit: 1000)
    )
    for school in real {
      try register.save(
        kind,
        Draft(["status": .text("verified")], id: school.id),
        by: Actor(name: Self.actor.name, source: .city, document: "演示数据库：真实院校只列公开身份")
      )
    }
  }
}

/// A county the demo data is spread over.
struct DemoCounty {
  var code: String
  var name: String
  var longitude: Int
  var latitude: Int
  var zones: [String] = []

  init(_ record: Record) {
    code = record.id
    name = record["shortName"].text ?? record.title
    longitude = record["longitude"].integer ?? 0
    latitude = record["latitude"].integer ?? 0
  }

  /// A place within about ten kilometres of the seat.
  func point(_ random: inout DemoRandom) -> (longitude: Int, latitude: Int) {
    (longitude + random.number(-90_000...90_000), latitude + random.number(-80_000...80_000))
  }
}

/// The numbers of `demo.csv`.
package struct DemoPlan: Sendable {
  private let entries: [String: String]

  init(_ entries: [String: String]) { self.entries = entries }

  /// A whole number of the plan; 0 when it is not planned.
  func count(_ key: String) -> Int { entries[key].flatMap { Int($0) } ?? 0 }

  /// A fraction of the plan.
  func ratio(_ key: String) -> Ratio { entries[key].flatMap { Ratio(decimal: $0) } ?? .zero }

  /// The day the demo data describes.
  package var asOf: CivilDate? { entries["asOf"].flatMap { CivilDate($0) } }
}
