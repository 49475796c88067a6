import Calendar
import CitongTesting
import Testing

@Suite struct ClockTests {
  @Test func `moments are shown in the civil time of China`() {
    let table = [
      (0, "1970-01-01 08:00"), (-28_801, "1969-12-31 23:59"), (-28_800, "1970-01-01 00:00"),
      (57_599, "1970-01-01 23:59"), (57_600, "1970-01-02 00:00"),
    ]
    for (seconds, text) in table { #expect(Instant(seconds: seconds).civilText == text) }
  }

  @Test func `a fixed clock stands on its day`() {
    let clock = Clock.fixed(day("2022-07-14"))
    #expect(clock.now().date == day("2022-07-14"))
    #expect(clock.now() == clock.now())
    #expect(clock.now().civilText == "2022-07-14 09:00")
    #expect(Instant(seconds: 1) < Instant(seconds: 2))
  }
}
