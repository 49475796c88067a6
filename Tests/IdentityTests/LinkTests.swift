import Ciphers
import Identity
import Records
import Testing
import Values

/// Links that can be used once.
@Suite struct LinkTests {
  private func redeem(_ code: String, _ password: String, in city: TestDesk) throws
    -> SignInDesk.Answer
  {
    try city.desk.redeem(code, password: password, from: TestDesk.here)
  }

  @Test func `a link gives its account a first password, once`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher, password: nil)
      let other = try city.account("lisi", .teacher)
      try #expect(!city.desk.hasPassword(account.accountId))
      let code = try city.desk.link(for: account.accountId, .released)
      let owner = try #require(try city.desk.owner(ofLink: code))
      #expect(owner.account.accountId == account.accountId)
      #expect(owner.purpose == .released)
      let answer = try redeem(code, TestDesk.password, in: city)
      #expect(answer.state == .open)
      let token = try #require(answer.token)
      let signedIn = try #require(try city.desk.signedIn(token))
      #expect(signedIn.account.accountId == account.accountId)
      try #expect(city.signIn("zhangsan").state == .open)
      try #expect(city.desk.owner(ofLink: code) == nil)
      try #expect(redeem(code, "harbour-Crane-71", in: city).code == "ACC-E-026")
      try #expect(city.signIn("zhangsan", "harbour-Crane-71").code == "ACC-E-020")
      try #expect(city.desk.sessions(of: other.accountId).isEmpty)
      try #expect(city.signIn("lisi").state == .open)
    }
  }

  @Test func `a refused password leaves the link as it is`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let code = try city.desk.link(for: account.accountId, .released)
      for (password, problem) in [
        ("short", "ACC-E-021"), ("", "ACC-E-021"), (TestDesk.password, "ACC-E-023"),
        (String(repeating: "长", count: 300_000), "ACC-E-021"),
      ] {
        try #expect(redeem(code, password, in: city).code == problem)
      }
      try #expect(redeem(code, "harbour-Crane-71", in: city).state == .open)
    }
  }

  @Test func `a link holds for three days`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher, password: nil)
      let code = try city.desk.link(for: account.accountId, .released)
      city.clock.move(hours: 71, minutes: 59, seconds: 59)
      try #expect(city.desk.owner(ofLink: code) != nil)
      city.clock.move(seconds: 1)
      try #expect(city.desk.owner(ofLink: code) == nil)
      try #expect(redeem(code, TestDesk.password, in: city).code == "ACC-E-026")
      try #expect(!city.desk.hasPassword(account.accountId))
    }
  }

  @Test func `a new link ends the one before, of the same account and purpose`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher, password: nil)
      let other = try city.account("lisi", .teacher, password: nil)
      let old = try city.desk.link(for: account.accountId, .released)
      let theirs = try city.desk.link(for: other.accountId, .released)
      let new = try city.desk.link(for: account.accountId, .released)
      try #expect(redeem(old, TestDesk.password, in: city).code == "ACC-E-026")
      try #expect(city.desk.owner(ofLink: theirs)?.account.accountId == other.accountId)
      try #expect(redeem(new, TestDesk.password, in: city).state == .open)
    }
  }

  @Test func `what is no link, and one of a disabled account, can't be used`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher, password: nil)
      let code = try city.desk.link(for: account.accountId, .released)
      let wrong = ["", "x", String(code.dropLast()), code + "=", String(repeating: "长", count: 99)]
      for text in wrong { try #expect(redeem(text, "x", in: city).code == "ACC-E-026") }
      try city.save("account", ["status": "disabled"], id: account.accountId)
      try #expect(redeem(code, TestDesk.password, in: city).code == "ACC-E-026")
    }
  }

  @Test func `a link for a lost password ends sessions and asks for the second factor`() throws {
    try withDesk { city in
      let account = try city.account("admin1", .systemAdmin)
      let (token, phone) = try city.enroll(city.token(of: "admin1"))
      city.clock.move(minutes: 1)
      let code = try city.desk.link(for: account.accountId, .released)
      try #expect(city.desk.signedIn(token) != nil, "the link alone ends nothing")
      let answer = try redeem(code, "harbour-Crane-71", in: city)
      #expect(answer.state == .second)
      try #expect(city.desk.signedIn(token) == nil)
      let shown = phone.code(at: city.clock.seconds)
      let half = try #require(answer.token)
      try #expect(city.desk.second(shown, token: half, from: TestDesk.here).state == .open)
    }
  }

  @Test func `an administrator's first link leads to setting up a second factor`() throws {
    try withDesk { city in
      let account = try city.account("admin1", .systemAdmin, password: nil)
      let code = try city.desk.link(for: account.accountId, .released)
      try #expect(redeem(code, TestDesk.password, in: city).state == .enroll)
    }
  }

  @Test func `a link to a demo signs in without a password, once, whatever the role`() throws {
    try withDesk { city in
      for (name, role) in [("demo1", Role.schoolAdmin), ("demo2", .systemAdmin)] {
        let account = try city.account(name, role, password: nil)
        let code = try city.desk.link(for: account.accountId, .demo)
        let answer = try redeem(code, "", in: city)
        #expect(answer.state == .open)
        let token = try #require(answer.token)
        let signedIn = try #require(try city.desk.signedIn(token))
        #expect(signedIn.reader.role == role)
        try #expect(!city.desk.hasPassword(account.accountId))
        try #expect(redeem(code, "", in: city).code == "ACC-E-026")
        try #expect(city.signIn(name, "").code == "ACC-E-020")
      }
    }
  }

  @Test func `an account with a password is no demo`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let code = try city.desk.link(for: account.accountId, .demo)
      try #expect(redeem(code, "", in: city).code == "ACC-E-026")
    }
  }

  @Test func `who has a role gets a link by two administrators, never by one`() throws {
    try withDesk { desk in
      let fresh = try desk.account("lin.yi", password: nil)
      try #expect(!desk.desk.takesTwo(fresh.accountId))
      let account = try desk.account("zhang.san", .schoolAdmin)
      let guardian = try desk.account("an.quan", .securityAdmin)
      try #expect(desk.desk.takesTwo(account.accountId))
      func refusal(_ account: Account, _ role: Role, _ own: String = "U900") -> String {
        do {
          _ = try desk.desk.releaseLink(account.accountId, as: role, own: own)
          return ""
        } catch let refused as Refused {
          return refused.problems.map(\.code).joined()
        } catch {
          return "\(error)"
        }
      }
      // Nobody asked yet.
      #expect(refusal(account, .securityAdmin) == "ACC-E-093")
      try desk.desk.askForLink(account.accountId)
      try desk.desk.askForLink(account.accountId)
      #expect(refusal(account, .systemAdmin) == "ACC-E-092")
      #expect(refusal(account, .auditAdmin) == "ACC-E-092")
      #expect(refusal(account, .securityAdmin, account.accountId) == "ACC-E-092")
      let token = try desk.token(of: "zhang.san")
      let code = try desk.desk.releaseLink(account.accountId, as: .securityAdmin, own: "U900")
      try #expect(desk.desk.signedIn(token) == nil)
      let answer = try desk.desk.redeem(code, password: "harbour-Crane-77", from: TestDesk.here)
      #expect(answer.token != nil)
      // It was let go once; the next has to be asked for again, and in time.
      #expect(refusal(account, .securityAdmin) == "ACC-E-093")
      try desk.desk.askForLink(account.accountId)
      desk.clock.move(hours: 72)
      #expect(refusal(account, .securityAdmin) == "ACC-E-093")
      // Of the security administrator's own account the one who watches lets it go.
      try desk.desk.askForLink(guardian.accountId)
      #expect(refusal(guardian, .securityAdmin) == "ACC-E-092")
      #expect(refusal(guardian, .auditAdmin) == "")
    }
  }

  @Test func `a link one alone made is void once there is a role or a password`() throws {
    try withDesk { desk in
      func answer(_ code: String) throws -> String? {
        try desk.desk.redeem(code, password: "harbour-Crane-77", from: TestDesk.here).code
      }
      let first = try desk.account("lin.yi", password: nil)
      let kept = try desk.desk.link(for: first.accountId, .password)
      try desk.grant(.schoolAdmin, to: first.accountId)
      try #expect(answer(kept) == "ACC-E-026")
      let second = try desk.account("chen.er", password: nil)
      let code = try desk.desk.link(for: second.accountId, .password)
      try #expect(answer(code) == nil)
      let again = try desk.desk.link(for: second.accountId, .password)
      try #expect(answer(again) == "ACC-E-026")
    }
  }
}
