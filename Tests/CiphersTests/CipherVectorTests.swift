import Testing

@testable import Ciphers

/// Known answers of the ciphers, and what the sealed forms are made of.
@Suite struct CipherVectorTests {
  /// Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B.
  @Test func `AES-256-GCM gives the value of its authors`() throws {
    let key = try #require(
      Hex.decode("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    )
    let plain = try #require(
      Hex.decode(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
      )
    )
    let nonce = try #require(Hex.decode("cafebabefacedbaddecaf888"))
    let sealed = try AES256GCM.seal(
      plain,
      key: key,
      context: try #require(Hex.decode("feedfacedeadbeeffeedfacedeadbeefabaddad2")),
      nonce: nonce
    )
    #expect(
      Hex.encode(sealed) == Hex.encode(nonce)
        + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        + "76fc6ece0f4e1768cddf8853bb2d551b"
    )
  }

  /// GB/T 32907-2016, appendix A.1, as the first block of key stream.
  @Test func `SM4 gives the standard's block`() throws {
    let block = try #require(Hex.decode("0123456789abcdeffedcba9876543210"))
    let zeros = [UInt8](repeating: 0, count: 16)
    let stream = try SM4CTR.run(.encrypting, zeros, key: block, counter: block)
    #expect(Hex.encode(stream) == "681edf34d206965e86b3e94f536e4246")
  }

  @Test func `the counter of SM4 goes on from block to block`() throws {
    let key = [UInt8](1...16)
    let first = [UInt8](repeating: 255, count: 16)
    let zeros = [UInt8](repeating: 0, count: 16)
    let both = try SM4CTR.run(.encrypting, zeros + zeros, key: key, counter: first)
    let second = try SM4CTR.run(.encrypting, zeros, key: key, counter: zeros)
    #expect(Array(both.suffix(16)) == second)
  }

  /// The layout written down once more, from the parts.
  @Test func `an SM4 text is counter block, cipher text and code under derived keys`() throws {
    let key = [UInt8](0..<32)
    let context = Array("上下文".utf8)
    let sealed = try CipherSuite.sm4CTR.seal(Array("abc".utf8), key: key, context: context)
    let sm3 = HashAlgorithm.sm3
    let encryption = sm3.hmac(key: key, Array("SM4-CTR encryption".utf8) + [1]).prefix(16)
    let authentication = sm3.hmac(key: key, Array("HMAC-SM3 authentication".utf8) + [1])
    let body = Array(sealed.dropLast(32))
    let code = sm3.hmac(key: authentication, [0, 0, 0, 0, 0, 0, 0, 9] + context + body)
    #expect(Array(sealed.suffix(32)) == code)
    let plain = try SM4CTR.run(
      .decrypting,
      Array(body.dropFirst(16)),
      key: Array(encryption),
      counter: Array(body.prefix(16))
    )
    #expect(plain == Array("abc".utf8))
  }
}
