import Calendar
import Foundation
import Identity
import Records
import Sheets
import Storage
import Values

/// Files that are not free to take: asked for, approved by somebody else, fetched in time.
extension Site {
  /// What is said of a file somebody takes out, in the file: who, when, what for.
  struct Approval: Sendable {
    var sentence: String
  }

  /// Answers what is about requests for files; `nil` for any other address.
  func routeExports(_ request: WebRequest) throws -> WebAnswer? {
    let path = request.path
    guard path.first == "desk" else { return nil }
    switch (request.method, path.count) {
    case ("POST", 2) where path[1] == "export": return try askForExport(request)
    case ("POST", 4) where path[1] == "exportRequest" && path[3] == "decide":
      return try decideExport(path[2], request)
    case ("GET", 4) where path[1] == "exportRequest" && path[3] == "file":
      return try fetchExport(path[2], request)
    default: return nil
    }
  }

  private func value(_ name: String, _ request: WebRequest) -> String {
    request.form.first { $0.name == name }?.value ?? ""
  }

  /// Why a file has to be asked for; `nil` when it is free to take.
  private func obstacle(_ asked: ListRequest, _ format: Exporter.Format?) throws -> (
    rows: Int, hasPersonal: Bool
  )? {
    let kind = asked.kind
    // JSON has every field, whatever columns were picked.
    let isWhole = format == .json || asked.picked == nil
    let places = isWhole ? Array(kind.fields.indices) : asked.picked ?? []
    let hasPersonal = places.contains { place in
      let field = kind.fields[place]
      return field.privacy >= .personal && asked.door.reader.maySee(field, of: kind)
    }
    let rows = try register.store.read { try register.count(kind, asked.query, in: $0) }
    let isOpen = places.allSatisfy { place in
      let field = kind.fields[place]
      return field.privacy == .public || !asked.door.reader.maySee(field, of: kind)
    }
    guard hasPersonal || rows > ExportRequest.freeRows && !(isOpen && kind.isPublic) else {
      return nil
    }
    return (rows, hasPersonal)
  }

  /// The page on which a file is asked for; `nil` when it is free to take.
  func exportRequestPage(_ asked: ListRequest, _ request: WebRequest, problem: Problem? = nil)
    throws
    -> WebAnswer?
  {
    let format = request.path.last.flatMap { name in
      name.split(separator: ".").last.flatMap { Exporter.Format(rawValue: String($0)) }
    }
    guard Self.visitor.signedIn != nil, let (rows, hasPersonal) = try obstacle(asked, format)
    else { return nil }
    let why =
      hasPersonal
      ? "这个文件含有个人信息"
      : "这个文件有 \(Numerals.grouped(rows)) 行，超过 \(Numerals.grouped(ExportRequest.freeRows)) 行"
    if request.path.first == "api" || Self.visitor.signedIn?.isProgram == true {
      return .problem(
        "要先申请",
        status: 403,
        [Problem("ACC-E-041", "", "\(why)，请登录页面提出导出申请，批准后下载。")]
      )
    }
    if format == .json {
      return message(
        "要先申请",
        "\(why)，要经批准；批准的文件要写明是谁导出的，只给 CSV 和 Excel。请回到列表选这两种。",
        status: 422,
        door: .desk
      )
    }
    return page(
      "sign-in",
      [
        "title": "申请导出\(asked.kind.label)",
        "lead":
          "\(why)，要先经安全管理员批准。批准后 \(ExportRequest.days) 天内可下载 \(ExportRequest.mostDownloads) 次，文件里会写明是谁、何时、为何导出。",
        "action": "/desk/export", "button": "提出申请", "problem": problem?.message,
        "hidden": [["name": "target", "value": request.target] as Model],
        "fields": [
          [
            "name": "purpose", "label": "用途（至少 10 个字）", "type": "text", "value": "",
            "autocomplete": "off", "isFocus": true,
          ] as Model
        ],
      ],
      door: .desk,
      current: asked.kind.name,
      status: problem == nil ? 200 : 422,
      startedAt: Date()
    )
  }

