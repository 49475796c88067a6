import Calendar
import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// The pairs of records that may be one and the same.
  func duplicates(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind(name), kind.duplicates != nil else { return notFound(request) }
    return try register.store.read { reading in
      let pairs = try pairs(kind, in: reading)
      let titles = try Titles(self, pairs.flatMap { [$0.first, $0.second] }, reading)
      func card(_ record: Record) -> Model {
        [
          "title": record.title, "href": Address.record(name, record.id, .desk), "id": record.id,
          "facts": kind.facts.map { place in
            titles.shown(record.values[place], kind.fields[place], city)
          }.filter { !$0.isEmpty }.joined(separator: " · "),
          "since": "\(record.stamp.createdAt.date) \(record.stamp.source.label)",
        ]
      }
      return page(
        "duplicates",
        [
          "title": "\(kind.label)：可能重复的", "count": "\(pairs.count) 对",
          "lead": "名称相同、读音相同或很相近的。是同一个就合并，两边的历史都保留；不是就标明，以后不再列出。",
          "backHref": Address.list(name, .desk),
          "pairs": pairs.map { pair in
            [
              "reason": pair.reason, "first": card(pair.first), "second": card(pair.second),
              "mergeHref": Address.with(
                Address.merge(name),
                [("keep", pair.first.id), ("away", pair.second.id)]
              ), "apartAction": Address.duplicates(name), "firstId": pair.first.id,
              "secondId": pair.second.id,
            ] as Model
          }.asRows,
          "empty": pairs.isEmpty
            ? ["title": "没有发现可能重复的\(kind.label)", "text": "新登记或导入之后会重新比较。"] as Model : nil,
        ],
        door: .desk,
        current: name,
        startedAt: startedAt
      )
    }
  }

  private static let mostPairs = 200

  /// The pairs, remembered until a record changes.
  private func pairs(_ kind: Kind, in reading: any Reading) throws -> [DuplicatePair] {
    try remembered("duplicates.\(kind.name)") {
      try register.duplicates(kind, most: Self.mostPairs, in: reading)
    }
  }

  /// How many pairs there are to look at; of a large register only the page of its own says.
  private func doubles(_ kind: Kind, of total: Int, in reading: any Reading) throws -> String {
    guard total <= 20_000 else { return "查可能重复的" }
    let count = try pairs(kind, in: reading).count
    return count == 0 ? "没有发现" : "可能重复 \(count) 对\(count < Self.mostPairs ? "" : "以上")"
  }

  /// Notes that two records are different.
  func tellApart(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let form = request.form
    let ids = ["first", "second"].compactMap { key in form.first { $0.name == key }?.value }
    guard ids.count == 2 else { return notFound(request) }
    try register.tellApart(kind, ids[0], ids[1], by: Self.officer)
    forget("duplicates.\(name)")
    return .seeOther(Address.duplicates(name))
  }

  /// The page on which one record is merged into another, field by field.
  func mergePage(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    try mergePage(name, request["keep"] ?? "", request["away"] ?? "", [], request)
  }

  private func mergePage(
    _ name: String,
    _ keep: String,
    _ away: String,
    _ problems: [Problem],
    _ request: WebRequest
  ) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind(name) else { return notFound(request) }
    return try register.store.read { reading in
      guard let plan = try register.planMerge(kind, keep: keep, away: away, in: reading) else {
        return notFound(request)
      }
      let titles = try Titles(self, [plan.kept, plan.away], reading)
      func shown(_ value: Value, _ field: FieldShape) -> String {
        let text = titles.shown(value, field, city)
        return text.isEmpty ? "（空）" : text
      }
      let obstacles =
        plan.clashes.map { clash in
          [
            "text": clash.problem.message,
            "href": Address.with(
              Address.merge(clash.kind.name),
              [("keep", clash.kept), ("away", clash.away)]
            ),
          ] as Model
        }
        + problems.filter { problem in !plan.obstacles.contains(problem) }
        .map { ["text": $0.message] as Model }
      let references = plan.references.map {
        "\($0.kind.label)（\($0.field.label)）\(Numerals.grouped($0.count)) 条"
      }
      return page(
        "merge",
        [
          "title": "合并\(kind.label)", "backHref": Address.duplicates(name),
          "kept": plan.kept.title, "keptId": keep, "keptHref": Address.record(name, keep, .desk),
          "away": plan.away.title, "awayId": away, "awayHref": Address.record(name, away, .desk),
          "swapHref": Address.with(Address.merge(name), [("keep", away), ("away", keep)]),
          "action": Address.merge(name),
          "obstacles": obstacles.asRows,
          "rows": plan.differences.map { change in
            [
              "name": change.field.name, "label": change.field.label,
              "kept": shown(change.before, change.field),
              "away": shown(change.after, change.field),
              "takesAway": change.before.isNone ? true : nil,
              "takesKept": change.before.isNone ? nil : true,
            ] as Model
          }.asRows,
          "references": references.isEmpty
            ? "没有别的记录引用它。" : "改为引用保留的这一条：\(references.joined(separator: "，"))。",
          "mayMerge": plan.obstacles.isEmpty ? true : nil,
        ],
        door: .desk,
        current: name,
        status: problems.isEmpty ? 200 : 422,
        startedAt: startedAt
      )
    }
  }

  /// Merges, as it was chosen field by field.
  func merge(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let form = request.form
    func value(_ name: String) -> String { form.first { $0.name == name }?.value ?? "" }
    let taken = Set(
      form.filter { $0.name.hasPrefix("take.") && $0.value == "away" }
        .map { String($0.name.dropFirst(5)) }
    )
    do {
      let record = try register.merge(
        kind,
        keep: value("keep"),
        away: value("away"),
        taking: taken,
        document: Text.trimmed(value("document")),
        by: Self.officer
      )
      try catchUp()
      return .seeOther(
        Address.with(
          Address.record(name, record.id, .desk),
          [("merged", value("away"))]
        )
      )
    } catch let refused as Refused {
      return try mergePage(name, value("keep"), value("away"), refused.problems, request)
    }
  }

  /// Notes that a record goes on as others.
  func succeed(_ name: String, _ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let form = request.form
    func value(_ name: String) -> String {
      Text.trimmed(form.first { $0.name == name }?.value ?? "")
    }
    let others = value("to").split(whereSeparator: { "|、,， \n".contains($0) }).map(String.init)
    let day = value("on")
    do {
      if !day.isEmpty, CivilDate(day) == nil {
        let wrong = Problem("REC-E-006", "on", "日期填的是“\(day)”，不是有效日期，请写成 2022-07-14 这样的形式。")
        throw Refused(problems: [wrong])
      }
      try register.succeed(
        kind,
        id,
        by: others,
        how: Succession.How(rawValue: value("how")) ?? .succession,
        on: CivilDate(day),
        document: value("document"),
        movesReferences: value("moves") == "true",
        actor: Self.officer
      )
      try catchUp()
      return .seeOther(Address.record(name, id, .desk))
    } catch let refused as Refused {
      return message(
        "没有登记承继",
        refused.problems.map(\.message).joined(separator: " "),
        status: 422,
        door: .desk
      )
    }
  }

  /// Notes that somebody stands for a record.
  func confirmRecord(_ name: String, _ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let form = request.form
    do {
      try register.confirm(
        kind,
        id,
        fields: form.filter { $0.name == "field" && !$0.value.isEmpty }.map(\.value),
        document: form.first { $0.name == "document" }?.value ?? "",
        by: Self.officer
      )
      try catchUp()
      return .seeOther(Address.record(name, id, .desk))
    } catch let refused as Refused {
      return message(
        "没有记下确认",
        refused.problems.map(\.message).joined(separator: " "),
        status: 422,
        door: .desk
      )
    }
  }

  /// The quality of the registers: what nobody confirmed, what may be there twice.
  func quality(_ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    let today = register.clock.now().date
    let rows: [Model] = try register.store.read { reading in
      try register.kinds.compactMap { kind -> Model? in
        let total = try register.count(kind, Query(), in: reading)
        guard total > 0 else { return nil }
        let old = try register.unconfirmed(
          kind,
          since: today.adding(days: -city.confirmWithinDays),
          in: reading
        )
        return [
          "title": kind.label, "href": Address.list(kind.name, .desk),
          "count": Numerals.grouped(total), "old": Numerals.grouped(old),
          "oldHref": old > 0
            ? Address.with(Address.list(kind.name, .desk), [("unconfirmed", "1")]) : nil,
          "doubles": kind.duplicates == nil || !Self.visitor.reader.may(.join, kind)
            ? nil
            : [
              "href": Address.duplicates(kind.name),
              "text": try doubles(kind, of: total, in: reading),
            ] as Model,
        ]
      }
    }
    return page(
      "quality",
      [
        "title": "数据质量",
        "lead": "超过 \(city.confirmWithinDays) 天没有人修改或确认的记录，和可能重复登记的记录。",
        "rows": rows,
      ],
      door: .desk,
      current: "quality",
      startedAt: startedAt
    )
  }
}
