internal import CZip
import Foundation
import Values

/// Writes a ZIP file whole.
package enum ArchiveWriter {
  /// A file that can't be written.
  package struct Unwritable: Error, Hashable, Sendable {
    /// What is wrong, in words.
    package var sentence: String
  }

  /// Writes entries of text.
  ///
  /// - Parameters:
  ///   - entries: the names and texts, in order.
  ///   - path: the file; what stood there is replaced.
  /// - Throws: `Unwritable` when the file can't be written.
  package static func write(_ entries: [(name: String, text: String)], to path: String)
    throws(Unwritable)
  {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      throw Unwritable(sentence: "写不了文件 \(path)，请检查文件夹是否存在、能不能写。")
    }
    // libzip reads the bytes when it closes the file: they must live until then.
    let kept = entries.map { Array($0.text.utf8) }
    let buffers = kept.map { bytes -> UnsafeMutablePointer<UInt8> in
      let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
      buffer.initialize(from: bytes, count: bytes.count)
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    for (index, entry) in entries.enumerated() {
      guard let source = zip_source_buffer(archive, buffers[index], UInt64(kept[index].count), 0),
        zip_file_add(archive, entry.name, source, UInt32(ZIP_FL_ENC_UTF_8)) >= 0
      else {
        zip_discard(archive)
        throw Unwritable(sentence: "写不了文件 \(path)。")
      }
    }
    guard zip_close(archive) == 0 else {
      zip_discard(archive)
      throw Unwritable(sentence: "写不了文件 \(path)，磁盘可能满了。")
    }
  }
}
