import CitongTesting
import Foundation
import Records
import Testing
import Web

/// Answers that take long to make.
@Suite struct DownloadTests {
  @Test func `a workbook nobody waits for any more is given up`() throws {
    try withCity(demo: true) { city in
      let site = try OfficeSite(city)
      let answer = site.answer(WebRequest(method: "GET", target: "/desk/programOffering.xlsx"))
      guard case .work(let make)? = answer.stream else {
        Issue.record("no work: \(answer.status)")
        return
      }
      #expect(throws: CancellationError.self) { try make { false } }
      let whole = try make { true }
      guard case .file(let path)? = whole.stream else {
        Issue.record("no file")
        return
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: Data("PK".utf8)))
      try FileManager.default.removeItem(atPath: path)
    }
  }
}
