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
  /// What is wrong or worth knowing, in the order of the rows.
  package var problems: [CellProblem] = []

  /// Makes an empty report.
  package init() {}

  /// Whether a row or the whole file was refused.
  package var isFlawed: Bool { refused > 0 || problems.contains { $0.problem.blocks } }

  /// Adds what another file brought.
  package mutating func add(_ other: ImportReport) {
    new += other.new
    changed += other.changed
    unchanged += other.unchanged
    refused += other.refused
    problems += other.problems
  }

  /// A problem with its place in the file.
  package struct CellProblem: Hashable, Sendable {
    /// The file, as the user named it.
    package var file: String
    /// The line, 1 for the first; `nil` for the whole file.
    package var row: Int?
    /// The heading of the column; empty for the whole row.
    package var column: String
    /// The problem.
    package var problem: Problem

    /// Makes a problem with its place.
    package init(file: String, row: Int?, column: String, problem: Problem) {
      self.file = file
      self.row = row
      self.column = column
      self.problem = problem
    }

    /// The line on standard error.
    package var placed: PlacedProblem {
      PlacedProblem(file: file, line: row, problem: problem)
    }
  }

  /// The report as the command line and the API give it.
  package var json: JSON {
    .object([
      "new": .integer(new), "changed": .integer(changed), "unchanged": .integer(unchanged),
      "refused": .integer(refused),
      "problems": .array(
        problems.map {
          .object([
            "file": .string($0.file), "row": $0.row.map(JSON.integer) ?? .null,
            "column": .string($0.column), "code": .string($0.problem.code),
            "message": .string($0.problem.message),
          ])
        }
      ),
    ])
  }
}
