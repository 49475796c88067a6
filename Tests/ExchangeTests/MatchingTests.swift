import Calendar
import CitongTesting
import Exchange
import Foundation
import Ledger
import Matching
import Records
import Storage
import Testing
import Values

@Suite struct MatchDimensionTests {
  @Test(arguments: [
    (5_000, Ratio(1)), (10_000, Ratio(1)), (35_000, Ratio(3, 5)), (60_000, Ratio(1, 5)),
    (200_000, Ratio(1, 5)),
  ])
  func `nearness falls evenly from ten to sixty kilometres`(metres: Int, value: Ratio) {
    #expect(Comparison.nearness(metres: metres) == value)
  }

  @Test(
    arguments: [
      (EngagementStatus.completed, 10, 8, nil, true), (.completed, 10, 7, nil, false),
      (.evaluated, nil, nil, nil, true), (.completed, 10, nil, nil, false),
      (.terminated, 10, 10, nil, nil), (.withdrawn, 10, nil, CivilDate("2022-03-01"), false),
      (.implementing, 10, 10, CivilDate("2022-03-01"), nil),
    ] as [(EngagementStatus, Int?, Int?, CivilDate?, Bool?)]
  )
  func `an engagement is fulfilled by four fifths of its quantity`(
    status: EngagementStatus,
    quantity: Int?,
    fulfilled: Int?,
    signedOn: CivilDate?,
    expected: Bool?
  ) {
    var engagement = Engagement()
    engagement.status = status
    engagement.quantity = quantity
    engagement.fulfilledQuantity = fulfilled
    engagement.signedOn = signedOn
    #expect(TrackRecord.isFulfilled(engagement) == expected)
  }

  @Test func `a newcomer's track counts four fifths, and few engagements move it little`() {
    #expect(TrackRecord().value == Ratio(4, 5))
    #expect(TrackRecord(ended: 1, fulfilled: 1).value == Ratio(17, 20))
    #expect(TrackRecord(ended: 1, fulfilled: 0).value == Ratio(3, 5))
    #expect(TrackRecord(ended: 1, fulfilled: 0).sentence == "已结束的 1 次合作中履约 0 次")
  }

  @Test func `an item as poor as a title finds the program it names`() throws {
    try withCity(demo: true) { city in
      let index = MatchIndex(city.register, city: city.city)
      try index.catchUp()
      let desk = MatchDesk(city.register, city: city.city, index: index)
      let programs = try city.register.list(
        #require(city.register.kind("program")),
        Query(limit: 3)
      )
      for program in programs {
        let line = JSON.object(["title": .string("\(program.title)实习岗位")]).text
        let (result, problems) = try desk.match(line.utf8, most: 20)
        #expect(problems.isEmpty)
        let names = try #require(result).candidates.map(\.profile.name)
        #expect(names.contains(program.title))
      }
    }
  }

  @Test func `a named program scores the full program dimension and gives its reason`() throws {
    try withCity(demo: true) { city in
      let index = MatchIndex(city.register, city: city.city)
      try index.catchUp()
      let desk = MatchDesk(city.register, city: city.city, index: index)
      let kind = try #require(city.register.kind("program"))
      let found = try city.register.list(kind, Query(limit: 1))
      let program = try #require(found.first)
      let line = "{\"title\":\"岗位\",\"programRefs\":[{\"programCode\":\"\(program.id)\"}]}"
      let result = try #require(try desk.match(line.utf8, most: 20).result)
      let first = try #require(result.candidates.first { $0.profile.kind == .program })
      #expect(first.profile.code == program.id)
      #expect(first.card.score == Ratio(100))
      #expect(first.reasons.first == "专业一致（\(program.id) \(program.title)）")
    }
  }

  @Test func `an item whose owner can't be read is not matched without it`() throws {
    try withCity { city in
      let index = MatchIndex(city.register, city: city.city)
      try index.catchUp()
      let desk = MatchDesk(city.register, city: city.city, index: index)
      let line = JSON.object([
        "title": .string("数控车工实习岗位"), "ownerEnterpriseId": .string("E1"),
      ]).text
      #expect(try desk.match(line.utf8, most: 3).result != nil)
      try city.register.store.write {
        _ = try $0.execute("ALTER TABLE enterprise RENAME TO elsewhere", [])
      }
      #expect(throws: (any Error).self) { try desk.match(line.utf8, most: 3) }
    }
  }

