import Exchange
import Matching
import Testing

/// What is just missed and how it would be met, `exchange.md` §6.1.
@Suite struct GateTests {
  /// Changes to the job and the graduates, and the gates that are shut; `nil` when nothing is shown.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var job: [String: String] = [:]
    var graduates: [String: String] = [:]
    var gates: [String]?
  }

  static let rows = [
    Row(testDescription: "they fit", gates: []),
    Row(
      testDescription: "seventy days of a hundred",
      graduates: ["periodStart": "2022-08-31", "periodEnd": "2022-12-31"],
      gates: []
    ),
    Row(
      testDescription: "sixty-nine",
      graduates: ["periodStart": "2022-09-01", "periodEnd": "2022-12-31"],
      gates: ["G2 时间只重合 69 天，不到需要的 70%（100 天） → 开始时间推迟到 2022-09-01 即可匹配"]
    ),
    Row(
      testDescription: "too early",
      graduates: ["periodStart": "2022-07-15", "periodEnd": "2022-08-31"],
      gates: ["G2 时间只重合 31 天，不到需要的 70%（100 天） → 开始时间提前到 2022-07-15 即可匹配"]
    ),
    Row(
      testDescription: "too few for a group",
      job: ["minBatch": "12"],
      graduates: ["headcount": "10"],
      gates: ["G3 剩余 10，不足成团的 12 → 最小成团降到 10"]
    ),
    Row(
      testDescription: "two gates",
      job: ["minBatch": "12"],
      graduates: ["headcount": "10", "periodStart": "2022-09-01", "periodEnd": "2022-12-31"],
      gates: [
        "G2 时间只重合 69 天，不到需要的 70%（100 天） → 开始时间推迟到 2022-09-01 即可匹配",
        "G3 剩余 10，不足成团的 12 → 最小成团降到 10",
      ]
    ),
    Row(
      testDescription: "three are no near miss",
      job: ["minBatch": "12", "certificateRefs": "低压电工证;;是"],
      graduates: ["headcount": "10", "periodStart": "2022-09-01", "periodEnd": "2022-12-31"],
      gates: nil
    ),
    Row(
      testDescription: "nothing left, which no smaller group would help",
      graduates: ["headcount": "10", "reserved": "10"],
      gates: nil
    ),
  ]

  @Test(arguments: rows) func `one or two gates shut are told with what would open them`(row: Row)
    throws
  {
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job, row.job)
      let graduates = try town.post(MatchTown.graduates, row.graduates)
      let fit = try town.fit(job, graduates)
      #expect(fit?.gates == row.gates)
      #expect(fit?.isRecommended == row.gates?.isEmpty)
    }
  }

  @Test func `interns of another category are no near miss`() throws {
    try MatchTown.open { town in
      let post = ["kind": "internshipPost", "side": "offer", "programRefs": "7102"]
      let job = try town.post(MatchTown.job, post)
      let need = try town.post(
        MatchTown.graduates,
        ["kind": "internshipNeed", "side": "demand"]
      )
      try #expect(town.fit(job, need) == nil)
    }
  }

  @Test func `a program whose graduates nobody counted is not said to have none`() throws {
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job)
      let offering = [
        "schoolId": MatchTown.school, "programCode": "660103", "durationYears": "3",
        "studyMode": "全日制",
      ]
      let id = try town.save("programOffering", offering)
      try #expect(town.fit(job, "660103")?.factor("capacity")?.value == nil)
      try #expect(town.fit(job, "660103")?.isRecommended == true)
      try town.save("programOffering", ["graduatesThisYear": "0"], id: id)
      try #expect(town.fit(job, "660103") == nil)
    }
  }
}
