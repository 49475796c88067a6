import Ciphers
import Testing

@Suite struct BlindIndexTests {
  static let first = KeyRingTests.first
  static let second = KeyRingTests.second

  @Test(arguments: CipherSuite.allCases)
  func `the same text in the same context has the same mark`(suite: CipherSuite) throws {
    let mark = try KeyRingTests.ring(suite: suite).blindIndex("350524199001010019", context: "p.id")
    let again = try KeyRingTests.ring(suite: suite)
      .blindIndex("350524199001010019", context: "p.id")
    #expect(mark == again)
    #expect(mark.utf8.count == 64)
    #expect(Hex.decode(mark)?.count == 32)
  }

  @Test func `another text, context, key or suite has another mark`() throws {
    let ring = try KeyRingTests.ring()
    let marks = [
      ring.blindIndex("ab", context: "c"), ring.blindIndex("ac", context: "c"),
      ring.blindIndex("", context: "c"), ring.blindIndex("ab", context: "d"),
      ring.blindIndex("b", context: "ca"), ring.blindIndex("cab", context: ""),
      try KeyRingTests.ring(["one": Self.second]).blindIndex("ab", context: "c"),
      try KeyRingTests.ring(suite: .sm4CTR).blindIndex("ab", context: "c"),
    ]
    #expect(Set(marks).count == marks.count)
  }

  @Test func `a mark does not hang on the name of the key`() throws {
    let renamed = try KeyRingTests.ring(["other": Self.first], current: "other")
    #expect(
      try KeyRingTests.ring().blindIndex("ab", context: "c")
        == renamed.blindIndex("ab", context: "c")
    )
  }

  @Test func `during a rotation old and new marks are found`() throws {
    let old = try KeyRingTests.ring()
    let both = try KeyRingTests.ring(
      ["one": Self.first, "two": Self.second],
      current: "two",
      suite: .sm4CTR
    )
    let new = try KeyRingTests.ring(["two": Self.second], current: "two", suite: .sm4CTR)
    let marks = both.blindIndexes("ab", context: "c")
    #expect(marks.count == 4)
    #expect(Set(marks).count == 4)
    #expect(marks[0] == both.blindIndex("ab", context: "c"))
    #expect(marks[0] == new.blindIndex("ab", context: "c"))
    #expect(marks.contains(old.blindIndex("ab", context: "c")))
  }

  /// Marks and sealed values stand in databases: what they are made of can't change.
  @Test func `a mark is made as it was in the first release`() throws {
    let sha256 = HashAlgorithm.sha256
    let key = sha256.hmac(key: Self.first, Array("KeyRing index aes256-gcm".utf8) + [1])
    let message = [0, 0, 0, 0, 0, 0, 0, 1] + Array("cab".utf8)
    #expect(
      try KeyRingTests.ring().blindIndex("ab", context: "c")
        == Hex.encode(sha256.hmac(key: key, message))
    )
  }
}
