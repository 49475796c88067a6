import Glibc
import Values

/// The bytes of a text in UTF-8, whatever encoding its file is in, one after another.
///
/// UTF-8 with or without mark and UTF-16 with mark are told by their bytes; what is none of them is
/// taken for GB18030.
final class TextSource {
  private let source: ByteSource
  private var piece: [UInt8] = []
  private var index = 0
  private let converter: Converter?

  init(_ source: ByteSource) throws(Unreadable) {
    self.source = source
    converter = try Self.encoding(of: source).map { Converter(from: $0) }
    try source.rewind()
    try refill()
    if piece.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  var progress: Double { source.progress }

  /// The next byte; `nil` at the end.
  func next() throws(Unreadable) -> UInt8? {
    if index == piece.count {
      try refill()
      if piece.isEmpty { return nil }
    }
    defer { index += 1 }
    return piece[index]
  }

  /// Steps over the next byte if it is this one.
  func skip(_ byte: UInt8) throws(Unreadable) -> Bool {
    if index == piece.count { try refill() }
    guard index < piece.count, piece[index] == byte else { return false }
    index += 1
    return true
  }

  /// What is ahead, as far as it was read; not empty unless the text has ended.
  func peek() throws(Unreadable) -> ArraySlice<UInt8> {
    if index == piece.count { try refill() }
    return piece[index...]
  }

  private func refill() throws(Unreadable) {
    index = 0
    guard let converter else {
      piece = try source.next()
      return
    }
    repeat {
      let raw = try source.next()
      piece = try converter.convert(raw, isLast: raw.isEmpty)
      if raw.isEmpty { return }
    } while piece.isEmpty
  }

  /// The name of the encoding to convert from; `nil` for UTF-8.
  private static func encoding(of source: ByteSource) throws(Unreadable) -> String? {
    var check = UTF8Check()
    var isFirst = true
    while true {
      let piece = try source.next()
      if piece.isEmpty { break }
      if isFirst, piece.starts(with: [0xFF, 0xFE]) { return "UTF-16" }
      if isFirst, piece.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
      isFirst = false
      guard check.takes(piece) else { return "GB18030" }
    }
    return check.isComplete ? nil : "GB18030"
  }
}

/// Whether bytes are UTF-8, piece by piece.
private struct UTF8Check {
  /// How many bytes of the sequence begun are still to come, and what the next may be.
  private var left = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  var isComplete: Bool { left == 0 }

  mutating func takes(_ bytes: [UInt8]) -> Bool {
    for byte in bytes {
      if left > 0 {
        guard byte >= low, byte <= high else { return false }
        left -= 1
        (low, high) = (0x80, 0xBF)
        continue
      }
      switch byte {
      case 0...0x7F: continue
      case 0xC2...0xDF: left = 1
      case 0xE0: (left, low) = (2, 0xA0)
      case 0xED: (left, high) = (2, 0x9F)
      case 0xE1...0xEF: left = 2
      case 0xF0: (left, low) = (3, 0x90)
      case 0xF4: (left, high) = (3, 0x8F)
      case 0xF1...0xF3: left = 3
      default: return false
      }
    }
    return true
  }
}

/// Turns a text of another encoding into UTF-8, piece by piece.
private final class Converter {
  private let descriptor: iconv_t?
  /// Bytes of a character that was cut in two.
  private var rest: [UInt8] = []

  init(from encoding: String) {
    let descriptor = iconv_open("UTF-8", encoding)
    self.descriptor = Int(bitPattern: descriptor) == -1 ? nil : descriptor
  }

  deinit { if let descriptor { iconv_close(descriptor) } }

  func convert(_ piece: [UInt8], isLast: Bool) throws(Unreadable) -> [UInt8] {
    guard let descriptor else { throw Self.neither }
    var input = rest + piece
    rest = []
    guard !input.isEmpty else { return [] }
    var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
    var consumed = 0
    var written = 0
    var failure: Int32 = 0
    input.withUnsafeMutableBytes { source in
      output.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = source.count
        var toLeft = target.count
        if iconv(descriptor, &from, &fromLeft, &to, &toLeft) == -1 {
          failure = errno
        }
        consumed = source.count - fromLeft
        written = target.count - toLeft
      }
    }
    if failure == EILSEQ || (failure == EINVAL && isLast) { throw Self.neither }
    rest = Array(input[consumed...])
    if isLast, !rest.isEmpty { throw Self.neither }
    return Array(output[..<written])
  }

  private static var neither: Unreadable {
    Unreadable("REG-E-062", "文件既不是 UTF-8 也不是 GB18030 编码，请用“另存为 CSV UTF-8”后再导入。")
  }
}
