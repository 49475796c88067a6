import Indicators
package import Records
import Storage
import Values

/// The figures of a published document beside what the register says now (当时和现在).
package struct DocumentComparison: Sendable {
  /// One figure.
  package struct Row: Sendable {
    /// Its number in the document.
    package var number: String
    /// The formula, and the code of the indicator it is when it is nothing else.
    package var formula: String
    package var indicator: String?
    /// What it is called: the indicator's label, or the formula.
    package var label: String
    /// What the document says, and the exact value it was reckoned as.
    package var said: String
    package var then: String
    /// What the register says now; why it says nothing where it does not.
    package var now: String
    /// Whether the two differ.
    package var hasChanged: Bool
    /// How many records it rested on.
    package var records: String
    /// Other documents that say another value of the same formula for the same day.
    package var contradictions: [String]
  }

  /// The figures, in the order of the text.
  package var rows: [Row]

  /// Compares a document with the register.
  ///
  /// - Parameters:
  ///   - document: the document.
  ///   - register: the whole register.
  /// - Throws: the store's errors.
  package init(_ document: PublishedDocument, in register: RecordStore) throws {
    let known =
      try register.kind("indicator").map { kind in
        try register.list(kind, Query(limit: 10_000)).map { Indicator(values: $0.values) }
      } ?? []
    let labels = Dictionary(
      known.map { ($0.code, $0.label) },
      uniquingKeysWith: { first, _ in first }
    )
    let frozen = document.figures.rows.filter { $0.count >= 7 }
    let own = frozen.map { row in
      DocumentDraft.indicator(LiveFigure(Int(row[0]) ?? 0, row[2], .plain, 0))
    }
    let others = try Self.others(than: document, register)
    let book = IndicatorBook(register, indicators: known + own)
    rows = try register.store.read { reading in
      let reckoning = try book.reckon(in: reading, for: .anonymous)
      return try zip(frozen, own).map { row, indicator in
        let answer = try reckoning.value(indicator.code)?.answer
        let now = answer?.exact
        return Row(
          number: row[0],
          formula: row[2],
          indicator: labels[row[2]] == nil ? nil : row[2],
          label: labels[row[2]] ?? row[2],
          said: row[3],
          then: row[4],
          now: now?.description ?? answer?.words ?? "算不出",
          hasChanged: now?.description != row[4],
          records: row[6],
          contradictions: others.filter { other in
            other.figures.rows.contains { $0.count >= 5 && $0[2] == row[2] && $0[4] != row[4] }
          }.map(\.documentNumber)
        )
      }
    }
  }

  /// The other documents that tell figures of the same day.
  private static func others(than document: PublishedDocument, _ register: RecordStore) throws
    -> [PublishedDocument]
  {
    guard let kind = register.kind("publishedDocument"), let day = document.asOf else { return [] }
    return try register.list(
      kind,
      Query([.field("state", "published")], limit: 10_000)
    ).map { PublishedDocument(values: $0.values) }
      .filter { $0.asOf == day && $0.documentId != document.documentId }
  }
}
