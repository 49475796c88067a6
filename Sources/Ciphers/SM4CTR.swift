/// SM4 (GB/T 32907-2016) in counter mode (GB/T 17964-2021), then HMAC-SM3 over what came out.
///
/// The sealed form is a random first counter block of 16 bytes, cipher text, and code of 32 bytes.
/// Both keys are derived from the one of 32 bytes. The code covers the length of the context in 8
/// bytes, the context, counter block and cipher text, and is checked before anything is decrypted.
enum SM4CTR {
  static let name = "SM4-CTR"

  private static let counterLength = 16
  private static let codeLength = 32

  /// Seals bytes.
  ///
  /// - Parameters:
  ///   - plain: what is sealed.
  ///   - key: 32 bytes.
  ///   - context: what opening needs again.
  /// - Returns: counter block, cipher text and code.
  /// - Throws: see `CipherSuite.seal`.
  static func seal(
    _ plain: [UInt8],
    key: [UInt8],
    context: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    let counter = try SecureRandom.bytes(counterLength)
    let key = try Keys(from: key)
    let body = counter + (try run(.encrypting, plain, key: key.encryption, counter: counter))
    return body + (try code(of: body, key: key, context: context))
  }

  /// Opens what `seal` made.
  ///
  /// - Throws: see `CipherSuite.open`.
  static func open(
    _ sealed: [UInt8],
    key: [UInt8],
    context: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    guard sealed.count >= counterLength + codeLength else { throw .forged }
    let key = try Keys(from: key)
    let body = Array(sealed.dropLast(codeLength))
    let expected = try code(of: body, key: key, context: context)
    guard Bytes.equal(expected, Array(sealed.suffix(codeLength))) else { throw .forged }
    return try run(
      .decrypting,
      Array(body.dropFirst(counterLength)),
      key: key.encryption,
      counter: Array(body.prefix(counterLength))
    )
  }

  /// SM4 in counter mode alone, 16 bytes of key; authenticates nothing.
  static func run(
    _ direction: CipherPass.Direction,
    _ bytes: [UInt8],
    key: [UInt8],
    counter: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    let pass = try CipherPass(name, direction, key: key, nonce: counter)
    let processed = try pass.process(bytes)
    guard pass.finish() else { throw .refused(name) }
    return processed
  }

  private static func code(
    of body: [UInt8],
    key: Keys,
    context: [UInt8]
  ) throws(CipherFailure) -> [UInt8] {
    try Library.hmac(
      HashAlgorithm.sm3.name,
      key: key.authentication,
      Bytes.framed(context) + body
    )
  }

  /// The two keys derived from one.
  ///
  /// The labels stay as they are: stored texts rest on them.
  private struct Keys {
    var encryption: [UInt8]
    var authentication: [UInt8]

    init(from key: [UInt8]) throws(CipherFailure) {
      let block = try HashAlgorithm.sm3.derive(from: key, label: Array("SM4-CTR encryption".utf8))
      encryption = Array(block.prefix(16))
      authentication = try HashAlgorithm.sm3.derive(
        from: key,
        label: Array("HMAC-SM3 authentication".utf8)
      )
    }
  }
}
