import Foundation
import Records
import Values

extension Site {
  private static let mostChanges = 1_000

  /// What changed after a place in the feed: as a list, or as events for as long as somebody listens.
  func apiChanges(_ request: WebRequest) throws -> WebAnswer {
    let text = request["since"] ?? request.headers["last-event-id"] ?? "0"
    guard let since = Int(text), since >= 0 else {
      let problem = Problem("REC-E-012", "since", "since 应为不小于 0 的整数，现在是 \(text)。")
      return .problem("条件不对", status: 400, [problem])
    }
    let limit = request["limit"].flatMap { Int($0) } ?? 100
    guard (1...Self.mostChanges).contains(limit) else {
      let problem = Problem(
        "REC-E-012",
        "limit",
        "limit 应为 1 到 \(Self.mostChanges) 的整数，现在是 \(limit)。"
      )
      return .problem("条件不对", status: 400, [problem])
    }
    let kinds = Set((request["kinds"] ?? "").split(separator: ",").map(String.init))
    if let strange = kinds.first(where: { register.kind($0) == nil }) {
      return noKind(strange, .desk)
    }
    if request.headers["accept"]?.contains("text/event-stream") == true {
      var answer = WebAnswer("", type: "text/event-stream; charset=utf-8")
      answer.stream = .events { [self, register] place in
        // Who may no longer listen is told nothing more.
        guard refusal(request, try visitor(request)) == nil else { throw CancellationError() }
        let changes = try register.changes(after: place ?? since, most: Self.mostChanges)
        let text = changes.filter { kinds.isEmpty || kinds.contains($0.kind) }.map {
          "id: \($0.sequence)\nevent: change\ndata: \($0.json.text)\n\n"
        }.joined()
        return (text, changes.last?.sequence ?? place ?? since)
      }
      return answer
    }
    let changes = try register.changes(after: since, most: limit)
    return .json(
      .object([
        "changes": .array(
          changes.filter { kinds.isEmpty || kinds.contains($0.kind) }.map(\.json)
        ), "next": .integer(changes.last?.sequence ?? since),
        "last": .integer(try register.lastChange()),
      ])
    )
  }
}

extension Change {
  fileprivate var json: JSON {
    .object([
      "seq": .integer(sequence), "kind": .string(kind), "id": .string(id),
      "version": .integer(version),
    ])
  }
}
