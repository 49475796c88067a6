import Records
import Values

extension OpenAPI {
  /// The schemas of a kind: as those read it who may, as anybody reads it, as it is written, and its list.
  func schemas(_ kind: Kind) -> [JSON.Member] {
    let type = Self.type(kind)
    var schemas: [JSON.Member] = [
      .init(type, record(kind, isPublic: false)), .init("\(type)Draft", draft(kind)),
      .init("\(type)List", Self.page(of: type)),
    ]
    if kind.isPublic {
      schemas.append(.init("\(type)Public", record(kind, isPublic: true)))
      schemas.append(.init("\(type)PublicList", Self.page(of: "\(type)Public")))
    }
    return schemas
  }

  private func record(_ kind: Kind, isPublic: Bool) -> JSON {
    var properties: [JSON.Member] = [
      .init("id", .object(["type": "string", "description": "编号"]))
    ]
    properties += kind.fields.filter { !isPublic || $0.privacy == .public }.map {
      .init($0.name, schema($0))
    }
    properties += [
      .init("version", Self.integer(1, nil)), .init("updatedAt", .object(["type": "string"])),
      .init(
        "sourceSystem",
        .object([
          "type": "string", "enum": .array(Source.allCases.map { .string($0.rawValue) }),
        ])
      ), .init("expanded", .object(["type": "object", "description": "展开的引用，按字段"])),
      .init(
        "warnings",
        .object(["type": "array", "items": Self.ref("FieldProblem"), "description": "保存时要留意的"])
      ),
    ]
    return .object([
      "type": "object", "description": .string("\(kind.label)：\(kind.summary)"),
      "required": .array(["id", "version", "updatedAt", "sourceSystem"]),
      "properties": .object(properties),
    ])
  }

  private func draft(_ kind: Kind) -> JSON {
    let fields = kind.fields.filter { !$0.isDerived }
    var properties: [JSON.Member] = [
      .init("id", .object(["type": "string", "description": "批量写时，要修改的记录"])),
      .init("version", .object(["type": "integer", "description": "修改时读到的版本号"])),
    ]
    properties += fields.map { .init($0.name, schema($0, isNullable: true)) }
    return .object([
      "type": "object", "description": .string("要写的\(kind.label)"),
      "properties": .object(properties),
    ])
  }

  private static func page(of type: String) -> JSON {
    .object([
      "type": "object", "required": .array(["total", "offset", "next", "items"]),
      "properties": .object([
        "total": integer(0, nil), "offset": integer(0, nil),
        "next": .object([
          "type": .array(["string", "null"]), "description": "下一页的 cursor；最后一页为 null",
        ]), "items": .object(["type": "array", "items": ref(type)]),
        "facets": .object([
          "type": "object", "description": "问了 facets 才有：字段到各值条数；记录太多一时数不出的为 null",
          "additionalProperties": .object([
            "type": .array(["object", "null"]),
            "additionalProperties": .object([
              "type": .array(["integer", "null"]), "minimum": 0,
              "description": "null：为保护个人不公开，见 suppressed",
            ]),
          ]),
        ]),
        "suppressed": .object([
          "type": "object", "description": "facets 里有不公开的条数才有",
          "required": .array(["below", "note"]),
          "properties": .object([
            "below": integer(1, nil),
            "note": .object(["type": "string", "description": "为什么不公开"]),
          ]),
        ]),
      ]),
    ])
  }

  /// The schema of a field's values.
  func schema(_ field: FieldShape, isNullable: Bool = false) -> JSON {
    var members = self.members(field.type)
    if isNullable, let place = members.firstIndex(where: { $0.name == "type" }) {
      members[place].value = .array([members[place].value, "null"])
      if let place = members.firstIndex(where: { $0.name == "enum" }) {
        members[place].value = .array((members[place].value.array ?? []) + [.null])
      }
    }
    // No titles: generators take them for names of types, and labels are Chinese.
    let words = [field.heading, field.help].filter { !$0.isEmpty }.joined(separator: "。")
    members.append(.init("description", .string(words)))
    if !field.example.isEmpty, case .text = field.type {
      members.append(.init("examples", .array([.string(field.example)])))
    }
    if field.isDerived { members.append(.init("readOnly", true)) }
    return .object(members)
  }

