import Calendar
import Values

/// Why a rule has its value: the value of each of its parts.
package struct Explanation: Sendable {
  /// The rule.
  package let rule: Rule
  /// Its value.
  package let value: RuleValue
  private let trace: [RuleValue?]

  init(rule: Rule, value: RuleValue, trace: [RuleValue?]) {
    (self.rule, self.value, self.trace) = (rule, value, trace)
  }

  /// A part of a rule with its value.
  package struct Part: Sendable {
    /// The text.
    package let text: String
    /// The value; `nil` when it was not looked at.
    package let value: RuleValue?
    /// The parts it is made of; inside a macro as they were for the last element.
    package let parts: [Part]
  }

  /// What decides a condition.
  package struct Reason: Hashable, Sendable {
    /// The condition, as it is written.
    package var text: String
    /// The sign between what was found and what is needed; empty for a condition without one.
    package var sign: String
    /// The value found, in words.
    package var found: String
    /// The value needed, in words; empty when there is none.
    package var needed: String
    /// How far the one is from the other: needed less found, in words; empty where nothing is to be
    /// reckoned.
    package var distance: String

    /// The reason as a sentence, such as `在校生数 / 专任教师数 <= 20：是 20.9，差 -0.9`.
    package var sentence: String {
      guard !sign.isEmpty else { return "\(text)：\(found)" }
      let far = distance.isEmpty ? "" : "，差 \(distance)"
      return "\(text)：是 \(found)，要 \(sign) \(needed)\(far)"
    }
  }

  /// The value of a part; `nil` when it was not looked at.
  package func value(of part: Expression) -> RuleValue? {
    trace.indices.contains(part.number) ? trace[part.number] : nil
  }

  /// The rule with the values of its parts.
  package var tree: Part { part(rule.expression) }

  private func source(_ expression: Expression) -> String {
    String(decoding: rule.bytes[expression.range], as: UTF8.self)
  }

  private func part(_ expression: Expression) -> Part {
    Part(
      text: source(expression),
      value: value(of: expression),
      parts: expression.parts.map(part)
    )
  }

  /// What keeps a condition from holding, or makes it hold: each single condition that decides.
  package var reasons: [Reason] {
    guard let truth = value.bool else {
      return value.failure.map { [failure($0)] } ?? []
    }
    return reasons(rule.expression, for: truth)
  }

  private func failure(_ failure: RuleFailure) -> Reason {
    // The innermost part that has none is where it comes from.
    func origin(_ expression: Expression) -> Expression? {
      for part in expression.parts { if let found = origin(part) { return found } }
      return value(of: expression)?.failure == failure ? expression : nil
    }
    let text = source(origin(rule.expression) ?? rule.expression)
    return Reason(text: text, sign: "", found: failure.sentence, needed: "", distance: "")
  }

  private func reasons(_ expression: Expression, for truth: Bool) -> [Reason] {
    guard value(of: expression)?.bool == truth else { return [] }
    switch expression.form {
    case .and(let left, let right), .or(let left, let right):
      return reasons(left, for: truth) + reasons(right, for: truth)
    case .choice(let test, let yes, let no):
      return reasons(value(of: test)?.bool == true ? yes : no, for: truth)
    case .call("!", on: nil, let arguments) where arguments.count == 1:
      return reasons(arguments[0], for: !truth)
    case .bound(_, _, let body, .value): return reasons(body, for: truth)
    case .call(let sign, on: nil, let arguments)
    where arguments.count == 2 && OperatorTypes.signs.contains(sign):
      return [compared(sign, arguments[0], arguments[1], expression)]
    default:
      return [
        Reason(
          text: source(expression),
          sign: "",
          found: truth ? "是" : "否",
          needed: "",
          distance: ""
        )
      ]
    }
  }

  private func compared(
    _ sign: String,
    _ left: Expression,
    _ right: Expression,
    _ expression: Expression
  ) -> Reason {
    // What stands on the left was found, what on the right is needed, unless only the left is fixed.
    let isTurned = isFixed(left) && !isFixed(right)
    let (found, needed) = isTurned ? (right, left) : (left, right)
    let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="]
    let (first, second) = (value(of: found) ?? .null, value(of: needed) ?? .null)
    return Reason(
      text: source(expression),
      sign: isTurned ? turned[sign] ?? sign : sign,
      found: first.words,
      needed: second.words,
      distance: sign == "in" ? "" : Self.distance(first, second)
    )
  }

  private func isFixed(_ expression: Expression) -> Bool {
    if case .name = expression.form { return false }
    return expression.parts.allSatisfy(isFixed)
  }

  private static func distance(_ found: RuleValue, _ needed: RuleValue) -> String {
    switch (found, needed) {
    case (.date(let day), .date(let other)): "\(other.dayNumber - day.dayNumber) 天"
    case (.timestamp(let moment), .timestamp(let other)): Moment.text(duration: other - moment)
    default:
      found.exact.flatMap { first in needed.exact.flatMap { $0.subtracting(first) } }?.description
        ?? ""
    }
  }
}
