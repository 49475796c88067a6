import CitongTesting
import Records
import Storage
import Testing
import Values

/// Lists in every order, from either end, page by page.
@Suite struct OrderTests {
  private static let orders = [
    "", "title", "-title", "size", "-size", "day", "-day,size", "colour,-size,title", "-isGood,day",
    "price,-weight", "spotId,-title", "sampleId", "-sampleId",
  ]

  @Test func `going on from place to place gives every record once, in the order of the list`()
    throws
  {
    try withSamples { city, kind in
      for order in Self.orders {
        var query = Query(limit: 1000)
        query.order = SortKey.all(order)
        let whole = try city.register.list(kind, query).map(\.id)
        #expect(Set(whole).count == 90, "\(order)")
        var walked: [String] = []
        var page = query
        page.limit = 7
        while true {
          let records = try city.register.list(kind, page)
          walked += records.map(\.id)
          guard let last = records.last, records.count == 7 else { break }
          let text = Cursor(after: last, in: page).text
          page.after = Cursor(text, in: page, of: kind)
          try #require(page.after != nil, "\(order)")
        }
        #expect(walked == whole, "\(order)")
      }
    }
  }

  @Test func `counted from the end a page is the same page`() throws {
    try withSamples { city, kind in
      for order in Self.orders {
        var query = Query(limit: 1000)
        query.order = SortKey.all(order)
        let whole = try city.register.list(kind, query).map(\.id)
        for offset in stride(from: 0, to: 90, by: 13) {
          var page = query
          page.limit = min(11, 90 - offset)
          page.offset = offset
          let plain = try city.register.list(kind, page).map(\.id)
          #expect(plain == Array(whole[offset..<(offset + page.limit)]), "\(order) \(offset)")
          page.isFromEnd = true
          page.offset = 90 - offset - page.limit
          try #expect(city.register.list(kind, page).map(\.id) == plain, "\(order) \(offset)")
          page.isFromEnd = false
          page.offset = offset
          page.isWide = true
          page.conditions = [.field("colour", "red", "green", "closed")]
          try #expect(city.register.list(kind, page).map(\.id) == plain, "\(order) \(offset)")
        }
      }
    }
  }

  @Test func `a place of another list is no place`() throws {
    try withSamples { city, kind in
      var query = Query(limit: 5)
      query.order = SortKey.all("size")
      let record = try #require(city.register.list(kind, query).last)
      let text = Cursor(after: record, in: query).text
      #expect(Cursor(text, in: query, of: kind) != nil)
      query.order = SortKey.all("-size")
      #expect(Cursor(text, in: query, of: kind) == nil)
      for wrong in ["", "0", "zz", "00", "7b7d", text + "0", String(text.dropLast(2))] {
        #expect(Cursor(wrong, in: query, of: kind) == nil, "\(wrong)")
      }
    }
  }

  @Test func `groups add up to the list`() throws {
    try withSamples { city, kind in
      try city.store.read { reading in
        for field in ["colour", "isGood", "spotId", "year"] {
          let groups = try city.register.groups(
            kind,
            Query(),
            by: field,
            summed: ["size", "price"],
            in: reading
          )
          #expect(groups.reduce(0) { $0 + $1.count } == 90, "\(field)")
          for (index, name) in ["size", "price"].enumerated() {
            let sum = try city.register.measure(.sum(name), kind, Query(), in: reading)
            #expect(groups.reduce(0) { $0 + ($1.sums[index] ?? 0) } == sum, "\(field) \(name)")
          }
        }
      }
    }
  }

  /// Ninety samples in which every field is missing now and then and has doubles.
  private func withSamples(_ body: (TestCity, Kind) throws -> Void) throws {
    try withCity(kinds: sampleKinds) { city in
      var random = TestRandom(seed: 77)
      for number in 1...3 {
        try city.save("spot", ["spotId": "P\(number)", "spotName": "地点\(number)"])
      }
      for number in 1...90 {
        try city.save(
          "sample",
          [
            "title": "样品\(random.number(0...9))\(number)",
            "size": random.pick(["", "1", "2", "30"]),
            "weight": random.pick(["", "-1.5", "2"]), "isGood": random.pick(["", "是", "否"]),
            "day": random.pick(["", "2022-07-01", "2022-07-02", "2021-12-31"]),
            "price": random.pick(["", "1", "20.5"]), "spotId": random.pick(["", "P1", "P3"]),
            "year": random.pick(["", "2021-2022"]),
            "colour": random.pick(["red", "green"]),
          ]
        )
      }
      try body(city, try city.kind("sample"))
    }
  }
}
