import Ciphers
import Testing

/// The vectors of RFC 4648 §10, without their padding, and texts nobody may have written.
@Suite struct EncodingTests {
  @Test(arguments: [
    ("", "", "", ""), ("f", "66", "MY", "Zg"), ("fo", "666f", "MZXQ", "Zm8"),
    ("foo", "666f6f", "MZXW6", "Zm9v"), ("foob", "666f6f62", "MZXW6YQ", "Zm9vYg"),
    ("fooba", "666f6f6261", "MZXW6YTB", "Zm9vYmE"),
    ("foobar", "666f6f626172", "MZXW6YTBOI", "Zm9vYmFy"),
  ])
  func `the vectors of the RFC are written and read`(
    plain: String,
    base16: String,
    base32: String,
    base64: String
  ) {
    let bytes = Array(plain.utf8)
    #expect(Hex.encode(bytes) == base16)
    #expect(Base32.encode(bytes) == base32)
    #expect(Base64URL.encode(bytes) == base64)
    #expect(Hex.decode(base16) == bytes)
    #expect(Base32.decode(base32) == bytes)
    #expect(Base64URL.decode(base64) == bytes)
  }

  @Test func `all bytes at all lengths come back`() {
    for count in 0...300 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
      #expect(Base32.decode(Base32.encode(bytes)) == bytes)
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }
    let all = (0...255).map(UInt8.init)
    #expect(Hex.decode(Hex.encode(all)) == all)
    #expect(Base32.decode(Base32.encode(all)) == all)
    #expect(Base64URL.decode(Base64URL.encode(all)) == all)
  }

  @Test func `base64url uses the letters that need no escape`() {
    #expect(Base64URL.encode([0xfb, 0xff]) == "-_8")
    #expect(Base64URL.decode("+/8") == nil)
  }

  @Test func `hexadecimal digits and base32 are read in either case`() {
    #expect(Hex.decode("aBcDEf") == [0xab, 0xcd, 0xef])
    #expect(Base32.decode("mZxw6") == Array("foo".utf8))
  }

  @Test(arguments: ["0", "000", "0g", "g0", " 00", "0x00", "00\n", "００", "0é", "-1"])
  func `a wrong hexadecimal text is not read`(text: String) {
    #expect(Hex.decode(text) == nil)
  }

  @Test(arguments: [
    "M", "MZX", "MZXW6Y", "MY======", "M1", "M0", "M8", "M9", "MZ", "MZXR", "MZXW7", "M Y", "MＹ",
    "M\u{212A}",
  ])
  func `a wrong base32 text is not read`(text: String) {
    #expect(Base32.decode(text) == nil)
  }

  @Test(arguments: [
    "Z", "Zm9vZ", "Zg==", "Zg=", "Zh", "Zm9", "Zm 8", "Zm8\n", "Zm8\0", "Zｍ8", "\u{212A}g", "中文",
  ])
  func `a wrong base64url text is not read`(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }

  @Test func `no two texts give the same bytes`() {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    let read = letters.filter { Base64URL.decode("Z\($0)") != nil }
    #expect(read == "AQgw")
  }
}
