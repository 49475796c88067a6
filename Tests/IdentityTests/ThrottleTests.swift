import Records
import Testing

@testable import Identity

/// Slowing down an address from which many attempts fail.
@Suite struct ThrottleTests {
  @Test func `after ten failures each further one doubles the wait, up to five minutes`() {
    let throttle = Throttle()
    var now = 1_000_000
    for _ in 1...9 {
      throttle.failed("a", now: now)
      #expect(throttle.wait("a", now: now) == 0)
    }
    var waits: [Int] = []
    for _ in 1...10 {
      throttle.failed("a", now: now)
      let wait = throttle.wait("a", now: now)
      waits.append(wait)
      #expect(throttle.wait("a", now: now + wait - 1) == 1)
      now += wait
      #expect(throttle.wait("a", now: now) == 0)
    }
    #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300])
    #expect(throttle.wait("b", now: now) == 0)
  }

  @Test func `failures long ago, and those before a success, are forgotten`() {
    let throttle = Throttle()
    for _ in 1...9 { throttle.failed("a", now: 0) }
    throttle.failed("a", now: 600)
    #expect(throttle.wait("a", now: 600) == 0)
    for _ in 1...20 { throttle.failed("a", now: 600) }
    #expect(throttle.wait("a", now: 600) == 300)
  }

  @Test func `a clock set back keeps no address out`() {
    let throttle = Throttle()
    for _ in 1...20 { throttle.failed("a", now: 1_000_000) }
    #expect(throttle.wait("a", now: 999_999) == 0)
    #expect(throttle.wait("a", now: 0) == 0)
    throttle.failed("a", now: 0)
    #expect(throttle.wait("a", now: 0) == 0)
  }

  @Test func `however many addresses fail, few are remembered`() {
    let throttle = Throttle()
    for _ in 1...20 { throttle.failed("busy", now: 1000) }
    for number in 0..<30_000 { throttle.failed("10.0.\(number)", now: 1000) }
    #expect(throttle.count <= 10_001)
    #expect(throttle.wait("busy", now: 1000) == 300, "who waits goes on waiting")
    // Ten failures each: all of them would have to be remembered.
    for number in 0..<10_050 {
      for _ in 1...10 { throttle.failed("10.1.\(number)", now: 1000) }
    }
    #expect(throttle.count <= 10_001)
  }

  @Test func `an address waits after ten failures whomever it tries; others don't`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      for number in 1...10 { _ = try city.signIn("name\(number)", "wrong") }
      try #expect(city.signIn("zhangsan").wait == 1)
      try #expect(city.signIn("zhangsan", from: "10.0.0.2").state == .open)
      city.clock.move(seconds: 1)
      try #expect(city.signIn("name11", "wrong").code == "ACC-E-020")
      try #expect(city.signIn("zhangsan").wait == 2)
      city.clock.move(seconds: 2)
      try #expect(city.signIn("zhangsan").state == .open)
      try #expect(city.signIn("name12", "wrong").code == "ACC-E-020")
      try #expect(city.signIn("name12", "wrong").wait == 4, "a good account frees nobody")
    }
  }

  @Test func `ten thousand attempts are answered and leave little behind`() throws {
    try withDesk { city in
      _ = try city.account("zhangsan", .cityBureau)
      for number in 0..<10_000 {
        let answer = try city.signIn(
          "name\(number % 2500)",
          "wrong",
          from: "10.\(number % 700).\(number % 3)"
        )
        #expect(answer.token == nil)
        if number % 100 == 0 { city.clock.move(minutes: 1) }
      }
      try #expect(city.rows(in: "sign_in_failure") <= 2100)
      try #expect(city.rows(in: "session") == 0)
      try #expect(city.signIn("zhangsan", from: "10.9.9.9").state == .open)
    }
  }
}
