import Ciphers
import CitongTesting
import Records
import Storage
import Testing
import Values

/// A kind with sensitive fields of every sort of column, each with what the store must not hold.
private struct Patient: DeclaredRecord {
  var patientId = ""
  var title = ""
  var card = ""
  var pay: Fen?
  var note: [String] = []
  var spot = ""

  static let declaration = Declaration<Patient>(
    "patient",
    "人员",
    summary: "试验用。",
    identifier: "patientId",
    prefix: "PA",
    title: "title",
    columns: ["title"],
    isPublic: false,
    access: [
      Grant([.cityBureau], may: Set(Act.allCases), .everything, upTo: .sensitive),
      Grant([.countyBureau], may: [.read], .everything, upTo: .internal),
    ],
    fields: [
      Field(\.patientId, "patientId", "编号", .identifier(20)).privacy(.internal),
      Field(\.title, "title", "名称", .text(40)).required().privacy(.internal),
      Field(\.card, "card", "卡号", .text(40)).privacy(.sensitive).masked(as: .lastFour),
      Field(\.pay, "pay", "收入", .money).privacy(.sensitive),
      Field(\.note, "note", "说明", .list).privacy(.sensitive),
      Field(\.spot, "spot", "地点", .text(10)).privacy(.internal),
    ]
  )
}

@Suite struct SealingTests {
  private static let secret = "6222020200001234567"

  private func withPatient(_ body: (TestCity, Record) throws -> Void) throws {
    try withCity(kinds: [Kind(Patient.self)]) { city in
      let record = try city.save(
        "patient",
        ["title": "甲", "card": Self.secret, "pay": "4200", "spot": "东"]
      )
      try body(city, record)
    }
  }

  /// Everything the file of the store holds, as text.
  private func whole(_ city: TestCity) throws -> String {
    try city.store.read { reading in
      let tables = try reading.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
      return try tables.compactMap { $0[0].text }.map { table in
        try reading.rows("SELECT * FROM \"\(table)\"").description
      }.joined()
    }
  }

  @Test func `sensitive fields stand sealed in columns, history, audit and kept answers`() throws {
    try withPatient { city, record in
      try city.save("patient", ["pay": "4300", "card": "6222020200009999999"], id: record.id)
      try city.register.remember("k", request: "r", status: 200, type: "t", body: Self.secret)
      let all = try whole(city)
      for secret in [Self.secret, "6222020200009999999", "420000", "430000", "4200.00"] {
        #expect(!all.contains(secret), "\(secret)")
      }
      try #expect(city.register.answer(to: "k")?.body == Self.secret)
      let versions = try city.register.versions(record.kind, record.id)
      #expect(versions.map { $0.record["pay"] } == [.money(Fen(430_000)), .money(Fen(420_000))])
      #expect(versions[1].record["card"].text == Self.secret)
    }
  }

  @Test func `the audit log tells that a sensitive field changed, by digests`() throws {
    try withPatient { city, record in
      try city.save("patient", ["pay": "4300"], id: record.id)
      let text = try city.store.read {
        try $0.row("SELECT difference FROM audit ORDER BY seq DESC LIMIT 1")?[0].text
      }
      let pair = try #require(text.flatMap { try? JSON(parsing: $0.utf8) }?["pay"]?.array)
      #expect(pair.count == 2 && pair[0] != pair[1])
      #expect(pair.allSatisfy { $0.string?.hasPrefix("摘要 ") == true })
    }
  }

  @Test func `who may see it sees it, who may see that it is there sees the mask`() throws {
    try withPatient { city, record in
      let bureau = city.register.acting(as: Reader(.cityBureau))
      let county = city.register.acting(as: Reader(.countyBureau))
      try #expect(bureau.record(record.kind, record.id)?["card"].text == Self.secret)
      try #expect(bureau.record(record.kind, record.id)?["pay"] == .money(Fen(420_000)))
      try #expect(county.record(record.kind, record.id)?["card"].text == "****4567")
      try #expect(county.record(record.kind, record.id)?["pay"].isNone == true)
    }
  }

  @Test func `what is the same is unchanged, though it is sealed differently each time`() throws {
    try withPatient { city, record in
      let again = try city.save("patient", ["pay": "4200", "card": Self.secret], id: record.id)
      #expect(again.version == 1)
    }
  }

  @Test func `sealed numbers are added up`() throws {
    try withPatient { city, record in
      try city.save("patient", ["title": "乙", "pay": "100", "spot": "西"])
      try city.save("patient", ["title": "丙", "pay": "5.5", "spot": "东"])
      try city.save("patient", ["title": "丁", "spot": "北"])
      try city.store.read { reading in
        let sum = try city.register.measure(.sum("pay"), record.kind, Query(), in: reading)
        #expect(sum == 430_550)
        let groups = try city.register.groups(
          record.kind,
          Query(),
          by: "spot",
          summed: ["pay"],
          in: reading
        )
        let sums = Dictionary(uniqueKeysWithValues: groups.map { ($0.value, $0.sums[0]) })
        #expect(sums == ["东": 420_550, "西": 10_000, "北": nil])
        let tally = try city.register.tally(
          record.kind,
          Query(),
          by: "spot",
          .sum("pay"),
          in: reading
        )
        #expect(tally.map(\.amount) == [420_550, 10_000])
      }
    }
  }

