import Calendar
import CitongTesting
import Exchange
import Matching
import Testing
import Values

/// Answers within five working days, `exchange.md` §6.2 `track` and §9 `responseRate`.
@Suite struct TrackRecordTests {
  /// An engagement asked for on a day, and whether it was answered in time.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var asked = ""
    var contacted = ""
    var status = EngagementStatus.contacted
    var ended = ""
    var isInTime: Bool?
  }

  static let table = [
    answer("the same day", "2022-07-04", "2022-07-04", true),
    answer("the fifth working day, over a weekend", "2022-07-04", "2022-07-11", true),
    answer("the sixth", "2022-07-04", "2022-07-12", false),
    // Saturday 29 and Sunday 30 January are made up, 31 January to 6 February is Spring Festival.
    answer("make-up days count", "2022-01-24", "2022-01-29", true),
    answer("make-up days count, the sixth", "2022-01-24", "2022-01-30", false),
    answer("the fifth over Spring Festival", "2022-01-28", "2022-02-09", true),
    answer("the sixth over Spring Festival", "2022-01-28", "2022-02-10", false),
    answer("asked in the holidays", "2022-02-01", "2022-02-11", true),
    answer("nobody noted when it was asked", "", "2022-07-05", nil),
    exit("a refusal in time is an answer", .declined, on: "2022-07-08", true),
    exit("a refusal too late", .declined, on: "2022-07-20", false),
    exit("the first contact counts", contacted: "2022-07-05", .declined, on: "2022-07-20", true),
    exit("a refusal without a day", .declined, on: "", nil),
    exit("lapsed without an answer", .lapsed, on: "2022-07-20", false),
    exit("lapsed after one", contacted: "2022-07-05", .lapsed, on: "2022-07-20", true),
    exit("taken back before one", .withdrawn, on: "2022-07-20", nil),
    exit("taken back after one", contacted: "2022-07-05", .withdrawn, on: "2022-07-20", true),
    exit("still open", .intent, on: "", nil),
  ]

  private static func answer(
    _ reason: String,
    _ asked: String,
    _ contacted: String,
    _ isInTime: Bool?
  ) -> Case {
    Case(testDescription: reason, asked: asked, contacted: contacted, isInTime: isInTime)
  }

  /// What was asked on 4 July 2022 and ended before it came to anything.
  private static func exit(
    _ reason: String,
    contacted: String = "",
    _ status: EngagementStatus,
    on ended: String,
    _ isInTime: Bool?
  ) -> Case {
    Case(
      testDescription: reason,
      asked: "2022-07-04",
      contacted: contacted,
      status: status,
      ended: ended,
      isInTime: isInTime
    )
  }

  private static let days = workingDays()

  @Test(arguments: table) func `an intent is answered within five working days`(row: Case) {
    var engagement = Engagement()
    engagement.status = row.status
    engagement.intentOn = CivilDate(row.asked)
    engagement.contactedOn = CivilDate(row.contacted)
    engagement.endedOn = CivilDate(row.ended)
    #expect(TrackRecord.isAnswered(engagement, Self.days) == row.isInTime)
  }

  @Test
  func `fulfilment is weighed by answers, and who was never asked loses nothing`() {
    let table: [(TrackRecord, Ratio, String)] = [
      (TrackRecord(), Ratio(4, 5), "新参与方，按 0.8 计"),
      (
        TrackRecord(received: 4, answered: 3), Ratio(3, 5),
        "新参与方，按 0.8 计；收到的 4 次意向中 3 次在 5 个工作日内答复"
      ),
      (TrackRecord(ended: 1, fulfilled: 1), Ratio(17, 20), "已结束的 1 次合作中履约 1 次"),
      (
        TrackRecord(ended: 1, fulfilled: 1, received: 2, answered: 1), Ratio(17, 40),
        "已结束的 1 次合作中履约 1 次；收到的 2 次意向中 1 次在 5 个工作日内答复"
      ), (TrackRecord(received: 1), .zero, "新参与方，按 0.8 计；收到的 1 次意向中 0 次在 5 个工作日内答复"),
    ]
    for (track, value, sentence) in table {
      #expect(track.value == value, "\(sentence)")
      #expect(track.sentence == sentence)
    }
    #expect(TrackRecord().responseRate == .one)
    #expect(TrackRecord(received: 4, answered: 3).responseRate == Ratio(3, 4))
  }

  @Test func `only a party of whom nothing is known is new`() {
    #expect(TrackRecord().isNew)
    #expect(!TrackRecord(received: 1).isNew)
    #expect(!TrackRecord(ended: 1).isNew)
  }

  @Test func `the answer is that of the party asked, not of the one who asked`() throws {
    let unanswered = "新参与方，按 0.8 计；收到的 1 次意向中 0 次在 5 个工作日内答复"
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job)
      let graduates = try town.post(MatchTown.graduates)
      func track(_ asked: String, _ other: String) throws -> String? {
        try town.fit(asked, other)?.factor("track")?.evidence
      }
      let engagement = try town.save(
        "engagement",
        [
          "subject": "数控专业 12 人就业", "itemIds": job, "partyAEnterpriseId": "E1",
          "partyBSchoolId": MatchTown.school, "initiator": "甲方", "status": "逾期失效",
          "intentOn": "2022-06-01",
        ]
      )
      try #expect(track(job, graduates) == unanswered)
      try #expect(track(graduates, job) == "新参与方，按 0.8 计")
      try town.save("engagement", ["initiator": "乙方"], id: engagement)
      try #expect(track(job, graduates) == "新参与方，按 0.8 计")
      try #expect(track(graduates, job) == unanswered)
    }
  }

  @Test func `answering is a reason as soon as anybody asked`() throws {
    let answered = "新参与方，按 0.8 计；收到的 1 次意向中 1 次在 5 个工作日内答复"
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job)
      let graduates = try town.post(MatchTown.graduates)
      func isReason(_ text: String) throws -> Bool? {
        try town.fit(job, graduates)?.candidate.reasons.contains(text)
      }
      try #expect(isReason("新参与方，按 0.8 计") == false)
      try town.save(
        "engagement",
        [
          "subject": "数控专业 12 人就业", "itemIds": job, "partyAEnterpriseId": "E1",
          "partyBSchoolId": MatchTown.school, "initiator": "甲方", "status": "已接洽",
          "intentOn": "2022-06-01", "contactedOn": "2022-06-02",
        ]
      )
      try #expect(isReason(answered) == true)
    }
  }
}
