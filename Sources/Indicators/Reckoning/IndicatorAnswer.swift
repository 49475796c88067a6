import Records
import Rules
package import Values

/// What an indicator answers: a value, or why there is none.
package enum IndicatorAnswer: Hashable, Sendable {
  /// The value, in its unit; a fraction of one for what is shown in per cent.
  case value(Exact)
  /// What it divides by is nought: it does not apply.
  case noDenominator
  /// Something is not filled in; what.
  case missing(String)
  /// It is there, but kept back, so as not to give away few persons.
  case keptBack
  /// Its formula can't be reckoned; why.
  case failed(String)

  /// The value, if there is one.
  package var exact: Exact? { if case .value(let value) = self { value } else { nil } }

  /// The answer of a rule.
  init(_ value: RuleValue) {
    switch value {
    case .failure(let failure):
      switch failure.kind {
      case .divisionByZero: self = .noDenominator
      case .noData, .unbound: self = .missing(failure.detail)
      default: self = .failed(failure.sentence)
      }
    default: self = value.exact.map(IndicatorAnswer.value) ?? .failed("结果不是数")
    }
  }

  /// The answer as a rule is given it.
  var ruleValue: RuleValue {
    switch self {
    case .value(let value): .decimal(value)
    case .noDenominator: .failure(RuleFailure(.divisionByZero))
    case .missing(let what): .failure(RuleFailure(.noData, what))
    case .keptBack: .failure(RuleFailure(.badArgument, Published.keptBack))
    case .failed(let why): .failure(RuleFailure(.badArgument, why))
    }
  }

  /// What stands where there is no value; `nil` when there is one.
  package var words: String? {
    switch self {
    case .value: nil
    case .noDenominator: "不适用（分母为 0）"
    case .missing: "未填报"
    case .keptBack: Published.keptBack
    case .failed: "算不出"
    }
  }
}
