import Records

/// The seven forms of cooperation the law names (合作形式); see `exchange.md` §3.
package enum CooperationForm: String, Choice {
  case curriculum, jointTraining, apprenticeship, jointInstitution, skillEvaluation, socialService
  case other

  package var label: String {
    switch self {
    case .curriculum: "共建专业、课程与标准"
    case .jointTraining: "联合培养与人员互聘、实习就业和研发"
    case .apprenticeship: "学徒制合作"
    case .jointInstitution: "共建机构、基地与平台"
    case .skillEvaluation: "技能评价与竞赛"
    case .socialService: "社会服务与文化传承"
    case .other: "法律允许的其他形式"
    }
  }

  package var aliases: [String] {
    switch self {
    case .curriculum: ["专业共建", "课程开发", "1"]
    case .jointTraining: ["联合培养", "订单班", "实习", "就业", "研发", "2"]
    case .apprenticeship: ["学徒制", "现代学徒制", "3"]
    case .jointInstitution: ["共建", "产业学院", "实训基地", "4"]
    case .skillEvaluation: ["技能评价", "技能竞赛", "5"]
    case .socialService: ["社会服务", "技术服务", "培训", "6"]
    case .other: ["其他", "7"]
    }
  }
}

/// Where a cooperation stands (合作状态).
package enum CooperationStatus: String, Choice {
  case intended, active, dormant, ended

  package var label: String {
    switch self {
    case .intended: "意向"
    case .active: "合作中"
    case .dormant: "休眠"
    case .ended: "已结束"
    }
  }

  package var aliases: [String] {
    switch self {
    case .intended: ["拟合作"]
    case .active: ["在合作"]
    case .dormant: ["暂停"]
    case .ended: ["终止", "到期"]
    }
  }
}
