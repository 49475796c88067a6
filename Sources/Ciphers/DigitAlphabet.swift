/// The digits of an encoding of RFC 4648, each of which stands for 4, 5 or 6 bits.
struct DigitAlphabet: Sendable {
  private let bits: Int
  private let digits: [UInt8]
  /// The value of each byte as a digit; 255 for what is none.
  private let values: [UInt8]

  /// Makes an alphabet.
  ///
  /// - Parameters:
  ///   - digits: 16, 32 or 64 letters of ASCII in the order of their values.
  ///   - ignoresCase: whether the other case of a letter is read as well.
  init(_ digits: String, ignoresCase: Bool) {
    self.digits = Array(digits.utf8)
    bits = self.digits.count.trailingZeroBitCount
    var values = [UInt8](repeating: 255, count: 256)
    for spelling in ignoresCase ? [digits.lowercased(), digits.uppercased()] : [digits] {
      for (value, digit) in spelling.utf8.enumerated() { values[Int(digit)] = UInt8(value) }
    }
    self.values = values
  }

  /// Writes bytes as digits, without padding; missing bits at the end are zero.
  func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 8 + bits - 1) / bits)
    var (held, count) = (0, 0)
    for byte in bytes {
      (held, count) = (held << 8 | Int(byte), count + 8)
      while count >= bits {
        count -= bits
        text.append(digits[held >> count])
        held &= 1 << count - 1
      }
    }
    if count > 0 { text.append(digits[held << (bits - count)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads digits back.
  ///
  /// - Returns: the bytes; `nil` for padding, blanks and other strangers, a length no bytes have,
  ///   and bits at the end that are not zero (RFC 4648 §3.5), so that bytes have one text only.
  func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * bits / 8)
    var (held, count) = (0, 0)
    for digit in text.utf8 {
      let value = values[Int(digit)]
      guard value != 255 else { return nil }
      (held, count) = (held << bits | Int(value), count + bits)
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(held >> count))
        held &= 1 << count - 1
      }
    }
    return count < bits && held == 0 ? bytes : nil
  }
}
