import Testing

@testable import Web

/// A request as it is read.
@Suite struct WebRequestTests {
  private func form(_ body: String) -> [String] {
    WebRequest(method: "POST", target: "/x", body: Array(body.utf8)).form
      .map { "\($0.name)=\($0.value)" }
  }

  @Test func `a posted form is read name by name, with blanks, signs and what is no sign`() {
    #expect(form("a=1&b=&c&=d&a=2") == ["a=1", "b=", "c=", "=d", "a=2"])
    #expect(form("a+b=c+d&e=%E5%88%BA%E6%A1%90&f=1%2B1%3D2") == ["a b=c d", "e=刺桐", "f=1+1=2"])
    #expect(form("a=%&b=%zz&c=%4&d=100%25") == ["a=%", "b=%zz", "c=%4", "d=100%"])
    #expect(form("") == [])
  }

  @Test func `a request given another body has another form, its copy the former one`() {
    var request = WebRequest(method: "POST", target: "/x", body: Array("a=1".utf8))
    #expect(request.form.map(\.value) == ["1"])
    let copy = request
    request.body = Array("a=2".utf8)
    #expect(request.form.map(\.value) == ["2"])
    #expect(copy.form.map(\.value) == ["1"])
  }
}
