import CitongTesting
import Records
import Storage
import Testing
import Values

/// Who stands for what a record says, and for how long that is good.
@Suite struct ConfirmationTests {
  @Test func `the last confirmation of a field counts, and every one stays in the audit`() throws {
    try withCity(kinds: sampleKinds) { city in
      let sample = try city.save("sample", ["title": "甲", "size": "3"])
      for (document, on) in [("旧表", "2022-01-01"), ("新表", "2022-07-01")] {
        try city.register.confirm(
          sample.kind,
          sample.id,
          fields: ["size"],
          document: document,
          on: day(on),
          by: TestCity.officer
        )
      }
      try city.register.confirm(
        sample.kind,
        sample.id,
        fields: [],
        document: "",
        by: TestCity.officer
      )
      let last = try city.store.read {
        try city.register.confirmations(sample.kind, sample.id, in: $0)
      }
      #expect(last["size"]?.document == "新表")
      #expect(last["size"]?.on == day("2022-07-01"))
      #expect(last[""]?.on == TestCity.today)
      let actions = try city.store.read { try $0.rows("SELECT action FROM audit ORDER BY seq") }
      #expect(actions.map { $0[0].text } == ["create", "confirm", "confirm", "confirm"])
      try #expect(city.register.versions(sample.kind, sample.id).map(\.action) == ["create"])
    }
  }

  @Test func `what can't be confirmed is told`() throws {
    try withCity(kinds: sampleKinds) { city in
      let sample = try city.save("sample", ["title": "甲"])
      func messages(_ id: String, _ fields: [String], _ on: String) -> [String]? {
        let refused = #expect(throws: Refused.self) {
          try city.register.confirm(
            sample.kind,
            id,
            fields: fields,
            document: "",
            on: day(on),
            by: TestCity.officer
          )
        }
        return refused?.problems.map(\.message)
      }
      #expect(
        messages("SP9", [], "2022-07-01") == ["找不到编号为 SP9 的样品，可能已被删除或编号有误。"]
      )
      #expect(
        messages(sample.id, ["siz"], "2022-07-15") == [
          "样品没有名为 siz 的字段。你是不是想填：size？", "确认日期 2022-07-15 在今天之后，请改为今天或以前。",
        ]
      )
    }
  }

  @Test func `what nobody wrote or confirmed since a day is found`() throws {
    try withCity(kinds: sampleKinds) { city in
      let old = try city.save("sample", ["title": "旧"])
      try city.save("sample", ["title": "新"])
      _ = try city.store.write {
        try $0.execute("UPDATE sample SET \"updatedAt\" = 1000 WHERE title = '旧'", [])
      }
      func count() throws -> Int {
        try city.store.read {
          try city.register.unconfirmed(old.kind, since: day("2022-01-01"), in: $0)
        }
      }
      try #expect(count() == 1)
      try city.register.confirm(
        old.kind,
        old.id,
        fields: [],
        document: "",
        on: day("2021-12-31"),
        by: TestCity.officer
      )
      try #expect(count() == 1)
      try city.register.confirm(old.kind, old.id, fields: [], document: "", by: TestCity.officer)
      try #expect(count() == 0)
    }
  }

  @Test(arguments: [
    (180, Aging.green, "180 天前确认"), (181, .yellow, "已有 181 天没有再确认（上次确认）"),
    (365, .yellow, "已有 365 天没有再确认（上次确认）"), (366, .red, "已有 366 天没有再确认（上次确认）"),
  ])
  func `age has bounds, both days counted in`(days: Int, aging: Aging, sentence: String) {
    let found = Aging(days: days, yellowAfter: 180, redAfter: 365)
    #expect(found == aging)
    #expect(found.sentence(days: days, wasConfirmed: true) == sentence)
  }
}
