import Exchange
import Matching
import Testing
import Values

/// Research fields, `exchange.md` §6.2 `expertise`.
@Suite struct ExpertiseMatchTests {
  private let problem = [
    "kind": "techProblem", "side": "demand", "title": "降低鞋底缩水率", "ownerEnterpriseId": "E1",
    "regionCode": "990102", "researchFields": "高分子发泡|模具设计",
  ]
  private let result = [
    "kind": "techResult", "side": "offer", "title": "鞋底发泡工艺", "ownerSchoolId": MatchTown.school,
    "regionCode": "990102",
  ]

  @Test func `the fields covered by the fields asked, each named`() throws {
    let table: [(changes: [String: String], value: Ratio?, evidence: String)] = [
      (
        ["researchFields": "模具设计|高分子发泡|声学"], .one, "研究领域 2 项中涉及 2 项：高分子发泡、模具设计"
      ),
      (["researchFields": "高分子发泡"], Ratio(1, 2), "研究领域 2 项中涉及 1 项：高分子发泡；缺：模具设计"),
      (["researchFields": "声学"], .zero, "研究领域 2 项中涉及 0 项；缺：高分子发泡、模具设计"),
      // A skill it names counts too.
      (
        ["researchFields": "声学", "skillTerms": "模具设计"], Ratio(1, 2),
        "研究领域 2 项中涉及 1 项：模具设计；缺：高分子发泡"
      ), ([:], nil, "对方没有写明研究领域"),
    ]
    try MatchTown.open { town in
      let asked = try town.post(problem)
      for row in table {
        let other = try town.post(result, row.changes)
        let factor = try town.fit(asked, other)?.factor("expertise")
        #expect(factor?.value == row.value, "\(row.evidence)")
        #expect(factor?.evidence == row.evidence)
      }
    }
  }

  @Test func `a synonym counts fully and a narrower term half`() throws {
    try MatchTown.open { town in
      let asked = try town.post(problem, ["researchFields": "质检|CAD"])
      let other = try town.post(result, ["researchFields": "三坐标测量|计算机辅助设计"])
      let factor = try town.fit(asked, other)?.factor("expertise")
      #expect(factor?.value == Ratio(3, 4))
      #expect(factor?.evidence == "研究领域 2 项中涉及 2 项：质检、CAD")
    }
  }

  @Test func `the technical field is one of them, by its name`() throws {
    try MatchTown.open { town in
      let asked = try town.post(problem, ["field": "新材料"])
      let other = try town.post(result, ["field": "newMaterials"])
      let factor = try town.fit(asked, other)?.factor("expertise")
      #expect(factor?.value == Ratio(1, 3))
      #expect(factor?.evidence == "研究领域 3 项中涉及 1 项：新材料；缺：高分子发泡、模具设计")
    }
  }

  @Test func `who asks without naming any is told so`() throws {
    try MatchTown.open { town in
      let asked = try town.post(problem, ["researchFields": "", "skillTerms": "CAD"])
      let other = try town.post(result, ["researchFields": "模具设计", "skillTerms": "CAD"])
      let factor = try town.fit(asked, other)?.factor("expertise")
      #expect(factor?.value == nil)
      #expect(factor?.evidence == "没有写明研究领域")
    }
  }

  @Test func `a research platform is compared by its fields`() throws {
    try MatchTown.open { town in
      let platform = try town.save(
        "carrier",
        [
          "name": "海棠发泡材料平台", "kind": "科研平台", "tier": "省级", "ownerOrgId": MatchTown.school,
          "locationRegionCode": "990102", "approvalDocNo": "示科〔2021〕1号", "researchFields": "高分子发泡",
        ]
      )
      let asked = try town.post(problem)
      let factor = try town.fit(asked, platform)?.factor("expertise")
      #expect(factor?.value == Ratio(1, 2))
      #expect(factor?.evidence == "研究领域 2 项中涉及 1 项：高分子发泡；缺：模具设计")
    }
  }
}
