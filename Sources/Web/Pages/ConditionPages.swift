import Calendar
import Foundation
import Ledger
import Planning
import Records
import Values

/// Whether schools meet the conditions they must: of the city, and of one school with what it lacks.
extension Site {
  /// Answers what is about operating conditions; `nil` for any other address.
  func routeConditions(_ request: WebRequest) throws -> WebAnswer? {
    guard request.method == "GET" else { return nil }
    let path = request.path
    switch (path.count, path.first) {
    case (1, "conditions"): return try conditionsPage(request, .public)
    case (2, "conditions"): return try conditionPage(path[1], request, .public)
    case (2, "desk") where path[1] == "conditions": return try conditionsPage(request, .desk)
    case (3, "desk") where path[1] == "conditions":
      return try conditionPage(path[2], request, .desk)
    case (2, "api") where path[1] == "conditions": return try conditionsJSON(nil, request)
    case (3, "api") where path[1] == "conditions": return try conditionsJSON(path[2], request)
    case (3, "api") where path[1] == "public" && path[2] == "conditions":
      return try conditionsJSON(nil, request)
    case (4, "api") where path[1] == "public" && path[2] == "conditions":
      return try conditionsJSON(path[3], request)
    default: return nil
    }
  }

  private func overview(_ request: WebRequest) throws -> ConditionOverview {
    let register = register
    let year = request["year"].flatMap { Int($0) }
    return try remembered("conditions \(year ?? 0)") {
      try ConditionOverview(register, year: year)
    }
  }

  private func percent(_ rate: Exact?) -> String {
    rate.flatMap { $0.multiplied(by: Exact(100)) }.map { $0.text(places: 2) + "%" } ?? "—"
  }

