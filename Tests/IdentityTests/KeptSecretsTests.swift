import Ciphers
import Identity
import Records
import Storage
import Testing
import Values

/// What the tables hold of passwords, tokens and secrets.
@Suite struct KeptSecretsTests {
  @Test func `nothing that signs anybody in stands in a table`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let first = try city.token(of: "zhangsan")
      let (session, phone) = try city.enroll(first)
      let grant = try #require(try city.desk.grants(of: account.accountId).first)
      let program = try city.desk.token("脚本", actingBy: grant, days: 30)
      let link = try city.desk.link(for: account.accountId, .released)
      let bare = String(program.dropFirst(SignInDesk.tokenPrefix.count))
      let secrets = [TestDesk.password, session, program, bare, link, phone.secretText]
      let names = try city.register.store.read {
        try $0.rows("SELECT name FROM sqlite_master WHERE type = 'table'").compactMap(\.[0].text)
      }
      #expect(names.contains("credential"))
      for name in names {
        let contents = try city.contents(of: name)
        for (place, secret) in secrets.enumerated() {
          #expect(!contents.contains(secret), "\(name) \(place)")
        }
      }
      let credential = try city.contents(of: "credential")
      #expect(credential.contains("scrypt$"))
      #expect(credential.contains("aes256-gcm:one:"))
    }
  }

  @Test func `equal passwords are kept differently`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      _ = try city.account("lisi", .cityBureau)
      let hashes = try city.register.store.read {
        try $0.rows("SELECT password FROM credential").compactMap(\.[0].text)
      }
      #expect(Set(hashes).count == 2)
    }
  }

  @Test func `a sealed secret moved to another account does not sign in`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .cityBureau)
      let other = try city.account("lisi", .cityBureau)
      _ = try city.enroll(city.token(of: "zhangsan"))
      _ = try city.register.store.write {
        try $0.execute(
          """
          UPDATE credential SET one_time =
          (SELECT one_time FROM credential WHERE account = $1) WHERE account = $2
          """,
          [.text(account.accountId), .text(other.accountId)]
        )
      }
      #expect(throws: (any Error).self) { try city.signIn("lisi") }
    }
  }
}
