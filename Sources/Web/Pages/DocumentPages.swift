import Calendar
import Documents
import Foundation
import Ledger
import Records
import Sheets
import Values

/// Documents: those published, one with its figures then and now, the templates, and publishing.
extension Site {
  /// Answers what is about documents; `nil` for any other address.
  func routeDocuments(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("GET", 1, "documents"): return try documentsPage(request, .public)
    case ("GET", 1, "documents.atom"): return try documentsFeed()
    case ("GET", 2, "desk") where path[1] == "documents":
      return try documentsPage(request, .desk)
    case ("GET", 2, "document"): return try documentPage(path[1], request, .public)
    case ("GET", 3, "document"): return try documentFile(path[1], path[2], request)
    case ("GET", 3, "desk") where path[1] == "document":
      return try documentPage(path[2], request, .desk)
    case ("GET", 3, "desk") where path[1] == "documents":
      return try previewPage(path[2], request)
    case ("POST", 3, "desk") where path[1] == "documents",
      ("POST", 3, "api") where path[1] == "documents":
      return try publishDocument(path[2], request)
    case ("GET", 3, "api") where path[1] == "documents": return try previewJSON(path[2], request)
    default: return nil
    }
  }

  private func document(_ id: String) throws -> PublishedDocument? {
    guard let kind = register.kind("publishedDocument"),
      let record = try register.record(kind, id)
    else { return nil }
    return PublishedDocument(values: record.values)
  }

  // MARK: Published

  private func documentsPage(_ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind("publishedDocument") else { return notFound(request) }
    let documents = try register.list(
      kind,
      Query(sort: "documentId", isDescending: true, limit: 200)
    )
    .map { PublishedDocument(values: $0.values) }
    let table = Table(
      caption: "公文",
      columns: ["标题", "文号", "成文日期", "答复类型", "公开"].map { Table.Column(text: $0) },
      rows: documents.map { document in
        [
          Table.Cell(
            document.title,
            .name,
            address: "\(door.base)/document/\(Address.encoded(document.documentId))"
          ),
          Table.Cell(document.documentNumber, .short, label: "文号"),
          Table.Cell(document.signDate?.description ?? "", .short, label: "成文"),
          Table.Cell(document.replyType?.letter ?? "", .short),
          Table.Cell(document.disclosure?.label ?? "", .short),
        ]
      }
    )
    var sections: [Model] = [
      [
        "title": "已发布（\(documents.count)）", "table": documents.isEmpty ? nil : table.html,
        "empty": "还没有发布的公文。",
      ]
    ]
    if door == .desk, mayPublish { sections.append(templates()) }
    return page(
      "report",
      [
        "title": "公文", "lead": "公文里的数字由台账算出，发布时冻结；点开看每个数当时和现在各是多少、来自哪些记录。",
        "sections": sections,
        "links": [
          [
            "text": "按机关、类型、年份筛选和导出",
            "href": Address.list("publishedDocument", door),
          ] as Model,
          ["text": "订阅（Atom）", "href": "/documents.atom"] as Model,
        ].asRows,
      ],
      door: door,
      current: "documents",
      startedAt: startedAt
    )
  }

  /// The newest documents as a feed (Atom, RFC 4287), for whoever subscribes.
  private func documentsFeed() throws -> WebAnswer {
    guard let kind = register.kind("publishedDocument") else {
      return notFound(.init(method: "GET", target: "/documents.atom"))
    }
    let documents = try register.list(
      kind,
      Query([.field("disclosure", "open")], sort: "documentId", isDescending: true, limit: 50)
    )
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
    func moment(_ record: Record) -> String {
      "\(record["signDate"].date?.description ?? "1970-01-01")T00:00:00+08:00"
    }
    let entries = documents.map { record -> String in
      let document = PublishedDocument(values: record.values)
      return """
        <entry><title>\(escaped(document.title))</title><id>urn:citong:\(escaped(city.code)):document:\(escaped(document.documentId))</id><updated>\(moment(record))</updated><author><name>\(escaped(document.organ))</name></author><link href="/document/\(Address.encoded(document.documentId))"/><summary>\(escaped(document.summary))</summary></entry>
        """
    }
    let text = """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom"><title>\(escaped(city.platformName))公文</title><id>urn:citong:\(escaped(city.code)):documents</id><updated>\(documents.first.map(moment) ?? "1970-01-01T00:00:00+08:00")</updated><link rel="self" href="/documents.atom"/>\(entries.joined())</feed>

      """
    return WebAnswer(text, type: "application/atom+xml; charset=utf-8")
  }

  private var mayPublish: Bool {
    base.kind("publishedDocument").map { Self.visitor.reader.may(.create, $0) } ?? false
  }

  private func templates() -> Model {
    let (templates, faults) = DocumentTemplate.all(in: city.folder)
    let table = Table(
      caption: "模板",
      columns: ["模板", "标题", "数字"].map { Table.Column(text: $0) },
      rows: templates.map { template in
        [
          Table.Cell(
            template.name,
            .name,
            address: "/desk/documents/\(Address.encoded(template.name))"
          ), Table.Cell(template["标题"]), Table.Cell(String(template.figures.count), .number),
        ]
      },
      note: faults.map(\.description).joined(separator: " ")
    )
    return [
      "title": "模板", "table": templates.isEmpty ? nil : table.html,
      "empty": "城市文件夹的 documents/ 里没有模板。",
    ]
  }

  private func documentPage(_ id: String, _ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    guard let document = try document(id) else { return notFound(request) }
    let whole = base
    let comparison = try remembered("document \(id)") {
      try DocumentComparison(document, in: whole)
    }
    let changed = comparison.rows.count(where: \.hasChanged)
    let address = "/document/\(Address.encoded(id))"
    let facts: [(String, String)] = [
      ("索引号", document.indexNumber), ("备注/文号", document.documentNumber),
      ("发布机构", document.organ), ("公文生成日期", document.signDate?.description ?? ""),
      ("答复类型", document.replyType?.letter ?? ""), ("信息分类", document.category),
      ("数据截至", document.asOf?.description ?? ""), ("公开属性", document.disclosure?.label ?? ""),
      (
        "法定公开期限",
        document.disclosure == .open
          ? document.signDate.map {
            city.workingDays.date(20, workingDaysAfter: $0).description
          } ?? "" : ""
      ),
    ]
    return page(
      "document",
      [
        "title": document.title,
        "facts": facts.filter { !$0.1.isEmpty }.map { ["label": $0.0, "text": $0.1] as Model },
        "withdrawn": document.state == .published
          ? nil : "这份公文\(document.state?.label ?? "")：\(document.correction)",
        "organ": document.organ, "number": document.documentNumber,
        "replyType": document.replyType.map { "答复类型：\($0.letter)" },
        "addressee": document.addressee.isEmpty ? nil : document.addressee + "：",
        "body": document.bodyHTML(true) { row in
          row[2].allSatisfy { $0.isLetter || $0.isNumber || $0 == "." }
            ? Address.figure(row[2]) : "#f\(row[0])"
        }, "date": document.signDate?.sentence ?? "",
        "disclosed": "（此件\(document.disclosure?.label ?? "")）",
        "copies": document.copies.isEmpty
          ? nil : "抄送：\(document.copies.joined(separator: "、"))。",
        "sentence": changed == 0
          ? "\(comparison.rows.count) 个数字，台账现在算出的都和发布时一样。"
          : "\(comparison.rows.count) 个数字，\(changed) 个台账现在算出的和发布时不同。",
        "figures": comparison.rows.map { row -> Model in
          [
            "number": row.number, "label": row.label, "said": row.said, "then": row.then,
            "now": row.now, "changed": row.hasChanged ? true : nil, "records": row.records,
            "href": row.indicator.map(Address.figure),
            "other": row.contradictions.isEmpty
              ? nil : "和 \(row.contradictions.joined(separator: "、")) 说的不同",
          ]
        }, "hash": document.contentHash, "former": document.formerHash,
        "files": [
          ["text": "打印页", "href": address + "/page.html"] as Model,
          ["text": "Word", "href": address + "/document.docx"] as Model,
          ["text": "文本", "href": address + "/document.txt"] as Model,
          ["text": "数字和证据（JSON）", "href": address + "/figures.json"] as Model,
        ],
        "record": door == .desk ? Address.record("publishedDocument", id, .desk) : nil,
      ],
      door: door,
      current: "documents",
      startedAt: startedAt
    )
  }

  private func documentFile(_ id: String, _ name: String, _ request: WebRequest) throws -> WebAnswer
  {
    guard let document = try document(id) else { return notFound(request) }
    switch name {
    case "page.html":
      var answer = WebAnswer(document.page(isDemo: isDemo), type: "text/html; charset=utf-8")
      answer.headers.append(("Content-Security-Policy", PublishedDocument.pagePolicy))
      return answer
    case "document.txt":
      return WebAnswer(
        (isDemo ? "演示数据，请勿引用\n" : "") + document.plainText,
        type: "text/plain; charset=utf-8"
      )
    case "figures.json":
      return .json(
        .object([
          "document": .string(document.documentNumber), "index": .string(document.indexNumber),
          "asOf": .string(document.asOf?.description ?? ""),
          "contentHash": .string(document.contentHash),
          "formerHash": .string(document.formerHash),
          "figures": .array(
            try DocumentComparison(document, in: base).rows.map { row in
              .object([
                "number": .string(row.number), "formula": .string(row.formula),
                "said": .string(row.said), "then": .string(row.then), "now": .string(row.now),
                "changed": .boolean(row.hasChanged), "records": .string(row.records),
              ])
            }
          ),
        ])
      )
    case "document.docx":
      return .work { _ in
        let path = NSTemporaryDirectory() + "citong-\(UUID().uuidString).docx"
        do { try document.writeWord(to: path) } catch let error as ArchiveWriter.Unwritable {
          return self.message("写不了文件", error.sentence, status: 500, door: .public)
        }
        return .file(
          path,
          name: "\(document.title).docx",
          type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        )
      }
    default: return notFound(request)
    }
  }

  // MARK: Publishing

  private func template(_ name: String) -> (template: DocumentTemplate?, faults: [PlacedProblem]) {
    let (templates, faults) = DocumentTemplate.all(in: city.folder)
    return (
      templates.first { $0.name == name }, faults.filter { $0.file.hasSuffix("/\(name).txt") }
    )
  }

  private func day(_ text: String?) -> CivilDate? {
    guard let text, !text.isEmpty else { return asOf ?? base.clock.now().date }
    return CivilDate(text)
  }

  private func previewPage(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    let (found, broken) = template(name)
    guard mayPublish, found != nil || !broken.isEmpty else { return notFound(request) }
    guard let day = day(request["asOf"]) else {
      return message("日期不对", "日期请写成 2022-07-14。", status: 400, door: .desk)
    }
    var told = broken
    var draft: DocumentDraft?
    if let found {
      let (reckoned, faults) = try DocumentDraft.reckon(found, asOf: day, in: base)
      draft = reckoned
      told += faults
    }
    return page(
      "document-preview",
      [
        "title": found?["标题"] ?? name, "name": name, "asOf": day.description,
        "action": "/desk/documents/\(Address.encoded(name))",
        "faults": told.map { fault -> Model in
          ["text": "第 \(fault.line.map(String.init) ?? "—") 行：\(fault.problem.message)"]
        },
        "draft": draft.map { draft -> Model in
          [
            "paragraphs": draft.blocks.map(Self.previewed),
            "count": "\(draft.figures.count)",
            "figures": draft.figures.map { figure -> Model in
              [
                "number": String(figure.figure.number), "said": figure.said,
                "formula": figure.figure.formula, "value": figure.value.description,
                "year": figure.year, "records": String(figure.records),
                "href": figure.indicator.map(Address.figure),
              ]
            },
          ]
        },
      ],
      door: .desk,
      current: "documents",
      startedAt: startedAt
    )
  }

  private static func previewed(_ block: DocumentDraft.Block) -> Model {
    switch block {
    case .paragraph(let spans):
      [
        "spans": spans.map { span -> Model in
          switch span {
          case .text(let text): ["text": text]
          case .figure(let figure):
            [
              "figure": figure.said,
              "title":
                "\(figure.figure.formula) = \(figure.value)，\(figure.records) 条记录",
              "href": figure.indicator.map(Address.figure) ?? "#n\(figure.figure.number)",
            ]
          }
        }
      ]
    case .table(let rows):
      [
        "spans": [
          ["text": rows.map { $0.joined(separator: "　") }.joined(separator: "／")] as Model
        ]
      ]
    }
  }

  private func previewJSON(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard mayPublish, let found = template(name).template else {
      return .problem("没有模板 \(name)。", status: 404)
    }
    guard let day = day(request["asOf"]) else {
      return .problem("日期不对", status: 400, [Problem("PUB-E-035", "asOf", "日期请写成 2022-07-14。")])
    }
    let (draft, faults) = try DocumentDraft.reckon(found, asOf: day, in: base)
    guard let draft else { return .problem("有数字算不出", status: 422, faults.map(\.problem)) }
    return .json(
      .object([
        "template": .string(name), "asOf": .string(day.description), "text": .string(draft.text),
        "figures": .array(draft.figures.map(\.json)),
      ])
    )
  }

  private func publishDocument(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    let isAPI = request.path.first == "api"
    guard let kind = base.kind("publishedDocument") else { return notFound(request) }
    guard let found = template(name).template else {
      return isAPI ? .problem("没有模板 \(name)。", status: 404) : notFound(request)
    }
    let given =
      isAPI
      ? (try? JSON(parsing: request.body))?["asOf"]?.string
      : request.form.first { $0.name == "asOf" }?.value
    do {
      guard let day = day(given) else {
        throw Refused(problems: [Problem("PUB-E-035", "asOf", "日期请写成 2022-07-14。")])
      }
      let (draft, faults) = try DocumentDraft.reckon(found, asOf: day, in: base)
      guard let draft else { throw Refused(problems: faults.map(\.problem)) }
      let (document, isNew) = try DocumentPublishing(register).publish(
        draft,
        by: isAPI ? Self.program : Self.officer
      )
      try catchUp()
      if isAPI {
        return .json(
          .object([
            "documentId": .string(document.documentId),
            "documentNumber": .string(document.documentNumber),
            "indexNumber": .string(document.indexNumber), "isNew": .boolean(isNew),
          ])
        )
      }
      return .seeOther("/desk/document/\(Address.encoded(document.documentId))")
    } catch let refused as Refused {
      try noteRefused(refused, kind, nil)
      if isAPI || refused.problems.contains(where: { $0.code.hasPrefix("ACC-E-00") }) {
        return denial(refused, request)
      }
      return message(
        "没有发布",
        refused.problems.map(\.message).joined(separator: " "),
        status: 422,
        door: .desk,
        links: [("回到模板", "/desk/documents/\(Address.encoded(name))")]
      )
    }
  }
}
