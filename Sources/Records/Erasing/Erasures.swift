import Foundation
import Synchronization
import Values

/// The list of what was erased, in a file beside the database.
///
/// A backup from before holds what was erased since; whoever opens it again erases it again by this list,
/// which names records and nothing of what they held (compliance.md §11.11).
package final class Erasures: Sendable {
  private let path: String
  private let lock = Mutex(())

  /// Names the list of a data folder.
  package init(folder: String) { path = folder + "/erasures.jsonl" }

  /// The list could not be written: nothing may be erased that would come back unseen.
  package struct Unwritable: Error {}

  /// The list could not be read: what a restored backup holds of what was erased would stay unseen.
  package struct Unreadable: Error {}

  /// Puts records on the list; on disk when it returns.
  ///
  /// - Parameter erasures: the records.
  /// - Throws: `Unwritable`.
  package func append(_ erasures: [Erasure]) throws {
    try lock.withLock { _ in
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(
          atPath: path,
          contents: nil,
          attributes: [.posixPermissions: 0o600]
        )
      }
      guard let handle = FileHandle(forUpdatingAtPath: path) else { throw Unwritable() }
      defer { try? handle.close() }
      do {
        // A line broken off by a crash must not swallow the next one.
        let end = try handle.seekToEnd()
        if end > 0 { try handle.seek(toOffset: end - 1) }
        let isBroken = try end > 0 && handle.read(upToCount: 1) != Data("\n".utf8)
        let lines = erasures.map { $0.json.text + "\n" }.joined()
        try handle.write(contentsOf: Data(((isBroken ? "\n" : "") + lines).utf8))
        try handle.synchronize()
      } catch { throw Unwritable() }
    }
  }

  /// The records of the list, none where there is no file; a line that was broken off is no record.
  ///
  /// - Returns: the records.
  /// - Throws: `Unreadable`.
  package func all() throws -> [Erasure] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    guard let data = FileManager.default.contents(atPath: path) else { throw Unreadable() }
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      (try? JSON(parsing: Array(line))).flatMap(Erasure.init)
    }
  }

  /// Erases again what a register from before the erasing holds.
  ///
  /// - Parameter register: the register.
  /// - Returns: how many records had to be erased.
  /// - Throws: `Unreadable`; the store's errors.
  @discardableResult
  package func replay(on register: RecordStore) throws -> Int {
    let actor = Actor(name: "本机", source: .manual)
    var count = 0
    for erasure in try all() where try register.erase(erasure, by: actor, reason: "照抹去名单再抹一次") {
      count += 1
    }
    return count
  }
}
