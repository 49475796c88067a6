package import Calendar
package import Documents
package import Records
package import Values

/// One thing to be done by one lead unit, by when, measured how (督办任务).
///
/// What closes it is the target met and evidence taken by the office, never the lead unit's own word
/// (`joint-conference.md` §5.5).
package struct SupervisedTask: DeclaredRecord {
  package var code = ""
  package var title = ""
  package var direction = ""
  package var sources = CellRows()
  package var proposalId = ""
  package var resolutionId = ""
  package var kind: TaskKind?
  package var targetText = ""
  /// Hundredths, as are the other values.
  package var targetValue: Int?
  package var targetUnit = ""
  package var baselineValue: Int?
  package var baselineDate: CivilDate?
  package var indicatorCode = ""
  package var leadOrg = ""
  package var coOrgs: [String] = []
  package var regionCode = ""
  package var startDate: CivilDate?
  package var dueDate: CivilDate?
  package var dueText = ""
  package var milestones = CellRows()
  package var blockedBy = ""
  package var blockedSince: CivilDate?
  package var evidence: [String] = []
  package var acceptedBy = ""
  package var acceptedOn: CivilDate?
  package var status: TaskStatus?
  package var note = ""
  package var disclosure: DisclosureMode?

  package init() {}

  package static var declaration: Declaration<SupervisedTask> {
    Declaration(
      "task",
      "督办任务",
      summary: "议定事项、答复承诺拆成的任务：一个牵头单位、可核的目标、节点、时限、佐证、销号。",
      identifier: "code",
      title: "title",
      columns: [
        "code", "title", "targetText", "leadOrg", "coOrgs", "dueDate", "status", "direction",
      ],
      filters: ["status", "kind", "leadOrg", "direction", "proposalId", "regionCode"],
      searched: ["code", "title", "targetText", "leadOrg"],
      facts: ["leadOrg", "coOrgs", "kind", "targetText", "dueDate", "dueText", "status"],
      publicWhen: ["disclosure": [DisclosureMode.open.rawValue]],
      access: [
        Grant([.cityBureau], may: .all, .everything),
        Grant([.countyBureau, .department], may: .reading, .everything),
        Grant(
          [.countyBureau],
          may: Set<Act>.writing.union(Set<Act>.reading),
          .region("regionCode")
        ),
      ],
      fields: identity + target + course
    )
  }

  private static var identity: [Field<SupervisedTask>] {
    [
      Field(\.code, "code", "任务编号", .identifier(40)).required().example("DB-2022-01")
        .section("任务"),
      Field(\.title, "title", "任务", .text(100)).required().section("任务"),
      Field(\.direction, "direction", "方向", .text(40)).section("任务"),
      Field(
        \.sources,
        "sources",
        "来源",
        .rows([Column("kind", "类别"), Column("reference", "文号或出处")])
      ).required().section("任务").help("议定事项、答复承诺、工作计划、考核；同一件事几处都有，合为一项。"),
      Field(\.proposalId, "proposalId", "建议提案", .reference(kind: "proposal")).section("任务"),
      Field(\.resolutionId, "resolutionId", "议定事项", .reference(kind: "resolution"))
        .section("任务"),
      Field(\.leadOrg, "leadOrg", "牵头单位", .text(60)).required().section("任务").help("只有一个。"),
      Field(\.coOrgs, "coOrgs", "配合单位", .list).section("任务"),
      Field(\.regionCode, "regionCode", "地区", .reference(kind: "region")).section("任务")
        .help("县里的任务才填。"),
    ]
  }

  private static var target: [Field<SupervisedTask>] {
    [
      Field(\.kind, "kind", "性质", .choice(TaskKind.options)).required().section("目标"),
      Field(\.targetText, "targetText", "目标原文", .text(200)).required().section("目标"),
      number(\.targetValue, "targetValue", "目标值").section("目标"),
      Field(\.targetUnit, "targetUnit", "单位", .text(10)).section("目标"),
      number(\.baselineValue, "baselineValue", "基期值").section("目标"),
      Field(\.baselineDate, "baselineDate", "基期", .date).section("目标"),
      Field(\.indicatorCode, "indicatorCode", "证明它的指标", .reference(kind: "indicator"))
        .section("目标").help("填了，进度由台账算出；没有佐证，说完成也不算。"),
    ]
  }

  private static var course: [Field<SupervisedTask>] {
    [
      Field(\.startDate, "startDate", "开始", .date).section("进度"),
      Field(\.dueDate, "dueDate", "完成时限", .date).section("进度"),
      Field(\.dueText, "dueText", "时限原文", .text(60)).section("进度")
        .help("没有具体日期的写原话：长期、适时。"),
      Field(
        \.milestones,
        "milestones",
        "节点",
        .rows([
          Column("name", "节点"), Column("due", "时限"), Column("weight", "权重"), Column("done", "完成"),
        ])
      ).section("进度").help("权重之和为 1；完成写日期。"),
      Field(\.blockedBy, "blockedBy", "在等哪个单位", .text(60)).section("进度"),
      Field(\.blockedSince, "blockedSince", "从哪天等起", .date).section("进度"),
      Field(\.evidence, "evidence", "佐证", .list).section("销号").help("文号或文件名。"),
      Field(\.acceptedBy, "acceptedBy", "采信佐证的单位", .text(60)).section("销号")
        .help("由办公室采信，不能是牵头单位自己。"),
      Field(\.acceptedOn, "acceptedOn", "采信日期", .date).section("销号"),
      Field(\.status, "status", "状态", .choice(TaskStatus.options)).required()
        .fallback(.text("draft")).section("销号"),
      Field(\.note, "note", "说明", .text(200)).section("销号"),
      Field(\.disclosure, "disclosure", "公开属性", .choice(DisclosureMode.options))
        .fallback(.text("closed")).section("销号"),
    ]
  }

  private static func number(
    _ path: any WritableKeyPath<SupervisedTask, Int?> & Sendable,
    _ name: String,
    _ label: String
  ) -> Field<SupervisedTask> {
    Field(path, name, label, .decimal(places: 2, 0...10_000_000_000_000))
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if sources.rows.isEmpty { problems.append(Problem("GOV-E-010", "sources", "任务要有来源。")) }
    if dueDate == nil, dueText.isEmpty {
      problems.append(Problem("GOV-E-011", "dueDate", "写完成时限；没有具体日期的写时限原文，如“长期”。"))
    }
    if coOrgs.contains(leadOrg) {
      problems.append(Problem("GOV-E-012", "coOrgs", "牵头单位不能同时是配合单位。"))
    }
    if [.count, .ratio].contains(kind), targetValue == nil, targetText.contains(where: \.isNumber) {
      problems.append(Problem("GOV-W-013", "targetValue", "目标原文里有数，请填目标值，才能核。"))
    }
    problems += milestoneProblems
    if status == .closed { problems += closingProblems }
    if !blockedBy.isEmpty, blockedSince == nil {
      problems.append(Problem("GOV-W-016", "blockedSince", "在等别的单位，写明从哪天等起，天数记在它名下。"))
    }
    return problems
  }

  private var milestoneProblems: [Problem] {
    guard !milestones.rows.isEmpty else { return [] }
    let parts = plan
    guard parts.count == milestones.rows.count else {
      return [Problem("GOV-E-014", "milestones", "每个节点写名称、时限（如 2022-12-31）和权重（如 0.3）。")]
    }
    let sum = parts.reduce(Exact.zero) { $0.adding($1.weight) ?? $0 }
    return sum == Exact(1)
      ? [] : [Problem("GOV-E-014", "milestones", "节点权重之和是 \(sum.plainText)，应为 1。")]
  }

  private var closingProblems: [Problem] {
    var problems: [Problem] = []
    if kind == .longTerm {
      problems.append(Problem("GOV-E-015", "status", "长期任务不销号，每年核一次；确已完成请先改性质。"))
    }
    if evidence.isEmpty { problems.append(Problem("GOV-E-015", "evidence", "没有佐证，不能销号。")) }
    if acceptedBy.isEmpty || acceptedBy == leadOrg {
      problems.append(Problem("GOV-E-015", "acceptedBy", "佐证由办公室采信，不能由牵头单位自己销号。"))
    }
    if acceptedOn == nil { problems.append(Problem("GOV-E-015", "acceptedOn", "写采信日期。")) }
    if !milestones.rows.isEmpty, plan.contains(where: { $0.done == nil }) {
      problems.append(Problem("GOV-E-015", "milestones", "还有节点没有完成，不能销号。"))
    }
    return problems
  }

  /// The milestones that can be read.
  package var plan: [TaskMilestone] {
    milestones.rows.compactMap { row in
      guard row.count >= 3, !row[0].isEmpty, let due = CivilDate(row[1]),
        let weight = Exact(Text.trimmed(row[2])), weight > .zero
      else { return nil }
      return TaskMilestone(
        name: row[0],
        due: due,
        weight: weight,
        done: row.count > 3 ? CivilDate(row[3]) : nil
      )
    }.sorted { $0.due < $1.due }
  }
}

