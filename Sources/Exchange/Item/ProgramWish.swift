import Records
import Values

/// One row of an item's program requirements (专业要求): a program, a class or a whole category.
package struct ProgramWish: Sendable, Hashable {
  /// How wide the wish is.
  package enum Scope: Sendable, Hashable {
    /// One program, six digits.
    case program(String)
    /// A class without its level, as `ProgramCode.classKey`.
    case `class`(String)
    /// A category without its level, 1…19.
    case category(Int)
  }

  /// What is wished for.
  package let scope: Scope
  /// The class, as `ProgramCode.classKey`; `nil` for a whole category.
  package let classKey: String?
  /// The category, 1…19, whatever the level.
  package let category: Int?
  /// How many of it; `nil` when only the item's whole number is known.
  package let headcount: Int?
  /// Whether nothing else will do.
  package let isRequired: Bool

  /// Reads a row; `nil` when its code is none of the catalogue's shapes.
  init?(_ row: [String]) {
    guard let scope = row.first.flatMap(Self.scope(of:)) else { return nil }
    self.scope = scope
    switch scope {
    case .program(let code):
      let program = ProgramCode(code)
      classKey = program?.classKey
      category = program?.categoryIndex
    case .class(let key):
      classKey = key
      category = key.split(separator: "-").first.flatMap { Int($0) }
    case .category(let index):
      classKey = nil
      category = index
    }
    headcount = row.count > 1 ? Int(Text.code(row[1])) : nil
    isRequired = row.count > 2 && row[2] == YesNo.yes.rawValue
  }

  /// The wish as users read it when it is no single program.
  package var text: String {
    switch scope {
    case .program(let code): code
    case .class(let key): "专业类 \(key)"
    case .category(let index): "专业大类 \(index)"
    }
  }

  /// The six digits of the program wished for; `nil` for a class or category.
  package var code: String? {
    if case .program(let code) = scope { code } else { nil }
  }

  /// `660103`, `6601`, `6-01`, `66`: a class or category of one level stands for every level.
  private static func scope(of text: String) -> Scope? {
    let code = Text.code(text)
    if let program = ProgramCode(code) { return .program(program.digits) }
    switch code.utf8.count {
    case 4 where code.allSatisfy(\.isNumber):
      return ProgramCode(code + "01").map { .class($0.classKey) }
    case 2 where code.allSatisfy(\.isNumber):
      return ProgramCode(code + "0101").map { .category($0.categoryIndex) }
    default:
      let parts = code.split(separator: "-")
      guard parts.count == 2, parts[1].utf8.count == 2, Int(parts[1]) != nil,
        let index = Int(parts[0]), (1...19).contains(index)
      else { return nil }
      return .class("\(index)-\(parts[1])")
    }
  }
}

extension ExchangeItem {
  /// What the item wishes for; rows nobody can read are left out.
  package var programWishes: [ProgramWish] { programRefs.rows.compactMap(ProgramWish.init) }
}
