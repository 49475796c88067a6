package import Ledger
import Matching
package import Records
package import Values

/// Answers requests to match, in the forms the command line, the API and the page share.
package struct MatchDesk: Sendable {
  private let register: RecordStore
  private let city: City
  private let matcher: Matcher

  /// Makes a desk over an index that is kept up to date elsewhere.
  package init(_ register: RecordStore, city: City, index: MatchIndex) {
    self.register = register
    self.city = city
    matcher = Matcher(index, city: city)
  }

  /// Matches an item handed in as JSON text.
  ///
  /// - Throws: the store's errors.
  package func match(_ bytes: some Collection<UInt8>, most: Int) throws -> (
    result: MatchResult?, problems: [Problem]
  ) {
    guard let text = FileText.decoded(bytes) else {
      return (nil, [Problem("REC-E-027", "", "既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8 后再试。")])
    }
    let json: JSON
    do throws(JSON.Malformed) {
      json = try JSON(parsing: text.utf8)
    } catch {
      return (nil, [Problem("REC-E-024", "", "不是完整的 JSON，请检查引号、逗号和括号。")])
    }
    let (request, problems) = MatchRequest.read(json, city: city)
    guard let request else { return (nil, problems) }
    return (try match(request.item, most: most), problems)
  }

  /// Matches a registered item; `nil` when there is none with this identifier.
  package func match(
    id: String,
    most: Int,
    weights: [String: Int] = [:],
    perKind: Bool = false,
    for reader: Reader = .officer
  ) throws -> MatchResult? {
    guard let kind = register.kind("exchangeItem"), let record = try register.record(kind, id),
      try register.acting(as: reader).record(kind, id) != nil
    else { return nil }
    return try match(
      ExchangeItem(values: record.values),
      most: most,
      weights: weights,
      perKind: perKind
    ).seen(by: reader)
  }

  /// Matches an item, with its owner loaded.
  ///
  /// - Throws: the store's errors.
  package func match(
    _ item: ExchangeItem,
    most: Int,
    weights: [String: Int] = [:],
    perKind: Bool = false
  ) throws -> MatchResult {
    try matcher.match(item, owner: owner(of: item), most: most, weights: weights, perKind: perKind)
  }

  /// The answer to one line of a batch: candidates, or what is wrong in their place.
  ///
  /// - Throws: the store's errors.
  package func answer(_ line: some Collection<UInt8>, most: Int) throws -> JSON {
    let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
    let blank = Problem("REC-E-024", "", "这一行是空的，应为一个 JSON 对象，例如 {\"title\": \"数控车工实习岗位\"}。")
    let (result, problems) = isBlank ? (nil, [blank]) : try match(line, most: most)
    guard let result else {
      let problem = problems.first ?? Problem("REC-E-024", "", "读不懂这一行。")
      return .object([
        "error": .object([
          "code": .string(problem.code), "field": .string(problem.path),
          "message": .string(problem.message),
        ])
      ])
    }
    return json(result)
  }

  /// The answer in JSON.
  package func json(_ result: MatchResult) -> JSON {
    func guesses(_ all: [Suggestions.Guess]) -> JSON {
      .array(
        all.prefix(8).map {
          .object([
            "code": .string($0.code), "name": .string($0.name),
            "confidence": .number($0.confidence.decimal(places: 3)),
          ])
        }
      )
    }
    return .object([
      "candidates": .array(result.candidates.map(\.json)),
      "nearMisses": .array(
        result.nearMisses.map { miss in
          .object([
            "id": .string(miss.profile.id), "kind": .string(miss.profile.kind.rawValue),
            "name": .string(miss.profile.name),
            "score": miss.card.score.map { .number($0.decimal(places: 2)) } ?? .null,
            "failed": .array(
              miss.failed.map {
                .object([
                  "gate": .string($0.code), "reason": .string($0.reason),
                  "remedy": .string($0.remedy),
                ])
              }
            ),
          ])
        }
      ),
      "suggestions": .object([
        "programs": guesses(result.suggestions.programs),
        "occupations": guesses(result.suggestions.occupations),
        "skills": guesses(result.suggestions.skills),
        "industryNodes": guesses(result.suggestions.industryNodes),
      ]),
      "algorithm": .string(Matcher.algorithm),
    ])
  }

  /// The record of the owner; `nil` when there is none.
  private func owner(of item: ExchangeItem) throws -> RecordOwner? {
    for (id, name) in [(item.ownerEnterpriseId, "enterprise"), (item.ownerSchoolId, "school")]
    where !id.isEmpty {
      if let kind = register.kind(name), let record = try register.record(kind, id) {
        return RecordOwner(record)
      }
    }
    return nil
  }
}
