/// An exact number: a ratio of whole numbers in lowest terms, never rounded on the way.
///
/// Amounts, counts and decimals of records are such, and so are their sums and quotients: 1045 / 50 is
/// 20.9 and not a number near it. What leaves the range of 128 bits is `nil` or thrown, not rounded.
package struct Exact: Hashable, Sendable {
  /// The number above the line.
  package let numerator: Int128
  /// The number below the line, at least 1.
  package let denominator: Int128

  /// The nought.
  package static let zero = Exact(0)

  /// A whole number.
  package init(_ whole: Int) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// A ratio, brought to lowest terms; `nil` for a denominator of nought, or out of range.
  ///
  /// - Parameters:
  ///   - numerator: the number above the line.
  ///   - denominator: the number below it.
  package init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let sign: Int128 = denominator < 0 ? -1 : 1
    if denominator == 1 {
      self.init(lowest: numerator, 1)
      return
    }
    let common = Self.divisor(numerator.magnitude, denominator.magnitude)
    let shared = Int128(max(1, common))
    self.init(lowest: sign * (numerator / shared), sign * (denominator / shared))
  }

  /// A decimal kept as a whole number of its last place, such as 12345 with 2 places for 123.45.
  package init?(_ scaled: Int, places: Int) {
    guard let power = Self.power(places) else { return nil }
    self.init(Int128(scaled), over: power)
  }

  /// Reads a decimal such as `-12.50` or `3`, and a ratio such as `1/3`; `nil` for any other text, or
  /// out of range.
  package init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    if halves.count == 2 {
      guard let above = Int128(halves[0]), let below = Int128(halves[1]), below > 0 else {
        return nil
      }
      self.init(above, over: below)
      return
    }
    let isNegative = text.hasPrefix("-")
    let digits = text.drop { $0 == "-" || $0 == "+" }
    guard text.utf8.count - digits.utf8.count <= 1 else { return nil }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, !parts[0].isEmpty, parts.count == 1 || !parts[1].isEmpty,
      parts.joined().utf8.allSatisfy({ (48...57).contains($0) }),
      let whole = Int128(parts.joined()),
      let power = Self.power(parts.count == 2 ? parts[1].count : 0)
    else { return nil }
    self.init(isNegative ? -whole : whole, over: power)
  }

  private init(lowest numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Whether it is a whole number.
  package var isWhole: Bool { denominator == 1 }
  /// The whole number it is; `nil` when it is none, or none of 64 bits.
  package var whole: Int? { denominator == 1 ? Int(exactly: numerator) : nil }
  /// The nearest number of binary floating point, for drawing; never for a figure that is printed.
  package var approximate: Double { Double(numerator) / Double(denominator) }
  /// The number without its sign.
  package var magnitude: Exact { numerator < 0 ? Exact(lowest: -numerator, denominator) : self }

  /// The number as people write it: whole, or with two places behind the point.
  package var text: String {
    if isWhole { return String(numerator) }
    return text(places: 2)
  }

  /// The sum; `nil` out of range.
  package func adding(_ other: Exact) -> Exact? {
    if denominator == 1, other.denominator == 1 {
      let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
      return overflow || sum == .min ? nil : Exact(lowest: sum, 1)
    }
    guard let left = Self.product(numerator, other.denominator),
      let right = Self.product(other.numerator, denominator),
      let below = Self.product(denominator, other.denominator)
    else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : Exact(sum, over: below)
  }

  /// The difference; `nil` out of range.
  package func subtracting(_ other: Exact) -> Exact? {
    adding(Exact(lowest: -other.numerator, other.denominator))
  }

  /// The product; `nil` out of range.
  package func multiplied(by other: Exact) -> Exact? {
    // Across first, so that what cancels needs no room.
    guard let left = Exact(numerator, over: other.denominator),
      let right = Exact(other.numerator, over: denominator),
      let above = Self.product(left.numerator, right.numerator),
      let below = Self.product(left.denominator, right.denominator)
    else { return nil }
    return Exact(lowest: above, below)
  }

  /// The quotient; `nil` by nought or out of range.
  package func divided(by other: Exact) -> Exact? {
    guard let turned = Exact(other.denominator, over: other.numerator) else { return nil }
    return multiplied(by: turned)
  }

  /// The number turned round.
  package var negated: Exact { Exact(lowest: -numerator, denominator) }

  /// The whole number next to it towards nought.
  package var truncated: Int128 { numerator / denominator }

  /// The number rounded half away from nought (四舍五入) to some places behind the point, as a whole
  /// number of the last place; `nil` out of range.
  package func rounded(places: Int) -> Int128? {
    guard let power = Self.power(places), let scaled = Self.product(numerator, power) else {
      return nil
    }
    let (quotient, rest) = scaled.quotientAndRemainder(dividingBy: denominator)
    let isHalf = rest.magnitude >= (denominator.magnitude - rest.magnitude)
    return isHalf && rest != 0 ? quotient + (numerator < 0 ? -1 : 1) : quotient
  }

  /// The number as people write it, with some places behind the point, rounded half away from nought.
  package func text(places: Int) -> String {
    guard let scaled = rounded(places: places) else { return description }
    let digits = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = scaled < 0 ? "-" : ""
    return places == 0
      ? sign + padded : sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  private static func product(_ left: Int128, _ right: Int128) -> Int128? {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow || product == .min ? nil : product
  }

  private static func power(_ places: Int) -> Int128? {
    guard (0...37).contains(places) else { return nil }
    return (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
  }

  private static func divisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    if let left = UInt64(exactly: left), let right = UInt64(exactly: right) {
      return UInt128(divisor(left, right))
    }
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// The greatest common divisor by halving, as dividing takes long.
  private static func divisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    if left == 0 { return right }
    if right == 0 { return left }
    let twos = (left | right).trailingZeroBitCount
    var a = left >> left.trailingZeroBitCount
    var b = right
    while b != 0 {
      b >>= b.trailingZeroBitCount
      if a > b { swap(&a, &b) }
      b -= a
    }
    return a << twos
  }
}

extension Exact: Comparable {
  /// Compares exactly, also where the products don't fit into 128 bits.
  package static func < (left: Exact, right: Exact) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    let first = left.numerator.multipliedFullWidth(by: right.denominator)
    let second = right.numerator.multipliedFullWidth(by: left.denominator)
    return (first.high, first.low) < (second.high, second.low)
  }
}

extension Exact: CustomStringConvertible {
  /// The decimal where it ends, such as `20.9`; else the ratio, such as `1/3`.
  package var description: String {
    var rest = denominator
    var (twos, fives) = (0, 0)
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    let places = max(twos, fives)
    guard rest == 1, rounded(places: places) != nil else { return "\(numerator)/\(denominator)" }
    return text(places: places)
  }
}
