import Foundation
package import Ledger
import Matching
package import Records
package import Storage
package import Values

/// What a text alone suggests of an item: never a fact until somebody confirms it.
package struct Suggestions: Sendable {
  /// One suggested code with how sure the text makes us, 0…1.
  package struct Guess: Sendable {
    /// The code.
    package var code: String
    /// The name of what the code stands for.
    package var name: String
    /// How sure, 0…1.
    package var confidence: Ratio
  }

  /// Programs, surest first.
  package var programs: [Guess] = []
  /// Occupations, surest first.
  package var occupations: [Guess] = []
  /// Nodes of industry chains whose keywords the text names.
  package var industryNodes: [Guess] = []
  /// Skills of the vocabulary the text names.
  package var skills: [Guess] = []
  /// How well each program answers the text, to order candidates of equal score.
  package var textScores: [String: Double] = [:]
}

/// Suggests programs, occupations, skills and chain nodes from a text, by the knowledge in the register.
///
/// Titles are cleaned and looked up in the texts of programs and occupations; what programs and
/// occupations have to do with each other, programs of one class and programs of one name lend each
/// other weight. See `docs/matching.md`.
package struct Suggester: Sendable {
  private struct Program {
    var code: String
    var name: String
    var classKey: String
  }

  private var programs: [Program] = []
  private var occupations: [(code: String, name: String)] = []
  private var programIndex = RankedIndex([], weights: [])
  private var occupationIndex = RankedIndex([], weights: [])
  /// Occupation number → program number → how sure the link is.
  private var edges: [Int: [Int: Double]] = [:]
  private var sameName: [[Int]] = []
  private var sameClass: [[Int]] = []
  private var skillWords = Lexicon()
  private var nodeWords = Lexicon()
  private var names: [String: String] = [:]
  /// Kept only while the links are read.
  private var introOccupations: [String: [String]] = [:]
  private var minorNames: [String: String] = [:]
  /// Whether the introductions of programs are there; without them a text says little for certain.
  private var isInformed = false

  private static let programWeights = [10.0, 1.0, 4.0, 4.0, 1.5, 1.0, 0.7, 0.7, 1.0]
  private static let occupationWeights = [6.0, 5.0, 1.0, 0.7, 1.0]

  /// Reads the knowledge out of a register.
  package init(_ register: RecordStore, city: City, in reading: any Reading) throws {
    try readPrograms(register, reading)
    try readOccupations(register, reading)
    try readEdges(register, reading)
    for term in city.vocabulary {
      names[term.id] = term.name
      for word in [term.name] + term.synonyms { skillWords.add(word, for: term.id) }
    }
    try Self.each("industryNode", register, reading) { node in
      names[node.id] = node.title
      for word in [node.title] + node["keywords"].list { nodeWords.add(word, for: node.id) }
    }
  }

  /// What a text suggests.
  ///
  /// - Parameters:
  ///   - title: the title, which says most.
  ///   - description: more text; its rarest words are looked at.
  /// - Returns: what the text suggests; empty when it says nothing known.
  package func suggest(title: String, description: String = "") -> Suggestions {
    var suggestions = Suggestions()
    for id in skillWords.meanings(in: title + "\n" + description).prefix(15) {
      suggestions.skills.append(.init(code: id, name: names[id] ?? id, confidence: Ratio(4, 5)))
    }
    for id in nodeWords.meanings(in: title + "\n" + description).prefix(3) {
      suggestions.industryNodes.append(
        .init(code: id, name: names[id] ?? id, confidence: Ratio(1, 2))
      )
    }
    let query = query(title, description)
    guard !query.isEmpty, !programs.isEmpty else { return suggestions }
    let found = rankedOccupations(query)
    suggestions.occupations = found.compactMap { guess in
      let sureness = strength(query, occupationIndex, found.first?.raw ?? 0)
      let confidence = 0.65 * guess.share * guess.share * sureness
      guard confidence >= 0.05 else { return nil }
      let occupation = occupations[guess.number]
      return .init(
        code: occupation.code,
        name: occupation.name,
        confidence: thousandths(confidence)
      )
    }
    let (scores, sureness) = rankedPrograms(query, found.map { ($0.number, $0.share) })
    let top = scores.max() ?? 0
    guard top > 0 else { return suggestions }
    let order = scores.indices.filter { scores[$0] > 0.3 * top }
      .sorted { (scores[$0], programs[$1].code) > (scores[$1], programs[$0].code) }.prefix(120)
    for number in order {
      let program = programs[number]
      suggestions.textScores[program.code] = scores[number]
      let confidence = Self.curve(scores[number] / top, Self.relative) * sureness
      guard confidence >= 0.005 else { continue }
      suggestions.programs.append(
        .init(code: program.code, name: program.name, confidence: thousandths(confidence))
      )
    }
    return suggestions
  }

  // MARK: Ranking

  private func rankedOccupations(_ query: RankedIndex.Bag) -> [(
    number: Int, share: Double, raw: Double
  )] {
    guard !occupations.isEmpty else { return [] }
    let scores = occupationIndex.scores(query)
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }.prefix(6)
    guard let first = order.first, scores[first] > 0 else { return [] }
    return order.filter { scores[$0] >= 0.4 * scores[first] }
      .map { ($0, scores[$0] / scores[first], scores[$0]) }
  }

  private func rankedPrograms(_ query: RankedIndex.Bag, _ found: [(number: Int, share: Double)])
    -> (
      scores: [Double], sureness: Double
    )
  {
    var scores = programIndex.scores(query)
    let best = scores.max() ?? 0
    let sureness = strength(query, programIndex, best)
    guard best > 0 || !found.isEmpty else { return (scores, 0) }
    if best > 0 { for number in scores.indices { scores[number] /= best } }
    var lent: [Int: Double] = [:]
    for (number, share) in found {
      for (program, sure) in edges[number] ?? [:] {
        lent[program] = max(lent[program] ?? 0, share * share * sure)
      }
    }
    for (program, amount) in lent { scores[program] += 0.25 * amount }
    for group in sameName {
      let top = 0.9 * (group.map { scores[$0] }.max() ?? 0)
      for number in group { scores[number] = max(scores[number], top) }
    }
    for group in sameClass {
      let top = group.map { scores[$0] }.sorted(by: >).prefix(5)
      let mean = top.reduce(0, +) / Double(max(1, top.count))
      for number in group { scores[number] += 0.3 * mean }
    }
    return (scores, sureness)
  }

  /// How much of what the query asks the best text answers, as a factor 0…1.
  private func strength(_ query: RankedIndex.Bag, _ index: RankedIndex, _ best: Double) -> Double {
    let possible = index.bestPossible(query, countsUnknown: !isInformed)
    guard possible > 0 else { return 0 }
    return Self.curve(best / possible, Self.absolute)
  }

  private static let relative: [(Double, Double)] = [
    (0, 0), (0.2, 0.05), (0.4, 0.20), (0.6, 0.28), (0.8, 0.45), (0.9, 0.55), (1, 0.65),
  ]
  private static let absolute: [(Double, Double)] = [
    (0.05, 0.02), (0.1, 0.15), (0.2, 0.45), (0.3, 0.7), (0.4, 1),
  ]

  private static func curve(_ x: Double, _ points: [(Double, Double)]) -> Double {
    guard let first = points.first, x > first.0 else { return points.first?.1 ?? 0 }
    for (low, high) in zip(points, points.dropFirst()) where x <= high.0 {
      return low.1 + (high.1 - low.1) * (x - low.0) / (high.0 - low.0)
    }
    return points.last?.1 ?? 0
  }

  private func thousandths(_ number: Double) -> Ratio {
    Ratio(Int128((number * 1000).rounded()), 1000)
  }

  // MARK: The query

  private func query(_ title: String, _ description: String) -> RankedIndex.Bag {
    let clean = Self.cleaned(title)
    var bag = Self.bag(clean)
    let extra = TitleWords.aliases.filter { clean.contains($0.spelling) }.map(\.words)
    for (gram, weight) in Self.bag(extra.joined(separator: " ")) {
      bag[gram, default: 0] += weight
    }
    for (gram, weight) in bag { bag[gram] = min(weight, 1) }
    guard !description.isEmpty else { return bag }
    let more = Self.bag(Self.cleaned(String(description.prefix(1500))))
    let rarest = more.map { (gram: $0.key, weight: min($0.value, 3)) }
      .sorted {
        let (a, b) = (
          programIndex.rarity($0.gram) * $0.weight, programIndex.rarity($1.gram) * $1.weight
        )
        return (a, $0.gram) > (b, $1.gram)
      }.prefix(40)
    for word in rarest where bag[word.gram] == nil { bag[word.gram] = 0.3 * word.weight }
    return bag
  }

  /// A text in lower case without the words that say nothing of the work.
  private static func cleaned(_ text: String) -> String {
    var clean = Text.halfWidth(text).lowercased()
    for word in TitleWords.noise where clean.contains(word) {
      clean = clean.replacing(word, with: " ")
    }
    return clean
  }

  private static let genericWords = TitleWords.generic.map { SearchText.normal($0) }

  /// The grams of a text; single characters count a quarter, words of every trade three tenths.
  private static func bag(_ text: String) -> RankedIndex.Bag {
    var bag: RankedIndex.Bag = [:]
    for run in RankedIndex.runs(SearchText.normal(text)) {
      guard run.isHan else {
        bag[RankedIndex.word(run.scalars), default: 0] += 1
        continue
      }
      let scalars = run.scalars
      var isGeneric = Array(repeating: false, count: scalars.count)
      for word in genericWords where word.count <= scalars.count {
        for start in 0...scalars.count - word.count
        where scalars[start..<start + word.count].elementsEqual(word) {
          for place in start..<start + word.count { isGeneric[place] = true }
        }
      }
      for place in scalars.indices {
        bag[UInt64(scalars[place]), default: 0] += isGeneric[place] ? 0.075 : 0.25
        guard place + 1 < scalars.count else { continue }
        let isBoth = isGeneric[place] && isGeneric[place + 1]
        bag[RankedIndex.pair(scalars[place], scalars[place + 1]), default: 0] += isBoth ? 0.3 : 1
      }
    }
    return bag
  }
}

