/// What one run of a rule works on.
struct Frame {
  /// The values of the variables, then those of the macros' names.
  var slots: [RuleValue]
  /// The steps taken inside of macros and by functions that walk what they are given.
  var steps = 0
  /// How many are allowed.
  var most: Int
  /// The value of each part, by its number; empty when nobody asks why.
  var trace: [RuleValue?] = []

  /// Takes steps.
  ///
  /// - Returns: the failure of having taken too many.
  mutating func take(_ count: Int) -> RuleFailure? {
    steps &+= count
    return steps > most ? RuleFailure(.tooCostly, "超过 \(most) 步") : nil
  }
}

/// What a condition comes to.
enum Truth {
  case yes, no
  case failed(RuleFailure)

  /// The truth of a value.
  init(_ value: RuleValue) {
    switch value {
    case .bool(let truth): self = truth ? .yes : .no
    case .failure(let failure): self = .failed(failure)
    default: self = .failed(RuleFailure(.noOverload, "应是真假，却是 \(value.typeName)"))
    }
  }

  /// As a value.
  var value: RuleValue {
    switch self {
    case .yes: .bool(true)
    case .no: .bool(false)
    case .failed(let failure): .failure(failure)
    }
  }
}

/// A part of a rule made ready to run; what parts it has are of its class.
class Node: @unchecked Sendable {
  // Subclasses hold constants only.

  /// The value it has.
  func value(_ frame: inout Frame) -> RuleValue { .failure(RuleFailure(.noOverload)) }

  /// The truth it has, for conditions.
  func truth(_ frame: inout Frame) -> Truth { Truth(value(&frame)) }
}
