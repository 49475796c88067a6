import Calendar
import CitongTesting
@testable import Governance
import Records
import Testing
import Values

/// What proposals, meetings, tasks, reports and notices are asked for.
@Suite struct ProposalTests {
  private let proposal = [
    "kind": "cppcc", "term": "5", "session": "2", "number": "20220999", "title": "关于试验的建议",
    "proposers": "某界别", "role": "lead", "leadOrg": "市教育局", "coOrgs": "市发改局|市人社局",
    "assignedAt": "2022-04-18", "status": "review",
  ]

  private func told(_ outcome: Outcome) -> [String] {
    outcome.problems.map { "\($0.code) \($0.path) \($0.message)" }
  }

  @Test
  func `three months are given, and signing waits for opinions, a talk, a class and its reason`()
    throws
  {
    try withCity { city in
      let saved = try city.save("proposal", proposal)
      #expect(saved["dueAt"].date?.description == "2022-07-18")
      func sign(_ more: [String: String] = [:]) throws -> [String] {
        told(
          try city.outcome(
            of: "proposal",
            ["status": "signed"].merging(more) { $1 },
            id: saved.id
          )
        )
      }
      try #expect(
        sign() == [
          "GOV-E-034 coOrgs 市发改局、市人社局 还没有会办意见；不等的，在会办意见里写明原因。",
          "GOV-E-034 communications 答复前至少和提出者沟通一次。",
          "GOV-E-034 replyType 签发前要定答复类型。", "GOV-E-034 typeReason 写明为什么是这个类型，至少 10 个字。",
        ]
      )
      let opinion = ["proposalId": saved.id, "unit": "市发改局", "requestedAt": "2022-04-20"]
      #expect(
        told(
          try city.outcome(of: "coOpinion", opinion.merging(["receivedAt": "2022-05-01"]) { $1 })
        )
          == ["GOV-E-040 text 收到的会办意见要有内容。"]
      )
      let first = try city.save(
        "coOpinion",
        opinion.merging(["receivedAt": "2022-05-01", "text": "没有意见"]) { $1 }
      )
      #expect(first["dueAt"].date?.description == "2022-05-20")
      try city.save(
        "coOpinion",
        opinion.merging(["unit": "市人社局", "waiverReason": "不涉及该单位职责"]) { $1 }
      )
      try #expect(
        sign([
          "communications": "2022-05-10;座谈;听取意见", "replyType": "b",
          "typeReason": "措施已经列入年度计划，正在办",
        ]).isEmpty
      )
    }
  }

  @Test
  func
    `sent back within ten days with a reason, extended with the approval and six months at most`()
    throws
  {
    try withCity { city in
      func problems(_ more: [String: String]) throws -> [String] {
        told(try city.outcome(of: "proposal", proposal.merging(more) { $1 }))
      }
      try #expect(
        problems(["status": "returned", "returnedAt": "2022-04-29", "note": "不归我们"]) == [
          "GOV-E-033 note 退办要写明理由，至少 10 个字；退回交办机关，不能自行转别的单位。",
          "GOV-E-033 returnedAt 退办应在交办后 10 天内，最晚 2022-04-28。",
        ]
      )
      try #expect(
        problems(["extendedTo": "2022-10-19"]) == [
          "GOV-E-032 extendedTo 最长不超过交办之日起六个月，即 2022-10-18。",
          "GOV-E-032 extensionApproval 延期要经交办机关同意，写明批准的文件或日期。",
        ]
      )
      try #expect(
        problems(["leadOrg": "市发改局"])
          == ["GOV-E-030 coOrgs 主办单位不能同时是会办单位。"]
      )
    }
  }

  @Test func `closed with what the proposer said, done again when they are not satisfied`() throws {
    try withCity { city in
      func problems(_ more: [String: String]) throws -> [String] {
        try city.outcome(
          of: "proposal",
          proposal.merging(["status": "closed", "deliveredAt": "2022-07-01"].merging(more) { $1 }) {
            $1
          }
        ).problems.map(\.code)
      }
      try #expect(Set(problems([:])) == ["GOV-E-036", "GOV-E-035"])
      try #expect(
        Set(problems(["attitude": "satisfied", "outcome": "dissatisfied"]))
          == ["GOV-E-035", "GOV-E-037"]
      )
    }
  }

  @Test func `a task closes with evidence another unit took, and says who it waits for`() throws {
    try withCity { city in
      let task = [
        "code": "T1", "title": "建成", "sources": "计划;一", "kind": "count", "targetText": "建 3 个",
        "targetValue": "3", "leadOrg": "甲局", "dueDate": "2022-12-31",
        "milestones": "选点;2022-09-30;0.3|建成;2022-12-31;0.6",
      ]
      func problems(_ more: [String: String]) throws -> [String] {
        told(try city.outcome(of: "task", task.merging(more) { $1 }))
      }
      try #expect(problems([:]) == ["GOV-E-014 milestones 节点权重之和是 0.9，应为 1。"])
      let good = ["milestones": "选点;2022-09-30;0.3|建成;2022-12-31;0.7"]
      try #expect(problems(good) == [])
      try #expect(
        Set(problems(good.merging(["status": "closed", "acceptedBy": "甲局"]) { $1 })) == [
          "GOV-E-015 acceptedBy 佐证由办公室采信，不能由牵头单位自己销号。",
          "GOV-E-015 acceptedOn 写采信日期。", "GOV-E-015 evidence 没有佐证，不能销号。",
          "GOV-E-015 milestones 还有节点没有完成，不能销号。",
        ]
      )
      try #expect(
        problems(good.merging(["blockedBy": "乙局"]) { $1 })
          == ["GOV-W-016 blockedSince 在等别的单位，写明从哪天等起，天数记在它名下。"]
      )
      try #expect(
        problems(good.merging(["dueDate": "", "milestones": ""]) { $1 })
          == ["GOV-E-011 dueDate 写完成时限；没有具体日期的写时限原文，如“长期”。"]
      )
    }
  }

  @Test func `notices climb the ladder, and only the government supervises by name`() throws {
    try withCity { city in
      try city.save(
        "task",
        [
          "code": "T1", "title": "建成", "sources": "计划;一", "kind": "boolean", "targetText": "建成",
          "leadOrg": "甲局", "dueText": "长期",
        ]
      )
      let notice = [
        "taskCode": "T1", "colour": "red", "reason": "拖了", "requirement": "尽快办", "issuedBy": "办公室",
        "issuedOn": "2022-07-01",
      ]
      func problems(_ more: [String: String]) throws -> [String] {
        try city.outcome(of: "supervisionNotice", notice.merging(more) { $1 }).problems.map(\.code)
      }
      try #expect(problems([:]) == ["GOV-W-023"])
      try city.save("supervisionNotice", notice.merging(["colour": "orange"]) { $1 })
      try #expect(problems([:]) == [])
      try #expect(problems(["requirement": "列入政府督查"]) == ["GOV-E-024"])
      try #expect(problems(["acknowledgedOn": "2022-06-01"]) == ["GOV-E-025"])
      #expect(
        try city.problems(
          of: "progressReport",
          [
            "taskCode": "T1", "period": "2022-13", "reportedOn": "2022-08-01", "narrative": "在办",
            "nextStep": "再办", "reportedBy": "甲局", "acceptedBy": "甲局",
          ]
        ).map(\.code) == ["GOV-E-020", "GOV-E-022", "GOV-E-021"]
      )
    }
  }
}
