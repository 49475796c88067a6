package import Records
package import Values

/// An item of the national classification of industries (国民经济行业分类，GB/T 4754).
///
/// What holds: a letter for the section, then two digits for the division, three for the group, four
/// for the class.
package struct Industry: DeclaredRecord {
  package var code = ""
  package var name = ""
  package var level: IndustryLevel?
  package var parentCode = ""
  package var description = ""

  package init() {}

  package static var declaration: Declaration<Industry> {
    Declaration(
      "industry",
      "行业分类",
      summary: "国民经济行业分类：门类、大类、中类、小类。",
      identifier: "code",
      title: "name",
      columns: ["code", "name", "level", "parentCode"],
      filters: ["level", "parentCode"],
      searched: ["name", "code"],
      facts: ["code", "level", "parentCode"],
      access: Access.ofCity,
      identifierShape: isCode,
      fields: [
        Field(\.code, "code", "行业代码", .identifier(5)).required().formerly("industryCode")
          .example("C1811"),
        Field(\.name, "name", "行业名称", .text(60)).required(),
        Field(\.level, "level", "层级", .choice(IndustryLevel.options)).required(),
        Field(\.parentCode, "parentCode", "上级行业", .reference(kind: "industry")).formerly("parent"),
        Field(\.description, "description", "说明", .longText(4000)).formerly("description_2011"),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard let level, !Self.isCode(code) || code.utf8.count != level.length else { return [] }
    return [
      Problem("REG-E-071", "code", "行业代码填的是“\(code)”，\(level.label)应为\(level.shape)，请核对代码或层级。")
    ]
  }

  /// Whether a text has the shape of a code of some level.
  @Sendable private static func isCode(_ text: String) -> Bool {
    guard let section = text.first, ("A"..."T").contains(section) else { return false }
    let number = String(text.dropFirst())
    return number.isEmpty || (2...4).contains { number.isDigits($0) }
  }
}

/// The level of an item of the classification of industries (层级).
package enum IndustryLevel: String, Choice {
  case section, division, group, `class`

  package var label: String {
    switch self {
    case .section: "门类"
    case .division: "大类"
    case .group: "中类"
    case .class: "小类"
    }
  }

  /// How many characters a code of the level has.
  var length: Int {
    switch self {
    case .section: 1
    case .division: 3
    case .group: 4
    case .class: 5
    }
  }

  /// What a code of the level looks like.
  var shape: String {
    switch self {
    case .section: "一个大写字母，如 C"
    case .division: "大写字母加 2 位数字，如 C18"
    case .group: "大写字母加 3 位数字，如 C181"
    case .class: "大写字母加 4 位数字，如 C1811"
    }
  }
}
