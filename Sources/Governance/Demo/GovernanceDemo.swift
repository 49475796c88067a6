package import Calendar
package import Documents
import Ledger
import Procedures
package import Records
import Values

/// Fills a register with the replies of the city's folder as they would be published, and what bureaus did with its
/// proposals and tasks.
package struct GovernanceDemo {
  private let register: RecordStore
  private let templates: [DocumentTemplate]
  private let day: CivilDate

  /// Makes a generator.
  ///
  /// - Parameters:
  ///   - register: the register; the rest of the demo must be there.
  ///   - templates: the templates of documents of the city's folder.
  ///   - day: the day the demo is of.
  package init(_ register: RecordStore, _ templates: [DocumentTemplate], on day: CivilDate) {
    self.register = register
    self.templates = templates
    self.day = day
  }

  /// Fills the register.
  ///
  /// - Throws: `LedgerDemo.Flawed` when a figure of a template does not resolve or a record is refused; the store's
  ///   errors.
  package func fill() throws {
    let proposals = try all("proposal")
    for proposal in proposals { try handle(Proposal(values: proposal.values)) }
    for template in templates {
      let (draft, faults) = try DocumentDraft.reckon(template, asOf: day, in: register)
      guard let draft else {
        throw LedgerDemo.Flawed(description: faults.map(\.description).joined(separator: " "))
      }
      let (document, _) = try DocumentPublishing(register).publish(draft, by: LedgerDemo.actor)
      for proposal in proposals where document.title.contains(proposal["number"].text ?? "—") {
        try save(
          "proposal",
          proposal.id,
          [
            "replyDocument": document.documentId, "deliveredAt": day.description,
            "status": "delivered", "attitude": "satisfied", "outcome": "fairly",
            "returnedAt": day.description, "comment": "演示：措施具体，盼早日落实。",
          ]
        )
      }
    }
    try confer()
    try supervise()
    try apply()
  }

  /// Two applications of schools on their way through the first procedure.
  private func apply() throws {
    guard let kind = register.kind("school") else { return }
    let schools = try register.list(
      kind,
      Query([.field("status", "active")], sort: "schoolId", limit: 2)
    )
    let desk = CaseDesk(register)
    for (number, school) in schools.enumerated() {
      let region = school["locationRegionCode"].text ?? ""
      let owner = Reader(.schoolAdmin, account: "演示", organisation: school.id)
      let id = try desk.start(
        "RD",
        title: "演示：\(school.title)申请认定实训基地",
        region: region,
        organisation: school.id,
        by: owner,
        name: "演示 · 学校"
      )
      guard number == 0 else { continue }
      try desk.take(id, "submit", by: owner, name: "演示 · 学校")
    }
  }

  /// Assigns a proposal, has the units that handle along answer, and talks to the proposer.
  private func handle(_ proposal: Proposal) throws {
    let assigned = day.adding(days: -80)
    try LedgerDemo.write(
      proposal.coOrgs.map { unit in
        var opinion = CoOpinion()
        opinion.proposalId = proposal.proposalId
        opinion.unit = unit
        opinion.requestedAt = assigned.adding(days: 3)
        opinion.text = "演示：对涉及本单位的部分没有不同意见，已提供数据。"
        opinion.receivedAt = assigned.adding(days: 25)
        opinion.adopted = .full
        return opinion
      },
      into: register
    )
    try save("proposal", proposal.proposalId, ["assignedAt": assigned.description])
    guard let kind = register.kind("proposal") else { return }
    try register.save(
      kind,
      Draft(
        [
          "communications": .value(
            .rows([[assigned.adding(days: 30).description, "座谈", "演示：听取提案单位意见"]])
          )
        ],
        id: proposal.proposalId
      ),
      by: LedgerDemo.actor
    )
  }

  /// A plenary meeting with one resolution.
  private func confer() throws {
    guard let body = try all("coordinationBody").first else { return }
    var meeting = Meeting()
    meeting.bodyId = body.id
    meeting.kind = .plenary
    meeting.sessionNo = 1
    meeting.notifiedOn = day.adding(days: -40)
    meeting.heldOn = day.adding(days: -30)
    meeting.place = "演示会议室"
    meeting.agenda = CellRows([["演示：实训基地共建共享", "市教育局", "明确牵头单位和时限"]])
    meeting.attendance = CellRows([
      ["市教育局", "局长", "出席"], ["市发改局", "分管负责人", "出席"], ["市人社局", "分管负责人", "请假"],
    ])
    meeting.minutes = "演示：会议议定实训基地共建共享由市教育局牵头，年内完成。"
    meeting.issuedOn = day.adding(days: -22)
    meeting.issuedDoc = "演示函〔\(day.year)〕5号"
    meeting.status = .issued
    try LedgerDemo.write([meeting], into: register)
    guard let held = try all("meeting").first else { return }
    var resolution = Resolution()
    resolution.meetingId = held.id
    resolution.text = "实训基地由学校和企业共建共享，年内完成第一批（演示）"
    resolution.decision = .agree
    resolution.disclosure = .open
    try LedgerDemo.write([resolution], into: register)
  }

  /// Reports of the first tasks, one closed with evidence, one that waits for another unit and had a notice.
  private func supervise() throws {
    let tasks = try all("task").map { SupervisedTask(values: $0.values) }.sorted {
      $0.code < $1.code
    }
    try LedgerDemo.write(
      tasks.prefix(6).map { task in
        var report = ProgressReport()
        report.taskCode = task.code
        report.period = String(day.description.prefix(7))
        report.reportedOn = day
        report.narrative = "演示：已列入年度计划，正在推进。"
        report.nextStep = "演示：按月报进展。"
        report.reportedBy = task.leadOrg
        return report
      },
      into: register
    )
    if let closed = tasks.first(where: { $0.kind == .milestone }) {
      try save(
        "task",
        closed.code,
        [
          "status": "closed", "evidence": "演示函〔\(day.year)〕6号", "acceptedBy": "市政府办公室（演示）",
          "acceptedOn": day.description,
        ]
      )
    }
    guard let waiting = tasks.last else { return }
    try save(
      "task",
      waiting.code,
      [
        "status": "blocked", "blockedBy": "市发改部门（演示）",
        "blockedSince": day.adding(days: -12).description,
      ]
    )
    var notice = SupervisionNotice()
    notice.taskCode = waiting.code
    notice.colour = .blue
    notice.reason = "演示：等配合单位提供场地意见，已 12 天。"
    notice.requirement = "演示：请在 5 个工作日内回复。"
    notice.issuedBy = "联席会议办公室（演示）"
    notice.issuedOn = day
    try LedgerDemo.write([notice], into: register)
  }

  private func all(_ name: String) throws -> [Record] {
    guard let kind = register.kind(name) else { return [] }
    return try register.list(kind, Query(limit: 1_000))
  }

  private func save(_ name: String, _ id: String, _ texts: [String: String]) throws {
    guard let kind = register.kind(name) else { return }
    do {
      try register.save(kind, Draft(texts: texts, id: id), by: LedgerDemo.actor)
    } catch let refused as Refused {
      throw LedgerDemo.Flawed(
        description: refused.problems.map { "\($0.path) \($0.code) \($0.message)" }
          .joined(separator: " ")
      )
    }
  }
}
