package import Records
import Values

/// What a round of the list means for the plan of intake of the year it takes effect in (`program-list.md` §3.8): red
/// programs take nobody in, yellow ones no more than before, green ones up to so much more as the round says.
package struct ListEffects: Sendable {
  /// The programs of a card together.
  package struct Row: Hashable, Sendable {
    /// The card.
    package var card: ListCard
    /// How many programs, and how many of them have no plan of the year of the data.
    package var programs: Int
    package var unknown: Int
    /// The seats planned in the year of the data, and the most there may be in the year of effect.
    package var planned: Int
    package var most: Int
  }

  /// A row a card, red first; cards no program has are left out.
  package var rows: [Row]

  /// The seats planned in the year of the data, and the most there may be after the list.
  package var planned: Int { rows.reduce(0) { $0 + $1.planned } }
  package var most: Int { rows.reduce(0) { $0 + $1.most } }

  /// Adds up the plans of a round's programs.
  ///
  /// - Parameters:
  ///   - register: the register, as whoever asks sees it.
  ///   - round: the round.
  ///   - results: its results.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore, _ round: ListRound, _ results: [ListResult]) throws {
    var plans: [String: Int] = [:]
    if let kind = register.kind("programYearStat"), let year = round.dataYear {
      for record in try register.list(kind, Query([.field("year", String(year))], limit: 50_000)) {
        let stat = ProgramYearStat(values: record.values)
        plans[stat.offeringId] = stat.planned
      }
    }
    let growth = round.greenGrowth ?? 20
    rows = [ListCard.red, .yellow, .none, .green].compactMap { card in
      let own = results.filter { $0.card == card }
      guard !own.isEmpty else { return nil }
      let known = own.compactMap { plans[$0.offeringId] }
      let planned = known.reduce(0, +)
      let most =
        switch card {
        case .red: 0
        case .green: known.reduce(0) { $0 + $1 * (100 + growth) / 100 }
        default: planned
        }
      return Row(
        card: card,
        programs: own.count,
        unknown: own.count - known.count,
        planned: planned,
        most: most
      )
    }
  }
}
