import CitongTesting
import Exchange
import Foundation
import Ledger
import Records
import Storage
import Testing
import Values

/// Who may see and write what, over every kind of record, every role and several scopes.
@Suite struct AccessTests {
  private func inDemoCity<R>(_ body: (TestCity) throws -> R) throws -> R {
    try withCity(demo: true) { city in
      var demo = ExchangeDemo(city.register, city: city.city)
      try demo.fill()
      return try body(city)
    }
  }

  /// Every role, for organisations and counties that have records, and for ones that have none.
  private func readers(_ city: TestCity) throws -> [Reader] {
    let schools = try city.register.list(city.kind("school"), Query(limit: 3)).map(\.id)
    let enterprises = try city.register.list(city.kind("enterprise"), Query(limit: 2)).map(\.id)
    return Role.allCases.flatMap { role -> [Reader] in
      if role.isOfCounty {
        return ["990102", "990103", "990100", ""].map { Reader(role, region: $0) }
      }
      switch role.organisationKind {
      case "school": return (schools + ["", "X'1"]).map { Reader(role, organisation: $0) }
      case "enterprise": return (enterprises + [""]).map { Reader(role, organisation: $0) }
      default: return [Reader(role, organisation: schools[0], region: "990102")]
      }
    }
  }

  /// Written apart from the rule that the store follows: looks at one record after another.
  private func clearance(_ reader: Reader, _ record: Record, _ act: Act, _ all: RecordStore) throws
    -> Privacy?
  {
    try record.kind.grants.filter { $0.isFor(reader.role) && $0.acts.contains(act) }.filter {
      grant in
      switch grant.scope {
      case .everything: true
      case .open: holds(record.kind.publicWhen, record)
      case .having(let values): holds(values, record)
      case .region(let path):
        try !reader.region.isEmpty
          && reached(path, record, all).contains { code in
            code.hasPrefix(reader.region == "990100" ? "9901" : reader.region)
          }
      case .person(let path): !reader.account.isEmpty && record[path].text == reader.account
      case .own(let path):
        try !reader.organisation.isEmpty
          && reached(path, record, all).contains(reader.organisation)
      }
    }.map(\.clearance).max()
  }

  private func holds(_ values: [String: [String]], _ record: Record) -> Bool {
    values.allSatisfy { $1.contains(record[$0].text ?? "") }
  }

  private func reached(_ path: String, _ record: Record, _ all: RecordStore) throws -> [String] {
    let steps = path.split(separator: ".", maxSplits: 1).map(String.init)
    let value = record[steps[0]]
    let texts = value.text.map { [$0] } ?? value.list
    guard steps.count == 2, let place = record.kind.place(of: steps[0]),
      let other = record.kind.fields[place].type.referredKind.flatMap(all.kind)
    else { return texts }
    return try texts.flatMap { id in
      try all.record(other, id).map { try reached(steps[1], $0, all) } ?? []
    }
  }

  /// Masking, written once more.
  private func masked(_ value: Value, _ mask: Mask?) -> Value {
    guard let mask, let text = value.text else { return .none }
    switch mask {
    case .name: return .text(text.prefix(1) + String(repeating: "*", count: text.count - 1))
    case .lastFour: return .text(text.count > 6 ? "****" + text.suffix(4) : "****")
    case .phone: return .text(text.count > 7 ? text.prefix(3) + "****" + text.suffix(4) : "****")
    case .identityNumber:
      return .text(text.count == 18 ? text.prefix(3) + "***********" + text.suffix(4) : "****")
    }
  }

  @Test func `every role reads of every kind what its grants say and nothing else`() throws {
    try inDemoCity { city in
      let readers = try readers(city)
      for kind in city.register.kinds {
        let records = try city.register.list(kind, Query(limit: 60))
        for reader in readers {
          let seen = city.register.acting(as: reader)
          var expected: [String: Record] = [:]
          for record in records {
            guard let clearance = try clearance(reader, record, .read, city.register) else {
              #expect(try seen.record(kind, record.id) == nil, "\(reader) \(record.id)")
              continue
            }
            var left = record
            for (place, field) in kind.fields.enumerated() where field.privacy > clearance {
              left.values[place] =
                clearance >= .internal ? masked(record.values[place], field.mask) : .none
            }
            expected[record.id] = left
            let found = try seen.record(kind, record.id)
            #expect(found?.values == left.values, "\(reader) \(kind.name) \(record.id)")
          }
          guard records.count < 60 else { continue }
          let list = try seen.list(kind, Query(limit: 60))
          #expect(Set(list.map(\.id)) == Set(expected.keys), "\(reader) \(kind.name)")
          try city.store.read { reading in
            #expect(try seen.count(kind, Query(), in: reading) == expected.count)
            for field in kind.fields where field.privacy > .public {
              let known = try seen.count(
                kind,
                Query([Condition(field.name, .isKnown(true))]),
                in: reading
              )
              let told = expected.values.count { !$0[field.name].isNone }
              #expect(known == told, "\(reader) \(kind.name).\(field.name)")
            }
          }
        }
      }
    }
  }

