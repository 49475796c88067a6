import Records

/// What an honour is given to (对象类别).
package enum HonourSubject: String, Choice {
  case school, programGroup, programOffering, discipline, team, teacher, carrier

  package var label: String {
    switch self {
    case .school: "学校"
    case .programGroup: "专业群"
    case .programOffering: "专业"
    case .discipline: "学科"
    case .team: "团队"
    case .teacher: "教师"
    case .carrier: "载体"
    }
  }

  package var aliases: [String] { self == .programOffering ? ["专业点"] : [] }
}

/// Where an honour stands (荣誉状态).
package enum HonourStatus: String, Choice {
  case nurturing, construction, accepted, failed, revoked, expired

  package var label: String {
    switch self {
    case .nurturing: "培育"
    case .construction: "立项建设"
    case .accepted: "验收通过"
    case .failed: "验收不通过"
    case .revoked: "撤销"
    case .expired: "到期"
    }
  }

  package var aliases: [String] {
    switch self {
    case .construction: ["立项", "建设中", "在建"]
    case .accepted: ["通过验收", "已验收"]
    case .revoked: ["已撤销"]
    case .expired: ["已到期"]
    case .nurturing, .failed: []
    }
  }

  /// Whether figures count it (立项建设和验收通过).
  package var isCounted: Bool { self == .construction || self == .accepted }
}
