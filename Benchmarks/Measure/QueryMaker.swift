import Ledger
import Values

/// Cuts queries out of texts as somebody might type them; the same ones for the same seed.
struct QueryMaker {
  private let typed: Haystack
  private let normal: Haystack
  private var random: DemoRandom

  /// Begins a sequence of queries.
  ///
  /// - Parameters:
  ///   - typed: the texts as they were typed.
  ///   - normal: the same texts as they are compared.
  ///   - seed: what the sequence depends on.
  init(_ typed: Haystack, _ normal: Haystack, seed: UInt64) {
    self.typed = typed
    self.normal = normal
    random = DemoRandom(seed: seed)
  }

  /// Two to six neighbouring letters, digits or Han characters of some text.
  mutating func present() -> String { string(cut(random.number(2...6))) }

  /// Two to six characters that stand so in no text: the halves are of two texts, so that most pairs
  /// of neighbours are well known.
  mutating func absent() -> String {
    while true {
      let length = random.number(2...6)
      let query = cut(length / 2) + cut(length - length / 2)
      if normal.texts(holding: query.map(Self.folded)).isEmpty { return string(query) }
    }
  }

  private mutating func cut(_ length: Int) -> [UInt32] {
    while true {
      let text = typed[random.number(0...typed.textCount - 1)]
      guard text.count >= length else { continue }
      let start = text.startIndex + random.number(0...text.count - length)
      let part = text[start..<start + length]
      if part.allSatisfy(Self.isWord) { return Array(part) }
    }
  }

  private static func isWord(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    return Text.isHan(scalar)
      || scalar.isASCII && (scalar.properties.isAlphabetic || isDigit(value))
  }

  private static func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }

  /// The small letter of a capital one.
  private static func folded(_ value: UInt32) -> UInt32 {
    (0x41...0x5A).contains(value) ? value + 0x20 : value
  }

  private func string(_ values: [UInt32]) -> String {
    var view = String.UnicodeScalarView()
    for value in values { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
    return String(view)
  }
}
