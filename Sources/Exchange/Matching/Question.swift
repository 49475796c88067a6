import Values

/// What is asked, prepared once for comparing it with many candidates.
package final class Question: Sendable {
  /// The item asked for.
  let asked: Profile
  /// What its text suggests; empty when the item says everything itself.
  let suggested: Suggestions
  let knowledge: MatchKnowledge
  /// What posts of each kind and category pay, in ascending order.
  let pays: [String: [Int]]
  /// The owners with whom the asker shall not be brought together.
  let closed: Set<String>
  /// The occupations each wish of the item leads to, with those the item names.
  let wishOccupations: [Set<String>]
  /// The suggested programs by code, and the surest of each class and category.
  let guessed: [String: Suggestions.Guess]
  let guessedClass: [String: Suggestions.Guess]
  let guessedCategory: [Int: Suggestions.Guess]
  /// The chain nodes it is about, suggested ones where it names none, with their chains and divisions.
  let nodes: Set<String>
  let chains: Set<String>
  let divisions: Set<String>
  /// The suggested chain nodes and skills.
  let guessedNodes: Set<String>
  let guessedSkills: [Profile.Skill]

  /// Prepares a question.
  init(
    _ asked: Profile,
    suggested: Suggestions,
    knowledge: MatchKnowledge,
    pays: [String: [Int]],
    closed: Set<String> = []
  ) {
    self.pays = pays
    self.closed = closed
    self.asked = asked
    self.suggested = suggested
    self.knowledge = knowledge
    wishOccupations = asked.wishes.map { wish in
      (wish.code.flatMap { knowledge.occupations[$0] } ?? []).union(asked.occupations)
    }
    var byCode: [String: Suggestions.Guess] = [:]
    var byClass: [String: Suggestions.Guess] = [:]
    var byCategory: [Int: Suggestions.Guess] = [:]
    for guess in suggested.programs {
      if byCode[guess.code] == nil { byCode[guess.code] = guess }
      guard let program = ProgramCode(guess.code) else { continue }
      if byClass[program.classKey] == nil { byClass[program.classKey] = guess }
      if byCategory[program.categoryIndex] == nil { byCategory[program.categoryIndex] = guess }
    }
    guessed = byCode
    guessedClass = byClass
    guessedCategory = byCategory
    guessedNodes = Set(suggested.industryNodes.map(\.code))
    nodes = asked.nodes.isEmpty ? guessedNodes : asked.nodes
    chains = Set(nodes.compactMap { knowledge.chains[$0] })
    divisions = nodes.reduce(into: []) { $0.formUnion(knowledge.divisions[$1] ?? []) }
    guessedSkills = suggested.skills.map {
      Profile.Skill(term: $0.code, name: $0.name, isMust: false)
    }
  }
}
