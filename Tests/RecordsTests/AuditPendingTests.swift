import CitongTesting
import Foundation
import Records
import Storage
import Testing
import Values

/// Events that wait for the audit log.
@Suite struct AuditPendingTests {
  private func event(_ reason: String) -> AuditEvent {
    var event = AuditEvent(
      "export",
      by: Actor(name: "测试员", source: .manual, role: "cityBureau", address: "127.0.0.1")
    )
    event.kind = "sample"
    event.result = .denied
    event.reason = reason
    return event
  }

  private func reasons(_ city: TestCity) throws -> [String] {
    try city.store.read {
      try $0.rows(
        "SELECT reason, role, address, result FROM audit WHERE action = 'export' ORDER BY seq"
      )
    }.map { row in
      #expect(row[1].text == "cityBureau")
      #expect(row[2].text == "127.0.0.1")
      #expect(row[3].text == "denied")
      return row[0].text ?? ""
    }
  }

  @Test func `what waits is entered once and in order, and the chain holds`() throws {
    try withCity(kinds: sampleKinds) { city in
      let pending = try AuditPending(folder: city.folder, city.register)
      for number in 1...3 { try pending.append(event("第 \(number) 件")) }
      #expect(try reasons(city) == [])
      try pending.enter(into: city.register)
      try pending.enter(into: city.register)
      #expect(try reasons(city) == ["第 1 件", "第 2 件", "第 3 件"])
      try pending.append(event("第 4 件"))
      // After a restart: the file is taken up where it was left.
      let again = try AuditPending(folder: city.folder, city.register)
      try again.append(event("第 5 件"))
      try again.enter(into: city.register)
      #expect(try reasons(city) == (1...5).map { "第 \($0) 件" })
      let report = try city.register.verifyAudit(AuditHeads(folder: city.folder))
      #expect(report.firstBad == nil)
    }
  }

  @Test func `a machine that stops between entering and emptying enters nothing twice`() throws {
    try withCity(kinds: sampleKinds) { city in
      let path = city.folder + "/audit-pending.jsonl"
      let pending = try AuditPending(folder: city.folder, city.register)
      try pending.append(event("一"))
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      try pending.enter(into: city.register)
      // The file as it was, with a line that was cut off.
      try (before + Data(#"{"n":2,"action":"exp"#.utf8)).write(to: URL(fileURLWithPath: path))
      let again = try AuditPending(folder: city.folder, city.register)
      try again.enter(into: city.register)
      #expect(try reasons(city) == ["一"])
    }
  }

  @Test func `what can't be written down is told`() throws {
    try withCity(kinds: sampleKinds) { city in
      let pending = try AuditPending(folder: city.folder + "/none", city.register)
      #expect(throws: AuditPending.Unwritable.self) { try pending.append(event("一")) }
    }
  }
}
