/// How a personal value is shown to those who may know that it is there and not what it is
/// (compliance.md §11.5).
package enum Mask: Hashable, Sendable {
  /// A name: its first sign, a star for each other one.
  case name
  /// A telephone number: the first three and the last four.
  case phone
  /// An identity number: the first three and the last four of eighteen.
  case identityNumber
  /// A card or a student's number: the last four.
  case lastFour

  /// What is shown in place of a text.
  ///
  /// - Parameter text: what it is.
  /// - Returns: most of it starred out.
  func applied(to text: String) -> String {
    let last = text.suffix(4)
    return switch self {
    case .name: text.prefix(1) + String(repeating: "*", count: max(0, text.count - 1))
    case .phone where text.count > 7: text.prefix(3) + "****" + last
    case .identityNumber where text.count == 18: text.prefix(3) + "***********" + last
    case .lastFour where text.count > 6: "****" + last
    default: "****"
    }
  }

  /// What the store gives in place of a column.
  ///
  /// - Parameter column: the column, as it stands in a statement.
  /// - Returns: an expression; of nothing it is nothing.
  func expression(_ column: String) -> String {
    let stars = "'****************************************'"
    let last = "substr(\(column), -4)"
    let otherwise = " WHEN \(column) IS NOT NULL THEN '****' END"
    return switch self {
    case .name: "substr(\(column), 1, 1) || substr(\(stars), 1, length(\(column)) - 1)"
    case .phone:
      "CASE WHEN length(\(column)) > 7 THEN substr(\(column), 1, 3) || '****' || \(last)"
        + otherwise
    case .identityNumber:
      "CASE WHEN length(\(column)) = 18 THEN substr(\(column), 1, 3) || '***********' || \(last)"
        + otherwise
    case .lastFour: "CASE WHEN length(\(column)) > 6 THEN '****' || \(last)" + otherwise
    }
  }
}
