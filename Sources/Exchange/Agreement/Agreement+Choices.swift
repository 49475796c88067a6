import Records

/// What an agreement is about (协议类别).
package enum AgreementKind: String, Choice {
  case framework, internship, orderTraining, apprenticeship, employment, technology, training
  case coBuild, sharing, staffExchange, other

  package var label: String {
    switch self {
    case .framework: "合作框架协议"
    case .internship: "实习合作协议"
    case .orderTraining: "订单培养协议"
    case .apprenticeship: "学徒培养协议"
    case .employment: "用工供给协议"
    case .technology: "技术合同"
    case .training: "培训评价协议"
    case .coBuild: "共建协议"
    case .sharing: "设备场地使用协议"
    case .staffExchange: "教师实践与人员互聘协议"
    case .other: "其他"
    }
  }
}

/// Where an agreement stands (状态).
package enum AgreementStatus: String, Choice {
  case draft, signed, active, expired, terminated

  package var label: String {
    switch self {
    case .draft: "拟定"
    case .signed: "已签"
    case .active: "有效"
    case .expired: "已到期"
    case .terminated: "已终止"
    }
  }
}

/// Who may read the text of an agreement (保密).
package enum AgreementConfidentiality: String, Choice {
  case parties, bureau, secret

  package var label: String {
    switch self {
    case .parties: "签约各方"
    case .bureau: "签约各方与主管部门"
    case .secret: "商业秘密"
    }
  }
}
