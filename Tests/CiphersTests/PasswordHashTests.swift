import Testing

@testable import Ciphers

@Suite struct PasswordHashTests {
  static func cost(_ exponent: Int, _ blockSize: Int, _ parallelism: Int) throws
    -> PasswordHash.Cost
  {
    try #require(
      PasswordHash.Cost(exponent: exponent, blockSize: blockSize, parallelism: parallelism)
    )
  }

  @Test(arguments: [
    (
      "", "", 4, 1, 1,
      "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
    ),
    (
      "password", "NaCl", 10, 8, 16,
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    ),
    (
      "pleaseletmein", "SodiumChloride", 14, 8, 1,
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    ),
  ])
  func `scrypt gives the values of RFC 7914`(
    password: String,
    salt: String,
    exponent: Int,
    blockSize: Int,
    parallelism: Int,
    expected: String
  ) throws {
    let hash = try PasswordHash.scrypt(
      Array(password.utf8),
      salt: Array(salt.utf8),
      cost: try Self.cost(exponent, blockSize, parallelism),
      count: 64
    )
    #expect(Hex.encode(hash) == expected)
  }

  @Test(arguments: ["", "correct horse", "密码", "a\0b", String(repeating: "长", count: 2000)])
  func `a password matches its hash, also after storing, and no other does`(
    password: String
  ) throws {
    let hash = try PasswordHash(password: password, cost: try Self.cost(4, 1, 1))
    #expect(hash.matches(password))
    let stored = try #require(PasswordHash(hash.text))
    #expect(stored == hash)
    #expect(stored.text == hash.text)
    #expect(stored.matches(password))
    for wrong in [password + " ", "b\0" + password, "A" + password, "Correct horse", "密碼", "a"] {
      #expect(!stored.matches(wrong), "\(wrong)")
    }
  }

  /// HMAC fills its key with zeros (RFC 2104 §2), and scrypt begins with it; told in the comment.
  @Test func `zero bytes at the end of a short password do not count`() throws {
    let hash = try PasswordHash(password: "a", cost: try Self.cost(4, 1, 1))
    #expect(hash.matches("a\0"))
    #expect(!hash.matches("a\0b"))
  }

  @Test func `letters that only look the same are different passwords`() throws {
    let hash = try PasswordHash(password: "caf\u{e9}", cost: try Self.cost(4, 1, 1))
    #expect(hash.matches("caf\u{e9}"))
    #expect(!hash.matches("cafe\u{301}"))
  }

  @Test func `the same password has another salt and hash each time`() throws {
    let cost = try Self.cost(4, 1, 1)
    let texts = try (0..<50).map { _ in try PasswordHash(password: "a", cost: cost).text }
    #expect(Set(texts).count == 50)
    for text in texts { #expect(text.hasPrefix("scrypt$4$1$1$")) }
  }

  @Test func `the standard cost is OWASP's and libcrypto takes it`() throws {
    #expect(PasswordHash.Cost.standard == (try Self.cost(15, 8, 3)))
    #expect(PasswordHash.Cost.standard.memory == 32 << 20)
    let hash = try PasswordHash(password: "correct horse")
    #expect(hash.text.hasPrefix("scrypt$15$8$3$"))
    #expect(hash.matches("correct horse"))
  }

  @Test func `a hash under less memory or less work is weaker`() throws {
    let hash = try PasswordHash(password: "a", cost: try Self.cost(5, 2, 2))
    for (exponent, blockSize, parallelism, isWeaker) in [
      (5, 2, 2, false), (5, 2, 3, true), (5, 3, 2, true), (6, 2, 1, true), (4, 2, 2, false),
      (5, 2, 1, false), (5, 1, 2, false), (4, 4, 2, false), (4, 2, 5, true),
    ] {
      let other = try Self.cost(exponent, blockSize, parallelism)
      #expect(hash.isWeaker(than: other) == isWeaker, "\(other)")
    }
    #expect(hash.isWeaker(than: .standard))
  }

  @Test(arguments: [
    (0, 8, 1), (-1, 8, 1), (21, 1, 1), (64, 8, 1), (15, 0, 1), (15, 33, 1), (15, 8, 0), (15, 8, 17),
    (15, -8, 1), (16, 1, 1), (19, 8, 1), (20, 32, 16), (.max, .max, .max), (.min, .min, .min),
  ])
  func `a cost no server can be asked for is none`(
    exponent: Int,
    blockSize: Int,
    parallelism: Int
  ) {
    #expect(
      PasswordHash.Cost(exponent: exponent, blockSize: blockSize, parallelism: parallelism) == nil
    )
  }

  @Test func `every cost at the edge is taken by libcrypto`() throws {
    for (exponent, blockSize, parallelism) in [(1, 1, 1), (15, 1, 1), (1, 32, 16), (12, 32, 1)] {
      let cost = try Self.cost(exponent, blockSize, parallelism)
      #expect(try PasswordHash(password: "a", cost: cost).matches("a"))
    }
  }

  @Test func `a stored text with anything changed is not read`() throws {
    let salt = Base64URL.encode([UInt8](repeating: 1, count: 16))
    let hash = Base64URL.encode([UInt8](repeating: 2, count: 32))
    #expect(PasswordHash("scrypt$15$8$3$\(salt)$\(hash)") != nil)
    for text in [
      "", "$", "$$$$$", "$$$$$$", "scrypt", "scrypt$15$8$3$\(salt)", "scrypt$15$8$3$\(salt)$",
      "scrypt$15$8$3$$\(hash)", "scrypt$15$8$3$\(salt)$\(hash)$", "$scrypt$15$8$3$\(salt)$\(hash)",
      "Scrypt$15$8$3$\(salt)$\(hash)", "bcrypt$15$8$3$\(salt)$\(hash)",
      "scrypt$+15$8$3$\(salt)$\(hash)", "scrypt$015$8$3$\(salt)$\(hash)",
      "scrypt$15$-8$3$\(salt)$\(hash)", "scrypt$15$8$0$\(salt)$\(hash)",
      "scrypt$15 $8$3$\(salt)$\(hash)", "scrypt$１５$8$3$\(salt)$\(hash)",
      "scrypt$15$8.0$3$\(salt)$\(hash)", "scrypt$$8$3$\(salt)$\(hash)",
      "scrypt$63$8$3$\(salt)$\(hash)", "scrypt$20$32$16$\(salt)$\(hash)",
      "scrypt$99999999999999999999$8$3$\(salt)$\(hash)", "scrypt$15$8$3$\(salt)=$\(hash)",
      "scrypt$15$8$3$\(salt)$\(hash)\n", "scrypt$15$8$3$\(hash)$\(salt)",
      "scrypt$15$8$3$\(salt)A$\(hash)", "scrypt$15$8$3$\(salt)$\(hash.dropLast())",
      String(repeating: "$", count: 100_000), "密码",
    ] {
      #expect(PasswordHash(text) == nil, "\(text.prefix(100))")
    }
  }

  @Test func `what is printed of a hash does not hold it`() throws {
    let hash = try PasswordHash(password: "a", cost: try Self.cost(4, 1, 1))
    #expect(!"\(hash)".contains("salt"))
    #expect("\(hash)".hasPrefix("PasswordHash(Cost("))
    #expect(Mirror(reflecting: hash).children.isEmpty)
  }
}
