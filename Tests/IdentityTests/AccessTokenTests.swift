import Calendar
import Identity
import Records
import Testing
import Values

/// Tokens with which programs act as somebody.
@Suite struct AccessTokenTests {
  private func grant(of account: Account, in city: TestDesk) throws -> RoleGrant {
    try #require(try city.desk.grants(of: account.accountId).first)
  }

  @Test func `a program acts by the grant of its token and no other`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .schoolAdmin, .teacher)
      let grants = try city.desk.grants(of: account.accountId)
      #expect(grants.count == 2)
      for grant in grants {
        let token = try city.desk.token(" 脚本 ", actingBy: grant, days: 30)
        #expect(token.hasPrefix("citong_"))
        let signedIn = try #require(try city.desk.program(token))
        #expect(signedIn.isProgram)
        #expect(signedIn.state == .open)
        #expect(signedIn.grants.map(\.grantId) == [grant.grantId])
        #expect(signedIn.reader == grant.reader)
        try #expect(city.desk.signedIn(token) == nil, "it is no session")
        try #expect(city.desk.act(by: grants[0].grantId, token: token) == nil)
      }
      let list = try city.desk.tokens(of: account.accountId)
      #expect(list.map(\.name) == ["脚本", "脚本"])
      #expect(Set(list.map(\.grant)) == Set(grants.map(\.grantId)))
    }
  }

  @Test func `a token holds for its days, a year at most`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let grant = try grant(of: account, in: city)
      for (days, held) in [(1, 1), (30, 30), (365, 365), (366, 365), (.max, 365), (0, 1), (-5, 1)] {
        let begun = city.clock.seconds
        let token = try city.desk.token("脚本", actingBy: grant, days: days)
        let listed = try #require(try city.desk.tokens(of: account.accountId).first)
        #expect(listed.createdAt.seconds == begun)
        #expect(listed.expiresAt.seconds == begun + held * 86_400)
        city.clock.move(days: held, seconds: -1)
        try #expect(city.desk.program(token) != nil, "\(days)")
        city.clock.move(seconds: 1)
        try #expect(city.desk.program(token) == nil, "\(days)")
        try #expect(city.desk.tokens(of: account.accountId).isEmpty)
      }
    }
  }

  @Test func `a token is revoked by its owner only`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let other = try city.account("lisi", .cityBureau)
      let (first, second) = try (
        city.desk.token("甲", actingBy: grant(of: account, in: city), days: 30),
        city.desk.token("乙", actingBy: grant(of: account, in: city), days: 30)
      )
      let list = try city.desk.tokens(of: account.accountId)
      let id = try #require(list.first { $0.name == "甲" }).id
      for (id, owner) in [(id, other), ("", account), ("%", account)] {
        try city.desk.revokeToken(id, of: owner.accountId)
      }
      try #expect(city.desk.program(first) != nil)
      try city.desk.revokeToken(id, of: account.accountId)
      try #expect(city.desk.program(first) == nil)
      try #expect(city.desk.program(second) != nil)
      try #expect(city.desk.tokens(of: account.accountId).map(\.name) == ["乙"])
    }
  }

  @Test func `a token of another installation, and what is no token, are unknown`() throws {
    let foreign = try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      return try city.desk.token("脚本", actingBy: grant(of: account, in: city), days: 30)
    }
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let token = try city.desk.token("脚本", actingBy: grant(of: account, in: city), days: 30)
      let wrong = [
        foreign, "", "citong_", String(token.dropLast()), token + "A", token.uppercased(),
        String(token.dropFirst("citong_".count)),
        "citong_" + String(repeating: "x", count: 999_999),
      ]
      for text in wrong { try #expect(city.desk.program(text) == nil) }
    }
  }

  @Test func `a token of a disabled account is worthless`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let token = try city.desk.token("脚本", actingBy: grant(of: account, in: city), days: 30)
      try city.save("account", ["status": "disabled"], id: account.accountId)
      try #expect(city.desk.program(token) == nil)
    }
  }

  @Test func `a name however long is kept in part`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let name = String(repeating: "长", count: 10_000)
      _ = try city.desk.token(name, actingBy: grant(of: account, in: city), days: 30)
      try #expect(city.desk.tokens(of: account.accountId)[0].name.count == 60)
    }
  }
}
