/// An amount of money in whole fen (1 yuan = 100 fen).
package struct Fen: Hashable, Comparable, Sendable {
  /// The number of fen.
  package var amount: Int

  /// Makes an amount of whole fen.
  package init(_ amount: Int) { self.amount = amount }

  /// Makes an amount of whole yuan.
  package static func yuan(_ yuan: Int) -> Fen { Fen(yuan * 100) }

  package static func < (left: Fen, right: Fen) -> Bool { left.amount < right.amount }

  /// Reads an amount in yuan with at most two decimals, such as `3500`, `3,500.5` or `1.2万`.
  ///
  /// - Returns: `nil` when the text is not such an amount or too large.
  package init?(yuan text: String) {
    var plain = Text.code(text).replacing(",", with: "").replacing("元", with: "")
    var factor: Int128 = 100
    for (suffix, times) in [("万", Int128(10_000)), ("亿", Int128(100_000_000))]
    where plain.hasSuffix(suffix) {
      plain.removeLast()
      factor *= times
    }
    guard let ratio = Ratio(decimal: plain) else { return nil }
    let fen = ratio * Ratio(factor)
    guard fen.denominator == 1, fen.numerator.magnitude < 1_000_000_000_000_000_000 else {
      return nil
    }
    self.init(Int(fen.numerator))
  }

  /// The amount in yuan without needless decimals: `3500`, `3500.50`.
  package var yuanText: String {
    amount % 100 == 0 ? String(amount / 100) : Ratio(Int128(amount), 100).decimal(places: 2)
  }
}
