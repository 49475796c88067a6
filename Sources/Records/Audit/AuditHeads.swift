internal import Calendar
internal import Ciphers
internal import Foundation
internal import Storage

/// The heads of the audit log beside the database, and the key they are sealed with.
package struct AuditHeads: Sendable {
  /// A line of a file of heads.
  package struct Line: Hashable, Sendable {
    /// Its number, 1 for the first.
    package var number: Int
    /// What it says; `nil` when it can't be read.
    package var head: AuditHead?
  }

  /// A file of heads or a key that can't be read or written.
  package struct Unusable: Error, Hashable, Sendable {
    /// What is wrong, in a sentence.
    package var sentence: String
  }

  private let folder: String

  /// Names the heads of a data folder.
  ///
  /// - Parameter folder: the data folder.
  package init(folder: String) { self.folder = folder }

  /// The file of heads: a line a day, appended and never rewritten.
  package var path: String { folder + "/audit-heads.jsonl" }

  private var keyPath: String { folder + "/audit.key" }

  /// The lines of the file.
  ///
  /// - Returns: none when there is no file.
  /// - Throws: `Unusable` when it can't be read.
  package func lines() throws -> [Line] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try Self.lines(of: path)
  }

  /// The lines of a copy of heads that was kept elsewhere.
  ///
  /// - Parameter path: the file.
  /// - Returns: its lines, blank ones left out.
  /// - Throws: `Unusable` when it can't be read.
  package static func lines(of path: String) throws -> [Line] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Unusable(sentence: "读不了 \(path)，请检查路径和权限。")
    }
    return lines(in: bytes)
  }

  private static func lines(in bytes: Data) -> [Line] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap {
      index,
      line in
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x0D }
      return isBlank ? nil : Line(number: index + 1, head: AuditHead(line: line))
    }
  }

  /// The last head.
  ///
  /// - Returns: `nil` when none was written yet.
  /// - Throws: `Unusable` when the file can't be read.
  package func last() throws -> AuditHead? { try lines().last { $0.head != nil }?.head }

  /// The key.
  ///
  /// - Returns: `nil` when there is none.
  /// - Throws: `Unusable` when it can't be read or is none.
  package func key() throws -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: keyPath) else { return nil }
    let text = FileManager.default.contents(atPath: keyPath).map {
      String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace }
    }
    guard let key = text.flatMap(Hex.decode), key.count == 32 else {
      throw Unusable(sentence: "审计密钥 \(keyPath) 读不了或不是 64 位十六进制数，请检查权限或从备份恢复。")
    }
    return key
  }

  /// The key, made when there is none.
  private func madeKey() throws -> [UInt8] {
    if let key = try key() { return key }
    let draft = keyPath + "." + UUID().uuidString
    let text = Array((Hex.encode(try SecureRandom.bytes(32)) + "\n").utf8)
    try Self.write(text, to: draft, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    // The name is given once only: of two that make a key at once, both use the first.
    let status = link(draft, keyPath)
    let reason = errno
    unlink(draft)
    guard status == 0 || reason == EEXIST, let key = try key() else {
      throw Self.unwritable(keyPath, reason)
    }
    return key
  }

  /// Appends a head, unless it is not due.
  ///
  /// - Parameter head: says, when it is told the last head, what to append; `nil` for nothing.
  /// - Returns: what was appended, sealed.
  /// - Throws: `Unusable` when file or key can't be used; what `head` throws.
  func append(_ head: (AuditHead?) throws -> AuditHead?) throws -> AuditHead? {
    let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Self.unwritable(path, errno) }
    defer { close(file) }
    // Two programs decide one after another; closing lets go.
    guard flock(file, LOCK_EX) == 0 else { throw Self.unwritable(path, errno) }
    let last = try last()
    guard let due = try head(last)?.sealed(with: madeKey()) else { return nil }
    // A line that was cut off stays one by itself.
    let isCut = FileManager.default.contents(atPath: path)?.last.map { $0 != 0x0A } ?? false
    try Self.put(Array(((isCut ? "\n" : "") + due.line).utf8), into: file, path)
    return due
  }

  /// Puts the heads of a database that is no longer there aside, so that a new one begins its own.
  ///
  /// - Throws: `Unusable` when they can't be moved.
  package func setAside() throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let free = (1...).first { !FileManager.default.fileExists(atPath: "\(path).\($0)") } ?? 1
    guard rename(path, "\(path).\(free)") == 0 else { throw Self.unwritable(path, errno) }
  }

  private static func write(_ bytes: [UInt8], to path: String, _ flags: Int32, mode: mode_t) throws
  {
    let file = open(path, flags | O_CLOEXEC, mode)
    guard file >= 0 else { throw unwritable(path, errno) }
    defer { close(file) }
    try put(bytes, into: file, path)
  }

  /// Writes bytes so that they are on disk.
  private static func put(_ bytes: [UInt8], into file: Int32, _ path: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { throw unwritable(path, errno) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw unwritable(path, errno) }
  }

  private static func unwritable(_ path: String, _ reason: Int32) -> Unusable {
    Unusable(sentence: "写不了 \(path)：\(String(cString: strerror(reason)))。请检查磁盘空间和权限。")
  }
}

extension RecordStore {
  /// Writes the head of today, if it is due.
  ///
  /// - Parameter heads: where.
  /// - Returns: the head that was written; `nil` when none was due.
  /// - Throws: `AuditHeads.Unusable` when the files can't be used; the store's errors.
  @discardableResult
  package func writeHead(to heads: AuditHeads) throws -> AuditHead? {
    let today = clock.now().date
    let end = try store.read {
      try $0.row("SELECT seq, hash, algorithm FROM audit ORDER BY seq DESC LIMIT 1")
    }
    guard let end, let sequence = end[0].integer, let hash = end[1].text,
      let algorithm = end[2].text.flatMap(HashAlgorithm.init), algorithm.isAvailable
    else { return nil }
    return try heads.append { last in
      guard AuditHead.isDue(after: last?.date, on: today, sequence: sequence) else { return nil }
      return AuditHead(date: today, sequence: sequence, hash: hash, algorithm: algorithm)
    }
  }
}
