/// An exact fraction of whole numbers, always in lowest terms with a positive denominator.
///
/// Rates and scores are kept exact and rounded only when they are shown.
package struct Ratio: Hashable, Comparable, Sendable {
  /// The part above the line.
  package let numerator: Int128
  /// The part below the line, at least 1.
  package let denominator: Int128

  /// The fraction nought.
  package static let zero = Ratio(0)
  /// The fraction one.
  package static let one = Ratio(1)

  /// Makes a fraction.
  ///
  /// - Parameters:
  ///   - numerator: the part above the line.
  ///   - denominator: the part below the line; must not be 0.
  package init(_ numerator: Int128, _ denominator: Int128 = 1) {
    precondition(denominator != 0, "a fraction needs a denominator")
    if denominator == 1 {
      (self.numerator, self.denominator) = (numerator, denominator)
      return
    }
    let common = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
    let divisor = Int128(max(common, 1)) * (denominator < 0 ? -1 : 1)
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// The greatest common divisor; in machine words as soon as both fit.
  private static func commonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (a, b) = (left, right)
    while b != 0 {
      if a <= UInt64.max, b <= UInt64.max {
        var (x, y) = (UInt64(a), UInt64(b))
        while y != 0 { (x, y) = (y, x % y) }
        return UInt128(x)
      }
      (a, b) = (b, a % b)
    }
    return a
  }

  /// Makes a fraction of two counts, or `nil` when the lower one is nought.
  package init?(part: Int, of whole: Int) {
    guard whole != 0 else { return nil }
    self.init(Int128(part), Int128(whole))
  }

  package static func + (left: Ratio, right: Ratio) -> Ratio {
    Ratio(
      left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator
    )
  }

  package static func - (left: Ratio, right: Ratio) -> Ratio {
    left + Ratio(-right.numerator, right.denominator)
  }

  package static func * (left: Ratio, right: Ratio) -> Ratio {
    Ratio(left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// The quotient; the right side must not be nought.
  package static func / (left: Ratio, right: Ratio) -> Ratio {
    Ratio(left.numerator * right.denominator, left.denominator * right.numerator)
  }

  package static func < (left: Ratio, right: Ratio) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }

  /// Whether the fraction lies among the whole numbers a machine counts with.
  package var isCountable: Bool { Ratio(Int128(Int.min)) <= self && self <= Ratio(Int128(Int.max)) }

  /// The whole number nearest to the fraction; a half goes up.
  ///
  /// What is too large to be counted is the largest there is.
  package var rounded: Int {
    let doubled = numerator * 2 + denominator
    let quotient = doubled / (denominator * 2)
    let isExact = quotient * denominator * 2 == doubled
    return Int(clamping: doubled < 0 && !isExact ? quotient - 1 : quotient)
  }

  /// The fraction in decimal, a half going up, with as many places as asked and no more needed.
  ///
  /// - Parameter places: digits after the point, 0 to 9.
  /// - Returns: the decimal text.
  package func decimal(places: Int) -> String {
    var scale: Int128 = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = (self * Ratio(scale)).rounded
    let sign = scaled < 0 ? "-" : ""
    let digits = String(scaled.magnitude)
    guard places > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let cut = padded.index(padded.endIndex, offsetBy: -places)
    return sign + padded[..<cut] + "." + padded[cut...]
  }

  /// Reads a plain decimal such as `0.98` or `-12.5`; `nil` when it is not one.
  package init?(decimal text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), text.count <= 20 else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard parts.count == 1 || !fraction.isEmpty,
      fraction.allSatisfy({ $0.isASCII && $0.isNumber }),
      let whole = Int128(parts[0] + fraction)
    else { return nil }
    var scale: Int128 = 1
    for _ in fraction { scale *= 10 }
    self.init(whole, scale)
  }
}
