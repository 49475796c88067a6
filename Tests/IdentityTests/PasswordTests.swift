import Identity
import Records
import Testing
import Values

/// Choosing a password, and having to.
@Suite struct PasswordTests {
  @Test func `the desk refuses what the rules refuse, by name and by what people call them`() throws
  {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let table = [
        ("Short-1", "口令有 7 个字符，至少要 10 个。"), ("Zhangsan-2026", "口令里不能有登录名或姓名“zhangsan”。"),
        ("", "口令有 0 个字符，至少要 10 个。"), (String(repeating: "a", count: 1_000_000), "口令太长，最多 128 个字符。"),
        ("Qwerty-2026!", "这个口令太常见，容易被猜到，请换一个。"),
      ]
      for (password, reason) in table {
        let problem = try city.desk.choose(password, for: account, current: TestDesk.password)
        #expect(problem == Problem("ACC-E-021", "password", reason))
      }
      try #expect(city.signIn("zhangsan").state == .open, "the old one still holds")
    }
  }

  @Test func `none of the last five passwords may come again`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau, password: nil)
      func choose(_ number: Int) throws -> String? {
        city.clock.move(minutes: 1)
        return try city.desk.choose("river-Otter-\(number)", for: account, current: nil)?.code
      }
      for number in 10...14 { try #expect(choose(number) == nil) }
      for number in 10...14 { try #expect(choose(number) == "ACC-E-023", "\(number)") }
      try #expect(choose(15) == nil)
      try #expect(choose(11) == "ACC-E-023")
      try #expect(choose(10) == nil)
      try #expect(city.rows(in: "former_password") == 5)
    }
  }

  @Test func `the present password is asked of who changes it, and guessing it locks`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      func choose(_ current: String) throws -> String? {
        try city.desk.choose("harbour-Crane-71", for: account, current: current)?.code
      }
      for wrong in ["", "wrong", String(repeating: "x", count: 1_000_000), "river-Otter-58 "] {
        try #expect(choose(wrong) == "ACC-E-022")
      }
      try #expect(choose("wrong") == "ACC-E-022")
      try #expect(choose(TestDesk.password) == "ACC-E-027")
      try #expect(city.signIn("zhangsan", from: "10.0.0.2").wait == 1200)
      city.clock.move(minutes: 20)
      try #expect(choose(TestDesk.password) == nil)
      try #expect(city.signIn("zhangsan").code == "ACC-E-020")
      try #expect(city.signIn("zhangsan", "harbour-Crane-71").state == .open)
    }
  }

  @Test func `a new password ends other sessions and all tokens of the account, and no other's`()
    throws
  {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      _ = try city.account("lisi", .cityBureau)
      let (mine, other) = try (city.token(of: "zhangsan"), city.token(of: "zhangsan"))
      let theirs = try city.token(of: "lisi")
      let grant = try #require(try city.desk.grants(of: account.accountId).first)
      let program = try city.desk.token("脚本", actingBy: grant, days: 30)
      let session = try #require(try city.desk.signedIn(mine)).session
      let problem = try city.desk.choose(
        "harbour-Crane-71",
        for: account,
        current: TestDesk.password,
        keeping: session
      )
      #expect(problem == nil)
      try #expect(city.desk.signedIn(mine) != nil)
      try #expect(city.desk.signedIn(other) == nil)
      try #expect(city.desk.signedIn(theirs) != nil)
      try #expect(city.desk.program(program) == nil)
      try #expect(city.desk.tokens(of: account.accountId).isEmpty)
    }
  }

  @Test func `staff choose a new password after ninety days, students need not`() throws {
    try withDesk { city in
      _ = try city.account("teacher", .teacher)
      _ = try city.account("student", .student)
      _ = try city.account("both", .student, .teacher)
      _ = try city.account("none")
      city.clock.move(days: 90)
      for name in ["teacher", "both", "student", "none"] {
        try #expect(city.signIn(name).state == .open, "\(name)")
      }
      city.clock.move(seconds: 1)
      for (name, state) in [
        ("teacher", SignedIn.State.password), ("both", .password), ("student", .open),
        ("none", .open),
      ] {
        try #expect(city.signIn(name).state == state, "\(name)")
      }
    }
  }

  @Test func `who has to choose a new password is nobody until they did`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher)
      city.clock.move(days: 91)
      let old = try city.token(of: "zhangsan")
      try #expect(#require(try city.desk.signedIn(old)).reader.role == .public)
      func change(_ password: String, _ current: String, _ token: String) throws
        -> SignInDesk.Answer
      {
        try city.desk.change(password, current: current, token: token)
      }
      try #expect(change("river-Otter-58", TestDesk.password, old).code == "ACC-E-023")
      try #expect(change("harbour-Crane-71", "wrong", old).code == "ACC-E-022")
      try #expect(change("harbour-Crane-71", TestDesk.password, "none").code == "ACC-E-025")
      let answer = try change("harbour-Crane-71", TestDesk.password, old)
      #expect(answer.state == .open)
      let token = try #require(answer.token)
      try #expect(#require(try city.desk.signedIn(token)).reader.role == .teacher)
      try #expect(city.desk.signedIn(old) == nil)
      try #expect(city.signIn("zhangsan", "harbour-Crane-71").state == .open)
    }
  }
}
