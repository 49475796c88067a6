import Testing

@testable import Ciphers

@Suite struct CipherSuiteTests {
  static let key = [UInt8](0..<32)
  static let context = Array("person/identity/42".utf8)

  @Test(arguments: CipherSuite.allCases)
  func `what was sealed is opened, at any size`(suite: CipherSuite) throws {
    let sizes = [0, 1, 15, 16, 17, 5000] + (0..<100).map { _ in Int.random(in: 0...5000) }
    for size in sizes {
      let plain = try SecureRandom.bytes(size)
      let key = try SecureRandom.bytes(32)
      let context = try SecureRandom.bytes(Int.random(in: 0...100))
      let sealed = try suite.seal(plain, key: key, context: context)
      #expect(sealed.count == size + (suite == .aes256GCM ? 28 : 48))
      #expect(try suite.open(sealed, key: key, context: context) == plain)
    }
  }

  @Test(arguments: CipherSuite.allCases)
  func `a single flipped bit anywhere is a forgery`(suite: CipherSuite) throws {
    let plain = Array("张三 350524199001010019".utf8)
    let sealed = try suite.seal(plain, key: Self.key, context: Self.context)
    for bit in 0..<sealed.count * 8 {
      var forged = sealed
      forged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: CipherFailure.forged) {
        try suite.open(forged, key: Self.key, context: Self.context)
      }
    }
  }

  @Test(arguments: CipherSuite.allCases)
  func `sealed bytes cut off, prolonged or of none are a forgery`(suite: CipherSuite) throws {
    let sealed = try suite.seal([1, 2, 3], key: Self.key, context: Self.context)
    for count in 0..<sealed.count {
      for forged in [Array(sealed.prefix(count)), Array(sealed.suffix(count))] {
        #expect(throws: CipherFailure.forged) {
          try suite.open(forged, key: Self.key, context: Self.context)
        }
      }
    }
    for forged in [sealed + [0], [0] + sealed, [UInt8](repeating: 0, count: 100)] {
      #expect(throws: CipherFailure.forged) {
        try suite.open(forged, key: Self.key, context: Self.context)
      }
    }
  }

  @Test(arguments: CipherSuite.allCases)
  func `a wrong key is a forgery`(suite: CipherSuite) throws {
    let sealed = try suite.seal([1, 2, 3], key: Self.key, context: Self.context)
    for bit in 0..<256 {
      var key = Self.key
      key[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: CipherFailure.forged) {
        try suite.open(sealed, key: key, context: Self.context)
      }
    }
  }

  @Test(arguments: CipherSuite.allCases)
  func `a wrong context is a forgery, also one that moves bytes over`(suite: CipherSuite) throws {
    let sealed = try suite.seal([1, 2, 3], key: Self.key, context: Self.context)
    let others = [
      [], Array(Self.context.dropLast()), Self.context + [0], Array("person/identity/43".utf8),
      Self.context + sealed.prefix(1),
    ]
    for context in others {
      #expect(throws: CipherFailure.forged) {
        try suite.open(sealed, key: Self.key, context: context)
      }
    }
    #expect(throws: CipherFailure.forged) {
      try suite.open(
        Array(sealed.dropFirst()),
        key: Self.key,
        context: Self.context + sealed.prefix(1)
      )
    }
  }

  @Test(arguments: CipherSuite.allCases)
  func `the same bytes are sealed differently each time`(suite: CipherSuite) throws {
    let sealed = try (0..<200).map { _ in
      try suite.seal([7], key: Self.key, context: Self.context)
    }
    #expect(Set(sealed).count == 200)
  }

  @Test(arguments: CipherSuite.allCases, [0, 16, 31, 33, 64])
  func `a key of another length is refused`(suite: CipherSuite, count: Int) {
    let key = [UInt8](repeating: 1, count: count)
    #expect(throws: CipherFailure.wrongKeyLength(count)) {
      try suite.seal([1], key: key, context: [])
    }
    #expect(throws: CipherFailure.wrongKeyLength(count)) {
      try suite.open([1], key: key, context: [])
    }
  }

  @Test func `one suite does not open what the other sealed`() throws {
    let sealed = try CipherSuite.sm4CTR.seal([1, 2, 3], key: Self.key, context: [])
    #expect(throws: CipherFailure.forged) {
      try CipherSuite.aes256GCM.open(sealed, key: Self.key, context: [])
    }
  }

  @Test func `the names of the suites stay as they are`() {
    #expect(CipherSuite.allCases.map(\.rawValue) == ["aes256-gcm", "sm4-ctr-hmac-sm3"])
    for suite in CipherSuite.allCases { #expect(suite.isAvailable) }
  }

  @Test func `a cipher libcrypto does not have is told`() {
    #expect(throws: CipherFailure.unavailable("NONE-256")) {
      _ = try CipherPass("NONE-256", .encrypting, key: [], nonce: [])
    }
  }
}
