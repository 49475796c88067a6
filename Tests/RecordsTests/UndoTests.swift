import Calendar
import CitongTesting
import Records
import Storage
import Testing
import Values

/// Whole imports taken back.
@Suite struct UndoTests {
  private let officer = Actor(name: "审核员", source: .manual)

  private func values(_ city: TestCity, _ kind: String) throws -> [String: [Value]] {
    let records = try city.register.list(city.kind(kind), Query(limit: 1000))
    return Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0.values) })
  }

  /// What stands in the way of taking an import back; empty when it was taken back.
  private func obstacles(_ city: TestCity, _ run: Int) throws -> [String] {
    do {
      try city.register.undo(run, by: officer)
      return []
    } catch let error as NotUndoable { return error.problems.map { "\($0.code) \($0.message)" } }
  }

  @Test func `what an import made goes, what it changed is as before`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      for (id, title, size) in [("G1", "甲", "1"), ("G2", "乙", "2"), ("G3", "丙", "3")] {
        try city.save(
          "sample",
          [
            "sampleId": id, "title": title, "size": size, "labels": "a|b", "price": "3.5",
            "phone": "0595", "spotId": "P1", "day": "2022-07-01", "parts": "壳;2",
          ]
        )
      }
      let before = try values(city, "sample")
      let report = try city.on("2022-07-15").take(
        "编号,名称,数量,标签,价格,地点,日期,部件\nG1,甲,10,,,,,\nG2,乙,2,a|b,3.5,P1,2022-07-01,壳;2\nG9,壬,9,,,,,\n",
        as: "sample"
      )
      #expect(report.counts == [1, 1, 1, 0])
      #expect(report.run == 1)
      let done = try city.on("2022-07-16").register.undo(1, by: officer)
      #expect(done.removed == 1 && done.restored == 1)
      try #expect(values(city, "sample") == before)
      let kind = try city.kind("sample")
      let restored = try #require(try city.register.record(kind, "G1"))
      #expect(restored.version == 3)
      #expect(restored.stamp.updatedBy == "审核员")
      #expect(restored["phone"] == .text("0595"), "what an export leaves out comes back too")
      try #expect(city.register.record(kind, "G2")?.version == 1, "what it left alone stays so")
      try #expect(city.register.record(kind, "G9") == nil)
      let audit = try city.store.read {
        try $0.rows("SELECT action, id, version, import_run FROM audit WHERE seq > 4 ORDER BY seq")
      }
      #expect(
        audit == [
          [.text("update"), .text("G1"), .integer(2), .integer(1)],
          [.text("create"), .text("G9"), .integer(1), .integer(1)],
          [.text("remove"), .text("G9"), .integer(1), .null],
          [.text("update"), .text("G1"), .integer(3), .null],
        ]
      )
      try #expect(city.register.changes(after: 6).map(\.id) == ["G9", "G1"])
      let run = try #require(try city.register.importRun(1))
      #expect(run.state == .undone)
      #expect([run.new, run.changed, run.unchanged, run.refused] == [1, 1, 1, 0])
    }
  }

  @Test(arguments: [31, 32, 33] as [UInt64])
  func `undoing an import of anything is as if it had not been`(seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    try withCity(kinds: sampleKinds) { city in
      func file(_ rows: Int) -> String {
        var text = "编号,名称,数量,颜色,标签,说明\n"
        for _ in 0..<rows {
          let number = random.number(1...12)
          text +=
            "G\(number),样品\(number),\(random.number(0...9)),\(random.pick(["", "red", "green"])),"
            + "\(random.pick(["", "a", "a|b"])),\(random.pick(["", "海", "棠"]))\n"
        }
        return text
      }
      _ = try city.take(file(6), as: "sample")
      let before = try values(city, "sample")
      let report = try city.take(file(12), as: "sample")
      if let run = report.run { try city.register.undo(run, by: officer) }
      try #expect(values(city, "sample") == before, "seed \(seed)")
    }
  }

  @Test func `records made together go together, whichever refers to which`() throws {
    try withCity(kinds: sampleKinds) { city in
      let workbook = TestWorkbook(
        .init("地点", cells: [["地点编号", "地点名称"], ["P1", "码头"]]),
        .init("样品", cells: [["名称", "地点", "其他地点"], ["甲", "P1", "P1"]])
      )
      try #expect(city.take(workbook).run == 1)
      let done = try city.register.undo(1, by: officer)
      #expect(done.removed == 2)
      try #expect(city.rows(in: "spot") + city.rows(in: "sample") == 0)
    }
  }

  @Test func `a record that was written again since stands in the way and is named`() throws {
    try withCity(kinds: sampleKinds) { city in
      _ = try city.take("编号,名称,数量\nG1,甲,1\nG2,乙,2\n", as: "sample")
      try city.on("2022-07-20").save("sample", ["size": "5"], id: "G1")
      let before = try values(city, "sample")
      try #expect(
        obstacles(city, 1) == [
          "REC-E-052 样品“甲”导入之后又由测试员于 2022-07-20 09:00 改过，不能整批撤销。请单独处理这一条，或先改回。"
        ]
      )
      try #expect(values(city, "sample") == before, "nothing of it happens")
      try #expect(city.register.importRun(1)?.state == .done)
      try city.on("2022-07-21").save("sample", ["size": "1"], id: "G1")
      try #expect(obstacles(city, 1) == [], "changed back, as it was told")
      try #expect(city.rows(in: "sample") == 0)
    }
  }

  @Test func `imports are taken back one after another, the last one first`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["sampleId": "G1", "title": "甲", "size": "1"])
      for size in [2, 3, 4] { _ = try city.take("编号,名称,数量\nG1,甲,\(size)\n", as: "sample") }
      try #expect(
        obstacles(city, 2) == [
          "REC-E-052 样品“甲”导入之后又由测试员于 2022-07-14 09:00 改过，不能整批撤销。请单独处理这一条，或先改回。"
        ]
      )
      for (run, size) in [(3, 3), (2, 2), (1, 1)] {
        try #expect(obstacles(city, run) == [])
        try #expect(city.register.record(city.kind("sample"), "G1")?["size"] == .integer(size))
      }
      try #expect(city.register.record(city.kind("sample"), "G1")?.version == 7)
      try #expect(city.register.imports().map(\.id) == [3, 2, 1])
      try #expect(city.register.imports().allSatisfy { $0.state == .undone })
    }
  }

  @Test func `a record that refers to one the import made stands in the way and is named`() throws {
    let told = "还引用着这次导入新增的记录，不能撤销。请先改掉那一处引用。"
    for (field, name) in [("spotId", "by one reference"), ("spotIds", "among several")] {
      try withCity(kinds: sampleKinds) { city in
        _ = try city.take("地点编号,地点名称\nP1,码头\nP2,沙滩\n", as: "spot")
        try city.save("sample", ["sampleId": "G1", "title": "甲", field: "P2"])
        try #expect(obstacles(city, 1) == ["REC-E-052 样品“甲”" + told], "\(name)")
        try #expect(city.rows(in: "spot") == 2, "\(name)")
        try city.save("sample", [field: ""], id: "G1")
        try #expect(obstacles(city, 1) == [], "\(name)")
        try #expect(city.rows(in: "spot") == 0, "\(name)")
      }
    }
  }

  @Test func `no more than twenty obstacles are named`() throws {
    try withCity(kinds: sampleKinds) { city in
      _ = try city.take("编号,名称\n" + (1...30).map { "G\($0),样品\($0)\n" }.joined(), as: "sample")
      for number in 1...21 { try city.save("sample", ["size": "1"], id: "G\(number)") }
      let obstacles = try obstacles(city, 1)
      #expect(obstacles.count == 21)
      #expect(obstacles.last == "REC-E-052 还有更多，这里只列出前 20 条。")
      #expect(Set(obstacles).count == 21)
    }
  }

  @Test func `an import that is not there or was taken back is told`() throws {
    try withCity(kinds: sampleKinds) { city in
      _ = try city.take("编号,名称\nG1,甲\n", as: "sample")
      try #expect(obstacles(city, 7) == ["REC-E-050 没有第 7 次导入。"])
      try #expect(obstacles(city, 1) == [])
      try #expect(obstacles(city, 1) == ["REC-E-051 第 1 次导入已经撤销过了。"])
    }
  }

  @Test func `what is imported again after that goes on counting its versions`() throws {
    try withCity(kinds: sampleKinds) { city in
      let file = "编号,名称,数量\nG1,甲,1\n"
      let kind = try city.kind("sample")
      try #expect(city.on("2022-07-15").take(file, as: "sample").run == 1)
      try city.on("2022-07-16").register.undo(1, by: officer)
      let again = try city.on("2022-07-17").take(file, as: "sample")
      #expect(again.counts == [1, 0, 0, 0])
      #expect(again.run == 2)
      try #expect(city.register.record(kind, "G1")?.version == 2)
      let versions = try city.register.versions(kind, "G1")
      #expect(versions.map(\.record.version) == [2, 1])
      #expect(versions.map(\.action) == ["create", "create"])
      #expect(versions.map(\.importRun) == [2, 1])
      #expect(versions.map { $0.until?.civilText } == [nil, "2022-07-16 09:00"])
      try city.on("2022-07-18").register.undo(2, by: officer)
      try #expect(city.register.versions(kind, "G1").map(\.record.version) == [2, 1])
      try #expect(city.take(file, as: "sample").counts == [1, 0, 0, 0])
      try #expect(city.register.record(kind, "G1")?.version == 3)
    }
  }

  @Test func `a made-up number is not given twice, though what had it is gone`() throws {
    try withCity(kinds: sampleKinds) { city in
      _ = try city.take("名称\n甲\n", as: "sample")
      try city.register.undo(1, by: officer)
      _ = try city.take("名称\n乙\n", as: "sample")
      try #expect(city.register.list(city.kind("sample"), Query()).map(\.id) == ["SP000002"])
    }
  }

  @Test func `only an import that wrote something is remembered`() throws {
    try withCity(kinds: sampleKinds) { city in
      let file = "编号,名称\nG1,甲\n"
      try #expect(city.take(file, as: "sample", mode: .dryRun).run == nil)
      try #expect(city.take("编号,名称\nG1,\n", as: "sample").run == nil)
      try #expect(city.take(file + "G2,\n", as: "sample", mode: .allOrNothing).run == nil)
      try #expect(city.rows(in: "import_run") == 0)
      let report = try city.take(file, as: "sample")
      #expect(report.run == 1)
      #expect(report.json["import"] == .integer(1))
      try #expect(city.take(file, as: "sample").run == nil, "nothing changed")
      let run = try #require(try city.register.imports().first)
      #expect(run.actor == "测试员" && run.file == "测试.csv" && run.state == .done)
      #expect(run.at.civilText == "2022-07-14 09:00")
    }
  }
}
