import CitongTesting
import Exchange
import Ledger
import Records
import Testing
import Values

/// What is kept from somebody is shown for a purpose, and noted before.
@Suite struct RevealTests {
  private func withGraduate(_ body: (TestCity, Kind, Record) throws -> Void) throws {
    try withCity { city in
      let graduate = try city.save(
        "graduateDestination",
        [
          "schoolId": "S99101", "graduateNo": "2019000123", "graduationDate": "2022-06-30",
          "surveyDate": "2022-08-31", "destinationCode": "签劳动合同", "evidenceKind": "劳动合同",
          "employerName": "海澜测试有限公司", "workRegionCode": "东湾区", "monthlyPay": "4200",
        ]
      )
      try body(city, city.kind("graduateDestination"), graduate)
    }
  }

  @Test func `the bureau sees the end of a number, the rest for a purpose, and pay never`() throws {
    try withGraduate { city, kind, graduate in
      let bureau = city.register.acting(as: .officer)
      let seen = try #require(try bureau.record(kind, graduate.id))
      #expect(seen["graduateNo"] == .text("****0123"))
      #expect(seen["employerName"].isNone)
      #expect(seen["monthlyPay"].isNone)
      var events: [AuditEvent] = []
      let shown = try bureau.reveal(
        kind,
        graduate.id,
        purpose: "核对 2022 届就业材料",
        by: TestCity.officer
      ) { events.append($0) }
      #expect(shown?["graduateNo"] == .text("2019000123"))
      #expect(shown?["employerName"] == .text("海澜测试有限公司"))
      #expect(shown?["monthlyPay"].isNone == true)
      #expect(events.count == 1)
      #expect(events.first?.action == "unmask")
      #expect(events.first?.id == graduate.id)
      #expect(events.first?.reason == "核对 2022 届就业材料")
      #expect(events.first?.detail.text.contains("employerName") == true)
      #expect(events.first?.detail.text.contains("海澜") == false)
    }
  }

  @Test func `nothing is shown when it can't be noted, without a purpose, or without the right`()
    throws
  {
    struct Full: Error {}
    try withGraduate { city, kind, graduate in
      let bureau = city.register.acting(as: .officer)
      #expect(throws: Full.self) {
        _ = try bureau.reveal(kind, graduate.id, purpose: "核对就业材料", by: TestCity.officer) { _ in
          throw Full()
        }
      }
      func refusal(_ reader: Reader, _ purpose: String) -> [String] {
        do {
          let shown = try city.register.acting(as: reader).reveal(
            kind,
            graduate.id,
            purpose: purpose,
            by: TestCity.officer
          ) { _ in Issue.record("noted") }
          return shown == nil ? ["nothing"] : ["shown"]
        } catch let refused as Refused { return refused.problems.map(\.code) } catch {
          return ["\(error)"]
        }
      }
      #expect(refusal(.officer, "看看") == ["ACC-E-006"])
      #expect(refusal(.anonymous, "核对就业材料") == ["nothing"])
      #expect(refusal(Reader(.countyBureau, region: "990103"), "核对就业材料") == ["nothing"])
      #expect(refusal(Reader(.schoolAdmin, organisation: "S99102"), "核对就业材料") == ["nothing"])
      #expect(refusal(Reader(.classTeacher, organisation: "S99101"), "核对就业材料") == ["ACC-E-001"])
    }
  }

  @Test func `a bureau that saves a form takes away nothing it can't see`() throws {
    try withGraduate { city, kind, graduate in
      let bureau = city.register.acting(as: .officer)
      _ = try bureau.save(
        kind,
        Draft(texts: ["evidenceKind": "就业协议"], id: graduate.id),
        by: TestCity.officer
      )
      let kept = try #require(try city.register.record(kind, graduate.id))
      #expect(kept["monthlyPay"] == graduate["monthlyPay"])
      #expect(kept["employerName"] == graduate["employerName"])
    }
  }
}
