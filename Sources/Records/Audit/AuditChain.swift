import Ciphers
import Storage

/// How the entries of the audit log hang together: each has a hash over itself and the hash before it.
enum AuditChain {
  /// What the hash is over, in this order.
  static let hashed = [
    "seq", "at", "actor", "action", "kind", "id", "version", "source", "document", "difference",
    "import_run", "line", "role", "organisation", "address", "result", "reason", "algorithm",
  ]

  /// The columns of an entry: what its hash is over, and the hash.
  static let columns = (hashed + ["hash"]).joined(separator: ", ")

  static let insertStatement =
    "INSERT INTO audit (\(columns)) VALUES ("
    + (1...hashed.count + 1).map { "$\($0)" }.joined(separator: ", ") + ")"

  /// What keeps entries from being changed, taken out or put anywhere but at the end.
  static let guards = [
    """
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END
    """,
    """
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END
    """,
    """
    CREATE TRIGGER audit_at_the_end BEFORE INSERT ON audit
    WHEN NEW.seq <= (SELECT MAX(seq) FROM audit)
    BEGIN SELECT RAISE(ABORT, 'audit entries are added at the end'); END
    """,
  ]

  /// The hash of an entry.
  ///
  /// - Parameters:
  ///   - values: the entry, in the order of `hashed`.
  ///   - previous: the hash of the entry before it; empty for the first.
  ///   - algorithm: one this machine has.
  /// - Returns: hexadecimal digits.
  static func hash(of values: [Stored], after previous: String, _ algorithm: HashAlgorithm)
    -> String
  {
    Hex.encode(algorithm.hash(bytes(of: [.text(previous)] + values)))
  }

  /// Values as bytes that no other values have: of each its type, then a number as 8 bytes, or a text
  /// behind the 8 bytes of its length.
  static func bytes(of values: [Stored]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    func put(_ number: Int) {
      withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).bigEndian) {
        bytes.append(contentsOf: $0)
      }
    }
    for value in values {
      switch value {
      case .null: bytes.append(0)
      case .integer(let number):
        bytes.append(1)
        put(number)
      case .text(let text):
        bytes.append(2)
        let kept = kept(text).utf8
        put(kept.count)
        bytes.append(contentsOf: kept)
      }
    }
    return bytes
  }

  /// As much of a text as a store is sure to keep: up to its first NUL.
  private static func kept(_ text: String) -> Substring {
    guard let end = text.utf8.firstIndex(of: 0) else { return text[...] }
    return text[..<end]
  }
}
