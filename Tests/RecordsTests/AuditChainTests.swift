import Calendar
import Ciphers
import CitongTesting
import Foundation
import Records
import Storage
import Testing
import Values

/// Entries of the audit log that hang together.
@Suite struct AuditChainTests {
  @Test func `writes, imports, undoing and merges are one sound chain`() throws {
    try withCity(kinds: sampleKinds) { city in
      try #expect(AuditLog.verify(city) == AuditReport(entries: 0, head: ""))
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      try city.save("spot", ["spotId": "P2", "spotName": "旧码头"])
      _ = try city.take("编号,名称,数量,地点\nG1,甲,1,P2\nG2,乙,2,\n", as: "sample")
      try city.save("sample", ["size": "7"], id: "G2")
      try city.save("sample", ["size": "2"], id: "G2")
      try city.register.undo(1, by: TestCity.officer)
      try city.save("sample", ["sampleId": "G3", "title": "丙", "spotId": "P2"])
      try city.register.merge(
        city.kind("spot"),
        keep: "P1",
        away: "P2",
        taking: ["spotName"],
        document: "核对",
        by: TestCity.officer
      )
      let rows = try AuditLog.rows(city)
      let actions = rows.map { $0[3].text ?? "" }
      #expect(
        actions == [
          "create", "create", "create", "create", "update", "update", "remove", "remove", "create",
          "update", "remove", "update", "merge",
        ]
      )
      #expect(rows.map { $0[0].integer } == Array(1...rows.count))
      var hash = ""
      for row in rows {
        hash = AuditLog.hash(of: row.dropLast(), after: hash)
        #expect(row.last?.text == hash, "\(row)")
      }
      try #expect(AuditLog.verify(city) == AuditReport(entries: rows.count, head: hash))
    }
  }

  @Test func `what happened to no record is in the log and not in the change feed`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "甲"])
      let actor = Actor(
        name: "王主任",
        source: .manual,
        role: "审计管理员",
        organisation: "教育局",
        address: "10.0.0.7"
      )
      var event = AuditEvent("signIn", by: actor)
      event.result = .denied
      event.reason = "口令不对"
      event.detail = .object(["tries": .integer(3)])
      _ = try city.store.write { try city.register.note(event, in: $0) }
      try #expect(city.rows(in: "change") == 1)
      let row = try #require(try AuditLog.rows(city).last)
      #expect(
        row.dropLast() == [
          .integer(2), .integer(city.register.clock.now().seconds), .text("王主任"), .text("signIn"),
          .text(""), .text(""), .integer(0), .text("manual"), .text(""), .text(#"{"tries":3}"#),
          .null, .null, .text("审计管理员"), .text("教育局"), .text("10.0.0.7"), .text("denied"),
          .text("口令不对"), .text("sha256"),
        ]
      )
      try #expect(AuditLog.fault(city) == "")
    }
  }

  @Test func `who writes a record is named with role, organisation and address`() throws {
    try withCity(kinds: sampleKinds) { city in
      let actor = Actor(
        name: "李老师",
        source: .manual,
        role: "填报员",
        organisation: "一中",
        address: "10.0.0.8"
      )
      try city.register.save(city.kind("sample"), Draft(texts: ["title": "甲"]), by: actor)
      let row = try #require(try AuditLog.rows(city).first)
      #expect(row[12...15] == [.text("填报员"), .text("一中"), .text("10.0.0.8"), .text("success")])
    }
  }

  @Test func `looking at a record is no change that keeps an import from being taken back`() throws
  {
    try withCity(kinds: sampleKinds) { city in
      _ = try city.take("编号,名称\nG1,甲\n", as: "sample")
      var event = AuditEvent("unmask", by: TestCity.officer)
      (event.kind, event.id, event.reason) = ("sample", "G1", "核对电话")
      _ = try city.store.write { try city.register.note(event, in: $0) }
      try #expect(city.register.versions(city.kind("sample"), "G1").map(\.action) == ["create"])
      try #expect(city.register.undo(1, by: TestCity.officer).removed == 1)
      try #expect(AuditLog.fault(city) == "")
    }
  }

  @Test func `values on a person are not given out, only that they changed`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["sampleId": "G1", "title": "甲"])
      try city.save("sample", ["title": "乙", "phone": "13800000000"], id: "G1")
      var found: [String] = []
      var query = AuditQuery()
      query.action = "update"
      try city.register.eachAuditEntry(query, for: .officer) {
        found.append($0.json["difference"]?.text ?? "")
      }
      #expect(found == [#"{"phone":null,"title":["甲","乙"]}"#])
    }
  }

  private struct GivenUp: Error {}

  @Test func `what is given up leaves the chain as it was`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["sampleId": "G1", "title": "甲"])
      let before = try AuditLog.verify(city)
      #expect(throws: GivenUp.self) {
        try city.store.write { transaction in
          for _ in 1...3 {
            try city.register.note(AuditEvent("export", by: TestCity.officer), in: transaction)
          }
          throw GivenUp()
        }
      }
      let file = "编号,名称\nG2,乙\nG3,丙\n"
      _ = try city.take(file, as: "sample", mode: .dryRun)
      _ = try city.take(file + "G4,\n", as: "sample", mode: .allOrNothing)
      try #expect(AuditLog.verify(city) == before)
      _ = try city.take(file, as: "sample")
      try #expect(AuditLog.verify(city).entries == 3)
      try #expect(AuditLog.fault(city) == "")
    }
  }

  @Test func `programs that write in turn make one sound chain`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.beside { other in
        for round in 1...5 {
          try city.save("sample", ["title": "甲\(round)"])
          _ = try other.take("名称\n乙\(round)\n丙\(round)\n", as: "sample")
          _ = try other.take("名称\n丁\(round)\n", as: "sample", mode: .dryRun)
        }
        try #expect(AuditLog.verify(city).entries == 15)
        try #expect(AuditLog.fault(city) == "")
        try #expect(AuditLog.verify(other) == AuditLog.verify(city))
      }
    }
  }

  @Test func `programs that write at once make one sound chain`() throws {
    try withCity(kinds: sampleKinds) { city in
      DispatchQueue.concurrentPerform(iterations: 4) { writer in
        // What fails here is missing below.
        try? city.beside { other in
          for number in 1...10 { try other.save("sample", ["title": "样\(writer)-\(number)"]) }
        }
      }
      try #expect(AuditLog.verify(city).entries == 40)
      try #expect(AuditLog.fault(city) == "")
    }
  }

  @Test(.enabled(if: HashAlgorithm.sm3.isAvailable))
  func `a chain may be of SM3, and a later one goes on behind SHA-256`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "甲"])
      try city.register.set(RecordStore.auditHashSetting, to: "sm3")
      try city.save("sample", ["title": "乙"])
      let rows = try AuditLog.rows(city)
      #expect(rows.map { $0[17].text } == ["sha256", "sm3"])
      let first = rows[0].last?.text ?? ""
      #expect(rows[1].last?.text == AuditLog.hash(of: rows[1].dropLast(), after: first))
      try #expect(city.register.writeHead(to: AuditLog.heads(city))?.algorithm == .sm3)
      try #expect(AuditLog.fault(city) == "")
    }
  }

  @Test func `a hash that this machine has not is told, and nothing is written`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.register.set(RecordStore.auditHashSetting, to: "md5")
      let error = #expect(throws: StorageError.self) { try city.save("sample", ["title": "甲"]) }
      #expect(error?.sentence.contains("md5") == true, "\(String(describing: error))")
      try #expect(city.rows(in: "sample") == 0)
    }
  }

  @Test func `a text with a NUL is hashed as it is kept`() throws {
    try withCity(kinds: sampleKinds) { city in
      var event = AuditEvent("export", by: TestCity.officer)
      event.reason = "一\0二"
      _ = try city.store.write { try city.register.note(event, in: $0) }
      try #expect(AuditLog.fault(city) == "")
    }
  }

  @Test(
    arguments: [
      "UPDATE audit SET actor = '别人' WHERE seq = 1", "UPDATE audit SET hash = '' WHERE seq = 2",
      "DELETE FROM audit WHERE seq = 2", "DELETE FROM audit",
      "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
      "INSERT INTO audit (seq, at, actor, action, kind, id, version, source, document, difference) "
        + "VALUES (0, 0, '', '', '', '', 0, '', '', '')",
    ]
  )
  func `entries are not changed, taken out or put in before others`(statement: String) throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "甲"])
      try city.save("sample", ["title": "乙"])
      let before = try AuditLog.rows(city)
      #expect(throws: StorageError.self) { try AuditLog.execute(statement, city) }
      try #expect(AuditLog.rows(city) == before)
    }
  }
}
