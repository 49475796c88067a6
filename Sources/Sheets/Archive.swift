internal import CZip
import Values

/// A ZIP file whose entries are read as streams.
final class Archive {
  private let archive: OpaquePointer

  /// Opens a file.
  ///
  /// - Throws: `Unreadable` when the file is cut off or is no ZIP.
  init(_ path: String) throws(Unreadable) {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      throw Unreadable(
        "REC-E-037",
        "工作簿不完整或已损坏，读不了。可能没有传完，请在 Excel 或 WPS 里打开检查，另存一份再导入。"
      )
    }
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  /// The index and sizes of an entry; `nil` when there is none of this name.
  func find(_ name: String) -> (index: UInt64, size: UInt64, packed: UInt64)? {
    var status = zip_stat_t()
    guard zip_stat(archive, name, ZIP_FL_NOCASE, &status) == 0 else { return nil }
    return (status.index, status.size, status.comp_size)
  }

  /// Opens an entry; `nil` when it can't be read, as when it is encrypted.
  func open(_ index: UInt64) -> ArchiveEntry? {
    zip_fopen_index(archive, index, 0).map(ArchiveEntry.init)
  }
}

/// One entry being read.
final class ArchiveEntry {
  private let entry: OpaquePointer

  fileprivate init(_ entry: OpaquePointer) { self.entry = entry }

  deinit { zip_fclose(entry) }

  /// Reads the next bytes.
  ///
  /// - Returns: how many; 0 at the end, `nil` when the entry is damaged.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let count = zip_fread(entry, buffer.baseAddress, UInt64(buffer.count))
    return count < 0 ? nil : Int(count)
  }
}
