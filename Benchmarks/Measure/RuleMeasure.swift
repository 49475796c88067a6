import Foundation
import Rules
import Values

/// How many rules are decided in a second, on one thread, over many different records.
struct RuleMeasure {
  /// The rules, from few comparisons to the six conditions of a policy.
  static let rules = [
    ("一次比较", "enrolled > 1000"),
    (
      "六个条件",
      "enrolled >= 600 && graduates <= 900 && level == 'secondary' && region in ['350502', '350503', '350582'] && isPublic && teachers * 20 >= enrolled"
    ),
    ("文字和三选一", "name.startsWith('学校') ? enrolled > 500 : name.contains('学院')"),
  ]
  private static let names = [
    "enrolled", "graduates", "teachers", "level", "region", "isPublic", "name",
  ]

  let folder: String

  /// Measures, and writes rules and records into a file for other programs.
  func run() throws -> JSON {
    let rows = (0..<1_000).map(Self.row)
    let file = JSON.object([
      "rules": .array(
        Self.rules.map { .object(["label": .string($0.0), "text": .string($0.1)]) }
      ), "rows": .array(rows.map { .object(zip(Self.names, $0).map { JSON.Member($0, $1) }) }),
    ])
    try Data(file.text.utf8).write(to: URL(fileURLWithPath: folder + "/rules.json"))
    let types: [String: RuleType] = [
      "enrolled": .decimal(unit: nil), "graduates": .decimal(unit: nil),
      "teachers": .decimal(unit: nil), "level": .string, "region": .string, "isPublic": .bool,
      "name": .string,
    ]
    let found = try Self.rules.map { label, text -> JSON in
      let rule = try Rule(text, types)
      let places = rule.names.map { name in Self.names.firstIndex(of: name) ?? 0 }
      let values = rows.map { row in places.map { Self.value(row[$0]) } }
      var held = 0
      let plain = Self.rate(values.count) {
        for one in values where rule.holds(one) == true { held += 1 }
      }
      var reasons = 0
      let explained = Self.rate(values.count) {
        for one in values { reasons += rule.explain(one).reasons.count }
      }
      return .object([
        "label": .string(label), "plain": .integer(plain), "explained": .integer(explained),
        "holds": .integer(values.count { rule.holds($0) == true }),
      ])
    }
    return .object(["rules": .array(found)])
  }

  /// How often a second something is done that is done `count` times a turn.
  private static func rate(_ count: Int, _ turn: () -> Void) -> Int {
    turn()
    let clock = ContinuousClock()
    let begun = clock.now
    var turns = 0
    while clock.now - begun < .seconds(2) {
      turn()
      turns += 1
    }
    let seconds = (clock.now - begun) / .seconds(1)
    return Int(Double(turns * count) / seconds)
  }

  private static func row(_ number: Int) -> [JSON] {
    let enrolled = 200 + number * 7 % 2_400
    return [
      .integer(enrolled), .integer(enrolled / 3), .integer(10 + number * 13 % 140),
      .string(["secondary", "college", "bachelor"][number % 3]),
      .string(["350502", "350503", "350504", "350582"][number % 4]), .boolean(number % 5 != 0),
      .string(number % 2 == 0 ? "学校\(number)" : "第\(number)学院"),
    ]
  }

  private static func value(_ json: JSON) -> RuleValue {
    switch json {
    case .integer(let number): .decimal(Exact(number))
    case .boolean(let truth): .bool(truth)
    case .string(let text): .string(text)
    default: .null
    }
  }
}
