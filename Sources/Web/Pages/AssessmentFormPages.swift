import Calendar
import Evaluation
import Foundation
import Indicators
import Records
import Sheets
import Values

/// What those assessed are asked, the steps of an assessment, and its workbook.
extension Site {
  /// Answers what is done with assessments; `nil` for any other address.
  func routeAssessmentDeeds(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    switch (request.method, path.count, path.first) {
    case ("POST", 4, "desk") where path[1] == "assessment" && path[3] == "step",
      ("POST", 4, "api") where path[1] == "assessment" && path[3] == "step":
      return try stepAssessment(path[2], request)
    case ("GET", 4, "desk") where path[1] == "assessment" && path[3] == "workbook.xlsx":
      return try assessmentWorkbook(path[2], request)
    case ("GET", 5, "desk") where path[1] == "assessment" && path[4] == "form":
      return try formOfAssessment(path[2], path[3], request) { try formPage($0) }
    case ("POST", 5, "desk") where path[1] == "assessment" && path[4] == "form":
      return try formOfAssessment(path[2], path[3], request) { try fillIn($0, request) }
    case ("GET", 5, "api") where path[1] == "assessment" && path[4] == "form":
      return try formOfAssessment(path[2], path[3], request) { .json($0.json) }
    case ("POST", 5, "api") where path[1] == "assessment" && path[4] == "form":
      return try formOfAssessment(path[2], path[3], request) { try report($0, request) }
    default: return nil
    }
  }

  private func formOfAssessment(
    _ code: String,
    _ organisation: String,
    _ request: WebRequest,
    _ answer: (AssessmentForm) throws -> WebAnswer
  ) throws -> WebAnswer {
    guard let form = try AssessmentForm.of(register, book, code, organisation),
      form.isOpen(to: Self.visitor.reader)
    else {
      return request.path.first == "api"
        ? .problem("没有这张填报单。", status: 404) : notFound(request)
    }
    return try answer(form)
  }

  // MARK: The form

  private func formPage(
    _ form: AssessmentForm,
    entries: [String: AssessmentForm.Entry] = [:],
    problems: [Problem] = [],
    flash: String? = nil
  ) throws -> WebAnswer {
    let address =
      "/desk/assessment/\(Address.encoded(form.scheme.schemeCode))/\(Address.encoded(form.organisation))/form"
    let canFill =
      form.takesEntries
      && (base.kind("assessmentValue").map { Self.visitor.reader.may(.create, $0) } ?? false)
    let waiting = form.lines.count(where: \.isToConfirm)
    let rows = form.lines.map { row($0, form, canFill, entries[$0.element.code], problems) }
    let placed = Set(form.lines.map(\.element.code))
    let loose = problems.filter(\.blocks).filter { problem in
      !placed.contains { problem.path == $0 || problem.path.hasPrefix($0 + ".") }
    }
    return page(
      "asked",
      [
        "title": "\(form.name)填报单", "scheme": form.scheme.title,
        "backHref": "/desk/assessment/\(Address.encoded(form.scheme.schemeCode))",
        "lead": lead(form, canFill), "action": address, "flash": flash,
        "bad": problems.contains(where: \.blocks)
          ? (["有 \(problems.count(where: \.blocks)) 处要改，填的都还在，一处也没有保存。"] + loose.map(\.message))
            .joined(separator: " ") : nil,
        "confirm": canFill && waiting > 0
          ? [
            "action": address, "text": "确认台账里的 \(waiting) 个数",
            "help": "平台已经有这些数，核对无误一次确认，不用再填；不对的先更正台账，或在下面改并写明原因。",
          ] as Model : nil,
        "rows": rows, "canFill": canFill, "burden": try burden(form),
      ],
      door: .desk,
      current: "assessment",
      status: problems.contains(where: \.blocks) ? 422 : 200,
      startedAt: Date()
    )
  }

  private func lead(_ form: AssessmentForm, _ canFill: Bool) -> String {
    var text = "\(form.lines.count) 个采集项，\(form.known) 个平台台账已有、只需确认，还有 \(form.open) 个没有填报。"
    if !form.scheme.valuesFrom.isEmpty {
      text += "这个方案取数自 \(form.scheme.valuesFrom)，不另填报。"
    } else if !canFill {
      text += "方案现在是“\(form.scheme.status?.label ?? "")”，不收填报。"
    }
    return text
  }

