import Records

/// What is asked for or offered (供需种类); see `exchange.md` §3.
package enum ItemKind: String, Choice {
  case graduateJob, talentSupply, internshipPost, internshipNeed, observationVisit
  case orderClass, apprenticeClass, techProblem, techResult, staffTraining, trainingService
  case coBuild, teacherPracticePost, teacherPracticeNeed, industryMentor, equipmentShare
  case courseCoDev, jobTrial

  package var label: String { terms.label }

  package var aliases: [String] {
    switch self {
    case .graduateJob: ["毕业生用工", "招聘岗位", "用工岗位"]
    case .talentSupply: ["毕业生供给", "班级供给"]
    case .internshipPost: ["岗位实习", "实习岗位（岗位实习）"]
    case .internshipNeed: ["实习需求"]
    case .observationVisit: ["认识实习", "参观研学"]
    case .orderClass: ["订单班", "冠名班"]
    case .apprenticeClass: ["现代学徒制", "二元制", "企业新型学徒制"]
    case .techProblem: ["技术攻关", "揭榜挂帅"]
    case .techResult: ["科技成果"]
    case .staffTraining: ["职工培训需求"]
    case .trainingService: ["培训服务"]
    case .coBuild: ["共建", "产业学院共建", "基地共建"]
    case .teacherPracticePost, .teacherPracticeNeed: []
    case .industryMentor: ["兼职教师", "企业导师"]
    case .equipmentShare: ["设备共享", "场地共享"]
    case .courseCoDev: ["课程开发", "教材开发"]
    case .jobTrial: ["职业体验", "技能大师工作室"]
    }
  }

  /// What its headcount counts.
  package var unit: String { terms.unit }
  /// One line for the page on which a kind is chosen.
  package var example: String { terms.example }
  /// The kinds that answer it; the same kind answers from the other side.
  package var counterparts: [ItemKind] { terms.counterparts }
  /// The sides it can be posted on.
  package var sides: [ItemSide] { ItemSide.allCases.filter { !posters(of: $0).isEmpty } }

  /// Who may post it on a side; nobody when the kind has no such side.
  package func posters(of side: ItemSide) -> [ItemPoster] {
    side == .demand ? terms.demand : terms.offer
  }

  /// Whether its number must be said; one project is one otherwise.
  package var isCountable: Bool {
    switch self {
    case .techProblem, .techResult, .coBuild, .courseCoDev, .jobTrial: false
    default: true
    }
  }

  /// Whether it is of use only within a period.
  package var isTimeBound: Bool {
    switch self {
    case .internshipPost, .internshipNeed, .observationVisit, .orderClass, .apprenticeClass,
      .staffTraining, .teacherPracticePost, .teacherPracticeNeed:
      true
    default: false
    }
  }

  /// Whether persons are chosen for it, so that nobody may be kept out unlawfully.
  package var choosesPersons: Bool {
    switch self {
    case .graduateJob, .internshipPost, .internshipNeed, .observationVisit, .orderClass,
      .apprenticeClass, .teacherPracticePost, .industryMentor, .jobTrial:
      true
    default: false
    }
  }

  /// Whether students take part, from whom nobody may take money.
  package var concernsStudents: Bool {
    switch self {
    case .graduateJob, .talentSupply, .internshipPost, .internshipNeed, .observationVisit,
      .orderClass, .apprenticeClass, .jobTrial:
      true
    default: false
    }
  }
}

/// The direction of an item (供需方向).
package enum ItemSide: String, Choice {
  case demand, offer

  package var label: String { self == .demand ? "需求" : "供给" }
  package var aliases: [String] { self == .demand ? ["需"] : ["供", "供应"] }
  /// The side that answers it.
  package var opposite: ItemSide { self == .demand ? .offer : .demand }
}

/// Who posts an item.
package enum ItemPoster: String, Sendable, Hashable, CaseIterable {
  /// An enterprise.
  case enterprise
  /// A school, also for its teachers.
  case school

  /// What users read.
  package var label: String { self == .enterprise ? "企业" : "学校" }
}
