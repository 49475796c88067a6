import Records

/// What kind of institution a school is (学校类型).
package enum InstitutionKind: String, Choice {
  case vocationalUniversity, higherVocationalCollege, secondaryVocationalSchool, technicianSchool
  case ordinaryUniversity

  package var label: String {
    switch self {
    case .vocationalUniversity: "本科层次职业学校"
    case .higherVocationalCollege: "高职（专科）院校"
    case .secondaryVocationalSchool: "中等职业学校"
    case .technicianSchool: "技工学校"
    case .ordinaryUniversity: "普通本科高校"
    }
  }

  package var aliases: [String] {
    switch self {
    case .vocationalUniversity: ["本科层次职业院校", "职业本科"]
    case .higherVocationalCollege: ["高职院校", "高职", "专科"]
    case .secondaryVocationalSchool: ["中职学校", "中职"]
    case .technicianSchool: ["技工院校"]
    case .ordinaryUniversity: ["普通高校", "本科高校"]
    }
  }

  /// Whether it is a higher education institution (高校).
  package var isHigherEducation: Bool {
    self != .secondaryVocationalSchool && self != .technicianSchool
  }

  /// The codes of the higher education institutions.
  static let higherCodes = allCases.filter(\.isHigherEducation).map(\.rawValue)
  /// The codes of the secondary schools.
  static let secondaryCodes = allCases.filter { !$0.isHigherEducation }.map(\.rawValue)
}

/// The finer kind of a secondary or technician school (中职子类).
package enum SecondarySubtype: String, Choice {
  case ordinarySecondary, vocationalHigh, adultSecondary, technician, seniorTechnician
  case technicianCollege

  package var label: String {
    switch self {
    case .ordinarySecondary: "普通中专"
    case .vocationalHigh: "职业高中（职业中专）"
    case .adultSecondary: "成人中专"
    case .technician: "技工学校"
    case .seniorTechnician: "高级技工学校"
    case .technicianCollege: "技师学院"
    }
  }

  package var aliases: [String] { self == .vocationalHigh ? ["职业高中", "职业中专"] : [] }
}

/// Who owns a school (办学性质).
package enum Ownership: String, Choice {
  case `public`, privateNonProfit, privateForProfit, enterpriseRun

  package var label: String {
    switch self {
    case .public: "公办"
    case .privateNonProfit: "民办非营利"
    case .privateForProfit: "民办营利"
    case .enterpriseRun: "企业办"
    }
  }

  package var aliases: [String] { self == .privateNonProfit ? ["民办"] : [] }
}

/// The authority responsible for a school (主管部门).
package enum CompetentAuthority: String, Choice {
  case provinceEdu, cityEdu, countyEdu, cityHr, countyHr, provinceDept, other

  package var label: String {
    switch self {
    case .provinceEdu: "省级教育部门"
    case .cityEdu: "市教育局"
    case .countyEdu: "县（市、区）教育局"
    case .cityHr: "市人社局"
    case .countyHr: "县（市、区）人社局"
    case .provinceDept: "省级其他部门"
    case .other: "其他"
    }
  }
}
