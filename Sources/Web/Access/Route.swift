package import Records

/// One sort of address, and who may ask for it.
///
/// Every address that is answered is in `Route.all`, the more special before the more general; what
/// nobody decided on is not answered.
package struct Route: Sendable {
  /// What a visitor needs to be let in.
  package enum Need: Hashable, Sendable {
    /// Nothing.
    case nothing
    /// To have signed in, whatever may still be asked of them.
    case signedIn
    /// To act in some role.
    case acting
    /// To act in one of some roles.
    case roles(Set<Role>)
    /// To be allowed something with a kind: the one the address names, or this one.
    case act(Act, kind: String?)
    /// To be allowed something with some kind.
    case actSomewhere(Act)
  }

  /// The method.
  package var method: String
  /// The parts of the path; `*` stands for any one, `:kind` for the name of a kind.
  package var pattern: [String]
  /// What is needed.
  package var need: Need

  init(_ method: String, _ pattern: String, _ need: Need) {
    self.method = method
    self.pattern = pattern.split(separator: "/").map(String.init)
    self.need = need
  }

  /// The path as it is written down.
  package var path: String { "/" + pattern.joined(separator: "/") }

  /// Whether a request is of this sort.
  func fits(_ request: WebRequest) -> Bool {
    request.method == method && request.path.count == pattern.count
      && zip(pattern, request.path).allSatisfy { part, given in
        part == "*" || part == ":kind" || part == given
      }
  }

  /// The name of the kind an address is about.
  func kind(_ request: WebRequest) -> String? {
    if case .act(_, let kind?) = need { return kind }
    guard let place = pattern.firstIndex(of: ":kind") else { return nil }
    // `school.csv` is about schools too.
    return request.path[place].split(separator: ".").first.map(String.init)
  }

  /// Whether a visitor is let in, as far as the address tells; the register looks at each record.
  func admits(_ visitor: Visitor, _ request: WebRequest, _ kinds: (String) -> Kind?, all: [Kind])
    -> Bool
  {
    let reader = visitor.reader
    switch need {
    case .nothing: return true
    case .signedIn: return visitor.signedIn != nil
    case .acting: return reader.role != .public
    case .roles(let roles): return roles.contains(reader.role)
    case .act(let act, _):
      guard reader.role != .public else { return false }
      // A kind that does not exist is told to be missing by whoever answers.
      guard let kind = kind(request).flatMap(kinds) else { return true }
      return reader.may(act, kind)
    case .actSomewhere(let act):
      return reader.role != .public && all.contains { reader.may(act, $0) }
    }
  }

  /// Every sort of address that is answered.
  package static let all: [Route] = open + ownDesk + administration + desk + api + publicLists

  private static let open = [
    Route("GET", "/", .nothing), Route("GET", "/health", .nothing),
    Route("GET", "/assets/*", .nothing), Route("GET", "/board", .nothing),
    Route("GET", "/figures", .nothing),
    Route("GET", "/figure/*", .nothing), Route("GET", "/reference", .nothing),
    Route("GET", "/reference/*", .nothing), Route("GET", "/kinds", .nothing),
    Route("GET", "/assessment", .nothing), Route("GET", "/assessment/*", .nothing),
    Route("GET", "/programs", .nothing),
    Route("GET", "/documents", .nothing), Route("GET", "/documents.atom", .nothing),
    Route("GET", "/document/*", .nothing),
    Route("GET", "/document/*/*", .nothing), Route("GET", "/tasks", .nothing),
    Route("GET", "/proposals", .nothing), Route("GET", "/procedures", .nothing),
    Route("GET", "/conditions", .nothing), Route("GET", "/conditions/*", .nothing),
    Route("GET", "/search", .nothing), Route("GET", "/match/*", .nothing),
    Route("GET", "/sign-in", .nothing), Route("POST", "/sign-in", .nothing),
    Route("GET", "/sign-in/provider", .nothing),
    Route("GET", "/sign-in/provider/back", .nothing),
    Route("GET", "/link/*", .nothing), Route("POST", "/link/*", .nothing),
    Route("GET", "/privacy", .nothing), Route("GET", "/join", .nothing),
    Route("POST", "/join", .nothing),
    Route("GET", "/join/*", .nothing), Route("POST", "/join/*", .nothing),
  ]

  private static let ownDesk = [
    Route("GET", "/sign-in/second", .signedIn), Route("POST", "/sign-in/second", .signedIn),
    Route("GET", "/sign-in/enroll", .signedIn), Route("POST", "/sign-in/enroll", .signedIn),
    Route("GET", "/sign-in/password", .signedIn), Route("POST", "/sign-in/password", .signedIn),
    Route("POST", "/sign-out", .signedIn), Route("GET", "/me", .signedIn),
    Route("GET", "/me/data.json", .signedIn), Route("POST", "/me/role", .signedIn),
    Route("POST", "/me/session", .signedIn), Route("POST", "/me/request", .signedIn),
    Route("POST", "/me/consent", .signedIn),
    Route("POST", "/me/token", .acting),
  ]

  private static let administration = [
    Route("POST", "/desk/account/*/link", .roles([.systemAdmin])),
    Route("POST", "/desk/account/*/release", .roles([.securityAdmin, .auditAdmin])),
    Route("POST", "/desk/account/*/factor", .roles([.securityAdmin])),
    Route("POST", "/desk/export", .acting),
    Route("POST", "/desk/exportRequest/*/decide", .roles([.securityAdmin])),
    Route("GET", "/desk/exportRequest/*/file", .acting),
    Route("POST", "/desk/joining/*/decide", .act(.confirm, kind: "joining")),
    Route("POST", "/desk/rightsRequest/*/answer", .roles([.securityAdmin])),
    Route("GET", "/desk/assessment", .act(.read, kind: "assessmentScheme")),
    Route("GET", "/desk/assessment/*", .act(.read, kind: "assessmentScheme")),
    Route("GET", "/desk/assessment/*/workbook.xlsx", .act(.read, kind: "assessmentScheme")),
    Route("GET", "/desk/assessment/*/*", .act(.read, kind: "assessmentScheme")),
    Route("POST", "/desk/assessment/*/step", .act(.update, kind: "assessmentScheme")),
    Route("GET", "/desk/assessment/*/*/form", .act(.read, kind: "assessmentValue")),
    Route("POST", "/desk/assessment/*/*/form", .act(.create, kind: "assessmentValue")),
    Route("GET", "/desk/programs", .act(.read, kind: "listResult")),
    Route("GET", "/desk/documents", .act(.read, kind: "publishedDocument")),
    Route("GET", "/desk/document/*", .act(.read, kind: "publishedDocument")),
    Route("GET", "/desk/documents/*", .act(.create, kind: "publishedDocument")),
    Route("POST", "/desk/documents/*", .act(.create, kind: "publishedDocument")),
    Route("GET", "/desk/procedures", .acting), Route("GET", "/desk/inbox", .acting),
    Route("POST", "/desk/inbox", .acting), Route("GET", "/desk/inbox/*", .acting),
    Route("POST", "/desk/inbox/*", .acting),
    Route("GET", "/desk/tasks", .act(.read, kind: "task")),
    Route("GET", "/desk/proposals", .act(.read, kind: "proposal")),
    Route("POST", "/desk/listRound/*/compute", .act(.create, kind: "listResult")),
    Route("POST", "/desk/listRound/*/publish", .act(.create, kind: "listResult")),
    Route("GET", "/desk/conditions", .act(.read, kind: "conditionYear")),
    Route("GET", "/desk/conditions/*", .act(.read, kind: "conditionYear")),
    Route("GET", "/desk/policies", .roles([.securityAdmin])),
    Route("POST", "/desk/policies", .roles([.securityAdmin])),
    Route("GET", "/desk/access", .roles([.securityAdmin, .auditAdmin])),
    Route("GET", "/desk/access/as", .roles([.securityAdmin, .auditAdmin])),
    Route("GET", "/desk/audit", .roles([.auditAdmin])),
    Route("GET", "/desk/audit.csv", .roles([.auditAdmin])),
  ]

  private static let desk = [
    Route("GET", "/desk", .acting), Route("GET", "/desk/kinds", .acting),
    Route("GET", "/desk/need", .act(.create, kind: "exchangeItem")),
    Route("GET", "/desk/quality", .actSomewhere(.confirm)),
    Route("GET", "/desk/import", .actSomewhere(.create)),
    Route("POST", "/desk/import", .actSomewhere(.create)),
    Route("GET", "/desk/import/*", .actSomewhere(.create)),
    Route("POST", "/desk/import/*", .actSomewhere(.create)),
    Route("GET", "/desk/import/*/returned.xlsx", .actSomewhere(.create)),
    Route("POST", "/desk/import/run/*/undo", .actSomewhere(.update)),
    Route("GET", "/desk/match/*", .act(.read, kind: "exchangeItem")),
    Route("POST", "/desk/match/*/confirm", .act(.update, kind: "exchangeItem")),
    Route("GET", "/desk/:kind/new", .act(.create, kind: nil)),
    Route("GET", "/desk/:kind/names", .act(.read, kind: nil)),
    Route("GET", "/desk/:kind/template.xlsx", .act(.create, kind: nil)),
    Route("GET", "/desk/:kind/duplicates", .act(.join, kind: nil)),
    Route("POST", "/desk/:kind/duplicates", .act(.join, kind: nil)),
    Route("GET", "/desk/:kind/merge", .act(.join, kind: nil)),
    Route("POST", "/desk/:kind/merge", .act(.join, kind: nil)),
    Route("GET", "/desk/:kind/bulk", .act(.update, kind: nil)),
    Route("POST", "/desk/:kind/bulk", .act(.update, kind: nil)),
    Route("POST", "/desk/:kind/views", .act(.read, kind: nil)),
    Route("POST", "/desk/:kind/*/confirm", .act(.confirm, kind: nil)),
    Route("POST", "/desk/:kind/*/succeed", .act(.join, kind: nil)),
    Route("POST", "/desk/:kind/*/reveal", .act(.read, kind: nil)),
    Route("GET", "/desk/:kind/*/history", .act(.history, kind: nil)),
    Route("GET", "/desk/:kind/*/edit", .act(.update, kind: nil)),
    Route("GET", "/desk/:kind", .act(.read, kind: nil)),
    Route("POST", "/desk/:kind", .act(.create, kind: nil)),
    Route("GET", "/desk/:kind/*", .act(.read, kind: nil)),
    Route("POST", "/desk/:kind/*", .act(.update, kind: nil)),
  ]

  private static let api = [
    Route("GET", "/api", .nothing), Route("GET", "/api/kinds", .nothing),
    Route("GET", "/api/openapi.json", .nothing), Route("GET", "/api/figures", .nothing),
    Route("GET", "/api/audit/head", .nothing),
    Route("GET", "/api/assessment/*", .act(.read, kind: "assessmentScheme")),
    Route("POST", "/api/assessment/*/step", .act(.update, kind: "assessmentScheme")),
    Route("GET", "/api/assessment/*/*/form", .act(.read, kind: "assessmentValue")),
    Route("POST", "/api/assessment/*/*/form", .act(.create, kind: "assessmentValue")),
    Route("GET", "/api/public/assessment/*", .nothing),
    Route("GET", "/api/programs", .act(.read, kind: "listResult")),
    Route("GET", "/api/public/programs", .nothing),
    Route("GET", "/api/documents/*", .act(.create, kind: "publishedDocument")),
    Route("POST", "/api/documents/*", .act(.create, kind: "publishedDocument")),
    Route("GET", "/api/inbox", .acting), Route("POST", "/api/inbox", .acting),
    Route("GET", "/api/inbox/*", .acting), Route("POST", "/api/inbox/*", .acting),
    Route("GET", "/api/tasks", .act(.read, kind: "task")),
    Route("GET", "/api/public/tasks", .nothing),
    Route("POST", "/api/listRound/*/compute", .act(.create, kind: "listResult")),
    Route("POST", "/api/listRound/*/publish", .act(.create, kind: "listResult")),
    Route("GET", "/api/conditions", .act(.read, kind: "conditionYear")),
    Route("GET", "/api/conditions/*", .act(.read, kind: "conditionYear")),
    Route("GET", "/api/public/conditions", .nothing),
    Route("GET", "/api/public/conditions/*", .nothing),
    Route("GET", "/api/public/matches", .nothing), Route("GET", "/api/public/*", .nothing),
    Route("GET", "/api/public/*/*", .nothing),
    Route("POST", "/api/public/joining", .nothing),
    Route("GET", "/api/me/data", .signedIn), Route("POST", "/api/me/requests", .signedIn),
    Route("POST", "/api/joining/*/decide", .act(.confirm, kind: "joining")),
    Route("GET", "/api/changes", .roles([.cityBureau, .department])),
    Route("GET", "/api/matches", .act(.read, kind: "exchangeItem")),
    Route("POST", "/api/matches", .act(.read, kind: "exchangeItem")),
    Route("GET", "/api/imports", .actSomewhere(.create)),
    Route("POST", "/api/imports", .actSomewhere(.create)),
    Route("GET", "/api/imports/*", .actSomewhere(.create)),
    Route("GET", "/api/imports/*/returned.xlsx", .actSomewhere(.create)),
    Route("POST", "/api/imports/*/*", .actSomewhere(.create)),
    Route("POST", "/api/imports/runs/*/undo", .actSomewhere(.update)),
    Route("GET", "/api/:kind/template.xlsx", .act(.create, kind: nil)),
    Route("GET", "/api/:kind/duplicates", .act(.join, kind: nil)),
    Route("GET", "/api/:kind", .act(.read, kind: nil)),
    Route("POST", "/api/:kind", .act(.create, kind: nil)),
    Route("POST", "/api/:kind/bulk", .act(.create, kind: nil)),
    Route("GET", "/api/:kind/*", .act(.read, kind: nil)),
    Route("PUT", "/api/:kind/*", .act(.update, kind: nil)),
    Route("PATCH", "/api/:kind/*", .act(.update, kind: nil)),
    Route("GET", "/api/:kind/*/versions", .act(.history, kind: nil)),
    Route("GET", "/api/:kind/*/evidence", .act(.read, kind: nil)),
    Route("POST", "/api/:kind/*/confirmations", .act(.confirm, kind: nil)),
    Route("POST", "/api/:kind/*/merge", .act(.join, kind: nil)),
    Route("POST", "/api/:kind/*/successions", .act(.join, kind: nil)),
    Route("POST", "/api/:kind/*/reveal", .act(.read, kind: nil)),
  ]

  private static let publicLists = [
    Route("GET", "/:kind", .nothing), Route("GET", "/:kind/*", .nothing),
  ]
}