// MARK: Reading the register

extension Suggester {
  private static func each(
    _ kind: String,
    _ register: RecordStore,
    _ reading: any Reading,
    _ body: (Record) throws -> Void
  ) throws {
    guard let kind = register.kind(kind) else { return }
    try register.each(kind, in: reading, body)
  }

  private mutating func readPrograms(_ register: RecordStore, _ reading: any Reading) throws {
    var intros: [String: Record] = [:]
    try Self.each("programIntro", register, reading) { intros[$0.id] = $0 }
    var courses: [String: [String]] = [:]
    try Self.each("programCourse", register, reading) {
      courses[$0["programCode"].text ?? "", default: []].append($0["course"].text ?? "")
    }
    isInformed = !intros.isEmpty
    var documents: [[String]] = []
    var byName: [String: [Int]] = [:]
    var byClass: [String: [Int]] = [:]
    try Self.each("program", register, reading) { record in
      let intro = intros[record.id]
      func text(_ field: String) -> String {
        switch intro?[field] {
        case .text(let text): text
        case .list(let texts): texts.joined(separator: "|")
        default: ""
        }
      }
      let className = (record["className"].text ?? "").replacing("类", with: "")
      documents.append([
        record.title, className, text("occupations"), text("posts"), text("coursesCore"),
        (courses[record.id] ?? []).joined(separator: "|"), text("abilities"), text("goal"),
        text("certificates"),
      ])
      let key = ProgramCode(record.id)?.classKey ?? record.id
      byName[record.title, default: []].append(programs.count)
      byClass[key, default: []].append(programs.count)
      programs.append(Program(code: record.id, name: record.title, classKey: key))
    }
    programIndex = RankedIndex(documents, weights: Self.programWeights)
    sameName = byName.values.filter { $0.count > 1 }
    sameClass = Array(byClass.values)
    introOccupations = intros.mapValues { $0["occupations"].list }
  }

