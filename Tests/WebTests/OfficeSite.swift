import CitongTesting
import Foundation
import Records
import Web

/// A site as somebody of the city's bureau uses it.
struct OfficeSite {
  let site: Site

  init(_ city: TestCity, isDemo: Bool = true) throws {
    site = try Site(register: city.register, city: city.city, isDemo: isDemo, asOf: nil)
  }

  func answer(_ request: WebRequest, as reader: Reader = .officer) -> WebAnswer {
    var asked = request
    asked.visitor = Visitor(reader: reader)
    let answer = site.answer(asked)
    // A server sends such a file and takes it away; nobody here reads it.
    if case .file(let path)? = answer.stream { try? FileManager.default.removeItem(atPath: path) }
    return answer
  }

  func keptAnswer(_ request: WebRequest) -> WebAnswer? { site.keptAnswer(request) }

  func catchUp() throws { try site.catchUp() }
}
