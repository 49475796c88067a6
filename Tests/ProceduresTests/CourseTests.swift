import Calendar
import CitongTesting
import Procedures
import Records
import Testing
import Values

/// Procedures as a whole, and the cases that go through them.
@Suite struct CourseTests {
  private static let school = "S99001"
  private let owner = Reader(.schoolAdmin, account: "U1", organisation: CourseTests.school)
  private let stranger = Reader(.schoolAdmin, account: "U9", organisation: "SY")
  private let county = Reader(.countyBureau, account: "U2", region: "990102")
  private let otherCounty = Reader(.countyBureau, account: "U3", region: "990103")
  private let bureau = Reader(.cityBureau, account: "U4")
  private let department = Reader(.department, account: "U5")

  /// A procedure on tasks: apply → county → city (two of three agree) → done, or refused; what is done closes nothing
  /// but writes the note of the task.
  private func withCourse(
    _ change: ([[String: String]], [[String: String]]) -> ([[String: String]], [[String: String]]) =
      {
        ($0, $1)
      },
    _ body: (TestCity) throws -> Void
  ) throws {
    let steps: [[String: String]] = [
      ["code": "apply", "label": "申请", "waitsFor": "owner"],
      ["code": "county", "label": "县审", "waitsFor": "county", "days": "5"],
      [
        "code": "city", "label": "市审", "waitsFor": "city", "days": "10", "dayKind": "calendar",
        "signing": "percentage", "signers": "甲局|乙局|丙局", "percent": "60",
      ], ["code": "done", "label": "办结", "isEnd": "true"],
      ["code": "refused", "label": "不同意", "isEnd": "true"],
    ]
    let moves: [[String: String]] = [
      ["from": "apply", "to": "county", "verb": "submit", "label": "提交"],
      ["from": "county", "to": "city", "verb": "pass", "label": "通过", "needsNote": "true"],
      [
        "from": "city", "to": "done", "verb": "approve", "label": "同意", "guardRule": "目标原文 != '没有'",
        "guardWords": "目标要写明", "writes": "note;经流程同意",
      ], ["from": "city", "to": "refused", "verb": "refuse", "label": "不同意", "needsNote": "true"],
    ]
    try withCity { city in
      try city.save(
        "procedure",
        [
          "procedureId": "P-1", "code": "P", "edition": "1", "title": "试", "subjectKind": "task",
          "firstStep": "apply",
        ]
      )
      let (steps, moves) = change(steps, moves)
      for (index, step) in steps.enumerated() {
        try city.save(
          "procedureStep",
          step.merging(["procedureId": "P-1", "sequence": String(index + 1)]) { $1 }
        )
      }
      for move in moves {
        try city.save("procedureMove", move.merging(["procedureId": "P-1"]) { $1 })
      }
      try city.save(
        "task",
        [
          "code": "T1", "title": "甲", "sources": "计划;一", "kind": "boolean", "targetText": "做",
          "leadOrg": "甲局", "dueText": "长期", "status": "inProgress",
        ]
      )
      try body(city)
    }
  }

