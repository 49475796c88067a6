import Synchronization

/// Slows down an address from which many attempts fail, without a riddle to solve: after ten failures in
/// ten minutes each further one doubles the wait, up to five minutes.
final class Throttle: Sendable {
  private struct Failures {
    var times: [Int] = []
    var until = 0
  }

  private let byAddress = Mutex<[String: Failures]>([:])

  private static let window = 600
  private static let free = 10
  private static let longest = 300
  /// How many addresses are remembered; beyond it the quiet ones are forgotten.
  private static let most = 10_000

  /// How many addresses are remembered.
  var count: Int { byAddress.withLock { $0.count } }

  /// How many seconds an address has to wait; 0 when it may try.
  func wait(_ address: String, now: Int) -> Int {
    byAddress.withLock { known in
      guard let failures = known[address] else { return 0 }
      let seconds = failures.until - now
      // Only a clock that was set back makes anybody wait for longer than the longest wait: nobody does.
      return seconds > Self.longest ? 0 : max(0, seconds)
    }
  }

  /// Notes that an attempt failed.
  func failed(_ address: String, now: Int) {
    byAddress.withLock { known in
      if known.count > Self.most { known = known.filter { $0.value.until > now } }
      var failures = known[address] ?? Failures()
      failures.times = failures.times.filter { $0 > now - Self.window && $0 <= now } + [now]
      let over = failures.times.count - Self.free
      if over >= 0 { failures.until = now + min(Self.longest, 1 << min(over, 9)) }
      known[address] = failures
    }
  }
}
