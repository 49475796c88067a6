import Records

/// What an amount of a fund speaks of (口径).
package enum FundNotion: String, Choice {
  case arranged, allocated, received, spent

  package var label: String {
    switch self {
    case .arranged: "安排"
    case .allocated: "下达"
    case .received: "到位"
    case .spent: "支出"
    }
  }

  package var aliases: [String] { self == .arranged ? ["预算", "投入"] : [] }
}
