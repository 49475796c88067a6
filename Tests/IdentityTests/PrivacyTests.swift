import Calendar
import CitongTesting
@testable import Identity
import Records
import Storage
import Testing
import Values

private let actor = Actor(name: "安全员", source: .manual, role: "securityAdmin")

private func refusals(_ body: () throws -> Void) -> [String] {
  do { try body() } catch let refused as Refused {
    return refused.problems.filter(\.blocks).map { "\($0.code) \($0.message)" }
  } catch {
    return ["\(error)"]
  }
  return []
}

/// What people ask about the data held on them.
@Suite struct PersonalRequestTests {
  @Test func `a request is due in fifteen working days and answered once, by somebody else`() throws
  {
    try withDesk { desk in
      let account = try desk.account("zhang.san", .schoolAdmin)
      let record = try desk.desk.ask("correct", "姓名应是张三丰", for: account, by: actor)
      let request = RightsRequest(values: record.values)
      // From Thursday 14 July 2022: three weeks later, as no holiday lies between.
      #expect(request.receivedOn == day("2022-07-14"))
      #expect(request.dueOn == workingDays().date(15, workingDaysAfter: day("2022-07-14")))
      #expect(request.dueOn == day("2022-08-04"))
      let again = refusals { _ = try desk.desk.ask("correct", "姓名应是张三丰", for: account, by: actor) }
      #expect(again == ["ACC-E-073 同样的请求已经在办，答复之前不用再提。"])
      func answer(_ status: String, _ text: String, as id: String = "U999") -> [String] {
        refusals { try desk.desk.answer(record.id, status, text, by: actor, answering: id) }
      }
      #expect(answer("refused", "") == ["ACC-E-071 没有照办或只办了一部分，要写明理由，请求人看得到。"])
      #expect(answer("done", "已改", as: account.accountId).map { $0.prefix(9) } == ["ACC-E-074"])
      #expect(answer("done", "已改") == [])
      #expect(answer("refused", "不办") == ["ACC-E-074 这个请求已由安全员答复。"])
      let kept = try #require(desk.desk.requests(of: account.accountId).first)
      #expect(RightsRequest(values: kept.values).status == .done)
    }
  }

  @Test func `a request that needs words is not taken without`() throws {
    try withDesk { desk in
      let account = try desk.account("zhang.san", .schoolAdmin)
      func asking(_ kind: String) -> [String] {
        refusals { _ = try desk.desk.ask(kind, " ", for: account, by: actor) }
      }
      #expect(asking("correct") == ["ACC-E-070 请写明要怎样更正。"])
      #expect(asking("close") == [])
      #expect(asking("nonsense").count == 1)
    }
  }

  @Test func `who asks reads their own requests and nobody else's`() throws {
    try withDesk { desk in
      let mine = try desk.account("zhang.san", .schoolAdmin)
      let other = try desk.account("li.si", .schoolAdmin)
      let record = try desk.desk.ask("access", "", for: mine, by: actor)
      let kind = try desk.kind("rightsRequest")
      for (account, role, isSeen) in [
        (mine.accountId, Role.schoolAdmin, true), (other.accountId, .schoolAdmin, false),
        ("", .public, false), ("U900", .cityBureau, false), ("U901", .systemAdmin, false),
        ("U902", .securityAdmin, true), ("U903", .auditAdmin, true),
      ] {
        let acting = desk.register.acting(as: Reader(role, account: account, organisation: "S1"))
        #expect(try (acting.record(kind, record.id) != nil) == isSeen, "\(role)")
      }
    }
  }
}

/// An account that is closed.
@Suite struct ClosingTests {
  /// Everything of the register as text, but for the audit log.
  private func everything(_ desk: TestDesk) throws -> String {
    try ["account", "history", "roleGrant", "consent", "rightsRequest", "joining"]
      .map(desk.contents).joined(separator: "\n")
  }

  @Test func `who it was is gone from the record and from every version it had`() throws {
    try withDesk { desk in
      let account = try desk.account("zhang.san", .schoolAdmin)
      try desk.save("account", ["displayName": "张三丰", "note": "太极"], id: account.accountId)
      let token = try desk.token(of: "zhang.san")
      let asked = try desk.desk.ask("close", "离职", for: account, by: actor)
      #expect(try everything(desk).contains("张三丰"))
      #expect(
        refusals {
          try desk.desk.answer(asked.id, "done", "已注销", by: actor, answering: "U999")
        } == []
      )
      let left = try everything(desk)
      for word in ["张三", "zhang.san", "太极", "离职"] { #expect(!left.contains(word), "\(word)") }
      #expect(try desk.desk.signedIn(token) == nil)
      #expect(try desk.signIn("zhang.san").code == "ACC-E-020")
      #expect(try desk.desk.grants(of: account.accountId).isEmpty)
      for table in ["credential", "former_password", "session"] {
        #expect(try desk.rows(in: table) == 0, "\(table)")
      }
      let versions = try desk.register.versions(desk.kind("account"), account.accountId)
      #expect(versions.count >= 3)
      #expect(versions[0].action == "erase")
      // The name is free for somebody else; the closed account is none.
      _ = try desk.account("zhang.san", .schoolAdmin)
      let entries = try desk.contents(of: "audit").split(separator: "\n")
      #expect(entries.contains { $0.contains("erase") && $0.contains("displayName") })
    }
  }

