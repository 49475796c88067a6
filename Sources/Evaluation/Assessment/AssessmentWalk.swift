package import Calendar
package import Records
package import Values

/// One step an assessment took: to which state, when, and what was said.
package struct AssessmentStep: Hashable, Sendable {
  /// The state it came to.
  package var status: AssessmentStatus
  /// The day.
  package var on: CivilDate
  /// The notice, the document or the reason.
  package var note: String
}

extension AssessmentScheme {
  /// The steps taken, oldest first; rows that can't be read are left out.
  package var taken: [AssessmentStep] {
    steps.rows.compactMap { row in
      guard row.count >= 2,
        let status = AssessmentStatus.allCases.first(where: { $0.label == row[0] }),
        let day = CivilDate(row[1])
      else { return nil }
      return AssessmentStep(status: status, on: day, note: row.count > 2 ? row[2] : "")
    }
  }

  /// The day it last came to a state.
  func day(of status: AssessmentStatus) -> CivilDate? {
    taken.last { $0.status == status }?.on
  }

  /// What stands against the state the scheme is to have.
  ///
  /// States follow one another, each has a dated row, and each asks for something (`assessment.md` §1.4). A
  /// scheme that is new may begin anywhere.
  func walkProblems(_ surroundings: Surroundings) -> [Problem] {
    guard
      let before = surroundings.former["status"]?.text.flatMap(AssessmentStatus.init(rawValue:)),
      let status
    else { return [] }
    let rows = surroundings.former["steps"]?.rows ?? []
    guard before != status else { return changed(surroundings, since: before) }
    guard status == before.next || status == before.former else {
      let to = [before.next, before.former].compactMap { $0?.label }
      let told = before.former == nil && before.place > 0 ? "；公布以后不能退回，要更正请发更正文件" : ""
      return [
        Problem(
          "EVA-E-030",
          "status",
          "“\(before.label)”不能直接到“\(status.label)”"
            + (to.isEmpty ? "，已经办完" : "，下一步是“\(to.joined(separator: "”，或退回“"))”") + told + "。"
        )
      ]
    }
    guard Array(steps.rows.dropLast()) == rows, let step = taken.last, step.status == status,
      taken.count == steps.rows.count
    else {
      return [
        Problem("EVA-E-031", "steps", "到“\(status.label)”要写一行办理进程：到哪一步、日期、说明；请用“下一步”。")
      ]
    }
    return dated(step, after: taken.dropLast().last, surroundings.today)
      + (status == before.next
        ? asked(of: status, step, surroundings) : back(step))
  }

  private func dated(_ step: AssessmentStep, after last: AssessmentStep?, _ today: CivilDate)
    -> [Problem]
  {
    if step.on > today {
      return [Problem("EVA-E-031", "steps", "日期 \(step.on) 还没有到。")]
    }
    if let last, step.on < last.on {
      return [
        Problem("EVA-E-031", "steps", "日期 \(step.on) 早于上一步“\(last.status.label)”的 \(last.on)。")
      ]
    }
    return []
  }

  private func back(_ step: AssessmentStep) -> [Problem] {
    step.note.count >= 10
      ? [] : [Problem("EVA-E-032", "steps", "退回要写明原因，至少 10 个字。")]
  }

  /// What may not be changed once values are being reported: points, caps and lines.
  private func changed(_ surroundings: Surroundings, since before: AssessmentStatus) -> [Problem] {
    guard !before.isTreeOpen else { return [] }
    let former = AssessmentScheme(
      values: Kind(Self.self).fields.map {
        surroundings.former[$0.name] ?? .none
      }
    )
    func lines(_ scheme: AssessmentScheme) -> [Int?] {
      [
        scheme.fullScore, scheme.bonusCap, scheme.deductCap, scheme.excellentFrom, scheme.goodFrom,
        scheme.passFrom, scheme.excellentQuota,
      ]
    }
    guard lines(former) == lines(self), former.valuesFrom == valuesFrom else {
      return [
        Problem("EVA-E-020", "fullScore", "方案已到“\(before.label)”，分值、等次线和取数都不能再改；要改请另立新版方案。")
      ]
    }
    return []
  }

