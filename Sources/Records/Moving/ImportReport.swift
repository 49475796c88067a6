package import Values

/// What an import did, or would do.
package struct ImportReport: Sendable {
  /// How many records are new.
  package var new = 0
  /// How many records changed.
  package var changed = 0
  /// How many were there already, as they are.
  package var unchanged = 0
  /// How many rows were sent back.
  package var refused = 0
  /// What is wrong or worth knowing, in the order of the rows; the first `mostProblems`.
  package private(set) var problems: [CellProblem] = []
  /// How many more problems there were.
  package private(set) var moreProblems = 0
  /// How often each field changed, by its label.
  package var changedFields: [String: Int] = [:]
  /// The first changed records field by field; of a dry run only.
  package var changes: [RowChange] = []
  /// The tables that were found.
  package var tables: [Table] = []
  /// The number under which the register remembers the import; `nil` when nothing was written.
  package var run: Int? {
    get { runs.first }
    set { runs = newValue.map { [$0] } ?? [] }
  }
  /// The numbers of several imports that were added up.
  package private(set) var runs: [Int] = []

  /// Whether the file could not be read to its end; then nothing of it is kept.
  package var isBroken = false

  private var hasBlocking = false

  /// How many problems a report holds; whoever wants all of many takes them as they are found.
  package static let mostProblems = 20_000
  /// How many changed records are told field by field.
  package static let mostChanges = 100

  /// Makes an empty report.
  package init() {}

  /// Whether a row or the whole file was refused.
  package var isFlawed: Bool { refused > 0 || hasBlocking }

  /// Adds a problem.
  package mutating func tell(_ problem: CellProblem) {
    if problem.problem.blocks { hasBlocking = true }
    if problems.count < Self.mostProblems {
      problems.append(problem)
    } else {
      moreProblems += 1
    }
  }

  /// Adds what another table or file brought.
  package mutating func add(_ other: ImportReport) {
    count(other)
    for problem in other.problems { tell(problem) }
    moreProblems += other.moreProblems
    hasBlocking = hasBlocking || other.hasBlocking
    changedFields.merge(other.changedFields, uniquingKeysWith: +)
    changes = Array((changes + other.changes).prefix(Self.mostChanges))
    tables += other.tables
    runs += other.runs.filter { !runs.contains($0) }
  }

  /// Adds the counts of another alone.
  package mutating func count(_ other: ImportReport) {
    new += other.new
    changed += other.changed
    unchanged += other.unchanged
    refused += other.refused
  }

  /// A problem with its place in the file.
  package struct CellProblem: Hashable, Sendable {
    /// The file, as the user named it.
    package var file: String
    /// The sheet of a workbook; empty in other files.
    package var sheet: String
    /// The line, 1 for the first; `nil` for the whole file.
    package var row: Int?
    /// The heading of the column; empty for the whole row.
    package var column: String
    /// The problem.
    package var problem: Problem

    /// Makes a problem with its place.
    package init(file: String, sheet: String = "", row: Int?, column: String, problem: Problem) {
      self.file = file
      self.sheet = sheet
      self.row = row
      self.column = column
      self.problem = problem
    }

    /// The line on standard error.
    package var placed: PlacedProblem {
      let place = sheet.isEmpty ? file : "\(file)[\(sheet)]"
      return PlacedProblem(file: place, line: row, problem: problem)
    }

    /// The problem as reports give it.
    package var json: JSON {
      var members: [JSON.Member] = [JSON.Member("file", .string(file))]
      if !sheet.isEmpty { members.append(JSON.Member("sheet", .string(sheet))) }
      members += [
        JSON.Member("row", row.map(JSON.integer) ?? .null), JSON.Member("column", .string(column)),
        JSON.Member("code", .string(problem.code)),
        JSON.Member("message", .string(problem.message)),
      ]
      return .object(members)
    }
  }

  /// A table of a file, and what its columns were taken for.
  package struct Table: Hashable, Sendable {
    /// The sheet; empty in a CSV file.
    package var sheet: String
    /// The name of the kind its rows are; empty when it is not clear.
    package var kind: String
    /// The headings.
    package var headings: [String]
    /// The names of the fields that the columns hold; empty for a column that is left out.
    package var fields: [String]
  }

  /// A record that an import changes.
  package struct RowChange: Sendable {
    /// The line of the file.
    package var line: Int?
    /// The record.
    package var id: String
    /// What it is called.
    package var title: String
    /// What changes.
    package var fields: [FieldChange]
  }

  /// The report as the command line and the API give it.
  package var json: JSON {
    var members: [JSON.Member] = [
      JSON.Member("new", .integer(new)), JSON.Member("changed", .integer(changed)),
      JSON.Member("unchanged", .integer(unchanged)), JSON.Member("refused", .integer(refused)),
      JSON.Member("problems", .array(problems.map(\.json))),
    ]
    if moreProblems > 0 { members.append(JSON.Member("moreProblems", .integer(moreProblems))) }
    if let run { members.append(JSON.Member("import", .integer(run))) }
    if runs.count > 1 { members.append(JSON.Member("imports", .array(runs.map(JSON.integer)))) }
    if !changedFields.isEmpty {
      let fields = changedFields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      members.append(
        JSON.Member(
          "changedFields",
          .object(fields.map { JSON.Member($0.key, .integer($0.value)) })
        )
      )
    }
    return .object(members)
  }
}
