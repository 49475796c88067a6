import Records
import CitongTesting
import Foundation
import Ledger
import Testing
import Values
import Web

@Suite struct PageTests {
  private func site(_ city: TestCity) throws -> OfficeSite {
    let site = try OfficeSite(city)
    try site.catchUp()
    return site
  }

  private func text(_ answer: WebAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

  @Test func `every public page answers and says it is demo data`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      for target in [
        "/", "/figures", "/board", "/board?place=county:990102&map=S6", "/board?place=school:SD001",
        "/board?wall=1", "/figures?place=school:SD001", "/figure/S4?place=county:990102",
        "/figure/S4", "/figure/S9", "/school", "/school/SD001", "/enterprise",
        "/carrier", "/programOffering", "/kinds", "/search?q=%E6%BC%94",
      ] {
        let answer = site.answer(WebRequest(method: "GET", target: target))
        #expect(answer.status == 200, "\(target)")
        #expect(text(answer).contains("演示数据"), "\(target)")
        #expect(!text(answer).contains("{{"), "\(target)")
      }
    }
  }

  @Test func `every kind's first records have their page, their form and their JSON`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      for kind in city.register.kinds where Reader.officer.mayList(kind) {
        for record in try city.register.list(kind, Query(limit: 5)) {
          let id = record.id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
          for target in [
            "/desk/\(kind.name)/\(id)", "/desk/\(kind.name)/\(id)/edit", "/api/\(kind.name)/\(id)",
          ] {
            let answer = site.answer(WebRequest(method: "GET", target: target))
            let isEdit = target.hasSuffix("/edit")
            let expected = isEdit && !Reader.officer.may(.update, kind) ? 403 : 200
            #expect(answer.status == expected, "\(target)")
          }
        }
        let new = site.answer(WebRequest(method: "GET", target: "/desk/\(kind.name)/new"))
        #expect(new.status == (Reader.officer.may(.create, kind) ? 200 : 403), "\(kind.name)")
      }
      let found = try city.register.record(city.kind("school"), "SD001")
      let school = try #require(found)
      let programs = try city.register.list(city.kind("program"), Query(limit: 1))
      let program = try #require(programs.first)
      let item = try city.save(
        "exchangeItem",
        [
          "kind": "internshipNeed", "side": "demand", "title": "寻实习岗位", "headcount": "20",
          "ownerSchoolId": school.id, "regionCode": school["locationRegionCode"].text ?? "",
          "programRefs": "\(program.id);20",
        ]
      )
      let page = text(
        site.answer(WebRequest(method: "GET", target: "/desk/exchangeItem/\(item.id)"))
      )
      #expect(page.contains("\(program.id) \(program.title)"))
    }
  }

  @Test func `the records of a figure and all records of the kind are counted apart`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      func count(_ target: String) -> String {
        let page = text(site.answer(WebRequest(method: "GET", target: target)))
        return page.firstMatch(of: /共 ?([\d,]+) ?条/).map { String($0.1) } ?? ""
      }
      let all = try city.rows(in: "school")
      let figure = count("/school?figure=S3")
      #expect(figure == "3")
      #expect(count("/school") == "\(all)")
      #expect(count("/school?figure=S3") == "3")
      let county = try #require(try city.register.managingUnits().first?.id)
      let there = site.answer(
        WebRequest(method: "GET", target: "/api/figures?place=county:\(county)")
      )
      #expect(there.status == 200)
      let nowhere = site.answer(WebRequest(method: "GET", target: "/api/figures?place=county:1"))
      #expect(nowhere.status == 400)
    }
  }

  @Test func `the public list hides internal fields and the desk shows them`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      let open = text(site.answer(WebRequest(method: "GET", target: "/api/public/enterprise")))
      let desk = text(site.answer(WebRequest(method: "GET", target: "/api/enterprise")))
      #expect(!open.contains("annualOutput"))
      #expect(desk.contains("annualOutput"))
      let hidden = site.answer(WebRequest(method: "GET", target: "/api/public/graduateDestination"))
      #expect(hidden.status == 404)
    }
  }

  @Test func `a refused form keeps what was typed and says why at the field`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      let body = Array("schoolName=&uscc=91350599MA2XQ0002Q&ownership=public".utf8)
      let answer = site.answer(WebRequest(method: "POST", target: "/desk/school", body: body))
      #expect(answer.status == 422)
      #expect(text(answer).contains("请填写学校全称。"))
      #expect(text(answer).contains("91350599MA2XQ0002Q"))
    }
  }

  @Test func `over the API a school is made once and the second writer is told`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      let county =
        try #require(city.register.kind("school").map { try city.register.list($0, .init()) })
        .first?["locationRegionCode"].text ?? ""
      let school = """
        {"schoolName":"新校演示","institutionKind":"secondaryVocationalSchool","ownership":"public",
        "competentAuthority":"cityEdu","locationRegionCode":"\(county)"}
        """
      let made = site.answer(
        WebRequest(method: "POST", target: "/api/school", body: Array(school.utf8))
      )
      #expect(made.status == 201)
      let id = try #require(JSON(parsing: made.body)["id"]?.string)
      let again = site.answer(
        WebRequest(method: "POST", target: "/api/school", body: Array(school.utf8))
      )
      #expect(again.status == 422)
      #expect(text(again).contains("REC-E-023"))
      func put(_ sponsor: String) -> WebAnswer {
        let body = "{\"sponsor\":\"\(sponsor)\",\"version\":1}"
        return site.answer(
          WebRequest(method: "PUT", target: "/api/school/\(id)", body: Array(body.utf8))
        )
      }
      #expect(put("甲").status == 200)
      #expect(put("乙").status == 409)
    }
  }

  @Test(arguments: [
    ("{\"schoolName\":", 400), ("[]", 422), ("{\"schoolNam\":\"x\"}", 422),
    ("{\"schoolName\":5}", 422),
  ])
  func `bad JSON is told as problem JSON`(body: String, status: Int) throws {
    try withCity { city in
      let site = try site(city)
      let answer = site.answer(
        WebRequest(method: "POST", target: "/api/school", body: Array(body.utf8))
      )
      #expect(answer.status == status)
      #expect(answer.type.hasPrefix("application/problem+json"))
    }
  }

  @Test func `a kept page is dropped when a record changes`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      let request = WebRequest(method: "GET", target: "/school?q=SD001")
      _ = site.answer(request)
      #expect(site.keptAnswer(request) != nil)
      _ = try city.save("school", ["schoolId": "SD001", "sponsor": "另一个举办者"])
      try site.catchUp()
      #expect(site.keptAnswer(request) == nil)
    }
  }
}
