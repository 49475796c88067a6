internal import COpenSSL

/// One run of a cipher of libcrypto over some bytes.
final class CipherPass {
  /// Which way it runs.
  enum Direction: Int32 {
    case decrypting = 0
    case encrypting = 1
  }

  private let context: OpaquePointer

  /// Starts a run.
  ///
  /// - Parameters:
  ///   - name: libcrypto's name of the cipher, such as `AES-256-GCM`.
  ///   - direction: whether it encrypts or decrypts.
  ///   - key: as many bytes as the cipher wants.
  ///   - nonce: the same, never twice with one key.
  /// - Throws: `CipherFailure.unavailable` when libcrypto does not have the cipher.
  init(
    _ name: String,
    _ direction: Direction,
    key: [UInt8],
    nonce: [UInt8]
  ) throws(CipherFailure) {
    guard let cipher = EVP_CIPHER_fetch(nil, name, nil) else {
      ERR_clear_error()
      throw .unavailable(name)
    }
    defer { EVP_CIPHER_free(cipher) }
    precondition(key.count == EVP_CIPHER_get_key_length(cipher), "a key of another cipher")
    precondition(nonce.count == EVP_CIPHER_get_iv_length(cipher), "a nonce of another cipher")
    guard let context = EVP_CIPHER_CTX_new() else { throw Library.refusal(of: name) }
    self.context = context
    guard EVP_CipherInit_ex2(context, cipher, key, nonce, direction.rawValue, nil) == 1 else {
      throw Library.refusal(of: name)
    }
  }

  deinit { EVP_CIPHER_CTX_free(context) }

  /// Takes in bytes that are authenticated but not encrypted; before all others.
  ///
  /// - Throws: `CipherFailure.tooLong` for 2 GiB and more.
  func associate(_ bytes: [UInt8]) throws(CipherFailure) {
    var written: Int32 = 0
    let count = try Self.count(bytes)
    guard count == 0 || EVP_CipherUpdate(context, nil, &written, bytes, count) == 1 else {
      throw Library.refusal(of: "associated data")
    }
  }

  /// Encrypts or decrypts bytes; for ciphers without blocks, so that as many come out.
  ///
  /// - Throws: `CipherFailure.tooLong` for 2 GiB and more.
  func process(_ bytes: [UInt8]) throws(CipherFailure) -> [UInt8] {
    var processed = [UInt8](repeating: 0, count: bytes.count)
    var written: Int32 = 0
    let count = try Self.count(bytes)
    guard count == 0 || EVP_CipherUpdate(context, &processed, &written, bytes, count) == 1,
      written == count
    else { throw Library.refusal(of: "encryption") }
    return processed
  }

  /// Says which tag must come out; before `finish`, when decrypting.
  func expect(tag: [UInt8]) throws(CipherFailure) {
    var tag = tag
    let count = Int32(tag.count)
    guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, count, &tag) == 1 else {
      throw Library.refusal(of: "tag")
    }
  }

  /// Ends the run.
  ///
  /// - Returns: whether the tag, if one was expected, came out.
  func finish() -> Bool {
    var rest = [UInt8](repeating: 0, count: Int(EVP_MAX_BLOCK_LENGTH))
    var written: Int32 = 0
    let isRight = EVP_CipherFinal_ex(context, &rest, &written) == 1
    if !isRight { ERR_clear_error() }
    return isRight
  }

  /// The tag over all that was taken in; after `finish`, when encrypting.
  func tag(count: Int) throws(CipherFailure) -> [UInt8] {
    var tag = [UInt8](repeating: 0, count: count)
    guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(count), &tag) == 1 else {
      throw Library.refusal(of: "tag")
    }
    return tag
  }

  private static func count(_ bytes: [UInt8]) throws(CipherFailure) -> Int32 {
    guard let count = Int32(exactly: bytes.count) else { throw .tooLong(bytes.count) }
    return count
  }
}
