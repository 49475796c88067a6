import Indicators
package import Calendar
import Exchange
import Foundation
package import Identity
package import Ledger
import Matching
import Mustache
package import Records
import Storage
import Synchronization
import Values

/// The site: pages and API over one register.
///
/// Answers requests; knows nothing of the network.
package final class Site: Sendable {
  /// The register as the visitor of this request may see it and write to it.
  var register: RecordStore { base.acting(as: Self.visitor.reader) }
  /// The register as it is, for what the site itself has to know.
  let base: RecordStore
  /// Where people sign in; `nil` where nobody can.
  package let signIn: SignInDesk?
  let city: City
  let book: IndicatorBook
  let index: MatchIndex
  let desk: MatchDesk
  let isDemo: Bool
  let asOf: CivilDate?
  /// Where files are taken in; `nil` without a folder to keep them in.
  package let importDesk: ImportDesk?
  /// The heads of the audit log; `nil` without a folder to keep them in.
  let heads: AuditHeads?
  /// Events that wait to be entered into the audit log; `nil` where they are entered at once.
  let pending: AuditPending?
  /// The day of the last head, as far as it is known.
  let headDay = Mutex<CivilDate?>(nil)
  private let library: MustacheLibrary
  private let assets: [String: (type: String, body: [UInt8])]
  private let version: String
  private let kept = Mutex(Kept())
  /// Who came by which cookie or token, as long as neither the register nor the sessions change.
  let visitors = Mutex(KnownVisitors())

  /// What an account or an address may ask.
  let limits = RequestLimits()

  private struct Kept {
    var sequence = -1
    var answers: [String: WebAnswer] = [:]
    /// How many bytes the answers hold.
    var size = 0
    /// What pages found out of the register: options of filters, titles of records.
    var facts: [String: any Sendable] = [:]
  }

  /// How many bytes of answers are kept.
  private static let most = 12_000_000

  /// How many facts are kept.
  private static let mostFacts = 5_000

  /// Where the change feed stood when the request came; what it finds out is kept only for that state.
  @TaskLocal private static var begun = -1

  /// Who the request at hand comes from.
  @TaskLocal static var visitor = Visitor.anybody

  /// The visitor as who writes on a page.
  static var officer: Actor { visitor.actor(.manual) }
  /// The visitor as who writes over the API.
  static var program: Actor { visitor.actor(.api) }

  /// Assembles the site.
  ///
  /// - Parameters:
  ///   - register: the register, migrated.
  ///   - city: its city.
  ///   - isDemo: whether the records were made up.
  ///   - asOf: the day the records describe, when it is not today.
  ///   - folder: the data folder, for files that are handed in and heads of the audit log; without it
  ///     none are taken or written.
  ///   - signIn: where people sign in; without it everybody is anybody.
  ///   - pending: where events wait for the audit log; entered at once when `nil`.
  /// - Throws: when the templates are missing or broken; the store's errors.
  package init(
    register: RecordStore,
    city: City,
    isDemo: Bool,
    asOf: CivilDate?,
    folder: String? = nil,
    signIn: SignInDesk? = nil,
    pending: AuditPending? = nil
  ) throws {
    importDesk = folder.map { ImportDesk(register, folder: $0 + "/imports") }
    base = register
    self.signIn = signIn
    heads = folder.map(AuditHeads.init)
    self.pending = pending
    self.city = city
    self.isDemo = isDemo
    self.asOf = asOf
    book = IndicatorBook(register)
    index = MatchIndex(register, city: city)
    desk = MatchDesk(register, city: city, index: index)
    var library = MustacheLibrary()
    let templates = Bundle.module.resourceURL?.appendingPathComponent("Templates")
    for file in try Self.files(templates) where file.pathExtension == "mustache" {
      let name = file.deletingPathExtension().lastPathComponent
      try library.register(String(contentsOf: file, encoding: .utf8), named: name)
    }
    self.library = library
    var assets: [String: (type: String, body: [UInt8])] = [:]
    var sum: UInt64 = 5381
    let own = try Self.files(Bundle.module.resourceURL?.appendingPathComponent("Public"))
    for file in own + Self.libraries.filter({ FileManager.default.isReadableFile(atPath: $0.path) })
    {
      let body = Array(try Data(contentsOf: file))
      for byte in body { sum = sum &* 33 &+ UInt64(byte) }
      let type = file.pathExtension == "css" ? "text/css" : "text/javascript"
      assets[file.lastPathComponent] = (type + "; charset=utf-8", body)
    }
    self.assets = assets
    version = String(sum, radix: 36)
  }

  /// What Debian's packages libjs-bootstrap5 and libjs-chart.js bring; pages work without them.
  static let libraries = [
    "bootstrap5/css/bootstrap-reboot.min.css", "chart.js/chart.min.js",
  ].map { URL(fileURLWithPath: "/usr/share/javascript/" + $0) }

  private static func files(_ folder: URL?) throws -> [URL] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
  }

  /// Takes in what changed, also by other processes; pages kept in memory are dropped.
  package func catchUp() throws {
    let sequence = try index.catchUp()
    let isHeldAnew = try base.holdColumns()
    kept.withLock { kept in
      if kept.sequence != sequence || isHeldAnew { kept = Kept(sequence: sequence) }
    }
  }

  /// An answer kept in memory, if there is one.
  package func keptAnswer(_ request: WebRequest) -> WebAnswer? {
    guard request.method == "GET", mayKeep(request) else { return nil }
    return kept.withLock { $0.answers[request.target] }
  }

  /// Answers a request; never fails.
  package func answer(_ request: WebRequest) -> WebAnswer {
    do {
      let sequence = kept.withLock { $0.sequence }
      let answer = try Self.$begun.withValue(sequence) { try admit(request) }
      if request.method == "GET", answer.status == 200, answer.stream == nil, mayKeep(request),
        answer.body.count < 500_000
      {
        kept.withLock { kept in
          guard kept.sequence == sequence else { return }
          if kept.size > Self.most {
            kept.answers.removeAll()
            kept.size = 0
          }
          kept.answers[request.target] = answer
          kept.size += answer.body.count
        }
      }
      guard case .work(let make)? = answer.stream else { return answer }
      return .work { [self] isWanted in
        do {
          var made = try make(isWanted)
          made.headers += answer.headers
          return made
        } catch  where isWanted() { return failed(error, request) }
      }
    } catch {
      return failed(error, request)
    }
  }

  private func failed(_ error: any Error, _ request: WebRequest) -> WebAnswer {
    switch error {
    case StorageError.full, StorageError.busy, StorageError.readOnly:
      failure((error as? StorageError)?.sentence ?? "", request)
    case let error as Refused: denial(error, request)
    case let error as UnknownField: refusal("没有名为 \(error.path) 的筛选项。", request)
    case let error as SealedField:
      refusal("\(error.label)加密保存，不能按它的内容筛选、排序或分组，只能查填没填。", request)
    default:
      failure(
        Incident.note(error, "\(request.method) /\(request.path.prefix(2).joined(separator: "/"))"),
        request
      )
    }
  }

  /// Up to which change the register is known.
  var sequence: Int { kept.withLock { $0.sequence } }

  /// A fact of the register, found out once and kept until something changes.
  ///
  /// Each sort of visitor has their own: what one may know another may not.
  func remembered<Fact: Sendable>(_ name: String, _ find: () throws -> Fact) throws -> Fact {
    let name = Self.visitor.scope + " " + name
    if let known = kept.withLock({ $0.facts[name] }), let fact = known as? Fact { return fact }
    let fact = try find()
    keep(fact, as: name)
    return fact
  }

  /// Lets a fact be found out anew.
  func forget(_ name: String) {
    let name = Self.visitor.scope + " " + name
    kept.withLock { $0.facts[name] = nil }
  }

  private func keep(_ fact: some Sendable, as name: String) {
    kept.withLock { kept in
      guard kept.sequence == Self.begun else { return }
      if kept.facts.count > Self.mostFacts { kept.facts = [:] }
      kept.facts[name] = fact
    }
  }

  /// The titles of some records; those known already are not looked up again.
  func titles(_ kind: String, _ ids: Set<String>, _ reading: any Reading) throws -> [String: String]
  {
    guard let declared = register.kind(kind) else { return [:] }
    let name = Self.visitor.scope + " titles.\(kind)"
    var titles = kept.withLock { $0.facts[name] as? [String: String] } ?? [:]
    let missing = ids.filter { titles[$0] == nil }
    guard !missing.isEmpty else { return titles }
    if titles.count > 20_000 { titles = [:] }
    titles.merge(try register.titles(declared, missing, in: reading)) { $1 }
    keep(titles, as: name)
    return titles
  }

  /// What the public reads may be kept; what is asked as the officer may not.
  private func mayKeep(_ request: WebRequest) -> Bool {
    guard request.target.utf8.count < 300 else { return false }
    switch request.path.first {
    case "desk", "health", "sign-in", "sign-out", "me", "link", "join": return false
    case "api":
      return request.path.dropFirst().first == "public" || request.path == ["api", "figures"]
    default: return true
    }
  }

  /// Whether the body of a request is a file to be taken in, which is put on disk and not held.
  func takesUpload(_ request: WebRequest) -> Bool {
    importDesk != nil && [["desk", "import"], ["api", "imports"]].contains(request.path)
  }

  /// Why nothing is taken from the visitor of a request; `nil` when something is.
  func uploadRefusal(_ request: WebRequest) -> WebAnswer? {
    do { return refusal(request, try visitor(request)) } catch { return failed(error, request) }
  }

  /// An asset by its name.
  func asset(_ name: String) -> WebAnswer? {
    guard let asset = assets[name] else { return nil }
    var answer = WebAnswer("", type: asset.type)
    answer.body = asset.body
    answer.headers.append(("Cache-Control", "public, max-age=31536000, immutable"))
    return answer
  }

  // MARK: Rendering

  /// Renders a page.
  func page(
    _ template: String,
    _ model: Model,
    door: Door,
    current: String = "",
    status: Int = 200,
    startedAt: Date
  ) -> WebAnswer {
    var page = model
    page["platformName"] = city.platformName
    page["cityName"] = city.name
    page["publisher"] = city.bureau
    page["isDemo"] = isDemo
    page["acting"] = door == .desk ? acting() : nil
    page["homeHref"] = door == .desk ? "/desk" : Address.home
    page["nav"] = navigation(door, current)
    if page["findText"] == nil { page["findText"] = "" }
    page["asOf"] = asOf?.description ?? register.clock.now().date.description
    page["assets"] = version
    page["hasBase"] = assets["bootstrap-reboot.min.css"] != nil
    if assets["chart.min.js"] == nil { page["drawsChart"] = nil }
    page["serverMs"] = String(Int(Date().timeIntervalSince(startedAt) * 1000))
    page["footLinks"] =
      door == .desk
      ? [["text": "公开页面", "href": "/"] as Model] : [["text": "登录与经办", "href": "/desk"] as Model]
    if let links = page["footLinks"] as? [Model] {
      page["footLinks"] =
        links + [
          ["text": "单位入驻", "href": "/join"], ["text": "隐私说明", "href": Address.privacy],
          ["text": "开放接口", "href": Address.reference],
        ]
    }
    return WebAnswer(library.render(page, withTemplate: template) ?? "", status: status)
  }

  /// What the visitor finds beside the registers.
  var deskItems: [(String, String, String)] {
    let reader = Self.visitor.reader
    var items: [(String, String, String)] = []
    // Administrators bring no files in and vouch for no records.
    let isAdministrator = Role.administrators.contains(reader.role)
    if !isAdministrator, register.kinds.contains(where: { reader.may(.create, $0) }) {
      items.append(("导入", Address.imports, "imports"))
    }
    if !isAdministrator, register.kinds.contains(where: { reader.may(.confirm, $0) }) {
      items.append(("数据质量", Address.quality, "quality"))
    }
    for kind in Identity.kinds {
      guard reader.mayList(kind) else { continue }
      // What is only one's own stands on one's own page; files wait to be fetched here.
      let isOwnOnly = reader.grants(of: kind).allSatisfy { grant in
        if case .person = grant.scope { true } else { false }
      }
      guard !isOwnOnly || kind.name == "exportRequest" else { continue }
      items.append((kind.label, Address.list(kind.name, .desk), kind.name))
    }
    if [.securityAdmin, .auditAdmin].contains(reader.role) {
      items.append(("权限表", "/desk/access", "access"))
      if reader.role == .securityAdmin {
        items.append(("安全策略", "/desk/policies", "policies"))
      }
    }
    if reader.role == .auditAdmin { items.append(("审计记录", "/desk/audit", "audit")) }
    return items
  }

  private func navigation(_ door: Door, _ current: String) -> HTML {
    let isAdministrator = door == .desk && Role.administrators.contains(Self.visitor.reader.role)
    let registers = [
      "school", "programOffering", "enterprise", "carrier", "exchangeItem", "conditions",
      "assessment", "programs", "tasks", "documents", "inbox",
    ]
    let items: [(String, String, String)] =
      [
        ("首页", door == .desk ? "/desk" : Address.home, "home")
      ] + (door == .desk ? [("待办", "/desk/inbox", "inbox")] : [])
      + [
        ("学校", Address.list("school", door), "school"),
        ("专业", Address.list("programOffering", door), "programOffering"),
        ("企业", Address.list("enterprise", door), "enterprise"),
        ("载体", Address.list("carrier", door), "carrier"),
        ("供需对接", Address.list("exchangeItem", door), "exchangeItem"),
        ("看板", Address.board, "board"), ("数据指标", Address.figures, "figures"),
        ("办学条件", "\(door.base)/conditions", "conditions"),
        ("工作考核", "\(door.base)/assessment", "assessment"),
        ("专业清单", "\(door.base)/programs", "programs"),
        ("督办", "\(door.base)/tasks", "tasks"), ("公文", "\(door.base)/documents", "documents"),
        ("更多台账", door == .desk ? "/desk/kinds" : Address.kinds, "kinds"),
      ].filter { !isAdministrator || !registers.contains($0.2) }
      + (door == .desk ? deskItems : [])
    var html = HTML()
    for (text, address, name) in items {
      html.mark("<li><a")
      html.attribute("href", address)
      if name == current { html.mark(" aria-current=\"page\"") }
      html.mark(">")
      html.say(text)
      html.mark("</a></li>")
    }
    return html
  }

  /// A page that says what went wrong and where to go.
  func message(
    _ title: String,
    _ text: String,
    status: Int,
    door: Door = .public,
    todo: String? = nil,
    links: [(text: String, href: String)] = []
  ) -> WebAnswer {
    page(
      "message",
      [
        "title": title, "text": text, "statusCode": String(status), "todo": todo,
        "links":
          (links + [
            ("回到首页", door == .desk ? "/desk" : "/"),
            ("全部台账", door == .desk ? "/desk/kinds" : Address.kinds),
          ]).map { ["text": $0.text, "href": $0.href] as Model },
      ],
      door: door,
      status: status,
      startedAt: Date()
    )
  }

  private func failure(_ text: String, _ request: WebRequest) -> WebAnswer {
    if request.path.first == "api" { return .problem(text, status: 500) }
    return message("暂时办不了", text, status: 500, todo: "请稍后再试；反复出现时请运行 citong doctor。")
  }

  private func refusal(_ text: String, _ request: WebRequest) -> WebAnswer {
    if request.path.first == "api" { return .problem(text, status: 400) }
    return message("地址里的条件不对", text, status: 400)
  }
}
