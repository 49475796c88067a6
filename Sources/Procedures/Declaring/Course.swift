import Indicators
package import Records
import Rules
package import Values

/// A procedure with its steps and moves, ready to run, and what is wrong with it as a whole.
package struct Course: Sendable {
  /// The procedure.
  package var procedure: Procedure
  /// Its steps in order.
  package var steps: [ProcedureStep]
  /// Its moves.
  package var moves: [ProcedureMove]

  /// Reads a procedure from a register.
  ///
  /// - Parameters:
  ///   - register: the register.
  ///   - id: the procedure with its version.
  /// - Returns: the course; `nil` when there is no such procedure.
  /// - Throws: the store's errors.
  package static func of(_ register: RecordStore, _ id: String) throws -> Course? {
    guard let kind = register.kind("procedure"), let record = try register.record(kind, id),
      let steps = register.kind("procedureStep"), let moves = register.kind("procedureMove")
    else { return nil }
    let own = Query([.field("procedureId", id)], limit: 10_000)
    return Course(
      procedure: Procedure(values: record.values),
      steps: try register.list(steps, own).map { ProcedureStep(values: $0.values) }
        .sorted { ($0.sequence ?? 0) < ($1.sequence ?? 0) },
      moves: try register.list(moves, own).map { ProcedureMove(values: $0.values) }
    )
  }

  /// A step by its code.
  package func step(_ code: String) -> ProcedureStep? { steps.first { $0.code == code } }

  /// The moves out of a step.
  package func moves(from code: String) -> [ProcedureMove] { moves.filter { $0.from == code } }

  /// What is wrong with the procedure: steps nobody comes to, steps without a way out, moves to nowhere, guards that
  /// can't be read or never hold, ends nobody reaches.
  ///
  /// - Parameter kinds: the kinds of record guards may speak of.
  /// - Returns: the problems, at the step or move.
  package func problems(_ kinds: [Kind]) -> [Problem] {
    var problems: [Problem] = []
    let codes = Set(steps.map(\.code))
    if step(procedure.firstStep) == nil {
      problems.append(
        Problem("PRO-E-010", procedure.firstStep, "开始的环节“\(procedure.firstStep)”不在流程里。")
      )
    }
    if !steps.contains(where: { $0.isEnd == true }) {
      problems.append(Problem("PRO-E-011", "", "流程没有办结的环节。"))
    }
    for move in moves {
      for end in [move.from, move.to] where !codes.contains(end) {
        let near = NearMiss.suggestion(end, among: Array(codes))
        problems.append(
          Problem("PRO-E-012", move.verb, "走向“\(move.label)”的环节“\(end)”不在流程里。\(near)")
        )
      }
      if let told = guardProblem(move, kinds) {
        problems.append(Problem("PRO-E-013", move.verb, told))
      }
    }
    let reached = reachable(from: procedure.firstStep)
    for step in steps {
      if !reached.contains(step.code) {
        problems.append(Problem("PRO-E-014", step.code, "环节“\(step.label)”走不到。"))
      }
      let out = moves(from: step.code)
      if step.isEnd == true, !out.isEmpty {
        problems.append(Problem("PRO-E-015", step.code, "办结的环节“\(step.label)”不能再往下走。"))
      }
      if step.isEnd != true, out.isEmpty {
        problems.append(Problem("PRO-E-016", step.code, "环节“\(step.label)”没有出路。"))
      }
      // From everywhere an end has to be reached: no deadlock, no circle without a way out.
      if step.isEnd != true, reached.contains(step.code), !out.isEmpty,
        !reachable(from: step.code).contains(where: { self.step($0)?.isEnd == true })
      {
        problems.append(Problem("PRO-E-017", step.code, "从环节“\(step.label)”走不到办结。"))
      }
    }
    return problems
  }

  /// The steps that are come to from one, itself among them.
  func reachable(from code: String) -> Set<String> {
    var reached: Set<String> = [code]
    var open = [code]
    while let next = open.popLast() {
      for move in moves(from: next) where reached.insert(move.to).inserted { open.append(move.to) }
    }
    return reached
  }

  private func guardProblem(_ move: ProcedureMove, _ kinds: [Kind]) -> String? {
    guard !move.guardRule.isEmpty else { return nil }
    do {
      let rule = try rule(of: move, kinds)
      if rule.type != .bool { return "走向“\(move.label)”的条件应得是或否。" }
      if rule.names.isEmpty, case .bool(false) = rule.value([:]) {
        return "走向“\(move.label)”的条件永远不成立。"
      }
      return nil
    } catch let fault as RuleFault {
      return "走向“\(move.label)”的条件第 \(fault.column) 个字有错：\(fault.message)"
    } catch { return "走向“\(move.label)”的条件读不出。" }
  }

  private func rule(of move: ProcedureMove, _ kinds: [Kind]) throws -> Rule {
    let types =
      kinds.first { $0.name == procedure.subjectKind }
      .map { RecordVariables($0).types } ?? [:]
    return try Rule(move.guardRule, types)
  }

  /// Whether the guard of a move holds for the record a case is about; why not, where it does not.
  ///
  /// - Parameters:
  ///   - move: the move.
  ///   - subject: the record; `nil` when the case is about none, or it is gone.
  ///   - kinds: the kinds of record.
  /// - Returns: what is missing; `nil` when nothing is.
  package func missing(_ move: ProcedureMove, _ subject: Record?, _ kinds: [Kind]) -> String? {
    guard !move.guardRule.isEmpty else { return nil }
    let words = move.guardWords.isEmpty ? move.guardRule : move.guardWords
    guard let subject, let rule = try? rule(of: move, kinds) else { return "条件没有满足：\(words)" }
    let values = RecordVariables(subject.kind).values(of: subject, rule.names)
    if case .bool(true) = rule.value(values) { return nil }
    return "条件没有满足：\(words)"
  }
}
