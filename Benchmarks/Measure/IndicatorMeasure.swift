import Calendar
import Indicators
import Ledger
import Records
import Storage
import Values

/// How long all indicators of a city take, for the city, its counties and its schools over five years: all
/// anew, and after one change.
struct IndicatorMeasure {
  /// How many changes are made.
  private static let changes = 40
  /// How many years the schools' numbers go back.
  private static let years = 5

  private let ground: ItemRegister

  init(_ ground: ItemRegister) { self.ground = ground }

  /// Measures; the city's values go with it, to be held against those of other programs.
  func run() throws -> JSON {
    try lengthen()
    let register = ground.register
    let units = try register.managingUnits().map { IndicatorPlace(.county, $0.id) }
    let schools = try ground.all("school").filter { $0["status"].text == "active" }
      .map { IndicatorPlace(.school, $0.id) }
    let places = [.city] + units + schools
    var full = Times()
    var values = 0
    for _ in 0..<9 {
      values = try full.note { try reckon(IndicatorBook(register), places) }
    }
    let book = IndicatorBook(register)
    _ = try reckon(book, places)
    var after = Times()
    let stats = try ground.all("schoolAnnualStat").suffix(Self.changes)
    for stat in stats {
      let more = (stat["enrolled"].integer ?? 0) + 1
      try write([Draft(["enrolled": .text(String(more))], id: stat.id)])
      try after.note {
        _ = try register.store.read { try book.reckon(in: $0).value("S4")?.display }
      }
    }
    let city = try register.store.read { reading in
      let reckoning = try book.reckon(in: reading)
      return try reckoning.values().flatMap(\.flattened).map { value in
        JSON.Member(
          value.indicator.code,
          value.answer.exact.map { .number(String($0.approximate)) } ?? .null
        )
      }
    }
    return .object([
      "indicators": .integer(try indicators()), "places": .integer(places.count),
      "values": .integer(values), "full": full.json, "after": after.json, "city": .object(city),
    ])
  }

  private func indicators() throws -> Int { try ground.all("indicator").count }

  /// Every indicator at every place it is told of, in five years; how many values there are.
  private func reckon(_ book: IndicatorBook, _ places: [IndicatorPlace]) throws -> Int {
    try ground.register.store.read { reading in
      let reckoning = try book.reckon(in: reading)
      var count = 0
      for indicator in reckoning.indicators {
        let told = places.filter { indicator.toldAt.contains($0.level) }
        let years = reckoning.years(of: indicator.code).suffix(Self.years)
        for year in years.isEmpty ? [""] : Array(years) {
          count += try reckoning.values(indicator.code, at: told, year: year).count
        }
      }
      return count
    }
  }

  /// Gives every school numbers for two more years before the first.
  private func lengthen() throws {
    let stats = try ground.all("schoolAnnualStat")
    guard let first = stats.compactMap({ $0["schoolYear"].text.flatMap { SchoolYear($0) } }).min()
    else { return }
    var drafts: [Draft] = []
    for back in 1...2 {
      let year = SchoolYear(firstYear: first.firstYear - back)
      for stat in stats where stat["schoolYear"].text == first.description {
        var fields: [String: Draft.Input] = [:]
        for (field, value) in zip(stat.kind.fields, stat.values)
        where !value.isNone && field.name != "statId" {
          fields[field.name] = .text(field.plain(value))
        }
        fields["schoolYear"] = .text(year.description)
        drafts.append(Draft(fields))
      }
    }
    try write(drafts)
  }

  private func write(_ drafts: [Draft]) throws {
    guard let kind = ground.register.kind("schoolAnnualStat") else { return }
    let outcomes = try ground.register.saveAll(kind, drafts, by: ItemRegister.actor, isWhole: true)
    guard let flaw = outcomes.first(where: { $0.verdict == .refused }) else { return }
    let words = flaw.problems.filter(\.blocks).map { "\($0.code) \($0.message)" }
    throw ItemRegister.Unusable(description: "年度统计被退回：" + words.joined(separator: " "))
  }
}
