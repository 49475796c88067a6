import Records

/// What kind of carrier it is (载体类型); see `carriers.md` §3.
package enum CarrierKind: String, Choice {
  case industryCollege, vocationalGroup, alliance, cityConsortium, researchPlatform, trainingBase
  case iurPlatform, integrationEnterprise, practiceBase, experienceVenue

  package var label: String {
    switch self {
    case .industryCollege: "产业学院"
    case .vocationalGroup: "职教集团"
    case .alliance: "产教融合联盟"
    case .cityConsortium: "市域产教联合体"
    case .researchPlatform: "科研平台"
    case .trainingBase: "实训基地"
    case .iurPlatform: "产学研一体化平台"
    case .integrationEnterprise: "产教融合型企业"
    case .practiceBase: "教师企业实践基地"
    case .experienceVenue: "职业体验中心"
    }
  }

  package var aliases: [String] {
    switch self {
    case .industryCollege: ["现代产业学院"]
    case .vocationalGroup: ["职业教育集团"]
    case .alliance: ["联盟"]
    case .cityConsortium: ["产教联合体"]
    case .practiceBase: ["师资培训基地"]
    case .experienceVenue: ["职业体验基地", "职业启蒙中心"]
    case .researchPlatform, .trainingBase, .iurPlatform, .integrationEnterprise: []
    }
  }
}

/// Where a carrier stands (载体状态); see `carriers.md` §5.
package enum CarrierState: String, Choice {
  case proposed, registered, verified, active, accepted, dormant, closed, revoked

  package var label: String {
    switch self {
    case .proposed: "拟建"
    case .registered: "已登记"
    case .verified: "已核实"
    case .active: "运行中"
    case .accepted: "已验收"
    case .dormant: "休眠"
    case .closed: "已关闭"
    case .revoked: "已撤销"
    }
  }

  package var aliases: [String] {
    switch self {
    case .active: ["在用", "运行"]
    case .accepted: ["验收通过"]
    case .closed: ["关闭"]
    case .revoked: ["撤销"]
    case .proposed, .registered, .verified, .dormant: []
    }
  }

  /// Whether it lives and figures may count it.
  package var isLive: Bool { self == .active || self == .accepted }
  /// Whether nobody has verified it yet.
  var isBeforeVerification: Bool { self == .proposed || self == .registered }
  /// Whether it is over.
  var isOver: Bool { self == .closed || self == .revoked }
}

/// Who takes part in a carrier (政、行、企、校).
package enum PartyKind: String, Choice {
  case government, association, enterprise, school

  package var label: String {
    switch self {
    case .government: "政府"
    case .association: "行业"
    case .enterprise: "企业"
    case .school: "学校"
    }
  }
}

/// What kind of training base it is (基地类型).
package enum TrainingBaseType: String, Choice {
  case campus, offCampus, publicBase, productive, virtual

  package var label: String {
    switch self {
    case .campus: "校内"
    case .offCampus: "校外"
    case .publicBase: "公共实训基地"
    case .productive: "生产性"
    case .virtual: "虚拟仿真"
    }
  }
}

/// Who runs an industry college (办学体制).
package enum CollegeOwnership: String, Choice {
  case schoolRun, coRun, mixedOwnership

  package var label: String {
    switch self {
    case .schoolRun: "学校举办"
    case .coRun: "校企共办"
    case .mixedOwnership: "混合所有制"
    }
  }
}

/// What kind of research platform it is (平台类别).
package enum PlatformClass: String, Choice {
  case keyLaboratory, engineeringCentre, technologyCentre, collaborativeCentre, workstation
  case skillInheritance, other

  package var label: String {
    switch self {
    case .keyLaboratory: "重点实验室"
    case .engineeringCentre: "工程（技术）研究中心"
    case .technologyCentre: "企业技术中心"
    case .collaborativeCentre: "协同创新中心"
    case .workstation: "院士、博士后工作站"
    case .skillInheritance: "技艺技能传承创新平台"
    case .other: "其他"
    }
  }

  package var aliases: [String] {
    switch self {
    case .engineeringCentre: ["工程研究中心", "工程技术研究中心"]
    case .workstation: ["院士工作站", "博士后工作站", "院士/博士后工作站"]
    case .skillInheritance: ["传承创新平台"]
    case .keyLaboratory, .technologyCentre, .collaborativeCentre, .other: []
    }
  }
}

/// What an integrated platform does (平台功能).
package enum PlatformFunction: String, Choice {
  case production, teaching, research, incubation, inspection

  package var label: String {
    switch self {
    case .production: "生产"
    case .teaching: "教学"
    case .research: "研发"
    case .incubation: "孵化"
    case .inspection: "检验检测"
    }
  }
}

/// What a member gives (投入类别).
package enum ContributionKind: String, Choice {
  case cash, equipment, site, staffTime, ip, orders

  package var label: String {
    switch self {
    case .cash: "资金"
    case .equipment: "设备"
    case .site: "场地"
    case .staffTime: "人员"
    case .ip: "知识产权"
    case .orders: "订单"
    }
  }

  package var aliases: [String] { self == .staffTime ? ["people"] : [] }
}

/// What a carrier brings forth in a year (产出类别).
package enum OutputKind: String, Choice {
  case traineesStudents, traineesSocial, courses, textbooks, patents, standards, projects
  case techIncome, jobs, awards

  package var label: String {
    switch self {
    case .traineesStudents: "培养学生"
    case .traineesSocial: "社会培训"
    case .courses: "课程"
    case .textbooks: "教材"
    case .patents: "专利"
    case .standards: "标准"
    case .projects: "项目"
    case .techIncome: "技术服务收入"
    case .jobs: "就业岗位"
    case .awards: "奖项"
    }
  }
}
