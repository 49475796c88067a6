import Calendar
import Foundation
import Records
import Sheets
import Storage
import Values

extension Site {
  /// The page on which files are handed in, and what became of former ones.
  func importIndex(_ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    let kind = request["kind"].flatMap(register.kind)
    var model: Model = [
      "title": kind.map { "导入\($0.label)" } ?? "导入",
      "lead": "CSV 或 Excel（.xlsx）都可以。先检查，看清会新增、更新、退回哪些行，再决定入库；入库后也能整批撤销。",
      "action": Address.imports, "kinds": kindOptions(chosen: kind?.name ?? ""),
    ]
    if let kind {
      model["template"] =
        [
          "href": Address.template(kind.name), "text": "下载\(kind.label)的填报模板",
          "filledHref": Address.with(Address.template(kind.name), [("filled", "1")]),
          "filledText": "下载已填好的（缺的标红）",
        ] as Model
    }
    model["templates"] =
      register.kinds.map { kind in
        ["text": kind.label, "href": Address.template(kind.name)] as Model
      }.asRows
    model["jobs"] =
      (imports?.all ?? []).prefix(20).map { job -> Model in
        [
          "href": Address.importJob(job.id), "name": job.name, "state": job.state.label,
          "isBusy": job.state.isBusy ? true : nil,
          "counts": job.report.map(Self.counts) ?? "",
        ]
      }.asRows
    model["runs"] = try ownRuns(most: 30).map { run -> Model in
      [
        "number": String(run.id), "at": run.at.civilText, "file": run.file, "actor": run.actor,
        "state": run.state.label,
        "counts": "新增 \(run.new)，更新 \(run.changed)，退回 \(run.refused)",
        "undo": run.state == .done ? ["action": Address.undo(run.id)] as Model : nil,
      ]
    }.asRows
    return page("imports", model, door: .desk, current: "imports", startedAt: startedAt)
  }

  private func kindOptions(chosen: String) -> HTML {
    HTML.options(
      [("", "从表头自动识别")] + register.kinds.map { ($0.name, $0.label) },
      chosen: chosen
    )
  }

  /// Where a job stands, as the clerk sees it.
  private static func standing(_ job: ImportJob, _ register: RecordStore) throws -> String {
    guard let report = job.report else { return job.state.label }
    switch job.state {
    case .checked where report.new + report.changed == 0:
      return report.isFlawed ? "没有能入库的行" : "没有要写入的"
    case .done:
      guard let run = report.run else { return "没有要写入的" }
      return try register.importRun(run)?.state == .undone ? "已撤销" : job.state.label
    default: return job.state.label
    }
  }

  private static func counts(_ report: ImportReport) -> String {
    "新增 \(report.new)，更新 \(report.changed)，未变 \(report.unchanged)，退回 \(report.refused)"
  }

  /// Takes a file that was handed in.
  func receiveImport(_ request: WebRequest) throws -> WebAnswer {
    guard let imports else { return noImports() }
    guard let upload = request.upload,
      let form = try Multipart.read(upload, type: request.headers["content-type"] ?? "")
    else { return message("没有收到文件", "请从导入页面选一个文件再上传。", status: 400, door: .desk) }
    defer { removeFile(upload) }
    guard let path = form.path else {
      return message(
        "没有选文件",
        "请先选一个 CSV 或 .xlsx 文件。",
        status: 422,
        door: .desk,
        todo: "回到导入页面重新选择。"
      )
    }
    let job = try imports.receive(path, name: form.fileName, kind: form.fields["kind"] ?? "")
    return .seeOther(Address.importJob(job.id))
  }

  private func noImports() -> WebAnswer {
    message("这里不能导入", "没有数据文件夹，请用 citong serve 启动。", status: 404, door: .desk)
  }

