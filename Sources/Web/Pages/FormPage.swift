import Calendar
import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// The form for a new record; the query fills fields in.
  func newForm(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let filled = Dictionary(
      request.query.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    return try form(FormState(kind: kind, typed: filled), startedAt: Date())
  }

  /// The form for an existing record.
  func editForm(_ name: String, _ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name), let record = try register.record(kind, id) else {
      return notFound(request)
    }
    try register.store.read { try register.demand(.update, kind, id, in: $0) }
    return try form(FormState(kind: kind, record: record), startedAt: Date())
  }

  /// The names of a kind that hold a text, for a field that refers to it.
  func names(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let records = try register.list(kind, Query(search: request["q"] ?? "", limit: 12))
    return .json(
      .array(records.map { .object(["id": .string($0.id), "title": .string($0.title)]) })
    )
  }

  /// Takes a posted form: saves it, or shows it again with everything that is wrong.
  func save(_ name: String, _ id: String?, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind(name) else { return notFound(request) }
    let posted = PostedForm(kind, request.form, isNew: id == nil)
    var draft = Draft(posted.inputs, id: id, version: id == nil ? nil : posted.version)
    draft.isNew = id == nil
    do {
      let saved = try register.save(kind, draft, by: Self.officer)
      try catchUp()
      let next =
        kind.name == "exchangeItem" && id == nil
        ? Address.match(saved.record.id, .desk) : Address.record(name, saved.record.id, .desk)
      return .seeOther(Address.with(next, [("saved", String(saved.record.version))]))
    } catch let refused as Refused {
      try noteRefused(refused, kind, id)
      let record = try id.flatMap { try register.record(kind, $0) }
      var state = FormState(kind: kind, record: record, typed: posted.shown)
      state.problems = refused.problems
      state.conflict = refused.conflict
      if refused.conflict != nil, let id, let version = posted.version {
        state.base = try register.former(kind, id, version: version)
      }
      return try form(state, status: refused.conflict == nil ? 422 : 409, startedAt: startedAt)
    }
  }

  private func form(_ state: FormState, status: Int = 200, startedAt: Date) throws -> WebAnswer {
    let kind = state.kind
    return try register.store.read { reading in
      var sections: [(title: String, fields: [Model])] = []
      for field in kind.fields where state.isShown(field) {
        let title = field.section.isEmpty ? "内容" : field.section
        let model = try self.model(field, state, reading)
        if let index = sections.firstIndex(where: { $0.title == title }) {
          sections[index].fields.append(model)
        } else {
          sections.append((title, [model]))
        }
      }
      let isNew = state.record == nil
      let name = state.record?.title ?? ""
      let model: Model = [
        "title": isNew ? "新增\(kind.label)" : "修改：\(name)",
        "crumbs": [
          "items": [
            ["text": kind.label, "href": Address.list(kind.name, .desk)] as Model,
            ["text": isNew ? "新增" : name] as Model,
          ]
        ] as Model,
        "action": state.record.map { Address.record(kind.name, $0.id, .desk) }
          ?? Address.list(kind.name, .desk),
        "version": state.record.map { String($0.version) }, "errors": errors(state),
        "advice": advice(state),
        "conflict": conflict(state),
        "sections": sections.enumerated().map { number, section in
          [
            "id": "f\(number)", "title": section.title, "fields": section.fields,
            "later": isNew && number >= Self.openSections && Self.canWait(section.fields)
              ? true : nil,
          ] as Model
        },
        "submits": [
          ["text": isNew ? "登记这条\(kind.label)" : "保存修改", "isPrimary": true] as Model
        ],
        "cancelHref": state.record.map { Address.record(kind.name, $0.id, .desk) }
          ?? Address.list(kind.name, .desk),
        "cancelText": "不保存，返回",
        "submitNote": kind.name == "exchangeItem" && isNew ? "保存后立刻看到合适的对象。" : nil,
      ]
      return page(
        "form",
        model,
        door: .desk,
        current: kind.name,
        status: status,
        startedAt: startedAt
      )
    }
  }

  /// How many sections are never folded.
  private static let openSections = 3

  /// Whether a section of a new record may stay folded: nothing in it is required, filled in or wrong.
  private static func canWait(_ fields: [Model]) -> Bool {
    fields.allSatisfy { field in
      ["required", "value", "error", "hint"].allSatisfy { field[$0] == nil }
    }
  }

  private func errors(_ state: FormState) -> Model? {
    list(
      state.problems.filter(\.blocks),
      state,
      title: { "有 \($0) 处需要改正，您填的内容都还在" }
    )
  }

  /// What is worth filling in but keeps nobody from saving.
  private func advice(_ state: FormState) -> Model? {
    list(
      state.problems.filter { !$0.blocks },
      state,
      title: { "另有 \($0) 处建议，不改也能保存" }
    )
  }

  private func list(_ problems: [Problem], _ state: FormState, title: (Int) -> String) -> Model? {
    guard !problems.isEmpty else { return nil }
    let rows: [Model] = problems.map { problem in
      let field = state.kind.place(of: problem.path).map { state.kind.fields[$0] }
      return [
        "id": field?.name ?? "main", "label": field?.label ?? "整条记录", "text": problem.message,
      ]
    }
    return ["title": title(rows.count), "rows": rows]
  }

  private func conflict(_ state: FormState) -> Model? {
    guard let theirs = state.conflict else { return nil }
    let rows: [Model] = state.kind.fields.compactMap { field in
      guard let place = state.kind.place(of: field.name), state.isShown(field) else { return nil }
      let mine = state.text(field)
      let other = field.plain(theirs.values[place])
      guard mine != other else { return nil }
      // What this editor did not touch is the other's to change.
      let isTouched = state.base.map { base in
        let value = base[field.name]
        return mine != field.plain(value)
      }
      return [
        "id": field.name, "label": field.label, "name": "pick.\(field.name)",
        "theirs": other.isEmpty ? "（空）" : other, "mine": mine.isEmpty ? "（空）" : mine,
        "mineChosen": isTouched ?? true ? true : nil,
        "theirsChosen": isTouched ?? true ? nil : true,
      ]
    }
    return [
      "title": "别人刚刚改过这条记录",
      "text":
        "在您编辑期间，\(theirs.stamp.updatedBy)于 \(theirs.stamp.updatedAt.civilText) 保存了第 \(theirs.version) 版。您的内容没有丢，请逐项选择后再保存。",
      "theirsTitle": "现在库里的（第 \(theirs.version) 版）", "rows": rows,
    ]
  }
}
