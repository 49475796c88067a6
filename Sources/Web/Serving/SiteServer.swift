import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves a site over HTTP on a loopback address, with orderly shutdown.
package struct SiteServer: Sendable {
  private let site: Site
  private let host: String
  private let port: Int
  private let logger: Logger

  /// Makes a server.
  package init(_ site: Site, host: String, port: Int, logger: Logger) {
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
    let threads = NIOThreadPool(numberOfThreads: 4)
    threads.start()
    let application = Application(
      responder: SiteResponder(site: site, threads: threads),
      configuration: .init(address: .hostname(host, port: port), serverName: "citong"),
      services: [Follower(site: site, threads: threads, logger: logger)],
      onServerRunning: { _ in await onRunning() },
      logger: logger
    )
    defer { threads.shutdownGracefully { _ in } }
    try await application.runService()
  }
}

/// Takes in what other processes change, once a second.
private struct Follower: Service {
  let site: Site
  let threads: NIOThreadPool
  let logger: Logger

  func run() async throws {
    try? await gracefully {
      // The first time fills the index while pages are served already.
      while !Task.isCancelled {
        do {
          try await threads.runIfActive { try site.catchUp() }
        } catch {
          logger.error("catching up with the change feed failed: \(error)")
        }
        try await Task.sleep(for: .seconds(1))
      }
    }
  }

  private func gracefully(_ body: @Sendable @escaping () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await body() }
      group.addTask { try await gracefulShutdown() }
      try await group.next()
      group.cancelAll()
    }
  }
}

/// Turns requests of the network into those of the site.
private struct SiteResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let site: Site
  let threads: NIOThreadPool

  private static let largestBody = 4_000_000

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    if let refusal = Self.refuse(request) { return Self.response(refusal, method: request.method) }
    let target = request.head.path ?? "/"
    let method = request.method == .head ? "GET" : request.method.rawValue
    var asked = WebRequest(method: method, target: target)
    if let kept = site.keptAnswer(asked) { return Self.response(kept, method: request.method) }
    if method != "GET" {
      do {
        asked.body = Array(buffer: try await request.body.collect(upTo: Self.largestBody))
      } catch {
        return Self.response(.problem("内容太大，最多 4 MB。", status: 413), method: request.method)
      }
    }
    let ready = asked
    let answer = try await threads.runIfActive { site.answer(ready) }
    return Self.response(answer, method: request.method)
  }

  /// Until there is identity, only this machine's own pages may talk to the site: other host names
  /// (rebinding) and other origins (forged forms) are refused.
  private static func refuse(_ request: Request) -> WebAnswer? {
    let host = request.head.authority ?? ""
    let name =
      host.hasPrefix("[")
      ? String(host.prefix { $0 != "]" }.dropFirst())
      : String(host.split(separator: ":").first ?? "")
    guard ["127.0.0.1", "localhost", "::1"].contains(name) else {
      return .problem("只接受本机地址的访问。", status: 421)
    }
    guard request.method != .get, request.method != .head else { return nil }
    let originName = HTTPField.Name("Origin")
    let siteName = HTTPField.Name("Sec-Fetch-Site")
    let origin = originName.flatMap { request.headers[$0] }
    let fetchSite = siteName.flatMap { request.headers[$0] }
    if let origin, origin != "http://\(host)", origin != "null" || fetchSite != "same-origin" {
      return .problem("不接受来自其他网站的提交。", status: 403)
    }
    if let fetchSite, !["same-origin", "none"].contains(fetchSite) {
      return .problem("不接受来自其他网站的提交。", status: 403)
    }
    return nil
  }

  private static func response(_ answer: WebAnswer, method: HTTPRequest.Method) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = answer.type
    headers[.contentLength] = String(answer.body.count)
    headers[.contentSecurityPolicy] =
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'"
    headers[.xContentTypeOptions] = "nosniff"
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-cache" }
    let body: ResponseBody =
      method == .head ? .init() : .init(byteBuffer: ByteBuffer(bytes: answer.body))
    return Response(status: .init(code: answer.status), headers: headers, body: body)
  }
}
