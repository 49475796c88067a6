import Evaluation
import Foundation
import Records
import Values

/// The assessment of counties and schools: places, and how each came by its points.
extension Site {
  /// Answers what is about assessments; `nil` for any other address.
  func routeAssessment(_ request: WebRequest) throws -> WebAnswer? {
    if let answer = try routeAssessmentDeeds(request) { return answer }
    guard request.method == "GET" else { return nil }
    let path = request.path
    switch (path.count, path.first) {
    case (1, "assessment"): return try assessmentsPage(.public)
    case (2, "assessment"): return try assessmentPage(path[1], request, .public)
    case (2, "desk") where path[1] == "assessment": return try assessmentsPage(.desk)
    case (3, "desk") where path[1] == "assessment":
      return try assessmentPage(path[2], request, .desk)
    case (4, "desk") where path[1] == "assessment":
      return try scorecardPage(path[2], path[3], request)
    case (3, "api") where path[1] == "assessment": return try assessmentJSON(path[2])
    case (4, "api") where path[1] == "public" && path[2] == "assessment":
      return try assessmentJSON(path[3])
    default: return nil
    }
  }

  /// The board of a scheme the visitor may know of; its places need what all reported, so it is computed
  /// over the whole register, and told as far as the visitor may be told.
  func assessmentBoard(_ code: String) throws -> AssessmentBoard? {
    guard let kind = register.kind("assessmentScheme"), try register.record(kind, code) != nil
    else { return nil }
    let base = base
    return try remembered("assessment \(code)") { try AssessmentBoard.of(base, code) }
  }

  private func assessmentsPage(_ door: Door) throws -> WebAnswer {
    guard let kind = register.kind("assessmentScheme") else {
      return notFound(.init(method: "GET", target: "/"))
    }
    let schemes = try register.list(kind, Query(limit: 200))
    let table = Table(
      caption: "考核方案",
      columns: ["方案", "年度", "对象", "状态"].map { Table.Column(text: $0) },
      rows: schemes.map { record in
        let scheme = AssessmentScheme(values: record.values)
        return [
          Table.Cell(
            scheme.title,
            .name,
            address: "\(door.base)/assessment/\(Address.encoded(record.id))"
          ), Table.Cell(scheme.year.map(String.init) ?? "", .short),
          Table.Cell(scheme.targetType?.label ?? "", .short),
          Table.Cell(scheme.status?.label ?? "", .short),
        ]
      }
    )
    return page(
      "report",
      [
        "title": "工作考核", "lead": "每年对县（市、区）和学校的考核：分数由填报的数按公开的公式算出，每一分都说得出来处。",
        "sections": [
          [
            "title": "方案", "table": schemes.isEmpty ? nil : table.html,
            "empty": schemes.isEmpty ? "还没有印发的方案。" : nil,
          ] as Model
        ],
      ],
      door: door,
      current: "assessment",
      startedAt: Date()
    )
  }

  func assessmentPage(
    _ code: String,
    _ request: WebRequest,
    _ door: Door,
    _ asked: (note: String, on: String, problems: [Problem])? = nil
  ) throws -> WebAnswer {
    guard let board = try assessmentBoard(code) else { return notFound(request) }
    let reader = door == .desk ? Self.visitor.reader : .anonymous
    let cards = board.cards(for: reader)
    var sections: [Model] = []
    if !cards.isEmpty {
      sections.append(["title": "得分", "table": points(board, cards).html])
    }
    if board.tellsPlaces(to: reader), cards.count < board.cards.count {
      sections.append(["title": "等次", "table": places(board).html])
    }
    let waiting =
      board.tellsUnconfirmed(to: reader) && board.unconfirmed > 0
      ? "有 \(board.unconfirmed) 个填报值未经市级核定，分数还会变；已退回的按没有填报计。" : ""
    if sections.isEmpty { sections = [["title": "等次", "empty": "还没有公示。"]] }
    if !board.problems.isEmpty, reader.role == .cityBureau {
      let list = Table(
        caption: "方案的问题",
        columns: [Table.Column(text: "指标"), Table.Column(text: "问题")],
        rows: board.problems.map { [Table.Cell($0.path, .name), Table.Cell($0.message)] }
      )
      sections.insert(["title": "方案有问题，先改再计分", "table": list.html], at: 0)
    }
    if door == .desk, board.scheme.valuesFrom.isEmpty, board.scheme.status?.takesValues == true {
      let progress = try AssessmentProgress.all(base, board, for: reader)
      if !progress.isEmpty {
        sections.removeAll { $0["empty"] != nil }
        sections.insert(["title": "填报进度", "table": self.progress(progress, code).html], at: 0)
      }
    }
    if !board.scheme.valuesFrom.isEmpty, !cards.isEmpty,
      let other = try assessmentBoard(board.scheme.valuesFrom)
    {
      sections.append([
        "title": "同一批数，按两个方案",
        "table": comparison(cards, board, other, other.cards(for: reader)).html,
      ])
    }
    if door == .desk, reader.role == .cityBureau, board.scheme.status?.isTreeOpen == true {
      sections.append(["title": "计分方法在关键值上给几分", "table": curves(board).html])
    }
    if let taken = stepsTaken(board.scheme) {
      sections.append(["title": "办理进程", "table": taken.html])
    }
    return page(
      "assessment",
      [
        "title": board.scheme.title,
        "links": door == .desk ? try assessmentLinks(board, cards).asRows : nil,
        "step": door == .desk ? try stepForm(board.scheme, asked) : nil,
        "lead":
          "状态：\(board.scheme.status?.label ?? "")。满分 \(Exact(board.scheme.fullScore ?? 0, places: 2)?.shown ?? "") 分，\(board.cards.count) 个单位。"
          + (board.scheme.valuesFrom.isEmpty ? "" : "取数自 \(board.scheme.valuesFrom)，不另填报。")
          + waiting,
        "sections": sections,
        "note": cards.isEmpty
          ? nil : "名次区间：任何一个一级指标的分值增减 10% 时，名次会在这个范围里变动；区间重叠的单位差别不大。",
        "jsonHref": (door == .desk ? "/api/assessment/" : "/api/public/assessment/")
          + Address.encoded(code),
      ],
      door: door,
      current: "assessment",
      status: asked == nil ? 200 : 422,
      startedAt: Date()
    )
  }

