package import Calendar
package import Records
package import Values

/// The cooperation of a school and an enterprise (校企合作).
///
/// See `registry.md` §3.6.
///
/// What holds: one record for each pair, whatever they do together; active cooperation rests on an
/// agreement.
package struct Cooperation: DeclaredRecord {
  package var cooperationId = ""
  package var subject = ""
  package var institutionId = ""
  package var enterpriseId = ""
  package var forms: [String] = []
  package var agreementNo = ""
  package var startedOn: CivilDate?
  package var endsOn: CivilDate?
  package var status: CooperationStatus?
  package var lastActivityOn: CivilDate?

  package init() {}

  package static var declaration: Declaration<Cooperation> {
    Declaration(
      "cooperation",
      "校企合作",
      summary: "学校与企业的合作关系，一校一企一条。",
      identifier: "cooperationId",
      prefix: "HZ",
      title: "subject",
      keys: [["institutionId", "enterpriseId"]],
      columns: [
        "institutionId", "enterpriseId", "subject", "forms", "startedOn", "lastActivityOn",
        "status",
      ],
      filters: ["institutionId", "enterpriseId", "forms", "status"],
      facts: ["institutionId", "enterpriseId", "forms", "startedOn", "status"],
      access: Access.register(
        regions: ["institutionId.locationRegionCode"],
        schools: ["institutionId"],
        enterprises: ["enterpriseId"]
      ),
      fields: [
        Field(\.cooperationId, "cooperationId", "合作编号", .identifier(20))
          .help("不填则自动编号，以后不变。"),
        Field(\.institutionId, "institutionId", "院校", .reference(kind: "school")).required()
          .formerly("学校", "学校名称"),
        Field(\.enterpriseId, "enterpriseId", "企业", .reference(kind: "enterprise")).required()
          .formerly("企业名称"),
        Field(\.subject, "subject", "合作内容", .text(120)).help("不填则按合作形式写出。"),
        Field(\.forms, "forms", "合作形式", .choices(CooperationForm.options)),
        Field(\.agreementNo, "agreementNo", "协议编号", .text(60)).privacy(.internal)
          .help("合作中的须有协议。"),
        Field(\.startedOn, "startedOn", "开始日期", .date),
        Field(\.endsOn, "endsOn", "到期日期", .date),
        Field(\.status, "status", "状态", .choice(CooperationStatus.options)).required()
          .fallback(.text("active")),
        Field(\.lastActivityOn, "lastActivityOn", "最近活动日期", .date),
      ]
    )
  }

  package mutating func complete() {
    guard subject.isEmpty else { return }
    let labels = forms.compactMap { CooperationForm(rawValue: $0)?.label }
    subject = labels.isEmpty ? "校企合作" : labels.joined(separator: "、")
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if status == .active, agreementNo.isEmpty {
      problems.append(
        Problem("REG-W-053", "agreementNo", "状态是合作中，但没有协议编号；合作须签订协议，请补填，尚未签订的请把状态改为意向。")
      )
    }
    if let startedOn, let endsOn, endsOn < startedOn {
      problems.append(
        Problem("REG-E-052", "endsOn", "到期日期 \(endsOn) 早于开始日期 \(startedOn)，请核对。")
      )
    }
    return problems
  }
}
