import CitongTesting
import Records
import Storage
import Testing
import Values

@Suite struct ReadingTests {
  /// Thirty samples over three spots: sizes 1…30, every third green, every fifth without a weight.
  private func withSamples<R>(_ body: (TestCity, Kind) throws -> R) throws -> R {
    try withCity(kinds: sampleKinds) { city in
      for (id, isOpen) in [("P1", "是"), ("P2", "否"), ("P3", "是")] {
        try city.save("spot", ["spotId": id, "spotName": "地点\(id)", "isOpen": isOpen])
      }
      for number in 1...30 {
        var texts = ["title": "样品\(number < 10 ? "0" : "")\(number)", "size": "\(number)"]
        texts["colour"] = number % 3 == 0 ? "green" : "red"
        texts["labels"] = number % 2 == 0 ? "偶数|全部" : "全部"
        texts["weight"] = number % 5 == 0 ? "" : "1.5"
        if number != 30 { texts["spotId"] = "P\(number % 3 + 1)" }
        texts["note"] = number == 7 ? "完成 100% 的_第7件" : ""
        try city.save("sample", texts)
      }
      return try body(city, city.kind("sample"))
    }
  }

  private func sizes(_ city: TestCity, _ kind: Kind, _ query: Query) throws -> [Int] {
    try city.register.list(kind, query).compactMap { $0["size"].integer }
  }

  @Test func `conditions are all met`() throws {
    try withSamples { city, kind in
      let table: [([Condition], Int, String)] = [
        ([], 30, "none"), ([.field("colour", "green")], 10, "a choice"),
        ([.field("colour", "green", "red")], 30, "either of two"),
        ([.field("labels", "偶数")], 15, "a list holds it"),
        ([.field("labels", "数")], 0, "a list holds whole texts only"),
        ([Condition("size", .atLeast(21))], 10, "at least"),
        ([Condition("size", .atMost(5)), .field("colour", "red")], 4, "both"),
        ([Condition("weight", .isKnown(false))], 6, "nothing known"),
        ([Condition("weight", .isKnown(true))], 24, "something known"),
        ([.field("size", "7")], 1, "a number"),
        ([.field("spotId.isOpen", "false")], 10, "of a reference"),
        ([.field("sourceSystem", "manual")], 30, "the source"),
        ([Condition("title", .contains("品0"))], 9, "a part of a text"),
        ([Condition("note", .contains("0% 的_第"))], 1, "signs of the pattern as they stand"),
        ([Condition("colour", .isOneOf([]))], 0, "one of nothing"),
      ]
      for (conditions, count, reason) in table {
        let found = try sizes(city, kind, Query(conditions, limit: 100))
        #expect(found.count == count, "\(reason)")
        let counted = try city.store.read {
          try city.register.count(kind, Query(conditions), in: $0)
        }
        #expect(counted == count, "\(reason)")
      }
    }
  }

  @Test func `only the fields asked for are read, with identifier and title`() throws {
    try withSamples { city, kind in
      let size = try #require(kind.place(of: "size"))
      let all = try city.register.list(kind, Query(limit: 30))
      let some = try city.store.read {
        try city.register.list(kind, Query(limit: 30), only: [size], in: $0)
      }
      #expect(some.map(\.id) == all.map(\.id))
      #expect(some.map(\.title) == all.map(\.title))
      #expect(some.map { $0["size"] } == all.map { $0["size"] })
      #expect(some.allSatisfy { $0["colour"].isNone && $0.version == 1 })
    }
  }

  @Test func `a record is found by those that refer to it`() throws {
    try withSamples { city, _ in
      let spots = try city.register.list(
        city.kind("spot"),
        Query([Condition("sample", .isReferredTo(by: "spotId", [.field("colour", "green")]))])
      )
      #expect(spots.map(\.id) == ["P1"])
    }
  }

