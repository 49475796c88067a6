import CitongTesting
import Exchange
import Matching
import Records
import Testing
import Values

/// Parties that keep away from each other, `exchange.md` §6.1 G8.
@Suite struct ClosureTests {
  private let closure = ["title": "上年实习安排有争议", "from": "2022-07-01"]
  private let byEnterprise = ["byEnterpriseId": "E1", "toSchoolId": MatchTown.school]
  private let bySchool = ["bySchoolId": MatchTown.school, "toEnterpriseId": "E1"]

  @Test func `whoever closed itself, neither is shown to the other, not even as a near miss`()
    throws
  {
    for parties in [byEnterprise, bySchool] {
      try MatchTown.open { town in
        let job = try town.post(MatchTown.job)
        let graduates = try town.post(MatchTown.graduates)
        let others = try town.post(MatchTown.graduates, ["ownerSchoolId": MatchTown.otherSchool])
        try #expect(town.fit(job, graduates)?.isRecommended == true)
        try #expect(town.fit(graduates, job)?.isRecommended == true)
        try town.save("exchangeClosure", closure, parties)
        try #expect(town.fit(job, graduates) == nil, "\(parties)")
        try #expect(town.fit(graduates, job) == nil, "\(parties)")
        try #expect(town.fit(job, others)?.isRecommended == true, "\(parties)")
        try #expect(town.fit(others, job)?.isRecommended == true, "\(parties)")
        // What the school teaches is no party.
        try #expect(town.fit(job, "660103")?.isRecommended == true, "\(parties)")
      }
    }
  }

  @Test func `the carriers of a school are kept away with it`() throws {
    try MatchTown.open { town in
      let base = try town.save(
        "carrier",
        [
          "name": "海棠数控实训基地", "kind": "实训基地", "tier": "校级", "ownerOrgId": MatchTown.school,
          "locationRegionCode": "990102", "usedInTeaching": "是", "programCodes": "660103",
        ]
      )
      let job = try town.post(MatchTown.job)
      try #expect(town.fit(job, base)?.isRecommended == true)
      try town.save("exchangeClosure", closure, byEnterprise)
      try #expect(town.fit(job, base) == nil)
    }
  }

  @Test func `it holds from its first to its last day`() throws {
    // Today is 14 July 2022.
    let table = [
      ("2022-07-14", "", true), ("2022-07-15", "", false), ("2022-07-01", "2022-07-14", true),
      ("2022-07-01", "2022-07-13", false),
    ]
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job)
      let graduates = try town.post(MatchTown.graduates)
      let id = try town.save("exchangeClosure", closure, byEnterprise)
      for (from, to, holds) in table {
        try town.save("exchangeClosure", ["from": from, "to": to], id: id)
        try #expect((town.fit(job, graduates) == nil) == holds, "\(from) \(to)")
      }
    }
  }

  @Test func `nobody but the bureau reads of it`() throws {
    try MatchTown.open { town in
      try town.save("exchangeClosure", closure, byEnterprise)
      try #expect(!Reader.anonymous.mayList(town.city.kind("exchangeClosure")))
    }
  }

  @Test func `what is wrong with one is told`() throws {
    let table: [([String: String], Problem)] = [
      (
        ["byEnterpriseId": ""],
        Problem("EXC-E-042", "byEnterpriseId", "没有填设置方，请填写企业或学校其中一项。")
      ),
      (
        ["bySchoolId": MatchTown.otherSchool],
        Problem("EXC-E-042", "byEnterpriseId", "设置方填了企业又填了学校，只能是一个单位，请留一项。")
      ),
      (
        ["toSchoolId": ""], Problem("EXC-E-042", "toEnterpriseId", "没有填对方，请填写企业或学校其中一项。")
      ),
      (
        ["byEnterpriseId": "", "bySchoolId": MatchTown.otherSchool, "toEnterpriseId": "E1"],
        Problem("EXC-E-042", "toEnterpriseId", "对方填了企业又填了学校，只能是一个单位，请留一项。")
      ),
      (
        ["toEnterpriseId": "E1", "toSchoolId": ""],
        Problem("EXC-E-043", "toEnterpriseId", "设置方和对方是同一个单位，请改填其中一方。")
      ),
      (
        ["byEnterpriseId": "", "bySchoolId": MatchTown.school],
        Problem("EXC-E-043", "toEnterpriseId", "设置方和对方是同一个单位，请改填其中一方。")
      ),
      (
        ["to": "2022-06-30"],
        Problem("EXC-E-002", "to", "结束日期 2022-06-30 早于开始日期 2022-07-01，请核对。")
      ),
    ]
    try MatchTown.open { town in
      let sound = closure.merging(byEnterprise) { $1 }
      for (changes, problem) in table {
        try #expect(
          town.city.problems(of: "exchangeClosure", sound.merging(changes) { $1 }) == [problem],
          "\(changes)"
        )
      }
      for changes in [[:], ["to": "2022-07-01"]] {
        try #expect(
          town.city.problems(of: "exchangeClosure", sound.merging(changes) { $1 }) == []
        )
      }
    }
  }
}
