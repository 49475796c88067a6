import Testing

@testable import Ciphers

/// The vectors of FIPS 180-4, GB/T 32905, RFC 4231 and RFC 5869.
@Suite struct HashTests {
  static let pieces = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (pieces, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
  ])
  func `SHA-256 gives the standard's values`(text: String, expected: String) {
    #expect(Hex.encode(HashAlgorithm.sha256.hash(Array(text.utf8))) == expected)
  }

  @Test(arguments: [
    ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (
      String(repeating: "abcd", count: 16),
      "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    ),
  ])
  func `SM3 gives the standard's values`(text: String, expected: String) {
    #expect(Hex.encode(HashAlgorithm.sm3.hash(Array(text.utf8))) == expected)
  }

  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `HMAC-SHA-256 gives the values of RFC 4231`(key: [UInt8], text: String, expected: String) {
    #expect(Hex.encode(HashAlgorithm.sha256.hmac(key: key, Array(text.utf8))) == expected)
  }

  @Test(arguments: HashAlgorithm.allCases, [0, 1, 32, 64, 65, 200])
  func `an HMAC is what RFC 2104 says it is`(algorithm: HashAlgorithm, keyLength: Int) throws {
    let key = try SecureRandom.bytes(keyLength)
    let short = keyLength > 64 ? algorithm.hash(key) : key
    let block = short + [UInt8](repeating: 0, count: 64 - short.count)
    for count in [0, 1, 63, 64, 1000] {
      let bytes = try SecureRandom.bytes(count)
      let inner = algorithm.hash(block.map { $0 ^ 0x36 } + bytes)
      let expected = algorithm.hash(block.map { $0 ^ 0x5c } + inner)
      #expect(algorithm.hmac(key: key, bytes) == expected)
    }
  }

  @Test func `a derived key is the first block of RFC 5869, test case 1`() throws {
    let key = try #require(
      Hex.decode("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    )
    let derived = try HashAlgorithm.sha256.derive(from: key, label: Array(0xf0...0xf9))
    #expect(
      Hex.encode(derived) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    )
  }

  @Test func `libcrypto offers both hashes and says what it does not have`() {
    for algorithm in HashAlgorithm.allCases { #expect(algorithm.isAvailable) }
    #expect(!Library.hasHash("NONE-256"))
    #expect(!Library.hasCipher("NONE-256"))
    #expect(throws: CipherFailure.self) { try Library.digest("NONE-256", []) }
    #expect(throws: CipherFailure.self) { try Library.hmac("NONE-256", key: [], []) }
  }

  @Test func `bytes are equal when all of them are`() {
    #expect(Bytes.equal([], []))
    #expect(Bytes.equal([1, 2, 3], [1, 2, 3]))
    #expect(!Bytes.equal([1, 2, 3], [1, 2, 4]))
    #expect(!Bytes.equal([0, 2, 3], [1, 2, 3]))
    #expect(!Bytes.equal([1, 2, 3], [1, 2]))
    #expect(!Bytes.equal([], [0]))
  }
}
