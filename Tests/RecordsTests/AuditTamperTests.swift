import Ciphers
import CitongTesting
import Foundation
import Records
import Storage
import Testing
import Values

/// An audit log that somebody laid hands on.
@Suite struct AuditTamperTests {
  /// A log of five entries with a head behind the third and the fifth.
  private func withLog(_ body: (TestCity) throws -> Void) throws {
    try withCity(kinds: sampleKinds) { city in
      for (index, title) in ["甲", "乙", "丙", "丁", "戊"].enumerated() {
        let at = city.on(index < 3 ? "2022-07-14" : "2022-07-15")
        try at.save("sample", ["sampleId": "G\(index)", "title": title])
        if index == 2 || index == 4 { try at.register.writeHead(to: AuditLog.heads(city)) }
      }
      try #expect(AuditLog.fault(city) == "")
      try body(city)
    }
  }

  @Test(arguments: AuditLog.columns.dropFirst() + ["hash"])
  func `whatever is changed of one entry, it is found and named`(column: String) throws {
    try withLog { city in
      let value = ["at", "version", "import_run", "line"].contains(column) ? "77" : "'改'"
      try AuditLog.tamper(city, "UPDATE audit SET \(column) = \(value) WHERE seq = 2")
      let told =
        column == "algorithm"
        ? "审计第 2 条的摘要算法是“改”，这台机器算不了，无法核对。" : "审计第 2 条与它的摘要不符，这一条被改动过。"
      try #expect(AuditLog.fault(city) == "2 AUD-E-002 " + told)
      let report = try AuditLog.verify(city)
      #expect(report.entries == 5)
    }
  }

  @Test func `texts can't be moved from one field to the next`() throws {
    try withLog { city in
      try AuditLog.tamper(
        city,
        "UPDATE audit SET kind = kind || substr(id, 1, 1), id = substr(id, 2) WHERE seq = 4"
      )
      try #expect(AuditLog.fault(city) == "4 AUD-E-002 审计第 4 条与它的摘要不符，这一条被改动过。")
    }
  }

  @Test func `an entry that was taken out is missed`() throws {
    try withLog { city in
      try AuditLog.tamper(city, "DELETE FROM audit WHERE seq = 3")
      try #expect(AuditLog.fault(city) == "3 AUD-E-001 审计第 3 条缺失，它的位置上是第 4 条。")
    }
    try withLog { city in
      try AuditLog.tamper(city, "DELETE FROM audit WHERE seq = 1")
      try #expect(AuditLog.fault(city) == "1 AUD-E-001 审计第 1 条缺失，它的位置上是第 2 条。")
    }
  }

  @Test func `entries that change places are found`() throws {
    try withLog { city in
      try AuditLog.tamper(
        city,
        "UPDATE audit SET seq = -seq WHERE seq IN (2, 3)",
        "UPDATE audit SET seq = 5 + seq WHERE seq < 0"
      )
      try #expect(AuditLog.fault(city).hasPrefix("2 AUD-E-002 "))
    }
  }

  @Test func `a tail that was cut off is told by the head`() throws {
    try withLog { city in
      try AuditLog.tamper(city, "DELETE FROM audit WHERE seq > 3")
      try #expect(
        AuditLog.fault(city) == "4 AUD-E-003 审计从第 4 条起缺失：2022-07-15 的链头记着第 5 条，现在只到第 3 条。"
      )
      try AuditLog.tamper(city, "DELETE FROM audit")
      try #expect(
        AuditLog.fault(city) == "1 AUD-E-003 审计从第 1 条起缺失：2022-07-14 的链头记着第 3 条，现在只到第 0 条。"
      )
    }
  }

  @Test func `a chain that was written anew does not lead to its heads`() throws {
    try withLog { city in
      try AuditLog.tamper(city, "UPDATE audit SET actor = '别人' WHERE seq = 2")
      try AuditLog.rechain(city)
      try #expect(
        AuditLog.fault(city) == "3 AUD-E-004 审计第 3 条的摘要与 2022-07-14 的链头不符，这一条或它之前的被重写过。"
      )
    }
  }

  @Test func `heads written anew without the key have the wrong seal`() throws {
    try withLog { city in
      let copy = try AuditLog.write(AuditLog.headText(city), city, to: "copy.jsonl")
      try AuditLog.tamper(city, "UPDATE audit SET actor = '别人' WHERE seq = 2")
      try AuditLog.rechain(city)
      let rows = try AuditLog.rows(city)
      for mac in [",\"mac\":\"00\"", ""] {
        let heads = [("2022-07-14", 3), ("2022-07-15", 5)].map { day, sequence in
          let hash = rows[sequence - 1].last?.text ?? ""
          return
            #"{"date":"\#(day)","seq":\#(sequence),"hash":"\#(hash)","algorithm":"sha256"\#(mac)}"#
        }
        _ = try AuditLog.write(heads.joined(separator: "\n") + "\n", city)
        try #expect(
          AuditLog.fault(city)
            == "3 AUD-E-005 2022-07-14 的链头（第 3 条）的校验码不对，链头不是持有密钥的程序写的，或密钥换过。"
        )
      }
      try #expect(
        AuditLog.fault(city, against: copy)
          == "3 AUD-E-004 审计第 3 条的摘要与 2022-07-14 的链头不符，这一条或它之前的被重写过。"
      )
    }
  }

  @Test func `a copy of a head elsewhere tells what the heads beside the log no longer do`() throws
  {
    try withLog { city in
      let head = try #require(try AuditLog.heads(city).last())
      let copy = try AuditLog.write(head.json.text, city, to: "public.json")
      try #expect(AuditLog.fault(city, against: copy) == "")
      let first = try AuditLog.headText(city).split(separator: "\n")[0]
      _ = try AuditLog.write(first + "\n", city)
      try AuditLog.tamper(city, "DELETE FROM audit WHERE seq > 3")
      try #expect(AuditLog.fault(city) == "", "both were cut alike")
      try #expect(AuditLog.fault(city, against: copy).hasPrefix("4 AUD-E-003 "))
    }
  }

  @Test func `heads that are gone, unreadable or without their key are told`() throws {
    try withLog { city in
      let text = try AuditLog.headText(city)
      _ = try AuditLog.write("", city)
      try #expect(AuditLog.fault(city) == "- AUD-E-006 没有链头可以核对：链头文件不在或是空的，请从备份恢复。")
      _ = try AuditLog.write(text + "{\"date\":", city)
      try #expect(AuditLog.fault(city) == "- AUD-E-006 链头文件第 3 行读不懂，请与别处的副本核对。")
      try city.on("2022-07-16").register.writeHead(to: AuditLog.heads(city))
      try #expect(AuditLog.fault(city) == "", "a head behind it tells as much")
      try FileManager.default.removeItem(atPath: city.folder + "/audit.key")
      try #expect(
        AuditLog.fault(city) == "- AUD-E-007 没有审计密钥 audit.key，链头的校验码无法核对，请从备份恢复。"
      )
      try city.on("2022-07-17").register.writeHead(to: AuditLog.heads(city))
      try #expect(AuditLog.fault(city).hasPrefix("3 AUD-E-005 "), "another key is no key")
    }
  }
}
