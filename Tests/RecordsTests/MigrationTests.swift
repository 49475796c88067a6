import Calendar
import CitongTesting
import Records
import Storage
import Testing
import Values

/// Databases of former versions of the program, brought up to now.
@Suite struct MigrationTests {
  /// What a database of former times did not have, taken away from one of today; the versions of G1 as
  /// they were kept then: as people read them.
  private func makeFormer(_ city: TestCity) throws {
    let records = [
      #"""
      {"id":"G1","sampleId":"G1","title":"甲","note":"一\n二","code":"00012","size":3,"weight":-1.05,
      "isGood":false,"day":"2022-07-01","price":3.5,"year":"2021-2022","uscc":"91350599MA2XQ0002X",
      "remark":"内部","phone":"0595","doubled":6,"colour":"closed","field":"newEnergy",
      "closedOn":"2022-07-02","spotId":"P1","spotIds":["P1","P2"],"labels":["a|b","c"],
      "colours":["red","green"],"parts":[{"name":"壳","count":"2"},{"name":"盖"}],"version":1,
      "updatedAt":"2022-07-14 09:00","sourceSystem":"manual"}
      """#,
      #"""
      {"id":"G1","sampleId":"G1","title":"乙","price":12,"colour":"red","version":2,
      "updatedAt":"2022-08-01 09:00","sourceSystem":"manual"}
      """#,
    ]
    _ = try city.store.write { transaction in
      for (index, record) in records.enumerated() {
        try transaction.execute(
          "UPDATE history SET record = $1 WHERE version = $2",
          [.text(record), .integer(index + 1)]
        )
      }
      let triggers = try transaction.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      for name in triggers.compactMap({ $0[0].text }) {
        try transaction.execute("DROP TRIGGER \"\(name)\"", [])
      }
      let kinds = city.register.kinds.map(\.name)
      let tables = try transaction.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      ).compactMap { $0[0].text }
      for table in tables where !kinds.contains(table) {
        guard let former = Self.former[table] else {
          try transaction.execute("DROP TABLE \"\(table)\"", [])
          continue
        }
        let indexes = try transaction.rows(
          "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql NOT NULL",
          [.text(table)]
        ).compactMap { $0[0].text }
        for index in indexes where index != "audit_record" {
          try transaction.execute("DROP INDEX \"\(index)\"", [])
        }
        let columns = try transaction.rows("SELECT name FROM pragma_table_info('\(table)')")
        for column in columns.compactMap({ $0[0].text })
        where !former.split(separator: " ").contains(Substring(column)) {
          try transaction.execute("ALTER TABLE \"\(table)\" DROP COLUMN \"\(column)\"", [])
        }
      }
    }
  }

  /// The tables beside those of the kinds that there were at first, and their columns.
  private static let former = [
    "setting": "name value", "declared_field": "kind field", "counter": "name last",
    "history": "kind id version record until", "change": "seq at kind id version",
    "audit": "seq at actor action kind id version source document difference",
  ]

  private func withThreeVersions<R>(_ body: (TestCity) throws -> R) throws -> R {
    try withCity(kinds: sampleKinds) { city in
      for id in ["P1", "P2"] { try city.save("spot", ["spotId": id, "spotName": "地点\(id)"]) }
      let texts = [
        "sampleId": "G1", "title": "甲", "note": "一\n二", "code": "00012", "size": "3",
        "weight": "-1.05", "isGood": "否", "day": "2022-07-01", "price": "3.5", "year": "2021-2022",
        "uscc": "91350599MA2XQ0002X", "remark": "内部", "phone": "0595", "colour": "closed",
        "field": "newEnergy", "closedOn": "2022-07-02", "spotId": "P1", "spotIds": "P1|P2",
        "labels": "[\"a|b\", \"c\"]", "colours": "red|green", "parts": "壳;2|盖;",
      ]
      try city.save("sample", texts)
      var cleared = texts.mapValues { _ in "" }
      cleared["sampleId"] = nil
      cleared.merge(["title": "乙", "colour": "red", "price": "12"]) { $1 }
      try city.on("2022-08-01").save("sample", cleared, id: "G1")
      try city.on("2022-09-01").save("sample", ["title": "丙"], id: "G1")
      return try body(city)
    }
  }

  @Test func `versions kept as people read them are the versions that were`() throws {
    try withThreeVersions { city in
      let kind = try city.kind("sample")
      let before = try city.register.versions(kind, "G1")
      let moments = ["2022-07-13", "2022-07-14", "2022-08-15", "2022-09-01"].map {
        Instant(endOf: day($0))
      }
      let known = try moments.map { try city.register.asKnown($0).list(kind, Query()) }
      #expect(known.map(\.count) == [0, 1, 1, 1])
      try makeFormer(city)
      for _ in 1...2 {
        try city.register.migrate()
        let after = try city.register.versions(kind, "G1")
        #expect(after.map(\.record.values) == before.map(\.record.values))
        #expect(after.map(\.record.version) == [3, 2, 1])
        #expect(after.map(\.record.stamp) == before.map(\.record.stamp))
        #expect(after.map(\.until) == before.map(\.until))
        #expect(after.map(\.action) == before.map(\.action))
        for (moment, records) in zip(moments, known) {
          let again = try city.register.asKnown(moment).list(kind, Query())
          #expect(again.map(\.values) == records.map(\.values), "\(moment.civilText)")
          #expect(again.map(\.stamp) == records.map(\.stamp), "\(moment.civilText)")
        }
        try #expect(city.register.former(kind, "G1", version: 1)?["phone"] == .text("0595"))
      }
    }
  }

  @Test func `a database of former times takes imports and takes them back`() throws {
    try withThreeVersions { city in
      try makeFormer(city)
      try city.register.migrate()
      let before = try city.csv("sample")
      let report = try city.take("编号,名称,数量\nG1,丁,9\nG2,戊,\n", as: "sample")
      #expect(report.counts == [1, 1, 0, 0])
      #expect(report.run == 1)
      try city.register.undo(1, by: TestCity.officer)
      try #expect(city.csv("sample") == before)
    }
  }

  @Test func `the audit of former times becomes a chain, and then nobody changes it`() throws {
    try withThreeVersions { city in
      let before = try AuditLog.rows(city)
      #expect(before.count == 5)
      try makeFormer(city)
      try city.register.migrate()
      try #expect(AuditLog.rows(city) == before, "the same entries have the same hashes")
      try #expect(AuditLog.verify(city).firstBad == nil)
      try city.save("sample", ["title": "丁"], id: "G1")
      try #expect(AuditLog.verify(city).entries == 6)
      try #expect(AuditLog.verify(city).firstBad == nil)
      #expect(throws: StorageError.self) { try AuditLog.execute("DELETE FROM audit", city) }
    }
  }

  @Test func `a database that was brought up has the tables and indexes of a new one`() throws {
    func schema(_ city: TestCity) throws -> [[Stored]] {
      try city.store.read {
        try $0.rows(
          """
          SELECT m.type, m.name, p.name FROM sqlite_master m
          LEFT JOIN pragma_table_info(m.name) p ON m.type = 'table'
          WHERE m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2, 3
          """,
          []
        )
      }
    }
    try withThreeVersions { city in
      let new = try schema(city)
      try makeFormer(city)
      try #expect(schema(city) != new)
      try city.register.migrate()
      try #expect(schema(city) == new)
    }
  }
}
