@testable import Governance
import Calendar
import CitongTesting
import Documents
import Indicators
import Records
import Testing
import Values

/// The document the platform came from, written by it: the reply to proposal 20222223.
@Suite struct ReplyTests {
  /// Every figure of the reply 泉教函〔2022〕153号, as it stands there.
  private static let figures: [(formula: String, said: String)] = [
    ("F1", "4.03亿"), ("S1", "1"), ("S2", "11"), ("S3", "35"), ("S3.technician", "4"),
    ("S4", "19.2万"), ("S5", "4.9万"), ("S6", "98%"), ("S7", "70%"), ("S8", "15"),
    ("S8.college", "4"), ("S8.secondary", "11"), ("S9", "10"), ("S9.college", "3"),
    ("S9.secondary", "7"), ("S10", "36"), ("S10.college", "14"), ("S10.secondary", "22"),
    ("S9.share", "1/5"), ("S10.share", "1/5"), ("S11", "157"), ("P1", "21"), ("S12", "2400"),
    ("S12.over100m", "600"), ("K1.coBuilt", "33"), ("K2", "11"), ("K3", "2"), ("K4", "57"),
    ("K5", "334"), ("A1", "278"), ("A2", "71"), ("X1", "228"), ("X1.share", "21.1%"),
    ("T1", "25万"),
    ("sum(督办任务, x, x.任务编号 == \"QZ-2022-3-09\", x.目标值)", "10"),
    ("sum(督办任务, x, x.任务编号 == \"QZ-2022-3-10\", x.目标值)", "34"),
  ]

  @Test func `the reply is written from the records, every figure the one of the document`() throws
  {
    try withCity("quanzhou", demo: true) { city in
      let kind = try city.kind("publishedDocument")
      let record = try #require(try city.register.list(kind, Query(limit: 10)).first)
      let reply = PublishedDocument(values: record.values)
      #expect(reply.documentNumber == "泉教函〔2022〕153号")
      #expect(reply.indexNumber == "QZ00104-2600-2022-00304")
      #expect(reply.title == "关于市政协十三届一次会议第20222223号提案的答复")
      #expect(reply.replyType == .a && reply.disclosure == .open)
      #expect(reply.leadOrgan == "泉州市教育局")
      #expect(reply.coOrgans == ["市科技局", "市发改委", "市审计局", "市人社局"])
      #expect(reply.copies == ["市政府办公室", "市政协提案委"])
      #expect(reply.signDate == CivilDate("2022-07-14"))
      let placed = reply.figures.rows.filter { !$0[1].isEmpty }
      #expect(placed.map { "\($0[2]) \($0[3])" } == Self.figures.map { "\($0.formula) \($0.said)" })
      // Each stands in the text where its row says, and rests on records.
      let paragraphs = reply.body.split(separator: "\n").map(Array.init)
      for row in placed {
        let place = row[1].split(separator: ":").compactMap { Int($0) }
        #expect(String(paragraphs[place[0]][place[1]...].prefix(row[3].count)) == row[3])
        #expect(Int(row[6]) ?? 0 > 0, "\(row[2])")
      }
      // The three superlatives hold only while the records say so.
      for clause in ["都是设区市中最多的", "全省只有我市", "试点数都是全省最多"] {
        #expect(reply.body.contains(clause))
      }
      #expect(try DocumentPublishing.broken(in: city.register).isEmpty)

      // Nothing has changed since, and nothing contradicts it.
      let comparison = try DocumentComparison(reply, in: city.register)
      #expect(comparison.rows.filter(\.hasChanged).isEmpty)
      #expect(!comparison.rows.contains { !$0.contradictions.isEmpty })

      // Its four groups of measures are tasks, forty-nine with that of the whole.
      let wall = try TaskWall(city.register, IndicatorBook(city.register), on: TestCity.today)
      #expect(wall.entries.count == 49)
      #expect(
        Set(wall.entries.map(\.task.direction)) == ["总体", "统筹推进", "政策保障", "办学水平", "产教融合"]
      )
      let proposals = try city.register.list(city.kind("proposal"), Query(limit: 10))
      let proposal = Proposal(values: try #require(proposals.first).values)
      let lights = ProposalLights(proposal, wall.tasks(of: proposal.proposalId), on: TestCity.today)
      #expect(lights.answered.colour == .done)
      #expect(lights.solved.colour == .yellow && lights.satisfied.colour == .yellow)
      #expect(proposal.replyDocument == reply.documentId)
      // What does not fit together is shown.
      let notes = wall.entries.map(\.task.note).filter { !$0.isEmpty }
      #expect(
        notes.contains { $0.contains("36 个专业群") } && notes.contains { $0.contains("2 个产教融合联盟") }
      )
    }
  }

  @Test func `when a record changes the page says then and now`() throws {
    try withCity("quanzhou", demo: true) { city in
      let kind = try city.kind("publishedDocument")
      let reply = PublishedDocument(
        values: try #require(try city.register.list(kind, Query(limit: 1)).first).values
      )
      let base = try #require(
        try city.register.list(
          city.kind("carrier"),
          Query([.field("kind", "industryCollege")], limit: 1)
        ).first
      )
      try city.save("carrier", ["state": "revoked"], id: base.id)
      let row = try #require(
        try DocumentComparison(reply, in: city.register).rows.first { $0.indicator == "K1.coBuilt" }
      )
      #expect(row.then == "33" && row.now == "32" && row.hasChanged)
      #expect(reply.body.contains("产业学院33个"))
    }
  }

  @Test func `a second city replies from its own folder`() throws {
    try withCity("example", demo: true) { city in
      let kind = try city.kind("publishedDocument")
      let record = try #require(try city.register.list(kind, Query(limit: 10)).first)
      let reply = PublishedDocument(values: record.values)
      #expect(reply.documentNumber == "海教函〔2022〕18号")
      #expect(reply.replyType == .b)
      #expect(reply.body.contains("地区\t在校生\t每年毕业生\t实训基地"))
      #expect(reply.body.contains("年内建成实训基地15个"))
    }
  }
}
