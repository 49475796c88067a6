internal import Foundation
import Values

/// Bytes of a file or of memory, a piece at a time.
final class ByteSource {
  private let handle: FileHandle?
  private let bytes: [UInt8]
  private var position = 0
  /// How many bytes there are in all.
  let size: Int

  static let piece = 65_536

  init(path: String) throws(Unreadable) {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Unreadable("CIT-E-030", "读不了文件，请检查路径和权限。")
    }
    self.handle = handle
    bytes = []
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    size = (attributes?[.size] as? Int) ?? 0
  }

  init(bytes: [UInt8]) {
    handle = nil
    self.bytes = bytes
    size = bytes.count
  }

  deinit { try? handle?.close() }

  /// The next piece; empty at the end.
  func next() throws(Unreadable) -> [UInt8] {
    guard let handle else {
      let end = min(position + Self.piece, bytes.count)
      defer { position = end }
      return Array(bytes[position..<end])
    }
    do {
      let data = try handle.read(upToCount: Self.piece) ?? Data()
      position += data.count
      return Array(data)
    } catch {
      throw Unreadable("CIT-E-030", "读到一半文件读不了了，请检查磁盘和权限。")
    }
  }

  /// Begins anew.
  func rewind() throws(Unreadable) {
    position = 0
    do { try handle?.seek(toOffset: 0) } catch {
      throw Unreadable("CIT-E-030", "这个文件不能从头再读，请先存成普通文件。")
    }
  }

  /// How much was read, 0…1.
  var progress: Double { size == 0 ? 1 : Double(position) / Double(size) }
}
