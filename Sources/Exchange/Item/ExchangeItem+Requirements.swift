import Calendar
import Ledger
import Records
import Values

/// What is asked of those who answer: levels, programs, skills.
extension ExchangeItem {
  func checkRequirements() -> [Problem] {
    [checkLevels(), checkSkillCount()].compactMap { $0 } + checkPrograms() + checkCertificates()
  }

  private func checkLevels() -> Problem? {
    guard let levelMin, let levelMax, levelMin.rank > levelMax.rank else { return nil }
    return Problem(
      "EXC-E-024",
      "levelMax",
      "最高学段“\(levelMax.label)”低于最低学段“\(levelMin.label)”，请对调或核对。"
    )
  }

  private func checkSkillCount() -> Problem? {
    guard skillTerms.rows.count > 15 else { return nil }
    return Problem(
      "EXC-E-033",
      "skillTerms",
      "技能词有 \(skillTerms.rows.count) 个，最多 15 个，请保留最要紧的。"
    )
  }

  private func checkCertificates() -> [Problem] {
    certificateRefs.rows.compactMap { row in
      guard row.count > 3, !row[3].isEmpty, CivilDate(row[3]) == nil else { return nil }
      return Problem(
        "EXC-E-041",
        "certificateRefs",
        "证书“\(row[0])”的预计取得日期填的是“\(row[3])”，应为日期，例如 2022-06-30。"
      )
    }
  }

  private func checkPrograms() -> [Problem] {
    programRefs.rows.compactMap { row in
      guard let code = row.first, !code.isEmpty else { return nil }
      guard ProgramWish(row) != nil else { return unreadable(code) }
      return ProgramCode(code).flatMap { misplaced($0, written: code) }
    }
  }

  private func unreadable(_ code: String) -> Problem {
    Problem(
      "EXC-W-026",
      "programRefs",
      "专业要求填的是“\(code)”，不是专业代码，匹配时用不上，请填 6 位专业代码、4 位专业类或 2 位专业大类。"
    )
  }

  /// A program of a level that the item does not ask for.
  private func misplaced(_ program: ProgramCode, written code: String) -> Problem? {
    guard let level = StudentLevel(rawValue: program.level.rawValue),
      let lowest = levelMin ?? levelMax ?? classLevel,
      let highest = levelMax ?? levelMin ?? classLevel,
      lowest.rank <= highest.rank, !(lowest.rank...highest.rank).contains(level.rank)
    else { return nil }
    let wanted = lowest == highest ? lowest.label : "\(lowest.label)到\(highest.label)"
    return Problem(
      "EXC-E-004",
      "programRefs",
      "专业代码 \(code) 是\(level.label)的专业，学段填的是\(wanted)，请改专业代码或学段。"
    )
  }

  private var classLevel: StudentLevel? {
    self[attribute: "level"].text.flatMap(StudentLevel.init(rawValue:))
  }
}

extension StudentLevel {
  /// The place in the order from 中职 upward.
  var rank: Int {
    switch self {
    case .secondary: 1
    case .juniorCollege: 2
    case .vocationalBachelor: 3
    }
  }
}
