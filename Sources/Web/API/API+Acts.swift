import Calendar
import Foundation
package import Records
import Storage
package import Values

extension Site {
  /// Does with a record what is more than writing it: confirm, merge, note a succession.
  func act(_ name: String, _ id: String, _ verb: String, _ request: WebRequest) throws -> WebAnswer
  {
    guard let kind = register.kind(name) else { return noKind(name, .desk) }
    guard ["confirmations", "merge", "successions", "reveal"].contains(verb) else {
      return .problem(
        "没有名为 \(verb) 的操作，可用：confirmations、merge、successions、reveal。",
        status: 404
      )
    }
    let json: JSON
    do throws(JSON.Malformed) { json = try JSON(parsing: request.body) } catch {
      return .problem(
        "请求内容读不懂",
        status: 400,
        [Problem("REC-E-024", "", "不是完整的 JSON，请检查引号、逗号和括号。")]
      )
    }
    do {
      let answer: WebAnswer
      switch verb {
      case "confirmations": answer = try confirm(kind, id, json)
      case "reveal":
        let shown = try register.reveal(
          kind,
          id,
          purpose: json["purpose"]?.string ?? "",
          by: Self.program,
          note: note
        )
        guard let shown else {
          return .problem("找不到编号为 \(id) 的\(kind.label)。", status: 404)
        }
        return .json(shown.whole)
      case "merge":
        let record = try register.merge(
          kind,
          keep: id,
          away: json["away"]?.string ?? "",
          taking: Set((json["take"]?.array ?? []).compactMap(\.string)),
          document: json["document"]?.string ?? "",
          by: Self.program
        )
        answer = .json(record.json(for: Self.visitor.reader))
      default:
        try register.succeed(
          kind,
          id,
          by: (json["to"]?.array ?? []).compactMap(\.string),
          how: json["how"]?.string == "split" ? .split : .succession,
          on: try day(json, "on"),
          document: json["document"]?.string ?? "",
          movesReferences: json["movesReferences"] == .boolean(true),
          actor: Self.program
        )
        answer = try evidence(kind, id)
      }
      try catchUp()
      return answer
    } catch let refused as Refused {
      let isMissing = refused.problems.contains { $0.code == "REC-E-021" || $0.code == "REC-E-063" }
      return .problem("没有做", status: isMissing ? 404 : 422, refused.problems)
    }
  }

  private func confirm(_ kind: Kind, _ id: String, _ json: JSON) throws -> WebAnswer {
    try register.confirm(
      kind,
      id,
      fields: (json["fields"]?.array ?? []).compactMap(\.string),
      document: json["document"]?.string ?? "",
      on: try day(json, "confirmedOn"),
      by: Self.program
    )
    return try evidence(kind, id)
  }

  private func day(_ json: JSON, _ name: String) throws -> CivilDate? {
    guard let text = json[name]?.string, !text.isEmpty else { return nil }
    guard let day = CivilDate(text) else {
      throw Refused(
        problems: [
          Problem("REC-E-006", name, "\(name) 填的是“\(text)”，不是有效日期，请写成 2022-07-14 这样的形式。")
        ]
      )
    }
    return day
  }

  /// What a record rests on: its last confirmations, and what it came from and goes on as.
  func evidence(_ kind: Kind, _ id: String) throws -> WebAnswer {
    try register.store.read { reading in
      let confirmations = try register.confirmations(kind, id, in: reading)
      let (later, former) = try register.successions(kind, id, in: reading)
      guard try register.record(kind, id, in: reading) != nil || !later.isEmpty else {
        return .problem("找不到编号为 \(id) 的\(kind.label)。", status: 404)
      }
      return .json(
        .object([
          "confirmations": .array(
            confirmations.values.sorted { $0.field < $1.field }.map { one in
              .object([
                "field": .string(one.field), "document": .string(one.document),
                "by": .string(one.by), "confirmedOn": .string(one.on.description),
              ])
            }
          ), "former": .array(former.map(\.json)), "later": .array(later.map(\.json)),
        ])
      )
    }
  }
}

extension Record {
  /// Everything the record holds.
  var whole: JSON {
    .object(
      [JSON.Member("id", .string(id))]
        + zip(kind.fields, values).compactMap { field, value in
          value.isNone ? nil : JSON.Member(field.name, field.json(value))
        } + [JSON.Member("version", .integer(version))]
    )
  }
}

extension Succession {
  fileprivate var json: JSON {
    .object([
      "from": .string(from), "to": .string(to), "how": .string(how.rawValue),
      "on": .string(on.description), "document": .string(document), "by": .string(by),
    ])
  }
}

extension DuplicatePair {
  /// The pair as the API and the command line give it.
  package var json: JSON {
    .object([
      "first": .object(["id": .string(first.id), "title": .string(first.title)]),
      "second": .object(["id": .string(second.id), "title": .string(second.title)]),
      "likeness": .number(likeness.decimal(places: 2)), "reason": .string(reason),
    ])
  }
}
