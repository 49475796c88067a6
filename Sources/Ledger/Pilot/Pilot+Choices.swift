import Records

/// What is piloted (试点类型).
package enum PilotModel: String, Choice {
  case erYuan, modern, enterpriseNew, onePlusX

  package var label: String {
    switch self {
    case .erYuan: "二元制"
    case .modern: "现代学徒制"
    case .enterpriseNew: "企业新型学徒制"
    case .onePlusX: "1+X 证书制度"
    }
  }

  package var aliases: [String] {
    switch self {
    case .erYuan: ["“二元制”", "二元制试点"]
    case .modern: ["现代学徒制试点"]
    case .enterpriseNew: ["新型学徒制"]
    case .onePlusX: ["1+X", "1+X 试点", "1+X 证书"]
    }
  }

  /// How many months it may take; `nil` when there is no limit.
  var months: ClosedRange<Int>? {
    switch self {
    case .erYuan: 6...72
    case .modern, .enterpriseNew: 6...36
    case .onePlusX: nil
    }
  }
}

/// Where a pilot stands (试点状态); see `apprenticeship.md` §5.1.
package enum PilotStatus: String, Choice {
  case applied, recommended, approved, recruiting, training, completed, accepted, rectifying
  case terminated

  /// Whether it was approved and has not ended.
  package var isUnderWay: Bool {
    switch self {
    case .approved, .recruiting, .training, .rectifying: true
    case .applied, .recommended, .completed, .accepted, .terminated: false
    }
  }

  package var label: String {
    switch self {
    case .applied: "已申报"
    case .recommended: "已推荐"
    case .approved: "已批准"
    case .recruiting: "招生中"
    case .training: "培养中"
    case .completed: "已结业"
    case .accepted: "已验收"
    case .rectifying: "整改中"
    case .terminated: "已终止"
    }
  }

  package var aliases: [String] {
    switch self {
    case .applied: ["申报"]
    case .recommended: ["推荐"]
    case .approved: ["立项", "批准"]
    case .recruiting: ["preparing", "筹备中"]
    case .training: ["running", "实施中", "midCheck"]
    case .completed: ["concluded", "已完成"]
    case .accepted: ["验收通过"]
    case .rectifying: ["整改"]
    case .terminated: ["cancelled", "终止", "取消"]
    }
  }

  /// Whether it was approved and not terminated since; figures count these.
  package var isApproved: Bool {
    switch self {
    case .applied, .recommended, .terminated: false
    case .approved, .recruiting, .training, .completed, .accepted, .rectifying: true
    }
  }
}

/// The grade of a 1+X certificate (初级、中级、高级); not the five grades of skilled workers.
package enum CertificateLevel: String, Choice {
  case elementary, intermediate, advanced

  package var label: String {
    switch self {
    case .elementary: "初级"
    case .intermediate: "中级"
    case .advanced: "高级"
    }
  }
}
