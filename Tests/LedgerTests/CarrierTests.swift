import CitongTesting
import Ledger
import Records
import Testing
import Values

/// What is told of a carrier, `carriers.md` §9, in the example city.
@Suite struct CarrierTests {
  private let base = [
    "name": "海棠数控实训基地", "kind": "实训基地", "tier": "校级", "ownerOrgId": "S99101",
    "locationRegionCode": "990102",
  ]
  private let college = [
    "name": "海棠数控产业学院", "kind": "产业学院", "tier": "校级", "ownerOrgId": "S99101",
    "memberEnterpriseIds": "E1", "locationRegionCode": "990102", "boardSize": "9",
    "enterpriseSeats": "3",
  ]
  private let group = [
    "name": "海棠数控职教集团", "kind": "职教集团", "tier": "校级", "ownerOrgId": "S99101",
    "memberEnterpriseIds": "E1", "otherMembers": "海棠市机械行业协会", "locationRegionCode": "990102",
  ]

  /// A city with an enterprise that is sound, one that is not, and a school that was closed.
  private func withPartners(_ body: (TestCity) throws -> Void) throws {
    try withCity { city in
      let enterprise = ["registeredRegionCode": "990102", "gbIndustryCode": "C34"]
      for (id, uscc, credit) in [
        ("E1", "91350599MA2XQ0002X", "正常"), ("E2", "91350599MA31T1231X", "严重违法失信"),
      ] {
        let own = [
          "enterpriseId": id, "uscc": uscc, "enterpriseName": "海澜\(id)有限公司", "creditStatus": credit,
        ]
        try city.save("enterprise", enterprise.merging(own) { $1 })
      }
      try city.save(
        "school",
        ["schoolId": "S99102", "status": "已撤销", "successorSchoolId": "S99101"],
        id: "S99102"
      )
      try body(city)
    }
  }

  @Test func `a sound carrier of each sort is accepted`() throws {
    try withPartners { city in
      for carrier in [base, college, group] {
        try #expect(city.problems(of: "carrier", carrier) == [], "\(carrier["name"] ?? "")")
      }
    }
  }

  @Test func `what a training base lacks is told`() throws {
    try expect(
      base,
      [
        (
          ["tier": "市级"], "CAR-E-603", "approvalDocNo",
          "级别是市级，但没有批准文号；市级以上须有批准文号，请照文件填写。"
        ),
        (["workplaces": "0"], "CAR-E-604", "workplaces", workplaces("0")),
        (["workplaces": "2001"], "CAR-E-604", "workplaces", workplaces("2001")),
        (
          ["ownerOrgId": "S99102"], "CAR-E-615", "ownerOrgId",
          "依托学校“桐岭县职业技术学校”已撤销，请改填继承学校，或把载体状态改为已关闭。"
        ),
        (["ownerOrgId": ""], "CAR-E-621", "ownerOrgId", "没有依托单位，请填写依托学校或依托企业。"),
        (
          ["kind": "产教融合型企业", "ownerEnterpriseId": "E2"], "CAR-E-614", "ownerEnterpriseId",
          "该企业的信用状态是严重违法失信，不能登记为产教融合型企业，请核对信用记录。"
        ),
      ]
    )
  }

  private func workplaces(_ found: String) -> String {
    "工位填的是 \(found) 个，应在 1 到 2000 之间，不清楚时请留空。"
  }

  @Test func `too few members or seats are told`() throws {
    try expect(
      college,
      [
        (
          ["memberEnterpriseIds": ""], "CAR-W-620", "memberEnterpriseIds",
          "登记的学校有 1 所、企业有 0 家；产业学院应由至少 1 所学校和 1 家企业共建，请补充成员。"
        ),
        (
          ["enterpriseSeats": "2"], "CAR-W-622", "enterpriseSeats",
          "理事会 9 席，企业占 2 席，不足三分之一，请核对。"
        ),
        (
          ["enterpriseSeats": "10"], "REG-E-031", "enterpriseSeats",
          "企业席位 10 席多于理事会席位 9 席，部分不能大于整体，请核对这两格。"
        ),
      ]
    )
    try expect(
      group,
      [
        (
          ["otherMembers": ""], "CAR-W-619", "memberEnterpriseIds",
          "登记的成员有 2 家，其中企业 1 家；职教集团应有 3 家以上成员，其中至少 1 家企业，请补充成员。"
        ),
        (
          ["memberEnterpriseIds": "", "memberSchoolIds": "S99103"], "CAR-W-619",
          "memberEnterpriseIds",
          "登记的成员有 3 家，其中企业 0 家；职教集团应有 3 家以上成员，其中至少 1 家企业，请补充成员。"
        ),
      ]
    )
  }

  private func expect(
    _ sound: [String: String],
    _ table: [([String: String], String, String, String)]
  ) throws {
    try withPartners { city in
      for (change, code, path, message) in table {
        let problems = try city.problems(of: "carrier", sound.merging(change) { $1 })
        #expect(problems == [Problem(code, path, message)], "\(change)")
      }
    }
  }

  @Test func `what stands just inside the limits is accepted`() throws {
    try withPartners { city in
      for change in [
        ["workplaces": "1"], ["workplaces": "2000"], ["tier": "市级", "approvalDocNo": "海教〔2022〕1号"],
        ["tier": "市级", "state": "已登记"], ["ownerOrgId": "S99102", "state": "已关闭"],
        ["ownerOrgId": "", "ownerEnterpriseId": "E2"],
        ["kind": "联盟", "ownerOrgId": "", "otherMembers": "海棠市教育局|海棠市机械协会|海澜机械有限公司"],
      ] {
        let problems = try city.problems(of: "carrier", base.merging(change) { $1 })
        #expect(problems.filter(\.blocks) == [], "\(change)")
      }
    }
  }
}
