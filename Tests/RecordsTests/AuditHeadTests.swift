import Calendar
import Ciphers
import CitongTesting
import Foundation
import Records
import Testing
import Values

/// The heads of the audit log.
@Suite struct AuditHeadTests {
  @Test(
    arguments: [
      (nil, 0, false, "nothing to tell"), (nil, 1, true, "the first"),
      ("2022-07-13", 1, true, "a day later, though nothing was added"),
      ("2022-07-14", 9, false, "today's is there"),
      ("2022-07-15", 9, false, "the clock was put back"), ("2022-07-13", 0, false, "no entry"),
    ] as [(String?, Int, Bool, String)]
  )
  func `a head is due once a day`(last: String?, sequence: Int, isDue: Bool, why: String) {
    let due = AuditHead.isDue(after: last.map(day), on: TestCity.today, sequence: sequence)
    #expect(due == isDue, "\(why)")
  }

  @Test func `a head a day is appended, and none is written again`() throws {
    try withCity(kinds: sampleKinds) { city in
      let heads = AuditLog.heads(city)
      try #expect(city.register.writeHead(to: heads) == nil, "no entry")
      try city.save("sample", ["title": "甲"])
      let first = try #require(try city.register.writeHead(to: heads))
      #expect(first.date == TestCity.today && first.sequence == 1)
      let text = try AuditLog.headText(city)
      try city.save("sample", ["title": "乙"])
      try #expect(city.register.writeHead(to: heads) == nil)
      try #expect(city.on("2022-07-13").register.writeHead(to: heads) == nil)
      try #expect(AuditLog.headText(city) == text)
      let second = try #require(try city.on("2022-07-15").register.writeHead(to: heads))
      #expect(second.sequence == 2)
      try #expect(AuditLog.headText(city).hasPrefix(text))
      try #expect(heads.lines().map(\.head) == [first, second])
      try #expect(heads.last() == second)
    }
  }

  @Test func `the key is made once, for its owner only, and seals`() throws {
    try withCity(kinds: sampleKinds) { city in
      let heads = AuditLog.heads(city)
      try #expect(heads.key() == nil)
      try city.save("sample", ["title": "甲"])
      let head = try #require(try city.register.writeHead(to: heads))
      let key = try #require(try heads.key())
      #expect(key.count == 32)
      let path = city.folder + "/audit.key"
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(head.isSealed(with: key))
      #expect(!head.isSealed(with: [UInt8](repeating: 0, count: 32)))
      for change: (inout AuditHead) -> Void in [
        { $0.date = day("2022-07-13") }, { $0.sequence += 1 }, { $0.hash += "0" },
        { $0.algorithm = .sm3 }, { $0.mac = nil }, { $0.mac = "" },
      ] {
        var other = head
        change(&other)
        #expect(!other.isSealed(with: key), "\(other)")
      }
      try city.on("2022-07-15").register.writeHead(to: heads)
      try #expect(heads.key() == key)
      let left = try FileManager.default.contentsOfDirectory(atPath: city.folder)
      #expect(left.filter { $0.hasPrefix("audit") }.sorted() == ["audit-heads.jsonl", "audit.key"])
    }
  }

  @Test func `what anybody sees of a head has no seal`() throws {
    let head = AuditHead(
      date: TestCity.today,
      sequence: 3,
      hash: "ab",
      algorithm: .sha256,
      mac: "cd"
    )
    #expect(head.json.text == #"{"date":"2022-07-14","seq":3,"hash":"ab","algorithm":"sha256"}"#)
    var read = head
    read.mac = nil
    #expect(AuditHead(line: head.json.text.utf8) == read)
    for line in ["", "[]", #"{"date":"2022-07-14","seq":0,"hash":"","algorithm":"sha256"}"#] {
      #expect(AuditHead(line: line.utf8) == nil, "\(line)")
    }
  }

  @Test func `a broken key is told and not made anew`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "甲"])
      _ = try AuditLog.write("abc\n", city, to: "audit.key")
      let told = #expect(throws: AuditHeads.Unusable.self) {
        try city.register.writeHead(to: AuditLog.heads(city))
      }
      #expect(told?.sentence.contains("audit.key") == true)
    }
  }
}
