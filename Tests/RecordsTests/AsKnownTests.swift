import Calendar
import CitongTesting
import Records
import Sheets
import Storage
import Testing
import Values

/// The register as it was known at a moment.
@Suite struct AsKnownTests {
  private func end(_ text: String) -> Instant { Instant(endOf: day(text)) }

  /// Samples over some months: G1 changes twice, G2 comes and is taken out and comes again, and the spot
  /// both stand on is closed meanwhile.
  private func withMonths<R>(_ body: (TestCity) throws -> R) throws -> R {
    try withCity(kinds: sampleKinds) { city in
      let july = city.on("2022-07-01")
      try july.save("spot", ["spotId": "P1", "spotName": "码头", "isOpen": "是"])
      try july.save(
        "sample",
        ["sampleId": "G1", "title": "甲", "size": "1", "spotId": "P1", "labels": "a|b"]
      )
      let august = city.on("2022-08-01")
      _ = try august.take("编号,名称,数量,地点\nG2,乙,10,P1\n", as: "sample")
      try august.save("sample", ["size": "2", "labels": "b"], id: "G1")
      try city.on("2022-09-01").register.undo(1, by: TestCity.officer)
      let october = city.on("2022-10-01")
      try october.save("spot", ["isOpen": "否", "spotName": "旧码头"], id: "P1")
      try october.save("sample", ["title": "甲甲", "size": "3", "colour": "green"], id: "G1")
      _ = try city.on("2022-11-01").take("编号,名称,数量,地点\nG2,乙,20,P1\n", as: "sample")
      return try body(city)
    }
  }

