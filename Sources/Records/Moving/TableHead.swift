import Sheets
import Values

/// The heading row of a table, and what the rows below it are.
struct TableHead {
  /// The headings, as they stand in the file.
  var headings: [String]
  /// The row they stand in.
  var line: Int
  /// The first rows below, read to tell what they are and still to be taken in.
  var first: [SheetRow]

  /// How many rows may stand above the headings: a title, a unit, a date.
  private static let mostAbove = 10
  /// How many rows are looked at to tell kinds apart.
  private static let sample = 40

  /// Reads on to the headings.
  ///
  /// They stand in the first of the upper rows that names most fields of a kind. A heading that is blank
  /// takes the text above it, which spans both rows, and counts with it.
  ///
  /// - Returns: `nil` for a table with nothing in it.
  static func read(_ rows: any RowReader, as kind: Kind?, _ order: Importer.Order, _ kinds: [Kind])
    throws(Unreadable) -> TableHead?
  {
    var top: [SheetRow] = []
    while top.count < mostAbove + sample, let row = try rows.next() { top.append(row) }
    guard !top.isEmpty else { return nil }
    var best = (place: 0, known: 0)
    for place in top.indices.prefix(mostAbove) {
      let texts = headings(top, at: place)
      let known =
        (kind.map { [$0] } ?? kinds).map { candidate in
          candidate.uses(of: texts, order.headings[candidate.name] ?? [:]).count { $0.place != nil }
        }.max() ?? 0
      if known > best.known { best = (place, known) }
    }
    return TableHead(
      headings: headings(top, at: best.place),
      line: top[best.place].line,
      first: Array(top[(best.place + 1)...])
    )
  }

  /// The texts of a row, the blank ones from the row above, without blanks at the end.
  static func headings(_ top: [SheetRow], at place: Int) -> [String] {
    var headings = top[place].texts
    if place > 0 {
      for (index, text) in top[place - 1].texts.enumerated() where !Text.trimmed(text).isEmpty {
        while headings.count <= index { headings.append("") }
        if Text.trimmed(headings[index]).isEmpty { headings[index] = text }
      }
    }
    while headings.last.map({ Text.trimmed($0).isEmpty }) ?? false { headings.removeLast() }
    return headings
  }
}

/// What a column of a file is to a kind.
enum ColumnUse: Hashable {
  /// The values of a field.
  case field(Int)
  /// What the values of a field are called, beside a column with their codes.
  case companion(Int)
  /// The versions the records had when they were given out.
  case version
  /// Nothing.
  case none

  /// The field it holds values of.
  var place: Int? { if case .field(let place) = self { place } else { nil } }
}

/// The column of a workbook that carries the versions of its records, so that a workbook given out long ago
/// does not undo what was changed since.
package enum WorkbookVersions {
  /// Its heading.
  package static let heading = "版本（请勿改动）"
}

extension FieldShape {
  /// The heading of a second column with codes or identifiers, beside the one with names; `nil` for a
  /// field that has no others.
  package var codeHeading: String? {
    switch type {
    case .choice, .choices, .code: "\(label)（代码）"
    case .reference, .references: "\(label)（编号）"
    default: nil
    }
  }
}

extension Kind {
  /// The field each heading means, by name, label, label with unit or former label.
  package func columns(of header: [String]) -> [Int?] { uses(of: header).map(\.place) }

  /// What each column is, by its heading.
  ///
  /// - Parameters:
  ///   - header: the headings.
  ///   - said: what somebody said comparable headings mean: names of fields, empty for nothing.
  /// - Returns: a use for each heading.
  func uses(of header: [String], _ said: [String: String] = [:]) -> [ColumnUse] {
    var used: [Int: Int] = [:]
    var coded: [Int: Int] = [:]
    var uses = header.enumerated().map { index, heading -> ColumnUse in
      let wanted = Text.comparable(heading)
      guard !wanted.isEmpty else { return .none }
      if wanted == Text.comparable(WorkbookVersions.heading) { return .version }
      if let place = said[wanted].map(place(of:)) ?? headingPlaces[wanted] {
        guard used[place] == nil else { return .none }
        used[place] = index
        return .field(place)
      }
      guard let code = codeHeadingPlaces[wanted], coded[code] == nil else { return .none }
      coded[code] = index
      return .field(code)
    }
    for (place, index) in used where coded[place] != nil { uses[index] = .companion(place) }
    return uses
  }
}
