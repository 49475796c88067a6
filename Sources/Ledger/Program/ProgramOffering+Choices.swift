import Records

/// How students study (学习形式).
package enum StudyMode: String, Choice {
  case fullTime, partTime

  package var label: String {
    switch self {
    case .fullTime: "全日制"
    case .partTime: "非全日制"
    }
  }

  package var aliases: [String] { self == .partTime ? ["二元制", "业余"] : [] }
}

/// Where a program of a school stands (专业点状态).
package enum OfferingStatus: String, Choice {
  case planned, recruiting, pausedIntake, withdrawn

  package var label: String {
    switch self {
    case .planned: "拟设"
    case .recruiting: "招生"
    case .pausedIntake: "停招"
    case .withdrawn: "撤销"
    }
  }

  package var aliases: [String] {
    switch self {
    case .planned: ["拟开设"]
    case .recruiting: ["在招", "招生中"]
    case .pausedIntake: ["暂停招生"]
    case .withdrawn: ["已撤销"]
    }
  }
}
