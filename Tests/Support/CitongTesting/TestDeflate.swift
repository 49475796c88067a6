/// Bytes packed by hand (RFC 1951): a text, and behind it one byte that is repeated a great many times.
package struct TestDeflate {
  /// The packed bytes.
  package private(set) var bytes: [UInt8] = []
  /// How many bytes they are unpacked.
  package private(set) var size: Int
  private let head: [UInt8]
  private var bitCount = 0

  /// How many bytes one packed byte of the repetition makes: four copies of 258.
  private static let perByte = 1032

  /// Packs a text and so many repetitions of its last byte.
  ///
  /// - Parameters:
  ///   - head: the text, of 1 to 65535 bytes.
  ///   - thousands: how many times 1032 bytes follow, and a few more.
  package init(_ head: String, thousands: Int) {
    let head = Array(head.utf8)
    self.head = head
    size = head.count + thousands * Self.perByte
    // A stored block: not the last, then its length and the length's complement.
    let length = [UInt8(head.count & 0xFF), UInt8(head.count >> 8)]
    bytes = [0] + length + length.map { ~$0 } + head
    // A block with codes of its own: only "end" and "copy 258 bytes", and only the distance 1, each of
    // one bit, so that two bits make 258 bytes.
    put(1, 1)
    put(2, 2)
    put(29, 5)
    put(0, 5)
    put(14, 4)
    for place in 0..<18 { put(place == 2 || place == 17 ? 1 : 0, 3) }
    // Code lengths: 256 zeros (138 and 118), a one, 28 zeros, a one; for the distances a one.
    for zeros in [138, 118] { putZeros(zeros) }
    put(0, 1)
    putZeros(28)
    put(0, 2)
    while bitCount % 8 != 0 {
      put(1, 1)
      put(0, 1)
      size += 258
    }
    bytes += Array(repeating: 0x55, count: thousands)
    put(0, 1)
  }

  /// What they unpack to.
  package var unpacked: some Sequence<UInt8> {
    let last = head.last ?? 0
    return (0..<size).lazy.map { [head] in $0 < head.count ? head[$0] : last }
  }

  private mutating func putZeros(_ count: Int) {
    put(1, 1)
    put(count - 11, 7)
  }

  /// Puts the lowest bits of a number, lowest first.
  private mutating func put(_ number: Int, _ count: Int) {
    for bit in 0..<count {
      if bitCount % 8 == 0 { bytes.append(0) }
      if number >> bit & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(bitCount % 8) }
      bitCount += 1
    }
  }
}
