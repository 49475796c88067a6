import CitongTesting
import Records
import Storage
import Testing
import Values

@Suite struct WritingTests {
  /// How many rows there are of samples, former versions, audit entries and changes.
  private func counts(_ city: TestCity) throws -> [Int] {
    try ["sample", "history", "audit", "change"].map { try city.rows(in: $0) }
  }

  @Test func `every write leaves row, history, audit entry and change together`() throws {
    try withCity(kinds: sampleKinds) { city in
      let first = try city.save("sample", ["title": "甲", "size": "1"])
      #expect(first.id == "SP000001")
      #expect(first.version == 1)
      try #expect(counts(city) == [1, 0, 1, 1])
      let second = try city.save("sample", ["size": "2"], id: first.id)
      #expect(second.version == 2)
      try #expect(counts(city) == [1, 1, 2, 2])
      let changes = try city.register.changes(after: 0)
      #expect(changes.map(\.version) == [1, 2])
      #expect(changes.map(\.id) == [first.id, first.id])
      try #expect(city.register.changes(after: 1).map(\.version) == [2])
      try #expect(city.register.lastChange() == 2)
    }
  }

  @Test func `history keeps the former record, the audit who changed which field`() throws {
    try withCity(kinds: sampleKinds) { city in
      let first = try city.save("sample", ["title": "甲", "size": "1", "phone": "123"])
      try city.save("sample", ["size": "2"], id: first.id)
      let former = try #require(try city.register.former(first.kind, first.id, version: 1))
      #expect(former.version == 1)
      #expect(former["size"] == .integer(1))
      #expect(former["phone"] == .text("123"))
      #expect(former.stamp == first.stamp)
      try #expect(city.register.former(first.kind, first.id, version: 2) == nil)
      let audit = try city.store.read {
        try $0.rows("SELECT actor, action, id, version, source, difference FROM audit ORDER BY seq")
      }
      #expect(
        audit == [
          [
            .text("测试员"), .text("create"), .text(first.id), .integer(1), .text("manual"),
            .text("{}"),
          ],
          [
            .text("测试员"), .text("update"), .text(first.id), .integer(2), .text("manual"),
            .text(#"{"size":[1,2],"doubled":[2,4]}"#),
          ],
        ]
      )
    }
  }

  @Test func `writing the same again leaves nothing`() throws {
    try withCity(kinds: sampleKinds) { city in
      let texts = ["title": "甲", "size": "1", "labels": "a|b"]
      let first = try city.save("sample", texts)
      let again = try city.save("sample", texts)
      #expect(again.id == first.id)
      #expect(again.version == 1)
      try #expect(counts(city) == [1, 0, 1, 1])
    }
  }

  @Test func `a refused write leaves nothing`() throws {
    try withCity(kinds: sampleKinds) { city in
      #expect(throws: Refused.self) { try city.save("sample", ["title": "甲", "size": "-1"]) }
      try #expect(counts(city) == [0, 0, 0, 0])
      try #expect(city.rows(in: "counter") == 0)
    }
  }

  @Test(arguments: ["audit", "change", "history"])
  func `a write that fails half-way leaves nothing`(table: String) throws {
    try withCity(kinds: sampleKinds) { city in
      let first = try city.save("sample", ["title": "甲", "size": "1"])
      let before = try counts(city)
      _ = try city.store.write {
        try $0.execute(
          """
          CREATE TRIGGER stop BEFORE INSERT ON "\(table)"
          BEGIN SELECT RAISE(ABORT, 'stopped by the test'); END
          """,
          []
        )
      }
      #expect(throws: StorageError.self) { try city.save("sample", ["size": "2"], id: first.id) }
      if table != "history" {
        #expect(throws: StorageError.self) { try city.save("sample", ["title": "乙"]) }
      }
      try #expect(counts(city) == before)
      try #expect(city.register.record(city.kind("sample"), first.id)?["size"] == .integer(1))
    }
  }

