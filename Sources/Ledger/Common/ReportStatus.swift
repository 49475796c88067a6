import Records

/// Where a yearly report stands; see `registry.md` §4.4.
package enum ReportStatus: String, Choice {
  case open, reported, checked, accepted, frozen

  package var label: String {
    switch self {
    case .open: "待填报"
    case .reported: "学校已报"
    case .checked: "县级已核"
    case .accepted: "市级已收"
    case .frozen: "已定稿"
    }
  }
}