  @Test func `every role changes of every kind what its grants say and nothing else`() throws {
    try inDemoCity { city in
      let readers = try readers(city)
      for kind in city.register.kinds {
        guard
          let field = kind.fields.first(where: { $0.type.isText && !$0.isDerived && !$0.isUnique })
        else { continue }
        for record in try city.register.list(kind, Query(limit: 4)) {
          for reader in readers {
            let acting = city.register.acting(as: reader)
            let draft = Draft([field.name: .text(record[field.name].text ?? "改")], id: record.id)
            let outcome = try acting.plan(kind, [draft])[0]
            let codes = Set(outcome.problems.map(\.code))
            let isAllowed = try clearance(reader, record, .update, city.register) != nil
            #expect(
              isAllowed == codes.isDisjoint(with: ["ACC-E-001", "ACC-E-002", "REC-E-021"]),
              "\(reader) \(kind.name) \(record.id) \(outcome.problems)"
            )
          }
        }
      }
    }
  }

  @Test func `the table of the declarations is the one that was agreed on`() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let path = tests.appendingPathComponent("../../docs/access-table.tsv")
    let agreed = try String(contentsOf: path, encoding: .utf8)
    #expect(AccessTable(TestCity.kinds).text == agreed, "see docs/access.md on changing it")
  }

  @Test func `administrators do no business`() {
    for role in Role.administrators {
      for kind in Ledger.kinds + Exchange.kinds {
        let acts = Act.allCases.filter { Reader(role).may($0, kind) }
        #expect(acts == (kind.isPublic ? [.read] : []), "\(role) \(kind.name)")
        for field in kind.fields where field.privacy > .public {
          #expect(!Reader(role).maySee(field, of: kind), "\(role) \(kind.name).\(field.name)")
        }
      }
    }
  }

  @Test func `a refusal says what is not allowed and betrays nothing`() throws {
    try inDemoCity { city in
      let school = city.register.acting(as: Reader(.schoolAdmin, organisation: "S99101"))
      let county = city.register.acting(as: Reader(.countyBureau, region: "990102"))
      let nobody = city.register.acting(as: .anonymous)
      func refusal(
        _ register: RecordStore,
        _ kind: String,
        _ texts: [String: String],
        _ id: String?
      )
        throws -> [Problem]
      {
        do {
          try register.save(city.kind(kind), Draft(texts: texts, id: id), by: TestCity.officer)
          return []
        } catch let refused as Refused { return refused.problems }
      }
      #expect(
        try refusal(school, "school", ["formerNames": "旧名"], "S99102") == [
          Problem("ACC-E-002", "", "学校 S99102 不在你管理的范围内，不能修改。")
        ]
      )
      #expect(
        try refusal(nobody, "school", ["formerNames": "旧名"], "S99101") == [
          Problem("ACC-E-001", "", "以“公众”的身份不能修改学校。")
        ]
      )
      #expect(
        try refusal(school, "region", ["shortName": "改"], "990102").map(\.code) == ["ACC-E-001"]
      )
      let moved = try city.register.list(
        city.kind("school"),
        Query([.field("locationRegionCode", "990102")], limit: 1)
      )
      let home = try #require(moved.first)
      // A county can't give a school away, nor take one in.
      #expect(
        try refusal(county, "school", ["locationRegionCode": "990103"], home.id).map(\.code)
          == ["ACC-E-003"]
      )
      let elsewhere = try city.register.list(
        city.kind("school"),
        Query([.field("locationRegionCode", "990103")], limit: 1)
      )
      let abroad = try #require(elsewhere.first)
      #expect(
        try refusal(county, "school", ["formerNames": "旧名"], abroad.id) == [
          Problem("ACC-E-002", "", "学校 \(abroad.id) 不在你管理的范围内，不能修改。")
        ]
      )
      let agreements = try city.register.list(city.kind("agreement"), Query(limit: 1))
      if let agreement = agreements.first {
        #expect(
          try refusal(county, "agreement", ["title": "改"], agreement.id).map(\.code)
            == ["ACC-E-001"]
        )
        #expect(try nobody.versions(city.kind("agreement"), agreement.id).isEmpty)
      }
      #expect(throws: Refused.self) {
        try school.merge(
          city.kind("school"),
          keep: "S99101",
          away: "S99102",
          taking: [],
          document: "",
          by: TestCity.officer
        )
      }
      #expect(throws: Refused.self) {
        try county.confirm(
          city.kind("school"),
          abroad.id,
          fields: [],
          document: "x",
          by: TestCity.officer
        )
      }
    }
  }
}

extension FieldType {
  fileprivate var isText: Bool {
    switch self {
    case .text, .longText: true
    default: false
    }
  }
}
