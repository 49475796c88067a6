extension Published {
  /// What stands where a number is kept back: neither zero nor missing.
  package static let keptBack = "不公开"

  /// The number as people read it.
  package var words: String {
    switch self {
    case .shown(let number?): String(number)
    case .shown(nil): "未填报"
    case .hidden: Self.keptBack
    }
  }
}

extension Suppression {
  /// Why numbers are kept back, as said below a table.
  package static func words(below threshold: Int) -> String {
    "少于 \(threshold) 人的不公开；为使合计和其他数字推不出它们，另有个别数字也不公开。"
  }
}
