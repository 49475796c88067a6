import Calendar
import CitongTesting
import Testing

@Suite struct PeriodTests {
  @Test func `a period holds both its ends`() {
    #expect(Period(day("2022-07-14"), day("2022-07-14"))?.days == 1)
    #expect(Period(day("2022-07-01"), day("2022-07-31"))?.days == 31)
    #expect(Period(day("2022-07-02"), day("2022-07-01")) == nil)
  }

  @Test func `the overlap is the days in common`() throws {
    let first = try #require(Period(day("2022-07-01"), day("2022-07-10")))
    let second = try #require(Period(day("2022-07-08"), day("2022-07-20")))
    let third = try #require(Period(day("2022-07-11"), day("2022-07-12")))
    #expect(first.overlap(with: second) == 3)
    #expect(second.overlap(with: first) == 3)
    #expect(first.overlap(with: first) == 10)
    #expect(first.overlap(with: third) == 0)
    #expect(first.overlap(with: second, movableBy: 5) == 8)
    #expect(first.overlap(with: second, movableBy: 30) == 10)
  }

  @Test func `moving by some days is the best of all the moves, for every small pair`() {
    let base = day("2022-07-01")
    func period(_ start: Int, _ length: Int) -> Period? {
      Period(base.adding(days: start), base.adding(days: start + length - 1))
    }
    var wrong: [String] = []
    for length in 1...4 {
      for start in -8...8 {
        for otherLength in 1...6 {
          for flex in 0...4 {
            guard let one = period(0, length), let other = period(start, otherLength) else {
              continue
            }
            let best = (-flex...flex).map { shift in
              period(start + shift, otherLength).map { one.overlap(with: $0) } ?? 0
            }.max()
            if one.overlap(with: other, movableBy: flex) != best {
              wrong.append("\(length) days, other \(otherLength) from \(start), flex \(flex)")
            }
          }
        }
      }
    }
    #expect(wrong.isEmpty)
  }
}
