import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Serves a site over HTTP on a loopback address, with orderly shutdown.
package struct SiteServer: Sendable {
  private let site: Site
  private let host: String
  private let port: Int
  private let names: Set<String>
  private let logger: Logger

  /// Makes a server.
  ///
  /// - Parameters:
  ///   - site: what is served.
  ///   - host: the loopback address.
  ///   - port: the port.
  ///   - names: the names under which a proxy on this machine, which does the TLS, passes visitors on.
  ///   - logger: takes what goes wrong.
  package init(_ site: Site, host: String, port: Int, names: [String] = [], logger: Logger) {
    self.names = Set(names.map { $0.lowercased() })
    self.site = site
    self.host = host
    self.port = port
    self.logger = logger
  }

  /// Serves until the process is told to stop.
  ///
  /// - Parameter onRunning: called once requests are answered.
  /// - Throws: when the address can't be had.
  package func run(onRunning: @escaping @Sendable () async -> Void = {}) async throws {
    // Who reads never waits for who writes: writers may have to wait for an import.
    // Who takes out a long file, maybe slowly, takes no thread from either.
    let pools = [4, 4, 1, 4].map { NIOThreadPool(numberOfThreads: $0) }
    let (threads, writers, importing, giving) = (pools[0], pools[1], pools[2], pools[3])
    for pool in pools { pool.start() }
    let application = Application(
      responder: SiteResponder(
        site: site,
        names: names,
        threads: threads,
        writers: writers,
        giving: giving
      ),
      configuration: .init(address: .hostname(host, port: port), serverName: "citong"),
      services: [
        Follower(
          [
            .init("writing the head of the audit log") { try site.keepHead() },
            // The first time fills the index while pages are served already.
            .init("catching up with the change feed") { try site.catchUp() },
          ],
          threads: threads,
          logger: logger
        ),
        ImportRunner(site: site, threads: importing, logger: logger),
      ],
      onServerRunning: { _ in await onRunning() },
      logger: logger
    )
    defer { for pool in pools { pool.shutdownGracefully { _ in } } }
    try await application.runService()
  }
}

/// Does the work of imports, one after another.
private struct ImportRunner: Service {
  let site: Site
  let threads: NIOThreadPool
  let logger: Logger

  func run() async throws {
    guard let imports = site.importDesk else {
      try? await gracefulShutdown()
      return
    }
    try await withGracefulShutdownHandler {
      for await id in imports.due.cancelOnGracefulShutdown() {
        try await threads.runIfActive { imports.work(on: id, onWritten: catchUp) }
      }
    } onGracefulShutdown: {
      imports.stop()
    }
  }

  /// What was written is seen before the job says that it is done.
  private func catchUp() {
    do { try site.catchUp() } catch {
      logger.error("catching up with the change feed failed: \(error)")
    }
  }
}

/// Turns requests of the network into those of the site.
private struct SiteResponder: HTTPResponder {
  typealias Context = SiteContext

  let site: Site
  let names: Set<String>
  let threads: NIOThreadPool
  let writers: NIOThreadPool
  let giving: NIOThreadPool

  private static let largestBody = 4_000_000
  /// The largest file that is taken in.
  private static let largestUpload = 1_000_000_000

  func respond(to request: Request, context: SiteContext) async throws -> Response {
    guard let way = way(request, context) else {
      return response(.problem("只接受本机或本站名称的访问。", status: 421), method: request.method)
    }
    var answer = try await answered(request, way)
    if way.isSecure {
      answer.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
    }
    return answer
  }

