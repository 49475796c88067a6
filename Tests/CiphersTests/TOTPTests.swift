import Ciphers
import Testing

@Suite struct TOTPTests {
  static func vectors() throws -> TOTP {
    try #require(TOTP(secret: Array("12345678901234567890".utf8)))
  }

  /// RFC 6238, appendix B, SHA-1; its codes have 8 digits, of which these are the last 6.
  @Test(arguments: [
    (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
    (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
  ])
  func `the codes are those of RFC 6238`(seconds: Int, code: String) throws {
    #expect(try Self.vectors().code(at: seconds) == code)
  }

  /// RFC 4226, appendix D: the codes of the counters 0 to 9.
  @Test func `the codes are those of RFC 4226`() throws {
    let totp = try Self.vectors()
    let codes = [
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
      "520489",
    ]
    #expect((0..<10).map { totp.code(at: $0 * 30) } == codes)
    #expect((0..<10).map { totp.code(at: $0 * 30 + 29) } == codes)
  }

  @Test func `the code before and the code after are taken, others are not`() throws {
    let totp = try Self.vectors()
    let now = 1_234_567_890
    let counter = now / 30
    for step in -5...5 {
      let found = totp.counter(matching: totp.code(at: now + step * 30), at: now, after: nil)
      #expect(found == (abs(step) <= 1 ? counter + step : nil), "\(step)")
    }
  }

  @Test func `a code is taken once, and then only later ones`() throws {
    let totp = try Self.vectors()
    let now = 1_234_567_890
    let counter = now / 30
    let code = totp.code(at: now)
    #expect(totp.counter(matching: code, at: now, after: nil) == counter)
    #expect(totp.counter(matching: code, at: now, after: counter - 1) == counter)
    #expect(totp.counter(matching: code, at: now, after: counter) == nil)
    #expect(totp.counter(matching: code, at: now + 30, after: counter) == nil)
    #expect(totp.counter(matching: code, at: now, after: counter + 1) == nil)
    #expect(totp.counter(matching: code, at: now, after: .max) == nil)
    #expect(totp.counter(matching: totp.code(at: now - 30), at: now, after: counter) == nil)
    #expect(totp.counter(matching: totp.code(at: now + 30), at: now, after: counter) == counter + 1)
  }

  @Test(arguments: [
    "", "5924", "05924", "0005924", "005925", " 05924", "005924 ", "００５９２４", "+05924",
  ])
  func `a text that is not the code is refused`(typed: String) throws {
    #expect(try Self.vectors().counter(matching: typed, at: 1_234_567_890, after: nil) == nil)
  }

  @Test func `moments at the ends of time break nothing`() throws {
    let totp = try Self.vectors()
    #expect(totp.counter(matching: totp.code(at: 0), at: 0, after: nil) == 0)
    #expect(totp.counter(matching: totp.code(at: 0), at: -1, after: nil) == 0)
    for seconds in [-1, -30, -31, Int.min] {
      #expect(totp.code(at: seconds).utf8.count == 6)
      #expect(totp.counter(matching: totp.code(at: seconds), at: seconds, after: nil) == nil)
    }
    #expect(totp.counter(matching: totp.code(at: .max), at: .max, after: nil) == Int.max / 30)
  }

  /// The counters 910737 and 910738 have the same code under this secret.
  @Test func `a code of two counters counts as the later, so that it is not taken twice`() throws {
    let totp = try Self.vectors()
    let counter = 910_738
    let now = counter * 30
    #expect(totp.code(at: now - 30) == "911617")
    #expect(totp.code(at: now) == "911617")
    #expect(totp.counter(matching: "911617", at: now, after: nil) == counter)
    #expect(totp.counter(matching: "911617", at: now - 30, after: nil) == counter)
    #expect(totp.counter(matching: "911617", at: now, after: counter) == nil)
  }

  @Test func `a secret is drawn anew, shown in base32 and read again`() throws {
    let totp = try TOTP()
    #expect(totp.secret.count == 20)
    #expect(totp.secretText.utf8.count == 32)
    #expect(TOTP(secretText: totp.secretText) == totp)
    #expect(TOTP(secretText: totp.secretText.lowercased()) == totp)
    #expect(try TOTP() != totp)
    #expect(try Self.vectors().secretText == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
  }

  @Test(arguments: ["", "GEZDGNBVGY3TQOJQ", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", "中文"])
  func `a secret that is too short or no base32 is refused`(text: String) {
    #expect(TOTP(secretText: text) == nil)
  }

  @Test func `the address is what authenticators read`() throws {
    let totp = try Self.vectors()
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    #expect(
      totp.address(account: "alice@example.com", issuer: "ACME Co")
        == "otpauth://totp/ACME%20Co:alice%40example.com?secret=\(secret)&issuer=ACME%20Co"
        + "&algorithm=SHA1&digits=6&period=30"
    )
    #expect(
      totp.address(account: "a:b?c&d=e#f%g/h", issuer: "词通")
        == "otpauth://totp/%E8%AF%8D%E9%80%9A:a%20b%3Fc%26d%3De%23f%25g%2Fh?secret=\(secret)"
        + "&issuer=%E8%AF%8D%E9%80%9A&algorithm=SHA1&digits=6&period=30"
    )
  }

  @Test func `what is printed of it does not hold the secret`() throws {
    let totp = try Self.vectors()
    #expect("\(totp)" == "TOTP")
    #expect("\([totp])" == "[TOTP]")
    #expect(Mirror(reflecting: totp).children.isEmpty)
  }
}
