import Identity
import Records
import Testing
import Values

/// What somebody may do, at every request anew.
@Suite struct RightsTests {
  @Test func `a role that is revoked or ended is gone at the next request`() throws {
    for texts in [["status": "revoked"], ["validTo": "2022-07-13"], ["validFrom": "2022-07-15"]] {
      try withDesk { city in
        let account = try city.account("zhangsan", .schoolAdmin)
        let grant = try #require(try city.desk.grants(of: account.accountId).first)
        let session = try city.token(of: "zhangsan")
        let program = try city.desk.token("脚本", actingBy: grant, days: 30)
        let reader = try #require(try city.desk.signedIn(session)).reader
        #expect(reader.organisation == "S1")
        #expect(reader.account == account.accountId)
        try #expect(city.desk.program(program)?.reader == reader)
        try city.save("roleGrant", texts, id: grant.grantId)
        let after = try #require(try city.desk.signedIn(session))
        #expect(after.acting == nil, "\(texts)")
        #expect(after.reader == Reader(.public, account: account.accountId))
        try #expect(city.desk.program(program) == nil)
        try #expect(city.desk.act(by: grant.grantId, token: session) == nil)
      }
    }
  }

  @Test func `a role holds from its first to its last day, of China`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan")
      var texts = city.texts(.teacher, account.accountId)
      texts["validFrom"] = "2022-07-15"
      texts["validTo"] = "2022-07-16"
      try city.save("roleGrant", texts)
      func role() throws -> Role? { try city.desk.grants(of: account.accountId).first?.role }
      // It is nine in the morning of the 14th.
      city.clock.move(hours: 14, minutes: 59, seconds: 59)
      try #expect(role() == nil)
      city.clock.move(seconds: 1)
      try #expect(role() == .teacher)
      city.clock.move(days: 2, seconds: -1)
      try #expect(role() == .teacher)
      city.clock.move(seconds: 1)
      try #expect(role() == nil)
    }
  }

  @Test func `a role that is given holds at the next request`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan")
      let token = try city.token(of: "zhangsan")
      try #expect(#require(try city.desk.signedIn(token)).reader.role == .public)
      try city.grant(.countyBureau, to: account.accountId)
      let reader = try #require(try city.desk.signedIn(token)).reader
      #expect(reader == Reader(.countyBureau, account: account.accountId, region: "350502"))
    }
  }

  @Test func `one acts by one grant at a time, never with the rights of two`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .schoolAdmin, .enterpriseMentor)
      let grants = try city.desk.grants(of: account.accountId)
      let mentor = try #require(grants.first { $0.role == .enterpriseMentor })
      let token = try city.token(of: "zhangsan")
      try #expect(#require(try city.desk.signedIn(token)).reader.role == .schoolAdmin)
      let fresh = try #require(try city.desk.act(by: mentor.grantId, token: token))
      try #expect(city.desk.signedIn(token) == nil, "the old token is worthless")
      let reader = try #require(try city.desk.signedIn(fresh)).reader
      #expect(
        reader == Reader(.enterpriseMentor, account: account.accountId, organisation: "E1")
      )
      try city.save("roleGrant", ["status": "revoked"], id: mentor.grantId)
      try #expect(#require(try city.desk.signedIn(fresh)).reader.role == .schoolAdmin)
    }
  }

  @Test func `one can't act by what is somebody else's or no grant`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .schoolAdmin)
      let other = try city.account("lisi", .cityBureau)
      let theirs = try #require(try city.desk.grants(of: other.accountId).first).grantId
      let token = try city.token(of: "zhangsan")
      for grant in [theirs, "", "G999999", "' OR 1=1 --"] {
        try #expect(city.desk.act(by: grant, token: token) == nil)
      }
      let signedIn = try #require(try city.desk.signedIn(token))
      #expect(signedIn.reader.role == .schoolAdmin)
      try #expect(city.desk.act(by: theirs, token: "none") == nil)
    }
  }

  @Test func `a hundred grants of former years hide none of today`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan")
      for _ in 1...101 {
        var texts = city.texts(.teacher, account.accountId)
        texts["status"] = "revoked"
        try city.save("roleGrant", texts)
      }
      try city.grant(.schoolAdmin, to: account.accountId)
      try #expect(city.desk.grants(of: account.accountId).map(\.role) == [.schoolAdmin])
    }
  }
}