  func removeFile(_ path: String) {
    // A form that stays behind is only room; the inbox is emptied at the next start.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// One job: how far it is, what would happen, what happened.
  func importJob(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    guard let imports, let job = imports.job(id) else { return notFound(request) }
    var model: Model = [
      "title": job.name, "state": try Self.standing(job, register), "action": Address.importJob(id),
      "refresh": job.state.isBusy ? "1" : nil,
      "failure": job.failure.isEmpty ? nil : job.failure,
      "backHref": Address.imports,
    ]
    if job.state.isBusy {
      let left = job.secondsLeft.map { "，还需约 \($0) 秒" } ?? ""
      model["busy"] =
        [
          "percent": String(Int(job.progress.part * 100)),
          "text": "已看 \(Numerals.grouped(job.progress.rows)) 行\(left)",
        ] as Model
    }
    if job.state == .checked || job.state == .failed {
      model["kinds"] = kindOptions(chosen: job.kind)
    }
    if let report = job.report { try fill(&model, job, report) }
    return page("import-job", model, door: .desk, current: "imports", startedAt: startedAt)
  }

  private func fill(_ model: inout Model, _ job: ImportJob, _ report: ImportReport) throws {
    let good = report.new + report.changed
    model["counts"] = [
      count("新增", report.new), count("更新", report.changed), count("未变", report.unchanged),
      count("退回", report.refused, isBad: report.refused > 0),
    ]
    let told = report.problems.count + report.moreProblems
    model["sentence"] = try sentence(job, report, good)
    if job.state == .checked, good > 0, !report.isBroken {
      model["commit"] =
        [
          "text": report.isFlawed
            ? "好的行入库（\(Numerals.grouped(good)) 行）" : "入库（\(Numerals.grouped(good)) 行）",
          "whole": report.isFlawed
            ? ["text": "有一行不对就都不入库"] as Model : nil,
        ] as Model
    }
    if job.state == .done, let run = report.run, try isUndoable(run) {
      model["undo"] = ["action": Address.undo(run), "number": String(run)] as Model
    }
    model["tables"] = report.tables.compactMap(columns).asRows
    let unknown = report.tables.flatMap { table in
      zip(table.headings, table.fields).filter { $0.1.isEmpty && Self.isOwn($0.0) }.map(\.0)
    }
    if !unknown.isEmpty {
      model["unknown"] =
        "有 \(unknown.count) 列没有认出，不会导入：\(unknown.prefix(8).joined(separator: "、"))。可以在下面“各列的含义”里说明是哪一项。"
    }
    if job.state == .checked, report.cleared > 0 {
      model["cleared"] =
        [
          "text": "有 \(Numerals.grouped(report.cleared)) 格在文件里是空的，登记里原来有值，会被清空。",
          "keep": job.keepsBlanks ? nil : ["text": "空的格子不改动，再检查一遍"] as Model,
        ] as Model
    }
    if !report.newcomers.isEmpty, job.state == .checked {
      model["newcomers"] = newcomers(report).html
    }
    if !report.changes.isEmpty { model["changes"] = changes(report).html }
    if told > 0 {
      model["problems"] =
        [
          "count": "\(Numerals.grouped(told)) 处", "table": problemTable(report).html,
          "more": told > 100 ? "这里列出前 100 处，全部在下面的工作簿里。" : nil,
          "href": Address.returned(job.id),
          "flawedHref": Address.with(Address.returned(job.id), [("only", "flawed")]),
        ] as Model
    }
  }

  private func isUndoable(_ run: Int) throws -> Bool {
    try register.importRun(run)?.state == .done
  }

  private func count(_ label: String, _ number: Int, isBad: Bool = false) -> Model {
    ["label": label, "number": Numerals.grouped(number), "isBad": isBad ? true : nil]
  }

  private func sentence(_ job: ImportJob, _ report: ImportReport, _ good: Int) throws -> String {
    switch job.state {
    case .checked where report.isBroken: "文件没能读完，什么也没有写入。请按下面的说明处理后重新上传。"
    case .checked where good == 0 && report.refused == 0 && report.isFlawed:
      "没有可导入的行。请按下面的说明处理后重新上传。"
    case .checked where good == 0 && report.refused == 0 && report.unchanged == 0:
      "表头下面没有要导入的行。请填好再上传。"
    case .checked where good == 0 && report.refused == 0: "登记里已经都有了，没有要写入的。"
    case .checked where good == 0: "没有能入库的行。请下载带“问题”列的工作簿，改好再上传。"
    case .checked where report.refused > 0:
      "还没有写入。可以先让好的行入库，退回的行改好再传一次；已入库的不会重复登记。"
    case .checked: "还没有写入。核对下面的变化，没有问题就入库。"
    case .done where try report.run.map(isUndoable) ?? false:
      "已经入库。在这批记录被别的操作改动之前，可以整批撤销。"
    case .done where report.run != nil: "这次导入已经撤销，登记恢复到导入之前。"
    case .done: "没有要写入的，登记没有变。"
    default: ""
    }
  }

  /// What the columns of a table were taken for, to be put right.
  private func columns(_ table: ImportReport.Table) -> Model? {
    guard let kind = register.kind(table.kind) else { return nil }
    let fields = kind.fields.filter { Self.visitor.reader.maySee($0, of: kind) && !$0.isDerived }
    let options = [("", "不导入")] + fields.map { ($0.name, $0.label) }
    let rows: [Model] = zip(table.headings, table.fields).compactMap { heading, field in
      guard Self.isOwn(heading) else { return nil }
      return [
        "heading": heading, "name": "heading.\(table.kind).\(heading)",
        "options": HTML.options(options, chosen: field), "isUnknown": field.isEmpty ? true : nil,
      ]
    }
    let unknown = rows.count { $0["isUnknown"] != nil }
    return [
      "title": (table.sheet.isEmpty ? "" : "工作表“\(table.sheet)”：") + kind.label,
      "note": unknown == 0 ? "每一列都认出来了。" : "有 \(unknown) 列没有认出，不会导入；可以在这里说明是哪一项，下次还记得。",
      "open": unknown > 0 ? true : nil, "rows": rows,
    ]
  }

  /// Whether a heading is the sender's, and not one we added ourselves.
  private static func isOwn(_ heading: String) -> Bool {
    let plain = Text.comparable(heading)
    return !plain.isEmpty && plain != Text.comparable(ReturnedWorkbook.heading)
      && plain != Text.comparable(WorkbookVersions.heading)
  }

  /// The first records that are new, as they will be stored.
  private func newcomers(_ report: ImportReport) -> Table {
    let shown = report.newcomers.prefix(20)
    let fields = shown.first.flatMap { register.kind($0.kind) }.map { kind in
      let filled = kind.fields.indices.filter { place in
        shown.contains { $0.kind == kind.name && !$0.values[place].isNone }
          && Self.visitor.reader.maySee(kind.fields[place], of: kind)
          && !kind.fields[place].isDerived
      }
      return (kind, Array(filled.prefix(10)))
    }
    guard let (kind, places) = fields else { return Table(caption: "", columns: [], rows: []) }
    return Table(
      caption: "会新增的记录",
      columns: [Table.Column(text: "行")]
        + places.map { Table.Column(text: kind.fields[$0].label, unit: kind.fields[$0].unit) },
      rows: shown.filter { $0.kind == kind.name }.map { one in
        [Table.Cell(one.line.map(String.init) ?? "", .name)]
          + places.map { place in
            let field = kind.fields[place]
            let text = said(one.values[place], field)
            return Table.Cell(text, text.isEmpty ? .missing : nil, label: field.label)
          }
      },
      note: report.new > shown.count
        ? "共 \(Numerals.grouped(report.new)) 条，这里列出前 \(shown.count) 条，是入库后的样子。"
        : "是入库后的样子。"
    )
  }

  /// A value as people read it, what it refers to by its name.
  private func said(_ value: Value, _ field: FieldShape) -> String {
    guard let other = field.type.referredKind.flatMap(register.kind) else {
      return field.shown(value, city: city)
    }
    let ids = value.text.map { [$0] } ?? value.list
    // A name that can't be read now is told by its number.
    return ids.map { id in (try? register.record(other, id))??.title ?? id }
      .joined(separator: "、")
  }

  private func changes(_ report: ImportReport) -> Table {
    Table(
      caption: "会更新的记录",
      columns: ["行", "记录", "字段", "现在", "改为"].map { Table.Column(text: $0) },
      rows: report.changes.prefix(30).flatMap { change in
        change.fields.enumerated().map { index, field in
          let before = said(field.before, field.field)
          let after = said(field.after, field.field)
          return [
            Table.Cell(index == 0 ? change.line.map(String.init) ?? "" : "", .number),
            Table.Cell(index == 0 ? change.title : "", .name),
            Table.Cell(field.field.label),
            Table.Cell(before.isEmpty ? "（空）" : before, label: "现在"),
            Table.Cell(after.isEmpty ? "（清空）" : after, after.isEmpty ? .missing : nil, label: "改为"),
          ]
        }
      },
      note: report.changedFields.isEmpty
        ? ""
        : "合计："
          + report.changedFields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { "\($0.key) \($0.value) 处" }.joined(separator: "，")
    )
  }

  private func problemTable(_ report: ImportReport) -> Table {
    Table(
      caption: "问题",
      columns: ["行", "列", "问题", "代码"].map { Table.Column(text: $0) },
      rows: report.problems.prefix(100).map { problem in
        let sheet = problem.sheet.isEmpty ? "" : "\(problem.sheet) "
        return [
          Table.Cell(
            problem.row.map { sheet + "第 \($0) 行" } ?? (sheet.isEmpty ? "整个文件" : sheet),
            .name
          ),
          Table.Cell(problem.column), Table.Cell(problem.problem.message),
          Table.Cell(problem.problem.code, .short),
        ]
      }
    )
  }

  /// What somebody decided on a job.
  func decideImport(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let imports, let job = imports.job(id) else { return notFound(request) }
    let form = request.form
    func value(_ name: String) -> String? { form.first { $0.name == name }?.value }
    switch value("do") {
    case "commit": try imports.commit(id, isWhole: false)
    case "commitWhole": try imports.commit(id, isWhole: true)
    case "cancel": try imports.cancel(id)
    case "keepBlanks": try imports.recheck(id, kind: nil, headings: [:], keepsBlanks: true)
    default:
      var headings: [String: [String: String]] = [:]
      for (name, field) in form where name.hasPrefix("heading.") {
        let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !isTaken(String(parts[2]), as: field, of: job, String(parts[1]))
        else { continue }
        headings[String(parts[1]), default: [:]][String(parts[2])] = field
      }
      try imports.recheck(id, kind: value("kind"), headings: headings)
    }
    return .seeOther(Address.importJob(id))
  }

  /// Whether a heading was taken for a field already, so that nothing new is said of it.
  private func isTaken(_ heading: String, as field: String, of job: ImportJob, _ kind: String)
    -> Bool
  {
    (job.report?.tables ?? []).filter { $0.kind == kind }.contains { table in
      zip(table.headings, table.fields).contains { $0 == heading && $1 == field }
    }
  }

  /// Takes an import back.
  func undoImport(_ number: String, _ request: WebRequest) throws -> WebAnswer {
    guard let run = Int(number) else { return notFound(request) }
    do {
      let done = try register.undo(run, by: Self.officer)
      try catchUp()
      return message(
        "已撤销第 \(run) 次导入",
        "移除 \(done.removed) 条新增的记录，\(done.restored) 条更新过的恢复原样。历史里仍可看到这次导入和撤销。",
        status: 200,
        door: .desk,
        links: [("回到导入", Address.imports)]
      )
    } catch let obstacle as NotUndoable {
      return message(
        "不能整批撤销",
        obstacle.problems.map(\.message).joined(separator: "\n"),
        status: 409,
        door: .desk
      )
    }
  }

  /// The file of a job with a column of reasons.
  func returnedWorkbook(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let imports, let job = imports.job(id) else { return notFound(request) }
    do {
      guard let path = try imports.returned(id, isOnlyFlawed: request["only"] == "flawed") else {
        return message("还在检查", "检查完才能下载。", status: 409, door: .desk)
      }
      let name = job.name.split(separator: ".").first.map(String.init) ?? "文件"
      return .file(path, name: "\(name)-问题.xlsx", type: Exporter.Format.xlsx.mediaType)
    } catch let error as Unreadable {
      return message("写不出带问题的工作簿", error.problem.message, status: 422, door: .desk)
    }
  }

  /// The workbook in which records of a kind are filled in.
  func template(_ kind: Kind, _ request: WebRequest) throws -> WebAnswer {
    if request["filled"] != nil {
      // A workbook filled with what is there is a file like any other.
      let list = Address.download(kind.name, Exporter.Format.xlsx.rawValue, .desk)
      let file = WebRequest(method: "GET", target: list)
      let asked = try ListRequest(kind, file, site: self, .desk)
      if let page = try exportRequestPage(asked, file) { return page }
      var event = AuditEvent("export", by: Self.officer)
      event.kind = kind.name
      event.reason = "template.xlsx?filled"
      try note(event)
    }
    let path = NSTemporaryDirectory() + "citong-\(UUID().uuidString).xlsx"
    try TemplateWorkbook(register, kind, for: Self.visitor.reader)
      .write(to: path, filledWith: request["filled"] == nil ? nil : Query())
    let name = request["filled"] == nil ? "模板" : "待补"
    return .file(path, name: "\(kind.label)-\(name).xlsx", type: Exporter.Format.xlsx.mediaType)
  }
}
