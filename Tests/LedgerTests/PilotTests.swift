import CitongTesting
import Records
import Testing
import Values

/// What is told of a pilot project, `apprenticeship.md` §4.1 and §9, in the example city.
@Suite struct PilotTests {
  private let pilot = [
    "name": "数控二元制试点", "model": "二元制", "tier": "省级", "schoolId": "S99001", "status": "培养中",
    "approvalDocNo": "示教〔2021〕1号", "approvedOn": "2021-09-01", "programCodes": "460301",
    "enterpriseIds": "91350599MA2XQ0002X", "durationMonths": "36",
  ]

  private func problems(_ city: TestCity, _ change: [String: String]) throws -> [Problem] {
    try city.problems(of: "pilot", pilot.merging(change) { $1 })
  }

  private func withEnterprise(_ body: (TestCity) throws -> Void) throws {
    try withCity { city in
      try city.save(
        "enterprise",
        [
          "enterpriseId": "91350599MA2XQ0002X", "uscc": "91350599MA2XQ0002X",
          "enterpriseName": "海澜测试有限公司", "registeredRegionCode": "990102", "gbIndustryCode": "C34",
        ]
      )
      try body(city)
    }
  }

  @Test func `what a pilot lacks is told`() throws {
    let table: [([String: String], String, String, String)] = [
      (
        ["approvalDocNo": ""], "APP-E-213", "approvalDocNo",
        "级别是省级，但没有批准文号；省级以上试点须有批准文号，请照文件填写。"
      ),
      (
        ["approvedOn": ""], "APP-E-204", "approvedOn",
        "状态是培养中，但没有批准日期；未经批准不得招生，请填写批准日期，或改正状态。"
      ),
      (
        ["durationMonths": "5"], "APP-E-205", "durationMonths",
        "培养期限填的是 5 个月，二元制应在 6 到 72 个月之间，请核对。"
      ),
      (
        ["durationMonths": "73"], "APP-E-205", "durationMonths",
        "培养期限填的是 73 个月，二元制应在 6 到 72 个月之间，请核对。"
      ),
      (
        ["durationMonths": "37", "model": "现代学徒制"], "APP-E-205", "durationMonths",
        "培养期限填的是 37 个月，现代学徒制应在 6 到 36 个月之间，请核对。"
      ),
      (
        ["enterpriseIds": ""], "APP-W-214", "enterpriseIds",
        "没有填写合作企业；二元制至少要有 1 家，请补充。"
      ),
      (
        ["programCodes": ""], "APP-W-215", "programCodes",
        "没有填写专业或工种，至少要有 1 个，请补充。"
      ),
    ]
    try withEnterprise { city in
      for (change, code, path, message) in table {
        try #expect(problems(city, change) == [Problem(code, path, message)], "\(change)")
      }
    }
  }

  @Test func `what stands just inside the limits is accepted`() throws {
    try withEnterprise { city in
      for change in [
        [:], ["durationMonths": "6"], ["durationMonths": "72"], ["durationMonths": ""],
        ["durationMonths": "36", "model": "现代学徒制"],
        ["tier": "市级", "approvalDocNo": ""],
        ["status": "已申报", "approvalDocNo": "", "approvedOn": ""],
        ["status": "已批准", "approvedOn": ""],
        ["programCodes": "", "occupationCodes": "6-18-01-01"],
        ["model": "1+X", "certificate": "bim", "enterpriseIds": "", "durationMonths": "1"],
      ] {
        try #expect(problems(city, change) == [], "\(change)")
      }
    }
  }
}