  /// What a state asks for.
  private func asked(of status: AssessmentStatus, _ step: AssessmentStep, _ around: Surroundings)
    -> [Problem]
  {
    func consulted(_ kind: String) -> [[String: Value]] {
      around.consulted(kind, for: "schemeCode")
    }
    func noted(_ what: String) -> [Problem] {
      step.note.count >= 4
        ? [] : [Problem("EVA-E-033", "steps", "到“\(status.label)”请在说明里写\(what)。")]
    }
    switch status {
    case .consulting: return treeProblems(consulted("assessmentIndicator"))
    case .issued: return treeProblems(consulted("assessmentIndicator")) + noted("书面通知的文号")
    case .countyReview where valuesFrom.isEmpty:
      return consulted("assessmentValue").isEmpty
        ? [Problem("EVA-E-034", "status", "还没有单位填报，不能转入审核。")] : []
    case .cityVerify:
      return waiting(consulted("assessmentValue"), ["filled", "returned"], "没有经县级审核，或退回后没有重报")
    case .scoring:
      return waiting(
        consulted("assessmentValue"),
        ["filled", "countyReviewed", "returned"],
        "没有经市级核定"
      )
    case .approved:
      let open = consulted("assessmentObjection").count { $0["decision"]?.text == nil }
      let window = day(of: .feedback).map {
        around.city.workingDays.date(Self.objectionDays, workingDaysAfter: $0)
      }
      var problems: [Problem] = []
      if open > 0 {
        problems.append(Problem("EVA-E-036", "status", "还有 \(open) 件申辩没有处理决定，不能审定。"))
      }
      if let window, step.on <= window {
        problems.append(
          Problem(
            "EVA-E-036",
            "steps",
            "申辩期是初步意见反馈后 \(Self.objectionDays) 个工作日，到 \(window) 为止，之后才能审定。"
          )
        )
      }
      return problems
    case .published:
      guard let from = day(of: .publicity) else { return [] }
      let days = around.city.workingDays.count(
        after: CivilDate(dayNumber: from.dayNumber - 1),
        through: CivilDate(dayNumber: step.on.dayNumber - 1)
      )
      return days >= Self.noticeDays
        ? []
        : [
          Problem(
            "EVA-E-037",
            "steps",
            "公示应满 \(Self.noticeDays) 个工作日，从 \(from) 起到 \(step.on) 的前一天才 \(days) 个。"
          )
        ]
    case .verified:
      let open = consulted("rectification").count {
        ($0["verifyResult"]?.text ?? "not") == "not"
      }
      return open > 0
        ? [Problem("EVA-E-038", "status", "还有 \(open) 项整改没有核查通过。")] : []
    case .archived: return noted("报送上级的文号或情况")
    default: return []
    }
  }

  /// How many working days those assessed have to argue, and the result is given notice of
  /// (`assessment.md` §1.4).
  package static let objectionDays = 10
  package static let noticeDays = 5

  private func waiting(_ values: [[String: Value]], _ states: Set<String>, _ what: String)
    -> [Problem]
  {
    let count = values.count { states.contains($0["status"]?.text ?? "filled") }
    return count == 0
      ? [] : [Problem("EVA-E-035", "status", "还有 \(count) 个填报值\(what)。")]
  }

  private func treeProblems(_ records: [[String: Value]]) -> [Problem] {
    let names = Kind(AssessmentIndicator.self).fields.map(\.name)
    let tree = records.map { record in
      AssessmentIndicator(values: names.map { record[$0] ?? .none })
    }
    guard !tree.isEmpty else {
      return [Problem("EVA-E-013", "status", "方案还没有指标。")]
    }
    let unowned = tree.filter { $0.method != nil && $0.dataOwner.isEmpty }.map(\.code).sorted()
    return AssessmentBoard.problems(self, tree, nil)
      + (unowned.isEmpty
        ? []
        : [
          Problem(
            "EVA-E-039",
            "status",
            "末级指标 \(unowned.prefix(5).joined(separator: "、")) 没有写数据责任单位。"
          )
        ])
  }
}

/// Takes an assessment from step to step.
package struct AssessmentWalk: Sendable {
  private let register: RecordStore

  /// Walks in a register; who walks must be let see all of it.
  package init(_ register: RecordStore) { self.register = register }

  /// What stands against a step.
  ///
  /// - Parameters:
  ///   - code: the scheme.
  ///   - status: the state; the next one when `nil`.
  ///   - note: what would be said.
  ///   - day: the day; today when `nil`.
  /// - Returns: the problems; none when the step may be taken.
  /// - Throws: `Refused` when there is no such scheme; the store's errors.
  package func obstacles(
    _ code: String,
    to status: AssessmentStatus? = nil,
    note: String = "",
    on day: CivilDate? = nil
  ) throws -> [Problem] {
    let (kind, draft, _) = try draft(code, status, note, day)
    return try register.plan(kind, [draft])[0].problems.filter(\.blocks)
  }

  /// Takes a step; coming to the public notice, the result is written down (考核结果).
  ///
  /// - Parameters:
  ///   - code: the scheme.
  ///   - status: the state; the next one when `nil`.
  ///   - note: the notice, the document or the reason.
  ///   - day: the day; today when `nil`.
  ///   - actor: who takes it.
  /// - Returns: the state it came to.
  /// - Throws: `Refused` when there is no such scheme or something stands against it; the store's errors.
  @discardableResult package func step(
    _ code: String,
    to status: AssessmentStatus? = nil,
    note: String,
    on day: CivilDate? = nil,
    by actor: Actor
  ) throws -> AssessmentStatus {
    let (kind, draft, to) = try draft(code, status, note, day)
    return try register.inOneTransaction { inside in
      try inside.save(kind, draft, by: actor)
      if to == .publicity { try AssessmentResult.write(code, inside, by: actor) }
      return to
    }
  }

  private func draft(
    _ code: String,
    _ status: AssessmentStatus?,
    _ note: String,
    _ day: CivilDate?
  ) throws -> (Kind, Draft, AssessmentStatus) {
    guard let kind = register.kind("assessmentScheme"),
      let record = try register.record(kind, code)
    else { throw Refused(problems: [Problem("EVA-E-014", "", "没有编码为 \(code) 的考核方案。")]) }
    let scheme = AssessmentScheme(values: record.values)
    guard let to = status ?? scheme.status?.next else {
      throw Refused(problems: [Problem("EVA-E-030", "status", "方案已经归档，没有下一步。")])
    }
    let day = day ?? register.clock.now().date
    let rows = scheme.steps.rows + [[to.label, day.description, note]]
    return (
      kind,
      Draft(
        ["status": .text(to.rawValue), "steps": .value(.rows(rows))],
        id: code,
        version: record.version
      ), to
    )
  }
}
