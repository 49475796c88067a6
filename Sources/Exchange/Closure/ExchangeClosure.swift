package import Calendar
package import Records
import Storage
package import Values

/// That one party does not want to be brought together with another (屏蔽); see `exchange.md` §6.1 G8.
///
/// What holds: either side is one school or one enterprise, and they are different; it holds from its
/// first to its last day, and ending it leaves the row.
package struct ExchangeClosure: DeclaredRecord {
  package var closureId = ""
  package var title = ""
  package var byEnterpriseId = ""
  package var bySchoolId = ""
  package var toEnterpriseId = ""
  package var toSchoolId = ""
  package var reason = ""
  package var from: CivilDate?
  package var to: CivilDate?

  package init() {}

  package static var declaration: Declaration<ExchangeClosure> {
    Declaration(
      "exchangeClosure",
      "互不推荐",
      summary: "一方设为不与另一方互相推荐；双方互相都不再出现在匹配结果里。",
      identifier: "closureId",
      prefix: "PB",
      title: "title",
      keys: [["byEnterpriseId", "bySchoolId", "toEnterpriseId", "toSchoolId", "from"]],
      columns: [
        "title", "byEnterpriseId", "bySchoolId", "toEnterpriseId", "toSchoolId", "from", "to",
      ],
      filters: ["byEnterpriseId", "bySchoolId", "toEnterpriseId", "toSchoolId"],
      facts: ["byEnterpriseId", "bySchoolId", "toEnterpriseId", "toSchoolId", "from"],
      isPublic: false,
      access: Access.register(schools: ["bySchoolId"], enterprises: ["byEnterpriseId"]),
      validity: Validity(from: "from", to: "to"),
      fields: parties + time
    )
  }

  private static var parties: [Field<ExchangeClosure>] {
    [
      Field(\.closureId, "closureId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.title, "title", "事由", .text(80)).required().example("上年实习安排有争议"),
      Field(\.byEnterpriseId, "byEnterpriseId", "设置的企业", .reference(kind: "enterprise"))
        .help("设置方填企业或学校一项。"),
      Field(\.bySchoolId, "bySchoolId", "设置的学校", .reference(kind: "school")),
      Field(\.toEnterpriseId, "toEnterpriseId", "对方企业", .reference(kind: "enterprise"))
        .help("对方填企业或学校一项。"),
      Field(\.toSchoolId, "toSchoolId", "对方学校", .reference(kind: "school")),
    ].map { $0.privacy(.internal).section("双方") }
  }

  private static var time: [Field<ExchangeClosure>] {
    [
      Field(\.from, "from", "开始日期", .date).required(),
      Field(\.to, "to", "结束日期", .date).help("要解除时填；不填一直有效。"),
      Field(\.reason, "reason", "说明", .longText(500)),
    ].map { $0.privacy(.internal).section("时间") }
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    [
      checkSide("设置方", byEnterpriseId, bySchoolId, field: "byEnterpriseId"),
      checkSide("对方", toEnterpriseId, toSchoolId, field: "toEnterpriseId"), checkSelf(),
      checkDates(),
    ].compactMap { $0 }
  }

  private func checkSide(
    _ label: String,
    _ enterprise: String,
    _ school: String,
    field: String
  ) -> Problem? {
    guard enterprise.isEmpty == school.isEmpty else { return nil }
    return Problem(
      "EXC-E-042",
      field,
      enterprise.isEmpty
        ? "没有填\(label)，请填写企业或学校其中一项。" : "\(label)填了企业又填了学校，只能是一个单位，请留一项。"
    )
  }

  private func checkSelf() -> Problem? {
    guard !owner.isEmpty, owner == other else { return nil }
    return Problem("EXC-E-043", "toEnterpriseId", "设置方和对方是同一个单位，请改填其中一方。")
  }

  private func checkDates() -> Problem? {
    guard let from, let to, to < from else { return nil }
    return Problem("EXC-E-002", "to", "结束日期 \(to) 早于开始日期 \(from)，请核对。")
  }

  private var owner: String { byEnterpriseId.isEmpty ? bySchoolId : byEnterpriseId }
  private var other: String { toEnterpriseId.isEmpty ? toSchoolId : toEnterpriseId }

  /// Whether it holds on a day.
  package func holds(on day: CivilDate) -> Bool {
    from.map { $0 <= day } ?? true && to.map { day <= $0 } ?? true
  }

  /// The other side of one of its sides.
  func counterpart(of side: String) -> String { side == owner ? other : owner }

  /// All of them, by either side.
  static func all(_ register: RecordStore, in reading: any Reading) throws
    -> [String: [ExchangeClosure]]
  {
    var all: [String: [ExchangeClosure]] = [:]
    guard let kind = register.kind("exchangeClosure") else { return all }
    try register.each(kind, in: reading) { record in
      let closure = ExchangeClosure(values: record.values)
      all[closure.owner, default: []].append(closure)
      all[closure.other, default: []].append(closure)
    }
    return all
  }
}
