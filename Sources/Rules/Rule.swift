/// A rule: an expression of the rule language, read, checked and made ready to run.
///
/// The language is CEL, the Common Expression Language, with exact numbers, days of the calendar and
/// sums over records; see `docs/rules.md`.
package struct Rule: Sendable {
  /// The text.
  package let text: String
  /// What it says.
  package let expression: Expression
  /// The type of its value; any type when it was not checked.
  package let type: RuleType
  /// The names it uses, in the order in which their values are given.
  package let names: [String]

  let bytes: [UInt8]
  private let node: Node
  private let traced: Node
  private let slots: Int

  /// Reads and checks a rule.
  ///
  /// - Parameters:
  ///   - text: the rule.
  ///   - variables: the names it may use, with their types.
  /// - Throws: the first fault, with its place.
  package init(_ text: String, _ variables: [String: RuleType]) throws(RuleFault) {
    let expression = try Parser.read(text)
    let type = try Checker.type(of: expression, text, variables)
    self.init(text, expression, type, Set(variables.keys))
  }

  /// Reads a rule without checking types: what is wrong shows when it is run.
  ///
  /// - Parameters:
  ///   - text: the rule.
  ///   - names: the names that are bound when it is run.
  /// - Throws: the first fault of its grammar.
  package init(unchecked text: String, _ names: Set<String>) throws(RuleFault) {
    self.init(text, try Parser.read(text), .dyn, names)
  }

  private init(_ text: String, _ expression: Expression, _ type: RuleType, _ variables: Set<String>)
  {
    self.text = text
    bytes = Array(text.utf8)
    self.expression = expression
    self.type = type
    var compiler = Compiler(variables: variables, isTraced: false)
    node = compiler.compile(expression)
    var tracing = Compiler(variables: variables, isTraced: true)
    traced = tracing.compile(expression)
    names = compiler.used
    slots = compiler.used.count + compiler.locals
  }

  /// The value of the rule.
  ///
  /// - Parameters:
  ///   - values: the values of `names`, in that order.
  ///   - mostSteps: how many steps it may take.
  /// - Returns: the value, or the failure in its place.
  package func value(_ values: [RuleValue], mostSteps: Int = RuleLimits.mostSteps) -> RuleValue {
    var frame = frame(values, mostSteps)
    return node.value(&frame)
  }

  /// Whether the rule holds.
  ///
  /// - Parameter values: the values of `names`, in that order.
  /// - Returns: `nil` when it has no answer.
  package func holds(_ values: [RuleValue]) -> Bool? {
    var frame = frame(values, RuleLimits.mostSteps)
    return switch node.truth(&frame) {
    case .yes: true
    case .no: false
    case .failed: nil
    }
  }

  /// The value of the rule for values by name; a name without one is unbound.
  package func value(_ bindings: [String: RuleValue]) -> RuleValue {
    value(names.map { bindings[$0] ?? .failure(RuleFailure(.unbound, $0)) })
  }

  /// The value of the rule, and that of each of its parts.
  ///
  /// - Parameter values: the values of `names`, in that order.
  /// - Returns: what was found on the way.
  package func explain(_ values: [RuleValue]) -> Explanation {
    var frame = frame(values, RuleLimits.mostSteps)
    frame.trace = Array(repeating: nil, count: partCount)
    let value = traced.value(&frame)
    return Explanation(rule: self, value: value, trace: frame.trace)
  }

  /// The value of the rule and of its parts, for values by name.
  package func explain(_ bindings: [String: RuleValue]) -> Explanation {
    explain(names.map { bindings[$0] ?? .failure(RuleFailure(.unbound, $0)) })
  }

  /// How many steps the rule takes at most.
  ///
  /// - Parameter mostElements: how many elements or bytes a value given to it has, and any value in it.
  /// - Returns: the bound; `Int.max` beyond all counting.
  package func cost(mostElements: Int) -> Int {
    Cost.bound(expression, mostElements: mostElements)
  }

  /// The steps a run really took, for tests of the bound.
  package func steps(_ values: [RuleValue]) -> Int {
    var frame = frame(values, RuleLimits.mostSteps)
    _ = node.value(&frame)
    return frame.steps
  }

  private var partCount: Int { expression.number + 1 }

  private func frame(_ values: [RuleValue], _ mostSteps: Int) -> Frame {
    var frame = Frame(slots: values, most: mostSteps)
    if slots > values.count {
      frame.slots += repeatElement(.null, count: slots - values.count)
    }
    return frame
  }
}
