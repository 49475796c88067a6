import Calendar
import Identity
import Records
import Testing
import Values

/// A session: how long it holds, and whose it is.
@Suite struct SessionTests {
  @Test func `a session ends when nobody used it for half an hour`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      let token = try city.token(of: "zhangsan")
      for minutes in [29, 29, 29] {
        city.clock.move(minutes: minutes)
        try #expect(city.desk.signedIn(token) != nil)
      }
      city.clock.move(minutes: 30)
      try #expect(city.desk.signedIn(token) == nil)
      city.clock.move(minutes: -10)
      try #expect(city.desk.signedIn(token) == nil, "it was ended, not only hidden")
      try #expect(city.rows(in: "session") == 0)
    }
  }

  @Test func `an administrator's ends after a quarter of an hour`() throws {
    try withDesk { city in
      _ = try city.account("admin1", .auditAdmin)
      let token = try city.enroll(city.token(of: "admin1")).token
      city.clock.move(minutes: 14, seconds: 59)
      try #expect(city.desk.signedIn(token) != nil)
      city.clock.move(minutes: 15)
      try #expect(city.desk.signedIn(token) == nil)
    }
  }

  @Test func `however busy, it ends after twelve hours`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      var token = try city.token(of: "zhangsan")
      for step in 1...35 {
        city.clock.move(minutes: 20)
        try #expect(city.desk.signedIn(token) != nil, "\(step)")
        // A new token is no new session.
        if step == 20 { token = try #require(try city.desk.act(by: "G000001", token: token)) }
      }
      city.clock.move(minutes: 19, seconds: 59)
      try #expect(city.desk.signedIn(token) != nil)
      city.clock.move(seconds: 1)
      try #expect(city.desk.signedIn(token) == nil)
    }
  }

  @Test func `a clock set back ends a session rather than making it longer`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      let token = try city.token(of: "zhangsan")
      for _ in 1...9 {
        city.clock.move(minutes: 20)
        try #expect(city.desk.signedIn(token) != nil)
      }
      city.clock.move(seconds: -59)
      try #expect(city.desk.signedIn(token) != nil, "a clock is set right by a little")
      city.clock.move(hours: -2)
      try #expect(city.desk.signedIn(token) == nil)
    }
  }

  @Test func `who signs out is out; other sessions stay`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      let (first, second) = try (city.token(of: "zhangsan"), city.token(of: "zhangsan"))
      try city.desk.signOut(first)
      try city.desk.signOut("none")
      try #expect(city.desk.signedIn(first) == nil)
      try #expect(city.desk.signedIn(second) != nil)
    }
  }

  @Test func `the sessions of an account are listed, and any of them ended by its owner only`()
    throws
  {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let other = try city.account("lisi", .teacher)
      let begun = city.clock.seconds
      let first = try city.token(of: "zhangsan")
      city.clock.move(minutes: 1)
      _ = try city.signIn("zhangsan", from: "10.0.0.2")
      let list = try city.desk.sessions(of: account.accountId)
      #expect(list.map(\.address) == ["10.0.0.2", "10.0.0.1"])
      #expect(list.map(\.agent) == ["测试", "测试"])
      #expect(list.map(\.createdAt.seconds) == [begun + 60, begun])
      #expect(list[1].id == (try city.desk.signedIn(first)?.session))
      try #expect(city.desk.sessions(of: other.accountId).isEmpty)
      try city.desk.endSession(list[1].id, of: other.accountId)
      try city.desk.endSession("", of: account.accountId)
      try city.desk.endSession("%", of: account.accountId)
      try #expect(city.desk.signedIn(first) != nil)
      try city.desk.endSession(list[1].id, of: account.accountId)
      try #expect(city.desk.signedIn(first) == nil)
      try #expect(city.desk.sessions(of: account.accountId).map(\.id) == [list[0].id])
    }
  }

  @Test func `what is no token of a session is nobody's`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let token = try city.token(of: "zhangsan")
      let session = try city.desk.sessions(of: account.accountId)[0]
      let wrong = [
        "", "x", session.id, String(token.dropLast()), token + "A", token.uppercased(),
        String(repeating: "A", count: 43), String(repeating: "长", count: 1_000_000),
        try city.contents(of: "session").split(separator: "\t").map(String.init)[0],
      ]
      for text in wrong { try #expect(city.desk.signedIn(text) == nil) }
      try #expect(city.desk.program(token) == nil)
    }
  }

  @Test func `what a browser calls itself is kept in part, however long`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let long = String(repeating: "a", count: 1_000_000)
      let origin = SignInDesk.Origin(address: "10.0.0.1", agent: long)
      let answer = try city.desk.signIn("zhangsan", TestDesk.password, from: origin)
      #expect(answer.state == .open)
      try #expect(city.desk.sessions(of: account.accountId)[0].agent.count == 200)
    }
  }

  @Test func `sessions that ended are thrown away`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      for _ in 1...5 { _ = try city.token(of: "zhangsan") }
      city.clock.move(hours: 13)
      _ = try city.token(of: "zhangsan")
      try #expect(city.rows(in: "session") == 1)
    }
  }
}
