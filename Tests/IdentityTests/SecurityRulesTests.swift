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