  private func members(_ type: FieldType) -> [JSON.Member] {
    func text(_ extra: JSON.Member...) -> [JSON.Member] { [.init("type", "string")] + extra }
    func list(_ items: [JSON.Member]) -> [JSON.Member] {
      [.init("type", "array"), .init("items", .object(items))]
    }
    func codes(_ options: [Option]) -> JSON.Member {
      .init("enum", .array(options.map { .string($0.code) }))
    }
    switch type {
    case .text(let most), .longText(let most), .identifier(let most):
      return text(.init("maxLength", .integer(most)))
    case .choice(let options): return text(codes(options))
    case .choices(let options): return list(text(codes(options)))
    case .code(let table):
      let options = city.codeTable(table) ?? []
      return options.isEmpty ? text() : text(codes(options))
    case .reference(let kind): return text(.init("x-refers-to", .string(kind)))
    case .references(let kind): return list(text(.init("x-refers-to", .string(kind))))
    case .integer(let range):
      return [
        .init("type", "integer"), .init("minimum", .integer(range.lowerBound)),
        .init("maximum", .integer(range.upperBound)),
      ]
    case .decimal, .money: return [.init("type", "number")]
    case .boolean: return [.init("type", "boolean")]
    case .date: return text(.init("format", "date"))
    case .schoolYear: return text(.init("pattern", "^[0-9]{4}-[0-9]{4}$"))
    case .uscc: return text(.init("maxLength", 18))
    case .list: return list(text())
    case .rows(let columns):
      return list([
        .init("type", "object"),
        .init(
          "properties",
          .object(
            columns.map { column in
              var cell: [JSON.Member] = [
                .init("type", "string"), .init("description", .string(column.label)),
              ]
              if !column.options.isEmpty { cell.append(codes(column.options)) }
              return .init(column.name, .object(cell))
            }
          )
        ),
      ])
    }
  }

