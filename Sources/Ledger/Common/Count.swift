import Values

/// A number of a record as its checks speak of it: `毕业生 300 人`.
struct Count: Sendable, CustomStringConvertible {
  /// The field a problem is told at.
  var field: String
  /// What users read.
  var label: String
  /// How many; `nil` when nobody counted.
  var number: Int?
  /// What is counted in.
  var unit: String

  /// Names a number.
  init(_ field: String, _ label: String, _ number: Int?, unit: String = "人") {
    self.field = field
    self.label = label
    self.number = number
    self.unit = unit
  }

  var description: String { "\(label) \(number ?? 0) \(unit)" }

  /// A part may not be greater than its whole; nothing is told while one of them is unknown.
  func check(asPartOf whole: Count) -> [Problem] {
    guard let number, let most = whole.number, number > most else { return [] }
    return [Problem("REG-E-031", field, "\(self)多于\(whole)，部分不能大于整体，请核对这两格。")]
  }

  /// A part of a rate needs its whole, unless it is nought.
  func check(hasWhole whole: Count) -> [Problem] {
    guard let number, number > 0, whole.number == nil else { return [] }
    return [
      Problem(
        "REG-E-033",
        whole.field,
        "没有填写\(whole.label)，而\(label)有 \(number) \(unit)；占比要以\(whole.label)为分母，请补填\(whole.label)。"
      )
    ]
  }
}