  private func row(
    _ line: AssessmentForm.Line,
    _ form: AssessmentForm,
    _ canFill: Bool,
    _ entry: AssessmentForm.Entry?,
    _ problems: [Problem]
  ) -> Model {
    let code = line.element.code
    func told(_ fields: [String]) -> String? {
      problems.first { problem in fields.contains { problem.path == "\(code).\($0)" } }?.message
    }
    let value = line.value?.value.flatMap { Exact($0, places: 4) }
    let reasons = [line.value?.naReason ?? "", line.value?.explanation ?? ""]
    return [
      "code": code, "name": line.element.name, "unit": line.element.unit,
      "help": "\(line.element.definitionText)；用于 \(line.usedBy.joined(separator: "、"))",
      "former": line.former?.shown ?? "—",
      "ledger": line.ledger?.shown ?? line.unknown ?? "—",
      "ledgerYear": line.ledger == nil ? nil : line.ledgerYear,
      "figureHref": line.element.indicatorCode.isEmpty
        ? nil
        : Address.with(
          "/figure/\(Address.encoded(line.element.indicatorCode))",
          [("place", "\(form.place.level.rawValue):\(form.place.code)")]
        ),
      "value": entry?.value ?? (value ?? (line.value == nil ? line.ledger : nil))?.plain ?? "",
      "isOut": (entry?.notApplicable ?? line.value?.notApplicable) == true ? true : nil,
      "reason": entry.map { $0.notApplicable ? $0.naReason : $0.explanation }
        ?? reasons.first { !$0.isEmpty } ?? "",
      "open": canFill && line.value?.status != .cityConfirmed ? true : nil,
      "state": line.value?.status?.label ?? (line.isToConfirm ? "待确认" : "未填"),
      "valueError": told(["value", "notApplicable"]),
      "reasonError": told(["explanation", "naReason"]),
    ]
  }

  /// How often the organisation was asked this year.
  private func burden(_ form: AssessmentForm) throws -> Model {
    let year = form.scheme.year ?? 0
    let burden = try AskingBurden(
      register,
      of: form.organisation,
      isSchool: form.scheme.targetType == .school,
      in: year
    )
    let table = Table(
      caption: "采集负担",
      columns: [
        Table.Column(text: "采集"), Table.Column(text: "份数", isNumber: true),
        Table.Column(text: "数", isNumber: true), Table.Column(text: "只需确认", isNumber: true),
      ],
      rows: burden.asks.map { ask in
        [
          Table.Cell(ask.title, .name), Table.Cell(String(ask.forms), .number, label: "份数"),
          Table.Cell(String(ask.numbers), .number, label: "数"),
          Table.Cell(String(ask.confirmed), .number, label: "只需确认"),
        ]
      }
    )
    return [
      "title": "\(year) 年要了几次数", "sentence": burden.sentence,
      "table": burden.asks.isEmpty ? nil : table.html,
    ]
  }

  /// What a posted form says of each number; lines left as they were, or empty, are passed over.
  private func entries(_ request: WebRequest, _ form: AssessmentForm) -> [String: AssessmentForm
    .Entry]
  {
    let posted = Dictionary(
      request.form.map { ($0.name, Text.trimmed($0.value)) },
      uniquingKeysWith: { first, _ in first }
    )
    var entries: [String: AssessmentForm.Entry] = [:]
    for line in form.lines where line.value?.status != .cityConfirmed {
      let code = line.element.code
      let isOut = posted["\(code).notApplicable"] == "true"
      let reason = posted["\(code).reason"] ?? ""
      let value = posted["\(code).value"] ?? ""
      guard isOut || !value.isEmpty else { continue }
      entries[code] = AssessmentForm.Entry(
        value: value,
        notApplicable: isOut,
        naReason: isOut ? reason : "",
        explanation: isOut ? "" : reason
      )
    }
    return entries
  }

  private func fillIn(_ form: AssessmentForm, _ request: WebRequest) throws -> WebAnswer {
    let isConfirming = request.form.contains { $0.name == "do" && $0.value == "confirm" }
    let given = isConfirming ? form.confirming : entries(request, form)
    do {
      let (written, told) = try form.report(given, in: register, by: Self.officer)
      try catchUp()
      guard
        let again = try AssessmentForm.of(
          register,
          book,
          form.scheme.schemeCode,
          form.organisation
        )
      else { return notFound(request) }
      return try formPage(
        again,
        problems: told,
        flash: "保存了 \(written) 个填报值。" + (told.isEmpty ? "" : "有 \(told.count) 处请再看一看。")
      )
    } catch let refused as Refused {
      if let kind = base.kind("assessmentValue") { try noteRefused(refused, kind, "") }
      if refused.problems.contains(where: { $0.code.hasPrefix("ACC-E-00") }) {
        return denial(refused, request)
      }
      return try formPage(form, entries: given, problems: refused.problems)
    }
  }

  private func report(_ form: AssessmentForm, _ request: WebRequest) throws -> WebAnswer {
    let json: JSON
    do throws(JSON.Malformed) { json = try JSON(parsing: request.body) } catch {
      return .problem(
        "请求内容读不懂",
        status: 400,
        [Problem("REC-E-024", "", "不是完整的 JSON，请检查引号、逗号和括号。")]
      )
    }
    var given = json["confirm"] == .boolean(true) ? form.confirming : [:]
    for member in json["values"]?.members ?? [] {
      given[member.name] = AssessmentForm.Entry(
        value: member.value["value"].map { $0.string ?? $0.text } ?? "",
        notApplicable: member.value["notApplicable"] == .boolean(true),
        naReason: member.value["naReason"]?.string ?? "",
        explanation: member.value["explanation"]?.string ?? ""
      )
    }
    do {
      let (written, told) = try form.report(given, in: register, by: Self.program)
      try catchUp()
      return .json(
        .object(["written": .integer(written), "problems": .array(told.map(\.json))])
      )
    } catch let refused as Refused {
      if let kind = base.kind("assessmentValue") { try noteRefused(refused, kind, "") }
      return denial(refused, request)
    }
  }

