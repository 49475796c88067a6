import CitongTesting
import Records
import Storage
import Testing
import Values
import Web

@Suite struct AccessPageTests {
  private func text(_ address: String, as reader: Reader, in city: TestCity) throws -> (
    status: Int, text: String
  ) {
    let site = try OfficeSite(city)
    let answer = site.answer(WebRequest(method: "GET", target: address), as: reader)
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  @Test func `the security administrator asks who sees a field, and by which grant`() throws {
    try withCity(demo: true) { city in
      let page = try text(
        "/desk/access?of=graduateDestination&field=monthlyPay",
        as: Reader(.securityAdmin),
        in: city
      )
      #expect(page.status == 200)
      #expect(page.text.contains("谁能看到“月薪”（敏感个人信息），凭哪一条："))
      #expect(page.text.contains("市教育局"))
      #expect(!page.text.contains("<td data-label=\"角色\" class=\"name\">班主任"))
    }
  }

  @Test func `the system is shown as a role has it, without a record`() throws {
    try withCity(demo: true) { city in
      let kind = try city.kind("school")
      let school = try #require(try city.register.list(kind, Query(limit: 1)).first)
      let address = "/desk/access/as?role=schoolAdmin&for=\(school.id)&of=graduateDestination"
      let page = try text(address, as: Reader(.securityAdmin), in: city)
      #expect(page.status == 200)
      #expect(page.text.contains("菜单里有：首页、导入"))
      #expect(page.text.contains("毕业去向的字段"))
      #expect(!page.text.contains(school.title))
      let closed = try text(address, as: Reader(.cityBureau), in: city)
      #expect(closed.status == 403)
    }
  }

  @Test func `a school there is not is told`() throws {
    try withCity(demo: true) { city in
      let page = try text(
        "/desk/access/as?role=schoolAdmin&for=nowhere",
        as: Reader(.securityAdmin),
        in: city
      )
      #expect(page.status == 422)
      #expect(page.text.contains("没有编号为 nowhere 的学校，请填编号，例如从列表里抄。"))
    }
  }

  @Test func `a view counts what the role reaches and tells no small number of persons`() throws {
    try withCity(demo: true) { city in
      let schools = try city.register.list(city.kind("school"), Query(limit: 2))
      let own = try city.register.view(
        as: Reader(.schoolAdmin, organisation: schools[0].id)
      )
      let people = try city.kind("graduateDestination")
      try city.store.read { reading in
        for view in own {
          let all = try city.register.count(view.kind, Query(), in: reading)
          let few = all > 0 && all < view.kind.publishedAtLeast
          #expect(view.all == (few ? nil : all), "\(view.kind.name)")
        }
        let theirs = try city.register.count(
          people,
          Query([.field("schoolId", schools[0].id)]),
          in: reading
        )
        let view = try #require(own.first { $0.kind.name == people.name })
        #expect(view.count == (theirs > 0 && theirs < people.publishedAtLeast ? nil : theirs))
      }
      #expect(
        own.first { $0.kind.name == people.name }?.fields.first { $0.field.name == "monthlyPay" }?
          .sight == .seen
      )
    }
  }
}
