import CitongTesting
import Identity
import Records
import Storage
import Testing
import Values

/// Accounts as records.
@Suite struct AccountTests {
  @Test func `a login name is of plain signs`() throws {
    try withDesk { city in
      let wrong = ["ACC-E-010 loginName"]
      let table: [(String, [String])] = [
        ("zhangsan", []), ("z.s-1_2", []), ("123", []), ("ZhangSan2", []),
        (String(repeating: "x", count: 32), []), ("ab", wrong), ("a b c", wrong), ("张三丰", wrong),
        ("a@b.cn", wrong), ("zhang'san", wrong), ("ｚｈａｎｇ", wrong), ("zh\u{430}ng", wrong),
        ("zhang\u{301}", wrong), ("", ["REC-E-001 loginName"]),
      ]
      for (name, codes) in table {
        let found = try city.codes("account", ["loginName": name, "displayName": "张三"])
        #expect(found == codes, "\(name)")
      }
      let long = String(repeating: "x", count: 33)
      try #expect(!city.codes("account", ["loginName": long, "displayName": "张三"]).isEmpty)
    }
  }

  @Test func `a login name is kept in small letters and belongs to one account`() throws {
    try withDesk { city in
      let first = try city.account("ZhangSan", password: nil)
      #expect(first.loginName == "zhangsan")
      try #expect(city.desk.account(named: " ZHANGSAN ")?.accountId == first.accountId)
      for name in ["zhangsan", "ZHANGSAN", " ZhangSan ", "zhangSan"] {
        var draft = Draft(texts: ["loginName": name, "displayName": "李四"])
        draft.isNew = true
        let outcome = try city.register.plan(city.kind("account"), [draft])[0]
        #expect(outcome.verdict == .refused, "\(name)")
      }
      let other = try city.account("lisi", password: nil)
      let codes = try city.codes("account", ["loginName": "ZhangSan"], id: other.accountId)
      #expect(codes == ["REC-E-010 loginName"])
      try #expect(city.rows(in: "account") == 2)
    }
  }

  @Test func `two spellings of a name given together make no two accounts`() throws {
    try withDesk { city in
      let drafts = ["wangwu", "WangWu"].map {
        Draft(texts: ["loginName": $0, "displayName": "王五"])
      }
      let kind = try city.kind("account")
      #expect(throws: StorageError.self) {
        try city.register.saveAll(kind, drafts, by: TestCity.officer, isWhole: false)
      }
      try #expect(city.rows(in: "account") == 0)
    }
  }

  @Test func `a new account is in use, and has no password`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", password: nil)
      #expect(account.status == .active)
      try #expect(!city.desk.hasPassword(account.accountId))
      try #expect(!city.desk.hasSecondFactor(account.accountId))
      try #expect(city.desk.account("U999999") == nil)
      try #expect(city.desk.account(named: "nobody") == nil)
    }
  }
}
