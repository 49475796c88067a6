import Calendar
import Foundation
import Storage
import Synchronization
import Values

/// Events that wait to be entered into the audit log, in a file beside the database.
///
/// Who signs in or takes a file out must not wait for an import that holds the database, and yet nothing
/// happens that is not written down first: an event is on disk when `append` is done. Entered it is in
/// order, once, also when the machine stops in between.
package final class AuditPending: Sendable {
  private struct State {
    var handle: FileHandle?
    var next = 1
  }

  private let path: String
  private let clock: Clock
  private let state = Mutex(State())

  /// Where the last number that was entered is remembered.
  private static let setting = "audit.pending"

  /// Takes up the file of a data folder.
  ///
  /// - Parameters:
  ///   - folder: the data folder.
  ///   - register: the register whose log it is.
  /// - Throws: the store's errors.
  package init(folder: String, _ register: RecordStore) throws {
    path = folder + "/audit-pending.jsonl"
    clock = register.clock
    try Self.mend(path)
    let entered = try register.setting(Self.setting).flatMap { Int($0) } ?? 0
    let last = Self.lines(path).last?.number ?? 0
    state.withLock { $0.next = max(entered, last) + 1 }
  }

  /// The file could not be written: what was to be noted must not happen.
  package struct Unwritable: Error {}

  /// Puts an event on disk.
  ///
  /// - Parameter event: the event.
  /// - Throws: `Unwritable`.
  package func append(_ event: AuditEvent) throws {
    try state.withLock { state in
      if state.handle == nil {
        if !FileManager.default.fileExists(atPath: path) {
          _ = FileManager.default.createFile(
            atPath: path,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
          )
        }
        state.handle = FileHandle(forWritingAtPath: path)
      }
      guard let handle = state.handle else { throw Unwritable() }
      var event = event
      event.at = event.at ?? clock.now()
      let line = event.json(number: state.next).text + "\n"
      var end: UInt64?
      do {
        end = try handle.seekToEnd()
        try handle.write(contentsOf: Data(line.utf8))
        try handle.synchronize()
      } catch {
        // What got on disk of a line nobody was promised goes, else it would spoil the next one.
        if let end { try? handle.truncate(atOffset: end) }
        throw Unwritable()
      }
      state.next += 1
    }
  }

  /// Enters what waits into the log and empties the file; waits for the database.
  ///
  /// - Parameter register: the register whose log it is.
  /// - Throws: the store's errors; then it is tried again later.
  package func enter(into register: RecordStore) throws {
    guard !Self.lines(path).isEmpty else { return }
    // Read inside, so that nothing is entered twice when two of us come at once.
    let entered = try register.store.write { transaction -> Int in
      let last =
        try transaction.row("SELECT value FROM setting WHERE name = $1", [.text(Self.setting)])?[0]
        .text.flatMap { Int($0) } ?? 0
      var done = last
      for (number, event) in Self.lines(path) where number > last {
        try register.note(event, in: transaction)
        done = number
      }
      try transaction.execute(
        """
        INSERT INTO setting (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        [.text(Self.setting), .text(String(done))]
      )
      return done
    }
    try state.withLock { state in
      // Only what was entered goes; what came meanwhile waits for the next time.
      guard Self.lines(path).last.map({ $0.number <= entered }) ?? true else { return }
      try state.handle?.truncate(atOffset: 0)
    }
  }

  /// Cuts off a line that was not finished when the machine stopped: nothing was done on it.
  private static func mend(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path), !data.isEmpty,
      data.last != UInt8(ascii: "\n")
    else { return }
    let good = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    guard let handle = FileHandle(forWritingAtPath: path) else { throw Unwritable() }
    try handle.truncate(atOffset: UInt64(good))
    try handle.close()
  }

  private static func lines(_ path: String) -> [(number: Int, event: AuditEvent)] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let json = try? JSON(parsing: Array(line)), case .integer(let number)? = json["n"]
      else {
        return nil
      }
      return AuditEvent(json).map { (number, $0) }
    }
  }
}

extension AuditEvent {
  fileprivate func json(number: Int) -> JSON {
    .object([
      "n": .integer(number), "at": at.map { .integer($0.seconds) } ?? .null,
      "action": .string(action), "actor": .string(actor.name),
      "source": .string(actor.source.rawValue), "role": .string(actor.role),
      "organisation": .string(actor.organisation), "address": .string(actor.address),
      "kind": .string(kind), "id": .string(id), "detail": detail,
      "result": .string(result.rawValue), "reason": .string(reason),
    ])
  }

  fileprivate init?(_ json: JSON) {
    guard let action = json["action"]?.string, let name = json["actor"]?.string else { return nil }
    self.init(
      action,
      by: Actor(
        name: name,
        source: json["source"]?.string.flatMap(Source.init(rawValue:)) ?? .manual,
        role: json["role"]?.string ?? "",
        organisation: json["organisation"]?.string ?? "",
        address: json["address"]?.string ?? ""
      )
    )
    kind = json["kind"]?.string ?? ""
    id = json["id"]?.string ?? ""
    detail = json["detail"] ?? .object([])
    result = json["result"]?.string.flatMap(Result.init(rawValue:)) ?? .success
    reason = json["reason"]?.string ?? ""
    if case .integer(let seconds)? = json["at"] { at = Instant(seconds: seconds) }
  }
}