  @Test func `one may ask whether it is filled in, nothing else`() throws {
    try withPatient { city, record in
      try city.save("patient", ["title": "乙"])
      let known = Query([Condition("pay", .isKnown(true))])
      try #expect(city.register.list(record.kind, known).map(\.id) == [record.id])
      #expect(throws: SealedField.self) {
        try city.register.list(record.kind, Query([Condition("pay", .atLeast(1))]))
      }
      let (_, problems) = try city.register.conditions(
        record.kind,
        ["pay>=1"],
        for: Reader(.cityBureau)
      )
      #expect(
        problems.map(\.message) == ["条件“pay>=1”：收入加密保存，不能按内容查，只能查填没填（pay= 或 pay!=）。"]
      )
    }
  }

  @Test func `a value moved to another record is refused`() throws {
    try withPatient { city, record in
      let other = try city.save("patient", ["title": "乙", "pay": "1"])
      _ = try city.store.write {
        try $0.execute(
          "UPDATE patient SET pay = (SELECT pay FROM patient WHERE \"patientId\" = $1) WHERE \"patientId\" = $2",
          [.text(record.id), .text(other.id)]
        )
      }
      #expect(throws: CipherFailure.self) { try city.register.record(record.kind, other.id) }
      try #expect(city.register.record(record.kind, record.id) != nil)
    }
  }

  @Test func `a fresh key seals everything anew, and the former one is not needed after`() throws {
    try withPatient { city, record in
      try city.save("patient", ["pay": "4300"], id: record.id)
      func register(_ keys: [String: UInt8], _ current: String) throws -> RecordStore {
        RecordStore(
          store: city.store,
          kinds: city.register.kinds,
          city: city.city,
          clock: city.register.clock,
          ring: try KeyRing(
            keys.mapValues { [UInt8](repeating: $0, count: 32) },
            current: current,
            suite: .sm4CTR
          )
        )
      }
      let both = try register(["test": 7, "next": 8], "next")
      // Card and pay as they stand, and as they were.
      try #expect(both.reseal() == 4)
      try #expect(both.reseal() == 0)
      let next = try register(["next": 8], "next")
      #expect(
        try next.versions(record.kind, record.id).map { $0.record["card"].text } == [
          Self.secret, Self.secret,
        ]
      )
      let lost = try register(["other": 9], "other")
      #expect(throws: CipherFailure.self) { try lost.record(record.kind, record.id) }
    }
  }

  @Test func `what was written plain before is sealed when the register is next opened`() throws {
    try withPatient { city, record in
      _ = try city.store.write { transaction in
        try transaction.execute("UPDATE patient SET pay = 777, card = '12345678'", [])
        try transaction.execute("DELETE FROM schema_step WHERE name LIKE 'sealed %'", [])
      }
      try #expect(city.register.record(record.kind, record.id)?["pay"] == .money(Fen(777)))
      try city.register.migrate()
      try #expect(!whole(city).contains("12345678"))
      try #expect(city.register.record(record.kind, record.id)?["pay"] == .money(Fen(777)))
      try #expect(city.register.record(record.kind, record.id)?["card"].text == "12345678")
    }
  }

  @Test func `without keys nothing sensitive is written, and what is sealed is not read`() throws {
    try withPatient { city, record in
      let bare = RecordStore(
        store: city.store,
        kinds: city.register.kinds,
        city: city.city,
        clock: city.register.clock
      )
      #expect(throws: NoKeys.self) { try bare.record(record.kind, record.id) }
      #expect(throws: NoKeys.self) {
        try bare.save(record.kind, Draft(texts: ["title": "乙", "pay": "1"]), by: TestCity.officer)
      }
      try #expect(city.rows(in: "patient") == 1)
    }
  }

  @Test func `a declaration may not compare what is sealed`() {
    struct Wrong: DeclaredRecord {
      var wrongId = ""
      var title = ""
      static let declaration = Declaration<Wrong>(
        "wrong",
        "错",
        summary: "试验用。",
        identifier: "wrongId",
        title: "title",
        columns: ["title"],
        access: [],
        fields: [
          Field(\.wrongId, "wrongId", "编号", .identifier(20)),
          Field(\.title, "title", "名称", .text(40)).required().privacy(.sensitive),
        ]
      )
    }
    #expect(
      Kind(Wrong.self).faults == ["wrong: title is sealed and can't be compared by the store"]
    )
  }
}
