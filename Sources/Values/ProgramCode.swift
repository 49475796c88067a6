/// A program code of the 2021 catalogue (专业代码): six digits, `K` when the state controls it.
///
/// The first two digits are the major category (专业大类), shifted by level; digits three and four
/// the class (专业类). See `registry.md` §3.3.
package struct ProgramCode: Hashable, Sendable {
  /// The levels of vocational education that have programs.
  package enum Level: String, CaseIterable, Sendable {
    /// 中职.
    case secondary
    /// 高职专科.
    case juniorCollege
    /// 职业本科.
    case vocationalBachelor
  }

  /// The six digits.
  package let digits: String
  /// Whether the state controls where it may be opened (国家控制布点).
  package let isStateControlled: Bool

  /// Reads a code; `nil` when it is not of the 2021 catalogue's shape.
  package init?(_ text: String) {
    let code = Text.code(text).uppercased()
    let digits = code.hasSuffix("K") ? String(code.dropLast()) : code
    guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let category = Int(digits.prefix(2)), (21...79).contains(category), category % 20 != 0
    else { return nil }
    self.digits = digits
    isStateControlled = code.hasSuffix("K")
  }

  /// The level, from the first two digits.
  package var level: Level {
    switch Int(digits.prefix(2)) ?? 0 {
    case 61...: .secondary
    case 41...: .juniorCollege
    default: .vocationalBachelor
    }
  }

  /// The category without its level, 1…19: 660103 and 460103 are both of category 6.
  package var categoryIndex: Int { ((Int(digits.prefix(2)) ?? 0) - 1) % 20 + 1 }

  /// The class without its level, such as `601`-style `6·01`; equal for 中职 7102xx and 高职 5102xx.
  package var classKey: String { "\(categoryIndex)-\(digits.dropFirst(2).prefix(2))" }
}
