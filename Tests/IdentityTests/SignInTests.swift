import Identity
import Records
import Testing
import Values

/// Signing in with name and password.
@Suite struct SignInTests {
  @Test func `who gives the right password is signed in, however the name is typed`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      for name in ["zhangsan", "ZhangSan", "  zhangsan\u{3000}", "zhangsan\n"] {
        let answer = try city.signIn(name)
        #expect(answer.state == .open, "\(name)")
        let token = try #require(answer.token)
        let signedIn = try #require(try city.desk.signedIn(token))
        #expect(signedIn.account.accountId == account.accountId)
        #expect(signedIn.reader.role == .cityBureau)
        #expect(!signedIn.isProgram)
      }
    }
  }

  @Test func `whoever can't be signed in is told the same, whatever the reason`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      _ = try city.account("lisi", .cityBureau, password: nil)
      let gone = try city.account("wangwu", .cityBureau)
      try city.save("account", ["status": "disabled"], id: gone.accountId)
      let table = [
        ("zhangsan", "river-Otter-59", "a wrong password"), ("zhangsan", "", "no password"),
        ("zhangsan", " river-Otter-58", "blanks count"), ("zhangsan", "RIVER-OTTER-58", "case"),
        ("nobody", TestDesk.password, "no such account"), ("lisi", TestDesk.password, "none yet"),
        ("wangwu", TestDesk.password, "disabled"), ("", TestDesk.password, "no name"),
        (String(repeating: "x", count: 65), TestDesk.password, "a name too long"),
      ]
      for (place, (name, password, reason)) in table.enumerated() {
        let answer = try city.signIn(name, password, from: "10.0.1.\(place)")
        #expect(answer.problem == Problem("ACC-E-020", "", "登录名或口令不对。"), "\(reason)")
      }
    }
  }

  @Test(arguments: ["zhangsan", "nobody", "lisi"])
  func `a name is locked after five failures, and is free again after the minutes`(name: String)
    throws
  {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      _ = try city.account("lisi", .cityBureau, password: nil)
      for _ in 1...5 { try #expect(city.signIn(name, "wrong").code == "ACC-E-020") }
      try #expect(city.signIn(name, "wrong").wait == 1200)
      try #expect(city.signIn(name).wait == 1200, "the right password does not help")
      try #expect(city.signIn(name.uppercased(), from: "10.0.0.2").wait == 1200)
      city.clock.move(minutes: 19, seconds: 59)
      try #expect(city.signIn(name).wait == 1)
      city.clock.move(seconds: 1)
      let isKnown = name == "zhangsan"
      try #expect(city.signIn(name).code == (isKnown ? nil : "ACC-E-020"))
      // It begins anew with five.
      for _ in 1...4 { try #expect(city.signIn(name, "wrong", from: "10.0.0.3").code != nil) }
    }
  }

  @Test func `failures long ago and before a right password don't count`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      for _ in 1...4 { _ = try city.signIn("zhangsan", "wrong") }
      try #expect(city.signIn("zhangsan").state == .open)
      for _ in 1...4 { _ = try city.signIn("zhangsan", "wrong") }
      city.clock.move(minutes: 20)
      for _ in 1...4 { try #expect(city.signIn("zhangsan", "wrong").code == "ACC-E-020") }
      try #expect(city.signIn("zhangsan").state == .open)
    }
  }

  @Test func `a clock set back a day keeps nobody out`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      for _ in 1...5 { _ = try city.signIn("zhangsan", "wrong") }
      city.clock.move(seconds: -30)
      try #expect(city.signIn("zhangsan").wait == 1200)
      city.clock.move(days: -1)
      try #expect(city.signIn("zhangsan").state == .open)
    }
  }

  @Test func `texts nobody types are answered as any other`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      let odd = [
        "", "\0", "zhangsan\0", "a\u{300}\u{301}", "👩‍👩‍👧", "\u{202E}nasgnahz", "' OR 1=1 --",
        "ｚｈａｎｇｓａｎ", "%", "\u{FFFD}", "İ",
        String(decoding: [0xED, 0xA0, 0x80, 0xFF], as: UTF8.self),
        String(repeating: "长", count: 1_000_000 / 3),
        "e" + String(repeating: "\u{301}", count: 500_000),
      ]
      for (place, text) in odd.enumerated() {
        let address = "10.0.2.\(place)"
        try #expect(city.signIn(text, from: address).code == "ACC-E-020", "name \(place)")
        let name = "zhang\(place)"
        try #expect(city.signIn(name, text, from: address).code == "ACC-E-020", "\(place)")
      }
      try #expect(city.signIn("zhangsan").state == .open)
      try #expect(city.contents(of: "sign_in_failure").utf8.count < 2000)
    }
  }

  @Test func `a password is the same however its accents are composed`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau, password: "Caf\u{E9}-otter-58")
      try #expect(city.signIn("zhangsan", "Cafe\u{301}-otter-58").state == .open)
      try #expect(city.signIn("zhangsan", "Cafe-otter-58").code == "ACC-E-020")
    }
  }

  @Test func `who is disabled is out at the next request, and in again when enabled`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let token = try city.token(of: "zhangsan")
      try city.save("account", ["status": "disabled"], id: account.accountId)
      try #expect(city.desk.signedIn(token) == nil)
      try #expect(city.signIn("zhangsan").code == "ACC-E-020")
      try city.save("account", ["status": "active"], id: account.accountId)
      try #expect(city.signIn("zhangsan").state == .open)
    }
  }
}
