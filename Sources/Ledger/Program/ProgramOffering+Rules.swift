package import Records
package import Values

extension ProgramOffering {
  package func check(_ surroundings: Surroundings) -> [Problem] {
    checkLevel(surroundings) + checkYears()
  }

  /// The level of the program against the kind of school.
  private func checkLevel(_ surroundings: Surroundings) -> [Problem] {
    guard
      let level = surroundings.referred("program", programCode, "level").text
        .flatMap(StudentLevel.init(rawValue:)),
      let kind = surroundings.referred("school", schoolId, "institutionKind").text
        .flatMap(InstitutionKind.init(rawValue:)),
      !kind.levels.contains(level)
    else { return [] }
    let name = surroundings.referred("program", programCode, "programName").text ?? programCode
    let wanted = kind.levels.map { "\($0.label)（\($0.codeRange)）" }.joined(separator: "、")
    return [
      Problem(
        "REG-E-021",
        "programCode",
        "“\(name)”（\(programCode)）是\(level.label)专业，而该校是\(kind.label)，可开设的是\(wanted)专业，括号内为代码前两位。请改选专业，或核对学校类型。"
      )
    ]
  }

  private func checkYears() -> [Problem] {
    guard let openedIn else { return [] }
    var problems: [Problem] = []
    if let closedIn, closedIn < openedIn {
      problems.append(
        Problem("REG-E-052", "closedIn", "撤销年份 \(closedIn) 早于设置年份 \(openedIn)，请核对。")
      )
    }
    if let lastIntakeYear, lastIntakeYear < openedIn {
      problems.append(
        Problem("REG-E-052", "lastIntakeYear", "最近招生年份 \(lastIntakeYear) 早于设置年份 \(openedIn)，请核对。")
      )
    }
    return problems
  }
}

extension InstitutionKind {
  /// The levels such a school may offer.
  var levels: [StudentLevel] {
    switch self {
    case .secondaryVocationalSchool, .technicianSchool: [.secondary]
    case .higherVocationalCollege: [.juniorCollege]
    case .vocationalUniversity: [.juniorCollege, .vocationalBachelor]
    case .ordinaryUniversity: StudentLevel.allCases
    }
  }
}
