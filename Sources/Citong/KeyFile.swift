import Ciphers
import Foundation
import Values

/// The keys of what a database keeps secret, in a file beside it that only its owner may read.
///
/// A line a key: its name, a blank, 64 hexadecimal digits. The first is the one new values are sealed
/// with. The file is made at the first start, belongs into no backup of the database, and without it
/// what was sealed is lost.
enum KeyFile {
  /// Where it lies.
  static func path(in folder: String) -> String { folder + "/citong.keys" }

  /// Reads the keys, making the file when there is none.
  ///
  /// - Parameters:
  ///   - folder: the data folder.
  ///   - suite: how new values are sealed.
  /// - Returns: the ring of keys.
  /// - Throws: `Failure` when the file can't be read or made, or is none.
  static func ring(in folder: String, suite: CipherSuite) throws -> KeyRing {
    let path = path(in: folder)
    if !FileManager.default.fileExists(atPath: path) { try add(to: path, []) }
    let lines = try lines(path)
    var keys: [String: [UInt8]] = [:]
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 2, let key = Hex.decode(parts[1]), key.count == CipherSuite.keyLength
      else { throw Failure("CIT-E-060", "密钥文件 \(path) 有一行不是“名称 64 位十六进制”，请从备份恢复它。") }
      keys[parts[0]] = key
    }
    guard let current = lines.first?.split(separator: " ").first.map(String.init) else {
      throw Failure("CIT-E-060", "密钥文件 \(path) 是空的，请从备份恢复它。")
    }
    return try KeyRing(keys, current: current, suite: suite)
  }

  /// Puts a fresh key first; the former ones stay, so that what they sealed can be opened.
  ///
  /// - Parameter folder: the data folder.
  /// - Throws: `Failure` when the file can't be read or written.
  static func rotate(in folder: String) throws {
    try add(to: path(in: folder), lines(path(in: folder)))
  }

  private static func lines(_ path: String) throws -> [String] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Failure("CIT-E-061", "密钥文件 \(path) 读不了，请检查权限。")
    }
    return text.split(separator: "\n").map(String.init)
  }

  private static func add(to path: String, _ others: [String]) throws {
    let name = "k\(others.count + 1)"
    let line = try "\(name) \(Hex.encode(SecureRandom.bytes(CipherSuite.keyLength)))"
    let text = ([line] + others).joined(separator: "\n") + "\n"
    let draft = path + ".new"
    // Never readable by others, not even for a moment.
    guard
      FileManager.default.createFile(
        atPath: draft,
        contents: Data(text.utf8),
        attributes: [.posixPermissions: 0o600]
      ), rename(draft, path) == 0
    else { throw Failure("CIT-E-061", "密钥文件 \(path) 写不了，请检查文件夹的权限。") }
  }
}
