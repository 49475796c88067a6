import Records

/// Where a registered body stands; see `registry.md` §4.1.
///
/// Figures count the active ones.
package enum RecordStatus: String, Choice {
  case draft, submitted, verified, active, suspended, closed

  /// What anybody may read: bodies somebody has looked at; drafts and what waits stay inside.
  static let isOpen = ["status": [verified, active, suspended, closed].map(\.rawValue)]

  package var label: String {
    switch self {
    case .draft: "草稿"
    case .submitted: "待核实"
    case .verified: "已核实（未启用）"
    case .active: "在用"
    case .suspended: "暂停"
    case .closed: "已撤销"
    }
  }
}