  /// Where the workbook, the own form and what belongs to a scheme are.
  private func assessmentLinks(_ board: AssessmentBoard, _ cards: [Scorecard]) throws -> [Model] {
    let reader = Self.visitor.reader
    let code = board.scheme.schemeCode
    let address = "/desk/assessment/\(Address.encoded(code))"
    var links: [(String, String)] = []
    let own = board.scheme.targetType == .school ? reader.organisation : reader.region
    if !own.isEmpty, try AssessmentForm.of(register, book, code, own)?.isOpen(to: reader) == true {
      links.append(("本单位填报单", "\(address)/\(Address.encoded(own))/form"))
    }
    if !cards.isEmpty { links.append(("导出汇总表", "\(address)/workbook.xlsx")) }
    for name in [
      "assessmentIndicator", "assessmentValue", "assessmentObjection", "assessmentResult",
      "supervisionOpinion", "rectification",
    ] {
      guard let kind = base.kind(name), reader.may(.read, kind) else { continue }
      links.append((kind.label, Address.with(Address.list(name, .desk), [("schemeCode", code)])))
    }
    return links.map { ["text": $0.0, "href": $0.1] as Model }
  }

  /// What each rule gives at its lines and beyond, to be looked at before the scheme is issued.
  private func curves(_ board: AssessmentBoard) -> Table {
    Table(
      caption: "计分方法在关键值上给几分",
      columns: ["指标", "方法", "值 → 得分"].map { Table.Column(text: $0) },
      rows: board.indicators.filter { $0.method != nil }.map { leaf in
        let points = leaf.curve.map { "\($0.value.shown) → \($0.points.rounded.shown)" }
        return [
          Table.Cell("\(leaf.code) \(leaf.name)", .name),
          Table.Cell(leaf.method?.label ?? "", .short),
          Table.Cell(points.isEmpty ? "看各单位的值" : points.joined(separator: "，")),
        ]
      }
    )
  }

  /// How far each is with its form.
  private func progress(_ all: [AssessmentProgress], _ code: String) -> Table {
    Table(
      caption: "填报进度",
      columns: [Table.Column(text: "单位")]
        + ["要填", "已填", "县级已审", "市级已核"].map { Table.Column(text: $0, isNumber: true) },
      rows: all.map { one in
        [
          Table.Cell(
            one.name,
            .name,
            address:
              "/desk/assessment/\(Address.encoded(code))/\(Address.encoded(one.organisation))/form"
          ), Table.Cell(String(one.asked), .number, label: "要填"),
          Table.Cell(String(one.reported), .number, label: "已填"),
          Table.Cell(String(one.reviewed), .number, label: "县级已审"),
          Table.Cell(String(one.confirmed), .number, label: "市级已核"),
        ]
      }
    )
  }

