import Calendar
package import Records
import Storage
package import Values

/// How many schools of the city meet the conditions in a year, by county and by indicator (达标率).
package struct ConditionOverview: Sendable {
  /// A school with what is found of it.
  package struct School: Sendable {
    /// The school's identifier.
    package var id: String
    /// Its name.
    package var name: String
    /// Its county.
    package var region: String
    /// The record of the year.
    package var record: Record
    /// What is found.
    package var compliance: SchoolCompliance
  }

  /// A group of schools: how many count, how many meet everything, how many can't be told.
  package struct Share: Hashable, Sendable {
    /// How many count.
    package var inScope = 0
    /// How many meet everything.
    package var passing = 0
    /// How many can't be told.
    package var unknown = 0

    /// The share of those that meet everything; `nil` where none counts.
    package var rate: Exact? { Exact(Int128(passing), over: Int128(inScope)) }

    mutating func count(_ school: School) {
      guard school.compliance.year.counts else { return }
      inScope += 1
      if school.compliance.allPass == true { passing += 1 }
      if school.compliance.allPass == nil { unknown += 1 }
    }
  }

  /// The year.
  package var year: Int
  /// The years there are data of, the newest first.
  package var years: [Int]
  /// The schools, by county and name.
  package var schools: [School]

  /// All schools together.
  package var whole: Share { share { _ in true } }
  /// The schools of a county.
  package func share(of region: String) -> Share { share { $0.region == region } }
  /// The counties that have schools.
  package var regions: [String] { Set(schools.map(\.region)).sorted() }

  private func share(_ isMeant: (School) -> Bool) -> Share {
    schools.filter(isMeant).reduce(into: Share()) { $0.count($1) }
  }

  /// How many schools would count, were their data verified by the city.
  package var unverified: Int {
    schools.count { $0.compliance.year.inScope == true && !$0.compliance.year.counts }
  }

  /// The schools that count and lack one indicator only, nearest to passing.
  package var oneAway: [School] {
    schools.filter {
      $0.compliance.year.counts && $0.compliance.failed.count == 1 && $0.compliance.missing.isEmpty
    }
  }

  /// How many schools that count fail an indicator, by its code, most first.
  package var failures: [(indicator: ConditionIndicator, schools: Int)] {
    var counts: [String: (ConditionIndicator, Int)] = [:]
    for school in schools where school.compliance.year.counts {
      for result in school.compliance.failed {
        let code = result.indicator.indicatorCode
        counts[code] = (result.indicator, (counts[code]?.1 ?? 0) + 1)
      }
    }
    return counts.values.map { (indicator: $0.0, schools: $0.1) }
      .sorted {
        ($1.schools, $0.indicator.indicatorCode) < ($0.schools, $1.indicator.indicatorCode)
      }
  }

  /// How many more schools have to meet everything for a rate.
  ///
  /// - Parameter rate: the rate.
  /// - Returns: the number; 0 when it is reached.
  package func missing(to rate: Exact) -> Int {
    let whole = whole
    guard let needed = rate.multiplied(by: Exact(whole.inScope)) else { return 0 }
    let count = needed.roundedUp(places: 0).whole ?? 0
    return max(0, count - whole.passing)
  }

  /// Judges the schools of a register, as whoever reads it may see them.
  ///
  /// - Parameters:
  ///   - register: the register.
  ///   - year: the year; when `nil` the newest that counts, so that the first draft of a new year does not push
  ///     the rate aside, else the newest there are data of.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore, year: Int? = nil) throws {
    let rules = try ConditionRules(register)
    guard let kind = register.kind("conditionYear"), let schoolKind = register.kind("school") else {
      self.init(year: year ?? 0, years: [], schools: [])
      return
    }
    let records = try register.list(kind, Query(limit: 100_000))
    let data = records.map { ($0, ConditionYear(values: $0.values)) }
    let years = Set(data.compactMap(\.1.year)).sorted(by: >)
    let chosen = year ?? data.filter(\.1.counts).compactMap(\.1.year).max() ?? years.first ?? 0
    let bySchool = Dictionary(grouping: data, by: \.1.schoolId)
    let schools = try data.filter { $0.1.year == chosen }.compactMap { record, data -> School? in
      guard let school = try register.record(schoolKind, data.schoolId) else { return nil }
      let former = (bySchool[data.schoolId] ?? [])
        .filter { ($0.1.year ?? 0) < chosen && ($0.1.year ?? 0) >= chosen - 2 }
        .sorted { ($0.1.year ?? 0) < ($1.1.year ?? 0) }
        .map { rules.judge($0.0).card }
      return School(
        id: school.id,
        name: school.title,
        region: school["locationRegionCode"].text ?? "",
        record: record,
        compliance: rules.judge(record, after: former)
      )
    }
    self.init(
      year: chosen,
      years: years,
      schools: schools.sorted { ($0.region, $0.name) < ($1.region, $1.name) }
    )
  }

  /// Puts schools together that were judged.
  package init(year: Int, years: [Int], schools: [School]) {
    (self.year, self.years, self.schools) = (year, years, schools)
  }
}