  private mutating func readOccupations(_ register: RecordStore, _ reading: any Reading) throws {
    var functions: [String: [String]] = [:]
    try Self.each("occupationFunction", register, reading) { record in
      if let code = record["occupationCode"].text {
        functions[code, default: []].append(record["function"].text ?? "")
      }
    }
    var documents: [[String]] = []
    try Self.each("occupation", register, reading) { record in
      guard record["level"].text == "unit" else {
        if record["level"].text == "minor" { minorNames[record.title] = record.id }
        return
      }
      documents.append([
        record.title, record["jobTitles"].list.joined(separator: "|"),
        record["definition"].text ?? "", record["tasks"].text ?? "",
        (functions[record.id] ?? []).joined(separator: "|"),
      ])
      occupations.append((record.id, record.title))
    }
    occupationIndex = RankedIndex(documents, weights: Self.occupationWeights)
  }

  private mutating func readEdges(_ register: RecordStore, _ reading: any Reading) throws {
    let programNumbers = Dictionary(
      programs.enumerated().map { ($1.code, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let occupationNumbers = Dictionary(
      occupations.enumerated().map { ($1.code, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let byName = Dictionary(
      occupations.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var byMinor: [String: [Int]] = [:]
    for (number, occupation) in occupations.enumerated() {
      byMinor[String(occupation.code.prefix(7)), default: []].append(number)
    }
    func put(_ code: String, _ program: Int, _ sure: Double) {
      if let number = occupationNumbers[code] {
        edges[number, default: [:]][program] = max(edges[number]?[program] ?? 0, sure)
      } else {
        for number in byMinor[code] ?? [] {
          edges[number, default: [:]][program] = max(edges[number]?[program] ?? 0, 0.4 * sure)
        }
      }
    }
    try Self.each("programOccupation", register, reading) { link in
      guard let program = programNumbers[link["programCode"].text ?? ""] else { return }
      put(link["occupationCode"].text ?? "", program, 1)
    }
    try Self.each("program", register, reading) { record in
      guard let program = programNumbers[record.id] else { return }
      for code in record["occupationCodes"].list { put(code, program, 1) }
    }
    for (code, names) in introOccupations {
      guard let program = programNumbers[code] else { continue }
      for name in names {
        if let number = byName[name] {
          put(occupations[number].code, program, 0.9)
        } else if let minor =
          minorNames[name]
        {
          put(minor, program, 1)
        }
      }
    }
    let groups = Dictionary(
      sameName.flatMap { group in group.map { ($0, group) } },
      uniquingKeysWith: { first, _ in first }
    )
    for (number, links) in edges {
      for (program, sure) in links {
        for other in groups[program] ?? [] {
          let known = edges[number]?[other] ?? 0
          edges[number]?[other] = max(known, 0.8 * sure)
        }
      }
    }
    introOccupations = [:]
    minorNames = [:]
  }
}
