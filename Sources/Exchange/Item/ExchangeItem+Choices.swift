import Records

/// Where an item stands (状态); see `exchange.md` §5.1.
package enum ItemStatus: String, Choice {
  case draft, submitted, published, paused, filled, expired, withdrawn, returned, blocked

  package var label: String {
    switch self {
    case .draft: "草稿"
    case .submitted: "待审核"
    case .published: "已发布"
    case .paused: "暂停"
    case .filled: "已满"
    case .expired: "已过期"
    case .withdrawn: "已撤回"
    case .returned: "已退回"
    case .blocked: "已屏蔽"
    }
  }

  /// Whether others see it or soon will, so that everything must be in order.
  package var isOffered: Bool { self == .submitted || self == .published }
  /// Whether it is still being worked on, so that it is worth saying what is missing.
  package var isOpen: Bool { isOffered || self == .draft || self == .returned }
}

/// Who may see an item (可见范围).
package enum ItemVisibility: String, Choice {
  case `public`, verifiedOrgs, invited

  package var label: String {
    switch self {
    case .public: "公开"
    case .verifiedOrgs: "已核验单位"
    case .invited: "受邀单位"
    }
  }
}

/// How shifts run (班制).
enum ShiftKind: String, Choice {
  case day, twoShift, threeShift

  var label: String {
    switch self {
    case .day: "白班"
    case .twoShift: "两班倒"
    case .threeShift: "三班倒"
    }
  }
}

/// What board or lodging costs (食宿).
enum BoardTerms: String, Choice {
  case free, paid, none

  var label: String {
    switch self {
    case .free: "免费提供"
    case .paid: "付费提供"
    case .none: "不提供"
    }
  }
}

/// The parts of social insurance (社会保险).
enum SocialInsurance: String, Choice {
  case pension, medical, unemployment, workInjury, maternity, housingFund

  var label: String {
    switch self {
    case .pension: "养老"
    case .medical: "医疗"
    case .unemployment: "失业"
    case .workInjury: "工伤"
    case .maternity: "生育"
    case .housingFund: "公积金"
    }
  }
}

/// How heavy the work is (体力劳动强度).
enum LabourIntensity: String, Choice {
  case first = "I"
  case second = "II"
  case third = "III"
  case fourth = "IV"

  var label: String { "\(rawValue) 级" }

  var aliases: [String] {
    switch self {
    case .first: ["1", "Ⅰ", "一级", "轻"]
    case .second: ["2", "Ⅱ", "二级", "中"]
    case .third: ["3", "Ⅲ", "三级", "重"]
    case .fourth: ["4", "Ⅳ", "四级", "极重"]
    }
  }
}

/// Who pays for the interns' liability insurance (投保方).
enum InsurancePayer: String, Choice {
  case school, host, both

  var label: String {
    switch self {
    case .school: "学校"
    case .host: "实习单位"
    case .both: "双方"
    }
  }

  var aliases: [String] { self == .host ? ["enterprise", "企业"] : [] }
}

/// How a class is trained (培养模式).
enum ClassModel: String, Choice {
  case order, named, modern, erYuan, enterpriseNew

  var label: String {
    switch self {
    case .order: "订单班"
    case .named: "冠名班"
    case .modern: "现代学徒制"
    case .erYuan: "二元制"
    case .enterpriseNew: "企业新型学徒制"
    }
  }

  var aliases: [String] { self == .modern ? ["modernApprenticeship"] : [] }
}

/// From whom a class is recruited (招收对象).
enum RecruitFrom: String, Choice {
  case studentsInSchool, newStudents, employees

  var label: String {
    switch self {
    case .studentsInSchool: "在校生"
    case .newStudents: "新生"
    case .employees: "企业职工"
    }
  }
}
