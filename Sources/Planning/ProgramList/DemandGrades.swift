import Records
import Rules
package import Values

/// How wanted a program is in the city (紧缺急需), from A, most wanted, to E.
///
/// The score of `program-list.md` §3.7: 0.35 of the growth of demand and 0.30 of vacancies by graduates, both in
/// standard deviations from the mean of all programs, 0.20 for a program of the city's industry chains.
/// The 0.15 of the survey of enterprises are left out as long as there is none. A score orders programs; it
/// is no figure, and reckoned in binary floating point.
package struct DemandGrade: Sendable {
  /// The code of the program.
  package var program: String
  /// What it is called.
  package var name: String
  /// The grade; `nil` where demand is not known.
  package var grade: String?
  /// The score with two places; `nil` where demand is not known.
  package var score: String?
  /// The growth of demand.
  package var growth: Exact?
  /// Graduates who stay by vacancies.
  package var supply: Exact?
  /// Whether it serves an industry chain of the city.
  package var isOfChain: Bool
  /// In how many schools it is offered.
  package var sites: Int

  /// Grades the programs of a book, the most wanted first.
  ///
  /// - Parameter book: the facts.
  /// - Returns: the grades; those without one last.
  package static func all(_ book: ProgramFactBook) -> [DemandGrade] {
    var byProgram: [String: [ProgramFacts]] = [:]
    for facts in book.all {
      byProgram[facts.offering["programCode"].text ?? "", default: []].append(facts)
    }
    var grades = byProgram.keys.sorted().map { code -> DemandGrade in
      let all = byProgram[code] ?? []
      let values = all.first?.values ?? [:]
      return DemandGrade(
        program: code,
        name: book.name(of: code),
        growth: values["需求增长率"]?.exact,
        supply: values["供需比"]?.exact,
        isOfChain: all.contains { $0.values["对接重点产业"]?.bool == true },
        sites: Set(all.compactMap { $0.offering["schoolId"].text }).count
      )
    }
    let growths = deviations(grades.map { $0.growth?.approximate })
    let needs = deviations(
      grades.map { $0.supply.flatMap { Exact(1).divided(by: $0) }?.approximate }
    )
    var scores: [String: Double] = [:]
    for place in grades.indices {
      guard let growth = growths[place], let need = needs[place] else { continue }
      let score = 0.35 * growth + 0.30 * need + (grades[place].isOfChain ? 0.20 : 0)
      scores[grades[place].program] = score
      grades[place].grade = letter(score)
      grades[place].score = text(score)
    }
    return grades.sorted { one, other in
      let (first, second) = (scores[one.program], scores[other.program])
      if first == nil || second == nil {
        return first != nil || (second == nil && one.program < other.program)
      }
      return first == second ? one.program < other.program : (first ?? 0) > (second ?? 0)
    }
  }

  private static func letter(_ score: Double) -> String {
    switch score {
    case 1...: "A"
    case 0.5...: "B"
    case (-0.5)...: "C"
    case (-1)...: "D"
    default: "E"
    }
  }

  private static func text(_ score: Double) -> String {
    let hundredths = Int((score * 100).rounded())
    return Exact(hundredths, places: 2)?.text(places: 2) ?? ""
  }

  /// How many standard deviations each is from the mean of those that are known; nought where all are alike.
  private static func deviations(_ numbers: [Double?]) -> [Double?] {
    let known = numbers.compactMap(\.self)
    guard !known.isEmpty else { return numbers }
    let mean = known.reduce(0, +) / Double(known.count)
    let spread = (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count))
      .squareRoot()
    return numbers.map { $0.map { spread == 0 ? 0 : ($0 - mean) / spread } }
  }
}
