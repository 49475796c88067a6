import CitongTesting
import Records
import Testing
import Values
import Web

/// The head of the audit log as the site keeps and shows it.
@Suite struct AuditHeadTests {
  private func head(_ site: Site) throws -> (status: Int, json: JSON) {
    let answer = site.answer(WebRequest(method: "GET", target: "/api/audit/head"))
    return (answer.status, try JSON(parsing: answer.body))
  }

  @Test func `anybody sees the last head, and not its seal`() throws {
    try withCity { city in
      let site = try Site(
        register: city.register,
        city: city.city,
        isDemo: false,
        asOf: nil,
        folder: city.folder
      )
      try #expect(head(site).status == 404)
      for _ in 1...2 { try site.keepHead() }
      let heads = AuditHeads(folder: city.folder)
      try #expect(heads.lines().count == 1)
      let (status, json) = try head(site)
      #expect(status == 200)
      #expect(json["date"]?.string == "2022-07-14")
      #expect(json["hash"]?.string?.count == 64)
      #expect(json.members?.map(\.name) == ["algorithm", "date", "hash", "seq"])
      let report = try city.register.verifyAudit(heads)
      #expect(report.firstBad == nil)
      #expect(json["seq"] == .integer(report.entries))
    }
  }

  @Test func `a site without a folder has no head`() throws {
    try withCity(kinds: []) { city in
      let site = try Site(register: city.register, city: city.city, isDemo: false, asOf: nil)
      try site.keepHead()
      try #expect(head(site).status == 404)
    }
  }
}
