/// What somebody is on the platform while they act.
///
/// A person may hold several roles and acts in one at a time (design.md, "Who uses it"). The three
/// administrators are separate and none of them does business (compliance.md §11.3, 三员分立).
package enum Role: String, Choice, Sendable {
  case `public`
  case student, guardian, teacher, expert
  case enterpriseOwner, enterpriseHR, enterpriseMentor
  case schoolAdmin, programLeader, classTeacher, internshipTeacher
  case countyBureau, cityBureau, department
  case systemAdmin, securityAdmin, auditAdmin

  package var label: String {
    switch self {
    case .public: "公众"
    case .student: "学生"
    case .guardian: "监护人"
    case .teacher: "教师"
    case .expert: "专家"
    case .enterpriseOwner: "企业负责人"
    case .enterpriseHR: "企业人事"
    case .enterpriseMentor: "企业导师"
    case .schoolAdmin: "学校管理员"
    case .programLeader: "专业负责人"
    case .classTeacher: "班主任"
    case .internshipTeacher: "实习指导教师"
    case .countyBureau: "县级教育局"
    case .cityBureau: "市教育局"
    case .department: "市直部门"
    case .systemAdmin: "系统管理员"
    case .securityAdmin: "安全管理员"
    case .auditAdmin: "审计管理员"
    }
  }

  /// The roles of a school's people.
  package static let ofSchool: Set<Role> = [
    .schoolAdmin, .programLeader, .classTeacher, .internshipTeacher,
  ]
  /// The roles of an enterprise's people.
  package static let ofEnterprise: Set<Role> = [
    .enterpriseOwner, .enterpriseHR, .enterpriseMentor,
  ]
  /// The three separated administrators, 三员.
  package static let administrators: Set<Role> = [.systemAdmin, .securityAdmin, .auditAdmin]

  /// The kind of record that is the organisation one acts for; `nil` where it is none of the register.
  package var organisationKind: String? {
    if Self.ofSchool.contains(self) || self == .student || self == .teacher { return "school" }
    return Self.ofEnterprise.contains(self) ? "enterprise" : nil
  }

  /// Whether one acts in it for a county.
  package var isOfCounty: Bool { self == .countyBureau }
}