  private func thought(_ request: WebRequest) -> (added: [String: Exact], problems: [Problem]) {
    ConditionRules.thought(
      Dictionary(
        request.query.map { ($0.name, $0.value) },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }

  // MARK: The city

  private func conditionsPage(_ request: WebRequest, _ door: Door) throws -> WebAnswer {
    let startedAt = Date()
    let overview = try overview(request)
    guard overview.year > 0, overview.years.contains(overview.year) else {
      return page(
        "report",
        [
          "title": "办学条件达标",
          "lead": overview.years.isEmpty
            ? "还没有核定的办学条件数据。" : "\(overview.year) 年没有核定的数据。",
          "links": yearLinks(overview, door),
        ],
        door: door,
        current: "conditions",
        startedAt: startedAt
      )
    }
    return page(
      "report",
      [
        "title": "办学条件达标", "lead": try sentence(overview), "links": yearLinks(overview, door),
        "sections": [
          section("各县（市、区）", try counties(overview)),
          section(
            "哪些指标不达标",
            failures(overview),
            empty: overview.whole.inScope > 0 ? "纳入统计的学校没有不达标的指标。" : "还没有纳入统计的学校。"
          ),
          section("只差一项的学校", try list(overview.oneAway, overview, door, "差什么"), empty: "没有。"),
          section("各校", try list(overview.schools, overview, door, "不达标的指标")),
          section("升学", try enrolment(door), empty: "还没有县级升学数据。"),
        ],
        "note":
          "标准值和依据见“办学条件标准”；注明待核的没有和原文核对过。比较用未四舍五入的数，恰好等于标准算达标。",
        "jsonHref": Address.with(
          door == .desk ? "/api/conditions" : "/api/public/conditions",
          [("year", String(overview.year))]
        ),
      ],
      door: door,
      current: "conditions",
      startedAt: startedAt
    )
  }

  private func yearLinks(_ overview: ConditionOverview, _ door: Door) -> Model? {
    overview.years.map { year -> Model in
      [
        "text": "\(year) 年",
        "href": Address.with("\(door.base)/conditions", [("year", String(year))]),
        "isHere": year == overview.year ? true : nil,
      ]
    }.asRows
  }

  private func section(_ title: String, _ table: Table?, empty: String = "") -> Model {
    ["title": title, "table": table?.html, "empty": table == nil ? empty : nil]
  }

  /// The state of the city in words, with what is still open.
  private func sentence(_ overview: ConditionOverview) throws -> String {
    let whole = overview.whole
    let waiting =
      overview.unverified > 0 ? "有 \(overview.unverified) 所的数据未经市级核验，暂不计入。" : ""
    guard whole.inScope > 0 else {
      return "\(overview.year) 年还没有可以计入的数据，达标率算不出来。" + waiting
    }
    var text =
      "\(overview.year) 年纳入统计 \(whole.inScope) 所，重点监测指标全部达标 \(whole.passing) 所，占 \(percent(whole.rate))。"
    for (year, rate) in try conditionLines() {
      let missing = overview.missing(to: rate)
      text +=
        missing == 0
        ? "已到 \(year) 年底前 \(percent(rate)) 的要求。" : "离 \(year) 年底前 \(percent(rate)) 还差 \(missing) 所。"
    }
    if whole.unknown > 0 { text += "有 \(whole.unknown) 所数据不全，没有判。" }
    text += waiting
    let unverified = overview.schools.flatMap(\.compliance.deciding)
      .filter { $0.threshold.confidence == .unverified }
    if !unverified.isEmpty { text += "所用标准中有待核的，结论仅供参考。" }
    return text
  }

  /// By when which share of schools has to meet everything: `conditionRate.YEAR` of the city's benchmarks.
  private func conditionLines() throws -> [(year: Int, rate: Exact)] {
    guard let kind = base.kind("benchmark") else { return [] }
    return try base.list(kind, Query(limit: 1_000)).compactMap { record in
      guard record.id.hasPrefix("conditionRate."), let year = Int(record.id.dropFirst(14)),
        let rate = Exact(record["value"].integer ?? 0, places: 4)
      else { return nil }
      return (year, rate)
    }.sorted { $0.year < $1.year }
  }

  private func counties(_ overview: ConditionOverview) throws -> Table {
    let names = try regionNames()
    return Table(
      caption: "各县达标情况",
      columns: [
        Table.Column(text: "县（市、区）"), Table.Column(text: "纳入统计", unit: "所", isNumber: true),
        Table.Column(text: "达标", unit: "所", isNumber: true),
        Table.Column(text: "达标率", isNumber: true),
      ],
      rows: overview.regions.map { region in
        let share = overview.share(of: region)
        return [
          Table.Cell(names[region] ?? region, .name),
          Table.Cell(String(share.inScope), .number, label: "纳入统计"),
          Table.Cell(String(share.passing), .number, label: "达标"),
          Table.Cell(percent(share.rate), .number, label: "达标率"),
        ]
      }
    )
  }

  private func regionNames() throws -> [String: String] {
    guard let kind = base.kind("region") else { return [:] }
    return Dictionary(
      try base.list(kind, Query(limit: 1_000)).map { ($0.id, $0.title) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private func failures(_ overview: ConditionOverview) -> Table? {
    guard !overview.failures.isEmpty else { return nil }
    return Table(
      caption: "不达标的指标",
      columns: [
        Table.Column(text: "指标"), Table.Column(text: "公式"),
        Table.Column(text: "不达标", unit: "所", isNumber: true),
      ],
      rows: overview.failures.map { failure in
        [
          Table.Cell("\(failure.indicator.indicatorCode) \(failure.indicator.name)", .name),
          Table.Cell(failure.indicator.formula),
          Table.Cell(String(failure.schools), .number, label: "不达标"),
        ]
      }
    )
  }

  private func list(
    _ schools: [ConditionOverview.School],
    _ overview: ConditionOverview,
    _ door: Door,
    _ heading: String
  ) throws -> Table? {
    guard !schools.isEmpty else { return nil }
    let names = try regionNames()
    return Table(
      caption: heading,
      columns: ["学校", "县（市、区）", "类型", "结论", heading].map { Table.Column(text: $0) },
      rows: schools.map { school in
        let found = school.compliance
        let lacks =
          found.failed.map { result in
            "\(result.indicator.name)缺 \(grouped(result.gap)) \(result.indicator.haveUnit)"
          } + found.missing.map { "\($0.indicator.name)\($0.outcome.label)" }
        return [
          Table.Cell(
            school.name,
            .name,
            address: Address.with(
              "\(door.base)/conditions/\(Address.encoded(school.id))",
              [("year", String(overview.year))]
            )
          ), Table.Cell(names[school.region] ?? school.region, .short),
          Table.Cell(found.year.schoolType?.label ?? "", .short),
          Table.Cell(conclusion(found), .short),
          Table.Cell(lacks.isEmpty ? "—" : lacks.joined(separator: "；")),
        ]
      }
    )
  }

  private func conclusion(_ found: SchoolCompliance) -> String {
    let word =
      switch found.allPass {
      case true?: "达标"
      case false?: "不达标"
      case nil: found.deciding.isEmpty ? "没有标准" : "数据不全"
      }
    let card = found.card == .none ? "" : "，\(found.card.label)"
    guard found.year.inScope == true else { return word + card + "（不计入）" }
    return word + card + (found.year.counts ? "" : "（未经市级核验，暂不计入）")
  }

  private func grouped(_ number: Exact) -> String {
    let text = number.text
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int($0) }) else { return text }
    return Numerals.grouped(whole) + (parts.count > 1 ? "." + parts[1] : "")
  }

  private func enrolment(_ door: Door) throws -> Table? {
    guard let kind = register.kind("countyEnrolment") else { return nil }
    let records = try register.list(kind, Query(limit: 10_000))
      .map { CountyEnrolment(values: $0.values) }
    guard let year = records.compactMap(\.year).max() else { return nil }
    let names = try regionNames()
    return Table(
      caption: "\(year) 年各县升学",
      columns: [
        Table.Column(text: "县（市、区）"), Table.Column(text: "初中毕业生", unit: "人", isNumber: true),
        Table.Column(text: "职业教育占招生", isNumber: true), Table.Column(text: "升学压力指数", isNumber: true),
        Table.Column(text: "看法"),
      ],
      rows: records.filter { $0.year == year }.sorted { $0.regionCode < $1.regionCode }.map { one in
        [
          Table.Cell(names[one.regionCode] ?? one.regionCode, .name),
          Table.Cell(Numerals.grouped(one.juniorGraduates ?? 0), .number, label: "初中毕业生"),
          Table.Cell(percent(one.vocationalShare), .number, label: "职教占比"),
          Table.Cell(percent(one.pressure), .number, label: "升学压力"),
          Table.Cell(view(of: one.pressure), .short),
        ]
      },
      note: "职业教育占招生：中职、技工、五年制高职录取，除以它们与普高录取之和。升学压力：普高计划和中职有效学位接不下的毕业生占比，大于 5% 紧张，0 到 5% 偏紧。"
    )
  }

  private func view(of pressure: Exact?) -> String {
    guard let pressure else { return "没有毕业生" }
    if pressure <= .zero { return "学位够" }
    return Exact(1, over: 20).map { pressure > $0 } == true ? "紧张" : "偏紧"
  }

  // MARK: A school

  private func conditionPage(_ id: String, _ request: WebRequest, _ door: Door) throws -> WebAnswer
  {
    let startedAt = Date()
    let overview = try overview(request)
    guard let school = overview.schools.first(where: { $0.id == id }) else {
      return message(
        "没有数据",
        "这所学校\(overview.year > 0 ? " \(overview.year) 年" : "")没有核定的办学条件数据。",
        status: 404,
        door: door,
        links: [("办学条件达标", "\(door.base)/conditions")]
      )
    }
    let (added, problems) = thought(request)
    let found =
      added.isEmpty
      ? school.compliance
      : try ConditionRules(register).judge(school.record, adding: added)
    let form = ConditionRules.thinkable.map { name -> Model in
      let (label, unit) = ConditionRules.label(of: name)
      return [
        "name": name, "label": label, "unit": unit, "value": request[name] ?? "",
        "error": problems.first { $0.path == name }?.message,
      ]
    }
    return page(
      "report",
      [
        "title": school.name,
        "lead": "\(overview.year) 年办学条件：\(conclusion(school.compliance))。"
          + (school.compliance.mostStudents.map { "按现有条件最大合规规模 \(Numerals.grouped($0)) 人。" } ?? ""),
        "links": [
          [
            "text": "全市",
            "href": Address.with("\(door.base)/conditions", [("year", String(overview.year))]),
          ]
            as Model,
          ["text": "这一年的数据", "href": Address.record("conditionYear", school.record.id, door)],
          ["text": "学校", "href": Address.record("school", school.id, door)],
        ].asRows,
        "what": [
          "action": "\(door.base)/conditions/\(Address.encoded(id))", "year": String(overview.year),
          "fields": form,
          "answer": added.isEmpty
            ? nil
            : "这样一来：\(conclusion(found))"
              + (found.failed.isEmpty
                ? "。"
                : "，还缺 "
                  + found.failed.map {
                    "\(grouped($0.gap)) \($0.indicator.haveUnit)\($0.indicator.haveLabel)"
                  }
                  .joined(separator: "、") + "。")
              + (found.mostStudents.map { "最大合规规模 \(Numerals.grouped($0)) 人。" } ?? ""),
        ] as Model,
        "sections": [
          section(added.isEmpty ? "各项指标" : "各项指标（按上面设想的）", indicators(found)),
          section("补齐方案", try plans(id, door), empty: "还没有补齐方案。"),
        ],
        "note": "缺口：达到标准还要补多少，向上取整。比较用未四舍五入的数。",
        "jsonHref": Address.with(
          (door == .desk ? "/api/conditions/" : "/api/public/conditions/") + Address.encoded(id),
          [("year", String(overview.year))]
        ),
      ],
      door: door,
      current: "conditions",
      status: problems.isEmpty ? 200 : 422,
      startedAt: startedAt
    )
  }

  private func indicators(_ found: SchoolCompliance) -> Table? {
    guard !found.results.isEmpty else { return nil }
    let restricted = Set(found.restricted.map(\.indicator.indicatorCode))
    return Table(
      caption: "各项指标",
      columns: [
        Table.Column(text: "指标"), Table.Column(text: "数", isNumber: true),
        Table.Column(text: "标准", isNumber: true), Table.Column(text: "结论"),
        Table.Column(text: "缺口", isNumber: true), Table.Column(text: "怎样算"),
        Table.Column(text: "依据"),
      ],
      rows: found.results.map { result in
        let threshold = result.threshold
        let isLow = restricted.contains(result.indicator.indicatorCode)
        return [
          Table.Cell("\(result.indicator.indicatorCode) \(result.indicator.name)", .name),
          Table.Cell(
            result.value.map { "\(grouped($0)) \(result.indicator.unit)" } ?? "—",
            .number,
            label: "数"
          ),
          Table.Cell(
            "\(threshold.side?.sign ?? "") \(threshold.exact.map(grouped) ?? "")",
            .number,
            label: "标准"
          ), Table.Cell(result.outcome.label + (isLow ? "，低于限制招生线" : ""), .short),
          Table.Cell(
            result.gap > .zero ? "\(grouped(result.gap)) \(result.indicator.haveUnit)" : "—",
            .number,
            label: "缺口"
          ), Table.Cell("\(result.indicator.formula)：\(result.why)"),
          Table.Cell(
            "\(threshold.source)（\(threshold.line?.label ?? "")，\(threshold.confidence?.label ?? "")）"
          ),
        ]
      }
    )
  }

  private func plans(_ school: String, _ door: Door) throws -> Table? {
    guard let kind = register.kind("gapPlan") else { return nil }
    let records = try register.list(kind, Query([.field("schoolId", school)], limit: 100))
    guard !records.isEmpty else { return nil }
    return Table(
      caption: "补齐方案",
      columns: ["指标", "办法", "补多少", "期限", "牵头单位", "进展"].map { Table.Column(text: $0) },
      rows: records.map { record in
        let plan = GapPlan(values: record.values)
        let last = plan.progress.rows.last?.joined(separator: " ") ?? ""
        return [
          Table.Cell(
            plan.indicatorCode,
            .name,
            address: Address.record(kind.name, record.id, door)
          ),
          Table.Cell(plan.measure?.label ?? "", .short),
          Table.Cell(
            Exact(plan.amount ?? 0, places: 2).map(grouped) ?? "",
            .number,
            label: "补多少"
          ), Table.Cell(plan.dueDate?.description ?? "", .short), Table.Cell(plan.leadOrg),
          Table.Cell("\(plan.status?.label ?? "") \(last)"),
        ]
      }
    )
  }

  // MARK: For programs

  private func conditionsJSON(_ school: String?, _ request: WebRequest) throws -> WebAnswer {
    if let text = request["year"], Int(text) == nil {
      return .problem("年度不对", status: 400, [Problem("PLN-E-011", "year", "年度“\(text)”应为四位数字。")])
    }
    let overview = try overview(request)
    guard let school else { return .json(overview.json) }
    guard let found = overview.schools.first(where: { $0.id == school }) else {
      return .problem("这所学校没有核定的办学条件数据。", status: 404)
    }
    let (added, problems) = thought(request)
    guard problems.isEmpty else { return .problem("设想的数不对", status: 400, problems) }
    return .json(
      added.isEmpty
        ? found.compliance.json
        : try ConditionRules(register).judge(found.record, adding: added).json
    )
  }
}
