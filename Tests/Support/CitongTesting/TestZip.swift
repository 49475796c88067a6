/// A ZIP file made by hand, its entries stored as they are or packed by hand.
package struct TestZip {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Begins a file without entries.
  package init() {}

  /// Adds an entry as it is.
  package mutating func add(_ name: String, _ bytes: [UInt8]) {
    add(name, packed: bytes, size: bytes.count, method: 0, checksum: Self.checksum(bytes))
  }

  /// Adds an entry of text as it is.
  package mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// Adds an entry that was packed by hand.
  ///
  /// The checksum of a very large one is left out: nobody should get to its end.
  package mutating func add(_ name: String, _ packed: TestDeflate) {
    let checksum = packed.size > 10_000_000 ? 0 : Self.checksum(packed.unpacked)
    add(name, packed: packed.bytes, size: packed.size, method: 8, checksum: checksum)
  }

  private mutating func add(
    _ name: String,
    packed: [UInt8],
    size: Int,
    method: Int,
    checksum: UInt32
  ) {
    let name = Array(name.utf8)
    // Version 2.0, names in UTF-8, 1 January 1980.
    let common =
      Self.little(20, 2) + Self.little(0x800, 2) + Self.little(method, 2) + Self.little(0, 2)
      + Self.little(0x21, 2) + Self.little(Int(checksum), 4) + Self.little(packed.count, 4)
      + Self.little(size, 4) + Self.little(name.count, 2) + Self.little(0, 2)
    directory += [0x50, 0x4B, 1, 2] + Self.little(20, 2) + common
    directory += Self.little(0, 10) + Self.little(body.count, 4) + name
    body += [0x50, 0x4B, 3, 4] + common + name + packed
    count += 1
  }

  /// The file.
  package var bytes: [UInt8] {
    body + directory + [0x50, 0x4B, 5, 6] + Self.little(0, 4) + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(directory.count, 4) + Self.little(body.count, 4)
      + Self.little(0, 2)
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 }
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }
}
