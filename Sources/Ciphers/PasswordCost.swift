extension PasswordHash {
  /// What one guess of a password costs (RFC 7914 §2).
  package struct Cost: Hashable, Sendable {
    /// The binary logarithm of N, the cost in processor and memory.
    package let exponent: Int
    /// The block size r, in 128 bytes.
    package let blockSize: Int
    /// The parallelisation p: so many rounds, done here one after the other in the same memory.
    package let parallelism: Int

    /// N = 2^15, r = 8, p = 3, with 32 MiB of memory.
    ///
    /// One of the equal settings of OWASP's Password Storage Cheat Sheet, section scrypt;
    /// chosen because a small server can give that memory to several at once.
    package static let standard = Cost(known: 15, 8, 3)

    /// Makes a cost within what a server can be asked for, even by a stored text someone changed.
    ///
    /// `nil` outside of the bounds below, or for more than 256 MiB of memory.
    ///
    /// - Parameters:
    ///   - exponent: 1 to 20, and less than 16 times the block size (RFC 7914 §2).
    ///   - blockSize: 1 to 32.
    ///   - parallelism: 1 to 16.
    package init?(exponent: Int, blockSize: Int, parallelism: Int) {
      guard (1...20).contains(exponent), (1...32).contains(blockSize),
        (1...16).contains(parallelism), exponent < 16 * blockSize
      else { return nil }
      self.init(known: exponent, blockSize, parallelism)
      guard memory <= 256 << 20 else { return nil }
    }

    private init(known exponent: Int, _ blockSize: Int, _ parallelism: Int) {
      self.exponent = exponent
      self.blockSize = blockSize
      self.parallelism = parallelism
    }

    /// The bytes of memory one hash needs, nearly: 128·N·r.
    package var memory: Int { 128 * blockSize << exponent }

    /// Whether a guess under it needs less memory or less work than under another.
    package func isWeaker(than other: Cost) -> Bool {
      memory < other.memory || memory * parallelism < other.memory * other.parallelism
    }
  }
}
