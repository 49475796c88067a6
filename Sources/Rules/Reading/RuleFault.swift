import Values

/// What is wrong with the text of a rule, found before it is run.
package struct RuleFault: Error, Hashable, Sendable {
  /// The stable code.
  package var code: String
  /// Where it begins, in bytes of the text.
  package var offset: Int
  /// The line, from 1.
  package var line: Int
  /// The column, from 1, in signs.
  package var column: Int
  /// The sentence a user reads.
  package var message: String

  /// Tells a fault at a place of a text.
  init(_ code: String, _ message: String, at offset: Int, in text: [UInt8]) {
    self.code = code
    self.message = message
    self.offset = offset
    let before = String(decoding: text.prefix(offset), as: UTF8.self)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    line = lines.count
    column = (lines.last?.count ?? 0) + 1
  }

  /// The fault as a line of text, such as `1:7: RUL-E-003 …`.
  package var description: String { "\(line):\(column): \(code) \(message)" }

  /// A fault that who uses rules finds in one of their parts.
  ///
  /// - Parameters:
  ///   - code: the stable code.
  ///   - message: the sentence a user reads.
  ///   - part: the part.
  ///   - text: the rule.
  /// - Returns: the fault at its place.
  package static func found(
    _ code: String,
    _ message: String,
    at part: Expression,
    of text: String
  ) -> RuleFault {
    RuleFault(code, message, at: part.range.lowerBound, in: Array(text.utf8))
  }

  /// A rule that should say yes or no and gives something else.
  package static func noCondition(_ rule: Rule) -> RuleFault {
    RuleFault("RUL-E-034", "规则的结果是\(rule.type.label)，应为真假。", at: 0, in: rule.bytes)
  }
}
