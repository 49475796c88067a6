import Records
import Values

/// Who owns what is found (知识产权).
enum PropertyArrangement: String, Choice {
  case enterprise, school, shared, negotiable

  var label: String {
    switch self {
    case .enterprise: "归企业"
    case .school: "归学校"
    case .shared: "双方共有"
    case .negotiable: "面议"
    }
  }
}

/// Who may read the details (保密).
enum Confidentiality: String, Choice {
  case `public`, nda

  var label: String { self == .public ? "可公开" : "签保密协议后可看" }
}

/// What a result is (成果类别).
enum ResultKind: String, Choice {
  case patent, software, process, prototype

  var label: String {
    switch self {
    case .patent: "专利"
    case .software: "软件"
    case .process: "工艺"
    case .prototype: "样机"
    }
  }
}

/// How a result changes hands (转化方式).
enum TransferMode: String, Choice {
  case licence, assignment, equity, joint

  var label: String {
    switch self {
    case .licence: "许可使用"
    case .assignment: "转让"
    case .equity: "作价入股"
    case .joint: "合作实施"
    }
  }
}

/// The grade of skill aimed at (目标等级).
enum SkillGrade: String, Choice {
  case five, four, three, two, one

  var label: String {
    switch self {
    case .five: "五级（初级工）"
    case .four: "四级（中级工）"
    case .three: "三级（高级工）"
    case .two: "二级（技师）"
    case .one: "一级（高级技师）"
    }
  }

  var aliases: [String] {
    switch self {
    case .five: ["五级", "初级工", "五级/初级工", "5"]
    case .four: ["四级", "中级工", "四级/中级工", "4"]
    case .three: ["三级", "高级工", "三级/高级工", "3"]
    case .two: ["二级", "技师", "二级/技师", "2"]
    case .one: ["一级", "高级技师", "一级/高级技师", "1"]
    }
  }

  /// Whether it counts as an advanced certificate: 三级（高级工） and above.
  var isAdvanced: Bool {
    switch self {
    case .five, .four: false
    case .three, .two, .one: true
    }
  }

  /// Reads a grade as people write it; the 初级、中级、高级 of 1+X are another scale and none of these.
  init?(named text: String) {
    let wanted = Text.comparable(text)
    let grade = Self.allCases.first { grade in
      ([grade.rawValue, grade.label] + grade.aliases).contains { Text.comparable($0) == wanted }
    }
    guard let grade else { return nil }
    self = grade
  }
}

/// Where a training takes place (培训方式).
enum TrainingMode: String, Choice {
  case onSite, campus, online, mixed

  var label: String {
    switch self {
    case .onSite: "到企业"
    case .campus: "在学校"
    case .online: "线上"
    case .mixed: "线上线下结合"
    }
  }
}

/// How a teacher practises in an enterprise (实践形式).
enum PracticeKind: String, Choice {
  case postWork, project, training, secondment

  var label: String {
    switch self {
    case .postWork: "顶岗"
    case .project: "项目研发"
    case .training: "技能培训"
    case .secondment: "挂职"
    }
  }
}

/// What must be learnt before equipment may be used (安全培训).
enum SafetyTraining: String, Choice {
  case none, briefing, test, permit

  var label: String {
    switch self {
    case .none: "不需要"
    case .briefing: "现场讲解"
    case .test: "培训并考核"
    case .permit: "须持证"
    }
  }
}

/// What a party puts in (投入类别).
enum ContributionKind: String, Choice {
  case cash, equipment, site, people, ip

  var label: String {
    switch self {
    case .cash: "资金"
    case .equipment: "设备"
    case .site: "场地"
    case .people: "人员"
    case .ip: "知识产权"
    }
  }
}

/// A day of the week (星期).
enum Weekday: String, Choice {
  case monday = "1"
  case tuesday = "2"
  case wednesday = "3"
  case thursday = "4"
  case friday = "5"
  case saturday = "6"
  case sunday = "7"

  var label: String {
    switch self {
    case .monday: "周一"
    case .tuesday: "周二"
    case .wednesday: "周三"
    case .thursday: "周四"
    case .friday: "周五"
    case .saturday: "周六"
    case .sunday: "周日"
    }
  }
}

/// Yes or no in a small table.
enum YesNo: String, Choice {
  case yes = "true"
  case no = "false"

  var label: String { self == .yes ? "是" : "否" }

  var aliases: [String] {
    self == .yes ? ["1", "有", "yes", "y", "必须", "√"] : ["0", "无", "no", "n", "可选", "×"]
  }
}
