import Records
import Testing
import Values

@testable import Identity

/// How strictly people sign in.
@Suite struct SecurityRulesTests {
  private func numbers(_ setting: String?) throws -> [Int] {
    var settings: [String: String] = [:]
    for name in [
      "passwordLength", "passwordHistory", "passwordDays", "failures", "lockMinutes",
      "administratorIdleMinutes", "idleMinutes", "sessionHours", "linkHours",
    ] {
      settings[name] = setting
    }
    return try withDesk(settings: settings) { city in
      let rules = city.desk.rules
      return [
        rules.passwordLength, rules.passwordHistory, rules.passwordDays, rules.failures,
        rules.lockMinutes, rules.administratorIdleMinutes, rules.idleMinutes, rules.sessionHours,
        rules.linkHours,
      ]
    }
  }

  @Test func `no setting makes them laxer than the floors`() throws {
    let usual = [10, 5, 90, 5, 20, 15, 30, 12, 72]
    try #expect(numbers(nil) == usual)
    for text in ["", "many", "99999999999999999999", "1.5"] {
      try #expect(numbers(text) == usual, "\(text)")
    }
    for text in ["0", "-1", "-9223372036854775808"] {
      try #expect(numbers(text) == [8, 5, 1, 3, 15, 1, 1, 1, 1], "\(text)")
    }
    for text in ["100000", "9223372036854775807"] {
      try #expect(numbers(text) == [64, 50, 90, 5, 1440, 15, 30, 12, 72], "\(text)")
    }
  }

  @Test func `what is set holds from then on, what is laxer sets nothing`() throws {
    try withDesk { desk in
      let actor = Actor(name: "安全员", source: .manual)
      let changed = try desk.desk.set(rules: ["idleMinutes": "5", "sessions": "2"], by: actor)
      #expect(changed == ["其他人多久不操作就退出：30 → 5 分钟", "一个账号最多同时登录：5 → 2 处"])
      #expect(try desk.desk.set(rules: ["idleMinutes": "5"], by: actor).isEmpty)
      #expect(try SecurityRules(desk.register) == desk.desk.rules)
      var told: [String] = []
      do {
        try desk.desk.set(rules: ["idleMinutes": "31", "sessions": "1", "idel": "1"], by: actor)
      } catch let refused as Refused { told = refused.problems.map { "\($0.code) \($0.message)" } }
      #expect(
        told == [
          "ACC-E-091 没有叫 idel 的策略。",
          "ACC-E-090 其他人多久不操作就退出填的是“31”，应为 1 到 30 之间的整数（分钟），这是底线。",
        ]
      )
      #expect(desk.desk.rules.sessions == 2)
      let entries = try desk.contents(of: "audit").split(separator: "\n")
      #expect(entries.filter { $0.contains("policy") }.count == 1)
      #expect(entries.contains { $0.contains(#""idleMinutes":[30,5]"#) })
    }
  }

  @Test func `one place more ends the one that was not used for longest`() throws {
    try withDesk(settings: ["sessions": "2"]) { desk in
      _ = try desk.account("zhangsan", .teacher)
      var tokens: [String] = []
      for _ in 0..<2 {
        tokens.append(try desk.token(of: "zhangsan"))
        desk.clock.move(minutes: 2)
      }
      // The first is used again, so the second is the one left alone for longest.
      try #expect(desk.desk.signedIn(tokens[0]) != nil)
      tokens.append(try desk.token(of: "zhangsan"))
      try #expect(tokens.map { try desk.desk.signedIn($0) != nil } == [true, false, true])
    }
  }

  @Test func `a city may be stricter`() throws {
    let settings = [
      "passwordLength": "14", "failures": "3", "lockMinutes": "30", "idleMinutes": "5",
    ]
    try withDesk(settings: settings) { city in
      let account = try city.account("zhangsan", .teacher, password: "river-Otter-5868")
      let short = try city.desk.choose("harbour-Cr71", for: account, current: nil)
      #expect(short?.message == "口令有 12 个字符，至少要 14 个。")
      let token = try city.token(of: "zhangsan", "river-Otter-5868")
      city.clock.move(minutes: 5)
      try #expect(city.desk.signedIn(token) == nil)
      for _ in 1...3 { _ = try city.signIn("zhangsan", "wrong") }
      try #expect(city.signIn("zhangsan").wait == 1800)
    }
  }
}