extension Exact {
  /// The number without noughts at its end.
  var plainText: String {
    guard !isWhole else { return text }
    var text = text(places: 4)
    while text.hasSuffix("0") { text.removeLast() }
    return text
  }
}

/// A step of a task.
package struct TaskMilestone: Hashable, Sendable {
  package var name: String
  package var due: CivilDate
  package var weight: Exact
  package var done: CivilDate?
}

/// What sort of target a task has.
package enum TaskKind: String, Choice {
  case milestone, count, ratio, boolean, longTerm

  package var label: String {
    switch self {
    case .milestone: "建成一件"
    case .count: "做到数量"
    case .ratio: "达到比例"
    case .boolean: "做没做"
    case .longTerm: "持续推进"
    }
  }
}

/// How far a task is.
package enum TaskStatus: String, Choice {
  case draft, assigned, disputed, inProgress, blocked, paused, submitted, closed, merged, cancelled

  package var label: String {
    switch self {
    case .draft: "草稿"
    case .assigned: "已交办"
    case .disputed: "牵头有异议"
    case .inProgress: "办理中"
    case .blocked: "受阻"
    case .paused: "经批准暂停"
    case .submitted: "申请销号"
    case .closed: "已销号"
    case .merged: "已并入"
    case .cancelled: "已撤销"
    }
  }

  /// Whether nothing more is to be done.
  package var isOver: Bool { [.closed, .merged, .cancelled].contains(self) }
}
