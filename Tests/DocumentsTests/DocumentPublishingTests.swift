import Calendar
import CitongTesting
@testable import Documents
import Foundation
import Records
import Synchronization
import Testing
import Values

/// Documents published from a register.
@Suite struct DocumentPublishingTests {
  private static let heads = "标题：甲\n机关：乙局\n文号系列：乙函\n索引系列：YJ00001-0100\n公开：主动公开\n---\n"

  private func withSeries(_ body: (TestCity) throws -> Void) throws {
    try withCity { city in
      for (id, prefix, use, used) in [
        ("A", "乙函", "documentNumber", "7"), ("B", "YJ00001-0100", "indexNumber", "99"),
      ] {
        try city.save(
          "documentSeries",
          [
            "seriesId": id, "organ": "乙局", "prefix": prefix, "use": use, "year": "2022",
            "usedBefore": used,
          ]
        )
      }
      try body(city)
    }
  }

  private func draft(_ city: TestCity, _ body: String, _ name: String = "甲") throws -> (
    draft: DocumentDraft?, faults: [String]
  ) {
    let template = try #require(DocumentTemplate.read(name, "甲.txt", Self.heads + body).template)
    let (draft, faults) = try DocumentDraft.reckon(
      template,
      asOf: TestCity.today,
      in: city.register
    )
    return (draft, faults.map { "\($0.line ?? 0) \($0.problem.code) \($0.problem.message)" })
  }

  private func publish(_ city: TestCity, _ draft: DocumentDraft) throws -> (PublishedDocument, Bool)
  {
    let (document, isNew) = try DocumentPublishing(city.register).publish(
      draft,
      by: TestCity.officer
    )
    return (document, isNew)
  }

  @Test func `a figure is frozen with its formula, value, place and records`() throws {
    try withSeries { city in
      let found = try draft(
        city,
        "全市有县{{count(区域, x, x.类型 == \"county\")}}个{{若 1 == 2：，没有}}{{若 1 == 1：。}}"
      )
      let (document, _) = try publish(city, try #require(found.draft))
      let row = try #require(document.figures.rows.first)
      let count = try #require(Int(row[4]))
      #expect(count > 0 && row[6] == row[4])
      #expect(document.body == "全市有县\(count)个。")
      #expect(row[1] == "0:4")
      #expect(document.bodyHTML(true).contains("全市有县<data value=\"\(count)\""))
      #expect(document.bodyHTML(true) { _ in "/x" }.contains("<a class=\"live\" href=\"/x\""))
      #expect(document.bodyHTML(false) == "<p>全市有县\(count)个。</p>\n")
      #expect(try DocumentPublishing.broken(in: city.register).isEmpty)
    }
  }

  @Test func `the same draft is published once, another gets the next number`() throws {
    try withSeries { city in
      let first = try publish(city, try #require(try draft(city, "甲{{1 + 1}}").draft))
      #expect(first.0.documentNumber == "乙函〔2022〕8号")
      #expect(first.0.indexNumber == "YJ00001-0100-2022-00100")
      let again = try publish(city, try #require(try draft(city, "甲{{1 + 1}}").draft))
      #expect(again.0.documentId == first.0.documentId && !again.1)
      let other = try publish(city, try #require(try draft(city, "甲{{1 + 2}}").draft))
      #expect(other.0.documentNumber == "乙函〔2022〕9号")
      #expect(other.0.formerHash == first.0.contentHash)
      #expect(try DocumentPublishing.broken(in: city.register).isEmpty)
    }
  }

  @Test func `500 at once have 500 numbers in a row`() throws {
    try withSeries { city in
      let one = try #require(try draft(city, "甲").draft)
      let publishing = DocumentPublishing(city.register)
      let serials = Mutex<[Int]>([])
      DispatchQueue.concurrentPerform(iterations: 500) { number in
        var own = one
        own.template.name = "甲\(number)"
        let serial = try? publishing.publish(own, by: TestCity.officer).document.serial
        serials.withLock { $0.append(serial ?? 0) }
      }
      #expect(serials.withLock { $0.sorted() } == Array(8...507))
      #expect(try DocumentPublishing.broken(in: city.register).isEmpty)
    }
  }

  @Test func `a figure that does not resolve is refused with its line`() throws {
    try withSeries { city in
      let found = try draft(city, "甲\n乙{{count(学校) / count(学校, x, x.状态 == \"没有\")}}\n丙{{S99}}")
      #expect(found.draft == nil)
      #expect(found.faults.count == 2)
      #expect(found.faults[0].hasPrefix("8 PUB-E-010 数字“{{count(学校)"))
      #expect(found.faults[1].hasPrefix("9 PUB-E-010 数字“{{S99}}”算不出："))
    }
  }

  @Test func `without a series nothing is published`() throws {
    try withCity { city in
      let found = try #require(try draft(city, "甲").draft)
      do {
        _ = try publish(city, found)
        Issue.record("published")
      } catch let refused as Refused {
        #expect(refused.problems.map(\.message) == ["没有 2022 年的文号系列“乙函”，请先在“文号系列”里登记。"])
      }
    }
  }

  @Test func `what is out may not be changed, and what was changed in the store is found`() throws {
    try withSeries { city in
      let (document, _) = try publish(city, try #require(try draft(city, "甲{{1 + 1}}").draft))
      let told = try city.outcome(
        of: "publishedDocument",
        ["title": "乙", "state": "withdrawn"],
        id: document.documentId
      ).problems
      #expect(told.map(\.code) == ["PUB-E-020", "PUB-E-021"])
      #expect(
        try city.outcome(
          of: "publishedDocument",
          ["state": "withdrawn", "correction": "演示更正〔2022〕1号：数据有误"],
          id: document.documentId
        ).problems.isEmpty
      )
      var other = document
      other.body = "改过的"
      #expect(other.hash != document.contentHash)
    }
  }

  @Test func `a document is a page, a text and a Word file`() throws {
    try withSeries { city in
      let (document, _) = try publish(
        city,
        try #require(try draft(city, "一、<甲>{{1 + 1}}\n[表 按县 school.count]").draft)
      )
      #expect(document.page().contains("<p class=\"head\">一、&lt;甲&gt;<data value=\"2\""))
      #expect(document.page().contains("<table><tr><th>地区</th><th>职业院校</th></tr>"))
      #expect(document.plainText.contains("　　一、<甲>2\n地区\t职业院校\n"))
      #expect(document.plainText.contains("2022年7月14日"))
      let path = city.folder + "/甲.docx"
      try document.writeWord(to: path)
      let bytes = try #require(FileManager.default.contents(atPath: path))
      #expect(bytes.starts(with: Array("PK".utf8)))
    }
  }
}
