import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// How many records are changed at once.
  private static let mostChanged = 5_000

  /// The page on which one field of many records is set: which field, to what, and what would change.
  func bulk(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind(name) else { return notFound(request) }
    let asked = try ListRequest(kind, request, site: self, .desk)
    let total = try register.store.read { try register.count(kind, asked.query, in: $0) }
    let fields = kind.fields.filter { field in
      Site.visitor.reader.mayFill(field, of: kind) && !field.isDerived && !field.isUnique
        && field.name != kind.fields[kind.identifier].name
    }
    let field = request["set"].flatMap { name in fields.first { $0.name == name } }
    let kept = request.query.filter { !["set", "to", "clear", "page", "after"].contains($0.name) }
    let to = request["to"] ?? ""
    let clears = request["clear"] != nil
    var model: Model = [
      "title": "批量修改\(kind.label)", "count": "\(Numerals.grouped(total)) 条",
      "action": Address.bulk(name),
      "backHref": Address.with(
        Address.list(name, .desk),
        kept.map { ($0.name, $0.value) }
      ), "hidden": kept.map { ["name": $0.name, "value": $0.value] as Model },
      "fields": HTML.options(
        [("", "选择要改的字段")] + fields.map { ($0.name, $0.label) },
        chosen: field?.name ?? ""
      ), "to": to, "clears": clears ? true : nil,
      "chips": try register.store.read { try asked.chips($0) },
    ]
    guard total <= Self.mostChanged else {
      model["tooMany"] = "一次最多改 \(Numerals.grouped(Self.mostChanged)) 条，请先加条件，或用导入。"
      return page("bulk", model, door: .desk, current: name, startedAt: startedAt)
    }
    if let field {
      model["expectation"] = field.expectation
      guard clears || !to.isEmpty else {
        model["tooMany"] = "没有填新的值。要把“\(field.label)”清空，请勾选“清空这一项”。"
        return page("bulk", model, door: .desk, current: name, startedAt: startedAt)
      }
      let preview = try preview(kind, asked, field, clears ? "" : to)
      model["preview"] =
        [
          "sentence": preview.sentence, "table": preview.table.html,
          "apply": preview.changed > 0
            ? [
              "action": Address.with(
                Address.bulk(name),
                kept.map { ($0.name, $0.value) } + [
                  ("set", field.name), ("to", request["to"] ?? ""),
                ]
              ), "text": "修改 \(Numerals.grouped(preview.changed)) 条",
            ] as Model : nil,
        ] as Model
    }
    return page("bulk", model, door: .desk, current: name, startedAt: startedAt)
  }

  private func drafts(_ kind: Kind, _ asked: ListRequest, _ field: FieldShape, _ value: String)
    throws
    -> [Draft]
  {
    var query = asked.query
    query.offset = 0
    query.after = nil
    query.limit = Self.mostChanged
    return try register.list(kind, query).map { record in
      Draft([field.name: .text(value)], id: record.id, version: record.version)
    }
  }

  private func preview(_ kind: Kind, _ asked: ListRequest, _ field: FieldShape, _ value: String)
    throws
    -> (changed: Int, sentence: String, table: Table)
  {
    let outcomes = try register.plan(kind, drafts(kind, asked, field, value))
    let titles = try register.store.read { try Titles(self, outcomes.compactMap(\.former), $0) }
    let place = kind.place(of: field.name) ?? 0
    let changed = outcomes.count { $0.verdict == .changed }
    let refused = outcomes.count { $0.verdict == .refused }
    let unchanged = outcomes.count - changed - refused
    let shown =
      outcomes.filter { $0.verdict == .refused } + outcomes.filter { $0.verdict == .changed }
    let rows = shown.prefix(50).map { outcome -> [Table.Cell] in
      let before = outcome.former.map { titles.shown($0.values[place], field, city) } ?? ""
      let after = field.shown(outcome.values[place], city: city)
      let problem = outcome.problems.first(where: \.blocks)?.message
      return [
        Table.Cell(outcome.former?.title ?? "", .name),
        Table.Cell(before.isEmpty ? "（空）" : before, label: "现在"),
        Table.Cell(after.isEmpty ? "（空）" : after, label: "改为"),
        Table.Cell(problem ?? "", problem == nil ? nil : .missing),
      ]
    }
    return (
      changed,
      "会改 \(changed) 条，已经是这样的 \(unchanged) 条"
        + (refused > 0 ? "，改不了的 \(refused) 条（原因在右边）。" : "。") + "还没有写入。",
      Table(
        caption: "会改成什么样",
        columns: ["记录", "现在", "改为", "改不了的原因"].map { Table.Column(text: $0) },
        rows: Array(rows),
        note: shown.count > 50 ? "这里列出前 50 条。" : ""
      )
    )
  }

  /// Sets the field of all records of the list; the whole can be taken back like an import.
  func applyBulk(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name),
      let field = request["set"].flatMap(kind.place(of:)).map({ kind.fields[$0] })
    else { return notFound(request) }
    let asked = try ListRequest(kind, request, site: self, .desk)
    let clears = request["clear"] != nil
    let to = request["to"] ?? ""
    guard clears || !to.isEmpty else { return try bulk(name, request) }
    let drafts = try drafts(kind, asked, field, clears ? "" : to)
    let kept = request.query.filter { !["set", "to", "clear", "page", "after"].contains($0.name) }
    let title = "批量修改\(kind.label)：\(field.label)"
    let (run, outcomes) = try register.saveTogether(kind, drafts, as: title, by: Self.officer)
    try catchUp()
    let changed = outcomes.count { $0.verdict == .changed }
    let refused = outcomes.count { $0.verdict == .refused }
    return page(
      "message",
      [
        "title": "已修改 \(changed) 条",
        "text": (refused > 0 ? "有 \(refused) 条没有改。" : "")
          + (run.map { "这次修改编号 \($0)，可以在“导入”页整批撤销。" } ?? ""),
        "statusCode": "200",
        "links": [
          [
            "text": "回到列表",
            "href": Address.with(Address.list(name, .desk), kept.map { ($0.name, $0.value) }),
          ] as Model,
          ["text": "去撤销", "href": Address.imports] as Model,
        ],
      ],
      door: .desk,
      current: name,
      startedAt: Date()
    )
  }
}
