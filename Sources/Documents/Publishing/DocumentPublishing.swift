package import Calendar
import Ciphers
package import Records
import Storage
import Values

/// Publishes drafts: freezes their figures, allots their numbers, chains their hashes.
package struct DocumentPublishing: Sendable {
  private let register: RecordStore

  /// Publishes into a register; who publishes must be let see all of it.
  package init(_ register: RecordStore) { self.register = register }

  /// Publishes a draft, once: the same template with the same figures as of the same day is the same document.
  ///
  /// - Parameters:
  ///   - draft: the draft.
  ///   - signDate: the day it is signed; the day its figures are of when `nil`.
  ///   - actor: who publishes.
  /// - Returns: the document, and whether it is new.
  /// - Throws: `Refused` when a series is missing or the record is refused; the store's errors.
  package func publish(_ draft: DocumentDraft, signedOn signDate: CivilDate? = nil, by actor: Actor)
    throws -> (document: PublishedDocument, isNew: Bool)
  {
    guard let kind = register.kind("publishedDocument") else {
      throw Refused(problems: [Problem("PUB-E-030", "", "登记里没有公文这一类。")])
    }
    var document = Self.document(draft)
    document.signDate = signDate ?? draft.asOf
    return try register.inOneTransaction { inside in
      let before = try inside.list(
        kind,
        Query([.field("template", document.template)], sort: "documentId", limit: 1_000)
      ).map { PublishedDocument(values: $0.values) }
      if let same = before.last(where: { $0.isSame(as: document) }) { return (same, false) }
      let year = document.signDate?.year ?? draft.asOf.year
      let number = try next(draft.template["文号系列"], .documentNumber, year, kind, inside)
      document.series = number.series
      document.serial = number.serial
      document.documentNumber = number.written
      if !draft.template["索引系列"].isEmpty {
        let index = try next(draft.template["索引系列"], .indexNumber, year, kind, inside)
        document.indexSeries = index.series
        document.indexSerial = index.serial
        document.indexNumber = index.written
      }
      document.formerHash = try last(kind, inside)
      document.contentHash = document.hash
      let saved = try inside.save(kind, Draft(document), by: actor).record
      return (PublishedDocument(values: saved.values), true)
    }
  }

  /// The document a draft becomes, without its numbers.
  static func document(_ draft: DocumentDraft) -> PublishedDocument {
    var document = PublishedDocument()
    let template = draft.template
    document.template = template.name
    document.title = template["标题"]
    document.organ = template["机关"]
    document.category = template["信息分类"]
    document.summary = template["概述"]
    document.asOf = draft.asOf
    document.replyType = ReplyType(rawValue: template["答复类型"].lowercased())
    document.subject = template["案由"]
    document.addressee = template["主送"]
    document.leadOrgan = template["主办"]
    document.coOrgans = template.list("会办")
    document.copies = template.list("抄送")
    document.disclosure =
      DisclosureMode.allCases.first { $0.label == template["公开"] } ?? .closed
    document.body = draft.text
    document.figures = CellRows(
      draft.placed.map { found, place in
        [
          String(found.figure.number), place, found.figure.formula, found.said,
          found.value.description,
          found.year, String(found.records),
          String(found.sources.map(\.digest).joined(separator: " ").prefix(64)),
        ]
      }
    )
    return document
  }

  /// The next number of a series in a year.
  private func next(
    _ prefix: String,
    _ use: SeriesUse,
    _ year: Int,
    _ kind: Kind,
    _ inside: RecordStore
  ) throws -> (series: String, serial: Int, written: String) {
    guard let seriesKind = inside.kind("documentSeries"),
      let record = try inside.list(
        seriesKind,
        Query([.field("prefix", prefix), .field("year", String(year))], limit: 1)
      ).first
    else {
      throw Refused(problems: [
        Problem("PUB-E-031", "文号系列", "没有 \(year) 年的\(use.label)系列“\(prefix)”，请先在“文号系列”里登记。")
      ])
    }
    let series = DocumentSeries(values: record.values)
    let (field, place) =
      use == .indexNumber ? ("indexSeries", "indexSerial") : ("series", "serial")
    let used = try inside.list(kind, Query([.field(field, record.id)], sort: place, limit: 100_000))
      .compactMap { $0[place].integer }.max()
    let serial = max(used ?? 0, series.usedBefore ?? 0) + 1
    return (record.id, serial, series.written(serial))
  }

  /// The hash of the last document; empty for the first.
  private func last(_ kind: Kind, _ inside: RecordStore) throws -> String {
    try inside.list(kind, Query(sort: "documentId", limit: 100_000)).last?["contentHash"].text ?? ""
  }

  /// Whether the documents of a register are chained as they were published.
  ///
  /// - Parameter register: the whole register.
  /// - Returns: the numbers of documents whose content or chain does not fit their hash.
  /// - Throws: the store's errors.
  package static func broken(in register: RecordStore) throws -> [String] {
    guard let kind = register.kind("publishedDocument") else { return [] }
    var broken: [String] = []
    var former = ""
    for record in try register.list(kind, Query(sort: "documentId", limit: 100_000)) {
      let document = PublishedDocument(values: record.values)
      if document.formerHash != former || document.contentHash != document.hash {
        broken.append(document.documentId)
      }
      former = document.contentHash
    }
    return broken
  }
}

extension PublishedDocument {
  /// What of a document is hashed: all that may not change once it is out, after the hash of the one before.
  var hash: String {
    let parts =
      [
        formerHash, template, title, organ, documentNumber, indexNumber, asOf?.description ?? "",
        signDate?.description ?? "", replyType?.rawValue ?? "", subject, addressee, leadOrgan,
      ] + coOrgans + copies + [disclosure?.rawValue ?? "", body]
      + figures.rows.map { $0.joined(separator: "\t") }
    let bytes = Array(parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n").utf8)
    return Hex.encode(HashAlgorithm.sha256.hash(bytes))
  }

  /// Whether another draft would say the same of the same day.
  fileprivate func isSame(as other: PublishedDocument) -> Bool {
    template == other.template && asOf == other.asOf && body == other.body
      && figures == other.figures && state == .published
  }
}
