internal import COpenSSL

/// What is asked of bytes here.
package enum Bytes {
  /// Whether two byte strings are the same, in a time that does not tell where they differ.
  ///
  /// Strings of different lengths are told apart at once: lengths are no secret.
  package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }

  /// A number as 8 bytes, the highest first.
  static func bigEndian(_ number: UInt64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
  }

  /// Bytes after their count, so that what follows can't be taken for a part of them.
  static func framed(_ bytes: [UInt8]) -> [UInt8] { bigEndian(UInt64(bytes.count)) + bytes }
}
