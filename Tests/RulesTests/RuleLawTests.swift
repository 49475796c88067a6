import Foundation
import Rules
import Testing
import Values

/// Laws that hold for any rule: made up at random, from a seed that is told.
@Suite struct RuleLawTests {
  /// A generator with a seed, so that a failure can be repeated.
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let names = ["a", "b", "s", "l", "m"]
  private static let bound: [String: RuleValue] = {
    var map = RuleMap()
    _ = map.add(.string("k"), .int(1))
    _ = map.add(.string("j"), .list([.int(1), .string("x")]))
    return [
      "a": .decimal(Exact(7)), "b": .int(-3), "s": .string("甲乙丙"),
      "l": .list([.int(1), .int(2), .decimal(Exact(3))]), "m": .map(map),
    ]
  }()

  /// An expression of some depth.
  private static func text(_ depth: Int, _ random: inout Random) -> String {
    let leaves = [
      "1", "0", "2u", "1.5", "'x'", "true", "null", "[]", "{}", "[1,2]", "a", "b", "s", "l", "m",
      "date('2022-01-31')", "duration('1h')", "timestamp(0)", "b'z'", "-9223372036854775808", "x",
    ]
    guard depth > 0 else { return leaves.randomElement(using: &random) ?? "1" }
    func inner() -> String { text(depth - 1, &random) }
    switch Int.random(in: 0..<16, using: &random) {
    case 0: return "(\(inner()) + \(inner()))"
    case 1: return "(\(inner()) / \(inner()))"
    case 2: return "(\(inner()) * \(inner()))"
    case 3: return "(\(inner()) < \(inner()))"
    case 4: return "(\(inner()) == \(inner()))"
    case 5: return "(\(inner()) && \(inner()))"
    case 6: return "(\(inner()) ? \(inner()) : \(inner()))"
    case 7: return "[\(inner()), \(inner())]"
    case 8: return "{'k': \(inner())}"
    case 9: return "\(inner()).map(x, \(inner()))"
    case 10: return "\(inner()).exists(x, \(inner()))"
    case 11: return "sum(\(inner()), x, \(inner()))"
    case 12: return "size(\(inner()))"
    case 13: return "(\(inner()) in \(inner()))"
    case 14: return "\(inner())[\(inner())]"
    default: return "cel.bind(x, \(inner()), \(inner()))"
    }
  }

  @Test
  func `no rule crashes, whatever it says, and none takes more steps than was reckoned before`()
    throws
  {
    var random = Random(state: 20_260_714)
    for _ in 0..<4_000 {
      let text = Self.text(4, &random)
      guard let rule = try? Rule(unchecked: text, Set(Self.names)) else { continue }
      let values = rule.names.map { Self.bound[$0] ?? .null }
      // The longest value that is bound has nine bytes.
      #expect(rule.steps(values) <= rule.cost(mostElements: 9), "\(text)")
      // Why it is so says the same as what it is.
      #expect(rule.explain(values).value.words == rule.value(values).words, "\(text)")
    }
  }

  @Test func `a rule that the checker passes has no failure of types`() throws {
    var random = Random(state: 7)
    let types = Self.bound.mapValues { RuleType(of: $0) }
    var checked = 0
    for _ in 0..<20_000 {
      let text = Self.text(2, &random)
      guard !text.contains("m"), !text.contains("l"), !text.contains("["), !text.contains("?"),
        let rule = try? Rule(text, types)
      else { continue }
      checked += 1
      let value = rule.value(rule.names.map { Self.bound[$0] ?? .null })
      if let failure = value.failure, failure.kind == .noOverload, !text.contains("null"),
        !text.contains("{")
      {
        Issue.record("\(text): \(failure.sentence)")
      }
    }
    #expect(checked > 100)
  }

  @Test(arguments: [
    "在校生数 / 专任教师数 <= 20 && 占地面积 >= 40000",
    "专业.filter(p, p.开办).map(p, p.名称)", "{'a': [1, 2.5, b'x'], ?'b': optional.none()}[?'a']",
    "cel.bind(n, size('甲'), n > 0 ? n : -n)", "has(a.b) || a.?c.orValue(3u) == 3",
  ]) func `with any word left out a rule is read or refused with a place`(_ text: String) {
    let signs = Array(text)
    for index in signs.indices {
      let cut = String(signs[..<index] + signs[(index + 1)...])
      do throws(RuleFault) {
        _ = try Rule(unchecked: cut, [])
      } catch {
        #expect(error.line == 1 && error.column >= 1 && error.column <= cut.count + 1, "\(cut)")
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test func `patterns are matched in time linear in the text`() throws {
    let rule = try Rule(unchecked: "s.matches('(a*)*(a*)*(a*)*b')", ["s"])
    let long = String(repeating: "a", count: 20_000)
    #expect(rule.value([.string(long)]).bool == false)
    #expect(rule.value([.string(long + "b")]).bool == true)
  }

  @Test(arguments: [
    ("a", "^a$", true), ("ab", "^a$", false), ("甲乙", "乙", true), ("AB", "(?i)ab", true),
    ("x1", "\\d", true),
    ("", "", true), ("aaa", "^a{2,3}$", true), ("aaaa", "^a{2,3}$", false),
    ("a-b", "[a-]-[b]", true),
    ("b", "[^a]", true), ("foo bar", "\\bbar\\b", true), ("a\nb", "a.b", false),
    ("a\nb", "(?s)a.b", true),
    ("a\nb", "(?m)^b$", true), ("中", "\\p{Han}", true), ("z", "[[:alpha:]]", true),
    ("]", "[]]", true),
    ("a.b", "\\Q.\\E", true), ("{", "{", true), ("abc", "(?P<x>b)", true), ("é", "\\x{e9}", true),
  ]) func `patterns mean what RE2 says`(_ text: String, _ pattern: String, _ isFound: Bool) throws {
    let rule = try Rule(unchecked: "s.matches(p)", ["s", "p"])
    #expect(rule.value(["s": .string(text), "p": .string(pattern)]).bool == isFound)
  }

  @Test(arguments: ["(", "[a", "a**", "\\", "(?<n", "a{2,1}", "*a", "(?z)", "\\8"])
  func `a pattern that is none is refused`(_ pattern: String) throws {
    let rule = try Rule(unchecked: "s.matches(p)", ["s", "p"])
    let value = rule.value(["s": .string("a"), "p": .string(pattern)])
    #expect(value.failure?.sentence == "内容不对（正则式 \(pattern) 写得不对）")
  }
}