  private func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch let refused as Refused {
      return refused.problems.map { "\($0.code) \($0.message)" }.joined(separator: " ")
    } catch { return "\(error)" }
  }

  private func start(_ city: TestCity) throws -> String {
    try CaseDesk(city.register).start(
      "P",
      title: "请办",
      subject: "T1",
      region: "990102",
      organisation: Self.school,
      by: owner,
      name: "甲校"
    )
  }

  private func own(_ city: TestCity, _ id: String) throws -> Case {
    Case(values: try #require(try city.register.record(city.kind("case"), id)).values)
  }

  @Test func `every step asks for its own people, as a table`() throws {
    try withCourse { city in
      let desk = CaseDesk(city.register)
      let id = try start(city)
      let people: [(String, Reader)] = [
        ("owner", owner), ("stranger", stranger), ("county", county), ("otherCounty", otherCounty),
        ("bureau", bureau), ("department", department), ("public", .anonymous),
      ]
      func table() throws -> [String] {
        try people.map { name, reader in
          let verbs = try desk.choices(id, for: reader).filter { $0.missing == nil }.map(\.verb)
          return "\(name): \(verbs.joined(separator: " "))"
        }
      }
      try #expect(
        table() == [
          "owner: submit pause withdraw", "stranger: ", "county: ", "otherCounty: ", "bureau: ",
          "department: ", "public: ",
        ]
      )
      try desk.take(id, "submit", by: owner, name: "甲校")
      try #expect(
        table() == [
          "owner: withdraw", "stranger: ", "county: pass return:apply pause", "otherCounty: ",
          "bureau: extend", "department: ", "public: ",
        ]
      )
      #expect(
        refusal { try desk.take(id, "pass", note: "材料齐全", by: otherCounty, name: "乙县") }
          == "PRO-E-033 这件事现在等所在县（市、区）教育局，你不能办“pass”。"
      )
      #expect(
        refusal { try desk.take(id, "pass", by: county, name: "甲县") }
          == "PRO-E-035 “通过”要写明意见或原因，至少 4 个字。"
      )
      try desk.take(id, "pass", note: "材料齐全", by: county, name: "甲县")
      // Approving and refusing wait for the signatures; signing, sending back and the clock do not.
      try #expect(
        table() == [
          "owner: withdraw", "stranger: ", "county: ", "otherCounty: ",
          "bureau: agree disagree return:apply return:county pause extend", "department: ",
          "public: ",
        ]
      )
    }
  }

  @Test func `two of three agree, the guard holds, and what was decided stands in the ledger`()
    throws
  {
    try withCourse { city in
      let desk = CaseDesk(city.register)
      let id = try start(city)
      try desk.take(id, "submit", by: owner, name: "甲校")
      try desk.take(id, "pass", note: "材料齐全", by: county, name: "甲县")
      #expect(
        refusal { try desk.take(id, "approve", by: bureau, name: "市局") }
          == "PRO-E-034 同意：会签（按比例）还差：甲局、乙局、丙局。"
      )
      try desk.take(id, "agree", unit: "甲局", by: bureau, name: "市局")
      try desk.take(id, "disagree", note: "场地不够", unit: "丙局", by: bureau, name: "市局")
      #expect(
        refusal { try desk.take(id, "agree", unit: "丁局", by: bureau, name: "市局") }
          == "PRO-E-037 会签单位是：甲局、乙局、丙局。"
      )
      #expect(
        refusal { try desk.take(id, "approve", by: bureau, name: "市局") }
          == "PRO-E-034 同意：会签（按比例）还差：乙局、丙局。"
      )
      try desk.take(id, "agree", unit: "乙局", by: bureau, name: "市局")
      try city.save("task", ["targetText": "没有"], id: "T1")
      #expect(
        refusal { try desk.take(id, "approve", by: bureau, name: "市局") }
          == "PRO-E-034 同意：条件没有满足：目标要写明。"
      )
      try city.save("task", ["targetText": "做成"], id: "T1")
      try desk.take(id, "approve", by: bureau, name: "市局")
      let done = try own(city, id)
      #expect(done.state == .closed && done.stepLabel == "办结" && done.waitsFor == nil)
      let task = try #require(try city.register.record(city.kind("task"), "T1"))
      #expect(task["note"].text == "经流程同意")
      #expect(try desk.choices(id, for: bureau).isEmpty)
      #expect(
        try desk.events(of: id).map(\.label)
          == ["提出", "提交", "通过", "会签同意", "会签不同意", "会签同意", "同意"]
      )
    }
  }

  @Test func `what is sent back goes straight to whoever sent it`() throws {
    try withCourse { city in
      let desk = CaseDesk(city.register)
      let id = try start(city)
      try desk.take(id, "submit", by: owner, name: "甲校")
      try desk.take(id, "pass", note: "材料齐全", by: county, name: "甲县")
      try desk.take(id, "return:apply", note: "缺场地证明", by: bureau, name: "市局")
      #expect(try own(city, id).returnedFrom == "city")
      #expect(try desk.choices(id, for: owner).map(\.verb).first == "resubmit")
      try desk.take(id, "resubmit", by: owner, name: "甲校")
      let back = try own(city, id)
      #expect(back.step == "city" && back.returnedFrom.isEmpty)
      #expect(back.due == TestCity.today.adding(days: 10))
    }
  }

  @Test func `days count as the step says, and stand while the clock is stopped`() throws {
    try withCourse { city in
      let desk = CaseDesk(city.register)
      let id = try start(city)
      #expect(try own(city, id).due == nil)
      try desk.take(id, "submit", by: owner, name: "甲校")
      // Five working days from Thursday 14 July 2022.
      #expect(try own(city, id).due == CivilDate("2022-07-21"))
      #expect(try own(city, id).light(on: TestCity.today).colour == "green")
      #expect(try own(city, id).light(on: day("2022-07-19")).colour == "yellow")
      #expect(try own(city, id).light(on: day("2022-07-23")).why == "超期 2 天")
      try desk.take(id, "pause", note: "等专家意见", by: county, name: "甲县")
      #expect(try own(city, id).light(on: day("2022-07-23")).colour == "grey")
      #expect(try desk.choices(id, for: county).map(\.verb) == ["resume"])
      // A clock that goes on a week later gives the five days back.
      let later = RecordStore(
        store: city.store,
        kinds: TestCity.kinds,
        city: city.city,
        clock: .fixed(day("2022-07-21")),
        ring: TestCity.ring
      )
      try CaseDesk(later).take(id, "resume", by: county, name: "甲县")
      #expect(try own(city, id).due == CivilDate("2022-07-28"))
      #expect(
        refusal {
          try desk.take(
            id,
            "extend",
            note: "情况复杂",
            until: day("2022-07-20"),
            by: bureau,
            name: "市局"
          )
        } == "PRO-E-036 新的时限应在 2022-07-28 之后。"
      )
      try desk.take(
        id,
        "extend",
        note: "情况复杂",
        until: day("2022-08-10"),
        by: bureau,
        name: "市局"
      )
      #expect(try own(city, id).due == CivilDate("2022-08-10"))
    }
  }

  @Test func `a delegate may act and not hand on, a withdrawn case is over`() throws {
    try withCourse { city in
      let desk = CaseDesk(city.register)
      let id = try start(city)
      let helper = Reader(.schoolAdmin, account: "U7", organisation: "SY")
      #expect(
        refusal { try desk.delegate(id, to: "U1", by: owner, name: "甲校") } == "PRO-E-038 不能转给自己。"
      )
      try desk.delegate(id, to: "U7", by: owner, name: "甲校")
      #expect(try desk.choices(id, for: helper).map(\.verb).contains("submit"))
      #expect(
        refusal { try desk.delegate(id, to: "U8", by: helper, name: "帮手") }
          == "PRO-E-033 这件事不等你办，不能转给别人。"
      )
      try desk.take(id, "withdraw", note: "不再申请", by: owner, name: "甲校")
      #expect(try own(city, id).state == .withdrawn)
      #expect(
        refusal { try desk.take(id, "submit", by: owner, name: "甲校") }
          == "PRO-E-033 这件事已撤回，不能再办。"
      )
    }
  }

  @Test func `an automatic move goes by itself when its guard holds`() throws {
    try withCourse({ steps, moves in
      (
        steps,
        moves.map { move in
          move["verb"] == "submit" ? move : move
        } + [
          [
            "from": "county", "to": "done", "verb": "auto", "label": "免审", "isAutomatic": "true",
            "guardRule": "牵头单位 == '乙局'",
          ]
        ]
      )
    }) { city in
      let desk = CaseDesk(city.register)
      let first = try start(city)
      try desk.take(first, "submit", by: owner, name: "甲校")
      #expect(try own(city, first).step == "county")
      try city.save("task", ["leadOrg": "乙局"], id: "T1")
      let second = try start(city)
      try desk.take(second, "submit", by: owner, name: "甲校")
      #expect(try own(city, second).state == .closed)
      #expect(try desk.events(of: second).last?.actor == "自动")
    }
  }

  @Test func `running cases stay on their version until they are taken to the next`() throws {
    try withCourse { city in
      let desk = CaseDesk(city.register)
      let id = try start(city)
      try city.save(
        "procedure",
        [
          "procedureId": "P-2", "code": "P", "edition": "2", "title": "试", "subjectKind": "task",
          "firstStep": "apply",
        ]
      )
      for (number, step) in [
        ["code": "apply", "label": "新申请", "waitsFor": "owner"],
        ["code": "done", "label": "办结", "isEnd": "true"],
      ].enumerated() {
        try city.save(
          "procedureStep",
          step.merging(["procedureId": "P-2", "sequence": String(number + 1)]) { $1 }
        )
      }
      try city.save(
        "procedureMove",
        ["procedureId": "P-2", "from": "apply", "to": "done", "verb": "finish", "label": "办完"]
      )
      #expect(try desk.choices(id, for: owner).map(\.verb).first == "submit")
      let other = try start(city)
      #expect(try own(city, other).procedureId == "P-2")
      try desk.take(id, "submit", by: owner, name: "甲校")
      #expect(
        refusal { try desk.migrate(id, to: "P-2", by: "管理") }
          == "PRO-E-039 新版没有环节“县审”，办完这一环节再转。"
      )
      try desk.take(id, "return:apply", note: "补充材料", by: county, name: "甲县")
      try desk.migrate(id, to: "P-2", by: "管理")
      #expect(try own(city, id).stepLabel == "新申请")
      #expect(try desk.choices(id, for: owner).map(\.verb).contains("finish"))
    }
  }

  @Test func `a definition is checked as a whole`() throws {
    func problems(
      _ change: ([[String: String]], [[String: String]]) -> ([[String: String]], [[String: String]])
    ) throws -> [String] {
      var told: [String] = []
      try withCourse(change) { city in
        let course = try #require(try Course.of(city.register, "P-1"))
        told = course.problems(city.register.kinds).map { "\($0.code) \($0.path) \($0.message)" }
        if !told.isEmpty { #expect(refusal { _ = try start(city) } != "") }
      }
      return told
    }
    #expect(try problems { ($0, $1) } == [])
    #expect(
      try problems { ($0 + [["code": "lost", "label": "没人去", "waitsFor": "city"]], $1) }
        == ["PRO-E-014 lost 环节“没人去”走不到。", "PRO-E-016 lost 环节“没人去”没有出路。"]
    )
    #expect(
      try problems { steps, moves in
        (steps, moves + [["from": "apply", "to": "conty", "verb": "x", "label": "走错"]])
      } == ["PRO-E-012 x 走向“走错”的环节“conty”不在流程里。你是不是想填：county？"]
    )
    // Two steps that only send to each other: nobody comes out.
    #expect(
      try problems { steps, moves in
        (
          steps + [
            ["code": "a", "label": "甲", "waitsFor": "city"],
            ["code": "b", "label": "乙", "waitsFor": "city"],
          ],
          moves + [
            ["from": "apply", "to": "a", "verb": "m1", "label": "一"],
            ["from": "a", "to": "b", "verb": "m2", "label": "二"],
            ["from": "b", "to": "a", "verb": "m3", "label": "三"],
          ]
        )
      } == ["PRO-E-017 a 从环节“甲”走不到办结。", "PRO-E-017 b 从环节“乙”走不到办结。"]
    )
    #expect(
      try problems { steps, moves in
        (
          steps,
          moves.map {
            $0["verb"] == "approve" ? $0.merging(["guardRule": "1 == 2"]) { $1 } : $0
          }
        )
      } == ["PRO-E-013 approve 走向“同意”的条件永远不成立。"]
    )
    let unread = try problems { steps, moves in
      (
        steps,
        moves.map { $0["verb"] == "approve" ? $0.merging(["guardRule": "没有这个 == 1"]) { $1 } : $0 }
      )
    }
    #expect(unread.count == 1 && unread[0].hasPrefix("PRO-E-013 approve 走向“同意”的条件第 1 个字有错："))
  }

  @Test(arguments: ["example", "quanzhou"])
  func `the procedures of the cities have no problems, and every path comes to an end`(
    _ name: String
  )
    throws
  {
    try withCity(name) { city in
      let all = try city.register.list(city.kind("procedure"), Query(limit: 100))
      #expect(all.count >= 3)
      for record in all {
        let course = try #require(try Course.of(city.register, record.id))
        #expect(course.problems(city.register.kinds).isEmpty, "\(record.id)")
        #expect(course.drawing().contains("<svg"))
      }
    }
  }

  @Test func `a case nobody could take further is not begun`() throws {
    try withCourse { city in
      func begin(_ region: String, _ organisation: String, _ subject: String = "T1") -> String {
        refusal {
          _ = try CaseDesk(city.register).start(
            "P",
            title: "请办",
            subject: subject,
            region: region,
            organisation: organisation,
            by: bureau,
            name: "市局"
          )
        }
      }
      #expect(begin("990102", "") == "PRO-E-041 “试”由学校或企业提出，请用它的账号。")
      #expect(begin("", Self.school) == "PRO-E-041 “试”要县（市、区）办，申请单位没有登记所在地。")
      #expect(begin("990102", Self.school, "T9") == "PRO-E-032 没有编号为 T9 的督办任务。")
      #expect(begin("990102", Self.school) == "")
    }
  }

  @Test func `an inbox has what waits for one, the first due first`() throws {
    try withCourse { city in
      let desk = CaseDesk(city.register)
      let (first, second) = (try start(city), try start(city))
      #expect(try desk.inbox(of: owner).map(\.caseId) == [first, second])
      #expect(try desk.inbox(of: stranger).isEmpty)
      try desk.take(first, "submit", by: owner, name: "甲校")
      #expect(try desk.inbox(of: owner).map(\.caseId) == [second])
      #expect(try desk.inbox(of: county).map(\.caseId) == [first])
      #expect(try desk.inbox(of: otherCounty).isEmpty && desk.inbox(of: bureau).isEmpty)
    }
  }
}
