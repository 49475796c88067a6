import Records

/// By which standard a school is judged.
package enum ConditionSchoolType: String, Choice {
  case secondary, artSecondary, remoteSecondary, technician, seniorTechnician, technicianCollege
  case higherVocational, vocationalBachelor

  package var label: String {
    switch self {
    case .secondary: "一般中职"
    case .artSecondary: "艺术中职"
    case .remoteSecondary: "边远中职"
    case .technician: "技工学校"
    case .seniorTechnician: "高级技工学校"
    case .technicianCollege: "技师学院"
    case .higherVocational: "高职（专科）"
    case .vocationalBachelor: "职业本科"
    }
  }
}

/// The field of study of a college, by which its lines differ.
package enum ConditionSubType: String, Choice {
  case comprehensive, engineering, agriculture, medicine, humanities, sports, arts

  package var label: String {
    switch self {
    case .comprehensive: "综合、师范、民族"
    case .engineering: "工科"
    case .agriculture: "农林"
    case .medicine: "医学"
    case .humanities: "语文、财经、政法"
    case .sports: "体育"
    case .arts: "艺术"
    }
  }
}

/// What a line decides.
package enum ConditionLine: String, Choice {
  case key, qualified, restricted, monitor

  package var label: String {
    switch self {
    case .key: "重点监测"
    case .qualified: "合格"
    case .restricted: "限制招生"
    case .monitor: "监测"
    }
  }
}

/// On which side of a threshold a value has to be.
package enum ConditionSide: String, Choice {
  case atLeast, atMost

  package var label: String { self == .atLeast ? "不低于" : "不高于" }
  /// As a formula has it.
  package var sign: String { self == .atLeast ? "≥" : "≤" }
}

/// How well a threshold is known.
package enum SourceConfidence: String, Choice {
  case primary, secondary, unverified

  package var label: String {
    switch self {
    case .primary: "原文核对"
    case .secondary: "转载核对"
    case .unverified: "待核"
    }
  }
}

/// How far a year's data have come.
package enum ConditionStatus: String, Choice {
  case draft, schoolSubmitted, countyChecked, cityVerified, provinceFiled, published

  package var label: String {
    switch self {
    case .draft: "草稿"
    case .schoolSubmitted: "学校已报"
    case .countyChecked: "县级已审"
    case .cityVerified: "市级已核"
    case .provinceFiled: "已报省"
    case .published: "已公布"
    }
  }

  /// The states in which anybody may see the data.
  static let open = ["cityVerified", "provinceFiled", "published"]
}

/// By what a gap is closed.
package enum GapMeasure: String, Choice {
  case extend, allot, rent, merge, recruit, purchase, reduce

  package var label: String {
    switch self {
    case .extend: "扩建"
    case .allot: "划拨"
    case .rent: "租用"
    case .merge: "合并"
    case .recruit: "招聘"
    case .purchase: "购置"
    case .reduce: "减招"
    }
  }
}

/// How far the closing of a gap has come.
package enum GapPlanStatus: String, Choice {
  case proposed, approved, implementing, done, verified

  package var label: String {
    switch self {
    case .proposed: "已提出"
    case .approved: "已批准"
    case .implementing: "在办"
    case .done: "已完成"
    case .verified: "已核查"
    }
  }
}
