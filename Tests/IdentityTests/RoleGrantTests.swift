import Calendar
import CitongTesting
import Identity
import Records
import Testing
import Values

/// What may be granted to whom.
@Suite struct RoleGrantTests {
  @Test func `whoever holds one of the three does nothing else, and the other way round`() throws {
    try withDesk { city in
      let roles = Role.allCases.filter { $0 != .public }
      for held in roles {
        let name = held.rawValue.lowercased()
        let account = try city.account(name, held, password: nil).accountId
        for role in roles {
          let isExclusive = [held, role].contains(where: Role.administrators.contains)
          let codes = isExclusive && role != held ? ["ACC-E-013 role"] : []
          let kind = try city.kind("roleGrant")
          let draft = Draft(texts: city.texts(role, account))
          let problems = try city.register.plan(kind, [draft])[0].problems
          #expect(problems.map { "\($0.code) \($0.path)" } == codes, "\(held) and \(role)")
        }
      }
    }
  }

  @Test func `a revoked grant excludes nothing, until it is to hold again`() throws {
    try withDesk { city in
      let account = try city.account("admin1", .systemAdmin, password: nil).accountId
      try city.save("roleGrant", ["status": "revoked"], id: "G000001")
      try #expect(city.codes("roleGrant", city.texts(.auditAdmin, account)) == [])
      let again = try city.codes("roleGrant", ["status": "active"], id: "G000001")
      #expect(again == ["ACC-E-013 role"])
      var revoked = city.texts(.securityAdmin, account)
      revoked["status"] = "revoked"
      try #expect(city.codes("roleGrant", revoked) == [])
    }
  }

  @Test func `a grant can't be moved to another role or account around the rule`() throws {
    try withDesk { city in
      let admin = try city.account("admin1", .systemAdmin, password: nil).accountId
      let other = try city.account("zhangsan", .teacher, .student, password: nil).accountId
      let grants = try city.desk.grants(of: other)
      let id = try #require(grants.first { $0.role == .teacher }).grantId
      let moved = try city.codes("roleGrant", ["accountId": admin], id: id)
      #expect(moved == ["ACC-E-013 role"])
      let raised = try city.codes("roleGrant", ["role": "auditAdmin", "schoolId": ""], id: id)
      #expect(raised == ["ACC-E-013 role"])
    }
  }

  @Test func `fifty revoked grants hide none that excludes`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", password: nil).accountId
      for _ in 1...60 {
        var texts = city.texts(.teacher, account)
        texts["status"] = "revoked"
        try city.save("roleGrant", texts)
      }
      try city.grant(.teacher, to: account)
      let codes = try city.codes("roleGrant", city.texts(.systemAdmin, account))
      #expect(codes == ["ACC-E-013 role"])
    }
  }

  @Test func `who came to hold roles that exclude each other acts by none`() throws {
    try withDesk { city in
      let account = try city.account("admin1")
      let drafts = [Role.systemAdmin, .auditAdmin].map { role in
        Draft(texts: city.texts(role, account.accountId))
      }
      // Drafts that are planned together don't see each other.
      let kind = try city.kind("roleGrant")
      _ = try city.register.saveAll(kind, drafts, by: TestCity.officer, isWhole: false)
      let holds = try city.desk.grants(of: account.accountId).compactMap(\.role)
      #expect(!holds.contains(.systemAdmin) || !holds.contains(.auditAdmin))
    }
  }

  @Test func `each role names whom it is for, and nothing else`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", password: nil).accountId
      let all = ["schoolId": "S1", "enterpriseId": "E1", "regionCode": "350502"]
      for role in Role.allCases where role != .public {
        let needed = city.texts(role, account)
        let plan = { (texts: [String: String]) in
          try city.register.plan(city.kind("roleGrant"), [Draft(texts: texts)])[0].problems
            .map { "\($0.code) \($0.path)" }
        }
        try #expect(plan(needed) == [], "\(role)")
        for (field, id) in all {
          var texts = needed
          texts[field] = needed[field] == nil ? id : ""
          let code = needed[field] == nil ? "REC-E-016" : "REC-E-001"
          try #expect(plan(texts) == ["\(code) \(field)"], "\(role)")
          guard needed[field] != nil else { continue }
          texts[field] = "nowhere"
          try #expect(plan(texts) == ["REC-E-009 \(field)"], "\(role)")
        }
      }
    }
  }

  @Test func `what is wrong with a grant is told`() throws {
    try withDesk { city in
      let account = try city.account("zhangsan", password: nil).accountId
      let table: [([String: String], [String], String)] = [
        (["role": "public"], ["ACC-E-011 role"], "the public needs none"),
        (["role": "emperor"], ["REC-E-005 role"], "no role"),
        (["role": ""], ["REC-E-001 role"], "none"),
        (["validTo": "2021-12-31"], ["ACC-E-012 validTo"], "ends before it begins"),
        (["validTo": "2022-01-01"], [], "one day"),
        (["validFrom": ""], ["REC-E-001 validFrom"], "open"),
        (["accountId": "U999999"], ["REC-E-009 accountId"], "nobody"),
        (["accountId": ""], ["REC-E-001 accountId"], "for nobody"),
      ]
      for (changes, codes, reason) in table {
        var texts = city.texts(.cityBureau, account)
        texts.merge(changes) { $1 }
        try #expect(city.codes("roleGrant", texts) == codes, "\(reason)")
      }
    }
  }

  @Test func `a grant holds on the days between its first and last`() {
    var grant = RoleGrant()
    #expect(!grant.holds(on: day("2022-07-14")), "without a first day it never holds")
    grant.validFrom = day("2022-07-01")
    grant.status = .active
    for (date, holds) in [("2022-06-30", false), ("2022-07-01", true), ("2099-01-01", true)] {
      #expect(grant.holds(on: day(date)) == holds, "\(date)")
    }
    grant.validTo = day("2022-07-14")
    for (date, holds) in [("2022-07-14", true), ("2022-07-15", false)] {
      #expect(grant.holds(on: day(date)) == holds, "\(date)")
    }
    grant.status = .revoked
    #expect(!grant.holds(on: day("2022-07-14")))
  }
}
