import Calendar
import Foundation
import Records
import Sheets
import Values

extension Site {
  /// Hands files in, looks at jobs, decides on them.
  func apiImports(_ path: [String], _ request: WebRequest) throws -> WebAnswer {
    guard let imports else { return .problem("没有数据文件夹，不能导入。", status: 404) }
    switch (request.method, path.count) {
    case ("GET", 0):
      return .json(
        .object([
          "jobs": .array(imports.all.map(\.json)),
          "imports": .array(try ownRuns().map(\.json)),
        ])
      )
    case ("POST", 0): return try receive(request, imports)
    case ("GET", 1):
      guard let job = imports.job(path[0]) else { return noJob(path[0]) }
      return .json(job.json)
    case ("GET", 2) where path[1] == "returned.xlsx": return try returnedWorkbook(path[0], request)
    case ("POST", 2): return try decide(path[0], path[1], request, imports)
    case ("POST", 3) where path[0] == "runs" && path[2] == "undo": return try undo(path[1])
    default: return .problem("这个地址不支持 \(request.method)。", status: 405)
    }
  }

  /// The imports a visitor may look at: their own, and all for the city's bureau.
  func ownRuns(most: Int = 50) throws -> [ImportRun] {
    let runs = try register.imports(most: most)
    guard Self.visitor.reader.role != .cityBureau else { return runs }
    return runs.filter { $0.actor == Self.visitor.name }
  }

  private func noJob(_ id: String) -> WebAnswer { .problem("没有导入任务 \(id)。", status: 404) }

  private func receive(_ request: WebRequest, _ imports: ImportsOfVisitor) throws -> WebAnswer {
    guard let upload = request.upload else {
      return .problem("没有收到文件内容。", status: 400)
    }
    var (path, name, kind) = (upload, request["name"] ?? "", request["kind"] ?? "")
    let type = request.headers["content-type"] ?? ""
    if type.hasPrefix("multipart/form-data") {
      guard let form = try Multipart.read(upload, type: type), let file = form.path else {
        return .problem("表单里没有文件，应有一个名为 file 的文件。", status: 400)
      }
      removeFile(upload)
      path = file
      if name.isEmpty { name = form.fileName }
      if kind.isEmpty { kind = form.fields["kind"] ?? "" }
    }
    if !kind.isEmpty, register.kind(kind) == nil { return noKind(kind, .desk) }
    let job = try imports.receive(path, name: name.isEmpty ? "接口上传" : name, kind: kind)
    var answer = WebAnswer.json(job.json, status: 202)
    answer.headers.append(("Location", "/api/imports/\(job.id)"))
    return answer
  }

  private func decide(
    _ id: String,
    _ verb: String,
    _ request: WebRequest,
    _ imports: ImportsOfVisitor
  ) throws -> WebAnswer {
    guard let job = imports.job(id) else { return noJob(id) }
    switch verb {
    case "commit":
      guard job.state == .checked else {
        return .problem("任务现在是“\(job.state.label)”，检查完才能入库。", status: 409)
      }
      try imports.commit(id, isWhole: request["allOrNothing"] == "true")
    case "cancel", "check":
      let isLate =
        verb == "cancel" ? job.state == .done : job.state != .checked && job.state != .failed
      guard !isLate else {
        return .problem(
          "任务现在是“\(job.state.label)”，不能\(verb == "cancel" ? "放弃" : "再检查")。",
          status: 409
        )
      }
      if verb == "cancel" {
        try imports.cancel(id)
      } else {
        try imports.recheck(
          id,
          kind: request["kind"],
          headings: [:],
          keepsBlanks: request["keepBlanks"].map { $0 == "true" }
        )
      }
    default: return .problem("没有名为 \(verb) 的操作，可用：commit、cancel、check。", status: 404)
    }
    return .json(imports.job(id)?.json ?? job.json, status: 202)
  }

  private func undo(_ number: String) throws -> WebAnswer {
    do {
      let done = try register.undo(Int(number) ?? 0, by: Self.program)
      try catchUp()
      return .json(
        .object(["removed": .integer(done.removed), "restored": .integer(done.restored)])
      )
    } catch let obstacle as NotUndoable {
      let isMissing = obstacle.problems.contains { $0.code == "REC-E-050" }
      return .problem("没有撤销", status: isMissing ? 404 : 409, obstacle.problems)
    }
  }
}

extension ImportRun {
  fileprivate var json: JSON {
    .object([
      "number": .integer(id), "at": .string(at.civilText), "by": .string(actor),
      "file": .string(file), "state": .string(state.rawValue), "new": .integer(new),
      "changed": .integer(changed), "unchanged": .integer(unchanged), "refused": .integer(refused),
    ])
  }
}
