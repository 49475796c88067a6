package import Calendar
package import Ciphers
import Storage
package import Values

/// The end of the audit log on a day, sealed with a key: what is before it can't be changed unnoticed by
/// somebody who has not the key, nor by anybody once the head was copied elsewhere.
package struct AuditHead: Hashable, Sendable {
  /// The day.
  package var date: CivilDate
  /// The number of the last entry, 1 or more.
  package var sequence: Int
  /// The hash of that entry.
  package var hash: String
  /// How it was hashed.
  package var algorithm: HashAlgorithm
  /// The seal, in hexadecimal digits; `nil` for a head as the public sees it.
  package var mac: String?

  /// Makes a head.
  ///
  /// - Parameters:
  ///   - date: the day.
  ///   - sequence: the number of the last entry.
  ///   - hash: the hash of that entry.
  ///   - algorithm: how it was hashed.
  ///   - mac: the seal, if it has one.
  package init(
    date: CivilDate,
    sequence: Int,
    hash: String,
    algorithm: HashAlgorithm,
    mac: String? = nil
  ) {
    self.date = date
    self.sequence = sequence
    self.hash = hash
    self.algorithm = algorithm
    self.mac = mac
  }

  /// Reads a head as it is written; `nil` when it is none.
  ///
  /// - Parameter line: a JSON object with `date`, `seq`, `hash`, `algorithm`, and `mac` if it has one.
  package init?(line: some Sequence<UInt8>) {
    guard let json = try? JSON(parsing: line),
      let date = json["date"]?.string.flatMap(CivilDate.init),
      case .integer(let sequence)? = json["seq"], sequence > 0, let hash = json["hash"]?.string,
      let algorithm = json["algorithm"]?.string.flatMap(HashAlgorithm.init)
    else { return nil }
    self.init(
      date: date,
      sequence: sequence,
      hash: hash,
      algorithm: algorithm,
      mac: json["mac"]?.string
    )
  }

  /// Whether a head is to be written.
  ///
  /// - Parameters:
  ///   - last: the day of the last head; `nil` when there is none.
  ///   - today: the day.
  ///   - sequence: the number of the last entry; 0 when there is none.
  /// - Returns: true once a day, as soon as there is an entry; false when the clock was put back.
  package static func isDue(after last: CivilDate?, on today: CivilDate, sequence: Int) -> Bool {
    guard sequence > 0 else { return false }
    return last.map { $0 < today } ?? true
  }

  /// The head with its seal.
  ///
  /// - Parameter key: the key of the data folder.
  /// - Returns: the same head, sealed.
  package func sealed(with key: [UInt8]) -> AuditHead {
    let said = AuditChain.bytes(of: [
      .text("citong-audit-head"), .text(date.description), .integer(sequence), .text(hash),
      .text(algorithm.rawValue),
    ])
    var head = self
    head.mac = Hex.encode(algorithm.hmac(key: key, said))
    return head
  }

  /// Whether it has the seal of a key.
  ///
  /// - Parameter key: the key of the data folder.
  /// - Returns: false without a seal, too.
  package func isSealed(with key: [UInt8]) -> Bool {
    guard let mac, let own = sealed(with: key).mac else { return false }
    return Bytes.equal(Array(mac.utf8), Array(own.utf8))
  }

  /// The head as anybody may see it, without the seal.
  package var json: JSON {
    .object([
      "date": .string(date.description), "seq": .integer(sequence), "hash": .string(hash),
      "algorithm": .string(algorithm.rawValue),
    ])
  }

  /// The head as a line of the file of heads, its line end included.
  var line: String {
    var members = json.members ?? []
    if let mac { members.append(JSON.Member("mac", .string(mac))) }
    return JSON.object(members).text + "\n"
  }
}