  /// The schemas that no kind owns.
  var commonSchemas: [JSON.Member] {
    let text = JSON.object(["type": "string"])
    let number = JSON.object(["type": .array(["number", "null"])])
    return [
      .init(
        "FieldProblem",
        .object([
          "type": "object", "required": .array(["code", "field", "message"]),
          "properties": .object([
            "code": .object(["type": "string", "description": "不变的代码，如 REC-E-001"]),
            "field": .object(["type": "string", "description": "哪个字段；整条的为空"]),
            "message": text,
          ]),
        ])
      ),
      .init(
        "Problem",
        .object([
          "type": "object", "required": .array(["type", "title", "status", "problems"]),
          "properties": .object([
            "type": text, "title": text, "status": .object(["type": "integer"]),
            "problems": .object(["type": "array", "items": Self.ref("FieldProblem")]),
            "current": .object(["type": "object", "description": "别人改过之后的记录"]),
          ]),
        ])
      ),
      .init(
        "BulkResult",
        .object([
          "type": "object", "required": .array(["results"]),
          "properties": .object([
            "results": .object([
              "type": "array",
              "items": .object([
                "type": "object", "required": .array(["status", "problems"]),
                "properties": .object([
                  "status": .object([
                    "type": "string",
                    "enum": .array(["new", "changed", "unchanged", "refused", "skipped"]),
                  ]), "id": .object(["type": .array(["string", "null"])]),
                  "version": .object(["type": .array(["integer", "null"])]),
                  "problems": .object(["type": "array", "items": Self.ref("FieldProblem")]),
                ]),
              ]),
            ])
          ]),
        ])
      ),
      .init(
        "Version",
        .object([
          "type": "object",
          "required": .array(["version", "at", "by", "action", "changes"]),
          "properties": .object([
            "version": .object(["type": "integer"]), "at": text,
            "until": .object(["type": .array(["string", "null"])]), "by": text, "action": text,
            "sourceSystem": text, "document": text,
            "import": .object(["type": .array(["integer", "null"])]),
            "line": .object(["type": .array(["integer", "null"])]),
            "changes": .object([
              "type": "array",
              "items": .object([
                "type": "object", "required": .array(["field"]),
                "properties": .object([
                  "field": text, "before": .object([JSON.Member]()),
                  "after": .object([JSON.Member]()),
                ]),
              ]),
            ]),
          ]),
        ])
      ),
      .init(
        "Evidence",
        .object([
          "type": "object", "required": .array(["confirmations", "former", "later"]),
          "properties": .object([
            "confirmations": .object([
              "type": "array",
              "items": .object([
                "type": "object",
                "properties": .object([
                  "field": text, "document": text, "by": text, "confirmedOn": Self.date,
                ]),
              ]),
            ]), "former": .object(["type": "array", "items": Self.ref("Succession")]),
            "later": .object(["type": "array", "items": Self.ref("Succession")]),
          ]),
        ])
      ),
      .init(
        "Succession",
        .object([
          "type": "object",
          "properties": .object([
            "from": text, "to": text,
            "how": .object([
              "type": "string", "enum": .array(["merge", "succession", "split"]),
            ]), "on": Self.date, "document": text, "by": text,
          ]),
        ])
      ),
      .init(
        "Figure",
        .object([
          "type": "object",
          "required": .array([
            "code", "label", "value", "unit", "display", "formula", "records", "isSuppressed",
          ]),
          "properties": .object([
            "code": text, "label": text, "value": number, "unit": text, "display": text,
            "formula": text, "rule": text, "year": text,
            "records": .object(["type": .array(["integer", "null"])]),
            "missing": .object([
              "type": .array(["string", "null"]),
              "description": "没有数值时为什么：未填报、不适用（分母为 0）、不公开、算不出",
            ]),
            "isSuppressed": .object([
              "type": "boolean", "description": "为保护个人不公开：value 和 records 为 null，不是没有填报",
            ]),
          ]),
        ])
      ),
      .init(
        "Matches",
        .object([
          "type": "object", "required": .array(["candidates", "nearMisses", "algorithm"]),
          "properties": .object([
            "candidates": .object([
              "type": "array",
              "items": .object([
                "type": "object",
                "required": .array(["id", "kind", "code", "name", "score", "grade", "reasons"]),
                "properties": .object([
                  "id": text,
                  "kind": .object([
                    "type": "string", "enum": .array(["program", "offer", "need", "carrier"]),
                  ]), "code": text, "name": text, "score": number, "grade": text,
                  "completeness": .object(["type": "number"]),
                  "reasons": .object(["type": "array", "items": text]),
                  "factors": .object(["type": "array", "items": .object(["type": "object"])]),
                ]),
              ]),
            ]),
            "nearMisses": .object(["type": "array", "items": .object(["type": "object"])]),
            "suggestions": .object(["type": "object"]), "algorithm": text,
          ]),
        ])
      ),
      .init(
        "AuditHead",
        .object([
          "type": "object", "required": .array(["date", "seq", "hash", "algorithm"]),
          "properties": .object([
            "date": Self.date, "seq": Self.integer(1, nil), "hash": text,
            "algorithm": .object(["type": "string", "enum": .array(["sha256", "sm3"])]),
          ]),
        ])
      ),
      .init(
        "Changes",
        .object([
          "type": "object", "required": .array(["changes", "next", "last"]),
          "properties": .object([
            "changes": .object([
              "type": "array",
              "items": .object([
                "type": "object", "required": .array(["seq", "kind", "id", "version"]),
                "properties": .object([
                  "seq": .object(["type": "integer"]), "kind": text, "id": text,
                  "version": .object(["type": "integer"]),
                ]),
              ]),
            ]), "next": .object(["type": "integer"]), "last": .object(["type": "integer"]),
          ]),
        ])
      ),
    ]
  }
}