  /// Places and points by this scheme beside those by the scheme whose numbers it weighs.
  private func comparison(
    _ cards: [Scorecard],
    _ board: AssessmentBoard,
    _ other: AssessmentBoard,
    _ others: [Scorecard]
  ) -> Table {
    let known = Dictionary(
      others.map { ($0.organisation, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return Table(
      caption: "同一批数，按两个方案",
      columns: [Table.Column(text: "单位")]
        + ["\(other.scheme.schemeCode) 名次", "\(board.scheme.schemeCode) 名次", "升降", "得分"]
        .map { Table.Column(text: $0, isNumber: true) },
      rows: cards.map { card in
        let before = known[card.organisation]
        let moved = before.map { $0.rank - card.rank } ?? 0
        return [
          Table.Cell(card.name, .name),
          Table.Cell(before.map { String($0.rank) } ?? "", .number, label: "原名次"),
          Table.Cell(String(card.rank), .number, label: "名次"),
          Table.Cell(moved == 0 ? "—" : moved > 0 ? "升 \(moved)" : "降 \(-moved)", .number),
          Table.Cell(
            "\(before?.total.text(places: 2) ?? "") → \(card.total.text(places: 2))",
            .number,
            label: "得分"
          ),
        ]
      }
    )
  }

  private func points(_ board: AssessmentBoard, _ cards: [Scorecard]) -> Table {
    Table(
      caption: "得分",
      columns: [
        Table.Column(text: "单位"), Table.Column(text: "名次", isNumber: true),
        Table.Column(text: "总分", isNumber: true),
      ] + board.branches.map { Table.Column(text: $0.name, isNumber: true) } + [
        Table.Column(text: "等次"), Table.Column(text: "名次区间"),
      ],
      rows: cards.map { card in
        [
          Table.Cell(
            card.name,
            .name,
            address:
              "/desk/assessment/\(Address.encoded(board.scheme.schemeCode))/\(Address.encoded(card.organisation))"
          ), Table.Cell(String(card.rank), .number, label: "名次"),
          Table.Cell(card.total.text(places: 2), .number, label: "总分"),
        ]
          + board.branches.map {
            Table.Cell(card.score(of: $0.code).text(places: 2), .number, label: $0.name)
          } + [
            Table.Cell(card.grade + (card.vetoes.isEmpty ? "" : "（一票否决）"), .short),
            Table.Cell(
              card.ranks.lowerBound == card.ranks.upperBound
                ? "\(card.rank)" : "\(card.ranks.lowerBound)—\(card.ranks.upperBound)",
              .short,
              label: "名次区间"
            ),
          ]
      }
    )
  }

  private func places(_ board: AssessmentBoard) -> Table {
    Table(
      caption: "等次",
      columns: [
        Table.Column(text: "单位"), Table.Column(text: "名次", isNumber: true),
        Table.Column(text: "等次"),
      ],
      rows: board.cards.map { card in
        [
          Table.Cell(card.name, .name), Table.Cell(String(card.rank), .number, label: "名次"),
          Table.Cell(card.grade, .short),
        ]
      }
    )
  }

  private func scorecardPage(_ code: String, _ organisation: String, _ request: WebRequest) throws
    -> WebAnswer
  {
    guard let board = try assessmentBoard(code),
      let card = board.cards(for: Self.visitor.reader)
        .first(where: { $0.organisation == organisation })
    else { return notFound(request) }
    let nearest = card.nearest.prefix(5).map { "\($0.indicator.name) \($0.lost.text(places: 2)) 分" }
    let lights = ["green": "绿", "yellow": "黄", "red": "红", "grey": "—"]
    let table = Table(
      caption: "各项得分",
      columns: [
        Table.Column(text: "指标"), Table.Column(text: "得分", isNumber: true),
        Table.Column(text: "满分", isNumber: true), Table.Column(text: "灯"),
        Table.Column(text: "怎样算"), Table.Column(text: "用的数（填报值）"),
      ],
      rows: card.leaves.map { leaf in
        [
          Table.Cell("\(leaf.indicator.code) \(leaf.indicator.name)", .name),
          Table.Cell(leaf.score.text(places: 2), .number, label: "得分"),
          Table.Cell(leaf.full.shown, .number, label: "满分"),
          Table.Cell(lights[leaf.light] ?? "", .short, label: "灯"),
          Table.Cell("\(leaf.indicator.formula)：\(leaf.why)"),
          Table.Cell(
            leaf.numbers.isEmpty ? "没有填报" : leaf.numbers.joined(separator: "，"),
            address: Address.with(
              Address.list("assessmentValue", .desk),
              [
                ("schemeCode", code),
                (board.scheme.targetType == .school ? "schoolId" : "regionCode", organisation),
              ]
            )
          ),
        ]
      }
    )
    return page(
      "report",
      [
        "title": "\(card.name)：\(card.total.text(places: 2)) 分",
        "lead":
          "\(board.scheme.title)，第 \(card.rank) 名，\(card.grade)。"
          + (nearest.isEmpty ? "" : "最能提分的：\(nearest.joined(separator: "、"))。"),
        "links": [
          ["text": "全部单位", "href": "/desk/assessment/\(Address.encoded(code))"] as Model,
          [
            "text": "填报单",
            "href":
              "/desk/assessment/\(Address.encoded(code))/\(Address.encoded(organisation))/form",
          ] as Model,
        ].asRows, "sections": [["title": "各项得分", "table": table.html] as Model],
        "note": "每一项先算准，只在最后四舍五入到两位小数，总分是各项之和。没有填报的得 0 分，不适用的分值分给同级。",
      ],
      door: .desk,
      current: "assessment",
      startedAt: Date()
    )
  }

  private func assessmentJSON(_ code: String) throws -> WebAnswer {
    guard let board = try assessmentBoard(code) else {
      return .problem("没有编码为 \(code) 的考核方案。", status: 404)
    }
    return .json(board.json(for: Self.visitor.reader))
  }
}
