import Governance
import Calendar
import Foundation
import Records
import Values

/// The wall of tasks, and the proposals with their three lights.
extension Site {
  /// Answers what is about tasks and proposals; `nil` for any other address.
  func routeGovernance(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    guard request.method == "GET" else { return nil }
    switch (path.count, path.first) {
    case (1, "tasks"): return try tasksPage(request, .public)
    case (2, "desk") where path[1] == "tasks": return try tasksPage(request, .desk)
    case (1, "proposals"): return try proposalsPage(request, .public)
    case (2, "desk") where path[1] == "proposals": return try proposalsPage(request, .desk)
    case (2, "api") where path[1] == "tasks",
      (3, "api") where path[1] == "public" && path[2] == "tasks":
      guard let wall = try wall(request) else {
        return .problem(
          "日期不对",
          status: 400,
          [Problem("GOV-E-050", "on", "日期请写成 2022-12-31。")]
        )
      }
      return .json(wall.json)
    default: return nil
    }
  }

  /// The wall on the day a request asks for: today, or the day the demo is of; `nil` for what is no day.
  private func wall(_ request: WebRequest) throws -> TaskWall? {
    let day: CivilDate?
    if let text = request["on"] {
      guard let read = CivilDate(text) else { return nil }
      day = read
    } else {
      day = asOf
    }
    let (register, book) = (register, book)
    return try remembered("tasks \(day?.description ?? "")") {
      try TaskWall(register, book, on: day)
    }
  }

  private func tasksPage(_ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    guard let wall = try wall(request) else {
      return message("日期不对", "日期请写成 2022-12-31。", status: 400, door: door)
    }
    var groups: [(String, [TaskWall.Entry])] = []
    for entry in wall.entries {
      let name = entry.task.direction.isEmpty ? "其他" : entry.task.direction
      if let place = groups.firstIndex(where: { $0.0 == name }) {
        groups[place].1.append(entry)
      } else {
        groups.append((name, [entry]))
      }
    }
    groups.sort { ($0.1.map(\.task.code).min() ?? "") < ($1.1.map(\.task.code).min() ?? "") }
    let told = TaskLight.Colour.allCases.compactMap { colour -> String? in
      let count = wall.count(colour)
      return count == 0 ? nil : "\(colour.label) \(count)"
    }
    return page(
      "tasks",
      [
        "title": "督办任务",
        "lead": wall.entries.isEmpty
          ? "还没有任务。"
          : "\(wall.entries.count) 项任务，\(wall.day) 的灯：\(told.joined(separator: "，"))。每盏灯都说得出为什么；没有佐证，说完成也不算。",
        "on": wall.day.description, "action": "\(door.base)/tasks",
        "groups": groups.map { name, entries -> Model in
          [
            "title": name, "count": "\(entries.count)",
            "rows": entries.map { self.row($0, door) },
          ]
        },
        "units": wall.units.isEmpty ? nil : ["table": units(wall, door).html] as Model,
        "links": [
          [
            "text": "按单位、状态筛选和导出",
            "href": Address.list("task", door),
          ] as Model,
          ["text": "建议提案", "href": "\(door.base)/proposals"] as Model,
        ].asRows,
        "jsonHref": door == .desk ? "/api/tasks" : "/api/public/tasks",
      ],
      door: door,
      current: "tasks",
      startedAt: startedAt
    )
  }

  private func row(_ entry: TaskWall.Entry, _ door: Door) -> Model {
    let due = entry.task.dueDate?.description ?? entry.task.dueText
    return [
      "code": entry.task.code, "title": entry.task.title,
      "href": Address.record("task", entry.task.code, door),
      "light": Self.light(entry.light.colour), "colour": entry.light.colour.label,
      "why": entry.light.why, "target": entry.task.targetText, "due": due,
      "lead": entry.task.leadOrg,
      "co": entry.task.coOrgs.isEmpty ? nil : entry.task.coOrgs.joined(separator: "、"),
      "note": entry.task.note.isEmpty ? nil : entry.task.note,
      "proofHref": entry.task.indicatorCode.isEmpty
        ? nil : Address.figure(entry.task.indicatorCode),
    ]
  }

  private static func light(_ colour: TaskLight.Colour) -> String {
    switch colour {
    case .red: "red"
    case .yellow: "yellow"
    case .green, .done: "green"
    case .grey: "grey"
    }
  }

  private func units(_ wall: TaskWall, _ door: Door) -> Table {
    Table(
      caption: "各单位",
      columns: [Table.Column(text: "单位")]
        + ["牵头", "红", "黄", "绿", "已办结", "让别人等（天）"].map {
          Table.Column(text: $0, isNumber: true)
        },
      rows: wall.units.map { unit in
        [
          Table.Cell(
            unit.name,
            .name,
            address: Address.with(Address.list("task", door), [("leadOrg", unit.name)])
          ), Table.Cell(String(unit.all), .number, label: "牵头"),
        ]
          + [TaskLight.Colour.red, .yellow, .green, .done].map {
            Table.Cell(String(unit.lights[$0] ?? 0), .number, label: $0.label)
          } + [Table.Cell(String(unit.keepsWaiting), .number, label: "让别人等")]
      }
    )
  }

  // MARK: Proposals

  private func proposalsPage(_ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind("proposal"), let wall = try wall(request) else {
      return notFound(request)
    }
    let proposals = try register.list(kind, Query(sort: "number", limit: 5_000))
      .map { Proposal(values: $0.values) }
    let rows = proposals.map { proposal -> Model in
      let lights = ProposalLights(proposal, wall.tasks(of: proposal.proposalId), on: wall.day)
      func light(_ name: String, _ light: ProposalLights.Light) -> Model {
        [
          "name": name, "light": Self.light(light.colour), "colour": light.colour.label,
          "why": light.why,
        ]
      }
      return [
        "number": proposal.number, "title": proposal.title,
        "href": Address.record("proposal", proposal.proposalId, door),
        "kind": proposal.kind?.label ?? "", "lead": proposal.leadOrg,
        "co": proposal.coOrgs.isEmpty ? nil : proposal.coOrgs.joined(separator: "、"),
        "type": proposal.replyType?.label,
        "documentHref": proposal.replyDocument.isEmpty
          ? nil : "\(door.base)/document/\(Address.encoded(proposal.replyDocument))",
        "fallen": lights.fallenBack,
        // What the proposer said is not for the public.
        "lights": [light("答复", lights.answered), light("办理", lights.solved)]
          + (door == .desk ? [light("满意", lights.satisfied)] : []),
      ]
    }
    return page(
      "proposals",
      [
        "title": "建议提案",
        "lead": proposals.isEmpty
          ? (door == .desk ? "还没有登记的建议提案。" : "还没有公开的建议提案。")
          : "\(proposals.count) 件。"
            + (door == .desk ? "答没答、承诺办没办、提出者满不满意，三盏灯分开看，不相加。" : "答没答、承诺办没办，两盏灯分开看。"),
        "rows": rows,
        "links": [
          ["text": "筛选和导出", "href": Address.list("proposal", door)] as Model,
          ["text": "督办任务", "href": "\(door.base)/tasks"] as Model,
          ["text": "公文", "href": "\(door.base)/documents"] as Model,
        ].asRows,
      ],
      door: door,
      current: "proposals",
      startedAt: startedAt
    )
  }
}
