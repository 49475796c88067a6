import Ciphers
import Testing

@Suite struct KeyRingTests {
  static let first = [UInt8](repeating: 1, count: 32)
  static let second = [UInt8](repeating: 2, count: 32)

  static func ring(
    _ keys: [String: [UInt8]] = ["one": first],
    current: String = "one",
    suite: CipherSuite = .aes256GCM
  ) throws -> KeyRing {
    try KeyRing(keys, current: current, suite: suite)
  }

  @Test(arguments: CipherSuite.allCases, ["", "张三", "a\0b", "e\u{301}", "👩‍👩‍👧 350524199001010019"])
  func `a sealed text is opened and names suite and key`(suite: CipherSuite, text: String) throws {
    let ring = try Self.ring(suite: suite)
    let stored = try ring.seal(text, context: "person.name/1")
    #expect(stored.hasPrefix("\(suite.rawValue):one:"))
    #expect(try ring.open(stored, context: "person.name/1").utf8.elementsEqual(text.utf8))
    #expect(ring.isCurrent(stored))
  }

  @Test(arguments: CipherSuite.allCases)
  func `a value moved to another record is not opened`(suite: CipherSuite) throws {
    let ring = try Self.ring(suite: suite)
    let stored = try ring.seal("张三", context: "person.name/1")
    for context in ["person.name/2", "person.name/", "", "person.name/1 "] {
      #expect(throws: CipherFailure.forged) { try ring.open(stored, context: context) }
    }
  }

  @Test(arguments: CipherSuite.allCases)
  func `a stored text with any letter changed is not opened`(suite: CipherSuite) throws {
    let ring = try Self.ring(
      ["one": Self.first, "onf": Self.second],
      suite: suite
    )
    let stored = Array(try ring.seal("张三", context: "c").utf8)
    for place in stored.indices {
      for bit in 0..<7 {
        var forged = stored
        forged[place] ^= 1 << UInt8(bit)
        #expect(throws: CipherFailure.self) {
          try ring.open(String(decoding: forged, as: UTF8.self), context: "c")
        }
      }
    }
  }

  /// Sealed when this was first written; a change that breaks it loses what databases hold.
  @Test(arguments: [
    "aes256-gcm:one:Jtxh5eIvqz3-kkDaTpJGQ0JmQ0XMupoHUSXSjFdt"
      + "BKQDlQ",
    "sm4-ctr-hmac-sm3:one:eFwsKY_YOHdtNamKVNsmlBeRIjYEZ9A3mYISLmHs"
      + "iHipybJU4Axacqo5a3MZzUTjmpPr2dcs",
  ])
  func `what the first release sealed is opened`(stored: String) throws {
    #expect(try Self.ring().open(stored, context: "person.name/1") == "张三")
  }

  @Test func `a rotation opens the old values and tells them from the new`() throws {
    let old = try Self.ring()
    let both = try Self.ring(["one": Self.first, "two": Self.second], current: "two")
    let new = try Self.ring(["two": Self.second], current: "two")
    let stored = try old.seal("张三", context: "c")
    #expect(try both.open(stored, context: "c") == "张三")
    #expect(!both.isCurrent(stored))
    let again = try both.seal(try both.open(stored, context: "c"), context: "c")
    #expect(both.isCurrent(again))
    #expect(try new.open(again, context: "c") == "张三")
    #expect(throws: CipherFailure.unknownKey("one")) { try new.open(stored, context: "c") }
    #expect(throws: CipherFailure.unknownKey("two")) { try old.open(again, context: "c") }
  }

  @Test func `a change of the suite opens the old values and tells them from the new`() throws {
    let old = try Self.ring(suite: .aes256GCM)
    let new = try Self.ring(suite: .sm4CTR)
    let stored = try old.seal("张三", context: "c")
    #expect(try new.open(stored, context: "c") == "张三")
    #expect(!new.isCurrent(stored))
    #expect(new.isCurrent(try new.seal("张三", context: "c")))
  }

  @Test func `a name that got another key is a forgery`() throws {
    let stored = try Self.ring().seal("张三", context: "c")
    let other = try Self.ring(["one": Self.second])
    #expect(throws: CipherFailure.forged) { try other.open(stored, context: "c") }
  }

  @Test(arguments: ["", "张三", "aes256-gcm:one:", "none:one:AAEC", "aes256-gcm:one:AAEC="])
  func `a text that was never sealed is malformed and not current`(stored: String) throws {
    let ring = try Self.ring()
    #expect(throws: CipherFailure.malformed) { try ring.open(stored, context: "c") }
    #expect(!ring.isCurrent(stored))
  }

  @Test func `a ring of wrong keys is not made`() {
    #expect(throws: CipherFailure.unknownKey("two")) { try Self.ring(current: "two") }
    #expect(throws: CipherFailure.unknownKey("one")) { try Self.ring([:]) }
    #expect(throws: CipherFailure.wrongKeyLength(31)) {
      try Self.ring(["one": Array(Self.first.dropLast())])
    }
    #expect(throws: CipherFailure.wrongKeyLength(0)) {
      try Self.ring(["one": Self.first, "two": []])
    }
    for name in ["", "a:b", "a b", "密", "\u{212A}", String(repeating: "k", count: 65)] {
      #expect(throws: CipherFailure.wrongKeyName(name)) {
        try Self.ring(["one": Self.first, name: Self.second])
      }
    }
  }

  @Test func `what is printed of a ring holds no key`() throws {
    let ring = try Self.ring(["two": Self.second, "one": Self.first])
    #expect("\(ring)" == #"KeyRing(["one", "two"])"#)
    #expect(Mirror(reflecting: ring).children.isEmpty)
    var dumped = ""
    dump([ring], to: &dumped)
    #expect(!dumped.contains("2, 2"))
  }
}
