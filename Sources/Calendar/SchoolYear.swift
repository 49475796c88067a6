import Values

/// A school year (学年): 1 September to 31 August, written `2021-2022`.
package struct SchoolYear: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The calendar year it begins in.
  package let firstYear: Int

  /// Makes the school year that begins in a calendar year.
  package init(firstYear: Int) { self.firstYear = firstYear }

  /// Reads `2021-2022`, `2021—2022学年` or `2021/2022`; `nil` when the years do not follow.
  package init?(_ text: String) {
    let numbers = Text.code(text).split(whereSeparator: { !$0.isASCII || !$0.isNumber }).compactMap
    { Int($0) }
    guard numbers.count == 2, numbers[1] == numbers[0] + 1, (1950...2150).contains(numbers[0])
    else { return nil }
    firstYear = numbers[0]
  }

  /// The school year a day lies in.
  package init(containing date: CivilDate) {
    firstYear = date.month >= 9 ? date.year : date.year - 1
  }

  package var description: String { "\(firstYear)-\(firstYear + 1)" }

  package static func < (left: SchoolYear, right: SchoolYear) -> Bool {
    left.firstYear < right.firstYear
  }
}