  @Test func `lists, counts and sums are those of the moment`() throws {
    typealias Row = (
      day: String, ids: [String], titles: [String], sum: Int, labelled: Int, open: Int, green: Int
    )
    let table: [Row] = [
      ("2022-06-30", [], [], 0, 0, 0, 0), ("2022-07-01", ["G1"], ["甲"], 1, 1, 1, 0),
      ("2022-07-31", ["G1"], ["甲"], 1, 1, 1, 0),
      ("2022-08-01", ["G1", "G2"], ["甲", "乙"], 12, 0, 2, 0),
      ("2022-09-01", ["G1"], ["甲"], 2, 0, 1, 0), ("2022-10-01", ["G1"], ["甲甲"], 3, 0, 0, 1),
      ("2022-11-01", ["G1", "G2"], ["甲甲", "乙"], 23, 0, 0, 1),
      ("2099-12-31", ["G1", "G2"], ["甲甲", "乙"], 23, 0, 0, 1),
    ]
    try withMonths { city in
      let kind = try city.kind("sample")
      for row in table {
        let known = city.register.asKnown(end(row.day))
        let list = try known.list(kind, Query(sort: "sampleId"))
        #expect(list.map(\.id) == row.ids, "\(row.day)")
        #expect(list.map(\.title) == row.titles, "\(row.day)")
        try known.store.read { reading in
          func count(_ conditions: Condition...) throws -> Int {
            try known.count(kind, Query(conditions), in: reading)
          }
          try #expect(count() == row.ids.count, "\(row.day)")
          try #expect(
            known.measure(.sum("size"), kind, Query(), in: reading) == row.sum,
            "\(row.day)"
          )
          try #expect(count(.field("labels", "a")) == row.labelled, "\(row.day)")
          try #expect(count(.field("spotId.isOpen", "true")) == row.open, "\(row.day)")
          try #expect(count(.field("colour", "green")) == row.green, "\(row.day)")
          let spots = try known.list(
            city.kind("spot"),
            Query([
              Condition("sample", .isReferredTo(by: "spotId", [Condition("size", .atLeast(10))]))
            ]),
            in: reading
          )
          #expect(spots.map(\.id) == (row.ids.contains("G2") ? ["P1"] : []), "\(row.day)")
          let tally = try known.tally(kind, Query(), by: "colour", in: reading)
          #expect(tally.map(\.amount).reduce(0, +) == row.ids.count, "\(row.day)")
        }
      }
    }
  }

  @Test func `one record, its name in references, a search and an export are of the moment`() throws
  {
    try withMonths { city in
      let kind = try city.kind("sample")
      let august = city.register.asKnown(end("2022-08-15"))
      let first = try #require(try august.record(kind, "G1"))
      #expect(first.version == 2)
      #expect(first["size"] == .integer(2))
      #expect(first["labels"] == .list(["b"]))
      #expect(first.stamp.createdAt.civilText == "2022-07-01 09:00")
      #expect(first.stamp.updatedAt.civilText == "2022-08-01 09:00")
      try #expect(august.record(kind, "G2")?["size"] == .integer(10))
      try #expect(city.register.asKnown(end("2022-09-15")).record(kind, "G2") == nil)
      try #expect(august.list(kind, Query(search: "甲甲")).isEmpty)
      var csv = ""
      try Exporter(august).give(kind, as: .csv, wording: .labels, for: .officer) { csv += $0 }
      #expect(csv.contains(",码头,") && !csv.contains("旧码头"))
      let path = city.folder + "/八月.xlsx"
      try Exporter(august).write(kind, for: .officer, to: path)
      let sheet = try rows(of: path)
      #expect(sheet.count == 3)
      #expect(sheet[1].texts.contains("码头"))
    }
  }

  @Test func `a moment within a second of changes sees the last of them`() throws {
    try withCity(kinds: sampleKinds) { city in
      for size in 1...3 { try city.save("sample", ["title": "甲", "size": "\(size)"]) }
      let kind = try city.kind("sample")
      let now = city.register.clock.now()
      let known = try city.register.asKnown(now).list(kind, Query())
      #expect(known.map { $0["size"] } == [.integer(3)])
      let before = Instant(seconds: now.seconds - 1)
      try #expect(city.register.asKnown(before).list(kind, Query()).isEmpty)
    }
  }

  @Test func `every field comes back as it was, whatever it holds`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      let texts = [
        "sampleId": "G1", "title": "甲“\"'\\", "note": "一\n二\t三", "code": "00012", "size": "0",
        "weight": "-1.05", "isGood": "否", "day": "1900-01-01", "price": "0.07",
        "year": "2021-2022", "uscc": "91350599MA2XQ0002X", "remark": "😀", "phone": "0595",
        "colour": "closed", "closedOn": "2022-07-01", "field": "newEnergy", "spotId": "P1",
        "spotIds": "P1", "labels": "[\"a|b\", \"c;d\", \"\\\\\"]", "colours": "red|green",
        "parts": "壳;2|盖;",
      ]
      let first = try city.save("sample", texts)
      #expect(first.values.allSatisfy { !$0.isNone }, "every field is filled in")
      let empty = texts.mapValues { _ in "" }.merging(["title": "乙", "colour": "red"]) { $1 }
      let cleared = empty.filter { $0.key != "sampleId" }
      try city.on("2022-08-01").save("sample", cleared, id: "G1")
      let known = city.register.asKnown(end("2022-07-31"))
      let again = try #require(try known.record(first.kind, "G1"))
      #expect(again.values == first.values)
      #expect(again.stamp == first.stamp)
      let listed = try #require(
        try known.list(first.kind, Query([.field("isGood", "false")])).first
      )
      #expect(listed.values == first.values)
      for condition in [
        Condition("weight", .atMost(-105)), Condition("price", .atMost(7)),
        Condition("day", .through("1900-01-01")), .field("labels", "a|b"), .field("code", "00012"),
        .field("size", "0"), Condition("note", .contains("\t三")),
      ] {
        try #expect(known.list(first.kind, Query([condition])).count == 1, "\(condition.path)")
        try #expect(city.register.list(first.kind, Query([condition])).isEmpty, "\(condition.path)")
      }
    }
  }

  @Test(arguments: [41, 42, 43] as [UInt64])
  func `at every moment it is what it was then`(seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    try withCity(kinds: sampleKinds) { city in
      let kind = try city.kind("sample")
      var seen: [(Instant, [[Value]])] = []
      var date = day("2022-07-01")
      for _ in 0..<25 {
        date = date.adding(days: random.number(1...3))
        let now = city.on(date.description)
        for _ in 0..<random.number(1...3) {
          let number = random.number(1...6)
          if random.number(0...3) == 0, let run = try now.register.imports().first,
            run.state == .done
          {
            _ = try? now.register.undo(run.id, by: TestCity.officer)
          } else if random.number(0...1) == 0 {
            _ = try now.take(
              "编号,名称,数量\nG\(number),样品\(number),\(random.number(0...99))\n",
              as: "sample"
            )
          } else {
            try now.save("sample", ["title": "样品\(number)", "size": "\(random.number(0...99))"])
          }
        }
        let all = try city.register.list(kind, Query(sort: "sampleId", limit: 100))
        seen.append((Instant(endOf: date), all.map(\.values)))
      }
      for (moment, values) in seen {
        let known = try city.register.asKnown(moment).list(
          kind,
          Query(sort: "sampleId", limit: 100)
        )
        #expect(known.map(\.values) == values, "seed \(seed), \(moment.civilText)")
      }
    }
  }
}
