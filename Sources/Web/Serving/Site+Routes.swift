import Foundation
import Records
import Values

extension Site {
  /// Chooses what answers a request.
  func route(_ request: WebRequest) throws -> WebAnswer {
    let path = request.path
    let own: [(WebRequest) throws -> WebAnswer?] = [
      routeSignIn, routeAccount, routeExports, routeJoining, routePrivacy, routeConditions,
      routeAssessment, routeProgramList, routeDocuments, routeGovernance, routeProcedures,
    ]
    for route in own {
      if let answer = try route(request) { return answer }
    }
    switch (request.method, path.count, path.first) {
    case ("GET", 0, _): return try home(request)
    case ("GET", 1, "health"): return WebAnswer("ok\n", type: "text/plain; charset=utf-8")
    case ("GET", 2, "assets"): return asset(path[1]) ?? notFound(request)
    case ("GET", 1, "figures"): return try figures(request)
    case ("GET", 1, "board"): return try board(request)
    case ("GET", 1, "reference"): return reference()
    case ("GET", 2, "reference"): return reference(of: path[1], request)
    case ("GET", 2, "figure"): return try figure(path[1], request)
    case ("GET", 1, "kinds"): return try kinds(request, .public)
    case ("GET", 1, "search"): return try search(request)
    case (_, _, "api"): return try api(request)
    case ("GET", 2, "match"): return try match(path[1], request, .public)
    case (_, _, "desk"): return try routeDesk(request, Array(path.dropFirst()))
    case ("GET", 1, let name?): return try list(name, request, .public)
    case ("GET", 2, let name?): return try record(name, path[1], request, .public)
    default: return notFound(request)
    }
  }

  private func routeDesk(_ request: WebRequest, _ path: [String]) throws -> WebAnswer {
    switch (request.method, path.count, path.first) {
    case ("GET", 0, _): return try home(request, .desk)
    case ("GET", 1, "kinds"): return try kinds(request, .desk)
    case ("GET", 1, "need"): return need(request)
    case ("GET", 1, "quality"): return try quality(request)
    case ("GET", 1, "import"): return try importIndex(request)
    case ("POST", 1, "import"): return try receiveImport(request)
    case ("GET", 2, "import"): return try importJob(path[1], request)
    case ("POST", 2, "import"): return try decideImport(path[1], request)
    case ("GET", 3, "import") where path[2] == "returned.xlsx":
      return try returnedWorkbook(path[1], request)
    case ("POST", 4, "import") where path[1] == "run" && path[3] == "undo":
      return try undoImport(path[2], request)
    case ("GET", 2, "match"): return try match(path[1], request, .desk)
    case ("POST", 3, "match") where path[2] == "confirm": return try confirm(path[1], request)
    case ("GET", 1, let name?): return try list(name, request, .desk)
    case ("GET", 2, let name?) where path[1] == "new": return try newForm(name, request)
    case ("GET", 2, let name?) where path[1] == "names": return try names(name, request)
    case ("GET", 2, let name?) where path[1] == "template.xlsx":
      guard let kind = register.kind(name) else { return notFound(request) }
      return try template(kind, request)
    case ("GET", 2, let name?) where path[1] == "duplicates": return try duplicates(name, request)
    case ("POST", 2, let name?) where path[1] == "duplicates": return try tellApart(name, request)
    case ("GET", 2, let name?) where path[1] == "merge": return try mergePage(name, request)
    case ("POST", 2, let name?) where path[1] == "merge": return try merge(name, request)
    case ("POST", 3, let name?) where path[2] == "confirm":
      return try confirmRecord(name, path[1], request)
    case ("POST", 3, let name?) where path[2] == "reveal":
      return try revealRecord(name, path[1], request)
    case ("POST", 3, let name?) where path[2] == "succeed":
      return try succeed(name, path[1], request)
    case ("GET", 2, let name?) where path[1] == "bulk": return try bulk(name, request)
    case ("POST", 2, let name?) where path[1] == "bulk": return try applyBulk(name, request)
    case ("POST", 2, let name?) where path[1] == "views": return try keepView(name, request)
    case ("GET", 3, let name?) where path[2] == "history":
      return try history(name, path[1], request)
    case ("POST", 1, let name?): return try save(name, nil, request)
    case ("GET", 2, let name?): return try record(name, path[1], request, .desk)
    case ("POST", 2, let name?): return try save(name, path[1], request)
    case ("GET", 3, let name?) where path[2] == "edit": return try editForm(name, path[1], request)
    default: return notFound(request)
    }
  }

  /// The page for an address that leads nowhere.
  func notFound(_ request: WebRequest) -> WebAnswer {
    if request.path.first == "api" { return .problem("没有这个接口地址。", status: 404) }
    return message(
      "没有这个页面",
      "地址 \(request.target.prefix(80)) 没有对应的页面或记录。",
      status: 404,
      todo: "请检查地址，或从搜索和台账里找。"
    )
  }
}
