import CitongTesting
import Foundation
import Ledger
import Records
import Testing
import Values
import Web

/// Counts of graduates as the bureau gets them, who may see no graduate.
@Suite struct SuppressedCountsTests {
  private let school = Reader(.schoolAdmin, organisation: "S99101")

  /// A city in which some graduates proved where they went by each kind of evidence.
  private func withGraduates(
    _ counts: [(evidence: String, count: Int)],
    _ body: (OfficeSite, TestCity) throws -> Void
  ) throws {
    try withCity { city in
      var number = 2_019_000
      for (evidence, count) in counts {
        for _ in 0..<count {
          number += 1
          try city.save(
            "graduateDestination",
            [
              "schoolId": "S99101", "graduateNo": "\(number)", "graduationDate": "2022-06-30",
              "surveyDate": "2022-08-31", "destinationCode": "待就业", "evidenceKind": evidence,
            ]
          )
        }
      }
      let site = try OfficeSite(city, isDemo: false)
      try site.catchUp()
      try body(site, city)
    }
  }

  private func facets(_ site: OfficeSite, _ reader: Reader = .officer) throws -> JSON {
    let target = "/api/graduateDestination?limit=1&facets=evidenceKind"
    return try JSON(
      parsing: site.answer(WebRequest(method: "GET", target: target), as: reader).body
    )
  }

  private func groups(_ site: OfficeSite, _ reader: Reader = .officer) throws -> String {
    let target = "/desk/graduateDestination?group=evidenceKind"
    let answer = site.answer(WebRequest(method: "GET", target: target), as: reader)
    let page = String(decoding: answer.body, as: UTF8.self)
    let start = try #require(page.range(of: "按证明材料小计"))
    let table = page[start.lowerBound...]
    let end = try #require(table.range(of: "</table>"))
    let note = table[end.upperBound...].prefix(200)
    return String(table[..<end.lowerBound]) + note
  }

  @Test func `a count of few is null, and another with it`() throws {
    try withGraduates([("contract", 3), ("admissionNotice", 14), ("ownStatement", 12)]) { site, _ in
      let told = try facets(site)
      let counts = try #require(told["facets"]?["evidenceKind"])
      #expect(counts["contract"] == .null)
      #expect(counts["ownStatement"] == .null)
      #expect(counts["admissionNotice"] == .integer(14))
      #expect(told["suppressed"]?["below"] == .integer(10))
      let words = try #require(told["suppressed"]?["note"]?.string)
      #expect(words.hasPrefix("少于 10 人的不公开"))
      let own = try facets(site, school)
      #expect(own["facets"]?["evidenceKind"]?["contract"] == .integer(3))
      #expect(own["suppressed"] == nil)
    }
  }

  @Test func `a table of groups keeps them back and says so`() throws {
    try withGraduates([("contract", 3), ("admissionNotice", 14), ("ownStatement", 12)]) { site, _ in
      let table = try groups(site)
      #expect(table.split(separator: "不公开</td>").count == 3)
      #expect(table.contains(">14<"))
      #expect(table.contains(">29<"))
      #expect(!table.contains(">12<"))
      #expect(!table.contains(">3<"))
      #expect(table.contains("少于 10 人的不公开"))
      let own = try groups(site, school)
      #expect(own.contains(">3<"))
      #expect(!own.contains("不公开"))
    }
  }

  @Test func `where nobody is few, nothing is kept back`() throws {
    try withGraduates([("contract", 10), ("ownStatement", 12)]) { site, _ in
      let told = try facets(site)
      #expect(told["facets"]?["evidenceKind"]?["contract"] == .integer(10))
      #expect(told["suppressed"] == nil)
      #expect(try !groups(site).contains("不公开"))
    }
  }

  @Test func `a filter tells zero from what is kept back`() throws {
    try withGraduates([("contract", 3), ("ownStatement", 12)]) { site, _ in
      let target = "/desk/graduateDestination"
      let answer = site.answer(WebRequest(method: "GET", target: target))
      let page = String(decoding: answer.body, as: UTF8.self)
      #expect(page.contains("劳动合同（不公开）"))
      #expect(page.contains("（0）"))
    }
  }
}
