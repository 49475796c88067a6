internal import Foundation

/// The text of a file somebody hands in.
package enum FileText {
  /// The text of bytes in UTF-8, with or without mark, or else in GB18030; `nil` when it is neither.
  package static func decoded(_ bytes: some Collection<UInt8>) -> String? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let plain = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : Array(bytes)
    if let text = String(validating: plain, as: UTF8.self) { return text }
    return String(data: Data(plain), encoding: String.Encoding(rawValue: 0x8000_0632))
  }
}
