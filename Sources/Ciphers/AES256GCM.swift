/// AES-256-GCM (NIST SP 800-38D): nonce of 12 bytes, cipher text, tag of 16 bytes.
///
/// The nonce is drawn at random, so one key may seal 2^32 times (§8.3).
enum AES256GCM {
  static let name = "AES-256-GCM"

  private static let nonceLength = 12
  private static let tagLength = 16

  /// Seals bytes, the context as associated data.
  ///
  /// - Parameters:
  ///   - plain: what is sealed.
  ///   - key: 32 bytes.
  ///   - context: what opening needs again.
  ///   - nonce: 12 bytes; `nil`, but for vectors, for random ones.
  /// - Returns: nonce, cipher text and tag.
  /// - Throws: see `CipherSuite.seal`.
  static func seal(
    _ plain: [UInt8],
    key: [UInt8],
    context: [UInt8],
    nonce: [UInt8]? = nil
  ) throws(CipherFailure) -> [UInt8] {
    let nonce = if let nonce { nonce } else { try SecureRandom.bytes(nonceLength) }
    let pass = try CipherPass(name, .encrypting, key: key, nonce: nonce)
    try pass.associate(context)
    let cipherText = try pass.process(plain)
    guard pass.finish() else { throw .refused(name) }
    return nonce + cipherText + (try pass.tag(count: tagLength))
  }

  /// Opens what `seal` made.
  ///
  /// - Throws: see `CipherSuite.open`.
  static func open(
    _ sealed: [UInt8],
    key: [UInt8],
    context: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    guard sealed.count >= nonceLength + tagLength else { throw .forged }
    let nonce = Array(sealed.prefix(nonceLength))
    let pass = try CipherPass(name, .decrypting, key: key, nonce: nonce)
    try pass.associate(context)
    let plain = try pass.process(Array(sealed.dropFirst(nonceLength).dropLast(tagLength)))
    try pass.expect(tag: Array(sealed.suffix(tagLength)))
    guard pass.finish() else { throw .forged }
    return plain
  }
}
