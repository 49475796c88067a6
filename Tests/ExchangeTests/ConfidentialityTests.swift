import Exchange
import Matching
import Records
import Testing
import Values

/// Technical problems whose details are for those who sign for them, `exchange.md` §6.1 G9.
@Suite struct ConfidentialityTests {
  private let problem = [
    "kind": "techProblem", "side": "demand", "title": "降低鞋底缩水率", "ownerEnterpriseId": "E1",
    "regionCode": "990102", "researchFields": "高分子发泡", "confidentiality": "签保密协议后可看",
  ]
  private let result = [
    "kind": "techResult", "side": "offer", "title": "鞋底发泡工艺", "ownerSchoolId": MatchTown.school,
    "regionCode": "990102", "researchFields": "高分子发泡",
  ]
  private let refusal = "G9 技术需求要签保密协议，成果方写明不接受 → 成果方接受保密协议，或把需求改为可公开"

  @Test func `who refuses to sign is kept from what must be signed for, whoever asks`() throws {
    try MatchTown.open { town in
      let asked = try town.post(problem)
      let refusing = try town.post(result, ["acceptsConfidentiality": "否"])
      for (id, other) in [(asked, refusing), (refusing, asked)] {
        let fit = try town.fit(id, other)
        #expect(fit?.isRecommended == false)
        #expect(fit?.gates == [refusal])
      }
    }
  }

  @Test func `who would sign or did not say is not kept from it`() throws {
    try MatchTown.open { town in
      let asked = try town.post(problem)
      for answer in ["是", ""] {
        let other = try town.post(result, ["acceptsConfidentiality": answer])
        try #expect(town.fit(asked, other)?.isRecommended == true, "\(answer)")
        try #expect(town.fit(other, asked)?.isRecommended == true, "\(answer)")
      }
    }
  }

  @Test func `nobody need sign for what is open`() throws {
    try MatchTown.open { town in
      let refusing = try town.post(result, ["acceptsConfidentiality": "否"])
      for confidentiality in ["可公开", ""] {
        let open = try town.post(problem, ["confidentiality": confidentiality])
        try #expect(town.fit(open, refusing)?.isRecommended == true, "\(confidentiality)")
      }
    }
  }

  @Test func `an anonymous reader is not told that something is confidential`() throws {
    try MatchTown.open { town in
      let dated = ["periodStart": "2022-08-01", "periodEnd": "2022-11-08"]
      let asked = try town.post(problem, dated)
      let refusing = try town.post(result, ["acceptsConfidentiality": "否"])
      let later = try town.post(result, ["periodStart": "2023-01-01", "periodEnd": "2023-06-30"])
      let anyone = Reader.anonymous
      try #expect(town.fit(asked, refusing)?.isRecommended == false)
      try #expect(town.fit(asked, refusing, for: anyone) == nil)
      try #expect(town.fit(refusing, asked, for: anyone) == nil)
      // Other gates are told to all.
      try #expect(town.fit(asked, later, for: anyone)?.candidate.failed.map(\.code) == ["G2"])
    }
  }
}
