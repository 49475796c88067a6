import Foundation
import Rules
import Testing

/// A rule, what is bound, and its answer: JSON of the value, or `nil` for an error.
struct LanguageCase: Sendable, CustomTestStringConvertible {
  let rule: String
  let wanted: String?
  let bindings: String

  init(_ rule: String, _ wanted: String?, _ bindings: String = "{}") {
    (self.rule, self.wanted, self.bindings) = (rule, wanted, bindings)
  }

  var testDescription: String { rule }

  /// What is answered to it: the value, `nil` for an error.
  func answer() throws -> NSObject? {
    let bound = try JSONSerialization.jsonObject(with: Data(bindings.utf8))
    let line = try JSONSerialization.data(withJSONObject: ["expr": rule, "bindings": bound])
    let said = try JSONSerialization.jsonObject(with: Data(RuleLine.answer(line).utf8))
    let answer = try #require(said as? [String: Any])
    try #require((answer["error"] == nil) != (answer["value"] == nil))
    return answer["value"] as? NSObject
  }

  /// The value wanted.
  func expected() throws -> NSObject? {
    try wanted.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSObject)
    }
  }
}

/// The language as it is defined, section by section.
@Suite struct LanguageTests {
  @Test(arguments: LanguageCase.values) func `literals, operators and equality`(
    _ example: LanguageCase
  ) throws {
    try #expect(example.answer() == example.expected())
  }

  @Test(arguments: LanguageCase.macros) func `macros`(_ example: LanguageCase) throws {
    try #expect(example.answer() == example.expected())
  }

  @Test(arguments: LanguageCase.conversions) func `conversions`(_ example: LanguageCase) throws {
    try #expect(example.answer() == example.expected())
  }

  @Test(arguments: LanguageCase.times) func `moments and lengths of time`(_ example: LanguageCase)
    throws
  {
    try #expect(example.answer() == example.expected())
  }

  @Test(arguments: LanguageCase.libraries) func `the libraries`(_ example: LanguageCase) throws {
    try #expect(example.answer() == example.expected())
  }

  @Test(arguments: LanguageCase.optionals) func `values that may be missing`(
    _ example: LanguageCase
  ) throws {
    try #expect(example.answer() == example.expected())
  }

  @Test(arguments: LanguageCase.ours) func `what is ours: days and sums over records`(
    _ example: LanguageCase
  ) throws {
    try #expect(example.answer() == example.expected())
  }

  @Test(arguments: LanguageCase.names) func `names, and exact numbers bound to them`(
    _ example: LanguageCase
  ) throws {
    try #expect(example.answer() == example.expected())
  }
}
