import Ledger
import Records
import Storage
import Values

extension Site {
  /// A field of a form: what is typed how, its value, its help and what is wrong with it.
  func model(_ field: FieldShape, _ state: FormState, _ reading: any Reading) throws
    -> Model
  {
    let problems = state.problems.filter { $0.path == field.name }
    let problem = problems.first(where: \.blocks)
    let text = state.text(field)
    let isIdentifier = state.kind.fields[state.kind.identifier].name == field.name
    var model: Model = [
      "id": field.name, "name": field.name, "label": field.label,
      "required": field.isRequired && !(isIdentifier && state.kind.prefix != nil) ? true : nil,
      "help": field.help.isEmpty ? nil : field.help,
      "example": field.example.isEmpty ? nil : field.example, "error": problem?.message,
      "hint": problem == nil ? problems.first?.message : nil,
      "value": text.isEmpty ? nil : text, "unit": field.unit.isEmpty ? nil : field.unit,
    ]
    if isIdentifier, let record = state.record {
      model["isFixed"] = true
      model["text"] = record.id
      return model
    }
    switch field.type {
    case .choice(let options): select(&model, options, text)
    case .code(let table): select(&model, city.codeTable(table) ?? [], text)
    case .boolean:
      select(&model, [Option(code: "true", label: "是"), Option(code: "false", label: "否")], text)
    case .choices(let options):
      model["isMulti"] = true
      model["isGroup"] = true
      let chosen = Set(text.split(separator: "|").map(String.init))
      model["options"] = options.map { option in
        [
          "value": option.code, "text": option.label,
          "selected": chosen.contains(option.code) ? true : nil,
        ]
          as Model
      }
    case .longText(let most):
      model["isArea"] = true
      model["lines"] = "5"
      model["maxLength"] = String(most)
    case .list, .references:
      model["isArea"] = true
      model["lines"] = "3"
      model["value"] = text.isEmpty ? nil : text.replacing("|", with: "\n")
      model["help"] = (field.help.isEmpty ? "" : field.help) + "一行一个。"
    case .rows(let columns): rows(&model, field, columns, state)
    case .reference(let name):
      let few = try options(of: name, isZone: field.name == "managingZoneCode", reading)
      if let few {
        select(&model, few, text)
      } else {
        input(&model, "text")
        model["refersTo"] = name
        if let other = register.kind(name),
          let known = try register.record(other, text, in: reading), known.title != text
        {
          model["now"] = known.title
        }
      }
    case .integer, .decimal, .money:
      input(&model, "text", size: "s")
      model["inputMode"] = "decimal"
    case .date:
      input(&model, "text", size: "s")
      if field.example.isEmpty { model["example"] = "2022-07-14" }
    case .text(let most), .identifier(let most):
      input(&model, "text", size: most <= 20 ? "s" : most <= 40 ? "m" : nil)
    case .uscc, .schoolYear: input(&model, "text", size: "m")
    }
    return model
  }

  private func input(_ model: inout Model, _ type: String, size: String? = nil) {
    model["isText"] = true
    model["type"] = type
    if let size { model["size"] = size }
  }

  private func select(_ model: inout Model, _ options: [Option], _ chosen: String) {
    model["isSelect"] = true
    var shown = options.map { ($0.code, $0.label) }
    if !chosen.isEmpty, !options.contains(where: { $0.code == chosen }) {
      shown.append((chosen, "\(chosen)（不在可选范围内）"))
    }
    model["options"] = HTML.options(shown, chosen: chosen)
  }

  /// The counties and zones of the city for a place; nothing for large kinds.
  private func options(of name: String, isZone: Bool, _ reading: any Reading) throws -> [Option]? {
    guard name == "region", let kind = register.kind(name) else { return nil }
    let records = try register.list(
      kind,
      Query([.field("isAdministered", "true")], sort: "regionCode", limit: 5000),
      in: reading
    )
    return records.filter { record in
      guard record["validTo"].isNone,
        let kind = record["regionKind"].text.flatMap(RegionKind.init(rawValue:))
      else { return false }
      let isOurs = record["parentCode"].text == city.code || record.id.hasPrefix(city.code)
      return isOurs && (isZone ? kind == .managementZone : kind.isCountyUnit)
    }.map { Option(code: $0.id, label: $0.title) }
  }

  private func rows(
    _ model: inout Model,
    _ field: FieldShape,
    _ columns: [Column],
    _ state: FormState
  ) {
    model["isRows"] = true
    model["isGroup"] = true
    model["columns"] = columns.map { ["text": $0.label] as Model }
    let filled = state.rows(field) + Array(repeating: columns.map { _ in "" }, count: 1)
    model["rows"] = filled.enumerated().map { number, cells in
      [
        "cells": zip(columns, cells).map { column, cell in
          var input: Model = [
            "name": "\(field.name).\(number).\(column.name)", "label": column.label,
            "value": cell.isEmpty ? nil : cell,
          ]
          if column.options.isEmpty {
            input["isText"] = true
            input["type"] = "text"
          } else {
            select(&input, column.options, cell)
          }
          return input
        }
      ] as Model
    }
  }
}
