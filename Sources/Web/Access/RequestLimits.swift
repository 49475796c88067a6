import Calendar
import Identity
import Records
import Synchronization
import Values

/// Keeps one account or one address from taking the server for itself: each has a bucket of requests
/// that fills again by the second.
///
/// Only visitors who come over the proxy are counted; who asks on the machine itself runs it.
final class RequestLimits: Sendable {
  /// What an account or an address may ask.
  struct Rate: Sendable {
    /// How many requests at once.
    var burst: Int
    /// How many more each second.
    var perSecond: Int

    /// People with a browser, and programs that go through a list.
    static let usual = Rate(burst: 600, perSecond: 20)
  }

  private struct Bucket {
    var left: Int
    var at: Int
    var toldAt = 0
  }

  private let rate: Rate
  private let buckets = Mutex<[String: Bucket]>([:])
  /// How many accounts and addresses are remembered; beyond it the full buckets are forgotten.
  private static let most = 20_000

  init(_ rate: Rate = .usual) { self.rate = rate }

  /// What comes of asking.
  enum Answer: Equatable {
    /// Go on.
    case granted
    /// Not now: in so many seconds; and whether it is to be noted, once a minute.
    case wait(seconds: Int, isNews: Bool)
  }

  /// Takes from the bucket of a name.
  ///
  /// - Parameters:
  ///   - name: the account or address.
  ///   - weight: how many plain requests it is worth.
  ///   - now: the second.
  /// - Returns: whether it may go on.
  func take(_ name: String, weight: Int, now: Int) -> Answer {
    buckets.withLock { known in
      if known.count > Self.most {
        known = known.filter { now - $0.value.at < rate.burst / max(1, rate.perSecond) }
      }
      var bucket = known[name] ?? Bucket(left: rate.burst, at: now)
      // A clock that was set back gives nothing and takes nothing.
      let passed = max(0, now - bucket.at)
      bucket.left = min(rate.burst, bucket.left + min(passed, rate.burst) * rate.perSecond)
      bucket.at = now
      defer { known[name] = bucket }
      guard bucket.left < weight else {
        bucket.left -= weight
        return .granted
      }
      let isNews = now - bucket.toldAt >= 60 || now < bucket.toldAt
      if isNews { bucket.toldAt = now }
      let missing = weight - bucket.left
      return .wait(
        seconds: (missing + rate.perSecond - 1) / max(1, rate.perSecond),
        isNews: isNews
      )
    }
  }

  /// How many plain requests an address is worth: what computes, streams or reads a whole register costs
  /// more.
  static func weight(_ request: WebRequest) -> Int {
    let last = request.path.last ?? ""
    if request.path.first == "assets" { return 0 }
    if last.hasSuffix(".csv") || last.hasSuffix(".xlsx") || last == "changes" { return 20 }
    if ["match", "matches", "search", "duplicates", "import", "imports"].contains(
      where: request.path.contains
    ) {
      return 10
    }
    // Asking to join is free for anybody, and work for a clerk.
    if request.method == "POST", request.path.contains(where: { ["join", "joining"].contains($0) })
    {
      return 100
    }
    return request.method == "GET" ? 1 : 3
  }
}

extension Site {
  /// The answer to who asked for too much; `nil` for anybody else.
  func limited(_ request: WebRequest, _ visitor: Visitor) throws -> WebAnswer? {
    guard request.isSecure else { return nil }
    let account = visitor.signedIn?.account.accountId
    let name = account.map { "account \($0)" } ?? "address \(request.address)"
    let weight = RequestLimits.weight(request)
    guard
      case .wait(let seconds, let isNews) = limits.take(
        name,
        weight: weight,
        now: base.clock.now().seconds
      )
    else { return nil }
    if isNews {
      var event = AuditEvent("limit", by: visitor.actor(.manual))
      event.result = .denied
      event.reason = "\(request.method) /\(request.path.prefix(2).joined(separator: "/"))"
      try note(event)
    }
    let sentence = "请求太多，请 \(seconds) 秒后再试。"
    var answer =
      request.path.first == "api"
      ? WebAnswer.problem("请求太多", status: 429, [Problem("ACC-E-027", "", sentence)])
      : message("请稍等", sentence, status: 429)
    answer.headers.append(("Retry-After", String(seconds)))
    return answer
  }
}
