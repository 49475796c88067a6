/// What is wrong with something a user gave us: told, never thrown.
///
/// A problem is found by a check, collected with the others and shown at the field it concerns. The
/// message says what was found, what was expected and how to put it right.
package struct Problem: Hashable, Sendable {
  /// How much a problem weighs.
  package enum Severity: String, Sendable {
    /// Blocks saving.
    case error = "E"
    /// May be acknowledged; saving goes on.
    case warning = "W"
    /// Only informs.
    case information = "I"
  }

  /// The stable code, `<AREA>-<E|W|I>-<nnn>`; a number is never reused.
  package var code: String
  /// The field the problem concerns, by its name; empty when it concerns the whole.
  package var path: String
  /// The Chinese sentence a user reads.
  package var message: String

  /// Makes a problem of a code, the field it concerns and the sentence to show.
  package init(_ code: String, _ path: String = "", _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  /// The weight, read from the letter in the code.
  package var severity: Severity {
    for part in code.split(separator: "-") {
      if let severity = Severity(rawValue: String(part)) { return severity }
    }
    return .error
  }

  /// Whether the problem blocks saving.
  package var blocks: Bool { severity == .error }
}

extension [Problem] {
  /// Whether any of the problems blocks saving.
  package var block: Bool { contains { $0.blocks } }
}

/// A problem with the line of the file it was found on; prints as `file:line: CODE message`.
package struct PlacedProblem: Hashable, Sendable, CustomStringConvertible {
  /// The file, as the user named it.
  package var file: String
  /// The line, 1 for the first; `nil` when the whole file is meant.
  package var line: Int?
  /// The problem.
  package var problem: Problem

  /// Makes a placed problem.
  package init(file: String, line: Int?, problem: Problem) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(problem.code) \(problem.message)"
  }
}
