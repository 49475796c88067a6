import CitongTesting
@testable import Planning
import Records
import Testing
import Values

/// What a list means for the plan of intake.
@Suite struct ListEffectsTests {
  @Test
  func
    `red takes nobody in, yellow no more, green a fifth more, and the total is that of the rows`()
    throws
  {
    try withCity(demo: true) { city in
      let overview = try ListOverview(city.register)
      let round = try #require(overview.round)
      let effects = try ListEffects(city.register, round, overview.results)
      #expect(effects.rows.reduce(0) { $0 + $1.programs } == overview.results.count)
      for row in effects.rows {
        switch row.card {
        case .red: #expect(row.most == 0)
        case .green: #expect(row.most > row.planned && row.most <= row.planned * 6 / 5)
        default: #expect(row.most == row.planned)
        }
      }
      #expect(effects.most == effects.rows.reduce(0) { $0 + $1.most })
    }
  }
}
