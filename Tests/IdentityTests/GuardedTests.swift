import Calendar
import Ciphers
import Records
import Testing
import Values

@testable import Identity

/// What an open browser, a former key or a program must not be enough for.
@Suite struct GuardedTests {
  @Test func `everything is sealed anew with a fresh key, by suite too`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      let phone = try city.enroll(city.token(of: "zhangsan")).phone
      let keys = ["one": [UInt8](repeating: 1, count: 32), "two": [UInt8](repeating: 2, count: 32)]
      let cost = try #require(PasswordHash.Cost(exponent: 4, blockSize: 1, parallelism: 1))
      for suite in [CipherSuite.aes256GCM, .sm4CTR] {
        let ring = try KeyRing(keys, current: "two", suite: suite)
        let desk = try SignInDesk(city.register, ring: ring, cost: cost)
        try #expect(desk.reseal() == 1)
        try #expect(desk.reseal() == 0)
        try #expect(city.contents(of: "credential").contains("\(suite.rawValue):two:"))
        let origin = SignInDesk.Origin(address: "10.0.0.1", agent: "测试")
        let token = try #require(
          try desk.signIn("zhangsan", TestDesk.password, from: origin).token
        )
        city.clock.move(seconds: 60)
        let answer = try desk.second(
          phone.code(at: city.clock.seconds),
          token: token,
          from: origin
        )
        #expect(answer.state == .open, "\(suite)")
      }
    }
  }

  @Test func `who acts already shows the password before another second factor is set up`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let token = try city.token(of: "zhangsan")
      let offer = try city.desk.offerSecret(for: account, issuer: "测试")
      let code = try #require(TOTP(secretText: offer.secret)).code(at: city.clock.seconds)
      func enroll(_ sealed: String, _ password: String) throws -> SignInDesk.Answer {
        try city.desk.enroll(sealed: sealed, code: code, password: password, token: token)
      }
      try #expect(enroll(offer.sealed, "").code == "ACC-E-022")
      try #expect(enroll(offer.sealed, "wrong").code == "ACC-E-022")
      // A secret somebody brought along is no offer.
      try #expect(enroll(offer.secret, TestDesk.password).code == "ACC-E-025")
      let other = try city.account("lisi", .cityBureau)
      let foreign = try city.desk.offerSecret(for: other, issuer: "测试").sealed
      try #expect(enroll(foreign, TestDesk.password).code == "ACC-E-025")
      try #expect(!city.desk.hasSecondFactor(account.accountId))
      try #expect(enroll(offer.sealed, TestDesk.password).state == .open)
      try #expect(city.desk.hasSecondFactor(account.accountId))
    }
  }

  @Test func `no program acts as an administrator`() throws {
    try withDesk { city in
      let account = try city.account("admin1", .systemAdmin)
      let grant = try #require(try city.desk.grants(of: account.accountId).first)
      #expect(throws: Refused.self) {
        _ = try city.desk.token("脚本", actingBy: grant, days: 30)
      }
      let clerk = try city.account("zhangsan", .cityBureau)
      let own = try #require(try city.desk.grants(of: clerk.accountId).first)
      let token = try city.desk.token("脚本", actingBy: own, days: 30)
      try #expect(city.desk.program(token)?.reader.role == .cityBureau)
      try city.desk.revokeTokens(of: clerk.accountId)
      try #expect(city.desk.program(token) == nil)
    }
  }
}
