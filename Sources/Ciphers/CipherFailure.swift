/// Why something was not sealed, opened, hashed or drawn.
package enum CipherFailure: Error, Hashable, Sendable {
  /// The sealed bytes were changed, or are not of this key and context. Which of them is not told.
  case forged
  /// The text is no sealed text, or what was sealed is no UTF-8.
  case malformed
  /// No key of this name is on the ring.
  case unknownKey(String)
  /// A name of a key that is not 1 to 64 letters, digits, `.`, `_` and `-` of ASCII.
  case wrongKeyName(String)
  /// A key of this many bytes where 32 are wanted.
  case wrongKeyLength(Int)
  /// So many bytes at once are more than libcrypto takes.
  case tooLong(Int)
  /// This machine's libcrypto does not offer the algorithm, as in its FIPS mode.
  case unavailable(String)
  /// Libcrypto could not do the step named here, with its reason.
  case refused(String)
}
