package import Values

/// One row of a file, as it stands there.
package struct SheetRow: Hashable, Sendable {
  /// The line it begins on, or the number of the row in a workbook; 1 for the first.
  package var line: Int
  /// The cells, from the first column on.
  package var cells: [SheetCell]
  /// Whether the row is hidden in the workbook.
  package var isHidden: Bool

  /// Makes a row.
  package init(line: Int, cells: [SheetCell], isHidden: Bool = false) {
    self.line = line
    self.cells = cells
    self.isHidden = isHidden
  }

  /// The texts of the cells.
  package var texts: [String] { cells.map(\.text) }

  /// Whether nothing is written in it.
  package var isBlank: Bool { cells.allSatisfy { Text.trimmed($0.text).isEmpty } }
}

/// One cell of a row.
package struct SheetCell: Hashable, Sendable {
  /// How the file holds the cell.
  package enum Kind: Hashable, Sendable {
    /// As text, or in a file that knows nothing else.
    case text
    /// As a number; what it counts is not known, and leading zeros are gone.
    case number
    /// As a day or time, already written as `2022-07-14` or `08:30`.
    case date
    /// As truth, written as `true` or `false`.
    case boolean
    /// As the failure of a formula, such as `#REF!`.
    case failure
  }

  /// What is written in it.
  package var text: String
  /// How the file holds it.
  package var kind: Kind
  /// Whether it was computed by a formula; the text is what was last computed.
  package var isFormula: Bool

  /// Makes a cell.
  package init(_ text: String, _ kind: Kind = .text, isFormula: Bool = false) {
    self.text = text
    self.kind = kind
    self.isFormula = isFormula
  }
}

/// Why a file, or a part of it, can't be read as rows.
package struct Unreadable: Error, Hashable, Sendable {
  /// The line, if there is one.
  package var line: Int?
  /// What to tell the user.
  package var problem: Problem

  /// Makes a reason.
  package init(line: Int? = nil, problem: Problem) {
    self.line = line
    self.problem = problem
  }

  init(_ code: String, line: Int? = nil, _ message: String) {
    self.init(line: line, problem: Problem(code, "", message))
  }
}

/// Gives the rows of one sheet, one after another, without holding more than a few.
package protocol RowReader: AnyObject {
  /// The next row that is not blank; `nil` after the last.
  ///
  /// - Throws: `Unreadable` when the file breaks off or is none of its kind.
  func next() throws(Unreadable) -> SheetRow?
  /// How much of the sheet was read, 0…1.
  var progress: Double { get }
  /// Whether numbers that are days count from 1904.
  var countsFrom1904: Bool { get }
}
