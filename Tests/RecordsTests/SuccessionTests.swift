import CitongTesting
import Records
import Storage
import Testing
import Values

/// What is registered twice becomes one, what goes on as another leads there; nothing is forgotten.
@Suite struct SuccessionTests {
  @Test func `a merge takes over what was chosen, moves references and leads the old number on`()
    throws
  {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      try city.save("spot", ["spotId": "P2", "spotName": "旧码头", "isOpen": "否"])
      let one = try city.save("sample", ["title": "甲", "spotId": "P2", "spotIds": "P1|P2"])
      let spot = try city.kind("spot")
      let kept = try city.register.merge(
        spot,
        keep: "P1",
        away: "P2",
        taking: ["isOpen"],
        document: "核对单",
        by: TestCity.officer
      )
      #expect(kept["isOpen"] == .boolean(false))
      #expect(kept["spotName"] == .text("码头"))
      try #expect(city.register.record(spot, "P2") == nil)
      let moved = try #require(try city.register.record(one.kind, one.id))
      #expect(moved["spotId"] == .text("P1"))
      #expect(moved["spotIds"] == .list(["P1"]))
      try city.store.read { reading in
        try #expect(city.register.heir(spot, "P2", in: reading) == "P1")
        try #expect(city.register.successions(spot, "P1", in: reading).former.map(\.from) == ["P2"])
      }
      let versions = try city.register.versions(spot, "P2")
      #expect(versions.first?.until != nil)
      #expect(versions.first?.record["spotName"] == .text("旧码头"))
      try #expect(city.register.versions(spot, "P1").first?.action == "merge")
    }
  }

  @Test func `a file or form may still name what was merged away`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      try city.save("spot", ["spotId": "P2", "spotName": "旧码头"])
      let spot = try city.kind("spot")
      try city.register.merge(
        spot,
        keep: "P1",
        away: "P2",
        taking: [],
        document: "",
        by: TestCity.officer
      )
      let sample = try city.save("sample", ["title": "甲", "spotId": "P2"])
      #expect(sample["spotId"] == .text("P1"))
      let report = try city.take("spotId,spotName\nP2,新码头\n", as: "spot")
      #expect([report.new, report.changed, report.refused] == [0, 1, 0])
      try #expect(city.register.record(spot, "P1")?.title == "新码头")
      try #expect(city.rows(in: "spot") == 1)
    }
  }

  @Test func `what stands in the way is told, and nothing happens`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      let spot = try city.kind("spot")
      let table: [(keep: String, away: String, taking: Set<String>, code: String)] = [
        ("P1", "P1", [], "REC-E-063"), ("P1", "P9", [], "REC-E-063"), ("P9", "P1", [], "REC-E-063"),
      ]
      for row in table {
        let refused = #expect(throws: Refused.self, "\(row)") {
          try city.register.merge(
            spot,
            keep: row.keep,
            away: row.away,
            taking: row.taking,
            document: "",
            by: TestCity.officer
          )
        }
        #expect(refused?.problems.map(\.code) == [row.code], "\(row)")
      }
      try city.save("spot", ["spotId": "P2", "spotName": "旧码头"])
      let strange = #expect(throws: Refused.self) {
        try city.register.merge(
          spot,
          keep: "P1",
          away: "P2",
          taking: ["spotNam"],
          document: "",
          by: TestCity.officer
        )
      }
      #expect(strange?.problems.map(\.message) == ["地点没有名为 spotNam 的字段。你是不是想填：spotName？"])
      try #expect(city.rows(in: "spot") == 2)
    }
  }

  @Test func `a succession keeps both, a split needs two`() throws {
    try withCity(kinds: sampleKinds) { city in
      for number in 1...3 {
        try city.save("spot", ["spotId": "P\(number)", "spotName": "地点\(number)"])
      }
      let spot = try city.kind("spot")
      let sample = try city.save("sample", ["title": "甲", "spotId": "P1"])
      func succeed(_ others: [String], _ how: Succession.How, moves: Bool = false) throws {
        try city.register.succeed(
          spot,
          "P1",
          by: others,
          how: how,
          on: day("2022-07-01"),
          document: "批复",
          movesReferences: moves,
          actor: TestCity.officer
        )
      }
      let table: [([String], Succession.How, String)] = [
        ([], .succession, "没有填承继的地点，请至少填一个编号。"),
        (["P2"], .split, "分立至少要有两个后继，请补填编号，或改选“承继”。"),
        (["P9"], .succession, "找不到编号为 P9 的地点，可能已被删除或编号有误。"),
        (["P1"], .succession, "不能由自己承继，请改填另一个编号。"),
      ]
      for (others, how, message) in table {
        let refused = #expect(throws: Refused.self) { try succeed(others, how) }
        #expect(refused?.problems.map(\.message) == [message])
      }
      try succeed(["P2"], .succession, moves: true)
      try #expect(city.register.record(sample.kind, sample.id)?["spotId"] == .text("P2"))
      try succeed(["P2", "P3"], .split)
      try city.store.read { reading in
        let (later, _) = try city.register.successions(spot, "P1", in: reading)
        #expect(later.map(\.to) == ["P2", "P3"])
        #expect(later.map(\.how) == [.split, .split])
        try #expect(city.register.heir(spot, "P1", in: reading) == nil)
      }
      try #expect(city.register.record(spot, "P1") != nil)
    }
  }
}
