package import Foundation
import Values

/// One line of `citong rule eval --json`: a rule with what is bound, and the answer to it.
package struct RuleLine: Decodable {
  private var expr: String
  private var bindings: [String: LineValue]?
  private var disableCheck: Bool?

  /// Answers a line.
  ///
  /// - Parameter line: JSON, such as `{"expr": "1 + x", "bindings": {"x": {"int64Value": "2"}}}`.
  /// - Returns: `{"value": …}` or `{"error": "…"}`, also for a line that is none.
  package static func answer(_ line: Data) -> String {
    let asked: RuleLine
    do { asked = try JSONDecoder().decode(RuleLine.self, from: line) } catch {
      return failed("RUL-E-030 这一行不是 {\"expr\": …, \"bindings\": …} 这样的 JSON。")
    }
    do throws(RuleFault) {
      let value = try asked.value
      if let failure = value.failure { return failed(failure.sentence) }
      guard let json = value.lineJSON else { return failed("RUL-E-031 结果里有写不成 JSON 的值。") }
      return JSON.object(["value": json]).text
    } catch {
      return failed(error.description)
    }
  }

  private static func failed(_ sentence: String) -> String {
    JSON.object(["error": .string(sentence)]).text
  }

  private var value: RuleValue {
    get throws(RuleFault) {
      let bound = (bindings ?? [:]).mapValues(\.value)
      let rule =
        disableCheck == true
        ? try Rule(unchecked: expr, Set(bound.keys))
        : try Rule(expr, bound.mapValues { RuleType(of: $0) })
      return rule.value(bound)
    }
  }
}
