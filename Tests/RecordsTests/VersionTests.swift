import Calendar
import CitongTesting
import Records
import Testing
import Values

/// The versions of a record, and what each changed.
@Suite struct VersionTests {
  private func versions(_ city: TestCity, _ id: String) throws -> [Version] {
    try city.register.versions(city.kind("sample"), id)
  }

  /// The changes of a version against the one before it, as `label：before→after`.
  private func changes(_ versions: [Version], _ index: Int, _ reader: Reader) -> [String] {
    let before = index + 1 < versions.count ? versions[index + 1] : nil
    return versions[index].changes(since: before, for: reader).map { change in
      "\(change.field.label)：\(change.field.plain(change.before))→\(change.field.plain(change.after))"
    }
  }

  /// A sample written three times: by hand, by an import, by hand again.
  private func withHistory<R>(_ body: (TestCity) throws -> R) throws -> R {
    try withCity(kinds: sampleKinds) { city in
      try city.save(
        "sample",
        ["sampleId": "G1", "title": "甲", "size": "1", "remark": "内部", "phone": "1"]
      )
      _ = try city.on("2022-08-01").take("编号,名称,数量,重量\nG1,甲,2,\nG2,乙,3,\n", as: "sample")
      try city.on("2022-09-01").save("sample", ["size": "", "phone": "2"], id: "G1")
      return try body(city)
    }
  }

  @Test func `versions come newest first, with their days, their makers and what made them`() throws
  {
    try withHistory { city in
      let versions = try versions(city, "G1")
      #expect(versions.map(\.record.version) == [3, 2, 1])
      #expect(versions.map(\.action) == ["update", "update", "create"])
      #expect(versions.map(\.importRun) == [nil, 1, nil])
      #expect(
        versions.map(\.record.stamp.updatedAt.civilText) == [
          "2022-09-01 09:00", "2022-08-01 09:00", "2022-07-14 09:00",
        ]
      )
      #expect(
        versions.map { $0.until?.civilText } == [nil, "2022-09-01 09:00", "2022-08-01 09:00"]
      )
      #expect(versions.map(\.record.stamp.source) == [.manual, .imported, .manual])
      #expect(versions.map(\.record.stamp.document) == ["", "测试.csv", ""])
      #expect(versions.allSatisfy { $0.record.stamp.createdAt.civilText == "2022-07-14 09:00" })
      try #expect(self.versions(city, "G404").isEmpty)
    }
  }

  @Test func `a version tells what it changed, to each reader what is theirs to see`() throws {
    try withHistory { city in
      let versions = try versions(city, "G1")
      #expect(changes(versions, 0, .officer) == ["数量：2→"])
      #expect(changes(versions, 1, .officer) == ["数量：1→2"])
      #expect(
        changes(versions, 2, .officer) == [
          "编号：→G1", "名称：→甲", "数量：→1", "内部备注：→内部", "两倍数量：→2", "颜色：→red",
        ]
      )
      #expect(
        changes(versions, 2, .anonymous) == ["编号：→G1", "名称：→甲", "数量：→1", "两倍数量：→2", "颜色：→red"]
      )
    }
  }

  @Test func `what was taken out keeps its versions, each with its end`() throws {
    try withHistory { city in
      try city.on("2022-10-01").save("sample", ["size": "2", "phone": "1"], id: "G1")
      try city.on("2022-10-02").register.undo(1, by: TestCity.officer)
      let gone = try versions(city, "G2")
      #expect(gone.map(\.record.version) == [1])
      #expect(gone.map(\.action) == ["create"])
      #expect(gone.map { $0.until?.civilText } == ["2022-10-02 09:00"])
      try #expect(versions(city, "G1").map(\.record.version) == [5, 4, 3, 2, 1])
    }
  }

  @Test func `versions are given as JSON`() throws {
    try withHistory { city in
      let json = try versions(city, "G1").json(for: .anonymous)
      let wanted = """
        [{"version":3,"at":"2022-09-01 09:00","until":null,"by":"测试员","action":"update",\
        "sourceSystem":"manual","document":"","import":null,"line":null,\
        "changes":[{"field":"size","before":2,"after":null}]},\
        {"version":2,"at":"2022-08-01 09:00","until":"2022-09-01 09:00","by":"测试员",\
        "action":"update","sourceSystem":"import","document":"测试.csv","import":1,"line":2,\
        "changes":[{"field":"size","before":1,"after":2}]},\
        {"version":1,"at":"2022-07-14 09:00","until":"2022-08-01 09:00","by":"测试员",\
        "action":"create","sourceSystem":"manual","document":"","import":null,"line":null,"changes":[\
        {"field":"sampleId","before":null,"after":"G1"},{"field":"title","before":null,"after":"甲"},\
        {"field":"size","before":null,"after":1},{"field":"doubled","before":null,"after":2},\
        {"field":"colour","before":null,"after":"red"}]}]
        """
      #expect(json.text == wanted)
    }
  }
}
