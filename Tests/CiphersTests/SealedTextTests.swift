import Testing

@testable import Ciphers

@Suite struct SealedTextTests {
  @Test(arguments: ["k", "2024-01", "Main_key.v2", String(repeating: "k", count: 64)])
  func `a sealed text is printed and read`(name: String) throws {
    let text = "sm4-ctr-hmac-sm3:\(name):AAEC_w"
    let sealed = try #require(SealedText(text))
    #expect(sealed.suite == .sm4CTR)
    #expect(sealed.keyName == name)
    #expect(sealed.bytes == [0, 1, 2, 255])
    #expect(sealed.text == text)
    #expect(SealedText(suite: .sm4CTR, keyName: name, bytes: [0, 1, 2, 255]) == sealed)
  }

  @Test(arguments: [
    "", ":", "::", ":::", "张三", "aes256-gcm", "aes256-gcm:k", "aes256-gcm:k:", "aes256-gcm::AAEC",
    ":k:AAEC", "aes256-gcm:k:AAEC:", ":aes256-gcm:k:AAEC", "aes256-gcm:k:AAEC:AAEC",
    "AES256-GCM:k:AAEC", "aes256-gcm :k:AAEC", "rot13:k:AAEC", "aes256-gcm:k k:AAEC",
    "aes256-gcm:密钥:AAEC", "aes256-gcm:k\u{301}:AAEC", "aes256-gcm:\u{212A}:AAEC",
    "aes256-gcm:k\0:AAEC", "aes256-gcm:k:AA=", "aes256-gcm:k:AAE+", "aes256-gcm:k:AAECA",
    "aes256-gcm:k:AB", "aes256-gcm:k:AAEC\n", "\naes256-gcm:k:AAEC", "aes256-gcm:k\r\n:AAEC",
    "aes256-gcm:\(String(repeating: "k", count: 65)):AAEC",
    String(repeating: ":", count: 100_000), String(repeating: "a", count: 100_000),
  ])
  func `a text that is none is not read`(text: String) {
    #expect(SealedText(text) == nil)
  }
}