  @Test func `of many drafts the good ones go in, or none when all must`() throws {
    try withCity(kinds: sampleKinds) { city in
      let kind = try city.kind("sample")
      let drafts = [Draft(texts: ["title": "甲"]), Draft(texts: ["title": "乙", "size": "many"])]
      let whole = try city.register.saveAll(kind, drafts, by: TestCity.officer, isWhole: true)
      #expect(whole.map(\.verdict) == [.new, .refused])
      try #expect(counts(city) == [0, 0, 0, 0])
      let part = try city.register.saveAll(kind, drafts, by: TestCity.officer, isWhole: false)
      #expect(part.map(\.verdict) == [.new, .refused])
      try #expect(counts(city) == [1, 0, 1, 1])
    }
  }

  @Test func `planning writes nothing`() throws {
    try withCity(kinds: sampleKinds) { city in
      try #expect(city.outcome(of: "sample", ["title": "甲"]).verdict == .new)
      try #expect(counts(city) == [0, 0, 0, 0])
    }
  }

  @Test func `of two editors the second is told and nothing is lost`() throws {
    try withCity(kinds: sampleKinds) { city in
      let seen = try city.save("sample", ["title": "甲", "size": "1"])
      try city.save("sample", ["size": "2"], id: seen.id, version: seen.version)
      let refused = #expect(throws: Refused.self) {
        try city.save("sample", ["size": "3", "note": "我的说明"], id: seen.id, version: seen.version)
      }
      #expect(
        refused?.problems == [
          Problem(
            "REC-E-020",
            "",
            "在你编辑期间，这条记录已由测试员于 2022-07-14 09:00 修改（第 2 版），你的内容没有丢失，请对照后再提交。"
          )
        ]
      )
      #expect(refused?.conflict?.version == 2)
      #expect(refused?.conflict?["size"] == .integer(2))
      let draft = Draft(texts: ["size": "3", "note": "我的说明"], id: seen.id, version: seen.version)
      let kind = try city.kind("sample")
      let mine = try city.register.plan(kind, [draft])[0]
      let place = try #require(kind.place(of: "note"))
      #expect(mine.values[place] == .text("我的说明"))
      try #expect(city.register.record(kind, seen.id)?["size"] == .integer(2))
      let merged = try city.save("sample", ["size": "3"], id: seen.id, version: 2)
      #expect(merged.version == 3)
    }
  }

  @Test func `two editors who want the same do not conflict`() throws {
    try withCity(kinds: sampleKinds) { city in
      let seen = try city.save("sample", ["title": "甲", "size": "1"])
      try city.save("sample", ["size": "2"], id: seen.id, version: 1)
      try #expect(city.save("sample", ["size": "2"], id: seen.id, version: 1).version == 2)
    }
  }

  @Test func `a field that is named and empty loses its value, one not named keeps it`() throws {
    try withCity(kinds: sampleKinds) { city in
      let first = try city.save("sample", ["title": "甲", "note": "说明", "size": "1"])
      let second = try city.save("sample", ["note": ""], id: first.id)
      #expect(second["note"].isNone)
      #expect(second["size"] == .integer(1))
    }
  }

  @Test func `what follows is computed, and cannot be typed`() throws {
    try withCity(kinds: sampleKinds) { city in
      try #expect(
        city.save("sample", ["title": "甲", "size": "4", "doubled": "1"])["doubled"]
          == .integer(8)
      )
    }
  }

  @Test func `a warning does not keep a record out`() throws {
    try withCity(kinds: sampleKinds) { city in
      let outcome = try city.outcome(of: "sample", ["title": "甲", "day": "2022-07-15"])
      #expect(outcome.verdict == .new)
      #expect(outcome.problems == [Problem("TST-W-001", "day", "日期 2022-07-15 在今天之后，请核对。")])
      try #expect(city.problems(of: "sample", ["title": "甲", "day": "2022-07-14"]) == [])
    }
  }

  @Test func `a record is found again by its key, and a reference by its name`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      let first = try city.save("sample", ["title": "甲", "spotId": "码头", "spotIds": "P1|码头"])
      #expect(first["spotId"] == .text("P1"))
      try #expect(city.save("sample", ["title": "甲", "size": "9"]).id == first.id)
    }
  }

  @Test func `names already given are passed over when one is made`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["sampleId": "SP000001", "title": "甲"])
      try #expect(city.save("sample", ["title": "乙"]).id == "SP000002")
    }
  }
}