  // MARK: Steps

  /// The form by which the city's bureau takes the next step; `nil` for whoever may not.
  func stepForm(
    _ scheme: AssessmentScheme,
    _ asked: (note: String, on: String, problems: [Problem])?
  )
    throws -> Model?
  {
    guard let kind = base.kind("assessmentScheme"), Self.visitor.reader.role == .cityBureau,
      Self.visitor.reader.may(.update, kind), (scheme.status?.next ?? scheme.status?.former) != nil
    else { return nil }
    let waiting =
      try scheme.status?.next == nil || asked != nil
      ? [] : AssessmentWalk(base).obstacles(scheme.schemeCode, note: "（说明）")
    let choice = { (status: AssessmentStatus) -> Model in
      ["value": status.rawValue, "text": status.label]
    }
    return [
      "action": "/desk/assessment/\(Address.encoded(scheme.schemeCode))/step",
      "note": asked?.note ?? "", "on": asked?.on ?? "",
      "hint": "文号、通知或原因",
      "problems": asked.map { $0.problems.map(\.message).joined(separator: " ") },
      "waiting": waiting.isEmpty
        ? nil
        : [
          "to": scheme.status?.next?.label ?? "",
          "rows": waiting.map { ["text": $0.message] as Model },
        ] as Model,
      "next": scheme.status?.next.map(choice), "back": scheme.status?.former.map(choice),
    ]
  }

  /// The dated steps a scheme took.
  func stepsTaken(_ scheme: AssessmentScheme) -> Table? {
    guard !scheme.taken.isEmpty else { return nil }
    return Table(
      caption: "办理进程",
      columns: ["到哪一步", "日期", "说明"].map { Table.Column(text: $0) },
      rows: scheme.taken.map { step in
        [
          Table.Cell(step.status.label, .name),
          Table.Cell(step.on.description, .short, label: "日期"),
          Table.Cell(step.note, label: "说明"),
        ]
      }
    )
  }

  private func stepAssessment(_ code: String, _ request: WebRequest) throws -> WebAnswer {
    let isAPI = request.path.first == "api"
    var given: [String: String] = [:]
    if isAPI {
      let json: JSON
      do throws(JSON.Malformed) { json = try JSON(parsing: request.body) } catch {
        return .problem(
          "请求内容读不懂",
          status: 400,
          [Problem("REC-E-024", "", "不是完整的 JSON，请检查引号、逗号和括号。")]
        )
      }
      for name in ["to", "note", "on"] { given[name] = json[name]?.string ?? "" }
    } else {
      for pair in request.form { given[pair.name] = Text.trimmed(pair.value) }
    }
    let (to, note, on) = (given["to"] ?? "", given["note"] ?? "", given["on"] ?? "")
    do {
      if !to.isEmpty, AssessmentStatus(rawValue: to) == nil {
        throw Refused(problems: [Problem("EVA-E-030", "to", "没有名为“\(to)”的状态。")])
      }
      if !on.isEmpty, CivilDate(on) == nil {
        throw Refused(problems: [Problem("EVA-E-031", "on", "日期“\(on)”看不懂，请写成 2022-05-05。")])
      }
      let status = try AssessmentWalk(register).step(
        code,
        to: AssessmentStatus(rawValue: to),
        note: note,
        on: CivilDate(on),
        by: isAPI ? Self.program : Self.officer
      )
      try catchUp()
      if isAPI {
        return .json(.object(["scheme": .string(code), "status": .string(status.rawValue)]))
      }
      return .seeOther("/desk/assessment/\(Address.encoded(code))")
    } catch let refused as Refused {
      if let kind = base.kind("assessmentScheme") { try noteRefused(refused, kind, code) }
      if isAPI || refused.problems.contains(where: { $0.code.hasPrefix("ACC-E-00") }) {
        return denial(refused, request)
      }
      return try assessmentPage(code, request, .desk, (note, on, refused.problems))
    }
  }

  // MARK: The workbook

  private func assessmentWorkbook(_ code: String, _ request: WebRequest) throws -> WebAnswer {
    guard let board = try assessmentBoard(code) else { return notFound(request) }
    let cards = board.cards(for: Self.visitor.reader)
    guard !cards.isEmpty else { return notFound(request) }
    var event = AuditEvent("export", by: Self.officer)
    event.kind = "assessmentValue"
    event.reason = String(request.target.prefix(300))
    try note(event)
    return .work { _ in
      let path = NSTemporaryDirectory() + "citong-\(UUID().uuidString).xlsx"
      do {
        try AssessmentWorkbook(board, cards).write(to: path)
      } catch let error as WorkbookWriter.Unwritable {
        return self.message("导不出工作簿", error.sentence, status: 422, door: .desk)
      }
      return .file(path, name: "\(board.scheme.title).xlsx", type: Exporter.Format.xlsx.mediaType)
    }
  }
}
