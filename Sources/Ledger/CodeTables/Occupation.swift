package import Records
package import Values

/// An item of the classification of occupations (职业分类大典).
///
/// What holds: one digit for the major group, and two more with a hyphen for every level below.
package struct Occupation: DeclaredRecord {
  package var code = ""
  package var name = ""
  package var level: OccupationLevel?
  package var parentCode = ""
  package var definition = ""
  package var tasks = ""
  package var jobTitles: [String] = []
  package var isGreen: Bool?
  package var isDigital: Bool?
  package var edition = ""
  package var note = ""

  package init() {}

  package static var declaration: Declaration<Occupation> {
    Declaration(
      "occupation",
      "职业分类",
      summary: "职业分类大典：大类、中类、小类和职业，附定义、任务和工种。",
      identifier: "code",
      title: "name",
      columns: ["code", "name", "level", "parentCode", "jobTitles", "isGreen", "isDigital"],
      filters: ["level", "parentCode", "isGreen", "isDigital", "edition"],
      searched: ["name", "code", "jobTitles", "definition"],
      facts: ["code", "level", "parentCode", "jobTitles", "edition"],
      access: Access.ofCity,
      identifierShape: isCode,
      fields: [
        Field(\.code, "code", "职业代码", .identifier(10)).required().formerly("occupationCode")
          .example("6-31-01-03"),
        Field(\.name, "name", "职业名称", .text(60)).required(),
        Field(\.level, "level", "层级", .choice(OccupationLevel.options)).required(),
        Field(\.parentCode, "parentCode", "上级职业", .identifier(20))
          .formerly("parent"),
        Field(\.definition, "definition", "定义", .longText(4000)),
        Field(\.tasks, "tasks", "主要工作任务", .longText(20000)),
        Field(\.jobTitles, "jobTitles", "工种", .list).formerly("job_titles"),
        Field(\.isGreen, "isGreen", "绿色职业", .boolean).formerly("green"),
        Field(\.isDigital, "isDigital", "数字职业", .boolean).formerly("digital"),
        Field(\.edition, "edition", "版本", .identifier(10)).example("2022"),
        Field(\.note, "note", "备注", .text(120)),
      ]
    )
  }

  package mutating func complete() {
    tasks = Text.trimmed(tasks.replacing("|", with: "\n"))
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard let level, !Self.isCode(code) || code.split(separator: "-").count != level.parts else {
      return []
    }
    return [
      Problem("REG-E-072", "code", "职业代码填的是“\(code)”，\(level.label)应如 \(level.example)，请核对代码或层级。")
    ]
  }

  /// Whether a text has the shape of a code of some level.
  @Sendable private static func isCode(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { String($0) }
    return parts.count <= 4 && parts[0].isDigits(1)
      && parts.dropFirst().allSatisfy { $0.isDigits(2) }
  }
}

/// The level of an item of the classification of occupations (层级).
package enum OccupationLevel: String, Choice {
  case major, middle, minor, unit

  package var label: String {
    switch self {
    case .major: "大类"
    case .middle: "中类"
    case .minor: "小类"
    case .unit: "职业（细类）"
    }
  }

  package var aliases: [String] { self == .unit ? ["细类", "职业"] : [] }

  /// How many parts a code of the level has.
  var parts: Int {
    switch self {
    case .major: 1
    case .middle: 2
    case .minor: 3
    case .unit: 4
    }
  }

  /// A code of the level.
  var example: String { ["6", "6-31", "6-31-01", "6-31-01-03"][parts - 1] }
}
