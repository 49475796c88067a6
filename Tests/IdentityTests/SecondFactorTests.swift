import Ciphers
@testable import Identity
import Records
import Testing
import Values

/// The second factor: setting it up, showing its code.
@Suite struct SecondFactorTests {
  /// The phone of somebody who set up a second factor, a minute ago.
  private func phone(of name: String, in city: TestDesk) throws -> TOTP {
    let phone = try city.enroll(city.token(of: name)).phone
    city.clock.move(minutes: 1)
    return phone
  }

  @Test(arguments: Role.allCases.filter(Role.administrators.contains))
  func `administrators are nobody until they set up a second factor`(role: Role) throws {
    try withDesk { city in
      let account = try city.account("admin1", role)
      let answer = try city.signIn("admin1")
      #expect(answer.state == .enroll)
      let first = try #require(answer.token)
      try #expect(#require(try city.desk.signedIn(first)).reader.role == .public)
      try #expect(city.desk.act(by: "G000001", token: first) == nil)
      let token = try city.enroll(first).token
      try #expect(#require(try city.desk.signedIn(token)).reader.role == role)
      try #expect(city.desk.signedIn(first) == nil, "the old token is worthless")
      try #expect(city.desk.hasSecondFactor(account.accountId))
      try #expect(city.signIn("admin1").state == .second)
    }
  }

  @Test func `who becomes an administrator while signed in has to set one up too`() throws {
    try withDesk { city in
      let account = try city.account("admin1")
      let first = try city.token(of: "admin1")
      let second = try city.token(of: "admin1")
      try #expect(#require(try city.desk.signedIn(first)).state == .open)
      try city.grant(.systemAdmin, to: account.accountId)
      let signedIn = try #require(try city.desk.signedIn(first))
      #expect(signedIn.state == .enroll)
      #expect(signedIn.reader.role == .public)
      let token = try city.enroll(first).token
      try #expect(#require(try city.desk.signedIn(token)).reader.role == .systemAdmin)
      try #expect(city.desk.signedIn(second) == nil, "it never showed a second factor")
    }
  }

  @Test func `a second factor is not replaced by who only knows the password`() throws {
    try withDesk { city in
      _ = try city.account("admin1", .systemAdmin)
      let thief = try city.token(of: "admin1")
      let phone = try phone(of: "admin1", in: city)
      let secret = try TOTP()
      func enroll(_ token: String) throws -> String? {
        let code = secret.code(at: city.clock.seconds)
        return try city.desk.enroll(secret.secretText, code: code, token: token).code
      }
      try #expect(enroll(thief) == "ACC-E-025")
      let half = try city.token(of: "admin1")
      try #expect(enroll(half) == "ACC-E-025", "the code was not shown")
      let code = phone.code(at: city.clock.seconds)
      try #expect(city.desk.second(code, token: half, from: TestDesk.here).state == .open)
    }
  }

  @Test func `setting up takes a code of the secret offered`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let token = try city.token(of: "zhangsan")
      let offer = try city.desk.offerSecret(for: account, issuer: "泉州")
      #expect(offer.address.hasPrefix("otpauth://totp/"))
      let phone = try #require(TOTP(secretText: offer.secret))
      let code = phone.code(at: city.clock.seconds)
      let wrong = code == "000000" ? "000001" : "000000"
      for (secret, code) in [
        (offer.secret, wrong), (offer.secret, ""), ("", code), ("short", code), ("!!!", code),
        (try TOTP().secretText, "x"),
      ] {
        try #expect(city.desk.enroll(secret, code: code, token: token).code == "ACC-E-024")
      }
      try #expect(!city.desk.hasSecondFactor(account.accountId))
      try #expect(city.desk.enroll(offer.secret, code: code, token: "x").code == "ACC-E-025")
      try #expect(city.desk.enroll(offer.secret, code: " \(code) ", token: token).state == .open)
      try #expect(city.signIn("zhangsan").state == .second)
    }
  }

  @Test func `a code is taken once, within half a minute of its own`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      let phone = try phone(of: "zhangsan", in: city)
      func second(_ offset: Int) throws -> String? {
        let token = try city.token(of: "zhangsan")
        let code = phone.code(at: city.clock.seconds + offset)
        return try city.desk.second(code, token: token, from: TestDesk.here).code
      }
      try #expect(second(-60) == "ACC-E-024", "too old")
      try #expect(second(60) == "ACC-E-024", "not yet")
      try #expect(second(-30) == nil, "of the step before")
      try #expect(second(-30) == "ACC-E-024", "used")
      try #expect(second(0) == nil, "of this step")
      try #expect(second(0) == "ACC-E-024", "used")
      try #expect(second(-30) == "ACC-E-024", "before one that was used")
      city.clock.move(seconds: 30)
      try #expect(second(0) == nil)
    }
  }

  @Test func `who showed the code has a new token; who did not is nobody`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      let phone = try phone(of: "zhangsan", in: city)
      let first = try city.token(of: "zhangsan")
      try #expect(#require(try city.desk.signedIn(first)).reader.role == .public)
      try #expect(city.desk.act(by: "G000001", token: first) == nil)
      let code = phone.code(at: city.clock.seconds)
      try #expect(city.desk.second(code, token: "none", from: TestDesk.here).code == "ACC-E-025")
      let answer = try city.desk.second(code, token: first, from: TestDesk.here)
      #expect(answer.state == .open)
      let token = try #require(answer.token)
      try #expect(city.desk.signedIn(first) == nil)
      try #expect(#require(try city.desk.signedIn(token)).reader.role == .teacher)
      try #expect(city.desk.second(code, token: token, from: TestDesk.here).code == "ACC-E-025")
    }
  }

  @Test func `wrong codes lock as wrong passwords do, also with the password between them`() throws
  {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      let phone = try phone(of: "zhangsan", in: city)
      let code = phone.code(at: city.clock.seconds)
      var token = ""
      for _ in 1...5 {
        token = try city.token(of: "zhangsan")
        try #expect(city.desk.second("x", token: token, from: TestDesk.here).code == "ACC-E-024")
      }
      try #expect(city.desk.second(code, token: token, from: TestDesk.here).wait == 1200)
      try #expect(city.signIn("zhangsan").wait == 1200)
      city.clock.move(minutes: 20)
      token = try city.token(of: "zhangsan")
      let next = phone.code(at: city.clock.seconds)
      try #expect(city.desk.second(next, token: token, from: TestDesk.here).state == .open)
      try #expect(city.rows(in: "sign_in_failure") == 0)
    }
  }

  @Test func `an old password is asked for after the code`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let phone = try phone(of: "zhangsan", in: city)
      city.clock.move(days: 91)
      let token = try city.token(of: "zhangsan")
      let code = phone.code(at: city.clock.seconds)
      try #expect(city.desk.second(code, token: token, from: TestDesk.here).state == .password)
      try city.desk.dropSecondFactor(of: account.accountId)
      try #expect(!city.desk.hasSecondFactor(account.accountId))
      try #expect(city.signIn("zhangsan").state == .password)
    }
  }
}