  @Test func `a bad line of a batch answers in its place`() throws {
    try withCity { city in
      let index = MatchIndex(city.register, city: city.city)
      try index.catchUp()
      let desk = MatchDesk(city.register, city: city.city, index: index)
      #expect(try desk.answer("{".utf8, most: 3)["error"]?["code"]?.string == "REC-E-024")
      #expect(
        try desk.answer("{\"description\":\"x\"}".utf8, most: 3)["error"]?["code"]?.string
          == "REC-E-001"
      )
    }
  }

  @Test func `a published item is found as soon as it is saved`() throws {
    try withCity(demo: true) { city in
      let index = MatchIndex(city.register, city: city.city)
      try index.catchUp()
      #expect(index.texts.search("量子鞋楦").count == 0)
      let kind = try #require(city.register.kind("enterprise"))
      let found = try city.register.list(kind, Query(limit: 1))
      let enterprise = try #require(found.first)
      _ = try city.save(
        "exchangeItem",
        [
          "kind": "coBuild", "side": "demand", "title": "共建量子鞋楦实训基地",
          "ownerEnterpriseId": enterprise.id,
          "regionCode": enterprise["registeredRegionCode"].text ?? "",
        ]
      )
      try index.catchUp()
      #expect(index.texts.search("量子鞋楦").count == 1)
    }
  }

  @Test func `students under eighteen are kept from a post with hazards, and it is told`() throws {
    try withCity(demo: true) { city in
      let index = MatchIndex(city.register, city: city.city)
      try index.catchUp()
      let desk = MatchDesk(city.register, city: city.city, index: index)
      let kind = try #require(city.register.kind("enterprise"))
      let found = try city.register.list(kind, Query(limit: 1))
      let enterprise = try #require(found.first)
      let hazard = try #require(city.city.codeTable("hazard")?.first { $0.code == "dust" })
      let post = try city.save(
        "exchangeItem",
        [
          "kind": "internshipPost", "side": "offer", "title": "打磨岗位", "headcount": "5",
          "ownerEnterpriseId": enterprise.id, "hazardCodes": hazard.code,
          "regionCode": enterprise["registeredRegionCode"].text ?? "",
          "programRefs": "710201;5",
        ]
      )
      try index.catchUp()
      for (minors, isNear) in [(0, false), (3, true)] {
        let line = """
          {"title":"实习岗位需求","kind":"internshipNeed","side":"demand","headcount":5,
          "programRefs":[{"programCode":"710201"}],"minorsCount":\(minors)}
          """
        let result = try #require(try desk.match(line.utf8, most: 200).result)
        let near = result.nearMisses.first { $0.profile.id == post.id }
        #expect((near != nil) == isNear)
        #expect(result.candidates.contains { $0.profile.id == post.id } == !isNear)
        if let near {
          #expect(near.failed.map(\.reason) == ["有 3 名学生未满 18 周岁，岗位有危害（\(hazard.label)）"])
        }
      }
    }
  }

  @Test func `pay is compared with five posts of its kind and category, or not at all`() throws {
    try withCity(demo: true) { city in
      let kind = try #require(city.register.kind("enterprise"))
      let found = try city.register.list(kind, Query(limit: 1))
      let enterprise = try #require(found.first)
      let category = try #require(city.city.codeTable("postCategory")?.first)
      let index = MatchIndex(city.register, city: city.city)
      let desk = MatchDesk(city.register, city: city.city, index: index)
      func factor(_ id: String) throws -> Factor? {
        let line = "{\"title\":\"应届毕业生\",\"kind\":\"talentSupply\",\"side\":\"offer\"}"
        let result = try #require(try desk.match(line.utf8, most: 200).result)
        return result.candidates.first { $0.profile.id == id }?.card.factors
          .first { $0.dimension.name == "pay" }
      }
      var ids: [String] = []
      for number in 1...5 {
        let post = try city.save(
          "exchangeItem",
          [
            "kind": "graduateJob", "side": "demand", "title": "应届毕业生岗位 \(number) 号",
            "ownerEnterpriseId": enterprise.id, "headcount": "5", "postCategory": category.code,
            "regionCode": enterprise["registeredRegionCode"].text ?? "",
            "payMin": "\(3000 + number * 1000)", "payMax": "\(5000 + number * 1000)",
          ]
        )
        ids.append(post.id)
        try index.catchUp()
        if number == 4 {
          let few = try factor(ids[0])
          #expect(few == nil || few?.value == nil)
        }
      }
      let weights = city.city.weights(for: "talentSupply").byDimension["pay"]
      let second = try factor(ids[1])
      #expect((second != nil) == (weights != nil))
      if let second {
        #expect(second.value == Ratio(2, 5))
        #expect(second.evidence == "月薪约 6,000 元，不低于 5 个同类岗位中的 2 个")
      }
    }
  }
}
