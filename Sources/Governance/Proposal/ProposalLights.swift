package import Calendar

/// The three lights of a proposal, never added up: whether it is answered, whether what was promised is done, and
/// whether the proposer is satisfied.
package struct ProposalLights: Hashable, Sendable {
  /// One light.
  package struct Light: Hashable, Sendable {
    /// The colour.
    package var colour: TaskLight.Colour
    /// Why, in words.
    package var why: String
  }

  /// Whether it is answered in time.
  package var answered: Light
  /// Whether the tasks its reply promised are done.
  package var solved: Light
  /// What the proposer said.
  package var satisfied: Light
  /// Why a reply of class A no longer holds: a task that proved it fell back; `nil` while it holds.
  package var fallenBack: String?

  /// Finds the lights.
  ///
  /// - Parameters:
  ///   - proposal: the proposal.
  ///   - tasks: the tasks that come of its reply, with their lights.
  ///   - day: the day.
  package init(_ proposal: Proposal, _ tasks: [(SupervisedTask, TaskLight)], on day: CivilDate) {
    answered = Self.answered(proposal, day)
    solved = Self.solved(tasks)
    satisfied = Self.satisfied(proposal)
    let dropped = tasks.filter { $0.0.status == .closed && $0.1.colour == .red }
    fallenBack =
      proposal.replyType == .a && !dropped.isEmpty
      ? "A类答复已不成立：\(dropped.map { "\($0.0.title)（\($0.1.why)）" }.joined(separator: "；"))" : nil
  }

  private static func answered(_ proposal: Proposal, _ day: CivilDate) -> Light {
    if proposal.status == .returned { return Light(colour: .grey, why: "已退办") }
    if let delivered = proposal.deliveredAt, proposal.status?.isAnswered == true,
      proposal.due == nil
    {
      return Light(colour: .done, why: "\(delivered) 答复")
    }
    guard let due = proposal.due else { return Light(colour: .grey, why: "还没有交办") }
    if let delivered = proposal.deliveredAt, proposal.status?.isAnswered == true {
      let late = delivered.dayNumber - due.dayNumber
      return late > 0
        ? Light(colour: .red, why: "\(delivered) 答复，超期 \(late) 天")
        : Light(colour: .done, why: "\(delivered) 答复，期限 \(due)")
    }
    let left = due.dayNumber - day.dayNumber
    if left < 0 { return Light(colour: .red, why: "超期 \(-left) 天") }
    return Light(colour: left <= 20 ? .yellow : .green, why: "期限 \(due)，还有 \(left) 天")
  }

  private static func solved(_ tasks: [(SupervisedTask, TaskLight)]) -> Light {
    let live = tasks.filter { $0.0.status != .merged && $0.0.status != .cancelled }
    guard !live.isEmpty else { return Light(colour: .grey, why: "没有落到任务的承诺") }
    let done = live.count { $0.1.colour == .done }
    let red = live.count { $0.1.colour == .red }
    let lasting = live.count { $0.0.kind == .longTerm }
    let told =
      "\(live.count) 项承诺：已办结 \(done)" + (lasting > 0 ? "，持续推进 \(lasting)" : "")
      + (red > 0 ? "，亮红灯 \(red)" : "")
    if red > 0 { return Light(colour: .red, why: told) }
    return Light(colour: done + lasting == live.count && done > 0 ? .done : .yellow, why: told)
  }

  private static func satisfied(_ proposal: Proposal) -> Light {
    guard let attitude = proposal.attitude, let outcome = proposal.outcome else {
      return Light(colour: .grey, why: "还没有征询意见")
    }
    let told = "态度\(attitude.label)，结果\(outcome.label)"
    if attitude == .dissatisfied || outcome == .dissatisfied {
      return Light(colour: .red, why: told)
    }
    let isFull = attitude == .satisfied && outcome == .satisfied
    return Light(colour: isFull ? .done : .yellow, why: told)
  }
}
