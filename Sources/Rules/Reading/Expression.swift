/// A part of a rule as it was read, with where it stands.
///
/// Macros are parts of their own and are not taken apart, so that what a reader is told speaks of what
/// the author wrote.
package final class Expression: Sendable {
  /// What it is.
  package indirect enum Form: Sendable {
    /// A literal.
    case literal(RuleValue)
    /// A name; with a leading point it is none of a macro's.
    case name(String, isAbsolute: Bool)
    /// A field of a value, or whether it has one.
    case field(Expression, String, Access)
    /// An entry of a list or map.
    case entry(Expression, Expression, isOptional: Bool)
    /// A function or operator; of a value where it is called on one.
    case call(String, on: Expression?, [Expression])
    /// Both.
    case and(Expression, Expression)
    /// Either.
    case or(Expression, Expression)
    /// One of two.
    case choice(Expression, Expression, Expression)
    /// A list; some elements are left out when they are missing.
    case list([(element: Expression, isOptional: Bool)])
    /// A map; some entries are left out when their values are missing.
    case map([(key: Expression, value: Expression, isOptional: Bool)])
    /// A macro over a list or map.
    case macro(Macro)
    /// A value under a name of its own inside another expression: `cel.bind`, `optMap`.
    case bound(String, to: Expression, in: Expression, Binding)
    /// Several values under their numbers inside another expression: `cel.block`.
    case block([Expression], Expression)
  }

  /// How a field is asked for.
  package enum Access: Sendable {
    /// `a.b`
    case plain
    /// `has(a.b)`
    case test
    /// `a.?b`
    case optional
  }

  /// What is bound to a name.
  package enum Binding: Sendable {
    /// The value: `cel.bind`.
    case value
    /// What an optional holds, the result being an optional too: `optMap`.
    case mapped
    /// What an optional holds, the result being an optional already: `optFlatMap`.
    case flatMapped
  }

  /// What it is.
  package let form: Form
  /// Where it stands in the text, in bytes.
  package let range: Range<Int>
  /// Its number, from 0 in the order of reading; a traced value is kept under it.
  package let number: Int
  /// How deep it is, leaves being 1.
  package let depth: Int

  init(_ form: Form, _ range: Range<Int>, number: Int) {
    self.form = form
    self.range = range
    self.number = number
    depth = 1 + (Self.parts(of: form).map(\.depth).max() ?? 0)
  }

  /// The parts it is made of, in the order of the text.
  package var parts: [Expression] { Self.parts(of: form) }

  /// Reads a text without checking what it speaks of.
  ///
  /// - Parameter text: the rule.
  /// - Returns: the expression.
  /// - Throws: the first fault of its grammar.
  package static func read(_ text: String) throws(RuleFault) -> Expression { try Parser.read(text) }

  /// The names joined by points it is made of, such as `a.b`; `nil` for anything else.
  package var dottedName: String? {
    Compiler.path(self).map { $0.names.joined(separator: ".") }
  }

  private static func parts(of form: Form) -> [Expression] {
    switch form {
    case .literal, .name: []
    case .field(let operand, _, _): [operand]
    case .entry(let operand, let key, _): [operand, key]
    case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .and(let left, let right), .or(let left, let right): [left, right]
    case .choice(let condition, let yes, let no): [condition, yes, no]
    case .list(let elements): elements.map(\.element)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .macro(let macro): [macro.range] + macro.bodies
    case .bound(_, let value, let body, _): [value, body]
    case .block(let values, let body): values + [body]
    }
  }
}

/// A macro that walks a list or the keys of a map.
package struct Macro: Sendable {
  /// What it makes of the elements.
  package enum Verb: String, Sendable, CaseIterable {
    case all, exists, existsOne, map, filter
    case transformList, transformMap, transformMapEntry
    case count, sum, avg, min, max
    case sortBy
  }

  /// What it makes.
  package var verb: Verb
  /// What is walked.
  package var range: Expression
  /// The name of an element; with two names, of its place or key.
  package var first: String
  /// The name of an element where the first is its place or key.
  package var second: String?
  /// Which elements count; all when `nil`.
  package var filter: Expression?
  /// What is made of each; the element itself when `nil`.
  package var value: Expression?

  /// The expressions that are run for each element.
  package var bodies: [Expression] { [filter, value].compactMap { $0 } }
}
