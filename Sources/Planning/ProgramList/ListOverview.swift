import Calendar
import Ledger
package import Records
import Storage
package import Values

/// A round of the list as somebody may see it: how many of each card, and every program.
package struct ListOverview: Sendable {
  /// The round; `nil` when there is none.
  package var round: ListRound?
  /// All rounds, the newest first.
  package var rounds: [ListRound]
  /// The results the reader may see, the worst card first.
  package var results: [ListResult]

  /// Reads a round.
  ///
  /// - Parameters:
  ///   - register: the register as the reader may see it.
  ///   - id: the round; the newest when `nil`.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore, round id: String? = nil) throws {
    guard let rounds = register.kind("listRound"), let kind = register.kind("listResult") else {
      (round, self.rounds, results) = (nil, [], [])
      return
    }
    let all = try register.list(rounds, Query(limit: 500)).map { ListRound(values: $0.values) }
      .sorted { ($1.dataYear ?? 0, $1.roundId) < ($0.dataYear ?? 0, $0.roundId) }
    self.rounds = all
    let found = id.map { id in all.first { $0.roundId == id } } ?? all.first
    round = found
    guard let found else {
      results = []
      return
    }
    results = try register.list(kind, Query([.field("roundId", found.roundId)], limit: 100_000))
      .map { ListResult(values: $0.values) }
      .sorted { one, other in
        (one.card?.step ?? 9, one.schoolId, one.offeringId)
          < (other.card?.step ?? 9, other.schoolId, other.offeringId)
      }
  }

  /// How many programs have each card.
  package var cards: [ListCard: Int] {
    Dictionary(grouping: results) { $0.card ?? .none }.mapValues(\.count)
  }

  /// The round as JSON.
  package var json: JSON {
    .object([
      "round": .string(round?.roundId ?? ""), "title": .string(round?.title ?? ""),
      "state": .string(round?.state?.rawValue ?? ""),
      "documentNumber": .string(round?.documentNumber ?? ""),
      "cards": .object(
        ListCard.allCases.filter { $0 != .noAdd }.map {
          JSON.Member($0.rawValue, .integer(cards[$0] ?? 0))
        }
      ),
      "results": .array(
        results.map { result in
          .object([
            "id": .string(result.resultId), "offering": .string(result.offeringId),
            "school": .string(result.schoolId), "program": .string(result.programCode),
            "card": .string(result.card?.rawValue ?? ""),
            "computedCard": .string(result.computedCard?.rawValue ?? ""),
            "isNotToAdd": .boolean(result.isNotToAdd == true),
            "needsExperts": .boolean(result.needsExperts == true),
            "reasons": .array(result.reasons.map(JSON.string)),
            "undecided": .array(result.undecided.map(JSON.string)),
            "effectiveIntakeYear": result.effectiveIntakeYear.map(JSON.integer) ?? .null,
            "stage": .string(result.stage?.rawValue ?? ""),
          ])
        }
      ),
    ])
  }
}

/// What the supply ratio of a program becomes when seats are cut or added (模拟).
package struct SeatSimulation: Sendable {
  /// The program.
  package var program: String
  /// How many seats more, or fewer.
  package var seats: Int
  /// The supply ratio now.
  package var before: Exact
  /// What it becomes once those who are taken in have finished, if all else stays.
  package var after: Exact

  /// The sentence a user reads.
  package var sentence: String {
    let word = seats < 0 ? "减少 \(-seats) 个" : "增加 \(seats) 个"
    return
      "招生计划\(word)，按现在的报到率和留用率，供需比由 \(before.text(places: 2)) 变为 \(after.text(places: 2))（学生读完之后，需求不变时）。"
  }
}
