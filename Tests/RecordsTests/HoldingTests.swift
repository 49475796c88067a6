import CitongTesting
import Records
import Storage
import Testing
import Values

/// Columns held in memory answer as the store does: the same questions are asked of two registers over
/// one store, one of which holds.
@Suite struct HoldingTests {
  private func withTwo<R>(
    _ count: Int,
    _ body: (_ city: TestCity, _ holding: RecordStore, _ kind: Kind, _ random: inout TestRandom)
      throws -> R
  ) throws -> R {
    try withCity(kinds: sampleKinds) { city in
      var random = TestRandom(seed: 11)
      for id in ["P1", "P2", "P3"] { try city.save("spot", ["spotId": id, "spotName": "地点\(id)"]) }
      for number in 1...count { try city.save("sample", Self.texts(number, &random)) }
      let holding = RecordStore(
        store: city.store,
        kinds: sampleKinds,
        city: city.register.city,
        clock: city.register.clock
      )
      #expect(try holding.holdColumns(from: 1))
      return try body(city, holding, city.kind("sample"), &random)
    }
  }

  private static func texts(_ number: Int, _ random: inout TestRandom) -> [String: String] {
    let words = ["泉州", "轻工", "职业", "ABC", "abc", "100%", "_x", "陶瓷"]
    func some(_ values: [String]) -> String { random.pick(values) }
    return [
      "title": "\(some(words))\(some(words))\(number)",
      "note": some(["", "", some(words) + some(words)]),
      "colour": some(["red", "green"]), "labels": some(["", "甲", "甲|乙", "a|B"]),
      "spotId": some(["", "P1", "P2", "P3"]), "isGood": some(["", "是", "否"]),
      "year": some(["", "2021-2022", "2022-2023"]), "size": some(["", "1", "2", "3"]),
    ].filter { !$0.value.isEmpty }
  }

  private static func queries(_ random: inout TestRandom) -> [Query] {
    let conditions: [Condition] = [
      .field("colour", "green"), .field("colour", "red", "green"), .field("labels", "甲"),
      .field("labels", "A"), .field("spotId", "P1", "P3"), Condition("spotId", .isKnown(false)),
      .field("isGood", "true"), .field("isGood", "false"), Condition("isGood", .atLeast(1)),
      Condition("year", .from("2022")), Condition("year", .through("2022")),
      Condition("year", .hasBegun(by: "2022")), Condition("year", .hasNotEnded(by: "2022")),
      Condition("labels", .isStored("[\"甲\",\"乙\"]")), Condition("labels", .contains("b")),
      Condition("size", .isKnown(true)), .field("spotId.spotName", "地点P1"),
      .field("sourceSystem", "manual"), Condition("colour", .isOneOf([])),
    ]
    let searches = ["", "", "", "泉", "轻工", "aBc", "0%", "_X", "%", "SP", "没有", "工1", "\0"]
    let orders: [[SortKey]] = [
      [], [SortKey("colour")], [SortKey("size", isDescending: true)],
      [SortKey("title", isDescending: true)],
      [SortKey("year", isDescending: true), SortKey("title")],
    ]
    return (0..<300).map { _ in
      var query = Query(
        (0..<random.number(0...2)).map { _ in random.pick(conditions) },
        search: random.pick(searches),
        offset: random.number(0...2) * 5,
        limit: 7
      )
      query.order = random.pick(orders)
      query.isFromEnd = random.number(0...3) == 0
      return query
    }
  }

  private func expectSame(
    _ city: TestCity,
    _ holding: RecordStore,
    _ kind: Kind,
    _ random: inout TestRandom
  ) throws {
    for query in Self.queries(&random) {
      try city.store.read { reading in
        #expect(
          try holding.count(kind, query, in: reading)
            == city.register.count(kind, query, in: reading),
          "\(query)"
        )
        let told = try city.register.list(kind, query, in: reading)
        #expect(try holding.list(kind, query, in: reading).map(\.id) == told.map(\.id), "\(query)")
        if let last = told.last {
          var next = query
          (next.offset, next.isFromEnd) = (0, false)
          next.after = Cursor(after: last, in: next)
          #expect(
            try holding.list(kind, next, in: reading).map(\.id)
              == city.register.list(kind, next, in: reading).map(\.id),
            "after \(last.id): \(next)"
          )
        }
        for field in ["colour", "isGood", "year", "spotId", "size"] {
          let held = try holding.tally(kind, query, by: field, in: reading)
          let told = try city.register.tally(kind, query, by: field, in: reading)
          #expect(held.map(\.value) == told.map(\.value), "\(field) \(query)")
          #expect(held.map(\.amount) == told.map(\.amount), "\(field) \(query)")
        }
      }
    }
  }

  @Test func `columns that are held answer as the store does`() throws {
    try withTwo(120) { city, holding, kind, random in
      try expectSame(city, holding, kind, &random)
    }
  }

  @Test func `so they do after records changed and came`() throws {
    try withTwo(60) { city, holding, kind, random in
      let known = try city.register.list(kind, Query(limit: 20)).map(\.id)
      for (number, id) in known.enumerated() {
        let colour = number % 2 == 0 ? "green" : "red"
        try city.save("sample", ["colour": colour, "note": "改过泉\(number)"], id: id)
      }
      for number in 61...80 { try city.save("sample", Self.texts(number, &random)) }
      // Not caught up: the store is asked.
      try expectSame(city, holding, kind, &random)
      try holding.holdColumns(from: 1)
      try expectSame(city, holding, kind, &random)
    }
  }

  @Test func `what is being written is not taken for what is held`() throws {
    try withTwo(10) { city, holding, kind, _ in
      let query = Query([.field("colour", "red")])
      let before = try city.store.read { try holding.count(kind, query, in: $0) }
      try city.store.write { transaction in
        try transaction.execute("UPDATE \"sample\" SET \"colour\" = 'red'", [])
        #expect(try holding.count(kind, query, in: transaction) == 10)
      }
      #expect(before < 10)
    }
  }

  @Test func `a kind with few records is left to the store, which counts it quickly`() throws {
    try withTwo(10) { city, _, kind, _ in
      #expect(try !city.register.holdColumns())
      let tally = try city.store.read {
        try city.register.quickTally(kind, Query(), by: "colour", in: $0)
      }
      #expect(tally?.map(\.amount).reduce(0, +) == 10)
    }
  }
}