  @Test func `a condition on no field is a fault of the caller`() throws {
    try withSamples { city, kind in
      for path in ["colours.label", "nothing", "spotId.nothing"] {
        #expect(throws: UnknownField.self, "\(path)") {
          try city.register.list(kind, Query([.field(path, "x")]))
        }
      }
    }
  }

  @Test func `a search looks for the text as it is`() throws {
    try withSamples { city, kind in
      let table: [(String, Int)] = [
        ("样品", 30), ("样品07", 1), ("100%", 1), ("%", 1), ("_", 1), ("!", 0), ("'", 0), (" 样品1 ", 10),
        ("SP000007", 1), ("不存在", 0), ("", 30),
      ]
      for (search, count) in table {
        try #expect(
          sizes(city, kind, Query(search: search, limit: 100)).count == count,
          "\(search)"
        )
      }
    }
  }

  @Test func `lists are ordered, unknown values last`() throws {
    try withSamples { city, kind in
      let up = try sizes(city, kind, Query(sort: "size", limit: 100))
      #expect(up == Array(1...30))
      let down = try sizes(city, kind, Query(sort: "size", isDescending: true, limit: 100))
      #expect(down == Array((1...30).reversed()))
      let weights = try city.register.list(kind, Query(sort: "weight", limit: 100))
      #expect(weights.suffix(6).allSatisfy { $0["weight"].isNone })
      try #expect(sizes(city, kind, Query(limit: 100)) == Array(1...30))
    }
  }

  @Test func `pages neither repeat nor leave out`() throws {
    try withSamples { city, kind in
      for sort in ["", "size", "colour", "weight"] {
        var seen: [Int] = []
        for page in 0..<5 {
          seen += try sizes(city, kind, Query(sort: sort, offset: page * 7, limit: 7))
        }
        #expect(seen.count == 30, "\(sort)")
        #expect(Set(seen).count == 30, "\(sort)")
      }
    }
  }

  @Test func `measures and tallies add up`() throws {
    try withSamples { city, kind in
      try city.store.read { reading in
        let register = city.register
        try #expect(register.measure(.count, kind, Query(), in: reading) == 30)
        try #expect(register.measure(.sum("size"), kind, Query(), in: reading) == 465)
        try #expect(register.measure(.distinct("spotId"), kind, Query(), in: reading) == 3)
        let tally = try register.tally(kind, Query(), by: "colour", in: reading)
        #expect(tally.map(\.value) == ["red", "green"])
        #expect(tally.map(\.amount) == [20, 10])
        let sums = try register.tally(kind, Query(), by: "colour", .sum("size"), in: reading)
        #expect(sums.map(\.amount).reduce(0, +) == 465)
      }
    }
  }

  @Test func `each reader sees only what is theirs to see`() throws {
    try withCity(kinds: sampleKinds) { city in
      let record = try city.save("sample", ["title": "甲", "remark": "内部", "phone": "0595"])
      let anonymous = record.visible(to: .anonymous)
      #expect(anonymous["remark"].isNone)
      #expect(anonymous["phone"].isNone)
      #expect(anonymous["title"] == .text("甲"))
      let officer = record.visible(to: .officer)
      #expect(officer["remark"] == .text("内部"))
      #expect(officer["phone"].isNone)
      #expect(record.json(for: .anonymous)["remark"] == nil)
      #expect(record.json(for: .officer)["remark"] == .string("内部"))
      #expect(record.json(for: .officer)["phone"] == nil)
      try #expect(!city.csv("sample", for: .anonymous).contains("内部"))
      try #expect(!city.csv("sample", for: .officer).contains("0595"))
    }
  }

  @Test func `a closed kind is listed for officers only`() throws {
    try withCity(kinds: sampleKinds) { city in
      try #expect(!Reader.anonymous.mayList(city.kind("spot")))
      try #expect(Reader.officer.mayList(city.kind("spot")))
      try #expect(Reader.anonymous.mayList(city.kind("sample")))
    }
  }
}
