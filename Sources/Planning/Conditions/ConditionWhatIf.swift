import Indicators
import Records
package import Values

extension ConditionRules {
  /// The fields one can think more or less of, in order.
  package static let thinkable = [
    "studentsFullTime", "teachersFull", "landOwnedSqm", "buildingOwnedSqm", "equipment",
    "booksPrinted",
  ]

  /// What is thought to be there besides, read from what was typed.
  ///
  /// - Parameter texts: numbers by the name of the field, such as `30` or `-20`; empty ones are left out.
  /// - Returns: the numbers, and what is wrong.
  package static func thought(_ texts: [String: String]) -> (
    added: [String: Exact], problems: [Problem]
  ) {
    var added: [String: Exact] = [:]
    var problems: [Problem] = []
    for name in thinkable {
      guard let text = texts[name].map(Text.trimmed), !text.isEmpty else { continue }
      let plain = text.hasPrefix("+") ? String(text.dropFirst()) : text
      if let number = Exact(plain), number.magnitude < Exact(1_000_000_000_000) {
        added[name] = number
      } else {
        let label = label(of: name).label
        problems.append(Problem("PLN-E-010", name, "\(label)填的是“\(text)”，应为增加多少，例如 30 或 -20。"))
      }
    }
    return (added, problems)
  }

  /// A field one can think more or less of, as a form shows it.
  package static func label(of name: String) -> (label: String, unit: String) {
    let field = ConditionYear.variables.field(name)
    return (field?.label ?? name, field?.unit ?? "")
  }
}