  private func answered(_ request: Request, _ way: Way) async throws -> Response {
    if let refusal = Self.refuse(request, way) {
      return response(refusal, method: request.method)
    }
    let target = request.head.path ?? "/"
    let method = request.method == .head ? "GET" : request.method.rawValue
    var asked = WebRequest(method: method, target: target)
    if let kept = site.keptAnswer(asked) { return response(kept, method: request.method) }
    for name in WebRequest.usedHeaders {
      if let field = HTTPField.Name(name), let value = request.headers[field] {
        asked.headers[name] = value
      }
    }
    asked.address = way.address
    asked.isSecure = way.isSecure
    asked.site = way.origin
    if method == "POST", site.takesUpload(asked) {
      let offered = asked
      if let refusal = try await writers.runIfActive({ site.uploadRefusal(offered) }) {
        return response(refusal, method: request.method)
      }
      do {
        asked.upload = try await receive(request)
      } catch is TooLarge {
        return response(.problem("文件太大，最多 1 GB。", status: 413), method: request.method)
      } catch is Unkept {
        return response(
          .problem("文件没能存下，可能磁盘已满或数据文件夹不可写，请检查后再传。", status: 507),
          method: request.method
        )
      }
    } else if method != "GET" {
      do {
        asked.body = Array(buffer: try await request.body.collect(upTo: Self.largestBody))
      } catch {
        return response(.problem("内容太大，最多 4 MB。", status: 413), method: request.method)
      }
    }
    let ready = asked
    let pool = method == "GET" ? threads : writers
    var answer = try await pool.runIfActive { site.answer(ready) }
    if case .work(let make)? = answer.stream { answer = try await done(make, for: request) }
    return response(answer, method: request.method)
  }

  /// Does the work of an answer, and gives it up when the client goes.
  private func done(
    _ make: @escaping @Sendable (() -> Bool) throws -> WebAnswer,
    for request: Request
  ) async throws -> WebAnswer {
    let hasLeft = Flag()
    let work: @Sendable () async throws -> WebAnswer = {
      try await giving.runIfActive { try make { !hasLeft.isUp } }
    }
    return try await request.body.consumeWithCancellationOnInboundClose { _ in
      try await withTaskCancellationHandler(operation: work, onCancel: hasLeft.raise)
    }
  }

  /// Tells a thread of the pool that its work is not wanted any more.
  private final class Flag: Sendable {
    private let state = Mutex(false)
    var isUp: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
  }

  private struct TooLarge: Error {}
  private struct Unkept: Error {}