  /// What an address of a file asks for.
  private func asked(_ target: String) throws -> (ListRequest, Exporter.Format, WebRequest)? {
    let request = WebRequest(method: "GET", target: target)
    guard request.path.count == 2, request.path[0] == "desk",
      let cut = request.path[1].lastIndex(of: "."),
      let format = Exporter.Format(rawValue: String(request.path[1][cut...].dropFirst())),
      let kind = register.kind(String(request.path[1][..<cut]))
    else { return nil }
    return (try ListRequest(kind, request, site: self, .desk), format, request)
  }

  private func askForExport(_ request: WebRequest) throws -> WebAnswer {
    guard let kind = base.kind("exportRequest"), let account = Self.visitor.signedIn?.account,
      let (asked, format, file) = try asked(value("target", request)), format != .json,
      let (rows, hasPersonal) = try obstacle(asked, format)
    else { return message("没有提出申请", "这个文件不用申请，或地址不对。", status: 422, door: .desk) }
    let texts = [
      "accountId": account.accountId, "actor": Self.visitor.name, "dataset": asked.kind.name,
      "target": file.target, "rowCount": String(rows),
      "hasPersonal": hasPersonal ? "true" : "false",
      "purpose": Text.trimmed(value("purpose", request)),
    ]
    do {
      let saved = try base.save(kind, Draft(texts: texts), by: Self.officer)
      return .seeOther(Address.record("exportRequest", saved.record.id, .desk))
    } catch let refused as Refused {
      return try exportRequestPage(asked, file, problem: refused.problems.first)
        ?? message("没有提出申请", "请重试。", status: 422, door: .desk)
    }
  }

  private func decideExport(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = base.kind("exportRequest"), let record = try register.record(kind, id) else {
      return notFound(request)
    }
    let asked = ExportRequest(values: record.values)
    guard asked.accountId != Self.visitor.reader.account else {
      return message("没有决定", "不能批准自己的申请。", status: 422, door: .desk)
    }
    guard asked.status == .requested else {
      return message("没有决定", "这个申请已经决定过了。", status: 409, door: .desk)
    }
    let isApproved = value("do", request) == "approve"
    var texts = [
      "status": isApproved ? "approved" : "refused", "decidedBy": Self.visitor.name,
      "reason": String(Text.trimmed(value("reason", request)).prefix(120)),
    ]
    if isApproved {
      texts["expiresOn"] =
        base.clock.now().date.adding(days: ExportRequest.days).description
    }
    _ = try base.save(
      kind,
      Draft(texts: texts, id: id, version: record.version),
      by: Self.officer
    )
    return .seeOther(Address.record("exportRequest", id, .desk))
  }

  private func fetchExport(_ id: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = base.kind("exportRequest"), let record = try register.record(kind, id) else {
      return notFound(request)
    }
    let request = ExportRequest(values: record.values)
    guard request.accountId == Self.visitor.reader.account else {
      return message("不能下载", "只有申请人能下载。", status: 403, door: .desk)
    }
    guard request.isOpen(on: base.clock.now().date),
      let (asked, format, file) = try asked(request.target)
    else {
      return message(
        "不能下载",
        "没有批准、已经过期，或已下载满 \(ExportRequest.mostDownloads) 次。",
        status: 410,
        door: .desk
      )
    }
    _ = try base.save(
      kind,
      Draft(
        texts: ["downloads": String((request.downloads ?? 0) + 1)],
        id: id,
        version: record.version
      ),
      by: Self.officer
    )
    let sentence =
      "导出人 \(Self.visitor.name)，\(base.clock.now().civilText)，申请 \(id)，用途：\(request.purpose)。仅供本人用于此事，请勿外传。"
    return try give(asked, format, file, approval: Approval(sentence: sentence))
  }

  /// What may be done with a request beside reading it.
  func exportDeeds(_ record: Record) -> [Model] {
    let request = ExportRequest(values: record.values)
    let base = Address.record("exportRequest", record.id, .desk)
    let reader = Self.visitor.reader
    if reader.role == .securityAdmin, request.status == .requested,
      request.accountId != reader.account
    {
      return [
        ["action": base + "/decide", "text": "批准", "name": "do", "value": "approve"],
        ["action": base + "/decide", "text": "不批准", "name": "do", "value": "refuse"],
      ]
    }
    if request.accountId == reader.account, request.isOpen(on: self.base.clock.now().date) {
      return [["href": base + "/file", "text": "下载"]]
    }
    return []
  }
}