  @Test func `what comes back with an old backup is erased again, once`() throws {
    try withDesk { desk in
      let account = try desk.account("zhang.san", .schoolAdmin)
      try desk.desk.close(account, by: actor, reason: "离职")
      #expect(try desk.erasures.replay(on: desk.register) == 0)
      // The row as a backup from before would bring it.
      _ = try desk.register.store.write {
        try $0.execute(
          "UPDATE account SET displayName = '张三', loginName = 'zhang.san', status = 'active'",
          []
        )
      }
      #expect(try desk.erasures.replay(on: desk.register) == 1)
      #expect(try !everything(desk).contains("张三"))
      #expect(try desk.desk.account(account.accountId)?.status == .disabled)
      #expect(try desk.erasures.replay(on: desk.register) == 0)
    }
  }

  @Test func `the last administrator of a kind stays`() throws {
    try withDesk { desk in
      let only = try desk.account("an.quan", .securityAdmin)
      #expect(
        refusals { try desk.desk.close(only, by: actor, reason: "离职") }
          == ["ACC-E-076 这是唯一的安全管理员，请先授权给另一个账号，再注销。"]
      )
      _ = try desk.account("an.quan2", .securityAdmin)
      #expect(refusals { try desk.desk.close(only, by: actor, reason: "离职") } == [])
    }
  }
}

/// Who is under fourteen needs a guardian who agreed.
@Suite struct GuardianTests {
  private func child(_ desk: TestDesk, born: String) throws -> Account {
    let account = try desk.account("xiao.ming", .student)
    try desk.save("account", ["birthDate": born], id: account.accountId)
    return account
  }

  private func consent(_ desk: TestDesk, _ account: Account, _ changes: [String: String] = [:])
    throws -> Record
  {
    var texts = [
      "accountId": account.accountId, "purpose": "guardian", "noticeVersion": "2022-01-01",
      "guardianName": "王父", "guardianProof": "看了户口本，班主任核对", "channel": "paper",
      "givenOn": "2022-07-01",
    ]
    texts.merge(changes) { $1 }
    return try desk.save("consent", texts)
  }

  @Test(arguments: [("2008-07-15", "ACC-E-075"), ("2008-07-14", nil), ("2000-01-01", nil)])
  func `from the fourteenth birthday on nobody is asked`(_ born: String, _ code: String?) throws {
    try withDesk { desk in
      _ = try child(desk, born: born)
      #expect(try desk.signIn("xiao.ming").code == code)
    }
  }

  @Test func `a consent lets in, taken back it ends what is open`() throws {
    try withDesk { desk in
      let account = try child(desk, born: "2010-05-01")
      #expect(try desk.signIn("xiao.ming").code == "ACC-E-075")
      let record = try consent(desk, account)
      let token = try desk.token(of: "xiao.ming")
      #expect(try desk.desk.signedIn(token) != nil)
      try desk.desk.withdraw(record.id, of: account.accountId, by: actor)
      #expect(try desk.desk.signedIn(token) == nil)
      #expect(try desk.signIn("xiao.ming").code == "ACC-E-075")
      let again = refusals {
        try desk.desk.withdraw(record.id, of: account.accountId, by: actor)
      }
      #expect(again == ["ACC-E-077 没有这项同意，或已经撤回。"])
    }
  }

  @Test func `a consent of another purpose or of another day is none`() throws {
    try withDesk { desk in
      let account = try child(desk, born: "2010-05-01")
      _ = try consent(desk, account, ["givenOn": "2022-07-15"])
      _ = try consent(
        desk,
        account,
        ["purpose": "sharing", "guardianName": "", "guardianProof": ""]
      )
      #expect(try desk.signIn("xiao.ming").code == "ACC-E-075")
      desk.clock.move(days: 1)
      #expect(try desk.signIn("xiao.ming").code == nil)
    }
  }

  @Test func `who the guardian is and when a child was born is sealed`() throws {
    try withDesk { desk in
      let account = try child(desk, born: "2010-05-01")
      _ = try consent(desk, account)
      let kept =
        try desk.contents(of: "consent") + desk.contents(of: "account")
        + desk.contents(of: "history") + desk.contents(of: "audit")
      for word in ["王父", "户口本", "2010-05-01"] { #expect(!kept.contains(word), "\(word)") }
    }
  }
}
