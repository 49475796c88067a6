import Records

/// The form of an enterprise (类型).
package enum LegalForm: String, Choice {
  case stateOwned, collective, privateEnterprise, foreignFunded, hongKongMacaoTaiwan
  case soleTrader, cooperative, publicInstitution, socialOrganisation

  package var label: String {
    switch self {
    case .stateOwned: "国有"
    case .collective: "集体"
    case .privateEnterprise: "民营"
    case .foreignFunded: "外资"
    case .hongKongMacaoTaiwan: "港澳台资"
    case .soleTrader: "个体工商户"
    case .cooperative: "合作社"
    case .publicInstitution: "事业单位"
    case .socialOrganisation: "社会组织"
    }
  }
}

/// The statistical size of an enterprise (规模).
package enum SizeClass: String, Choice {
  case large, medium, small, micro

  package var label: String {
    switch self {
    case .large: "大型"
    case .medium: "中型"
    case .small: "小型"
    case .micro: "微型"
    }
  }
}

/// What an enterprise is known for (标签).
package enum EnterpriseTag: String, Choice {
  case integrationEnterprise, highTech, specialised, chainLeader

  package var label: String {
    switch self {
    case .integrationEnterprise: "产教融合型企业"
    case .highTech: "高新技术企业"
    case .specialised: "专精特新"
    case .chainLeader: "龙头企业"
    }
  }
}

/// The credit state of an enterprise (信用状态); anything but normal freezes it.
package enum CreditStatus: String, Choice {
  case normal, abnormalOperation, seriouslyDishonest, revoked, dissolved

  package var label: String {
    switch self {
    case .normal: "正常"
    case .abnormalOperation: "经营异常"
    case .seriouslyDishonest: "严重违法失信"
    case .revoked: "吊销"
    case .dissolved: "注销"
    }
  }
}

/// How far an enterprise is verified; see `registry.md` §4.2.
package enum EnterpriseVerification: String, Choice {
  case selfRegistered, checksPassed, verified, active, rejected, frozen, closed

  package var label: String {
    switch self {
    case .selfRegistered: "已自行登记"
    case .checksPassed: "已过自动校验"
    case .verified: "已核验"
    case .active: "在用"
    case .rejected: "已退回"
    case .frozen: "已冻结"
    case .closed: "已关闭"
    }
  }

  /// Whether it may publish needs and offers.
  package var mayPublish: Bool { self == .verified || self == .active }
}
