import Calendar
import Foundation
import Ledger
import Records
import Storage
import Values

extension Site {
  /// One record: what identifies it, its sections, what refers to it.
  func record(_ name: String, _ id: String, _ request: WebRequest, _ door: Door) throws -> WebAnswer
  {
    let startedAt = Date()
    guard let kind = register.kind(name), door.reader.mayList(kind),
      let record = try register.record(kind, id), door.reader.mayRead(record)
    else { return notFound(request) }
    let status = try warnings(record, door)
    return try register.store.read { reading in
      let titles = try Titles(register, [record], reading)
      var model: Model = [
        "title": record.title, "kindName": kind.label, "kindHref": Address.list(name, door),
        "codeText": record.id == record.title ? nil : record.id,
        "facts": kind.facts.filter { door.reader.maySee(kind.fields[$0]) }
          .map { value($0, of: record, titles, door) },
        "sections": sections(record, titles, door),
        "related": try related(record, reading, door),
        "evidence": evidence(record).asRows,
        "changed": changed(record), "actions": door == .desk ? actions(record).asRows : nil,
        "status": status,
        "jsonHref": Address.api(name, door) + "/" + Address.encoded(id),
      ]
      if request["saved"] != nil { model["flash"] = ["text": "已保存。"] as Model }
      return page("record", model, door: door, current: name, startedAt: startedAt)
    }
  }

  private func value(_ place: Int, of record: Record, _ titles: Titles, _ door: Door) -> Model {
    let field = record.kind.fields[place]
    var model: Model = ["label": field.label]
    let value = record.values[place]
    if value.isNone {
      model["missing"] = record.kind.applies(field, to: record.values) ? "未填报" : "不适用"
      return model
    }
    if case .rows(let rows) = value, case .rows(let columns) = field.type {
      model["wide"] = true
      model["table"] =
        [
          "caption": field.label, "columns": columns.map { ["text": $0.label] as Model },
          "rows": rows.map { row in
            ["cells": row.map { ["text": $0] as Model }] as Model
          },
        ] as Model
      return model
    }
    if let kind = field.type.referredKind, case .list(let ids) = value {
      model["items"] =
        ids.prefix(30).map { id in
          ["text": titles.title(kind, id), "href": Address.record(kind, id, door)] as Model
        }.asRows
      return model
    }
    model["text"] = titles.shown(value, field, city)
    if let kind = field.type.referredKind, let id = value.text {
      model["href"] = Address.record(kind, id, door)
    }
    if !field.unit.isEmpty { model["unit"] = field.unit }
    if case .longText = field.type { model["wide"] = true }
    return model
  }

  private func sections(_ record: Record, _ titles: Titles, _ door: Door) -> [Model] {
    var order: [String] = []
    var rows: [String: [Model]] = [:]
    for (place, field) in record.kind.fields.enumerated() where door.reader.maySee(field) {
      guard !record.values[place].isNone || record.kind.applies(field, to: record.values) else {
        continue
      }
      let section = field.section.isEmpty ? "内容" : field.section
      if rows[section] == nil { order.append(section) }
      rows[section, default: []].append(value(place, of: record, titles, door))
    }
    return order.enumerated().map { number, title in
      ["id": "s\(number)", "title": title, "rows": ["items": rows[title] ?? []] as Model]
    }
  }

  /// What refers to the record, the first few of each kind.
  private func related(_ record: Record, _ reading: any Reading, _ door: Door) throws -> [Model] {
    var related: [Model] = []
    for kind in register.kinds where door.reader.mayList(kind) {
      for (place, field) in kind.fields.enumerated()
      where field.type.referredKind == record.kind.name && door.reader.maySee(field) {
        let query = Query([.field(field.name, record.id)] + door.reader.limits(on: kind), limit: 5)
        let count = try register.count(kind, query, in: reading)
        guard count > 0 else { continue }
        let records = try register.list(kind, query, in: reading)
        let titles = try Titles(register, records, reading)
        let places = ([kind.title] + kind.columns.filter { $0 != kind.title && $0 != place })
          .filter { door.reader.maySee(kind.fields[$0]) }.prefix(5)
        let table: Model = [
          "caption": kind.label, "twoLine": true,
          "columns": places.map { place in
            [
              "text": kind.fields[place].label,
              "class": kind.fields[place].type.isNumeric ? "num" : nil,
            ]
              as Model
          },
          "rows": records.map { other in
            [
              "cells": places.enumerated().map { number, place in
                let text = titles.shown(other.values[place], kind.fields[place], city)
                return [
                  "text": text.isEmpty ? (number == 0 ? other.id : "未填报") : text,
                  "class": number == 0 ? "name" : kind.fields[place].type.isNumeric ? "num" : nil,
                  "href": number == 0 ? Address.record(kind.name, other.id, door) : nil,
                ] as Model
              }
            ] as Model
          },
        ]
        let isListed = kind.filters.contains(place)
        related.append([
          "id": "r-\(kind.name)-\(field.name)",
          "title": field.label == record.kind.label
            ? kind.label : "\(kind.label)（作为\(field.label)）",
          "count": Numerals.grouped(count), "table": table,
          "more": count > 5 && isListed
            ? [
              "text": "看全部 \(Numerals.grouped(count)) 条",
              "href": Address.with(Address.list(kind.name, door), [(field.name, record.id)]),
            ] as Model : nil,
        ])
      }
    }
    return related
  }

  private func evidence(_ record: Record) -> [Model] {
    var rows: [Model] = [["label": "来源", "text": record.stamp.source.label]]
    if !record.stamp.document.isEmpty {
      rows.append(["label": "依据", "text": record.stamp.document])
    }
    rows.append(["label": "首次登记", "text": record.stamp.createdAt.civilText])
    return rows
  }

  private func changed(_ record: Record) -> Model {
    [
      "when": record.stamp.updatedAt.civilText, "who": record.stamp.updatedBy,
      "version": String(record.version),
    ]
  }

  private func actions(_ record: Record) -> [Model] {
    var actions: [Model] = []
    if record.kind.name == "exchangeItem" {
      actions.append(["text": "看谁合适", "href": Address.match(record.id, .desk), "isPrimary": true])
    }
    actions.append([
      "text": "修改", "href": Address.edit(record.kind.name, record.id),
      "isPrimary": record.kind.name == "exchangeItem" ? nil : true,
    ])
    if record.kind.name == "enterprise" {
      actions.append([
        "text": "替它发布需求", "href": Address.with(Address.needs, [("ownerEnterpriseId", record.id)]),
      ])
    }
    if record.kind.name == "school" {
      actions.append([
        "text": "替它发布供需", "href": Address.with(Address.needs, [("ownerSchoolId", record.id)]),
      ])
    }
    return actions
  }

  /// What is worth knowing of the record as it stands; for the desk.
  private func warnings(_ record: Record, _ door: Door) throws -> Model? {
    guard door == .desk else { return nil }
    let outcome = try register.plan(record.kind, [Draft(id: record.id)]).first
    let problems = outcome?.problems ?? []
    guard !problems.isEmpty else { return nil }
    return [
      "light": problems.block ? "red" : "yellow", "text": "有 \(problems.count) 处要留意",
      "why": problems.map(\.message).joined(separator: " "),
    ]
  }
}
