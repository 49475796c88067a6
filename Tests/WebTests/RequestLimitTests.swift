import CitongTesting
import Records
import Testing
import Web

@Suite struct RequestLimitTests {
  private func site(_ city: TestCity) throws -> Site {
    try Site(register: city.register, city: city.city, isDemo: true, asOf: nil)
  }

  private func request(_ target: String, from address: String, isProxied: Bool = true) -> WebRequest
  {
    var request = WebRequest(method: "GET", target: target)
    request.address = address
    request.isSecure = isProxied
    return request
  }

  /// How many of some requests at once are answered, and the first answer that is none.
  private func ask(_ site: Site, _ count: Int, _ request: WebRequest) -> (
    answered: Int, refused: WebAnswer?
  ) {
    var answered = 0
    var refused: WebAnswer?
    for _ in 0..<count {
      let answer = site.answer(request)
      if answer.status == 429 { refused = refused ?? answer } else { answered += 1 }
    }
    return (answered, refused)
  }

  @Test func `an address that asks too much waits, others don't, and the log tells once`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      let asked = ask(site, 700, request("/desk/kinds", from: "203.0.113.7"))
      #expect(asked.answered == 600)
      let refused = try #require(asked.refused)
      #expect(refused.headers.first { $0.0 == "Retry-After" }?.1 == "1")
      #expect(String(decoding: refused.body, as: UTF8.self).contains("请求太多，请 1 秒后再试。"))
      #expect(ask(site, 5, request("/desk/kinds", from: "203.0.113.8")).answered == 5)
      var noted = 0
      var query = AuditQuery()
      query.action = "limit"
      try city.register.eachAuditEntry(query, for: Reader(.auditAdmin)) { _ in noted += 1 }
      #expect(noted == 1)
    }
  }

  @Test func `what computes costs more, and programs are told as programs are`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      let asked = ask(site, 100, request("/api/public/matches?title=a", from: "203.0.113.7"))
      #expect(asked.answered == 60)
      let body = try String(decoding: #require(asked.refused).body, as: UTF8.self)
      #expect(body.contains("ACC-E-027"))
    }
  }

  @Test func `who asks on the machine itself is not counted`() throws {
    try withCity(demo: true) { city in
      let site = try site(city)
      let asked = ask(site, 700, request("/desk/kinds", from: "127.0.0.1", isProxied: false))
      #expect(asked.answered == 700)
    }
  }
}
