import CMemory
import Values

/// The texts that a search of a kind looks into, one after another in memory.
///
/// A search goes through all of them, so that every contained text is found; a million take a few
/// hundredths of a second.
struct HeldText: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = []

  /// Adds the texts of the next row.
  mutating func append(_ texts: some Sequence<String>) {
    starts.append(bytes.count)
    bytes += Self.row(texts)
  }

  /// Marks the rows that contain a text.
  ///
  /// - Parameter text: the text, as it was typed.
  /// - Returns: 1 for a row that contains it, 0 for the others; `nil` when the text has signs that
  ///   keep rows apart here.
  func marks(containing text: String) -> [UInt8]? {
    guard let wanted = Self.wanted(text) else { return nil }
    var marks = [UInt8](repeating: 0, count: starts.count)
    bytes.withUnsafeBytes { held in
      guard let base = held.baseAddress else { return }
      var row = 0
      var place = 0
      while place < held.count,
        let found = memmem(base + place, held.count - place, wanted, wanted.count)
      {
        let offset = UnsafeRawPointer(found) - base
        while row + 1 < starts.count, starts[row + 1] <= offset { row += 1 }
        marks[row] = 1
        row += 1
        guard row < starts.count else { return }
        place = starts[row]
      }
    }
    return marks
  }

  /// Whether the texts of one row contain a text; `nil` as for `marks`.
  static func contains(_ row: [UInt8], _ text: String) -> Bool? {
    guard let wanted = wanted(text) else { return nil }
    return memmem(row, row.count, wanted, wanted.count) != nil
  }

  /// The texts of a row as they are held: in one case, each ended by a zero.
  static func row(_ texts: some Sequence<String>) -> [UInt8] {
    texts.reduce(into: []) { $0 += folded($1) + [0] }
  }

  /// A text in one case, as the store compares: letters of ASCII only.
  static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }

  private static func wanted(_ text: String) -> [UInt8]? {
    let wanted = folded(text)
    return wanted.isEmpty || wanted.contains(0) ? nil : wanted
  }
}
