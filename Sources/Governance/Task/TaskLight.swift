package import Calendar
package import Values

/// The light of a task on a day, and why (`joint-conference.md` §5.5).
package struct TaskLight: Hashable, Sendable {
  /// The colours.
  package enum Colour: String, Hashable, Sendable, CaseIterable {
    case red, yellow, green, done, grey

    /// What users read.
    package var label: String {
      switch self {
      case .red: "红"
      case .yellow: "黄"
      case .green: "绿"
      case .done: "已办结"
      case .grey: "灰"
      }
    }
  }

  /// The colour.
  package var colour: Colour
  /// Why, in words.
  package var why: String
  /// What part should be done by now, and what part is; `nil` without milestones or a target that is measured.
  package var planned: Exact?
  package var actual: Exact?

  /// Finds the light.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - day: the day.
  ///   - proof: the value of the indicator that proves the task; `nil` without one.
  ///   - reported: the day of the newest report taken; `nil` for none.
  package init(
    _ task: SupervisedTask,
    on day: CivilDate,
    proof: Exact? = nil,
    reported: CivilDate? = nil
  ) {
    let (planned, actual) = Self.progress(task, day, proof)
    self.planned = planned
    self.actual = actual
    (colour, why) = Self.found(task, day, proof, reported, planned, actual)
  }

  private static func found(
    _ task: SupervisedTask,
    _ day: CivilDate,
    _ proof: Exact?,
    _ reported: CivilDate?,
    _ planned: Exact?,
    _ actual: Exact?
  ) -> (Colour, String) {
    let target = task.targetValue.flatMap { Exact($0, places: 2) }
    switch task.status {
    case .closed:
      // A proof that dropped again is seen: what was closed is open.
      if let proof, let target, proof < target {
        return (.red, "已销号，但台账现在只有 \(proof.plainText)，低于目标 \(target.plainText)")
      }
      return (.done, "已销号\(task.acceptedOn.map { "（\($0)）" } ?? "")")
    case .merged: return (.grey, "已并入别的任务")
    case .cancelled: return (.grey, "已撤销")
    case .paused: return (.grey, "经批准暂停")
    default: break
    }
    if let due = task.dueDate, due < day {
      return (.red, "超过时限 \(day.dayNumber - due.dayNumber) 天")
    }
    if let planned, let actual {
      let gap = planned.subtracting(actual)?.multiplied(by: Exact(100)) ?? .zero
      if gap > Exact(30) { return (.red, "落后 \(gap.text(places: 1)) 个百分点") }
      if gap >= Exact(10) { return (.yellow, "落后 \(gap.text(places: 1)) 个百分点") }
    }
    if let next = task.plan.first(where: { $0.done == nil }), next.due >= day,
      next.due.dayNumber - day.dayNumber <= 15
    {
      return (.yellow, "“\(next.name)”还有 \(next.due.dayNumber - day.dayNumber) 天到期")
    }
    if task.status == .submitted, task.evidence.isEmpty {
      return (.yellow, "说完成了，没有佐证")
    }
    if let start = task.startDate, start <= day {
      let quiet = day.dayNumber - max(start, reported ?? start).dayNumber
      if quiet > 184 { return (.red, "半年没有报进展") }
      if quiet > 92 { return (.yellow, "一个季度没有报进展") }
    }
    if let proof, let target {
      return proof >= target
        ? (.green, "台账 \(proof.plainText)，已达目标 \(target.plainText)，待销号")
        : (.green, "台账 \(proof.plainText)，目标 \(target.plainText)")
    }
    return (.green, task.plan.isEmpty ? "按期办理，没有定节点" : "按计划")
  }

  /// What part should be done by a day, linear inside the milestone that runs, and what part is.
  static func progress(_ task: SupervisedTask, _ day: CivilDate, _ proof: Exact?) -> (
    planned: Exact?, actual: Exact?
  ) {
    let plan = task.plan
    guard !plan.isEmpty, let start = task.startDate else { return (nil, nil) }
    var planned = Exact.zero
    var from = start
    for milestone in plan {
      if milestone.due <= day {
        planned = planned.adding(milestone.weight) ?? planned
      } else if day > from {
        let (gone, whole) = (
          day.dayNumber - from.dayNumber, milestone.due.dayNumber - from.dayNumber
        )
        let part = Exact(Int128(gone), over: Int128(max(1, whole)))
        planned =
          part.flatMap { $0.multiplied(by: milestone.weight) }.flatMap { planned.adding($0) }
          ?? planned
      }
      from = max(from, milestone.due)
      if milestone.due > day { break }
    }
    let actual = plan.reduce(Exact.zero) { sum, milestone in
      guard let done = milestone.done, done <= day else { return sum }
      return sum.adding(milestone.weight) ?? sum
    }
    return (planned, actual)
  }
}
