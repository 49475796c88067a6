import Calendar
import Values

extension Functions {
  /// Moments, lengths of time, days.
  static let times: [Function] =
    [
      Function("timestamp", "timestamp>timestamp|string>timestamp|int>timestamp|date>timestamp") {
        arguments in
        switch arguments[0] {
        case .timestamp: arguments[0]
        case .int(let seconds): Moment.timestamp(Int128(seconds) * Moment.second)
        case .string(let text):
          Moment.timestamp(text).map(Moment.timestamp) ?? wrong("“\(text)”不是 RFC 3339 的时刻")
        case .date(let day): Moment.timestamp(Int128(day.dayNumber) * 86_400 * Moment.second)
        default: none("timestamp", arguments)
        }
      },
      Function("duration", "duration>duration|string>duration|int>duration") { arguments in
        switch arguments[0] {
        case .duration: arguments[0]
        case .int(let seconds): Moment.duration(Int128(seconds) * Moment.second)
        case .string(let text): Moment.duration(text).map(Moment.duration) ?? wrong("“\(text)”不是时长")
        default: none("duration", arguments)
        }
      },
      Function("date", "date>date|string>date|timestamp>date|int,int,int>date") { arguments in
        switch (arguments[0], arguments.count) {
        case (.date, 1): return arguments[0]
        case (.string(let text), 1):
          return CivilDate(text).map(RuleValue.date) ?? wrong("“\(text)”不是日期")
        case (.timestamp(let moment), 1):
          // The day in China.
          let day = CivilDate(dayNumber: Moment.Parts(moment, offset: 8 * 3_600).days)
          return .date(day)
        case (_, 3):
          let numbers = arguments.compactMap { $0.exact?.whole }
          guard numbers.count == 3 else { return none("date", arguments) }
          return CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]).map(RuleValue.date)
            ?? wrong("没有这一天：\(numbers[0])-\(numbers[1])-\(numbers[2])")
        default: return none("date", arguments)
        }
      },
    ]
    + parts.map { name, part in
      Function(".get\(name)", "timestamp>int|timestamp,string>int|duration>int|date>int") {
        arguments in
        get(name, arguments, part)
      }
    }

  private typealias Part = @Sendable (Moment.Parts) -> Int

  private static let parts: [(String, Part)] = [
    ("FullYear", { $0.civil.year }), ("Month", { $0.civil.month - 1 }),
    ("Date", { $0.civil.day }), ("DayOfMonth", { $0.civil.day - 1 }),
    ("DayOfWeek", { $0.weekday }), ("DayOfYear", { $0.dayOfYear }),
    ("Hours", { $0.secondOfDay / 3_600 }), ("Minutes", { $0.secondOfDay / 60 % 60 }),
    ("Seconds", { $0.secondOfDay % 60 }), ("Milliseconds", { $0.nanosecond / 1_000_000 }),
  ]

  private static func get(_ name: String, _ arguments: [RuleValue], _ part: Part) -> RuleValue {
    switch (arguments[0], arguments.count) {
    case (.timestamp(let moment), 1): return .int(Int64(part(Moment.Parts(moment))))
    case (.timestamp(let moment), 2):
      guard case .string(let zone) = arguments[1] else { break }
      guard let offset = Moment.offset(of: zone, at: moment) else { return wrong("没有时区 \(zone)") }
      return .int(Int64(part(Moment.Parts(moment, offset: offset))))
    case (.date(let day), 1) where !["Hours", "Minutes", "Seconds", "Milliseconds"].contains(name):
      let midnight = Int128(day.dayNumber) * 86_400 * Moment.second
      return .int(Int64(part(Moment.Parts(midnight))))
    case (.duration(let length), 1):
      // All of it in that unit, but for what is left of a second.
      switch name {
      case "Hours": return .int(Int64(length / (3_600 * Moment.second)))
      case "Minutes": return .int(Int64(length / (60 * Moment.second)))
      case "Seconds": return .int(Int64(length / Moment.second))
      case "Milliseconds": return .int(Int64(length % Moment.second / 1_000_000))
      default: break
      }
    default: break
    }
    return none("get\(name)", arguments)
  }
}