  /// Puts a body into a file as it comes.
  private func receive(_ request: Request) async throws -> String? {
    guard let imports = site.importDesk else { return nil }
    let path: String
    do { path = try imports.inbox() } catch { throw Unkept() }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw Unkept() }
    var isKept = false
    defer {
      // A file that is not handed on is of no use; if it can't be taken away the next start does.
      if !isKept { try? FileManager.default.removeItem(atPath: path) }
    }
    var size = 0
    for try await buffer in request.body {
      size += buffer.readableBytes
      guard size <= Self.largestUpload else { throw TooLarge() }
      do { try handle.write(contentsOf: Data(buffer.readableBytesView)) } catch { throw Unkept() }
    }
    do { try handle.close() } catch { throw Unkept() }
    isKept = true
    return path
  }

  /// Where the other end of the connection is.
  private static func address(of context: Context) -> String {
    context.channel?.remoteAddress?.ipAddress ?? ""
  }

  /// How a request reached us: straight on this machine, or over TLS through the proxy before us.
  private struct Way {
    var isSecure = false
    var address: String
    var origin: String
  }

  /// Only our own pages may talk to the site: by names that are not ours (rebinding), or through a proxy
  /// without TLS, nobody is answered.
  private func way(_ request: Request, _ context: Context) -> Way? {
    let host = request.head.authority ?? ""
    let name =
      host.hasPrefix("[")
      ? String(host.prefix { $0 != "]" }.dropFirst())
      : String(host.split(separator: ":").first ?? "")
    let peer = Self.address(of: context)
    if ["127.0.0.1", "localhost", "::1"].contains(name) {
      return Way(address: peer, origin: "http://\(host)")
    }
    guard names.contains(name.lowercased()), Self.header("X-Forwarded-Proto", request) == "https"
    else { return nil }
    // The proxy adds who it heard from at the end; what stands before anybody may have written.
    let client = Self.header("X-Forwarded-For", request)?.split(separator: ",").last
    return Way(
      isSecure: true,
      address: client.map { $0.trimmingCharacters(in: .whitespaces) } ?? peer,
      origin: "https://\(host)"
    )
  }

  private static func header(_ name: String, _ request: Request) -> String? {
    HTTPField.Name(name).flatMap { request.headers[$0] }
  }

  /// Forms of other sites (forged ones) are refused.
  private static func refuse(_ request: Request, _ way: Way) -> WebAnswer? {
    guard request.method != .get, request.method != .head else { return nil }
    let origin = header("Origin", request)
    let fetchSite = header("Sec-Fetch-Site", request)
    if let origin, origin != way.origin, origin != "null" || fetchSite != "same-origin" {
      return .problem("不接受来自其他网站的提交。", status: 403)
    }
    if let fetchSite, !["same-origin", "none"].contains(fetchSite) {
      return .problem("不接受来自其他网站的提交。", status: 403)
    }
    return nil
  }

  private static let guards: [(HTTPField.Name, String)] = [
    ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
  ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

  private func response(_ answer: WebAnswer, method: HTTPRequest.Method) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.type
    headers[.contentSecurityPolicy] =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
      + " frame-ancestors 'none'; form-action 'self'"
    headers[.xContentTypeOptions] = "nosniff"
    for (name, value) in Self.guards { headers[name] = value }
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-cache" }
    let body: ResponseBody
    switch answer.stream {
    case _ where method == .head:
      if case .file(let path)? = answer.stream { try? FileManager.default.removeItem(atPath: path) }
      body = .init()
    case nil, .work:
      headers[.contentLength] = String(answer.body.count)
      body = .init(byteBuffer: ByteBuffer(bytes: answer.body))
    case .file(let path):
      headers[.contentLength] = (try? FileManager.default.attributesOfItem(atPath: path))?[.size]
        .flatMap { $0 as? Int }.map(String.init)
      body = Self.body(ofFile: path)
    case .pieces(let give): body = Self.body(of: give, giving)
    case .events(let next): body = Self.body(asking: next, threads)
    }
    return Response(status: .init(code: answer.status), headers: headers, body: body)
  }

  /// A file piece by piece; it goes when it was sent, and when nobody took it.
  private static func body(ofFile path: String) -> ResponseBody {
    ResponseBody { writer in
      defer { try? FileManager.default.removeItem(atPath: path) }
      guard let handle = FileHandle(forReadingAtPath: path) else {
        return try await writer.finish(nil)
      }
      defer { try? handle.close() }
      while let data = try handle.read(upToCount: 262_144), !data.isEmpty {
        try await writer.write(ByteBuffer(bytes: data))
      }
      try await writer.finish(nil)
    }
  }

  /// What comes, asked for every second until the listener goes or the server ends.
  private static func body(
    asking next: @escaping @Sendable (Int?) throws -> (text: String, place: Int),
    _ threads: NIOThreadPool
  ) -> ResponseBody {
    ResponseBody { writer in
      var place: Int?
      var quiet = 0
      try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
      while !Task.isShuttingDownGracefully {
        let from = place
        let (text, reached) = try await threads.runIfActive { try next(from) }
        place = reached
        quiet = text.isEmpty ? quiet + 1 : 0
        if !text.isEmpty {
          try await writer.write(ByteBuffer(string: text))
        } else if quiet.isMultiple(of: 15) {
          // A word now and then shows that the connection lives.
          try await writer.write(ByteBuffer(string: ": \n\n"))
        }
        try await Task.sleep(for: .seconds(1))
      }
      try await writer.finish(nil)
    }
  }

  /// Pieces as they are made on a thread of the pool, a few ahead of what was sent.
  private static func body(
    of give: @escaping @Sendable ((String) throws -> Void) throws -> Void,
    _ threads: NIOThreadPool
  ) -> ResponseBody {
    ResponseBody { writer in
      let channel = PieceChannel()
      async let making: Void = threads.runIfActive {
        defer { channel.end() }
        var pending = ""
        try give { piece in
          pending += piece
          guard pending.utf8.count > 65_536 else { return }
          try channel.put(pending)
          pending = ""
        }
        try channel.put(pending)
      }
      do {
        for await piece in channel.pieces {
          try await writer.write(ByteBuffer(string: piece))
          channel.took()
        }
      } catch {
        // Nobody listens any more: the maker is told at its next piece.
        channel.leave()
        throw error
      }
      try await making
      try await writer.finish(nil)
    }
  }
}

/// What is known of the connection a request came by.
private struct SiteContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: (any Channel)?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
