package import Calendar
import Ciphers
import Indicators
import Ledger
package import Records
import Storage
package import Values

/// A template with its figures reckoned: what would be published now.
package struct DocumentDraft: Sendable {
  /// A figure with its value and where it comes from.
  package struct Figure: Sendable {
    /// The figure.
    package var figure: LiveFigure
    /// Its value.
    package var value: Exact
    /// The value as the document has it.
    package var said: String
    /// The year it is of; empty when it is of none.
    package var year: String
    /// The sets of records behind it.
    package var sources: [Source]
    /// The code of the indicator it is, when the formula is nothing else.
    package var indicator: String?

    /// How many records are behind it.
    package var records: Int { sources.reduce(0) { $0 + $1.records.count } }
  }

  /// One set of records behind a figure.
  package struct Source: Sendable {
    /// The kind and what it is called.
    package var kind: String
    package var label: String
    /// The records with the version that was read.
    package var records: [(id: String, version: Int)]
    /// The hash of all of them, by number and version.
    package var digest: String
  }

  /// A part of a paragraph.
  package enum Span: Sendable {
    case text(String)
    case figure(Figure)
  }

  /// A paragraph, or a table of rows of cells whose first is the heading.
  package enum Block: Sendable {
    case paragraph([Span])
    case table([[String]])
  }

  /// The template.
  package var template: DocumentTemplate
  /// The day whose state the figures tell.
  package var asOf: CivilDate
  /// The paragraphs.
  package var blocks: [Block]
  /// What holds the conditions of clauses, in the order of the text.
  package var clauses: [Figure]

  /// The figures in the order of the text, those that only decide a clause last.
  package var figures: [Figure] {
    blocks.flatMap { block -> [Figure] in
      guard case .paragraph(let spans) = block else { return [] }
      return spans.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
    } + clauses
  }

  /// The figures, each with the paragraph and the character it stands at, as `2:17`; one that only decides a clause
  /// stands nowhere.
  var placed: [(figure: Figure, place: String)] {
    var placed: [(Figure, String)] = []
    var line = 0
    for block in blocks {
      switch block {
      case .paragraph(let spans):
        var at = 0
        for span in spans {
          switch span {
          case .text(let text): at += text.count
          case .figure(let figure):
            placed.append((figure, "\(line):\(at)"))
            at += figure.said.count
          }
        }
        line += 1
      case .table(let rows): line += rows.count
      }
    }
    return placed + clauses.map { ($0, "") }
  }

  /// The text, a paragraph a line; tables as tab-separated lines.
  package var text: String {
    blocks.map { block in
      switch block {
      case .paragraph(let spans):
        spans.map { span in
          switch span {
          case .text(let text): text
          case .figure(let figure): figure.said
          }
        }.joined()
      case .table(let rows): rows.map { $0.joined(separator: "\t") }.joined(separator: "\n")
      }
    }.joined(separator: "\n")
  }

  /// Reckons a template.
  ///
  /// - Parameters:
  ///   - template: the template.
  ///   - asOf: the day: of kinds that say from when to when they hold, only records that held on it count.
  ///   - register: the whole register.
  /// - Returns: the draft, and what is wrong with it: each figure that does not resolve, with its line.
  /// - Throws: the store's errors.
  package static func reckon(
    _ template: DocumentTemplate,
    asOf: CivilDate,
    in register: RecordStore
  ) throws -> (draft: DocumentDraft?, faults: [PlacedProblem]) {
    let known = try indicators(register)
    let book = IndicatorBook(register, indicators: known + own(template), validOn: asOf)
    return try register.store.read { reading in
      let reckoning = try book.reckon(in: reading, for: .anonymous)
      var faults: [PlacedProblem] = []
      func figure(_ live: LiveFigure) throws -> Figure? {
        let code = code(live)
        guard let value = try reckoning.value(code) else { return nil }
        guard let exact = value.answer.exact else {
          let why = reckoning.fault(code) ?? value.answer.words ?? "算不出"
          faults.append(
            PlacedProblem(
              file: template.path,
              line: live.line,
              problem: Problem("PUB-E-010", "", "数字“{{\(live.formula)}}”算不出：\(why)")
            )
          )
          return nil
        }
        let sources = try reckoning.recordSets(of: code, at: .city, value.year).map { set in
          try source(set, reckoning, register)
        }
        return Figure(
          figure: live,
          value: exact,
          said: live.said(exact),
          year: value.year,
          sources: sources,
          indicator: known.contains { $0.code == live.formula } ? live.formula : nil
        )
      }
      var draft = DocumentDraft(template: template, asOf: asOf, blocks: [], clauses: [])
      for block in template.blocks {
        switch block {
        case .paragraph(let parts):
          var spans: [Span] = []
          for part in parts {
            switch part {
            case .text(let text): spans.append(.text(text))
            case .figure(let live):
              if let found = try figure(live) { spans.append(.figure(found)) }
            case .clause(let live, let text):
              guard let found = try figure(live) else { continue }
              draft.clauses.append(found)
              if found.value != .zero { spans.append(.text(text)) }
            }
          }
          draft.blocks.append(.paragraph(spans))
        case .table(let codes):
          draft.blocks.append(.table(try table(codes, template, reckoning, register, &faults)))
        }
      }
      return (faults.isEmpty ? draft : nil, faults)
    }
  }

  /// What is wrong with the formulas of a template, without reckoning them.
  ///
  /// - Parameters:
  ///   - template: the template.
  ///   - register: a register with the city's records.
  /// - Returns: the faults, by line.
  /// - Throws: the store's errors.
  package static func faults(of template: DocumentTemplate, in register: RecordStore) throws
    -> [PlacedProblem]
  {
    let book = IndicatorBook(register, indicators: try indicators(register) + own(template))
    return try register.store.read { reading in
      let reckoning = try book.reckon(in: reading)
      return template.figures.compactMap { figure in
        reckoning.fault(code(figure)).map { fault in
          PlacedProblem(
            file: template.path,
            line: figure.line,
            problem: Problem("PUB-E-003", "", "公式“{{\(figure.formula)}}”：\(fault)")
          )
        }
      }
    }
  }

  /// The figures of a template as indicators of their own.
  private static func own(_ template: DocumentTemplate) -> [Indicator] {
    template.figures.map(indicator)
  }

  /// A figure as an indicator of its own.
  static func indicator(_ figure: LiveFigure) -> Indicator {
    var indicator = Indicator()
    indicator.code = code(figure)
    indicator.label = figure.formula
    indicator.formula = figure.formula
    indicator.display = .number
    indicator.levels = ["city"]
    indicator.period = .latest
    return indicator
  }

  private static func code(_ figure: LiveFigure) -> String { "doc.\(figure.number)" }

  private static func indicators(_ register: RecordStore) throws -> [Indicator] {
    guard let kind = register.kind("indicator") else { return [] }
    return try register.list(kind, Query(limit: 10_000)).map { Indicator(values: $0.values) }
  }

  private static func source(
    _ set: Reckoning.RecordSet,
    _ reckoning: Reckoning,
    _ register: RecordStore
  ) throws -> Source {
    var records: [(id: String, version: Int)] = []
    try reckoning.each(set) { record, _ in records.append((record.id, record.version)) }
    records.sort { $0.id < $1.id }
    let lines = records.map { "\($0.id):\($0.version)" }.joined(separator: "\n")
    return Source(
      kind: set.kind,
      label: register.kind(set.kind)?.label ?? set.kind,
      records: records,
      digest: Hex.encode(HashAlgorithm.sha256.hash(Array(lines.utf8)))
    )
  }

  /// Indicators by county.
  private static func table(
    _ codes: [String],
    _ template: DocumentTemplate,
    _ reckoning: Reckoning,
    _ register: RecordStore,
    _ faults: inout [PlacedProblem]
  ) throws -> [[String]] {
    for code in codes where reckoning.indicator(code) == nil {
      faults.append(
        PlacedProblem(
          file: template.path,
          line: nil,
          problem: Problem("PUB-E-010", "", "表里没有指标 \(code)。")
        )
      )
    }
    let heading = ["地区"] + codes.map { reckoning.indicator($0)?.label ?? $0 }
    let rows = try register.managingUnits().map { county in
      try [county.title]
        + codes.map {
          try reckoning.value($0, at: IndicatorPlace(.county, county.id))?.display ?? ""
        }
    }
    return [heading] + rows
  }
}
