import Ciphers
import Testing

@Suite struct SecureRandomTests {
  @Test(arguments: [0, 1, 16, 32, 5000])
  func `as many bytes as asked for are drawn`(count: Int) throws {
    #expect(try SecureRandom.bytes(count).count == count)
  }

  @Test(arguments: [-1, Int.min, Int.max, 1 << 31])
  func `a number of bytes nobody can draw is refused`(count: Int) {
    #expect(throws: CipherFailure.tooLong(count)) { try SecureRandom.bytes(count) }
  }

  @Test func `a token is 256 bits of base64url and never the same`() throws {
    let tokens = try (0..<1000).map { _ in try SecureRandom.token() }
    #expect(Set(tokens).count == 1000)
    for token in tokens {
      #expect(token.utf8.count == 43)
      #expect(Base64URL.decode(token)?.count == 32)
    }
  }

  @Test func `all values of a byte are drawn`() throws {
    #expect(Set(try SecureRandom.bytes(20_000)).count == 256)
  }
}
