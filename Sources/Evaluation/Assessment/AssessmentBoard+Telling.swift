package import Records
package import Values

extension AssessmentBoard {
  /// Who may be told how an organisation did, point by point: the city's bureau at any time, a county or a
  /// school of itself once the first opinion is given.
  ///
  /// - Parameter reader: who asks.
  /// - Returns: the cards they may see whole.
  package func cards(for reader: Reader) -> [Scorecard] {
    switch reader.role {
    case .cityBureau: return cards
    case .countyBureau where scheme.targetType == .county && scheme.status?.isTold == true:
      return cards.filter { $0.organisation == reader.region }
    case _
    where Role.ofSchool.contains(reader.role) && scheme.targetType == .school
      && scheme.status?.isTold == true:
      return cards.filter { $0.organisation == reader.organisation }
    default: return []
    }
  }

  /// Whether somebody may be told the grades and places of all: the city's bureau, and anybody once they are
  /// given notice of (公示).
  ///
  /// - Parameter reader: who asks.
  /// - Returns: whether they may.
  package func tellsPlaces(to reader: Reader) -> Bool {
    reader.role == .cityBureau || scheme.status?.isOpen == true
  }

  /// Whether somebody is told how many values the city has yet to confirm: whoever is told points.
  ///
  /// - Parameter reader: who asks.
  /// - Returns: whether they are.
  package func tellsUnconfirmed(to reader: Reader) -> Bool { !cards(for: reader).isEmpty }

  /// The board as the API gives it to somebody.
  package func json(for reader: Reader) -> JSON {
    let whole = Set(cards(for: reader).map(\.organisation))
    let told = tellsPlaces(to: reader) ? cards : cards.filter { whole.contains($0.organisation) }
    return .object([
      "scheme": .string(scheme.schemeCode), "title": .string(scheme.title),
      "year": .integer(scheme.year ?? 0), "status": .string(scheme.status?.rawValue ?? ""),
      "unconfirmed": tellsUnconfirmed(to: reader) ? .integer(unconfirmed) : .null,
      "organisations": .array(
        told.map { card in
          whole.contains(card.organisation) ? card.json : card.summary
        }
      ),
    ])
  }
}

extension Scorecard {
  var summary: JSON {
    .object([
      "id": .string(organisation), "name": .string(name), "grade": .string(grade),
      "rank": .integer(rank),
    ])
  }

  /// The card as the API gives it, point by point.
  package var json: JSON {
    .object(
      (summary.members ?? []) + [
        JSON.Member("total", .number(total.text(places: 2))),
        JSON.Member("bonus", .number(bonus.text(places: 2))),
        JSON.Member("deduct", .number(deduct.text(places: 2))),
        JSON.Member("bestRank", .integer(ranks.lowerBound)),
        JSON.Member("worstRank", .integer(ranks.upperBound)),
        JSON.Member("vetoes", .array(vetoes.map(JSON.string))),
        JSON.Member(
          "leaves",
          .array(
            leaves.map { leaf in
              .object([
                "code": .string(leaf.indicator.code), "name": .string(leaf.indicator.name),
                "value": leaf.value.map { .number($0.text(places: 6)) } ?? .null,
                "score": .number(leaf.score.text(places: 2)),
                "full": .number(leaf.full.text(places: 2)), "light": .string(leaf.light),
                "why": .string(leaf.why), "numbers": .array(leaf.numbers.map(JSON.string)),
              ])
            }
          )
        ),
      ]
    )
  }
}
