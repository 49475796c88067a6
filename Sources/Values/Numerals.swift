/// Numbers as people say them.
package enum Numerals {
  /// A count with 万 and 亿: `47`, `2,430`, `19.2万`, `4.03亿`.
  ///
  /// Up to 9,999 the number is exact; 万 is rounded to one decimal, 亿 to two, a half going up;
  /// needless zeros are dropped.
  package static func spoken(_ number: Int) -> String {
    switch number.magnitude {
    case 99_950_000...: trimmed(Ratio(Int128(number), 100_000_000).decimal(places: 2)) + "亿"
    case 10_000...: trimmed(Ratio(Int128(number), 10_000).decimal(places: 1)) + "万"
    default: grouped(number)
    }
  }

  /// A whole number with its digits in groups of three: `192,000`.
  package static func grouped(_ number: Int) -> String {
    var digits = Array(String(number.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (number < 0 ? "-" : "") + String(digits)
  }

  /// A fraction of one in per cent: `98.3%`.
  package static func percent(_ ratio: Ratio, places: Int = 1) -> String {
    trimmed((ratio * Ratio(100)).decimal(places: places)) + "%"
  }

  private static func trimmed(_ decimal: String) -> String {
    guard decimal.contains(".") else { return decimal }
    var text = decimal
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
