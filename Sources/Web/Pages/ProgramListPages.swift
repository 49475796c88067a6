import Foundation
import Planning
import Records
import Rules
import Storage
import Values

/// The list of programs to open, hold and cut (专业设置正负面清单): a round with its cards, and the deeds of it.
extension Site {
  /// Answers what is about the list of programs; `nil` for any other address.
  func routeProgramList(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("GET", 1, "programs"): return try programsPage(request, .public)
    case ("GET", 2, "desk") where path[1] == "programs": return try programsPage(request, .desk)
    case ("GET", 2, "api") where path[1] == "programs",
      ("GET", 3, "api") where path[1] == "public" && path[2] == "programs":
      return try programsJSON(request)
    case ("POST", 4, "desk") where path[1] == "listRound" && Self.verbs.contains(path[3]),
      ("POST", 4, "api") where path[1] == "listRound" && Self.verbs.contains(path[3]):
      return try doWithRound(path[2], path[3], request)
    default: return nil
    }
  }

  private static let verbs = ["compute", "publish"]

  private func programsJSON(_ request: WebRequest) throws -> WebAnswer {
    let overview = try ListOverview(register, round: request["round"])
    guard request["round"] == nil || overview.round?.roundId == request["round"] else {
      return .problem(
        "没有这一轮",
        status: 404,
        [Problem("PLN-E-050", "round", "没有清单轮次 \(request["round"] ?? "")。")]
      )
    }
    return .json(overview.json)
  }

  // MARK: The page

  private func programsPage(_ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    let overview = try ListOverview(register, round: request["round"])
    guard let round = overview.round, request["round"] == nil || round.roundId == request["round"]
    else {
      return page(
        "report",
        ["title": "专业设置正负面清单", "lead": "还没有清单轮次。"],
        door: door,
        current: "programs",
        startedAt: startedAt
      )
    }
    var sections: [Model] = []
    let names = try names(of: overview.results)
    let told: [(ListCard, String)] = [
      (.red, "红牌：优化淘汰"), (.yellow, "黄牌：控制发展"), (.green, "绿牌：重点发展"),
    ]
    for (card, title) in told {
      let results = overview.results.filter { $0.card == card }
      sections.append([
        "title": "\(title)（\(results.count)）",
        "table": results.isEmpty ? nil : table(title, results, names, door).html, "empty": "没有。",
      ])
    }
    let closed = Dictionary(grouping: overview.results.filter { $0.isNotToAdd == true }) {
      $0.programCode
    }
    sections.append(section("不再增设的专业", notToAdd(closed, names), "没有。"))
    let experts = overview.results.filter { $0.needsExperts == true && $0.card != .red }
    if door == .desk {
      sections.append([
        "title": "由专家定（\(experts.count)）",
        "table": experts.isEmpty ? nil : table("由专家定", experts, names, door).html, "empty": "没有。",
      ])
      if let year = round.dataYear, Self.visitor.reader.role == .cityBureau {
        sections += try demand(year, request)
      }
    }
    if overview.results.contains(where: { $0.card != ListCard.none }) {
      sections.append(["title": "学校和专业", "table": heat(overview.results, names, door).html])
      sections.append([
        "title": "对 \(round.effectiveIntakeYear.map(String.init) ?? "下") 年招生计划的影响",
        "table": effects(try ListEffects(register, round, overview.results)).html,
      ])
    }
    return page(
      "report",
      [
        "title": "专业设置正负面清单", "lead": sentence(round, overview),
        "links":
          (overview.rounds.map { one -> Model in
            [
              "text": one.title,
              "href": Address.with("\(door.base)/programs", [("round", one.roundId)]),
              "isHere": one.roundId == round.roundId ? true : nil,
            ]
          } + [
            [
              "text": "按学校、专业、类别筛选和导出",
              "href": Address.with(Address.list("listResult", door), [("roundId", round.roundId)]),
            ]
          ]).asRows,
        "sections": sections,
        "note":
          "点专业，看这个专业点所用的数和怎样判的；点学校，看这所学校的全部专业点。学校依法自主设置专业；清单用于引导和招生计划、经费、项目的安排。没有列出的专业点不列入清单。",
        "jsonHref": Address.with(
          door == .desk ? "/api/programs" : "/api/public/programs",
          [("round", round.roundId)]
        ),
      ],
      door: door,
      current: "programs",
      startedAt: startedAt
    )
  }

  /// Schools by programs, each that has a card with its card.
  private func heat(_ results: [ListResult], _ names: [String: String], _ door: Door) -> Table {
    let carded = results.filter { $0.card != ListCard.none && $0.card != nil }
    let programs = Array(Set(carded.map(\.programCode))).sorted()
    let schools = Array(Set(carded.map(\.schoolId))).sorted()
    let marks: [ListCard: String] = [.red: "■ 红", .yellow: "▲ 黄", .green: "● 绿"]
    let by = Dictionary(
      carded.map { ("\($0.schoolId) \($0.programCode)", $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return Table(
      caption: "学校和专业",
      columns: [Table.Column(text: "学校")]
        + programs.map { Table.Column(text: names[$0] ?? $0) },
      rows: schools.map { school in
        [Table.Cell(names[school] ?? school, .name)]
          + programs.map { program in
            guard let result = by["\(school) \(program)"], let card = result.card else {
              return Table.Cell("", .short)
            }
            return Table.Cell(
              marks[card] ?? card.label,
              .short,
              address: Address.record("listResult", result.resultId, door),
              label: names[program] ?? program
            )
          }
      }
    )
  }

  /// What the cards mean for the plan of intake.
  private func effects(_ effects: ListEffects) -> Table {
    Table(
      caption: "对招生计划的影响",
      columns: [
        Table.Column(text: "牌"), Table.Column(text: "专业点", isNumber: true),
        Table.Column(text: "数据年度计划", isNumber: true),
        Table.Column(text: "生效年度最多", isNumber: true), Table.Column(text: "说明"),
      ],
      rows: effects.rows.map { row in
        let words =
          switch row.card {
          case .red: "停止招生，在校生读到毕业"
          case .yellow: "不增加计划"
          case .green: "优先增加"
          default: "照常"
          }
        let unknown = row.unknown > 0 ? "；\(row.unknown) 个没有计划数" : ""
        return [
          Table.Cell(row.card.label, .name),
          Table.Cell(String(row.programs), .number, label: "专业点"),
          Table.Cell(String(row.planned), .number, label: "计划"),
          Table.Cell(String(row.most), .number, label: "最多"), Table.Cell(words + unknown),
        ]
      },
      note: "合计：数据年度 \(effects.planned) 人，生效年度最多 \(effects.most) 人。清单不改学校的计划，由计划部门据此安排。"
    )
  }

  private func section(_ title: String, _ table: Table?, _ empty: String) -> Model {
    ["title": title, "table": table?.html, "empty": table == nil ? empty : nil]
  }

  private func sentence(_ round: ListRound, _ overview: ListOverview) -> String {
    guard !overview.results.isEmpty else {
      return round.state?.isPublished == true || Self.visitor.reader.role == .cityBureau
        ? "\(round.title)：还没有结果。" : "\(round.title)：还没有公布。"
    }
    let cards = overview.cards
    var text =
      "\(round.title)，按 \(round.dataYear.map(String.init) ?? "") 年数据，\(overview.results.count) 个专业点中绿牌 \(cards[.green] ?? 0) 个、黄牌 \(cards[.yellow] ?? 0) 个、红牌 \(cards[.red] ?? 0) 个；"
    text +=
      round.state?.isPublished == true
      ? "\(round.documentNumber)，\(round.effectiveIntakeYear.map(String.init) ?? "") 年招生起生效。"
      : "现在是“\(round.state?.label ?? "")”，是初步结果，不公开。"
    return text
  }

  /// What schools and programs are called.
  private func names(of results: [ListResult]) throws -> [String: String] {
    guard let schools = base.kind("school"), let programs = base.kind("program") else { return [:] }
    return try base.store.read { reading in
      try base.titles(schools, Set(results.map(\.schoolId)), in: reading)
        .merging(base.titles(programs, Set(results.map(\.programCode)), in: reading)) { one, _ in
          one
        }
    }
  }

  private func table(
    _ caption: String,
    _ results: [ListResult],
    _ names: [String: String],
    _ door: Door
  ) -> Table {
    Table(
      caption: caption,
      columns: ["学校", "专业", "依据"].map { Table.Column(text: $0) },
      rows: results.map { result in
        let experts = result.needsExperts == true ? "由专家定；" : ""
        let changed = result.expertChange.isEmpty ? "" : "专家调整：\(result.expertChange)；"
        return [
          Table.Cell(
            names[result.schoolId] ?? result.schoolId,
            .name,
            address: Address.with(
              Address.list("listResult", door),
              [("roundId", result.roundId), ("schoolId", result.schoolId)]
            )
          ),
          Table.Cell(
            "\(names[result.programCode] ?? "") \(result.programCode)",
            address: Address.record("listResult", result.resultId, door),
            label: "专业"
          ),
          Table.Cell(
            experts + changed + result.reasons.joined(separator: "；"),
            label: "依据"
          ),
        ]
      }
    )
  }

  private func notToAdd(_ programs: [String: [ListResult]], _ names: [String: String]) -> Table? {
    guard !programs.isEmpty else { return nil }
    return Table(
      caption: "不再增设的专业",
      columns: [
        Table.Column(text: "专业"), Table.Column(text: "专业点", isNumber: true),
        Table.Column(text: "依据"),
      ],
      rows: programs.keys.sorted().map { code in
        let results = programs[code] ?? []
        return [
          Table.Cell("\(names[code] ?? "") \(code)", .name),
          Table.Cell(String(results.count), .number, label: "专业点"),
          Table.Cell(results.first?.reasons.first { $0.contains("不再增设") } ?? "", label: "依据"),
        ]
      }
    )
  }

  /// Which programs are wanted most, and what fewer or more seats would do.
  private func demand(_ year: Int, _ request: WebRequest) throws -> [Model] {
    let register = base
    let grades = try remembered("demand \(year)") {
      DemandGrade.all(try ProgramFactBook(register, year: year))
    }
    let known = grades.filter { $0.grade != nil }
    let table = Table(
      caption: "各专业需求等级",
      columns: [
        Table.Column(text: "专业"), Table.Column(text: "等级"),
        Table.Column(text: "需求增长", isNumber: true),
        Table.Column(text: "供需比", isNumber: true), Table.Column(text: "布点", isNumber: true),
      ],
      rows: known.prefix(30).map { grade in
        [
          Table.Cell("\(grade.name) \(grade.program)", .name),
          Table.Cell(grade.grade ?? "", .short, label: "等级"),
          Table.Cell(
            grade.growth.map { ProgramFacts.shown("需求增长率", .decimal($0)) } ?? "没有数",
            .number,
            label: "需求增长"
          ),
          Table.Cell(grade.supply?.text(places: 2) ?? "没有数", .number, label: "供需比"),
          Table.Cell(String(grade.sites), .number, label: "布点"),
        ]
      },
      note: grades.count > known.count
        ? "\(grades.count - known.count) 个专业没有需求对应或需求信号，不评级。只列前 30 个。" : ""
    )
    return [section("需求等级（A 最紧缺）", known.isEmpty ? nil : table, "还没有需求信号和专业需求对应。")]
  }

  // MARK: Deeds

  /// What may be done with a round beside changing it.
  func roundDeeds(_ record: Record) -> [Model] {
    let round = ListRound(values: record.values)
    guard Self.visitor.reader.role == .cityBureau else { return [] }
    let address = Address.record("listRound", record.id, .desk)
    if round.state?.isOpen == true {
      return [
        [
          "action": address + "/compute", "text": "按规则算出初步结果", "name": "do", "value": "compute",
          "help": "只用已核验的 \(round.dataYear.map(String.init) ?? "") 年数据；同样的数据和规则得同样的结果，专家已调整的保留。",
        ]
      ]
    }
    if round.state?.isPublished == true {
      return [
        [
          "action": address + "/publish", "text": "放出各专业点的结果", "name": "do", "value": "publish",
          "help": "公众就看得到每个专业点的牌、依据和所用的数。",
        ]
      ]
    }
    return []
  }

  private func doWithRound(_ id: String, _ verb: String, _ request: WebRequest) throws -> WebAnswer
  {
    guard let kind = base.kind("listRound") else { return notFound(request) }
    let isAPI = request.path.first == "api"
    let actor = isAPI ? Self.program : Self.officer
    let answer: JSON
    do {
      if verb == "compute" {
        let report = try ListComputing(register).compute(id, by: actor)
        answer = .object([
          "cards": .object(
            ListCard.allCases.filter { $0 != .noAdd }.map {
              JSON.Member($0.rawValue, .integer(report.cards[$0] ?? 0))
            }
          ),
          "written": .integer(report.written), "unverified": .integer(report.unverified),
        ])
      } else {
        answer = .object(["published": .integer(try ListComputing(register).publish(id, by: actor))]
        )
      }
    } catch let refused as Refused {
      try noteRefused(refused, kind, id)
      if isAPI || refused.problems.contains(where: { $0.code.hasPrefix("ACC-E-00") }) {
        return denial(refused, request)
      }
      return message(
        "没有办",
        refused.problems.map(\.message).joined(separator: " "),
        status: 422,
        door: .desk,
        links: [("回到轮次", Address.record("listRound", id, .desk))]
      )
    }
    try catchUp()
    if isAPI { return .json(answer) }
    return .seeOther(Address.with("/desk/programs", [("round", id)]))
  }
}
