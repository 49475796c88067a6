/// What an optional holds, or else something: `or`, `orValue`.
final class OrElse: Node, @unchecked Sendable {
  private let optional: Node
  private let other: Node
  private let isWhole: Bool

  /// Chooses.
  ///
  /// - Parameters:
  ///   - optional: what may be missing.
  ///   - other: what stands in; looked at only when it is needed.
  ///   - isWhole: whether the value is given as it is (`orValue`), or as an optional (`or`).
  init(_ optional: Node, _ other: Node, isWhole: Bool) {
    (self.optional, self.other, self.isWhole) = (optional, other, isWhole)
  }

  override func value(_ frame: inout Frame) -> RuleValue {
    let value = optional.value(&frame)
    if value.failure != nil { return value }
    guard case .optional(let found) = value else {
      return .failure(RuleFailure(.noOverload, "\(value.typeName) 不是可缺的值"))
    }
    if let inner = found.value { return isWhole ? inner : value }
    let instead = other.value(&frame)
    if instead.failure != nil || isWhole { return instead }
    guard case .optional = instead else {
      return .failure(RuleFailure(.noOverload, "or 里应是可缺的值"))
    }
    return instead
  }
}
