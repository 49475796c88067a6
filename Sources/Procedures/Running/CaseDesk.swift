package import Calendar
package import Records
import Storage
import Values

/// Starts cases and takes them through their procedures; who may do what is decided here, below every surface.
package struct CaseDesk: Sendable {
  private let register: RecordStore

  /// A desk over a whole register: what somebody may do is decided by the procedure, not by grants.
  package init(_ register: RecordStore) { self.register = register.unrestricted }

  /// Something that may be done with a case now.
  package struct Choice: Hashable, Sendable {
    /// The verb: that of a move, or `return:STEP`, `resubmit`, `pause`, `resume`, `withdraw`, `agree`, `disagree`.
    package var verb: String
    /// What it is called.
    package var label: String
    /// Whether a note is needed.
    package var needsNote: Bool
    /// Why it can't be done now; `nil` when it can.
    package var missing: String?
  }

  // MARK: Looking

  /// A case with its course.
  private func read(_ id: String) throws -> (kind: Kind, record: Record, own: Case, course: Course)
  {
    guard let kind = register.kind("case"), let record = try register.record(kind, id) else {
      throw Refused(problems: [Problem("PRO-E-030", "", "没有办件 \(id)。")])
    }
    let own = Case(values: record.values)
    guard let course = try Course.of(register, own.procedureId) else {
      throw Refused(problems: [Problem("PRO-E-031", "", "没有流程 \(own.procedureId)。")])
    }
    return (kind, record, own, course)
  }

  private func subject(of own: Case) throws -> Record? {
    guard let kind = register.kind(own.subjectKind) else { return nil }
    return try register.record(kind, own.subjectId)
  }

  /// Whether a case waits for somebody: by role and relation, or because it was put into their hands.
  private func waits(_ own: Case, for reader: Reader) -> Bool {
    if !own.delegate.isEmpty, own.delegate == reader.account { return true }
    return own.waitsFor?.isMet(
      by: reader,
      region: own.regionCode,
      organisation: own.organisation
    ) == true
  }

  /// What somebody may do with a case, in the order pages tell it.
  ///
  /// - Parameters:
  ///   - id: the case.
  ///   - reader: who.
  /// - Returns: the choices; none when it does not wait for them.
  /// - Throws: `Refused` when there is no such case; the store's errors.
  package func choices(_ id: String, for reader: Reader) throws -> [Choice] {
    let (_, _, own, course) = try read(id)
    return try choices(own, course, reader)
  }

  private func choices(_ own: Case, _ course: Course, _ reader: Reader) throws -> [Choice] {
    guard own.state == .open else { return [] }
    var choices: [Choice] = []
    let isTurn = waits(own, for: reader)
    if isTurn, own.pausedOn == nil {
      if let step = course.step(own.step), step.signing != nil, step.signing != Signing.none {
        choices += [
          Choice(verb: "agree", label: "会签同意", needsNote: false),
          Choice(verb: "disagree", label: "会签不同意", needsNote: true),
        ]
      }
      if !own.returnedFrom.isEmpty, let back = course.step(own.returnedFrom) {
        // What was sent back goes straight to whoever sent it.
        choices.append(Choice(verb: "resubmit", label: "改好，送回“\(back.label)”", needsNote: false))
      }
      let subject = try subject(of: own)
      for move in course.moves(from: own.step) where move.isAutomatic != true {
        choices.append(
          Choice(
            verb: move.verb,
            label: move.label,
            needsNote: move.needsNote == true,
            missing: unsigned(own, course) ?? course.missing(move, subject, register.kinds)
          )
        )
      }
      for code in try visited(own) where code != own.step {
        guard let step = course.step(code) else { continue }
        choices.append(Choice(verb: "return:\(code)", label: "退回“\(step.label)”", needsNote: true))
      }
      choices.append(Choice(verb: "pause", label: "暂停计时", needsNote: true))
    }
    if own.pausedOn != nil, isTurn || reader.role == .cityBureau {
      choices.append(Choice(verb: "resume", label: "恢复计时", needsNote: false))
    }
    if StepRole.owner.isMet(by: reader, region: own.regionCode, organisation: own.organisation) {
      choices.append(Choice(verb: "withdraw", label: "撤回", needsNote: true))
    }
    if reader.role == .cityBureau, own.due != nil, own.pausedOn == nil {
      choices.append(Choice(verb: "extend", label: "延长时限", needsNote: true))
    }
    return choices
  }

  /// The steps a case was at before, in order, each once.
  private func visited(_ own: Case) throws -> [String] {
    var seen: Set<String> = []
    return try events(of: own.caseId).map(\.to).filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// What happened to a case, oldest first.
  ///
  /// - Parameter id: the case.
  /// - Returns: the events.
  /// - Throws: the store's errors.
  package func events(of id: String) throws -> [CaseEvent] {
    guard let kind = register.kind("caseEvent") else { return [] }
    return try register.list(kind, Query([.field("caseId", id)], sort: "eventId", limit: 5_000))
      .map { CaseEvent(values: $0.values) }
  }

  // MARK: Starting

  /// Starts a case.
  ///
  /// - Parameters:
  ///   - procedure: the code of the procedure; its newest version in use is taken.
  ///   - title: what it is about.
  ///   - subject: the number of the record it is about; empty for none.
  ///   - region: the county it lies in.
  ///   - organisation: the school or enterprise it is of.
  ///   - reader: who starts it.
  ///   - name: their name.
  /// - Returns: the number of the case.
  /// - Throws: `Refused` when there is no such procedure, it has problems, or the record is not there; the store's
  ///   errors.
  package func start(
    _ procedure: String,
    title: String,
    subject: String = "",
    region: String = "",
    organisation: String = "",
    by reader: Reader,
    name: String
  ) throws -> String {
    guard let kind = register.kind("procedure"), let cases = register.kind("case") else {
      throw Refused(problems: [Problem("PRO-E-031", "procedure", "没有流程 \(procedure)。")])
    }
    let versions = try register.list(
      kind,
      Query([.field("code", procedure), .field("status", "inUse")], limit: 100)
    ).map { Procedure(values: $0.values) }
    guard let newest = versions.max(by: { ($0.edition ?? 0) < ($1.edition ?? 0) }),
      let course = try Course.of(register, newest.procedureId)
    else {
      throw Refused(problems: [Problem("PRO-E-031", "procedure", "没有在用的流程 \(procedure)。")])
    }
    let flaws = course.problems(register.kinds)
    guard flaws.isEmpty, let first = course.step(newest.firstStep) else {
      throw Refused(problems: flaws)
    }
    guard
      first.waitsFor?.isMet(by: reader, region: region, organisation: organisation) == true
        || reader.role == .cityBureau
    else {
      throw Refused(problems: [
        Problem("ACC-E-002", "", "\(newest.title)由\(first.waitsFor?.label ?? "")提出。")
      ])
    }
    // A case nobody could take further is not begun.
    let asked = course.steps.compactMap(\.waitsFor)
    if asked.contains(.owner), organisation.isEmpty {
      throw Refused(problems: [
        Problem("PRO-E-041", "organisation", "“\(newest.title)”由学校或企业提出，请用它的账号。")
      ])
    }
    if asked.contains(.county), region.isEmpty {
      throw Refused(problems: [
        Problem("PRO-E-041", "region", "“\(newest.title)”要县（市、区）办，申请单位没有登记所在地。")
      ])
    }
    if !subject.isEmpty, let other = register.kind(newest.subjectKind),
      try register.record(other, subject) == nil
    {
      throw Refused(problems: [Problem("PRO-E-032", "subject", "没有编号为 \(subject) 的\(other.label)。")]
      )
    }
    var own = Case()
    own.procedureId = newest.procedureId
    own.title = title
    own.subjectKind = subject.isEmpty ? "" : newest.subjectKind
    own.subjectId = subject
    own.regionCode = region
    if let schools = register.kind("school"), try register.record(schools, organisation) != nil {
      own.schoolId = organisation
    } else {
      own.enterpriseId = organisation
    }
    enter(&own, first)
    own.state = .open
    let begun = own
    return try register.inOneTransaction { inside in
      let saved = try inside.save(cases, Draft(begun), by: Actor(name: name, source: .manual))
      var event = CaseEvent()
      event.verb = "start"
      event.label = "提出"
      event.to = first.code
      event.due = begun.due
      try write(event, saved.record.id, reader, name, "", inside)
      return saved.record.id
    }
  }

  /// Puts a case at a step, with its day.
  private func enter(_ own: inout Case, _ step: ProcedureStep) {
    let today = register.clock.now().date
    own.step = step.code
    own.stepLabel = step.label
    own.waitsFor = step.waitsFor
    own.since = today
    own.due = step.days.map { days in
      step.dayKind == .calendar
        ? today.adding(days: days) : register.city.workingDays.date(days, workingDaysAfter: today)
    }
    own.signatures = CellRows()
    own.delegate = ""
    if step.isEnd == true { own.state = .closed }
  }

  // MARK: Doing

  /// Does something with a case.
  ///
  /// - Parameters:
  ///   - id: the case.
  ///   - verb: what: one of `choices`.
  ///   - note: the opinion or reason; for signing, what the unit says.
  ///   - unit: who signs, when several are asked.
  ///   - day: the new day, for an extension.
  ///   - reader: who does.
  ///   - name: their name.
  /// - Throws: `Refused` when it does not wait for them, a note is missing or the guard does not hold; the store's
  ///   errors.
  package func take(
    _ id: String,
    _ verb: String,
    note: String = "",
    unit: String = "",
    until day: CivilDate? = nil,
    by reader: Reader,
    name: String
  ) throws {
    try register.inOneTransaction { inside in
      let desk = CaseDesk(inside)
      let (kind, record, own, course) = try desk.read(id)
      guard let choice = try desk.choices(own, course, reader).first(where: { $0.verb == verb })
      else {
        throw Refused(problems: [
          Problem(
            "PRO-E-033",
            "verb",
            own.state == .open
              ? "这件事现在等\(own.waitsFor?.label ?? "")，你不能办“\(verb)”。"
              : "这件事\(own.state?.label ?? "")，不能再办。"
          )
        ])
      }
      if let missing = choice.missing {
        throw Refused(problems: [Problem("PRO-E-034", "verb", "\(choice.label)：\(missing)。")])
      }
      if choice.needsNote, note.count < 4 {
        throw Refused(problems: [Problem("PRO-E-035", "note", "“\(choice.label)”要写明意见或原因，至少 4 个字。")]
        )
      }
      var after = own
      var event = CaseEvent()
      event.verb = verb
      event.label = choice.label
      event.from = own.step
      try desk.change(&after, &event, course, verb, note, unit, day)
      event.due = after.due
      try inside.save(
        kind,
        Draft(complete: after, id: id, version: record.version),
        by: Actor(name: name, source: .manual)
      )
      try desk.write(event, id, reader, name, note, inside)
      try desk.settle(id, inside)
    }
  }

  private func change(
    _ own: inout Case,
    _ event: inout CaseEvent,
    _ course: Course,
    _ verb: String,
    _ note: String,
    _ unit: String,
    _ day: CivilDate?
  ) throws {
    let today = register.clock.now().date
    switch verb {
    case "pause":
      own.pausedOn = today
      own.pauseReason = note
    case "resume":
      if let paused = own.pausedOn, let due = own.due {
        // The days the clock stood are given back, as the step counts them.
        let stood =
          course.step(own.step)?.dayKind == .calendar
          ? today.dayNumber - paused.dayNumber
          : register.city.workingDays.count(after: paused, through: today)
        own.due =
          course.step(own.step)?.dayKind == .calendar
          ? due.adding(days: stood)
          : register.city.workingDays.date(stood, workingDaysAfter: due)
      }
      own.pausedOn = nil
      own.pauseReason = ""
    case "extend":
      guard let day, let due = own.due, day > due else {
        throw Refused(problems: [
          Problem("PRO-E-036", "until", "新的时限应在 \(own.due?.description ?? "") 之后。")
        ])
      }
      own.due = day
    case "withdraw":
      own.state = .withdrawn
      own.waitsFor = nil
    case "agree", "disagree":
      guard let step = course.step(own.step), step.signers.contains(unit) else {
        let units = course.step(own.step)?.signers.joined(separator: "、") ?? ""
        throw Refused(problems: [Problem("PRO-E-037", "unit", "会签单位是：\(units)。")])
      }
      var rows = own.signatures.rows.filter { $0.first != unit }
      rows.append([unit, verb == "agree" ? "同意" : "不同意：\(note)", today.description])
      own.signatures = CellRows(rows)
    case "resubmit":
      guard let step = course.step(own.returnedFrom) else { return }
      own.returnedFrom = ""
      enter(&own, step)
      event.to = step.code
    case _ where verb.hasPrefix("return:"):
      guard let step = course.step(String(verb.dropFirst(7))) else { return }
      own.returnedFrom = own.step
      enter(&own, step)
      event.to = step.code
    default:
      guard let move = course.moves(from: own.step).first(where: { $0.verb == verb }),
        let step = course.step(move.to)
      else { return }
      try land(own, move)
      own.returnedFrom = ""
      enter(&own, step)
      event.to = step.code
    }
  }

  /// Writes what a move says into the record the case is about; the note of the case is its evidence.
  private func land(_ own: Case, _ move: ProcedureMove) throws {
    guard !move.writes.rows.isEmpty, let kind = register.kind(own.subjectKind) else { return }
    let texts = Dictionary(
      move.writes.rows.filter { $0.count == 2 }.map { ($0[0], $0[1]) },
      uniquingKeysWith: { first, _ in first }
    )
    try register.save(
      kind,
      Draft(texts: texts, id: own.subjectId),
      by: Actor(name: "流程 \(own.procedureId)", source: .manual)
    )
  }

  /// What of a signing is missing; `nil` when enough agreed, or nobody is asked.
  private func unsigned(_ own: Case, _ course: Course) -> String? {
    guard let step = course.step(own.step), let signing = step.signing, signing != .none else {
      return nil
    }
    let agreed = Set(own.signatures.rows.filter { $0.count > 1 && $0[1] == "同意" }.map { $0[0] })
      .intersection(step.signers)
    let isEnough: Bool
    switch signing {
    case .none: isEnough = true
    case .all: isEnough = agreed.count == step.signers.count
    case .any: isEnough = !agreed.isEmpty
    case .percentage: isEnough = agreed.count * 100 >= step.signers.count * (step.percent ?? 100)
    }
    guard !isEnough else { return nil }
    let waiting = step.signers.filter { !agreed.contains($0) }
    return "会签（\(signing.label)）还差：\(waiting.joined(separator: "、"))"
  }

  /// Takes automatic moves as long as one's guard holds, so many at most as there are steps.
  private func settle(_ id: String, _ inside: RecordStore) throws {
    let (_, _, _, course) = try read(id)
    for _ in course.steps {
      let (kind, record, own, course) = try read(id)
      guard own.state == .open, own.pausedOn == nil else { return }
      let subject = try subject(of: own)
      guard unsigned(own, course) == nil,
        let move = course.moves(from: own.step).first(where: {
          $0.isAutomatic == true && course.missing($0, subject, register.kinds) == nil
        }), let step = course.step(move.to)
      else { return }
      var after = own
      try land(own, move)
      enter(&after, step)
      try inside.save(
        kind,
        Draft(complete: after, id: id, version: record.version),
        by: Actor(name: "流程", source: .manual)
      )
      var event = CaseEvent()
      event.verb = move.verb
      event.label = move.label
      event.from = own.step
      event.to = step.code
      event.due = after.due
      try write(event, id, nil, "自动", "", inside)
    }
  }

  private func write(
    _ event: CaseEvent,
    _ id: String,
    _ reader: Reader?,
    _ name: String,
    _ note: String,
    _ inside: RecordStore
  ) throws {
    guard let kind = inside.kind("caseEvent") else { return }
    var event = event
    event.caseId = id
    event.on = register.clock.now().date
    event.actor = name
    event.role = reader?.role.label ?? ""
    event.note = note
    try inside.save(kind, Draft(event), by: Actor(name: name, source: .manual))
  }

  /// Puts a case into somebody's hands, or takes it back with an empty account (代办).
  ///
  /// - Parameters:
  ///   - id: the case.
  ///   - account: whose hands; not those of whoever gives.
  ///   - reader: who gives it: one it waits for by role.
  ///   - name: their name.
  /// - Throws: `Refused` when it does not wait for them, or they name themselves; the store's errors.
  package func delegate(_ id: String, to account: String, by reader: Reader, name: String) throws {
    try register.inOneTransaction { inside in
      let desk = CaseDesk(inside)
      let (kind, record, own, _) = try desk.read(id)
      let isOwn =
        own.waitsFor?.isMet(by: reader, region: own.regionCode, organisation: own.organisation)
        == true
      guard own.state == .open, isOwn else {
        throw Refused(problems: [Problem("PRO-E-033", "", "这件事不等你办，不能转给别人。")])
      }
      // A delegate can't hand it on: so nobody is ever asked in a circle.
      guard account != reader.account || account.isEmpty else {
        throw Refused(problems: [Problem("PRO-E-038", "account", "不能转给自己。")])
      }
      var after = own
      after.delegate = account
      try inside.save(
        kind,
        Draft(complete: after, id: id, version: record.version),
        by: Actor(name: name, source: .manual)
      )
      var event = CaseEvent()
      event.verb = "delegate"
      event.label = account.isEmpty ? "收回代办" : "请人代办"
      event.from = own.step
      try desk.write(event, id, reader, name, account, inside)
    }
  }

  /// Takes a running case to another version of its procedure, where the step it is at exists.
  ///
  /// - Parameters:
  ///   - id: the case.
  ///   - procedure: the procedure with its version.
  ///   - name: who does.
  /// - Throws: `Refused` when there is no such version, it has problems, or it lacks the step; the store's errors.
  package func migrate(_ id: String, to procedure: String, by name: String) throws {
    try register.inOneTransaction { inside in
      let desk = CaseDesk(inside)
      let (kind, record, own, course) = try desk.read(id)
      guard let newer = try Course.of(inside, procedure),
        newer.procedure.code == course.procedure.code
      else {
        throw Refused(problems: [Problem("PRO-E-031", "procedure", "没有这个流程的版本 \(procedure)。")])
      }
      let flaws = newer.problems(inside.kinds)
      guard flaws.isEmpty else { throw Refused(problems: flaws) }
      guard let step = newer.step(own.step) else {
        throw Refused(problems: [
          Problem("PRO-E-039", "procedure", "新版没有环节“\(own.stepLabel)”，办完这一环节再转。")
        ])
      }
      var after = own
      after.procedureId = procedure
      after.stepLabel = step.label
      after.waitsFor = step.waitsFor
      try inside.save(
        kind,
        Draft(complete: after, id: id, version: record.version),
        by: Actor(name: name, source: .manual)
      )
      var event = CaseEvent()
      event.verb = "migrate"
      event.label = "转到 \(procedure)"
      event.from = own.step
      try desk.write(event, id, nil, name, "", inside)
    }
  }

  // MARK: The inbox

  /// The cases that wait for somebody, the most urgent first.
  ///
  /// - Parameters:
  ///   - reader: who.
  ///   - count: how many at most.
  /// - Returns: the cases.
  /// - Throws: the store's errors.
  package func inbox(of reader: Reader, most count: Int = 200) throws -> [Case] {
    guard let kind = register.kind("case") else { return [] }
    let mine: [[Condition]] = StepRole.allCases.compactMap { role in
      let own: [Condition]
      switch role {
      case .owner where !reader.organisation.isEmpty:
        let field = reader.role == .schoolAdmin ? "schoolId" : "enterpriseId"
        own = [.field(field, reader.organisation)]
      case .county where !reader.region.isEmpty: own = [.field("regionCode", reader.region)]
      case .city where reader.role == .cityBureau, .department where reader.role == .department:
        own = []
      default: return nil
      }
      guard
        role.isMet(by: reader, region: reader.region, organisation: reader.organisation)
      else { return nil }
      return [.field("waitsFor", role.rawValue), .field("state", "open")] + own
    }
    return try mine.flatMap { conditions in
      try register.list(kind, Query(conditions, sort: "due", limit: count))
        .map { Case(values: $0.values) }
    }
  }
}

extension Draft {
  /// A draft of every field of a typed record, those that hold nothing emptied.
  fileprivate init<Root: DeclaredRecord>(complete record: Root, id: String, version: Int) {
    var inputs: [String: Input] = [:]
    for field in Root.fields {
      let value = field.get(record)
      inputs[field.shape.name] = value.isNone ? .text("") : .value(value)
    }
    self.init(inputs, id: id, version: version)
  }
}
