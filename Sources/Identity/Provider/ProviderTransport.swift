import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// How an identity provider is asked over the network.
package struct ProviderTransport: Sendable {
  /// What is asked.
  package struct Question: Hashable, Sendable {
    /// The address.
    package var address: String
    /// What is posted, as a form; it is fetched when `nil`.
    package var form: [String: String]?
    /// The `Authorization` header; empty for none.
    package var authorization = ""
  }

  /// What is answered.
  package struct Reply: Hashable, Sendable {
    /// The status.
    package var status: Int
    /// The body.
    package var body: [UInt8]

    /// Makes a reply.
    package init(status: Int, body: [UInt8]) {
      self.status = status
      self.body = body
    }
  }

  /// The provider did not answer, or with more than is read.
  package struct Silent: Error {
    /// Why.
    package var reason: String

    /// Makes it.
    package init(reason: String) { self.reason = reason }
  }

  /// Asks; waits for the answer.
  package var ask: @Sendable (Question) throws -> Reply

  /// Makes a transport.
  package init(_ ask: @escaping @Sendable (Question) throws -> Reply) { self.ask = ask }

  /// For how many seconds an answer is waited for.
  private static let patience = 10.0
  /// How many bytes an answer may have.
  private static let mostBytes = 1_000_000

  /// The network.
  package static let network = ProviderTransport { question in
    guard let url = URL(string: question.address) else { throw Silent(reason: "地址不对") }
    var request = URLRequest(url: url, timeoutInterval: patience)
    request.setValue("application/json", forHTTPHeaderField: "Accept")
    if !question.authorization.isEmpty {
      request.setValue(question.authorization, forHTTPHeaderField: "Authorization")
    }
    if let form = question.form {
      request.httpMethod = "POST"
      request.setValue(
        "application/x-www-form-urlencoded",
        forHTTPHeaderField: "Content-Type"
      )
      request.httpBody = Data(Self.encoded(form).utf8)
    }
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForResource = patience
    configuration.httpShouldSetCookies = false
    let exchange = Exchange(mostBytes: mostBytes)
    let session = URLSession(configuration: configuration, delegate: exchange, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: request).resume()
    guard exchange.wait(seconds: patience + 1) else { throw Silent(reason: "等了太久") }
    return try exchange.outcome()
  }

  /// A form as it is posted.
  static func encoded(_ form: [String: String]) -> String {
    form.sorted { $0.key < $1.key }.map { "\(encoded($0.key))=\(encoded($0.value))" }
      .joined(separator: "&")
  }

  /// A text as it stands in a form or in an address.
  static func encoded(_ text: String) -> String {
    var allowed = CharacterSet(charactersIn: "-._~")
    allowed.insert(charactersIn: "0"..."9")
    allowed.insert(charactersIn: "a"..."z")
    allowed.insert(charactersIn: "A"..."Z")
    return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }
}

/// One exchange with a provider: follows nothing, reads no more than it may.
private final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var status = 0
    var body: [UInt8] = []
    var failure: String?
  }

  private let mostBytes: Int
  private let state = Mutex(State())
  private let done = DispatchSemaphore(value: 0)

  init(mostBytes: Int) { self.mostBytes = mostBytes }

  func wait(seconds: Double) -> Bool { done.wait(timeout: .now() + seconds) == .success }

  func outcome() throws -> ProviderTransport.Reply {
    let state = state.withLock { $0 }
    if let failure = state.failure { throw ProviderTransport.Silent(reason: failure) }
    return .init(status: state.status, body: state.body)
  }

  func urlSession(
    _ session: URLSession,
    task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLong = state.withLock { state in
      state.body += data
      if state.body.count > mostBytes { state.failure = "回答太长" }
      return state.failure != nil
    }
    if isTooLong { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession,
    task: URLSessionTask,
    didCompleteWithError error: (any Error)?
  ) {
    state.withLock { state in
      state.status = (task.response as? HTTPURLResponse)?.statusCode ?? 0
      if let error, state.failure == nil { state.failure = "\(error.localizedDescription)" }
    }
    done.signal()
  }
}
