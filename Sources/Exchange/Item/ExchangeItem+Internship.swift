import Records
import Values

/// The limits of internships a post itself must keep; 教职成〔2021〕4号 and `internship.md` §4.
///
/// A limit that may be exceeded with a filing becomes a warning once the filing is named.
extension ExchangeItem {
  func checkInternship(_ surroundings: Surroundings) -> [Problem] {
    guard kind == .internshipPost else { return [] }
    let time = [checkHours(), checkDays(), checkOvertime(), checkNight(), checkHolidays()]
    let work = [
      checkTasks(), checkRepetition(), checkIntensity(), checkVenue(surroundings), checkMentors(),
    ]
    let numbers = [checkPayFloor(), checkPayExcess()] + checkCeilings(surroundings)
    return checkShiftTimes() + (time + work + numbers).compactMap { $0 }
      + checkHazards(surroundings.city)
  }

  // MARK: Working time

  private func checkHours() -> Problem? {
    guard let tenths = self[attribute: "hoursPerDay"].integer, tenths > 80 else { return nil }
    let hours = Ratio(Int128(tenths), 10).decimal(places: tenths % 10 == 0 ? 0 : 1)
    return Problem("INT-E-016", "hoursPerDay", "每天工时填的是 \(hours) 小时，实习每天不超过 8 小时，请改短。")
  }

  private func checkDays() -> Problem? {
    guard let days = self[attribute: "daysPerWeek"].integer, days > 5 else { return nil }
    return Problem(
      "INT-E-016",
      "daysPerWeek",
      "每周天数填的是 \(days) 天，实习每周不超过 5 天、40 小时，请改少。"
    )
  }

  private func checkOvertime() -> Problem? {
    guard self[attribute: "overtime"].boolean == true else { return nil }
    return exemptible("INT-E-016", rule: 16, "overtime", "实习岗位填了有加班", "实习一般不得加班，请取消加班")
  }

  private func checkNight() -> Problem? {
    if let from = shiftStart, let to = shiftEnd, Self.touchesNight(from, to) {
      let shift =
        "\(self[attribute: "shiftStart"].text ?? "")–\(self[attribute: "shiftEnd"].text ?? "")"
      return exemptible(
        "INT-E-111",
        rule: 16,
        "shiftStart",
        "班次 \(shift) 与 22:00–6:00 重叠，属夜班",
        "实习一般不得安排夜班，请调整班次"
      )
    }
    guard self[attribute: "nightShift"].boolean == true else { return nil }
    return exemptible("INT-E-111", rule: 16, "nightShift", "实习岗位填了有夜班", "实习一般不得安排夜班，请取消夜班")
  }

  private func checkHolidays() -> Problem? {
    guard self[attribute: "holidayWork"].boolean == true else { return nil }
    return exemptible(
      "INT-E-112",
      rule: 16,
      "holidayWork",
      "实习岗位填了休息日、节假日上班",
      "实习一般不得在休息日、节假日上班，请取消"
    )
  }

  private func checkShiftTimes() -> [Problem] {
    [("shiftStart", "上班时刻"), ("shiftEnd", "下班时刻")].compactMap { name, label in
      guard let text = self[attribute: name].text, Self.minutes(text) == nil else { return nil }
      return Problem("EXC-E-030", name, "\(label)填的是“\(text)”，应为 08:00 这样的时刻。")
    }
  }

  private var shiftStart: Int? { self[attribute: "shiftStart"].text.flatMap(Self.minutes) }
  private var shiftEnd: Int? { self[attribute: "shiftEnd"].text.flatMap(Self.minutes) }

  /// Minutes since midnight of `8:00`, `08:00`, `24:00`.
  private static func minutes(_ text: String) -> Int? {
    let parts = Text.code(text).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]),
      let minute = Int(parts[1]),
      (0...59).contains(minute), (0...24).contains(hour), hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }

  /// Whether a shift has a minute between 22:00 and 6:00; one that ends earlier ends the next day.
  private static func touchesNight(_ from: Int, _ to: Int) -> Bool {
    to <= from || from < 6 * 60 || to > 22 * 60
  }

  // MARK: Work

  private func checkTasks() -> Problem? {
    let tasks = self[attribute: "typicalTasks"].list
    guard !tasks.isEmpty, tasks.count < 3 else { return nil }
    return Problem("INT-W-008", "typicalTasks", "典型工作任务只有 \(tasks.count) 项，至少 3 项，请补充。")
  }

  private func checkRepetition() -> Problem? {
    guard let share = self[attribute: "repetitiveShare"].integer, share > 5_000 else { return nil }
    if share >= 10_000 {
      return Problem(
        "INT-E-008",
        "repetitiveShare",
        "简单重复劳动占全部，实习不得只安排简单重复劳动，请增加与专业有关的任务。"
      )
    }
    let percent = Ratio(Int128(share), 100).rounded
    return Problem(
      "INT-W-008",
      "repetitiveShare",
      "简单重复劳动占 \(percent)%，超过一半，请增加与专业有关的任务。"
    )
  }

  private func checkIntensity() -> Problem? {
    guard
      let intensity = self[attribute: "labourIntensity"].text
        .flatMap(LabourIntensity.init(rawValue:)), intensity == .third || intensity == .fourth
    else { return nil }
    return Problem(
      "INT-E-009",
      "labourIntensity",
      "体力劳动强度为 \(intensity.label)，实习不得安排 III 级及以上，请调整岗位。"
    )
  }

  private func checkVenue(_ surroundings: Surroundings) -> Problem? {
    guard let venue = self[attribute: "venueKind"].text, venue.hasPrefix("entertainment") else {
      return nil
    }
    let label =
      surroundings.city.codeTable("venueKind")?.first { $0.code == venue }?.label ?? venue
    return Problem("INT-E-116", "venueKind", "实习场所填的是“\(label)”，营业性娱乐场所一律不得安排实习，请更换场所。")
  }

  private func checkMentors() -> Problem? {
    guard let mentors = self[attribute: "mentorCount"].integer, let headcount else { return nil }
    let needed = (headcount + 4) / 5
    guard mentors < needed else { return nil }
    return Problem(
      "INT-W-024",
      "mentorCount",
      "\(headcount) 名实习生有企业导师 \(mentors) 人，每 5 名至少 1 名，应不少于 \(needed) 人，请增配导师。"
    )
  }

  /// A limit that a filing with the authority may lift.
  func exemptible(
    _ code: String,
    rule: Int,
    _ field: String,
    _ found: String,
    _ remedy: String
  ) -> Problem {
    guard let filing = self[attribute: "filingDoc"].text else {
      return Problem(code, field, "\(found)，\(remedy)，或填写事先备案文号。")
    }
    let number = "00\(rule)".suffix(3)
    return Problem("INT-W-\(number)", field, "\(found)，已填备案文号“\(filing)”，请审核人对照备案核对。")
  }
}
