import Identity
import Records
import Testing
import Values

/// Who may write accounts and grants.
@Suite struct WritersTests {
  private static let readers: [(Reader, isAccount: Bool, isGrant: Bool)] = Role.allCases.map {
    let reader = Reader($0, account: "U000001", organisation: "S1", region: "350502")
    return (reader, $0 == .systemAdmin, $0 == .securityAdmin)
  }

  @Test func `only the system administrator writes accounts`() throws {
    try withDesk { city in
      let known = try city.account("zhangsan", password: nil)
      for (place, (reader, isAccount, _)) in Self.readers.enumerated() {
        let texts = ["loginName": "name\(place)", "displayName": "李四"]
        let made = try city.codes("account", texts, as: reader)
        #expect(made.isEmpty == isAccount, "\(reader.role)")
        #expect(made.allSatisfy { $0.hasPrefix("ACC-E-001") }, "\(reader.role)")
        let changed = try city.codes(
          "account",
          ["note": "\(place)"],
          id: known.accountId,
          as: reader
        )
        #expect(changed.isEmpty == isAccount, "\(reader.role)")
      }
      try #expect(city.rows(in: "account") == 2)
    }
  }

  @Test func `only the security administrator writes grants`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher, password: nil).accountId
      let grant = try #require(try city.desk.grants(of: account).first).grantId
      for (place, (reader, _, isGrant)) in Self.readers.enumerated() {
        let made = try city.codes("roleGrant", city.texts(.student, account), as: reader)
        #expect(made.isEmpty == isGrant, "\(reader.role)")
        let changed = try city.codes("roleGrant", ["reason": "\(place)"], id: grant, as: reader)
        #expect(changed.isEmpty == isGrant, "\(reader.role)")
        #expect(changed.allSatisfy { $0.hasPrefix("ACC-E-001") }, "\(reader.role)")
      }
      try #expect(city.rows(in: "roleGrant") == 2)
    }
  }

  @Test func `administrators read accounts and grants, nobody else does`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .teacher, password: nil)
      for (reader, _, _) in Self.readers {
        let seen = city.register.acting(as: reader)
        let isAdministrator = Role.administrators.contains(reader.role)
        for name in ["account", "roleGrant"] {
          let count = try seen.list(city.kind(name), Query()).count
          #expect(count == (isAdministrator ? 1 : 0), "\(reader.role) \(name)")
        }
        let name = try seen.list(city.kind("account"), Query()).first?["displayName"].text
        let isNamed = [.systemAdmin, .securityAdmin].contains(reader.role)
        let mask = reader.role == .auditAdmin ? "张*" : nil
        #expect(name == (isNamed ? "张三" : mask), "\(reader.role)")
      }
    }
  }

  @Test func `the desk knows accounts and grants though its register acts as nobody`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", .teacher)
      let token = try city.token(of: "zhangsan")
      let signedIn = try #require(try city.desk.signedIn(token))
      let seen = city.register.acting(as: signedIn.reader)
      try #expect(seen.record(city.kind("account"), account.accountId) == nil)
    }
  }
}
