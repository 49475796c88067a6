import Calendar
import CitongTesting
import Exchange
import Records
import Testing
import Values

/// What was posted before, `exchange.md` §12 EXC-W-006.
@Suite struct RepetitionTests {
  /// Something posted before by the same owner, of the same kind and program.
  struct Earlier: Sendable, CustomTestStringConvertible {
    var title = "招收数控车床操作工人"
    var side = "demand"
    var start: String? = "2022-08-01"
    var end: String? = "2023-01-31"
    var status = "published"
    var isTold: Bool
    var testDescription: String

    var values: [String: Value] {
      [
        "itemId": .text("GX000001"), "title": .text(title), "side": .text(side),
        "periodStart": start.map { .date(day($0)) } ?? .none,
        "periodEnd": end.map { .date(day($0)) } ?? .none, "status": .text(status),
      ]
    }
  }

  static let table = [
    Earlier(isTold: true, testDescription: "word for word"),
    Earlier(title: "招收 数控车床 操作工人", isTold: true, testDescription: "blanks aside"),
    Earlier(title: "招聘数控铣床操作工人", isTold: true, testDescription: "eight of ten signs"),
    Earlier(title: "招聘数控铣床操作工长", isTold: false, testDescription: "seven of ten signs"),
    Earlier(side: "offer", isTold: false, testDescription: "the other side"),
    Earlier(
      start: "2023-01-31",
      end: "2023-06-30",
      isTold: true,
      testDescription: "one day in common"
    ),
    Earlier(
      start: "2023-02-01",
      end: "2023-06-30",
      isTold: false,
      testDescription: "the day after"
    ),
    Earlier(
      start: "2022-02-01",
      end: "2022-07-31",
      isTold: false,
      testDescription: "the half-year before"
    ),
    Earlier(start: nil, end: nil, isTold: true, testDescription: "no period"),
    Earlier(status: "draft", isTold: true, testDescription: "a draft"),
    Earlier(status: "withdrawn", isTold: false, testDescription: "withdrawn"),
    Earlier(status: "expired", isTold: false, testDescription: "expired"),
    Earlier(status: "filled", isTold: false, testDescription: "filled"),
  ]

  @Test(arguments: table)
  func `much the same at the same time is told`(earlier: Earlier) {
    var item = Sample.job
    item.title = "招收数控车床操作工人"
    var surroundings = Surroundings.sample
    surroundings.peers = [earlier.values]
    let problem = Problem(
      "EXC-W-006",
      "title",
      "与本单位已有的“\(earlier.title)”（GX000001）很像，时间也没有错开。是同一件事请改那一条，不是请在标题里写出区别。"
    )
    #expect(item.check(surroundings) == (earlier.isTold ? [problem] : []))
  }

  @Test func `what is over is not compared`() {
    var item = Sample.job
    item.title = "招收数控车床操作工人"
    item.status = .withdrawn
    var surroundings = Surroundings.sample
    surroundings.peers = [Earlier(isTold: true, testDescription: "").values]
    #expect(item.check(surroundings).map(\.code) == [])
  }

  @Test func `compared is what the same owner posted of the same kind for the same programs`()
    throws
  {
    let table: [([String: String], Bool, String)] = [
      ([:], true, "the same again"), (["title": "招收数控车工！"], true, "nearly the same title"),
      (["programRefs": "660301;12"], false, "another program"),
      (["programRefs": ""], false, "no program"), (["kind": "coBuild"], false, "another kind"),
      (["ownerEnterpriseId": "E2"], false, "another owner"),
      (["periodStart": "2022-11-09", "periodEnd": "2023-02-28"], false, "afterwards"),
    ]
    try MatchTown.open { town in
      try town.save(
        "enterprise",
        [
          "enterpriseId": "E2", "uscc": "91350599MA31T1231X", "enterpriseName": "海澜机械有限公司",
          "registeredRegionCode": "990102", "gbIndustryCode": "C34",
        ]
      )
      let id = try town.post(MatchTown.job)
      for (changes, isTold, row) in table {
        let problems = try town.city.problems(
          of: "exchangeItem",
          MatchTown.job.merging(changes) { $1 }
        )
        let told = problems.filter { $0.code == "EXC-W-006" }.map(\.message)
        #expect(told.count == (isTold ? 1 : 0), "\(row)")
        #expect(told.allSatisfy { $0.contains("“招收数控车工”（\(id)）") }, "\(row)")
      }
    }
  }

  @Test func `an item is not compared with itself`() throws {
    try MatchTown.open { town in
      let id = try town.post(MatchTown.job)
      let outcome = try town.city.outcome(of: "exchangeItem", ["headcount": "13"], id: id)
      #expect(!outcome.problems.map(\.code).contains("EXC-W-006"))
    }
  }

  @Test func `what has no owner and no program is compared with nothing`() throws {
    try MatchTown.open { town in
      let bare = ["kind": "", "ownerEnterpriseId": "", "programRefs": ""]
      let problems = try town.city.problems(of: "exchangeItem", MatchTown.job.merging(bare) { $1 })
      #expect(!problems.map(\.code).contains("EXC-W-006"))
    }
  }
}
