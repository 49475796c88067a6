import Records

/// The level students are counted at (学段).
package enum StudentLevel: String, Choice {
  case secondary, juniorCollege, vocationalBachelor

  package var label: String {
    switch self {
    case .secondary: "中职"
    case .juniorCollege: "高职专科"
    case .vocationalBachelor: "职业本科"
    }
  }

  package var aliases: [String] {
    switch self {
    case .secondary: []
    case .juniorCollege: ["associate", "高职", "专科"]
    case .vocationalBachelor: ["bachelor", "本科"]
    }
  }
}
