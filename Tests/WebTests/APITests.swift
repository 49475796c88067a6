import CitongTesting
import Foundation
import Records
import Testing
import Values
import Web

@Suite struct APITests {
  private func ask(
    _ site: OfficeSite,
    _ target: String,
    _ method: String = "GET",
    _ body: String = ""
  ) throws -> (status: Int, json: JSON) {
    let answer = site.answer(WebRequest(method: method, target: target, body: Array(body.utf8)))
    return (answer.status, try JSON(parsing: answer.body))
  }

  private func withSite(_ body: (OfficeSite, TestCity) throws -> Void) throws {
    try withCity(demo: true) { city in
      let site = try OfficeSite(city)
      try site.catchUp()
      try body(site, city)
    }
  }

  @Test(
    arguments: [
      ("page=0", "page", "page 应为从 1 起的整数，现在是 0。"),
      ("order=up", "order", "order 应为 asc 或 desc，现在是 up。"),
      ("sort=schoolNam", "sort", "学校没有字段 schoolNam，不能按它排序。你是不是想填：schoolName、schoolId？"),
      ("ownership=publik", "ownership", nil), ("colour=red", "colour", nil),
      ("figure=S4", "figure", nil),
    ] as [(String, String, String?)]
  )
  func `a query nobody can answer is refused at its part`(
    query: String,
    field: String,
    message: String?
  ) throws {
    try withSite { site, _ in
      let (status, json) = try ask(site, "/api/school?" + query)
      #expect(status == 400)
      let problem = json["problems"]?.array?.first
      #expect(problem?["field"]?.string == field)
      #expect(problem?["code"]?.string == "REC-E-012")
      if let message { #expect(problem?["message"]?.string == message) }
    }
  }

  @Test func `a change must name the version it was made from, and keeps the identifier`() throws {
    try withSite { site, _ in
      for body in ["{\"sponsor\":\"x\"}", "{\"sponsor\":\"x\",\"version\":\"1\"}"] {
        let (status, json) = try ask(site, "/api/school/SD001", "PATCH", body)
        #expect(status == 422)
        #expect(json["problems"]?.array?.first?["code"]?.string == "REC-E-025")
      }
      let moved = "{\"schoolId\":\"SD999\",\"version\":1}"
      let (status, json) = try ask(site, "/api/school/SD001", "PATCH", moved)
      #expect(status == 422)
      #expect(
        json["problems"]?.array?.first?["message"]?.string
          == "学校编号登记后不能改：地址里是 SD001，内容里是 SD999。要换编号请新登记一条。"
      )
      let (saved, after) = try ask(
        site,
        "/api/school/SD001",
        "PATCH",
        "{\"sponsor\":\"新举办者\",\"version\":1}"
      )
      #expect(saved == 200)
      #expect(after["version"] == .integer(2))
    }
  }

  @Test func `anybody reads exactly the public kinds, the officer all of them`() throws {
    try withSite { site, city in
      for kind in city.register.kinds where Reader.officer.mayList(kind) {
        let open = try ask(site, "/api/public/\(kind.name)")
        #expect(open.status == (kind.isPublic ? 200 : 404), "\(kind.name)")
        #expect(try ask(site, "/api/\(kind.name)").status == 200, "\(kind.name)")
        let page = site.answer(WebRequest(method: "GET", target: "/\(kind.name)"))
        #expect(page.status == (kind.isPublic ? 200 : 404), "\(kind.name)")
        for item in open.json["items"]?.array ?? [] {
          for field in kind.fields where field.privacy != .public {
            #expect(item[field.name] == nil, "\(kind.name).\(field.name)")
          }
        }
        let inner = try ask(site, "/api/public/\(kind.name)").json.text
        #expect(kind.isPublic || !inner.contains("你是不是想填：\(kind.name)"), "\(kind.name)")
      }
    }
  }

  @Test func `what is not public is no candidate for anybody`() throws {
    try withSite { site, city in
      let kind = try #require(city.register.kind("exchangeItem"))
      let items = try city.register.list(kind, Query(limit: 1000))
      let hidden = Set(items.filter { $0["visibility"].text != "public" }.map(\.id))
      for item in items.filter({ $0["visibility"].text == "public" }).prefix(20) {
        let (status, json) = try ask(site, "/api/public/matches?top=200&item=\(item.id)")
        #expect(status == 200 || status == 404)
        let found = (json["candidates"]?.array ?? []).compactMap { $0["id"]?.string }
        #expect(hidden.isDisjoint(with: found))
      }
    }
  }

  @Test func `the address of the API lists its kinds`() throws {
    try withSite { site, city in
      let (status, json) = try ask(site, "/api")
      #expect(status == 200)
      #expect(json.array?.count == city.register.kinds.count)
    }
  }
}

/// Lists asked for by a rule.
@Suite struct RuleListTests {
  private func answer(_ city: TestCity, _ rule: String, as reader: Reader = .officer) throws
    -> WebAnswer
  {
    let text = rule.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return try OfficeSite(city).answer(
      WebRequest(method: "GET", target: "/api/schoolAnnualStat?limit=200&where=\(text)"),
      as: reader
    )
  }

  @Test func `a list has the records a rule means, page by page`() throws {
    try withCity(demo: true) { city in
      let answer = try answer(city, "在校生 >= 100 && 学年 == '2021-2022'")
      let json = try JSON(parsing: answer.body)
      let items = json["items"]?.array ?? []
      #expect(answer.status == 200 && !items.isEmpty)
      #expect(json["total"] == .integer(items.count))
      for item in items {
        #expect(item["schoolYear"]?.string == "2021-2022")
        if case .integer(let enrolled)? = item["enrolled"] { #expect(enrolled >= 100) }
      }
    }
  }

  @Test func `a rule that is wrong, or has to be computed record by record, is told at its place`()
    throws
  {
    try withCity(demo: true) { city in
      for (rule, code, part) in [
        ("在校人数 > 3", "RUL-E-010", "规则第 1 个字"), ("在校生 >", "RUL-E-005", "规则第"),
        ("在校生", "RUL-E-034", "应为真假"), ("在校生 / 毕业生 > 3", "REC-E-066", "逐条计算"),
      ] {
        let answer = try answer(city, rule)
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(
          answer.status == 400 && text.contains(code) && text.contains(part),
          "\(rule): \(text)"
        )
      }
    }
  }
}
